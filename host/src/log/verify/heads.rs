//! The checkpoints of a directory, as far as they can be believed.

use super::finding::{Findings, What};
use super::inventory::Inventory;
use crate::log::directory::{CHECKPOINT, CHECKPOINTS};
use crate::log::disk::{self, Disk};
use crate::log::{Error, Note, Origin, PublicKey};
use crate::merkle::Hash;

/// A root that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) size: u32,
    pub(super) root: Hash,
    pub(super) file: String,
}

/// All checkpoints that can be believed, smallest first.
#[derive(Debug, Default)]
pub(super) struct Heads {
    pub(super) origin: Option<String>,
    pub(super) heads: Vec<Head>,
}

impl Heads {
    pub(super) fn of(
        disk: &dyn Disk,
        inventory: &Inventory,
        key: Option<&PublicKey>,
        findings: &mut Findings,
    ) -> Result<Self, Error> {
        let mut heads = Self::default();
        let newest = believable(disk, CHECKPOINT, key, findings)?;
        heads.origin = newest.as_ref().map(|note| note.origin.clone());
        // The newest ones first, so that the name of the log is what was signed last.
        for size in inventory.sizes.iter().rev() {
            let file = format!("{CHECKPOINTS}/{size}");
            let Some(note) = believable(disk, &file, key, findings)? else { continue };
            let same_size = newest.as_ref().filter(|newest| newest.size == *size);
            if note.size != *size {
                findings.add(What::Checkpoint, &file, None, format!("holds the note of {} records", note.size));
            } else if heads.origin.as_ref().is_some_and(|origin| *origin != note.origin) {
                findings.add(What::Foreign, &file, None, format!("is of the log {}", note.origin));
            } else {
                if same_size.is_some_and(|newest| newest.text() != note.text()) {
                    findings.add(What::Checkpoint, CHECKPOINT, None, format!("differs from {file}, which is of the same size"));
                }
                heads.origin.get_or_insert_with(|| note.origin.clone());
                heads.heads.push(Head { size: note.size, root: note.root, file });
            }
        }
        if let Some(note) = newest {
            heads.place(&note, inventory, findings);
        }
        heads.heads.sort_by_key(|head| head.size);
        if let Some(Err(why)) = heads.origin.as_ref().map(|origin| origin.parse::<Origin>()) {
            findings.add(What::Foreign, CHECKPOINT, None, format!("is of a log that is none of ours: {why}"));
        }
        Ok(heads)
    }

    /// Puts the newest checkpoint among those that are filed.
    fn place(&mut self, note: &Note, inventory: &Inventory, findings: &mut Findings) {
        let filed = self.heads.iter().map(|head| head.size).max();
        if let Some(later) = filed.filter(|later| *later > note.size) {
            let message = format!("was set back: it counts {} records, and {CHECKPOINTS}/{later} counts {later}", note.size);
            findings.add(What::Checkpoint, CHECKPOINT, None, message);
        }
        let head = Head { size: note.size, root: note.root, file: CHECKPOINT.to_owned() };
        if inventory.sizes.binary_search(&note.size).is_err() {
            let message = "is missing: its publication was cut off, or it was removed".to_owned();
            findings.add(What::Leftover, format!("{CHECKPOINTS}/{}", note.size), None, message);
        }
        if !self.heads.iter().any(|known| (known.size, known.root) == (head.size, head.root)) {
            self.heads.push(head);
        }
    }

    /// How many records are signed.
    pub(super) fn signed(&self) -> u32 {
        self.heads.last().map_or(0, |head| head.size)
    }

    /// The roots that were signed for `size`; more than one is a fork.
    pub(super) fn of_size(&self, size: u32) -> &[Head] {
        self.between(size, size)
    }

    /// The checkpoints of `from` to `to` records, both included.
    pub(super) fn between(&self, from: u32, to: u32) -> &[Head] {
        let first = self.heads.partition_point(|head| head.size < from);
        let last = self.heads.partition_point(|head| head.size <= to);
        self.heads.get(first..last).unwrap_or_default()
    }
}

/// A note that can be read and, where there is a key, is signed by it.
fn believable(disk: &dyn Disk, file: &str, key: Option<&PublicKey>, findings: &mut Findings) -> Result<Option<Note>, Error> {
    let Some(bytes) = disk::read(disk, file)? else {
        findings.add(What::Checkpoint, file, None, "is missing".to_owned());
        return Ok(None);
    };
    let note = String::from_utf8(bytes).map_err(|_| "the text is not UTF-8".to_owned()).and_then(|text| Note::read(&text));
    match note {
        Err(why) => findings.add(What::Checkpoint, file, None, format!("is no signed note: {why}")),
        Ok(note) => match key.map_or(Ok(()), |key| key.check(&note)) {
            Err(why) => findings.add(What::Signature, file, None, why.to_string()),
            Ok(()) => return Ok(Some(note)),
        },
    }
    Ok(None)
}
