//! Making a certificate from a log folder.

use super::certificate::{Bound, Certificate, Excerpt, VERSION};
use super::kept::{self, KeepError};
use super::proved::Proved;
use super::stated::Stated;
use super::{find, inclusion};
use crate::log::{Directory, Error, Origin, proof};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use strongroom_core::Record;

/// Why there is no certificate.
#[derive(Debug)]
pub enum ExportError {
    /// The log cannot be read, or is damaged.
    Log(Error),
    /// A command that was kept beside the log cannot be taken.
    Kept(KeepError),
    /// Nothing is proved there, or something that is stated has no place on the form.
    Refused(String),
}

impl fmt::Display for ExportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Log(error) => error.fmt(formatter),
            Self::Kept(error) => error.fmt(formatter),
            Self::Refused(why) => formatter.write_str(why),
        }
    }
}

impl std::error::Error for ExportError {}

impl From<Error> for ExportError {
    fn from(error: Error) -> Self {
        Self::Log(error)
    }
}

/// A certificate of the last destruction that the lifecycle log in `folder` proves, or of the one that the record with
/// the sequence number `wanted` proves, as far as its newest checkpoint goes.
///
/// `folder` is a log folder, or the lifecycle log's own. Signatures are not checked: that takes the key, and is for whoever
/// gets the certificate.
///
/// # Errors
///
/// [`ExportError`].
pub fn export(folder: &Path, wanted: Option<u32>, stated: Stated) -> Result<Certificate, ExportError> {
    stated.check().map_err(ExportError::Refused)?;
    let inner = folder.join(Origin { serial: String::new(), generation: 0, epoch: None }.folder());
    let folder = if inner.is_dir() { inner.as_path() } else { folder };
    let directory = Directory::open(folder)?;
    let (origin, signed) = match (directory.origin(), directory.head()) {
        (Some(origin), Some(head)) => (origin, head.size),
        _ => return Err(ExportError::Refused("there is no checkpoint, and so nothing to prove".into())),
    };
    let device = inclusion::device_of(&origin).map_err(ExportError::Refused)?;
    let records = find::find(directory.records().take(signed as usize), wanted)?;
    let records = records.ok_or_else(|| ExportError::Refused(nothing(wanted, signed, directory.size())))?;
    let mut commands = BTreeMap::new();
    for record in &records {
        if let Some(command) = kept::command(folder, record).map_err(ExportError::Kept)? {
            commands.insert(record.sequence, command);
        }
    }
    let proved = Proved::by(device, &records, &commands).map_err(ExportError::Refused)?;
    proved.permits(&stated).map_err(ExportError::Refused)?;
    let inclusion = inclusion(&directory, &records)?;
    let log = Excerpt {
        origin: origin.to_string(),
        records: records.iter().map(Excerpt::written).collect(),
        commands: commands.into_iter().map(|(sequence, command)| Bound { sequence, command }).collect(),
        inclusion,
    };
    Ok(Certificate { strongroom_certificate: VERSION, proved, stated, log })
}

/// Proofs of the first and the last record, or of the only one.
fn inclusion(directory: &Directory, records: &[Record]) -> Result<Vec<String>, Error> {
    let ends = match records {
        [first, .., last] => vec![first, last],
        few => few.iter().collect(),
    };
    ends.into_iter().map(|record| proof::inclusion(directory, record.sequence)).collect()
}

fn nothing(wanted: Option<u32>, signed: u32, there: u32) -> String {
    match wanted {
        Some(sequence) if sequence >= there => format!("there is no record {sequence}: the log has {there}"),
        Some(sequence) if sequence >= signed => {
            format!("record {sequence} is not signed yet: the checkpoint counts {signed} records; publish a new one first")
        }
        Some(sequence) => format!(
            "record {sequence} proves no zeroization and no destruction; records of verify_ok, zeroized_seen (T41) and shred (T63) do"
        ),
        None => format!("no record of the {signed} that the checkpoint counts proves a zeroization or a destruction"),
    }
}
