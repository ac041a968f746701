//! Which files a directory has.

use super::finding::{Findings, What};
use crate::log::directory::CHECKPOINTS;
use crate::log::disk::{self, Disk};
use crate::log::tile::{Kind, Tile, WIDTH};
use crate::log::{Error, note};
use std::collections::BTreeMap;

/// How deep folders are looked into: below `tile`, a kind, three groups of digits, and the partial tiles.
const DEEPEST: usize = 6;

/// The tiles and checkpoints that are there.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    tiles: BTreeMap<(Kind, u32), Vec<u32>>,
    /// The sizes that checkpoints are filed under, smallest first.
    pub(super) sizes: Vec<u32>,
}

impl Inventory {
    pub(super) fn of(disk: &dyn Disk, findings: &mut Findings) -> Result<Self, Error> {
        let mut inventory = Self::default();
        for (name, _) in disk::list(disk, CHECKPOINTS)? {
            match note::size(&name) {
                Some(size) => inventory.sizes.push(size),
                None => stranger(findings, &format!("{CHECKPOINTS}/{name}")),
            }
        }
        inventory.sizes.sort_unstable();
        inventory.walk(disk, "tile", DEEPEST, findings)?;
        inventory.tiles.values_mut().for_each(|widths| widths.sort_unstable());
        Ok(inventory)
    }

    fn walk(&mut self, disk: &dyn Disk, folder: &str, deepest: usize, findings: &mut Findings) -> Result<(), Error> {
        for (name, is_folder) in disk::list(disk, folder)? {
            let path = format!("{folder}/{name}");
            match Tile::from_path(&path) {
                Some(tile) if !is_folder => self.tiles.entry((tile.kind, tile.index)).or_default().push(tile.width),
                None if is_folder && deepest > 0 => self.walk(disk, &path, deepest - 1, findings)?,
                _ => stranger(findings, &path),
            }
        }
        Ok(())
    }

    /// The widths of the tiles at this place, smallest first.
    pub(super) fn widths(&self, kind: Kind, index: u32) -> &[u32] {
        self.tiles.get(&(kind, index)).map_or(&[], Vec::as_slice)
    }

    /// The width of the file that is read for this tile: its own or the full one, which are as good, else whatever is there.
    pub(super) fn choose(&self, tile: Tile) -> Option<u32> {
        let widths = self.widths(tile.kind, tile.index);
        let proper = [tile.width, WIDTH].into_iter().find(|width| widths.contains(width));
        let wider = widths.iter().find(|width| **width > tile.width).or(widths.last());
        proper.or(wider.copied())
    }

    /// The tiles of a kind at this place and behind it.
    pub(super) fn from(&self, kind: Kind, index: u32) -> impl Iterator<Item = Tile> + '_ {
        let places = self.tiles.range((kind, index)..=(kind, u32::MAX));
        places.flat_map(|((kind, index), widths)| widths.iter().map(|width| Tile { kind: *kind, index: *index, width: *width }))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tiles.is_empty() && self.sizes.is_empty()
    }
}

fn stranger(findings: &mut Findings, path: &str) {
    findings.add(What::Leftover, path, None, "is no part of a log".to_owned());
}
