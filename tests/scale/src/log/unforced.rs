//! Files that are not forced to the medium: a log of which nobody will ever miss anything is made in seconds.

use std::io;
use strongroom_host::log::disk::{Disk, Folder, Lock};

/// A folder as [`Folder`] has it, but for the forcing.
#[derive(Debug)]
pub(super) struct Unforced(pub(super) Folder);

impl Disk for Unforced {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        self.0.read(path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<(String, bool)>> {
        self.0.list(folder)
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        self.0.make_folder(folder)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.write(path, bytes)
    }

    fn sync_file(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.rename(from, to)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.0.remove(path)
    }

    fn lock(&self) -> io::Result<Option<Lock>> {
        self.0.lock()
    }

    fn name(&self, path: &str) -> String {
        self.0.name(path)
    }
}
