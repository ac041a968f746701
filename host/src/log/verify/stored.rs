//! The contents of a tile or bundle, as far as they are there.

use super::finding::{Findings, What};
use super::inventory::Inventory;
use crate::log::Error;
use crate::log::bundle::{self, ENTRY};
use crate::log::disk::{Disk, steps};
use crate::log::reader::{HASH, hashes};
use crate::log::tile::{Kind, Tile, WIDTH};
use crate::merkle::{self, Hash};

/// A file's bytes, cut or not.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) file: Tile,
    pub(super) bytes: Vec<u8>,
}

impl Stored {
    /// Reads one file; that it is longer or shorter than its name says is found here.
    pub(super) fn read(disk: &dyn Disk, file: Tile, findings: &mut Findings) -> Result<Self, Error> {
        let (each, things) = match file.kind {
            Kind::Entries => (ENTRY, "records"),
            Kind::Hashes(_) => (HASH, "hashes"),
        };
        let mut bytes = steps::read(disk, &file.to_string())?.unwrap_or_default();
        let (there, expected) = (bytes.len(), each * file.width as usize);
        let record = matches!(file.kind, Kind::Entries).then(|| file.index * WIDTH);
        if there > expected {
            let message = format!("has {} bytes behind its {} {things}", there - expected, file.width);
            findings.add(What::Extended, file, record.map(|first| first + file.width), message);
        } else if there < expected {
            let whole = (there / each) as u32;
            let message = format!("has {whole} whole {things}, not {}", file.width);
            findings.add(What::Cut, file, record.map(|first| first + whole), message);
        }
        bytes.truncate(expected);
        Ok(Self { file, bytes })
    }

    /// Reads the file that a tree with this tile has: its own or the full one, else whatever is there.
    pub(super) fn find(
        disk: &dyn Disk,
        tile: Tile,
        inventory: &Inventory,
        findings: &mut Findings,
    ) -> Result<Option<Self>, Error> {
        let width = inventory.choose(tile);
        let is_proper = width.is_some_and(|width| width == tile.width || width == WIDTH);
        // A bundle with fewer records says so itself.
        if !is_proper && (tile.kind != Kind::Entries || width.is_some_and(|width| width > tile.width)) {
            findings.add(What::Missing, tile, None, "is missing, and the checkpoint needs it".to_owned());
        }
        let Some(width) = width else { return Ok(None) };
        Self::read(disk, Tile { width, ..tile }, findings).map(Some)
    }

    /// The first `count` hashes, none where they are not there.
    pub(super) fn hashes(&self, count: u32) -> Vec<Option<Hash>> {
        let mut found: Vec<Option<Hash>> = hashes(&self.bytes).take(count as usize).map(Some).collect();
        found.resize(count as usize, None);
        found
    }

    pub(super) fn entries(&self) -> impl ExactSizeIterator<Item = bundle::Entry<'_>> {
        bundle::entries(&self.bytes)
    }

    /// The leaves of a bundle's entries.
    pub(super) fn leaves(&self) -> Vec<Hash> {
        merkle::leaves(self.entries().map(|entry| entry.record))
    }
}
