//! What a log needs of a file system, so that tests can cut it off at every step.

pub(crate) mod steps;

use std::any::Any;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Files below one folder, named by paths with `/`. Reading is plain; each step of writing is one method, because power may
/// go between any two.
pub trait Disk: fmt::Debug + Send + Sync {
    /// A file's contents; `None` where there is no such file.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>>;

    /// Reads a file's beginning, as far as there is room, and says how much of the room it fills; `None` where there is no
    /// such file.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn read_into(&self, path: &str, room: &mut [u8]) -> io::Result<Option<usize>> {
        let Some(contents) = self.read(path)? else { return Ok(None) };
        let length = contents.len().min(room.len());
        room[..length].copy_from_slice(&contents[..length]);
        Ok(Some(length))
    }

    /// The names in a folder and whether each is a folder, in no order; nothing where there is no such folder.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn list(&self, folder: &str) -> io::Result<Vec<(String, bool)>>;

    /// Makes one folder; nothing happens where it is there.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn make_folder(&self, folder: &str) -> io::Result<()>;

    /// Writes a file anew, without forcing it to the medium.
    ///
    /// # Errors
    ///
    /// What the system says; a part may have been written.
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()>;

    /// Forces a file to the medium.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn sync_file(&self, path: &str) -> io::Result<()>;

    /// Forces the names in a folder to the medium.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn sync_folder(&self, folder: &str) -> io::Result<()>;

    /// Gives a file another name, in place of the file that had it.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file or an empty folder; nothing happens where it is not there.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn remove(&self, path: &str) -> io::Result<()>;

    /// Takes the right to write; `None` where somebody else has it.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn lock(&self) -> io::Result<Option<Lock>>;

    /// A path as people know it.
    fn name(&self, path: &str) -> String;
}

/// The right to write, until it is dropped.
pub struct Lock(#[expect(dead_code, reason = "it is held, not read")] Box<dyn Any + Send + Sync>);

impl Lock {
    /// A right that ends when `held` is dropped.
    pub fn holding(held: impl Any + Send + Sync) -> Self {
        Self(Box::new(held))
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Lock")
    }
}

/// Files below a folder of the host's.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at this path.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Makes the folder and those around it, each forced to the medium.
    pub(crate) fn make(&self) -> io::Result<()> {
        fn make(path: &Path) -> io::Result<()> {
            if path.as_os_str().is_empty() || path.is_dir() {
                return Ok(());
            }
            let above = path.parent().unwrap_or(Path::new(""));
            make(above)?;
            match fs::create_dir(path) {
                // Somebody was faster.
                Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
                made => made,
            }?;
            Folder::new(if above.as_os_str().is_empty() { Path::new(".") } else { above }).sync_folder("")
        }
        make(&self.0)
    }

    fn at(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.0.clone() } else { self.0.join(path) }
    }
}

/// The answer, or nothing where there is no such thing.
fn maybe<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Disk for Folder {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        maybe(fs::read(self.at(path)))
    }

    fn read_into(&self, path: &str, room: &mut [u8]) -> io::Result<Option<usize>> {
        let Some(mut file) = maybe(File::open(self.at(path)))? else { return Ok(None) };
        let mut length = 0;
        while let Some(rest) = room.get_mut(length..).filter(|rest| !rest.is_empty()) {
            match file.read(rest) {
                Ok(0) => break,
                Ok(count) => length += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(length))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<(String, bool)>> {
        let mut names = Vec::new();
        for entry in maybe(fs::read_dir(self.at(folder)))?.into_iter().flatten() {
            let entry = entry?;
            names.push((entry.file_name().to_string_lossy().into_owned(), entry.file_type()?.is_dir()));
        }
        Ok(names)
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        match fs::create_dir(self.at(folder)) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            made => made,
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        File::create(self.at(path))?.write_all(bytes)
    }

    fn sync_file(&self, path: &str) -> io::Result<()> {
        File::options().write(true).open(self.at(path))?.sync_all()
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        // Elsewhere a folder cannot be opened, and its names are forced with its files.
        if cfg!(unix) { File::open(self.at(folder))?.sync_all() } else { Ok(()) }
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.at(from), self.at(to))
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let path = self.at(path);
        let removed = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        maybe(removed).map(|_| ())
    }

    fn lock(&self) -> io::Result<Option<Lock>> {
        if cfg!(not(unix)) {
            return Ok(Some(Lock::holding(())));
        }
        let folder = File::open(self.at(""))?;
        match folder.try_lock() {
            Ok(()) => Ok(Some(Lock::holding(folder))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn name(&self, path: &str) -> String {
        self.at(path).display().to_string()
    }
}
