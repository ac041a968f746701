//! A console's output, read from a file.

use std::fmt;
use strongroom_core::Reading;
use strongroom_core::console::{Outcome, Parser};

/// Why a transcript is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A command was echoed and its result never came.
    Cut {
        /// The line it ends in, counted from 1.
        line: u32,
    },
    /// Nothing in it says anything.
    Nothing {
        /// How many lines it has.
        lines: u32,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cut { line } => {
                write!(formatter, "the transcript ends in line {line}, before 'Command Result'; record it again, whole")
            }
            Self::Nothing { lines } => {
                write!(formatter, "none of the transcript's {lines} lines says anything about the device; is it console output?")
            }
        }
    }
}

impl std::error::Error for Problem {}

/// Reads a transcript as the device prints it.
///
/// # Errors
///
/// A transcript that is cut, or that says nothing.
pub fn read(bytes: &[u8]) -> Result<(Reading, Outcome), Problem> {
    let mut parser = Parser::new();
    parser.feed(bytes);
    let (reading, outcome) = parser.finish();
    if let Some(line) = outcome.truncated {
        return Err(Problem::Cut { line });
    }
    if reading == Reading::default() {
        return Err(Problem::Nothing { lines: outcome.lines });
    }
    Ok((reading, outcome))
}
