//! The root of a log, recomputed from its exported records as RFC 6962 defines it.
//!
//! Written apart from the core's frontier, so that one checks the other. Leaves and nodes that know nothing of one another are
//! hashed several at once, where the processor gains by it.

use sha2::{Digest, Sha256};
use std::fmt;
use strongroom_core::Record;
use strongroom_lanes::Padded;

/// What is wrong with an exported log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The record at this place does not have its place's sequence number.
    Sequence {
        /// The place, counted from 0.
        place: u32,
        /// The number it has.
        found: u32,
    },
    /// The record with this sequence number is older than the one before, in the same time epoch.
    Time {
        /// Its sequence number.
        sequence: u32,
    },
    /// The records do not have the root that the core gives.
    Root {
        /// How many records there are.
        records: u32,
        /// The root that the core gives.
        expected: String,
        /// The root of the records.
        found: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sequence { place, found } => {
                write!(formatter, "record {place} is missing or out of order: found record {found}")
            }
            Self::Time { sequence } => write!(formatter, "record {sequence} is older than the one before it"),
            Self::Root { records, expected, found } => {
                write!(formatter, "the {records} records have root {found}, not {expected}: one of them was changed")
            }
        }
    }
}

impl std::error::Error for Problem {}

/// A hash of a tree: SHA-256.
pub type Hash = [u8; 32];

/// The hash of a leaf: SHA-256 of a zero byte and the entry.
#[must_use]
pub fn leaf(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of a node: SHA-256 of a one byte and both children.
#[must_use]
pub fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The hash of each entry as a leaf, in their order: what [`leaf`] gives, faster.
#[must_use]
pub fn leaves<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Vec<Hash> {
    let entries = entries.into_iter();
    let mut hashes = Vec::with_capacity(entries.size_hint().0);
    let mut waiting = Waiting(Vec::with_capacity(TOGETHER));
    for entry in entries {
        match Padded::new(&[&[0], entry]) {
            Some(message) => waiting.push(message, &mut hashes),
            None => {
                waiting.flush(&mut hashes);
                hashes.push(leaf(entry));
            }
        }
    }
    waiting.flush(&mut hashes);
    hashes
}

/// The root over `leaves`, each a leaf's hash.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    // A node without a sibling goes up as it is: the tree that section 2.1 of RFC 6962 cuts from the left.
    let mut level = match leaves {
        [] => return Sha256::digest([]).into(),
        [leaf] => return *leaf,
        many => above(many),
    };
    while level.len() > 1 {
        level = above(&level);
    }
    level.first().copied().unwrap_or_default()
}

/// The level above these hashes.
fn above(level: &[Hash]) -> Vec<Hash> {
    let (pairs, alone) = level.as_chunks::<2>();
    let mut hashes = Vec::with_capacity(pairs.len() + alone.len());
    let mut waiting = Waiting(Vec::with_capacity(TOGETHER));
    for [left, right] in pairs {
        match Padded::new(&[&[1], left, right]) {
            Some(message) => waiting.push(message, &mut hashes),
            None => hashes.push(node(left, right)),
        }
    }
    waiting.flush(&mut hashes);
    hashes.extend(alone);
    hashes
}

/// Messages that are hashed together.
const TOGETHER: usize = 16;

/// Messages that wait until there are enough of them.
#[derive(Debug)]
struct Waiting(Vec<Padded>);

impl Waiting {
    fn push(&mut self, message: Padded, hashes: &mut Vec<Hash>) {
        self.0.push(message);
        if self.0.len() == TOGETHER {
            self.flush(hashes);
        }
    }

    fn flush(&mut self, hashes: &mut Vec<Hash>) {
        strongroom_lanes::hash(&self.0, hashes);
        self.0.clear();
    }
}

/// Checks sequence and time order of `records` and that their root is `expected`.
///
/// # Errors
///
/// The first [`Problem`].
pub fn verify(records: &[Record], expected: Hash) -> Result<(), Problem> {
    let mut before: Option<&Record> = None;
    for (place, record) in (0..).zip(records) {
        if record.sequence != place {
            return Err(Problem::Sequence { place, found: record.sequence });
        }
        if before.is_some_and(|before| before.time_epoch == record.time_epoch && before.at > record.at) {
            return Err(Problem::Time { sequence: record.sequence });
        }
        before = Some(record);
    }
    let entries: Vec<[u8; Record::SIZE]> = records.iter().map(Record::to_bytes).collect();
    let found = root(&leaves(entries.iter().map(<[u8; Record::SIZE]>::as_slice)));
    if found == expected {
        Ok(())
    } else {
        let records = u32::try_from(records.len()).unwrap_or(u32::MAX);
        Err(Problem::Root { records, expected: hex(&expected), found: hex(&found) })
    }
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, section 2.1, as it stands there.
    fn slow_root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => *leaf,
            many => {
                let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
                node(&slow_root(left), &slow_root(right))
            }
        }
    }

    fn entry(number: usize, length: usize) -> Vec<u8> {
        (0..length).map(|place| (number.wrapping_mul(0x9e37_79b9) >> (place % 24)) as u8 ^ place as u8).collect()
    }

    #[test]
    fn leaves_of_any_length_are_those_of_the_definition() {
        for lengths in [&[118][..], &[0], &[54, 55, 56], &[118, 119, 118, 117, 300, 118], &[118, 118, 118, 118, 1]] {
            for count in (0..40).chain([256, 257]) {
                let entries: Vec<Vec<u8>> = (0..count).map(|number| entry(number, lengths[number % lengths.len()])).collect();
                let expected: Vec<Hash> = entries.iter().map(|entry| leaf(entry)).collect();
                assert_eq!(leaves(entries.iter().map(Vec::as_slice)), expected, "{count} of {lengths:?}");
            }
        }
    }

    #[test]
    fn the_root_of_any_number_of_leaves_is_that_of_the_definition() {
        let all: Vec<Hash> = (0..600).map(|number| leaf(&entry(number, 118))).collect();
        for count in 0..all.len() {
            assert_eq!(root(&all[..count]), slow_root(&all[..count]), "{count} leaves");
        }
    }
}
