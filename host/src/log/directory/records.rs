//! Reading records, a bundle at a time.

use crate::log::disk::Disk;
use crate::log::tile::{Kind, Tile, WIDTH};
use crate::log::{Error, bundle, reader};
use std::fmt;
use strongroom_core::Record;

/// The records of a log, in their order. After an error it ends.
pub struct Records<'a> {
    disk: &'a dyn Disk,
    next: u32,
    size: u32,
    /// The bundle that `next` is in, once it has been read.
    bundle: Option<(u32, Vec<u8>)>,
}

impl<'a> Records<'a> {
    pub(crate) const fn new(disk: &'a dyn Disk, first: u32, size: u32) -> Self {
        Self { disk, next: first, size, bundle: None }
    }

    fn read(&mut self) -> Result<Record, Error> {
        let (index, place) = (self.next / WIDTH, self.next % WIDTH);
        let tile = Tile::of(Kind::Entries, index, self.size).unwrap_or(Tile { kind: Kind::Entries, index, width: WIDTH });
        if self.bundle.as_ref().is_none_or(|(known, _)| *known != index) {
            self.bundle = Some((index, reader::bytes(self.disk, tile)?));
        }
        let bytes = self.bundle.as_ref().map_or(&[][..], |(_, bytes)| bytes);
        let record = bundle::entries(bytes).nth(place as usize).and_then(|entry| entry.decode());
        record.ok_or_else(|| Error::damaged(tile.to_string(), format!("has no record at place {}", self.next)))
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.size {
            return None;
        }
        let record = self.read();
        self.next = if record.is_ok() { self.next + 1 } else { self.size };
        Some(record)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = (self.size - self.next.min(self.size)) as usize;
        (rest.min(1), Some(rest))
    }
}

impl fmt::Debug for Records<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Records").field("next", &self.next).field("size", &self.size).finish_non_exhaustive()
    }
}
