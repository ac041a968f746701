//! The log folder of one engine.

use super::{Error, Signed};
use crate::evidence;
use crate::log::{Directory, Origin};
use ed25519_dalek::SigningKey;
use embedded_storage::nor_flash::NorFlash;
use std::path::PathBuf;
use strongroom_core::checkpoint::Checkpoint;
use strongroom_core::journal::Durable;
use strongroom_core::{Command, LogName, Record};

/// The trees of one engine, as far as they are drained.
pub(super) struct Logs {
    folder: PathBuf,
    key: SigningKey,
    trees: Vec<Tree>,
}

struct Tree {
    origin: String,
    path: PathBuf,
    directory: Directory,
}

impl Logs {
    pub(super) const fn new(folder: PathBuf, key: SigningKey) -> Self {
        Self { folder, key, trees: Vec::new() }
    }

    /// Takes the records that are new, and what proves a destruction.
    pub(super) fn drain<F: NorFlash>(&mut self, durable: &Durable<F>, command: &Command) -> Result<(), Error> {
        for log in LogName::ALL.iter().copied() {
            let head = head(durable, log)?;
            let records: Vec<Record> = durable.engine().log().records(log).copied().collect();
            if records.is_empty() {
                continue;
            }
            let tree = self.tree(&head)?;
            tree.directory.append(&records)?;
            if log == LogName::Lifecycle {
                let blanked = command.blanked(&durable.engine().state().base.device);
                let digest = blanked.digest();
                for record in records.iter().filter(|record| record.command == digest) {
                    evidence::keep(&tree.path, record, &blanked).map_err(Error::Evidence)?;
                }
            }
        }
        Ok(())
    }

    /// Signs the heads of the logs and files them.
    pub(super) fn publish<F: NorFlash>(&mut self, durable: &Durable<F>) -> Result<(), Error> {
        for log in LogName::ALL.iter().copied() {
            let head = head(durable, log)?;
            if head.size() == 0 {
                continue;
            }
            let Ok(note) = head.sign(&mut self.key);
            let tree = self.tree(&head)?;
            // Of a drain that is begun again, the records were compared with what is signed already.
            if tree.directory.head().is_none_or(|signed| signed.size <= head.size()) {
                tree.directory.publish(&note)?;
            }
        }
        Ok(())
    }

    pub(super) fn signed(&self) -> Vec<Signed> {
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
