//! What is done to files, so that each is there as a whole or not at all.

use super::Disk;
use crate::log::Error;
use std::io::{self, ErrorKind};

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
