//! The root of a log, recomputed from its exported records as RFC 6962 defines it.
//!
//! Written apart from the core's frontier, so that one checks the other. Leaves and nodes that know nothing of one another are
//! hashed several at once, where the processor gains by it.

use sha2::{Digest, Sha256};
use std::fmt;
use strongroom_core::Record;

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

/// The hash of each record as a leaf, in their order: what [`leaf`] gives, faster.
#[must_use]
pub fn leaves<'a>(records: impl IntoIterator<Item = &'a [u8; Record::SIZE]>) -> Vec<Hash> {
    strongroom_lanes::hash(0, records)
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
    let (pairs, _) = level.as_flattened().as_chunks::<64>();
    let (_, alone) = level.as_chunks::<2>();
    let mut above = strongroom_lanes::hash(1, pairs);
    above.extend(alone);
    above
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
    let found = root(&leaves(&entries));
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

    fn record(number: usize) -> [u8; Record::SIZE] {
        std::array::from_fn(|place| (number.wrapping_mul(0x9e37_79b9) >> (place % 24)) as u8 ^ place as u8)
    }

    #[test]
    fn leaves_are_those_of_the_definition() {
        for count in (0..40).chain([256, 257]) {
            let records: Vec<[u8; Record::SIZE]> = (0..count).map(record).collect();
            let expected: Vec<Hash> = records.iter().map(|record| leaf(record)).collect();
            assert_eq!(leaves(&records), expected, "{count} leaves");
        }
    }

    #[test]
    fn the_root_of_any_number_of_leaves_is_that_of_the_definition() {
        let all: Vec<Hash> = (0..600).map(|number| leaf(&record(number))).collect();
        for count in 0..all.len() {
            assert_eq!(root(&all[..count]), slow_root(&all[..count]), "{count} leaves");
        }
    }
}
