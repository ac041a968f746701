//! What a board has recorded, taken into a log folder and held against the head that the device signed (D-22).

use crate::drain::Signed;
use crate::log::note::Note;
use crate::log::{self, Directory, Origin, PublicKey, directory, disk};
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use strongroom_core::Record;

/// A signed head, with the place where the records under it go.
#[derive(Debug)]
pub struct Collection {
    path: PathBuf,
    note: Note,
    directory: Option<Directory>,
}

/// Why what a board says was not taken; the folder holds what it held.
#[derive(Debug)]
pub enum NotCollected {
    /// It is not what the device has signed, or contradicts what it signed before.
    NotVerified(String),
    /// Records are missing between those that are there and those that the board still holds.
    Gap {
        /// The record that comes next.
        next: u32,
        /// The first that the board has.
        first: Option<u32>,
    },
    /// The folder does not take what it should.
    Log(log::Error),
}

impl fmt::Display for NotCollected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotVerified(why) => formatter.write_str(why),
            Self::Gap { next, first: Some(first) } => write!(
                formatter,
                "record {next} comes next, and the board holds records from {first} on: those between were acknowledged to \
                 somebody else; go on with the log folder that they are in"
            ),
            Self::Gap { next, first: None } => write!(
                formatter,
                "record {next} comes next, and the board holds it no more: it was acknowledged to somebody else; go on with the \
                 log folder that it is in"
            ),
            Self::Log(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for NotCollected {}

impl From<log::Error> for NotCollected {
    fn from(error: log::Error) -> Self {
        Self::Log(error)
    }
}

fn not_verified<T>(why: impl Into<String>) -> Result<T, NotCollected> {
    Err(NotCollected::NotVerified(why.into()))
}

impl Collection {
    /// Takes a head that `key` signed for a log of the device `serial`; its records go into `folder`, a log folder.
    ///
    /// # Errors
    ///
    /// [`NotCollected::NotVerified`] where the head is none, is not signed by the key, is another device's, or is older than
    /// the newest one there: the log went back. [`NotCollected::Log`].
    pub fn begin(folder: &Path, serial: &str, note: &str, key: &PublicKey) -> Result<Self, NotCollected> {
        let note = Note::read(note).or_else(|why| not_verified(format!("the head is no signed note: {why}")))?;
        key.check(&note).or_else(|why| not_verified(format!("the head of {} {why}", note.origin)))?;
        let origin: Origin = note.origin.parse().or_else(|why| not_verified(format!("the head is of {}: {why}", note.origin)))?;
        if origin.serial != escaped(serial) {
            return not_verified(format!("the head is of {}, and this is the board of device {serial}", note.origin));
        }
        let path = folder.join(origin.folder());
        let is_there = path.exists() && directory::holds_a_log(&disk::Folder::new(&path))?;
        let directory = is_there.then(|| Directory::open(&path)).transpose()?;
        if let Some(head) = directory.as_ref().and_then(Directory::head) {
            if note.size < head.size {
                let (size, before) = (note.size, head.size);
                return not_verified(format!("the log {origin} went back: {size} records, and {before} were signed before"));
            }
            if note.size == head.size && note.root != head.root {
                return not_verified(format!("the log {origin} has another root than was signed before, over the same records"));
            }
        }
        Ok(Self { path, note, directory })
    }

    /// The tree's name.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.note.origin
    }

    /// How many records are under the head.
    #[must_use]
    pub const fn size(&self) -> u32 {
        self.note.size
    }

    /// The numbers of the records that are not there yet.
    #[must_use]
    pub fn wanted(&self) -> Range<u32> {
        self.directory.as_ref().map_or(0, Directory::size)..self.note.size
    }

    /// Takes the records that were wanted, and files the head over all of them.
    ///
    /// # Errors
    ///
    /// [`NotCollected::NotVerified`] where the records are not those under the head. [`NotCollected::Gap`],
    /// [`NotCollected::Log`].
    pub fn finish(self, records: &[Record]) -> Result<Signed, NotCollected> {
        let wanted = self.wanted();
        let signed = Signed { path: self.path, origin: self.note.origin.clone(), size: self.note.size };
        let head = self.directory.as_ref().and_then(Directory::head);
        if self.note.size == 0 || head.is_some_and(|head| head.size == self.note.size) {
            return Ok(signed);
        }
        if !wanted.is_empty() && records.first().is_none_or(|first| first.sequence != wanted.start) {
            return Err(NotCollected::Gap { next: wanted.start, first: records.first().map(|first| first.sequence) });
        }
        if records.len() != wanted.len() {
            return not_verified(format!("{} records are there, and {} were wanted", records.len(), wanted.len()));
        }
        let mut directory = match self.directory {
            Some(directory) => directory,
            None => Directory::create(&signed.path)?,
        };
        // Looked at before it is written: nothing that was not signed is to stand in the way of what was.
        if directory.size() <= self.note.size && directory.root_with(records)? != self.note.root {
            return not_verified(format!(
                "the records from {} on are not those under the signed head of {}, {}",
                wanted.start, self.note.size, self.note.origin
            ));
        }
        directory.append(records).map_err(refused)?;
        directory.publish(self.note.text()).map_err(refused)?;
        Ok(signed)
    }
}

fn refused(error: log::Error) -> NotCollected {
    match error {
        log::Error::Refused(why) => NotCollected::NotVerified(why),
        other => NotCollected::Log(other),
    }
}

/// A serial number as origins have it.
fn escaped(serial: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    serial.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
