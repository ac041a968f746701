//! Checking proofs, with nothing but the public key.

use super::text::Proof;
use crate::log::{Note, Origin, PublicKey, tree};
use crate::merkle::{self, Hash};
use std::fmt;
use strongroom_core::Record;

/// What a proof proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proved {
    /// This record stands at its place in the log.
    Inclusion {
        /// Which log.
        origin: Origin,
        /// How many records the signed log has.
        size: u32,
        /// Its root.
        root: Hash,
        /// The record.
        record: Box<Record>,
    },
    /// The log of `new` records begins with the log of `old` records: in between, records were only added.
    Consistency {
        /// Which log.
        origin: Origin,
        /// How many records the older log has.
        old: u32,
        /// How many records the newer log has.
        new: u32,
        /// The older root.
        old_root: Hash,
        /// The newer root.
        new_root: Hash,
    },
}

/// Why a text proves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotProved {
    /// It is no proof.
    Malformed(String),
    /// A checkpoint in it is not signed by the key.
    Unsigned(String),
    /// The hashes do not lead to the root, or the record is not what was to be proved.
    Wrong(String),
}

impl fmt::Display for NotProved {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Malformed(why) | Self::Unsigned(why) | Self::Wrong(why)) = self;
        formatter.write_str(why)
    }
}

impl std::error::Error for NotProved {}

/// Checks a proof of either kind, and says what it proves.
///
/// # Errors
///
/// It proves nothing.
pub fn check(text: &str, key: &PublicKey) -> Result<Proved, NotProved> {
    match Proof::read(text)? {
        Proof::Inclusion { extra, index, hashes, note } => {
            let origin = signed(&note, key, "checkpoint")?;
            let bytes = extra.ok_or_else(|| NotProved::Malformed("there is no line `extra` with the record".to_owned()))?;
            if !tree::includes(&hashes, index, note.size, merkle::leaf(&bytes), &note.root) {
                let why = format!("the hashes do not lead from this record at place {index} to the root that was signed");
                return Err(NotProved::Wrong(why));
            }
            let record = Record::from_bytes(&bytes);
            let record = record.ok_or_else(|| NotProved::Wrong("what is proved to be in the log is no record".to_owned()))?;
            if record.sequence != index || record.log != origin.log() {
                let (sequence, log) = (record.sequence, record.log.name());
                return Err(NotProved::Wrong(format!("record {sequence} of a {log} log stands at place {index} of {origin}")));
            }
            Ok(Proved::Inclusion { origin, size: note.size, root: note.root, record: Box::new(record) })
        }
        Proof::Consistency { hashes, old, new } => {
            let origin = signed(&old, key, "old checkpoint")?;
            if signed(&new, key, "new checkpoint")? != origin {
                return Err(NotProved::Wrong(format!("the checkpoints are of different logs: {origin} and {}", new.origin)));
            }
            if !tree::extends(&hashes, old.size, &old.root, new.size, &new.root) {
                let why = format!("the hashes do not lead from the log of {} records to that of {}", old.size, new.size);
                return Err(NotProved::Wrong(why));
            }
            Ok(Proved::Consistency { origin, old: old.size, new: new.size, old_root: old.root, new_root: new.root })
        }
    }
}

/// The origin of a note, once its signature has been checked.
fn signed(note: &Note, key: &PublicKey, which: &str) -> Result<Origin, NotProved> {
    key.check(note).map_err(|why| NotProved::Unsigned(format!("the {which} {why}")))?;
    note.origin.parse().map_err(|why| NotProved::Wrong(format!("the {which} is of {:?}: {why}", note.origin)))
}
