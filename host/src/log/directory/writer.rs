//! The end of the tree that is being written.

use super::{CHECKPOINTS, entries};
use crate::log::bundle;
use crate::log::disk::{Disk, Lock, steps};
use crate::log::note::Note;
use crate::log::tile::{Kind, LEVELS, Tile, WIDTH};
use crate::log::tree::Edge;
use crate::log::{Error, reader};
use crate::merkle::{self, Hash};
use strongroom_core::Record;

/// The last, partial bundle and tiles, so that appending reads nothing.
///
/// # Invariants
///
/// - Everything before them is on disk in full bundles and full tiles.
#[derive(Debug)]
pub(super) struct Writer {
    size: u32,
    bundle: Vec<u8>,
    tiles: [Vec<Hash>; LEVELS as usize],
    _lock: Lock,
}

impl Writer {
    /// Begins where the newest checkpoint is, and completes what stands beyond it.
    pub(super) fn begin(disk: &dyn Disk, lock: Lock, head: Option<&Note>, there: u32) -> Result<Self, Error> {
        // After a power cut in a renaming it may be one file with the one that it became.
        steps::remove(disk, steps::UNNAMED)?;
        let signed = head.map_or(0, |head| head.size);
        let last = |kind| Tile::last_partial(kind, signed).map_or(Ok(Vec::new()), |tile| reader::bytes(disk, tile));
        let tiles = |level| last(Kind::Hashes(level)).map(|bytes| reader::hashes(&bytes).collect::<Vec<Hash>>());
        let mut writer =
            Self { size: signed, bundle: last(Kind::Entries)?, tiles: [tiles(0)?, tiles(1)?, tiles(2)?], _lock: lock };
        if let Some(head) = head {
            writer.check(head)?;
            let filed = format!("{CHECKPOINTS}/{signed}");
            if steps::read(disk, &filed)?.is_none() {
                steps::replace(disk, &filed, head.text().as_bytes())?;
            }
        }
        for bundle in entries(disk, signed, there) {
            for entry in bundle::entries(&bundle?) {
                let Some(record) = entry.decode() else {
                    return Err(Error::damaged(
                        "tile/entries",
                        format!("has no record at place {}, beyond the checkpoint", writer.size),
                    ));
                };
                writer.push(disk, &record.to_bytes())?;
            }
        }
        // Also where nothing was appended: what a writer left that was cut off goes now, while it is known to be unsigned.
        writer.flush(disk, signed)?;
        Ok(writer)
    }

    /// Whether the end of the tree is what the checkpoint says.
    fn check(&self, head: &Note) -> Result<(), Error> {
        let leaves = bundle::entries(&self.bundle).map(|entry| merkle::leaf(entry.record));
        if self.root() != head.root || !leaves.eq(self.tiles[0].iter().copied()) {
            let why = format!("does not fit the checkpoint of {} records; `log verify` says where", head.size);
            return Err(Error::damaged("tile", why));
        }
        Ok(())
    }

    pub(super) const fn size(&self) -> u32 {
        self.size
    }

    /// The root over all records.
    fn root(&self) -> Hash {
        self.root_with(&[])
    }

    /// The root over all records and these, were they appended.
    pub(super) fn root_with(&self, records: &[Record]) -> Hash {
        let mut edge = Edge::default();
        for (height, hashes) in [16, 8, 0].into_iter().zip(self.tiles.iter().rev()) {
            hashes.iter().for_each(|hash| edge.push(height, *hash));
        }
        records.iter().for_each(|record| edge.push(0, merkle::leaf(&record.to_bytes())));
        edge.root()
    }

    /// Appends a record; what it completes is written.
    pub(super) fn push(&mut self, disk: &dyn Disk, record: &[u8; Record::SIZE]) -> Result<(), Error> {
        bundle::push(&mut self.bundle, record);
        self.tiles[0].push(merkle::leaf(record));
        self.size += 1;
        if self.size.is_multiple_of(WIDTH) {
            self.complete(disk, Kind::Entries)?;
            for level in 0..LEVELS {
                if self.tiles[usize::from(level)].len() < WIDTH as usize {
                    break;
                }
                self.complete(disk, Kind::Hashes(level))?;
            }
        }
        Ok(())
    }

    /// Writes a full tile, which then stands for all its partial ones, and begins the next.
    fn complete(&mut self, disk: &dyn Disk, kind: Kind) -> Result<(), Error> {
        let tile = Tile { kind, index: kind.count(self.size) / WIDTH - 1, width: WIDTH };
        steps::replace(disk, &tile.to_string(), &self.bytes(tile))?;
        steps::remove_from(disk, &tile.partials(), |_| true)?;
        match kind {
            Kind::Entries => self.bundle.clear(),
            Kind::Hashes(level) => {
                let root = merkle::root(&self.tiles[usize::from(level)]);
                self.tiles[usize::from(level)].clear();
                if let Some(above) = self.tiles.get_mut(usize::from(level) + 1) {
                    above.push(root);
                }
            }
        }
        Ok(())
    }

    /// Writes the partial tiles of the tree as it is now, and removes those of sizes that nobody signed.
    pub(super) fn flush(&self, disk: &dyn Disk, signed: u32) -> Result<(), Error> {
        for tile in Kind::ALL.into_iter().filter_map(|kind| Tile::last_partial(kind, self.size)) {
            self.write(disk, tile)?;
            let kept = Tile::last_partial(tile.kind, signed).filter(|last| last.index == tile.index).map_or(0, |last| last.width);
            let stale = |name: &str| name.parse().is_ok_and(|width| kept < width && width != tile.width);
            steps::remove_from(disk, &tile.partials(), stale)?;
        }
        Ok(())
    }

    /// Writes the partial tiles of the smaller tree of `size` leaves, where no full tile stands for them.
    pub(super) fn flush_smaller(&self, disk: &dyn Disk, size: u32) -> Result<(), Error> {
        for tile in Kind::ALL.into_iter().filter_map(|kind| Tile::last_partial(kind, size)) {
            if Tile::last_partial(tile.kind, self.size).is_some_and(|last| last.index == tile.index) {
                self.write(disk, tile)?;
            }
        }
        Ok(())
    }

    /// Writes a partial tile, where it is not there yet.
    fn write(&self, disk: &dyn Disk, tile: Tile) -> Result<(), Error> {
        let (path, bytes) = (tile.to_string(), self.bytes(tile));
        if steps::read(disk, &path)?.as_ref() == Some(&bytes) { Ok(()) } else { steps::replace(disk, &path, &bytes) }
    }

    /// The first entries or hashes of what is being written.
    fn bytes(&self, tile: Tile) -> Vec<u8> {
        match tile.kind {
            Kind::Entries => self.bundle.iter().take(tile.width as usize * bundle::ENTRY).copied().collect(),
            Kind::Hashes(level) => self.tiles[usize::from(level)].iter().take(tile.width as usize).flatten().copied().collect(),
        }
    }
}
