//! Which files a directory has.

use super::finding::{Findings, What};
use crate::log::directory::CHECKPOINTS;
use crate::log::disk::{Disk, steps};
use crate::log::tile::{CAPACITY, Kind, Tile, WIDTH};
use crate::log::{Error, note};
use std::collections::BTreeMap;
use std::iter;

/// How deep folders are looked into: below `tile`, a kind, three groups of digits, and the partial tiles.
const DEEPEST: usize = 6;

/// The tiles and checkpoints that are there.
///
/// A long log has little but full tiles, of which a bit says enough.
///
/// # Invariants
///
/// - A place is in one of the two: with a bit where it has a full tile and nothing beside it, else with all of its widths.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    full: BTreeMap<Kind, Vec<u64>>,
    mixed: BTreeMap<(Kind, u32), Vec<u32>>,
    /// The sizes that checkpoints are filed under, smallest first.
    pub(super) sizes: Vec<u32>,
}

/// Places that may have a bit: what lies further on belongs to no log, and is there at most to use memory up.
const BITS: u32 = CAPACITY / WIDTH + 1;

impl Inventory {
    pub(super) fn of(disk: &dyn Disk, findings: &mut Findings) -> Result<Self, Error> {
        let mut inventory = Self::default();
        for (name, _) in steps::list(disk, CHECKPOINTS)? {
            match note::size(&name) {
                Some(size) => inventory.sizes.push(size),
                None => stranger(findings, &format!("{CHECKPOINTS}/{name}")),
            }
        }
        inventory.sizes.sort_unstable();
        inventory.walk(disk, "tile", DEEPEST, findings)?;
        let Self { full, mixed, .. } = &mut inventory;
        for ((kind, index), widths) in mixed {
            if let Some((word, bit)) = full.get_mut(kind).and_then(|bits| place(bits, *index))
                && *word & bit != 0
            {
                *word &= !bit;
                widths.push(WIDTH);
            }
            widths.sort_unstable();
        }
        Ok(inventory)
    }

    fn walk(&mut self, disk: &dyn Disk, folder: &str, deepest: usize, findings: &mut Findings) -> Result<(), Error> {
        for (name, is_folder) in steps::list(disk, folder)? {
            let path = format!("{folder}/{name}");
            match Tile::from_path(&path) {
                Some(tile) if !is_folder => self.add(tile),
                None if is_folder && deepest > 0 => self.walk(disk, &path, deepest - 1, findings)?,
                _ => stranger(findings, &path),
            }
        }
        Ok(())
    }

    fn add(&mut self, tile: Tile) {
        if tile.is_partial() || tile.index >= BITS {
            return self.mixed.entry((tile.kind, tile.index)).or_default().push(tile.width);
        }
        let bits = self.full.entry(tile.kind).or_default();
        let words = (tile.index / u64::BITS) as usize + 1;
        bits.resize(bits.len().max(words), 0);
        if let Some((word, bit)) = place(bits, tile.index) {
            *word |= bit;
        }
    }

    /// The widths of the tiles at this place, smallest first.
    pub(super) fn widths(&self, kind: Kind, index: u32) -> &[u32] {
        match self.mixed.get(&(kind, index)) {
            Some(widths) => widths,
            None if self.is_full(kind, index) => &[WIDTH],
            None => &[],
        }
    }

    fn is_full(&self, kind: Kind, index: u32) -> bool {
        let word = self.full.get(&kind).and_then(|bits| bits.get((index / u64::BITS) as usize));
        word.is_some_and(|word| word >> (index % u64::BITS) & 1 == 1)
    }

    /// The width of the file that is read for this tile: its own or the full one, which are as good, else whatever is there.
    pub(super) fn choose(&self, tile: Tile) -> Option<u32> {
        let widths = self.widths(tile.kind, tile.index);
        let proper = [tile.width, WIDTH].into_iter().find(|width| widths.contains(width));
        let wider = widths.iter().find(|width| **width > tile.width).or(widths.last());
        proper.or(wider.copied())
    }

    /// The tiles of a kind at this place and behind it, in their order.
    pub(super) fn from(&self, kind: Kind, index: u32) -> impl Iterator<Item = Tile> + '_ {
        let mixed = self.mixed.range((kind, index)..=(kind, u32::MAX)).map(|((_, index), _)| *index);
        let words = self.full.get(&kind).map_or(0, Vec::len);
        let full = (index..words as u32 * u64::BITS).filter(move |index| self.is_full(kind, *index));
        let (mut mixed, mut full) = (mixed.peekable(), full.peekable());
        let places = iter::from_fn(move || match (mixed.peek(), full.peek()) {
            (Some(one), Some(other)) if other < one => full.next(),
            (Some(_), _) => mixed.next(),
            (None, _) => full.next(),
        });
        places.flat_map(move |index| self.widths(kind, index).iter().map(move |width| Tile { kind, index, width: *width }))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.full.is_empty() && self.mixed.is_empty() && self.sizes.is_empty()
    }
}

/// Where the bit of this place is.
fn place(bits: &mut [u64], index: u32) -> Option<(&mut u64, u64)> {
    bits.get_mut((index / u64::BITS) as usize).map(|word| (word, 1 << (index % u64::BITS)))
}

fn stranger(findings: &mut Findings, path: &str) {
    findings.add(What::Leftover, path, None, "is no part of a log".to_owned());
}
