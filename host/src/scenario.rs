//! The scenario format: JSON Lines, a header first and then one command a line.
//!
//! The header names engines, organisations and people, so that lines can use short names. A line has
//! `at` (RFC 3339, or `null` for *not known*), `engine` (where there are several), `by`, `second`
//! where two persons act, `do` and that action's arguments, and a `note` for readers. Empty lines and
//! lines that begin with `//` are skipped.
//!
//! In arguments, `"@name"` is the id of a person or organisation of the header and `"text:…"` the
//! digest of a text. What only the engine knows is asked of it while the scenario runs: the nonce
//! `"challenge"`, the effect `"close_access"` (or another kind, the latest pending one) and the
//! sequence number `"all"`. `"do": "read"` reads a transcript of the console.

mod error;
mod header;
mod line;
mod names;
mod schema;

pub use error::Error;
pub(crate) use error::unknown;
pub(crate) use header::preset;
pub use header::{Header, Host, Start};
pub(crate) use line::action;
pub use line::{Line, Work};
pub use schema::schema;

/// A scenario, read and checked.
#[derive(Debug)]
pub struct Scenario {
    /// The first line.
    pub header: Header,
    /// The others.
    pub lines: Vec<Line>,
}

impl Scenario {
    /// Reads and checks a scenario; nothing is run.
    ///
    /// # Errors
    ///
    /// The first line that is not well formed, with its number and what would be right.
    pub fn read(text: &str) -> Result<Self, Error> {
        let mut lines = (1..).zip(text.lines()).filter(|(_, text)| {
            let text = text.trim();
            !text.is_empty() && !text.starts_with("//")
        });
        let (number, text) = lines.next().ok_or_else(|| Error::new(0, "the scenario is empty; its first line is a header"))?;
        let header = Header::read(number, text)?;
        let lines = lines.map(|(number, text)| Line::read(&header, number, text)).collect::<Result<_, _>>()?;
        Ok(Self { header, lines })
    }
}
