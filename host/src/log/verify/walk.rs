//! Going through the records, a bundle at a time, with the tiles above them.
//!
//! Where a record, its leaf's hash and the hash above do not fit one another, the two that agree are believed, so that one
//! damage is one finding and not a damaged tree.

mod files;
mod records;

use super::ahead::{Ahead, Sound};
use super::finding::{Findings, What};
use super::heads::{Head, Heads};
use super::inventory::Inventory;
use super::judge::{Judged, Row, judge};
use super::order::{Order, Rules};
use super::stored::Stored;
use crate::log::Error;
use crate::log::disk::Disk;
use crate::log::reader::Tiles;
use crate::log::tile::{CAPACITY, Kind, Tile, WIDTH};
use crate::log::tree::{self, Edge};
use crate::merkle::{self, Hash, hex};
use std::ops::ControlFlow;

/// Bundles that a log has at most.
const MOST_BUNDLES: u32 = (CAPACITY + 1) / WIDTH;

/// A tile above the bundles.
#[derive(Debug, Default)]
struct Above {
    tile: Option<Tile>,
    /// What its file has.
    stored: Vec<Option<Hash>>,
    /// Whether that leads up to a root that was signed.
    sure: bool,
    /// What follows from below, where that is known.
    below: Vec<Option<Hash>>,
}

