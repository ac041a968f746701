//! One tree on disk: what is there, and adding to it.

mod publish;
mod records;
mod writer;

pub use records::Records;

use super::disk::{Disk, Folder, steps};
use super::note::Note;
use super::tile::{CAPACITY, Kind, Tile, WIDTH};
use super::{Error, Origin, bundle, reader};
use crate::merkle::Hash;
use std::path::Path;
use strongroom_core::Record;
use writer::Writer;

/// Where the newest note is.
pub(crate) const CHECKPOINT: &str = "checkpoint";

/// The folder of all notes, each named by its size.
pub(crate) const CHECKPOINTS: &str = "checkpoints";

/// A drained log's tree on disk (D-22).
///
/// # Invariants
///
/// - A file appears as a whole or not at all, and forced to the medium before anything that counts on it: records, then
///   tiles, then the checkpoint. So whatever cuts it off leaves a directory that verifies up to its checkpoint, and
///   [`append`](Self::append) goes on from there.
/// - Nothing that a checkpoint covers is ever written anew.
/// - One process writes; others may read meanwhile.
#[derive(Debug)]
pub struct Directory {
    disk: Box<dyn Disk>,
    head: Option<Note>,
    size: u32,
    writer: Option<Writer>,
}

impl Directory {
    /// Makes the folder, with those around it, and begins an empty log in it.
    ///
    /// # Errors
    ///
    /// A log is there already, or the folder cannot be made.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let disk = Folder::new(path);
        disk.make().map_err(|error| Error::Unusable { file: path.display().to_string(), error })?;
        if holds_a_log(&disk)? {
            return Err(Error::Refused(format!("{} holds a log already; open it, or choose another folder", path.display())));
        }
        Self::on(Box::new(disk))
    }

    /// Opens the log in this folder.
    ///
    /// # Errors
    ///
    /// No log is there, its checkpoint cannot be read, or a file of the unsigned end is damaged.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let disk = Folder::new(path);
        std::fs::read_dir(path).map_err(|error| Error::Unusable { file: path.display().to_string(), error })?;
        if !holds_a_log(&disk)? {
            return Err(Error::Refused(format!("{} holds no log: neither a checkpoint nor tiles", path.display())));
        }
        Self::on(Box::new(disk))
    }

    /// The log on `disk`, which may be empty.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn on(disk: Box<dyn Disk>) -> Result<Self, Error> {
        let head = head(disk.as_ref())?;
        let size = there(disk.as_ref(), head.as_ref().map_or(0, |head| head.size))?;
        Ok(Self { disk, head, size, writer: None })
    }

    /// How many records are there, those that nobody has signed yet included.
    #[must_use]
    pub const fn size(&self) -> u32 {
        self.size
    }

    /// The newest checkpoint. Its signature has not been checked.
    #[must_use]
    pub const fn head(&self) -> Option<&Note> {
        self.head.as_ref()
    }

    /// The tree's name, once a checkpoint has told it.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        self.head.as_ref()?.origin.parse().ok()
    }

    /// Every size that was signed, smallest first.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn signed_sizes(&self) -> Result<Vec<u32>, Error> {
        let names = steps::list(self.disk(), CHECKPOINTS)?;
        let mut sizes: Vec<u32> = names.iter().filter_map(|(name, _)| super::note::size(name)).collect();
        // An interrupted publication has not filed its note yet.
        sizes.extend(self.head.as_ref().map(|head| head.size));
        sizes.sort_unstable();
        sizes.dedup();
        Ok(sizes)
    }

    /// The records from the first to the last, unsigned ones included; read a bundle at a time and not verified.
    #[must_use]
    pub fn records(&self) -> Records<'_> {
        Records::new(self.disk(), 0, self.size)
    }

    /// Appends records and forces them to the medium, unsigned as yet. Takes as long as there are new records.
    ///
    /// Records that are there already are compared and skipped, so that a drain that was cut off is just begun again.
    ///
    /// # Errors
    ///
    /// A record is of another log, leaves a gap, or differs from the one that is there; then nothing is written. The
    /// directory is damaged, somebody else is writing, or a file cannot be written; then some records may be there, and
    /// appending them again goes on.
    pub fn append(&mut self, records: &[Record]) -> Result<(), Error> {
        let mut writer = self.writer()?;
        self.check(&writer, records)?;
        for record in records.iter().filter(|record| record.sequence >= self.size) {
            writer.push(self.disk.as_ref(), &record.to_bytes())?;
        }
        writer.flush(self.disk.as_ref(), self.signed())?;
        self.size = writer.size();
        self.writer = Some(writer);
        Ok(())
    }

    /// The root over all records and these, were they appended; takes the right to write.
    pub(crate) fn root_with(&mut self, records: &[Record]) -> Result<Hash, Error> {
        let writer = self.writer()?;
        let root = writer.root_with(records);
        self.writer = Some(writer);
        Ok(root)
    }

    /// Lets others write. The next [`append`](Self::append) or [`publish`](Self::publish) takes the right again.
    pub fn release(&mut self) {
        self.writer = None;
    }

    pub(crate) fn disk(&self) -> &dyn Disk {
        self.disk.as_ref()
    }

    fn signed(&self) -> u32 {
        self.head.as_ref().map_or(0, |head| head.size)
    }

    /// Takes the writer; whoever does not put it back begins anew from what is on disk.
    fn writer(&mut self) -> Result<Writer, Error> {
        if let Some(writer) = self.writer.take() {
            return Ok(writer);
        }
        let disk = self.disk.as_ref();
        let lock = disk.lock().map_err(|error| Error::Unusable { file: disk.name(""), error })?;
        let Some(lock) = lock else {
            return Err(Error::Refused(format!(
                "{}: another process is writing this log; try again when it has ended",
                disk.name("")
            )));
        };
        // Somebody else may have written since this was opened.
        let head = head(disk)?;
        let size = there(disk, head.as_ref().map_or(0, |head| head.size))?;
        let writer = Writer::begin(disk, lock, head.as_ref(), size)?;
        self.head = head;
        self.size = size;
        Ok(writer)
    }

    fn check(&self, writer: &Writer, records: &[Record]) -> Result<(), Error> {
        let Some(first) = records.first() else { return Ok(()) };
        let mut known = Records::new(self.disk(), first.sequence.min(self.size), self.size);
        let log = match writer.size() {
            0 => first.log,
            _ => Records::new(self.disk(), 0, 1).next().transpose()?.map_or(first.log, |record| record.log),
        };
        if first.sequence > self.size {
            return Err(Error::Refused(format!("record {} leaves a gap: record {} comes next", first.sequence, self.size)));
        }
        for (place, record) in (first.sequence..).zip(records) {
            if record.log != log {
                let (found, expected) = (record.log.name(), log.name());
                return Err(Error::Refused(format!(
                    "record {} is of the {found} log, and this is a {expected} log",
                    record.sequence
                )));
            }
            if record.sequence != place {
                return Err(Error::Refused(format!("record {} is given where record {place} comes next", record.sequence)));
            }
            if place >= CAPACITY {
                return Err(Error::Refused(format!("record {place} is more than a log holds")));
            }
            if known.next().transpose()?.is_some_and(|known| known != *record) {
                let bundle = Tile { kind: Kind::Entries, index: place / WIDTH, width: WIDTH };
                return Err(Error::Refused(format!("record {place} differs from the one that is there, in {bundle}")));
            }
        }
        Ok(())
    }
}

