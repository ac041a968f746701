//! The root of a log, recomputed from its exported records as RFC 6962 defines it.
//!
//! Written apart from the core's frontier, so that one checks the other.

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

/// The root over `leaves`, each a leaf's hash.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        many => {
            let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
            node(&root(left), &root(right))
        }
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
    let leaves: Vec<Hash> = records.iter().map(|record| leaf(&record.to_bytes())).collect();
    let found = root(&leaves);
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
