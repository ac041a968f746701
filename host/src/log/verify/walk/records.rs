//! The records of a bundle: whether they are there, what they say, and those that nobody has signed yet.

use super::Walk;
use crate::log::Error;
use crate::log::tile::{Kind, Tile, WIDTH};
use crate::log::verify::finding::What;
use crate::log::verify::stored::Stored;
use crate::merkle::Hash;

impl Walk<'_> {
    pub(super) fn note_missing(&mut self, first: u32, width: u32, there: u32) {
        let (from, to) = (first + there.min(width), first + width);
        match &mut self.missing {
            Some((_, end)) if *end == from && there == 0 => *end = to,
            _ if from < to => {
                self.settle_missing(self.heads.signed());
                self.missing = Some((from, to));
            }
            _ => {}
        }
    }

    pub(super) fn settle_missing(&mut self, signed: u32) {
        let Some((from, to)) = self.missing.take() else { return };
        let file =
            Tile::of(Kind::Entries, from / WIDTH, signed).map_or_else(|| "tile/entries".to_owned(), |tile| tile.to_string());
        if to == signed {
            let message = format!("the checkpoint counts {signed} records, and {from} are there");
            self.findings.add(What::Cut, file, from, message);
        } else {
            self.findings.add(What::Missing, file, from, format!("records {from} to {} are missing", to - 1));
        }
    }

    /// What the records themselves say, as far as they are the ones that were written.
    pub(super) fn read_records(
        &mut self,
        first: u32,
        width: u32,
        entries: Option<&Stored>,
        leaves: &[Hash],
        row: Option<&[Hash]>,
    ) {
        let Some(entries) = entries else { return };
        self.read_lengths(entries);
        let Some(row) = row else { return };
        let known = leaves.iter().zip(row).take(width as usize);
        for ((place, entry), (leaf, believed)) in (first..).zip(entries.entries()).zip(known) {
            if usize::from(entry.length) != entry.record.len() || leaf != believed {
                // Found with its length or its leaf.
            } else if let Some(record) = entry.decode() {
                if let Err((what, message)) = self.order.follow(place, &record) {
                    self.findings.add(what, entries.file, place, message);
                }
            } else {
                let message = format!("record {place} is none of this version: a newer release may read it");
                self.findings.add(What::Record, entries.file, place, message);
            }
        }
    }

    /// The lengths that stand before records and in no leaf.
    pub(super) fn read_lengths(&mut self, entries: &Stored) {
        for (place, entry) in (entries.file.index * WIDTH..).zip(entries.entries()) {
            if usize::from(entry.length) != entry.record.len() {
                let message = format!("record {place} gives its length as {}, not {}", entry.length, entry.record.len());
                self.findings.add(What::Changed, entries.file, place, message);
            }
        }
    }

    /// The leaves behind the signed ones, and whether their records follow on.
    pub(super) fn tail(&mut self, first: u32, width: u32, found: Option<Stored>) -> Result<Vec<Hash>, Error> {
        let index = first / WIDTH;
        let Some(widest) = self.inventory.widths(Kind::Entries, index).last().copied().filter(|widest| *widest > width) else {
            return Ok(Vec::new());
        };
        let file = Tile { kind: Kind::Entries, index, width: widest };
        let entries = match found {
            Some(found) if found.file == file => found,
            _ => Stored::read(self.disk, file, self.findings)?,
        };
        for (place, entry) in (first..).zip(entries.entries()).skip(width as usize) {
            let fault = match entry.decode() {
                Some(record) => self.order.follow(place, &record).err().map(|(_, why)| why),
                None => Some(format!("what stands at place {place} is no record")),
            };
            if let Some(why) = fault {
                self.findings.add(What::Extended, file, place, format!("beyond the checkpoint, {why}"));
            }
        }
        // Its name may promise more than it has.
        let mut leaves = entries.leaves();
        Ok(leaves.split_off(leaves.len().min(width as usize)))
    }
}
