//! The activity log of a log folder: the events of all its logs as lines, in the order of what happened.

use super::{Event, Filter, Format, Teller, merge};
use crate::log::folder::{self, Tree};
use crate::log::{Directory, Error, Records};
use std::collections::VecDeque;
use std::fmt;
use std::path::Path;
use strongroom_core::Record;

/// Records that are read at once: a bundle of the log's tiles.
const CHUNK: usize = 256;

/// The records of one log, told.
struct Log {
    /// What its folder is called.
    name: String,
    directory: Directory,
    teller: Teller,
    next: u32,
    chunk: VecDeque<Result<Record, Error>>,
}

impl Log {
    fn open(tree: Tree) -> Result<Self, Error> {
        let directory = Directory::open(&tree.path).map_err(|error| named(&tree.name, error))?;
        let origin = directory.origin().map_or_else(String::new, |origin| origin.to_string());
        Ok(Self { name: tree.name, directory, teller: Teller::new(origin), next: 0, chunk: VecDeque::new() })
    }
}

/// The error with the log that it is in.
fn named(log: &str, error: Error) -> Error {
    match error {
        Error::Damaged { file, why } => Error::Damaged { file: format!("{log}/{file}"), why },
        other => other,
    }
}

impl Iterator for Log {
    type Item = Result<Event, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.chunk.is_empty() {
            let from = self.next;
            self.chunk = Records::new(self.directory.disk(), from, self.directory.size()).take(CHUNK).collect();
            self.next = from.saturating_add(u32::try_from(self.chunk.len()).unwrap_or(u32::MAX));
        }
        let (teller, name) = (&mut self.teller, &self.name);
        self.chunk.pop_front().map(|record| record.map(|record| teller.tell(&record)).map_err(|error| named(name, error)))
    }
}

/// Tells the events of a log folder, a batch of lines at a time.
///
/// It needs as much memory for a million records as for ten. Nothing is verified; that is for the verification of the
/// log.
pub struct Reader {
    events: Box<dyn Iterator<Item = Result<Event, Error>> + Send>,
    filter: Filter,
    format: Format,
    begun: bool,
    told: u64,
    left_out: u64,
}

impl Reader {
    /// Opens every log in `folder`, or the one that it is.
    ///
    /// # Errors
    ///
    /// No log is there, or one cannot be read.
    pub fn open(folder: &Path, filter: Filter, format: Format) -> Result<Self, Error> {
        let logs = folder::trees(folder)?.into_iter().map(Log::open).collect::<Result<Vec<Log>, Error>>()?;
        Ok(Self { events: Box::new(merge(logs)), filter, format, begun: false, told: 0, left_out: 0 })
    }

    /// The lines of up to `events` more events; `None` once there is none left. What comes before all events comes with
    /// the first batch, even where there is no event.
    ///
    /// # Errors
    ///
    /// A log cannot be read further. The lines before that were given out; asked again, the other logs go on.
    pub fn batch(&mut self, events: usize) -> Result<Option<String>, Error> {
        let mut lines = String::new();
        if !self.begun {
            self.begun = true;
            self.format.heading(&mut lines);
        }
        let mut count = 0;
        while count < events.max(1) {
            match self.next() {
                None => break,
                // What was told so far is told first.
                Some(Err(error)) if count > 0 || !lines.is_empty() => {
                    self.put_back(error);
                    break;
                }
                Some(Err(error)) => return Err(error),
                Some(Ok(event)) => {
                    let told = self.format.write(&event, &mut lines);
                    self.told += u64::from(told);
                    self.left_out += u64::from(!told);
                    count += 1;
                }
            }
        }
        Ok((count > 0 || !lines.is_empty()).then_some(lines))
    }

    /// Events that have their line.
    #[must_use]
    pub const fn told(&self) -> u64 {
        self.told
    }

    /// Events that are as asked for and that the format has no line for.
    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }

    fn next(&mut self) -> Option<Result<Event, Error>> {
        let filter = &self.filter;
        self.events.find(|event| event.as_ref().map_or(true, |event| filter.picks(event)))
    }

    fn put_back(&mut self, error: Error) {
        let rest = std::mem::replace(&mut self.events, Box::new(std::iter::empty()));
        self.events = Box::new(std::iter::once(Err(error)).chain(rest));
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Reader").field("filter", &self.filter).field("format", &self.format).finish_non_exhaustive()
    }
}
