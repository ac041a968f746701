//! All files at one place against what is believed: the smaller partial tiles, the wider ones, and those without records.

use super::Walk;
use crate::log::Error;
use crate::log::reader::hashes;
use crate::log::tile::{Kind, Tile, WIDTH};
use crate::log::verify::finding::{Findings, What};
use crate::log::verify::stored::Stored;
use crate::merkle::Hash;

impl Walk<'_> {
    /// The tiles at this place of levels 1 and 2, beside the one that was looked into.
    pub(super) fn others(&mut self, kind: Kind, index: u32, signed: u32) -> Result<(), Error> {
        let above = if kind == Kind::Hashes(1) { &self.one } else { &self.two };
        let row: Option<Vec<Hash>> = above.below.iter().copied().collect();
        let width = Tile::of(kind, index, signed).map_or(0, |tile| tile.width);
        self.compare(kind, index, row.as_deref(), width)
    }

    /// Compares all files at this place with what is believed, but for the one that a signed tile of `width` was read from;
    /// then sees whether each signed size has its own, and each is of a signed size.
    pub(super) fn compare(&mut self, kind: Kind, index: u32, row: Option<&[Hash]>, width: u32) -> Result<(), Error> {
        let widths = self.inventory.widths(kind, index);
        let main = self.inventory.choose(Tile { kind, index, width }).filter(|_| width > 0);
        let level = match kind {
            Kind::Entries => 0,
            Kind::Hashes(level) => level,
        };
        let leaves_of = |width: u32| (index * WIDTH + width) << (8 * level);
        let needed = |width: u32| {
            let from = leaves_of(width);
            !self.heads.between(from.max(1), from + ((1 << (8 * level)) - 1)).is_empty()
        };
        for other in widths.iter().copied().filter(|other| Some(*other) != main || *other > width) {
            let file = Tile { kind, index, width: other };
            let looked_into = Some(other) == main;
            let was_read = looked_into || kind == Kind::Entries && other > width && widths.last() == Some(&other);
            let mut known = Findings::default();
            let stored = Stored::read(self.disk, file, if was_read { &mut known } else { self.findings })?;
            let found = if kind == Kind::Entries { stored.leaves() } else { hashes(&stored.bytes).collect() };
            if kind == Kind::Entries && !was_read {
                self.read_lengths(&stored);
            }
            let Some(row) = row else { continue };
            let fresh = if looked_into { width as usize } else { 0 };
            for (place, _) in found.iter().zip(row).enumerate().skip(fresh).filter(|(_, (found, row))| found != row) {
                let place = index * WIDTH + place as u32;
                let what = if leaves_of(other) > self.heads.signed() { What::Extended } else { What::Changed };
                if kind == Kind::Entries {
                    self.findings.add(what, file, place, format!("record {place} is not the one of the other files"));
                } else {
                    let record = (level == 0).then_some(place);
                    self.findings.add(what, file, record, format!("hash {place} does not fit what is below it"));
                }
            }
            if found.len() > row.len() {
                self.findings.add(What::Extended, file, None, "stands for records that are not there".to_owned());
            }
            if other < WIDTH && leaves_of(other) <= self.heads.signed() && !needed(other) {
                let message = "is of no size that was signed: a writer was cut off, or that checkpoint was removed";
                self.findings.add(What::Leftover, file, None, message.to_owned());
            }
        }
        if !widths.contains(&WIDTH) && !self.heads.between(leaves_of(0), leaves_of(WIDTH)).is_empty() {
            for lost in (1..WIDTH).filter(|lost| *lost != width && !widths.contains(lost) && needed(*lost)) {
                let message = "is missing, and a checkpoint needs it".to_owned();
                self.findings.add(What::Missing, Tile { kind, index, width: lost }, None, message);
            }
        }
        Ok(())
    }

    /// What stands apart, behind the last bundle.
    pub(super) fn beyond(&mut self, bundles: u32) {
        for (kind, first) in [(Kind::Entries, bundles), (Kind::Hashes(0), bundles), (Kind::Hashes(1), bundles / WIDTH + 1)] {
            for tile in self.inventory.from(kind, first) {
                self.findings.add(What::Extended, tile, None, "stands for records that are not there".to_owned());
            }
        }
        for tile in self.inventory.from(Kind::Hashes(2), 1) {
            self.findings.add(What::Extended, tile, None, "stands for records that are not there".to_owned());
        }
    }
}
