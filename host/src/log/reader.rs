//! Reading tiles and bundles, whichever file has them.

use super::disk::{self, Disk};
use super::tile::{Kind, Tile, WIDTH};
use super::{Error, bundle, tree};
use crate::merkle::{self, Hash};

/// Bytes of a hash.
pub(crate) const HASH: usize = 32;

/// A tile's bytes: its own file, or the beginning of a wider one, which stands for it.
pub(crate) fn bytes(disk: &dyn Disk, tile: Tile) -> Result<Vec<u8>, Error> {
    for file in [tile, tile.full()] {
        if let Some(bytes) = whole(disk, file, tile.width)? {
            return Ok(bytes);
        }
    }
    // Somebody may have written on since the size was read.
    let names = disk::list(disk, &tile.partials())?;
    let wider = names.iter().filter_map(|(name, _)| name.parse().ok()).filter(|width| *width > tile.width).min();
    let wider = wider.map_or(Ok(None), |width| whole(disk, Tile { width, ..tile }, tile.width))?;
    wider.ok_or_else(|| Error::damaged(tile.to_string(), "is missing"))
}

/// The first `width` entries or hashes of a file that has all of its own.
fn whole(disk: &dyn Disk, file: Tile, width: u32) -> Result<Option<Vec<u8>>, Error> {
    let each = match file.kind {
        Kind::Entries => bundle::ENTRY,
        Kind::Hashes(_) => HASH,
    };
    let Some(mut bytes) = disk::read(disk, &file.to_string())? else { return Ok(None) };
    let expected = each * file.width as usize;
    if bytes.len() != expected {
        return Err(Error::damaged(file.to_string(), format!("has {} bytes, not {expected}", bytes.len())));
    }
    bytes.truncate(each * width as usize);
    Ok(Some(bytes))
}

/// The hashes in a tile's bytes.
pub(crate) fn hashes(bytes: &[u8]) -> impl ExactSizeIterator<Item = Hash> {
    bytes.as_chunks::<HASH>().0.iter().copied()
}

/// The tiles of a tree of `size` leaves, as a source of subtrees. The last tile of each level is kept.
#[derive(Debug)]
pub(crate) struct Tiles<'a> {
    disk: &'a dyn Disk,
    size: u32,
    kept: [Option<(u32, Vec<Hash>)>; super::tile::LEVELS as usize],
}

impl<'a> Tiles<'a> {
    pub(crate) const fn new(disk: &'a dyn Disk, size: u32) -> Self {
        Self { disk, size, kept: [None, None, None] }
    }

    /// The hashes of one tile.
    pub(crate) fn tile(&mut self, level: u8, index: u32) -> Result<&[Hash], Error> {
        let missing = || Error::damaged(format!("tile/{level}"), format!("has no tile {index} for {} records", self.size));
        let tile = Tile::of(Kind::Hashes(level), index, self.size).ok_or_else(missing)?;
        let kept = self.kept.get_mut(usize::from(level)).ok_or_else(missing)?;
        match kept {
            Some((known, _)) if *known == index => {}
            _ => *kept = Some((index, hashes(&bytes(self.disk, tile)?).collect())),
        }
        Ok(kept.as_ref().map_or(&[], |(_, hashes)| hashes))
    }
}

impl tree::Subtrees for Tiles<'_> {
    type Error = Error;

    fn subtree(&mut self, height: u8, index: u32) -> Result<Hash, Error> {
        let (level, above) = (height / 8, height % 8);
        let first = index << above;
        let (tile, place) = (first / WIDTH, first % WIDTH);
        let hashes = self.tile(level, tile)?;
        let subtree = hashes.get(place as usize..(place + (1 << above)) as usize);
        subtree.map(merkle::root).ok_or_else(|| Error::damaged(format!("tile/{level}"), format!("tile {tile} is too short")))
    }
}
