//! Commands of a destruction, kept beside the log: `evidence/<sequence>.json`.
//!
//! A record holds only its command's digest. Whoever drives the engine and exports the lifecycle log keeps, for records
//! of a destruction, the command itself as the lifecycle log knows it, blanked: then a certificate can say what was
//! read back, which parts were shredded, how and where. Nothing relies on these files: a command that is not the one of
//! the record is not taken, and a missing one only leaves a certificate with less to say.
//!
//! ```json
//! {"strongroom_evidence": 1, "sequence": 17, "command": {"by": …, "second": null, "action": {"verify_ok": {"read_back": "…"}}}}
//! ```

use super::destruction;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use strongroom_core::{Command, Digest, Record};

/// The file format's version.
const VERSION: u32 = 1;

/// The folder beside the log's tiles.
pub const FOLDER: &str = "evidence";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    strongroom_evidence: u32,
    sequence: u32,
    command: Command,
}

/// Why a command is not kept, or not taken.
#[derive(Debug)]
pub enum KeepError {
    /// The command is not the one that the record holds the digest of.
    Differs {
        /// The record's sequence number.
        sequence: u32,
        /// The digest that the record holds.
        expected: Digest,
        /// The digest of this command.
        found: Digest,
    },
    /// The file is not of this format.
    Format {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The file cannot be read or written.
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl fmt::Display for KeepError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Differs { sequence, expected, found } => write!(
                formatter,
                "this is not the command of record {sequence}: its digest is {found}, the record has {expected}; keep it as \
                 the lifecycle log knows it, blanked"
            ),
            Self::Format { file, why } => write!(formatter, "{}: {why}; take it away, the log does not need it", file.display()),
            Self::File { file, error } => write!(formatter, "{}: {error}", file.display()),
        }
    }
}

impl std::error::Error for KeepError {}

/// Keeps the `blanked` command of a `record` of the lifecycle log in `log`, the folder of that log's tree; says whether
/// it did. Most records need none: they are not of a destruction, or say all that their command does.
///
/// The file is whole or not there, whenever the power fails.
///
/// # Errors
///
/// [`KeepError`], where the command is not the record's or the file cannot be written.
pub fn keep(log: &Path, record: &Record, blanked: &Command) -> Result<bool, KeepError> {
    if !destruction::says_more(record, &blanked.action) {
        return Ok(false);
    }
    compare(record, blanked)?;
    let (folder, file) = (log.join(FOLDER), place(log, record.sequence));
    let kept = Kept { strongroom_evidence: VERSION, sequence: record.sequence, command: *blanked };
    let failed = |error| KeepError::File { file: file.clone(), error };
    let mut text = serde_json::to_string_pretty(&kept).map_err(|error| failed(error.into()))?;
    text.push('\n');
    fs::create_dir_all(&folder).map_err(failed)?;
    let fresh = file.with_extension("json.new");
    let write = || {
        let mut new = File::create(&fresh)?;
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        fs::rename(&fresh, &file)?;
        File::open(&folder)?.sync_all()
    };
    write().map_err(failed)?;
    Ok(true)
}

/// The command of `record` that was kept in the folder of its log's tree; `None` where none was.
///
/// # Errors
///
/// [`KeepError`], where there is a file and it is not that command.
pub fn command(log: &Path, record: &Record) -> Result<Option<Command>, KeepError> {
    let file = place(log, record.sequence);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(KeepError::File { file, error }),
    };
    let format = |why: String| KeepError::Format { file: file.clone(), why };
    let kept: Kept = serde_json::from_str(&text).map_err(|error| format(format!("not the command of a record: {error}")))?;
    if kept.strongroom_evidence != VERSION {
        return Err(format(format!("format {} is not known; this is format {VERSION}", kept.strongroom_evidence)));
    }
    if kept.sequence != record.sequence {
        return Err(format(format!("this is the command of record {}", kept.sequence)));
    }
    compare(record, &kept.command)?;
    Ok(Some(kept.command))
}

fn place(log: &Path, sequence: u32) -> PathBuf {
    log.join(FOLDER).join(format!("{sequence}.json"))
}

fn compare(record: &Record, command: &Command) -> Result<(), KeepError> {
    let (sequence, expected, found) = (record.sequence, record.command, command.digest());
    if expected == found { Ok(()) } else { Err(KeepError::Differs { sequence, expected, found }) }
}
