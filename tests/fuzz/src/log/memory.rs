//! Files in memory, and what somebody may do to them.

use crate::bytes::Bytes;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use strongroom_host::log::disk::{Disk, Folder, Lock};

/// Names that files may get besides those that are there.
const NAMES: &[&str] = &[
    "checkpoint",
    "checkpoints/2",
    "checkpoints/4",
    "checkpoints/5",
    "checkpoints/05",
    "tile/entries/000",
    "tile/entries/000.p/4",
    "tile/entries/000.p/6",
    "tile/entries/001",
    "tile/0/000",
    "tile/0/000.p/4",
    "tile/0/000.p/6",
    "tile/1/000",
    "tile/1/000.p/2",
    "tile/2/000.p/1",
    "tile/entries/other",
    ".writing",
];

/// What is repeated in files: a record with its length, a hash.
const PIECES: [usize; 2] = [120, 32];

/// Files; a clone is the same files.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Memory {
    fn files(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same files, which may become others.
    pub(super) fn fork(&self) -> Self {
        Self(Arc::new(Mutex::new(self.files().clone())))
    }

    pub(super) fn read_text(&self, path: &str) -> Vec<u8> {
        self.files().get(path).cloned().unwrap_or_default()
    }

    /// One thing that somebody does to the files.
    pub(super) fn edit(&self, bytes: &mut Bytes<'_>) {
        let mut files = self.files();
        let names: Vec<String> = files.keys().cloned().collect();
        if names.is_empty() {
            return;
        }
        let edit = bytes.byte();
        let name = bytes.choose(&names).clone();
        let mut contents = files.get(&name).cloned().unwrap_or_default();
        match edit % 8 {
            0 => _ = files.remove(&name),
            1 => _ = files.insert(bytes.choose(&names).clone(), contents),
            2 => {
                let to = bytes.choose(NAMES);
                contents.truncate(usize::from(bytes.byte()) * PIECES[usize::from(edit >> 7)]);
                files.insert((*to).into(), contents);
            }
            _ => {
                change(&mut contents, bytes);
                files.insert(name, contents);
            }
        }
    }
}

/// One thing that somebody does to a file or a text.
pub(super) fn change(contents: &mut Vec<u8>, bytes: &mut Bytes<'_>) {
    let edit = bytes.byte();
    let at = bytes.number::<2>() as usize % (contents.len() + 1);
    let length = usize::from(bytes.byte());
    let end = (at + length).min(contents.len());
    match edit % 7 {
        0 => contents.truncate(at),
        1 => contents.extend_from_slice(bytes.take(length)),
        2 => _ = contents.drain(at..end),
        3 => _ = contents.splice(at..at, bytes.take(length).to_vec()),
        4 => _ = contents.splice(at..end, bytes.take(end - at).to_vec()),
        5 => {
            // Two records or hashes change places.
            let piece = PIECES[usize::from(edit >> 7)];
            let (one, other) = (at / piece * piece, length * piece);
            if one.max(other) + piece <= contents.len() {
                (0..piece).for_each(|place| contents.swap(one + place, other + place));
            }
        }
        _ => {
            if let Some(byte) = contents.get_mut(at) {
                *byte ^= length as u8;
            }
        }
    }
}

impl Disk for Memory {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(self.files().get(path).cloned())
    }

    fn list(&self, folder: &str) -> io::Result<Vec<(String, bool)>> {
        let within = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let files = self.files();
        let names = files.keys().filter_map(|path| path.strip_prefix(&within)).map(|rest| match rest.split_once('/') {
            Some((name, _)) => (name.to_owned(), true),
            None => (rest.to_owned(), false),
        });
        Ok(names.collect::<BTreeSet<_>>().into_iter().collect())
    }

    fn make_folder(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.files().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn sync_file(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let contents = self.files().remove(from).ok_or(io::ErrorKind::NotFound)?;
        self.files().insert(to.to_owned(), contents);
        Ok(())
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.files().remove(path);
        Ok(())
    }

    fn lock(&self) -> io::Result<Option<Lock>> {
        // Nobody else has these files; only a folder makes a lock.
        Folder::new("/").lock()
    }

    fn name(&self, path: &str) -> String {
        path.to_owned()
    }
}