pub(crate) fn holds_a_log(disk: &dyn Disk) -> Result<bool, Error> {
    Ok(steps::list(disk, "")?.iter().any(|(name, _)| name == CHECKPOINT || name == "tile"))
}

/// The newest note.
fn head(disk: &dyn Disk) -> Result<Option<Note>, Error> {
    let Some(bytes) = steps::read(disk, CHECKPOINT)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|_| Error::damaged(CHECKPOINT, "is not UTF-8 text"))?;
    Note::read(&text).map(Some).map_err(|why| Error::damaged(CHECKPOINT, format!("is no signed note: {why}")))
}

/// How many records are there, given that `signed` are.
fn there(disk: &dyn Disk, signed: u32) -> Result<u32, Error> {
    let mut size = signed;
    while let Some((width, _)) = widest(disk, size / WIDTH)? {
        size = size.max(size / WIDTH * WIDTH + width);
        if width < WIDTH {
            break;
        }
        // A full bundle: go on behind it.
        size = size.next_multiple_of(WIDTH);
        if size > CAPACITY {
            return Err(Error::damaged("tile/entries", "holds more records than a log has"));
        }
    }
    Ok(size)
}

/// The widest bundle at this index, and its bytes.
fn widest(disk: &dyn Disk, index: u32) -> Result<Option<(u32, Vec<u8>)>, Error> {
    let full = Tile { kind: Kind::Entries, index, width: WIDTH };
    let width = if steps::read(disk, &full.to_string())?.is_some() {
        Some(WIDTH)
    } else {
        steps::list(disk, &full.partials())?.iter().filter_map(|(name, _)| name.parse().ok()).filter(|width| *width < WIDTH).max()
    };
    width.map(|width| Ok((width, reader::bytes(disk, Tile { width, ..full })?))).transpose()
}

/// The entries from `from` on that the widest bundles have, up to `to`.
fn entries(disk: &dyn Disk, from: u32, to: u32) -> impl Iterator<Item = Result<Vec<u8>, Error>> + '_ {
    let indices = from / WIDTH..to.div_ceil(WIDTH);
    indices.map(move |index| {
        let first = from.max(index * WIDTH);
        let tile = Tile::of(Kind::Entries, index, to).unwrap_or(Tile { kind: Kind::Entries, index, width: WIDTH });
        let bytes = reader::bytes(disk, tile)?;
        Ok(bytes.get((first - index * WIDTH) as usize * bundle::ENTRY..).unwrap_or_default().to_vec())
    })
}
