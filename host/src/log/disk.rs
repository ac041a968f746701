//! What a log needs of a file system, so that tests can cut it off at every step.

use super::Error;
use std::any::Any;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

/// Files below one folder, named by paths with `/`. Reading is plain; each step of writing is one method, because power may
/// go between any two.
pub trait Disk: fmt::Debug + Send + Sync {
    /// A file's contents; `None` where there is no such file.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>>;

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

/// Where a file is written before it gets its name. One is enough: there is one writer.
pub(crate) const UNNAMED: &str = ".writing";

/// Writes a file as a whole: after a power cut there is the old one or the new one.
pub(crate) fn replace(disk: &dyn Disk, path: &str, bytes: &[u8]) -> Result<(), Error> {
    let folder = parent(path);
    let steps = || {
        disk.write(UNNAMED, bytes)?;
        disk.sync_file(UNNAMED)?;
        match disk.rename(UNNAMED, path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make_folders(disk, folder)?;
                disk.rename(UNNAMED, path)?;
            }
            renamed => renamed?,
        }
        disk.sync_folder(folder)
    };
    steps().map_err(|error| Error::Unusable { file: disk.name(path), error })
}

/// Makes a folder and those around it, each forced to the medium.
fn make_folders(disk: &dyn Disk, folder: &str) -> io::Result<()> {
    let mut above = "";
    let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
    for name in ends.filter_map(|end| folder.get(..end)) {
        disk.make_folder(name)?;
        disk.sync_folder(above)?;
        above = name;
    }
    Ok(())
}

/// A file's contents; `None` where there is no such file.
pub(crate) fn read(disk: &dyn Disk, path: &str) -> Result<Option<Vec<u8>>, Error> {
    disk.read(path).map_err(|error| Error::Unusable { file: disk.name(path), error })
}

/// The names in a folder and whether each is a folder.
pub(crate) fn list(disk: &dyn Disk, folder: &str) -> Result<Vec<(String, bool)>, Error> {
    disk.list(folder).map_err(|error| Error::Unusable { file: disk.name(folder), error })
}

/// Removes a file or an empty folder.
pub(crate) fn remove(disk: &dyn Disk, path: &str) -> Result<(), Error> {
    disk.remove(path).map_err(|error| Error::Unusable { file: disk.name(path), error })
}

/// Removes what `goes` from a folder, for good; the folder too, once it is empty.
pub(crate) fn remove_from(disk: &dyn Disk, folder: &str, goes: impl Fn(&str) -> bool) -> Result<(), Error> {
    let names = list(disk, folder)?;
    let (gone, kept): (Vec<_>, Vec<_>) = names.iter().partition(|(name, _)| goes(name));
    for (name, _) in &gone {
        remove(disk, &format!("{folder}/{name}"))?;
    }
    let changed = if kept.is_empty() && !names.is_empty() {
        remove(disk, folder)?;
        parent(folder)
    } else {
        folder
    };
    let forced = if gone.is_empty() { Ok(()) } else { disk.sync_folder(changed) };
    forced.map_err(|error| Error::Unusable { file: disk.name(folder), error })
}

/// The folder that a path is in.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
