//! What can go wrong with a log's files.

use std::fmt;
use std::io;

/// Why something could not be done with a log.
#[derive(Debug)]
pub enum Error {
    /// A file cannot be read or written.
    Unusable {
        /// The file, as it was named to the system.
        file: String,
        /// What the system says.
        error: io::Error,
    },
    /// What is there is not as it was written.
    Damaged {
        /// The file, within the directory.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// What was asked for does not fit what is there; nothing was written.
    Refused(String),
}

impl Error {
    pub(crate) fn damaged(file: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Damaged { file: file.into(), why: why.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unusable { file, error } => write!(formatter, "{file}: {error}"),
            Self::Damaged { file, why } => write!(formatter, "{file} {why}"),
            Self::Refused(why) => formatter.write_str(why),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unusable { error, .. } => Some(error),
            Self::Damaged { .. } | Self::Refused(_) => None,
        }
    }
}
