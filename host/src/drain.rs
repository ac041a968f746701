//! Draining: the records of an engine that a journal keeps, copied into its log folder, under heads that are signed.
//!
//! The order is what makes it safe to be cut off anywhere: records are appended, then the head over them is signed and
//! filed, and only what is filed may be acknowledged (D-22). Whoever begins again finds the same records there, compares
//! them and goes on, so that nothing is lost and nothing is there twice.

use crate::evidence::{self, KeepError};
use crate::log::{self, Directory, Note, Origin};
use ed25519_dalek::SigningKey;
use embedded_storage::nor_flash::NorFlash;
use std::fmt;
use std::path::PathBuf;
use strongroom_core::checkpoint::Checkpoint;
use strongroom_core::journal::Durable;
use strongroom_core::{Command, LogName, Record};

/// A log that was drained and signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The tree's directory.
    pub path: PathBuf,
    /// Its name.
    pub origin: String,
    /// How many records are under its last head.
    pub size: u32,
}

/// Why a log was not drained.
#[derive(Debug)]
pub enum Error {
    /// The journal has no head to sign.
    NotStored(String),
    /// The log folder does not take what it should.
    Log(log::Error),
    /// What proves a destruction cannot be kept.
    Evidence(KeepError),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStored(error) => formatter.write_str(error),
            Self::Log(error) => error.fmt(formatter),
            Self::Evidence(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Error {}

impl From<log::Error> for Error {
    fn from(error: log::Error) -> Self {
        Self::Log(error)
    }
}

/// The trees of one engine, as far as they are drained.
#[derive(Debug)]
pub struct Drain {
    folder: PathBuf,
    key: SigningKey,
    trees: Vec<Tree>,
}

#[derive(Debug)]
struct Tree {
    origin: String,
    path: PathBuf,
    directory: Directory,
}

impl Drain {
    /// Into `folder`, the log folder of one device; `key` signs the heads.
    #[must_use]
    pub const fn new(folder: PathBuf, key: SigningKey) -> Self {
        Self { folder, key, trees: Vec::new() }
    }

    /// Appends the records that are new, and keeps those of `commands` that prove a destruction.
    ///
    /// # Errors
    ///
    /// The folder cannot be written, or holds other records than these.
    pub fn take<F: NorFlash>(&mut self, durable: &Durable<F>, commands: &[Command]) -> Result<(), Error> {
        for log in LogName::ALL.iter().copied() {
            let head = head(durable, log)?;
            let records: Vec<Record> = durable.engine().log().records(log).copied().collect();
            if records.is_empty() {
                continue;
            }
            let tree = self.tree(&head)?;
            tree.directory.append(&records)?;
            if log == LogName::Lifecycle {
                for command in commands {
                    let blanked = command.blanked(&durable.engine().state().base.device);
                    let digest = blanked.digest();
                    for record in records.iter().filter(|record| record.command == digest) {
                        evidence::keep(&tree.path, record, &blanked).map_err(Error::Evidence)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Signs the heads of the logs and files them.
    ///
    /// # Errors
    ///
    /// The folder cannot be written, or holds a head that contradicts these.
    pub fn publish<F: NorFlash>(&mut self, durable: &Durable<F>) -> Result<(), Error> {
        for log in LogName::ALL.iter().copied() {
            let head = head(durable, log)?;
            if head.size() == 0 {
                continue;
            }
            let Ok(note) = head.sign(&mut self.key);
            let tree = self.tree(&head)?;
            // Of a drain that is begun again, the records were compared with what is signed already; what is signed stays,
            // also by a key of before.
            let is_news = |signed: &Note| signed.size < head.size() || signed.size == head.size() && signed.root != head.root().0;
            if tree.directory.head().is_none_or(is_news) {
                tree.directory.publish(&note)?;
            }
        }
        Ok(())
    }

    /// The logs that were drained, as far as they are signed.
    #[must_use]
    pub fn signed(&self) -> Vec<Signed> {
        let size = |tree: &Tree| tree.directory.head().map_or(0, |head| head.size);
        let signed = |tree: &Tree| Signed { path: tree.path.clone(), origin: tree.origin.clone(), size: size(tree) };
        self.trees.iter().map(signed).collect()
    }

    fn tree(&mut self, head: &Checkpoint) -> Result<&mut Tree, Error> {
        let place = match self.trees.iter().position(|tree| tree.origin == head.origin()) {
            Some(place) => place,
            None => {
                let folder = head.origin().parse::<Origin>().map(|origin| origin.folder());
                let path = self.folder.join(folder.map_err(|error| Error::NotStored(error.to_string()))?);
                // A drain that was cut off is begun again: what is there already is compared.
                let directory = Directory::open(&path).or_else(|_| Directory::create(&path))?;
                self.trees.push(Tree { origin: head.origin().to_owned(), path, directory });
                self.trees.len() - 1
            }
        };
        Ok(&mut self.trees[place])
    }
}

fn head<F: NorFlash>(durable: &Durable<F>, log: LogName) -> Result<Checkpoint, Error> {
    durable.checkpoint(log).map_err(|error| Error::NotStored(error.to_string()))
}
