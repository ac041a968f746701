//! How far long work is, on standard error, where that is a terminal.

use crate::number::grouped;
use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// Time between two drawings: more often nobody can see.
const OFTEN: Duration = Duration::from_millis(100);

/// Signs of a whole bar.
const WIDTH: u64 = 40;

/// A bar that grows. It is gone when the work is done, or given up.
#[derive(Debug)]
pub struct Bar {
    what: String,
    total: u64,
    drawn: Option<Instant>,
    shown: bool,
}

impl Bar {
    /// A bar for so much of this work.
    #[must_use]
    pub fn new(what: &str, total: u64) -> Self {
        Self { what: what.to_owned(), total, drawn: None, shown: stderr().is_terminal() }
    }

    /// Tells how much is done.
    pub fn tell(&mut self, done: u64) {
        if !self.shown || self.drawn.is_some_and(|drawn| drawn.elapsed() < OFTEN) {
            return;
        }
        self.drawn = Some(Instant::now());
        let full = (done * WIDTH).checked_div(self.total).unwrap_or(WIDTH) as usize;
        let (bar, rest) = ("#".repeat(full), "-".repeat((WIDTH as usize).saturating_sub(full)));
        let (done, total) = (grouped(done), grouped(self.total));
        // Whoever cannot be told how far it is misses nothing else.
        let _ = write!(stderr(), "\r\x1b[K{} [{bar}{rest}] {done} of {total}", self.what).and_then(|()| stderr().flush());
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if self.drawn.is_some() {
            let _ = write!(stderr(), "\r\x1b[K").and_then(|()| stderr().flush());
        }
    }
}
