//! What a verification finds.

use serde::Serialize;

/// How many findings are kept; the others are counted.
pub const MOST: usize = 100;

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A record or a hash is not the one that was written.
    Changed,
    /// A record says that it belongs at another place.
    Reordered,
    /// Records that the checkpoint counts are not there, from some place to the end.
    Cut,
    /// Something is not there, and what comes after it is.
    Missing,
    /// Something stands beyond the checkpoint that does not follow on.
    Extended,
    /// A record is whole, and breaks the order of times, boots or epochs; or it is none of this version.
    Record,
    /// A checkpoint cannot be read, or does not fit the records.
    Checkpoint,
    /// A checkpoint is not signed by the key.
    Signature,
    /// Something is of another log.
    Foreign,
    /// Records follow the checkpoint that nobody has signed yet. No error.
    Unsigned,
    /// A writer that was cut off may have left it so. No error.
    Leftover,
}

impl What {
    /// Whether the log is not as it was signed.
    #[must_use]
    pub const fn is_error(self) -> bool {
        !matches!(self, Self::Unsigned | Self::Leftover)
    }
}

/// One thing that was found, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its kind.
    pub what: What,
    /// The file where it shows, within the directory.
    pub file: String,
    /// The record where it shows or begins, where one can be named.
    pub record: Option<u32>,
    /// What is wrong, in a sentence.
    pub message: String,
}

/// The findings so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) kept: Vec<Finding>,
    pub(super) more: u32,
}

impl Findings {
    pub(super) fn add(&mut self, what: What, file: impl ToString, record: impl Into<Option<u32>>, message: String) {
        if self.kept.len() < MOST {
            self.kept.push(Finding { what, file: file.to_string(), record: record.into(), message });
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    pub(super) fn any_error(&self) -> bool {
        self.more > 0 || self.kept.iter().any(|finding| finding.what.is_error())
    }
}
