//! Verifying a log: every hash, tile, checkpoint, signature and record, read as a stream.

mod ahead;
mod finding;
mod heads;
mod inventory;
mod judge;
mod order;
mod stored;
mod walk;

pub use finding::{Finding, MOST, What};

use super::disk::{Disk, Folder, steps};
use super::tile::WIDTH;
use super::{Error, Origin, PublicKey};
use crate::merkle::hex;
use ahead::Ahead;
use finding::Findings;
use heads::Heads;
use inventory::Inventory;
use order::Rules;
use serde::Serialize;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;
use walk::Walk;

/// Whether signatures were checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Signatures {
    /// Each checkpoint's, with the key.
    Checked,
    /// None: there was no key, and whoever can write the files can write others that fit.
    NotChecked,
}

/// What a verification says of one log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The tree's name, where a checkpoint could be believed.
    pub origin: Option<String>,
    /// How many records the newest checkpoint counts.
    pub signed: u32,
    /// How many records are there, whoever signed them.
    pub there: u32,
    /// How many checkpoints could be believed.
    pub checkpoints: u32,
    /// The newest checkpoint's root, in hexadecimal digits.
    pub root: Option<String>,
    /// Whether signatures were checked.
    pub signatures: Signatures,
    /// What was found, errors first: at most [`MOST`] of them, and as many others.
    pub findings: Vec<Finding>,
    /// How much more was found.
    pub more: u32,
}

impl Report {
    /// Whether the log is as it was signed.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        // Where more was found than is told, at least one error is told.
        !self.findings.iter().any(|finding| finding.what.is_error())
    }
}

/// Verifies the log in this folder; with a key its signatures too. `progress` is told how many records of how many are done,
/// and may end it.
///
/// A damaged log is no error: the report says where. `None` is the answer where `progress` ended it. While somebody writes,
/// files in the making may be found to be wrong; verify again then.
///
/// It works on all cores, of which a short log needs fewer. Memory is needed for some tiles a core and a root for each
/// checkpoint, however long the log is.
///
/// # Errors
///
/// No log is there, or a file cannot be read at all.
pub fn verify(
    folder: &Path,
    key: Option<&PublicKey>,
    progress: &mut dyn FnMut(u32, u32) -> ControlFlow<()>,
) -> Result<Option<Report>, Error> {
    std::fs::read_dir(folder).map_err(|error| Error::Unusable { file: folder.display().to_string(), error })?;
    verify_on(&Folder::new(folder), key, None, progress)
}

/// As [`verify`], whatever the files are on, and on so many threads; what is found does not depend on their number.
///
/// `progress` is called on the caller's thread alone, which waits for the others.
///
/// # Errors
///
/// As [`verify`].
pub fn verify_on(
    disk: &dyn Disk,
    key: Option<&PublicKey>,
    threads: Option<NonZeroUsize>,
    progress: &mut dyn FnMut(u32, u32) -> ControlFlow<()>,
) -> Result<Option<Report>, Error> {
    let mut findings = Findings::default();
    let inventory = Inventory::of(disk, &mut findings)?;
    if inventory.is_empty() && steps::read(disk, super::directory::CHECKPOINT)?.is_none() {
        return Err(Error::Refused(format!("{} holds no log: neither a checkpoint nor tiles", disk.name(""))));
    }
    let heads = Heads::of(disk, &inventory, key, &mut findings)?;
    let origin: Option<Origin> = heads.origin.as_ref().and_then(|origin| origin.parse().ok());
    let rules = Rules { origin };
    let bundles = heads.signed() / WIDTH;
    let threads = threads.unwrap_or_else(|| enough(bundles));
    let walked = thread::scope(|scope| {
        let ahead = Ahead::begin(scope, threads, disk, bundles, &rules);
        Walk::new(disk, &inventory, &heads, &rules, &mut findings).run(ahead, progress)
    });
    let Some(there) = walked? else { return Ok(None) };
    let signed = heads.signed();
    if there > signed {
        let (last, count) = (there - 1, there - signed);
        let records = if count == 1 { format!("record {last} is") } else { format!("records {signed} to {last} are") };
        let message = match heads.heads.is_empty() {
            true => format!("{records} not covered by any checkpoint that can be believed"),
            false => format!("{records} not signed yet"),
        };
        findings.add(What::Unsigned, "tile/entries", signed, message);
    }
    let (findings, more) = findings.told();
    Ok(Some(Report {
        signed,
        there,
        checkpoints: heads.heads.len() as u32,
        root: heads.heads.last().map(|head| hex(&head.root)),
        origin: heads.origin,
        signatures: if key.is_some() { Signatures::Checked } else { Signatures::NotChecked },
        findings,
        more,
    }))
}

/// Bundles that make another thread worth its while.
const WORTH: usize = 32;

/// How many threads so many bundles are worth, of those that the machine has.
fn enough(bundles: u32) -> NonZeroUsize {
    let all = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    all.min(NonZeroUsize::MIN.saturating_add(bundles as usize / WORTH))
}