/// How far it is.
pub(super) struct Walk<'a> {
    disk: &'a dyn Disk,
    inventory: &'a Inventory,
    heads: &'a Heads,
    findings: &'a mut Findings,
    order: Order<'a>,
    /// The tree so far; `None` once a leaf is lost for good.
    edge: Option<Edge>,
    /// Whether what is believed is a guess, so that a root that does not fit says nothing new.
    guessed: bool,
    /// The last checkpoint that fits.
    fitting: u32,
    /// Whether the tiles lead up to the newest root.
    sure: bool,
    one: Above,
    two: Above,
    missing: Option<(u32, u32)>,
    there: u32,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        disk: &'a dyn Disk,
        inventory: &'a Inventory,
        heads: &'a Heads,
        rules: &'a Rules,
        findings: &'a mut Findings,
    ) -> Self {
        let size = heads.signed();
        let top = tree::root(size, &mut Tiles::new(disk, size));
        let sure = top.is_ok_and(|root| heads.of_size(size).iter().any(|head| head.root == root));
        let (edge, one, two) = (Some(Edge::default()), Above::default(), Above::default());
        Self {
            disk,
            inventory,
            heads,
            findings,
            order: Order::new(rules),
            edge,
            guessed: false,
            fitting: 0,
            sure,
            one,
            two,
            missing: None,
            there: 0,
        }
    }

    /// Goes through everything and says how many records are there; `None` where `progress` ended it.
    pub(super) fn run(
        mut self,
        mut ahead: Ahead<'_>,
        progress: &mut dyn FnMut(u32, u32) -> ControlFlow<()>,
    ) -> Result<Option<u32>, Error> {
        let signed = self.heads.signed();
        let last = self.inventory.from(Kind::Entries, 0).last();
        let total = last.map_or(0, |last| last.index.saturating_mul(WIDTH).saturating_add(last.width)).max(signed);
        self.two = self.above(2, 0)?;
        self.compare_roots(0);
        let mut index = 0;
        loop {
            let first = index * WIDTH;
            if first >= signed && (index == MOST_BUNDLES || self.inventory.widths(Kind::Entries, index).is_empty()) {
                break;
            }
            if index.is_multiple_of(WIDTH) {
                self.one = self.above(1, index / WIDTH)?;
            }
            let width = signed.saturating_sub(first).min(WIDTH);
            let sound = if width == WIDTH { ahead.next(index) } else { None };
            let whole = match sound {
                Some(sound) if self.takes(index, &sound) => {
                    self.take(index, &sound)?;
                    true
                }
                _ => self.bundle(index, width)?,
            };
            if progress(self.there.min(total), total).is_break() {
                return Ok(None);
            }
            index += 1;
            if !whole && index * WIDTH >= signed {
                break;
            }
        }
        self.settle_missing(signed);
        self.others(Kind::Hashes(1), index / WIDTH, signed)?;
        self.others(Kind::Hashes(2), 0, signed)?;
        self.beyond(index);
        if self.fitting != signed && !self.findings.any_error() {
            let message = "could not be compared with the records".to_owned();
            self.findings.add(What::Checkpoint, "checkpoint", None, message);
        }
        Ok(Some(self.there))
    }

    /// Reads the tile at `level`, as the signed tree has it.
    fn above(&mut self, level: u8, index: u32) -> Result<Above, Error> {
        let Some(tile) = Tile::of(Kind::Hashes(level), index, self.heads.signed()) else { return Ok(Above::default()) };
        let found = Stored::find(self.disk, tile, self.inventory, self.findings)?;
        let stored = found.map_or_else(|| vec![None; tile.width as usize], |found| found.hashes(tile.width));
        let sure = match self.two.stored.get(index as usize) {
            Some(above) if level == 1 && !tile.is_partial() => {
                let whole: Option<Vec<Hash>> = stored.iter().copied().collect();
                self.two.sure && whole.is_some_and(|whole| Some(merkle::root(&whole)) == *above)
            }
            _ => self.sure,
        };
        Ok(Above { tile: Some(tile), stored, sure, below: Vec::new() })
    }

    /// Whether a sound bundle fits everything around it, so that nothing is left to say of it.
    fn takes(&mut self, index: u32, sound: &Sound) -> bool {
        let first = index * WIDTH;
        let alone = [Kind::Entries, Kind::Hashes(0)].iter().all(|kind| self.inventory.widths(*kind, index) == [WIDTH]);
        let above = self.one.stored.get((index % WIDTH) as usize).copied().flatten();
        alone
            && self.edge.is_some()
            && above == Some(sound.root)
            && self.heads.between(first + 1, first + WIDTH - 1).is_empty()
            && self.order.follow_all(first, &sound.first, &sound.last)
    }

    /// What [`bundle`](Self::bundle) does with a full bundle of which there is nothing to say.
    fn take(&mut self, index: u32, sound: &Sound) -> Result<(), Error> {
        let end = index * WIDTH + WIDTH;
        if let Some(edge) = &mut self.edge {
            edge.push(8, sound.root);
        }
        self.compare_roots(end);
        self.there = self.there.max(end);
        self.add_below(index, Some(sound.root))
    }

    /// A full bundle's root, for the tile above.
    fn add_below(&mut self, index: u32, root: Option<Hash>) -> Result<(), Error> {
        self.one.below.push(root);
        if self.one.below.len() == WIDTH as usize {
            self.complete(index / WIDTH)?;
            self.one = Above::default();
        }
        Ok(())
    }

    /// One bundle and the tile of its leaves, of which the first `width` are signed; says whether it is full.
    fn bundle(&mut self, index: u32, width: u32) -> Result<bool, Error> {
        let first = index * WIDTH;
        let tile = Tile { kind: Kind::Entries, index, width };
        let (mut entries, mut stored) = (None, None);
        if width > 0 {
            entries = Stored::find(self.disk, tile, self.inventory, self.findings)?;
            stored = Stored::find(self.disk, Tile { kind: Kind::Hashes(0), ..tile }, self.inventory, self.findings)?;
        }
        let leaves = entries.as_ref().map(Stored::leaves).unwrap_or_default();
        let (edge, heads) = (&self.edge, self.heads);
        let judged = judge(
            &Row {
                tile: Tile { kind: Kind::Hashes(0), ..tile },
                leaves: (0..width as usize).map(|place| leaves.get(place).copied()).collect(),
                stored: stored.map_or_else(|| vec![None; width as usize], |stored| stored.hashes(width)),
                above: self.one.stored.get((index % WIDTH) as usize).copied().flatten().filter(|_| width == WIDTH),
                above_tile: self.one.tile,
                sure: if width == WIDTH { self.one.sure } else { self.sure },
            },
            entries.as_ref(),
            |row| edge.as_ref().is_some_and(|edge| is_signed(edge, row, heads.of_size(first + row.len() as u32))),
            self.findings,
        );
        self.guessed |= judged.guessed;
        self.note_missing(first, width, leaves.len() as u32);
        self.read_records(first, width, entries.as_ref(), &leaves, judged.row.as_deref());
        self.grow(first, width, &judged);
        let mut row = judged.row;
        self.there = self.there.max(first + width.min(leaves.len() as u32));
        if width < WIDTH {
            let leaves = self.tail(first, width, entries)?;
            self.there = self.there.max(if leaves.is_empty() { 0 } else { first + width + leaves.len() as u32 });
            row = row.map(|mut row| {
                row.extend(leaves);
                row
            });
        }
        let whole = match &row {
            Some(row) => row.len() == WIDTH as usize,
            None => width == WIDTH,
        };
        self.compare(Kind::Entries, index, row.as_deref(), width)?;
        self.compare(Kind::Hashes(0), index, row.as_deref(), width)?;
        if whole {
            let root = judged.root.or_else(|| row.as_deref().map(merkle::root));
            self.add_below(index, root)?;
        }
        Ok(whole)
    }

    /// Lets the tree grow by a bundle, and compares it with the checkpoints on the way.
    fn grow(&mut self, first: u32, width: u32, judged: &Judged) {
        let inner = self.heads.between(first + 1, (first + width).min(first + WIDTH - 1));
        match (&judged.row, judged.root, &mut self.edge) {
            (Some(row), _, Some(_)) if !inner.is_empty() || width < WIDTH => {
                for (size, leaf) in (first + 1..).zip(row) {
                    if let Some(edge) = &mut self.edge {
                        edge.push(0, *leaf);
                    }
                    self.compare_roots(size);
                }
            }
            (_, Some(root), Some(edge)) if width == WIDTH => {
                edge.push(8, root);
                self.compare_roots(first + width);
            }
            _ if width > 0 => self.edge = None,
            _ => {}
        }
    }

    fn compare_roots(&mut self, size: u32) {
        let heads = self.heads;
        let Some(edge) = &self.edge else { return };
        for head in heads.of_size(size) {
            let root = edge.root();
            if root == head.root {
                self.fitting = size;
            } else if !self.guessed {
                let message = format!(
                    "counts {size} records with root {}, and those here have root {}: one from record {} on was changed \
                     together with its tiles, or this checkpoint is of another tree",
                    hex(&head.root),
                    hex(&root),
                    self.fitting,
                );
                self.findings.add(What::Checkpoint, &head.file, self.fitting, message);
            }
        }
    }

    /// A whole tile of level 1.
    fn complete(&mut self, index: u32) -> Result<(), Error> {
        let signed = self.heads.signed();
        self.others(Kind::Hashes(1), index, signed)?;
        let below: Option<Vec<Hash>> = self.one.below.iter().copied().collect();
        let below = below.as_deref().map(merkle::root);
        let above = self.two.stored.get(index as usize).copied().flatten();
        let mut root = below.or(above);
        if let (Some(below), Some(above)) = (below, above)
            && below != above
        {
            let place = Tile::of(Kind::Hashes(2), 0, signed).map_or_else(|| "tile/2".to_owned(), |tile| tile.to_string());
            if !self.two.sure {
                self.findings.add(What::Changed, place, None, format!("hash {index} is not the root of the tile below it"));
            } else {
                root = Some(above);
                // Elsewhere than here they differ from what is below, and that is told.
                if self.one.below == self.one.stored {
                    let (from, to) = (index << 16, (index << 16) + 0xffff);
                    let message = format!("records {from} to {to} were changed together with the tiles over them");
                    self.findings.add(What::Changed, place, from, message);
                    self.guessed = true;
                }
            }
        }
        self.two.below.push(root);
        Ok(())
    }
}

/// Whether the tree so far and these leaves have a root that was signed.
fn is_signed(edge: &Edge, row: &[Hash], heads: &[Head]) -> bool {
    let mut edge = edge.clone();
    row.iter().for_each(|leaf| edge.push(0, *leaf));
    heads.iter().any(|head| head.root == edge.root())
}
