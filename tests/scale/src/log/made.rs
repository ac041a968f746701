//! Making a log: well-formed records of a lifecycle that never was, signed by a key that is no secret.

use super::Error;
use super::unforced::Unforced;
use crate::progress::Bar;
use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use strongroom_core::{Digest, Id, LogName, Organisation, Principal, Record, Role, Rule, Time};
use strongroom_host::log::disk::Folder;
use strongroom_host::log::tile::CAPACITY;
use strongroom_host::log::{Directory, PublicKey};
use strongroom_host::merkle::{self, Hash, node};

const ORIGIN: &str = "strongroom/700022/lifecycle";

/// Records between two checkpoints: no multiple of a tile, so that some bundles have one in the middle.
const DRAIN: u32 = 50_000;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

/// The key that its checkpoints are signed with.
#[must_use]
pub fn public_key() -> PublicKey {
    PublicKey::from(key().verifying_key())
}

/// Writes a log of so many records into `folder`, which must be empty or not there.
///
/// What is written goes through the writer of every log, and only is not forced to the medium. The roots that are signed are
/// computed apart from it.
///
/// # Errors
///
/// There are more records than a log has, the folder holds something, or cannot be written.
pub fn make(folder: &Path, records: u32) -> Result<(), Error> {
    if records > CAPACITY {
        return Err(format!("a log has at most {CAPACITY} records, and {records} were asked for").into());
    }
    std::fs::create_dir_all(folder)?;
    if std::fs::read_dir(folder)?.next().is_some() {
        return Err(format!("{} is not empty; choose another folder, or remove what is in it", folder.display()).into());
    }
    let mut directory = Directory::on(Box::new(Unforced(Folder::new(folder))))?;
    let mut bar = Bar::new("writing", records.into());
    let mut tree = Tree::default();
    while directory.size() < records {
        let batch: Vec<Record> = (directory.size()..records).take(DRAIN as usize).map(record).collect();
        directory.append(&batch)?;
        let entries: Vec<[u8; Record::SIZE]> = batch.iter().map(Record::to_bytes).collect();
        merkle::leaves(&entries).into_iter().for_each(|leaf| tree.push(leaf));
        directory.publish(&note(directory.size(), tree.root()))?;
        bar.tell(directory.size().into());
    }
    Ok(())
}

/// Record `sequence` of such a log: a boot each ten thousand, another rule each time, and what looks like a digest.
#[must_use]
pub fn record(sequence: u32) -> Record {
    let mut command = [0; 32];
    let mut state = (u64::from(sequence) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for bytes in command.as_chunks_mut::<8>().0 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        *bytes = state.to_le_bytes();
    }
    let rules = [Rule::CustomerAsked, Rule::AccessApproved, Rule::AccessDenied, Rule::RequestExpired, Rule::RoleMayNot];
    Record {
        log: LogName::Lifecycle,
        sequence,
        epoch: 1 + sequence / 1_000_000,
        boot: sequence / 10_000,
        at: Time::from_unix(1_767_600_000 + u64::from(sequence)),
        time_epoch: 1,
        flags: 0,
        by: Principal { role: Role::Pool, organisation: Organisation([0xb0; 16]), id: Id(*b"somebody in pool") },
        second: Id::NOBODY,
        kind: 4,
        rule: rules[sequence as usize % rules.len()],
        from: 1,
        to: 2,
        request: sequence,
        detail: 0,
        command: Digest(command),
    }
}

/// A tree's right edge, apart from those of the core and of the writer.
#[derive(Debug, Default)]
pub(super) struct Tree {
    size: u32,
    subtrees: Vec<Hash>,
}

impl Tree {
    pub(super) fn push(&mut self, leaf: Hash) {
        let whole = self.size.trailing_ones() as usize;
        let first = self.subtrees.len() - whole;
        let grown = self.subtrees.drain(first..).rev().fold(leaf, |right, left| node(&left, &right));
        self.subtrees.push(grown);
        self.size += 1;
    }

    pub(super) fn root(&self) -> Hash {
        let subtrees = self.subtrees.iter().rev().copied();
        subtrees.reduce(|right, left| node(&left, &right)).unwrap_or_else(|| merkle::root(&[]))
    }
}

/// The head of such a log with so many records and this root, as a signed note: the core's own format.
#[must_use]
pub fn note(size: u32, root: Hash) -> String {
    let body = format!("{ORIGIN}\n{size}\n{}\n", Base64::encode_string(&root));
    let id = Sha256::digest([ORIGIN.as_bytes(), b"\n\x01", key().verifying_key().as_bytes()].concat());
    let signature = [&id[..4], &key().sign(body.as_bytes()).to_bytes()].concat();
    format!("{body}\n\u{2014} {ORIGIN} {}\n", Base64::encode_string(&signature))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trees_root_is_that_of_the_definition() {
        let leaves: Vec<Hash> = (0..100_u8).map(|number| [number; 32]).collect();
        let mut tree = Tree::default();
        for (size, leaf) in leaves.iter().enumerate() {
            assert_eq!(tree.root(), merkle::root(&leaves[..size]), "{size} leaves");
            tree.push(*leaf);
        }
    }
}
