//! A disk that loses what was not forced to it, whenever power goes.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex};
use strongroom_host::log::disk::{Disk, Lock};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(usize),
}

/// A file's contents, as programs see them and as they are on the medium.
#[derive(Debug, Clone, Default)]
struct Contents {
    seen: Vec<u8>,
    kept: Vec<u8>,
}

#[derive(Debug, Default)]
struct State {
    files: Vec<Contents>,
    /// Names as programs see them, and as they are on the medium.
    seen: BTreeMap<String, Node>,
    kept: BTreeMap<String, Node>,
    /// Changes of names since their folder was forced to the medium: folder, name, and what it stands for then.
    pending: Vec<(String, String, Option<Node>)>,
    /// Steps of writing until power goes, and how many there were.
    fuse: Option<u32>,
    steps: u32,
    locked: bool,
}

/// Files in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Medium(Arc<Mutex<State>>);

/// Numbers that look random and are the same every time.
pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn missing() -> io::Error {
    ErrorKind::NotFound.into()
}

impl State {
    /// One step of writing; the one that power goes in is begun.
    fn step(&mut self) -> io::Result<()> {
        self.steps += 1;
        match &mut self.fuse {
            Some(0) => Err(io::Error::other("power is gone")),
            Some(left) => {
                *left -= 1;
                if *left == 0 { Err(io::Error::other("power goes")) } else { Ok(()) }
            }
            None => Ok(()),
        }
    }

    fn name(&mut self, path: &str, node: Option<Node>) {
        match node {
            Some(node) => self.seen.insert(path.to_owned(), node),
            None => self.seen.remove(path),
        };
        self.pending.push((folder_of(path).to_owned(), path.to_owned(), node));
    }

    fn file(&self, path: &str) -> Option<usize> {
        match self.seen.get(path) {
            Some(Node::File(file)) => Some(*file),
            _ => None,
        }
    }
}

impl Medium {
    /// Lets power go in the `steps`th step of writing from now on.
    pub(crate) fn cut_after(&self, steps: u32) {
        self.0.lock().unwrap().fuse = Some(steps);
    }

    /// How many steps of writing there were.
    pub(crate) fn steps(&self) -> u32 {
        self.0.lock().unwrap().steps
    }

    /// Power is back: of what was not forced to the medium, some is there. Without a seed all of it is, as when only the
    /// program was killed.
    pub(crate) fn restart(&self, seed: Option<&mut Seed>) {
        let mut state = self.0.lock().unwrap();
        let state = &mut *state;
        if let Some(seed) = seed {
            for contents in &mut state.files {
                if contents.seen != contents.kept {
                    match seed.below(3) {
                        0 => {}
                        1 => contents.kept.clone_from(&contents.seen),
                        _ => {
                            // The length is there and a part of the contents is not.
                            let whole = seed.below(contents.seen.len() + 1);
                            contents.kept = contents.seen.iter().take(whole).copied().collect();
                            contents.kept.resize(contents.seen.len(), 0);
                        }
                    }
                }
            }
            let mut kept = state.kept.clone();
            for (_, path, node) in std::mem::take(&mut state.pending) {
                // A folder's names do not outlive it.
                let above = folder_of(&path);
                if seed.below(2) == 0 && (above.is_empty() || kept.contains_key(above)) {
                    match node {
                        Some(node) => kept.insert(path, node),
                        None => kept.remove(&path),
                    };
                }
            }
            // A folder that is gone has nothing in it.
            let whole = kept.clone();
            kept.retain(|path, _| path.match_indices('/').all(|(end, _)| whole.contains_key(&path[..end])));
            state.kept = kept;
        } else {
            state.files.iter_mut().for_each(|contents| contents.kept.clone_from(&contents.seen));
            state.kept.clone_from(&state.seen);
        }
        state.files.iter_mut().for_each(|contents| contents.seen.clone_from(&contents.kept));
        state.seen.clone_from(&state.kept);
        state.pending.clear();
        state.fuse = None;
        state.locked = false;
    }

    /// Every file that is there, but for the one that has no name yet.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.0.lock().unwrap();
        let files = state.seen.iter().filter(|(path, _)| *path != ".writing");
        files.filter_map(|(path, _)| Some((path.clone(), state.files[state.file(path)?].seen.clone()))).collect()
    }
}

struct Held(Medium);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().locked = false;
    }
}

impl Disk for Medium {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let state = self.0.lock().unwrap();
        Ok(state.file(path).map(|file| state.files[file].seen.clone()))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<(String, bool)>> {
        let state = self.0.lock().unwrap();
        let within = state.seen.iter().filter(|(path, _)| folder_of(path) == folder && !path.is_empty());
        Ok(within.map(|(path, node)| (path.rsplit('/').next().unwrap().to_owned(), *node == Node::Folder)).collect())
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        let cut = state.step();
        if !state.seen.contains_key(folder) {
            state.name(folder, Some(Node::Folder));
        }
        cut
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        let cut = state.step();
        let file = match state.file(path) {
            Some(file) => file,
            None => {
                state.files.push(Contents::default());
                let file = state.files.len() - 1;
                state.name(path, Some(Node::File(file)));
                file
            }
        };
        let written = if cut.is_err() { &bytes[..bytes.len() / 2] } else { bytes };
        state.files[file].seen = written.to_vec();
        cut
    }

    fn sync_file(&self, path: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        state.step()?;
        let file = state.file(path).ok_or_else(missing)?;
        state.files[file].kept = state.files[file].seen.clone();
        Ok(())
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        state.step()?;
        let pending = std::mem::take(&mut state.pending);
        for (within, path, node) in pending {
            if within != folder {
                state.pending.push((within, path, node));
                continue;
            }
            match node {
                Some(node) => state.kept.insert(path, node),
                None => state.kept.remove(&path),
            };
        }
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        let cut = state.step();
        let above = folder_of(to);
        if !above.is_empty() && !state.seen.contains_key(above) {
            return cut.and(Err(missing()));
        }
        let file = state.file(from).ok_or_else(missing)?;
        // Whether the step that was cut did it is known after the restart only.
        state.name(to, Some(Node::File(file)));
        state.name(from, None);
        cut
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        let cut = state.step();
        if state.seen.contains_key(path) {
            state.name(path, None);
        }
        cut
    }

    fn lock(&self) -> io::Result<Option<Lock>> {
        let mut state = self.0.lock().unwrap();
        let free = !std::mem::replace(&mut state.locked, true);
        Ok(free.then(|| Lock::holding(Held(self.clone()))))
    }

    fn name(&self, path: &str) -> String {
        path.to_owned()
    }
}
