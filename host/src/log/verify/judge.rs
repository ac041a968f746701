//! Who is to blame where records, their tile and the hash above it do not fit.

use super::finding::{Findings, What};
use super::stored::Stored;
use crate::log::tile::{Kind, Tile, WIDTH};
use crate::merkle::{self, Hash};

/// The signed part of one bundle.
#[derive(Debug)]
pub(super) struct Row {
    /// The tile of its leaves.
    pub(super) tile: Tile,
    /// The leaves that follow from the records, where they are there.
    pub(super) leaves: Vec<Option<Hash>>,
    /// The leaves that the tile has, where they are there.
    pub(super) stored: Vec<Option<Hash>>,
    /// The hash above a full tile, where it is there.
    pub(super) above: Option<Hash>,
    /// Whether that hash, or a partial tile itself, leads up to a root that was signed.
    pub(super) sure: bool,
}

/// What is believed of it.
#[derive(Debug)]
pub(super) struct Judged {
    /// The leaves; `None` where they are lost.
    pub(super) row: Option<Vec<Hash>>,
    /// The root over a full row.
    pub(super) root: Option<Hash>,
    /// Whether that is a guess.
    pub(super) guessed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blame {
    Records,
    Tile,
    Either,
}

/// Believes what agrees, and reports what does not.
pub(super) fn judge(
    row: &Row,
    entries: Option<&Stored>,
    is_signed_root: impl Fn(&[Hash]) -> bool,
    findings: &mut Findings,
) -> Judged {
    let differ: Vec<usize> = (0..row.leaves.len())
        .filter(|place| matches!((row.leaves[*place], row.stored[*place]), (Some(leaf), Some(hash)) if leaf != hash))
        .collect();
    let fill = |own: &[Option<Hash>], other: &[Option<Hash>]| -> Option<Vec<Hash>> {
        own.iter().zip(other).map(|(own, other)| own.or(*other)).collect()
    };
    let Some(records) = fill(&row.leaves, &row.stored) else {
        // Lost are only single leaves; the hash above stands for all of them.
        report(row, entries, &differ, Blame::Either, findings);
        return Judged { row: None, root: row.above, guessed: !row.sure };
    };
    let tile = if differ.is_empty() { records.clone() } else { fill(&row.stored, &row.leaves).unwrap_or_default() };
    let is_full = row.tile.width == WIDTH;
    let root = is_full.then(|| merkle::root(&records));
    if let (Some(above), Some(root)) = (row.above, root) {
        let tile_root = if differ.is_empty() { root } else { merkle::root(&tile) };
        if tile_root == above {
            report(row, entries, &differ, Blame::Records, findings);
            return Judged { row: Some(tile), root: Some(above), guessed: false };
        }
        if root == above {
            report(row, entries, &differ, Blame::Tile, findings);
            return Judged { row: Some(records), root: Some(above), guessed: false };
        }
        if differ.is_empty() {
            together(row, findings);
        }
        report(row, entries, &differ, Blame::Either, findings);
        return if row.sure {
            Judged { row: None, root: Some(above), guessed: false }
        } else {
            Judged { row: Some(records), root: Some(root), guessed: !differ.is_empty() }
        };
    }
    if differ.is_empty() {
        return Judged { row: Some(records), root, guessed: false };
    }
    if row.sure && !is_full {
        report(row, entries, &differ, Blame::Records, findings);
        return Judged { row: Some(tile), root: None, guessed: false };
    }
    let blame = if is_signed_root(&records) { Blame::Tile } else { Blame::Either };
    report(row, entries, &differ, blame, findings);
    Judged { row: Some(records), root, guessed: blame == Blame::Either }
}

/// Records and tile agree, and the hash above does not.
fn together(row: &Row, findings: &mut Findings) {
    let index = row.tile.index;
    let above = Kind::Hashes(1);
    let place = format!("{}", Tile { kind: above, index: index / WIDTH, width: WIDTH });
    if row.sure {
        let (from, to) = (index * WIDTH, index * WIDTH + WIDTH - 1);
        let message = format!("records {from} to {to} were changed together with this tile: it does not fit {place}");
        findings.add(What::Changed, row.tile, from, message);
    } else {
        findings.add(What::Changed, place, None, format!("hash {} is not the root of {}", index % WIDTH, row.tile));
    }
}

fn report(row: &Row, entries: Option<&Stored>, differ: &[usize], blame: Blame, findings: &mut Findings) {
    let first = row.tile.index * WIDTH;
    for place in differ {
        let number = first + *place as u32;
        let file = entries.map_or(Tile { kind: Kind::Entries, ..row.tile }, |entries| entries.file);
        let says = entries.and_then(|entries| entries.entries().nth(*place)?.decode()).map(|record| record.sequence);
        let tile = row.tile;
        match (blame, says) {
            (Blame::Tile, _) => {
                findings.add(What::Changed, tile, number, format!("hash {place} is not the leaf of record {number}"));
            }
            (Blame::Records, Some(says)) if says != number => {
                let message = format!("the record at place {number} says that it is record {says}: its leaf is not in {tile}");
                findings.add(What::Reordered, file, number, message);
            }
            (Blame::Records, _) => {
                let message = format!("record {number} is not the one that was written: its leaf is not in {tile}");
                findings.add(What::Changed, file, number, message);
            }
            (Blame::Either, _) => {
                let message = format!("record {number} and its leaf in {tile} do not fit, and neither fits the checkpoint");
                findings.add(What::Changed, file, number, message);
            }
        }
    }
}
