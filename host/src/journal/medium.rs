//! A file as a medium.

use super::{CAPACITY, Error, Lock, PAGE};
use embedded_storage::nor_flash::{
    ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash, check_erase, check_read, check_write,
};
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Why a file did not take or give bytes.
#[derive(Debug)]
pub enum Failed {
    /// The operating system says so.
    File(io::Error),
    /// Asked for what is not there.
    Bounds(NorFlashErrorKind),
}

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(formatter),
            Self::Bounds(kind) => kind.fmt(formatter),
        }
    }
}

impl std::error::Error for Failed {}

impl NorFlashError for Failed {
    fn kind(&self) -> NorFlashErrorKind {
        match self {
            Self::File(_) => NorFlashErrorKind::Other,
            Self::Bounds(kind) => *kind,
        }
    }
}

/// A file whose every byte is a byte of the medium.
#[derive(Debug)]
pub struct FileMedium {
    file: File,
    bytes: u64,
    _lock: Lock,
}

impl FileMedium {
    /// Opens the file at `path`, or makes a blank one.
    ///
    /// # Errors
    ///
    /// [`Error::File`], with the path.
    pub fn open(path: &Path, lock: Lock) -> Result<Self, Error> {
        let fail = |error| Error::File { path: path.to_owned(), error };
        match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => {
                let bytes = file.metadata().map_err(fail)?.len();
                Ok(Self { file, bytes, _lock: lock })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let file = make(path).map_err(fail)?;
                Ok(Self { file, bytes: u64::from(CAPACITY), _lock: lock })
            }
            Err(error) => Err(fail(error)),
        }
    }

    /// How many bytes it has.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    fn put(&mut self, offset: u32, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(u64::from(offset)))?;
        self.file.write_all(bytes)?;
        self.file.sync_data()
    }
}

/// A blank file, there as a whole or not at all.
fn make(path: &Path) -> io::Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let mut blank = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&name)?;
    blank.write_all(&vec![0xff; CAPACITY as usize])?;
    blank.sync_all()?;
    std::fs::rename(&name, path)?;
    // The name is on the disk once its folder is.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    Ok(blank)
}

impl ErrorType for FileMedium {
    type Error = Failed;
}

impl ReadNorFlash for FileMedium {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Failed> {
        check_read(self, offset, bytes.len()).map_err(Failed::Bounds)?;
        self.file.seek(SeekFrom::Start(u64::from(offset))).map_err(Failed::File)?;
        self.file.read_exact(bytes).map_err(Failed::File)
    }

    fn capacity(&self) -> usize {
        usize::try_from(self.bytes).unwrap_or(0)
    }
}

impl NorFlash for FileMedium {
    const WRITE_SIZE: usize = 1;
    const ERASE_SIZE: usize = PAGE;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Failed> {
        check_erase(self, from, to).map_err(Failed::Bounds)?;
        let blank = vec![0xff; usize::try_from(to.saturating_sub(from)).unwrap_or(0)];
        self.put(from, &blank).map_err(Failed::File)
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Failed> {
        check_write(self, offset, bytes.len()).map_err(Failed::Bounds)?;
        self.put(offset, bytes).map_err(Failed::File)
    }
}
