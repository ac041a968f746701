//! Looking at one full bundle, by itself.

use super::Rules;
use crate::log::bundle::{self, ENTRY};
use crate::log::disk::Disk;
use crate::log::tile::{Kind, Tile, WIDTH};
use crate::merkle::{self, Hash};
use strongroom_core::Record;

/// Bytes of a full bundle, and of the tile of its leaves.
const ENTRIES: usize = ENTRY * WIDTH as usize;
const HASHES: usize = size_of::<Hash>() * WIDTH as usize;

/// A full bundle in which nothing is wrong, taken by itself: its files are whole, its tile has its leaves, and its records
/// stand in order.
#[derive(Debug)]
pub(in super::super) struct Sound {
    pub(in super::super) root: Hash,
    pub(in super::super) first: Record,
    pub(in super::super) last: Record,
}

/// Whoever looks at bundles, with room for one.
#[derive(Debug)]
pub(in super::super) struct Look<'a> {
    disk: &'a dyn Disk,
    rules: &'a Rules,
    // A byte more than the files shall have, so that a longer one is not taken for one.
    entries: Vec<u8>,
    hashes: Vec<u8>,
    records: Vec<Record>,
}

impl<'a> Look<'a> {
    pub(super) fn new(disk: &'a dyn Disk, rules: &'a Rules) -> Self {
        let (entries, hashes) = (vec![0; ENTRIES + 1], vec![0; HASHES + 1]);
        Self { disk, rules, entries, hashes, records: Vec::with_capacity(WIDTH as usize) }
    }

    /// What this bundle is, if nothing is wrong in it.
    pub(super) fn at(&mut self, index: u32) -> Option<Sound> {
        let entries = read(self.disk, Kind::Entries, index, &mut self.entries)?;
        let hashes = read(self.disk, Kind::Hashes(0), index, &mut self.hashes)?;
        let leaves = merkle::leaves(bundle::entries(entries).map(|entry| entry.record));
        if leaves.as_flattened() != hashes {
            return None;
        }
        // Each stays where it is read into: to copy it at once would be to wait for each of its fields.
        self.records.clear();
        for entry in bundle::entries(entries) {
            self.records.push(entry.decode()?);
        }
        let mut before = None;
        for (place, record) in (index * WIDTH..).zip(&self.records) {
            self.rules.check(place, record, before).ok()?;
            before = Some(record);
        }
        Some(Sound { root: merkle::root(&leaves), first: *self.records.first()?, last: *before? })
    }
}

/// What a file has, if that is a byte less than there is room for.
fn read<'a>(disk: &dyn Disk, kind: Kind, index: u32, room: &'a mut [u8]) -> Option<&'a [u8]> {
    let file = Tile { kind, index, width: WIDTH }.to_string();
    let length = disk.read_into(&file, room).ok().flatten()?;
    let (_, contents) = room.split_last()?;
    (length == contents.len()).then_some(contents)
}
