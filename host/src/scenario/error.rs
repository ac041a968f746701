//! What is wrong with a scenario, and where.

use std::fmt;

/// A line that is not well formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Error {
    pub(crate) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => formatter.write_str(&self.message),
            line => write!(formatter, "line {line}: {}", self.message),
        }
    }
}

impl std::error::Error for Error {}

/// `unknown role "Ownr"; did you mean "Owner"?`, or the list of what there is.
pub(crate) fn unknown(what: &str, found: &str, known: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let known: Vec<String> = known.into_iter().map(|name| name.as_ref().to_owned()).collect();
    let near = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&name.to_lowercase(), &found.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= name.len().max(3) / 3)
        .min();
    match near {
        Some((_, name)) => format!("unknown {what} {found:?}; did you mean {name:?}?"),
        None if known.is_empty() => format!("unknown {what} {found:?}; there is none here"),
        None => format!("unknown {what} {found:?}; there is {}", known.join(", ")),
    }
}
