//! Lines to facts, in the frame of commands and their results.

use super::{
    command::{self, Command},
    fact::Fact,
    field,
    gather::Gathered,
    line::{Assembler, Ending, Line},
    sensor, tamper,
};
use crate::reading::Reading;
use serde::{Deserialize, Serialize};

/// How much of the text was understood, and whether it is all there. Counts saturate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Lines, blank ones included.
    pub lines: u32,
    /// Lines with text that told nothing: headings, fields that are not kept, words that are not known.
    pub unknown: u32,
    /// Lines not read because they hold bytes that no output has. Many of them mean a bad link.
    pub garbled: u32,
    /// Lines of which only the head was kept ([`LINE_CAPACITY`](super::LINE_CAPACITY)).
    pub overlong: u32,
    /// Lines about parts for which there was no place ([`PARTS_CAPACITY`](super::PARTS_CAPACITY)).
    pub untracked: u32,
    /// The code of the last `Command Result`, 0 for success.
    pub result: Option<u32>,
    /// The line, counted from 1, after which the output of an echoed command ends without its
    /// `Command Result`; the first, if several do. While a command still prints this is the last line
    /// so far.
    pub truncated: Option<u32>,
}

/// Turns the bytes of a console into a [`Reading`]. About one kilobyte.
///
/// ```
/// use strongroom_core::console::Parser;
///
/// let mut parser = Parser::new();
/// parser.feed(b"lunash:>hsm tamper show\r\n\r\n        No active ");
/// assert_eq!(parser.outcome().truncated, Some(2));
/// parser.feed(b"tampers.\r\n\r\nCommand Result : 0 (Success)\r\n");
/// let (reading, outcome) = parser.finish();
/// assert_eq!(reading.tampered, Some(false));
/// assert_eq!((outcome.lines, outcome.result, outcome.truncated), (5, Some(0), None));
/// ```
#[derive(Debug, Clone)]
pub struct Parser {
    assembler: Assembler,
    transcript: Transcript,
}

impl Parser {
    /// A parser that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self { assembler: Assembler::new(), transcript: Transcript::new() }
    }

    /// Takes the next piece of the console's output.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(later) = self.feed_command(rest) {
            rest = later;
        }
    }

    /// Takes the next piece up to the line that ends a command's output, and hands back what follows it.
    ///
    /// `None` means that the piece is used up and no command has ended in it. A caller that polls one
    /// command after the other calls [`finish`](Self::finish) at each `Some` and goes on with the rest.
    pub fn feed_command<'a>(&mut self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let mut rest = bytes;
        while let Some((byte, later)) = rest.split_first() {
            rest = later;
            if self.assembler.push(*byte) && self.take_line(Ending::Whole) {
                return Some(rest);
            }
        }
        None
    }

    /// What was read so far, without the line that has not ended yet.
    #[must_use]
    pub fn reading(&self) -> Reading {
        self.transcript.gathered.reading()
    }

    /// How it went so far, without the line that has not ended yet.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let transcript = &self.transcript;
        let lines = self.assembler.count();
        let cut_now = transcript.running.then_some(lines);
        Outcome {
            lines,
            untracked: transcript.gathered.untracked(),
            truncated: transcript.outcome.truncated.or(cut_now),
            ..transcript.outcome
        }
    }

    /// Whether the shell waits for a command: its prompt stands at the end of the text.
    #[must_use]
    pub fn is_at_prompt(&self) -> bool {
        command::echo(self.assembler.line(Ending::Open).text).is_some_and(str::is_empty)
    }

    /// Reads the last line even if it has not ended, hands over what was read, and starts anew.
    ///
    /// A number at the end of such a line is left out, because digits may be missing.
    pub fn finish(&mut self) -> (Reading, Outcome) {
        if self.assembler.close() {
            self.take_line(Ending::Open);
        }
        let all = (self.reading(), self.outcome());
        self.assembler.restart_count();
        self.transcript = Transcript::new();
        all
    }

    /// Whether the line ended a command's output.
    fn take_line(&mut self, ending: Ending) -> bool {
        let ended = self.transcript.take(self.assembler.line(ending));
        self.assembler.next();
        ended
    }
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Debug, Clone)]
struct Transcript {
    gathered: Gathered,
    /// Its counts; `lines` and `untracked` are kept elsewhere.
    outcome: Outcome,
    command: Command,
    /// A command was echoed and its result is due.
    running: bool,
    /// A prompt was seen: from here on only what follows an echoed command is read.
    echoes: bool,
    /// The heading of a tamper list was seen; causes follow.
    lists_tampers: bool,
}

impl Transcript {
    fn new() -> Self {
        Self {
            gathered: Gathered::new(),
            outcome: Outcome::default(),
            command: Command::Unknown,
            running: false,
            echoes: false,
            lists_tampers: false,
        }
    }

    /// Whether the line ended a command's output.
    fn take(&mut self, line: Line<'_>) -> bool {
        if line.ending == Ending::Cut {
            bump(&mut self.outcome.overlong);
        }
        // A person who corrects a typing error edits the echo, so it may be marked as garbled.
        if let Some(typed) = command::echo(line.text) {
            self.begin(typed, line.number);
            return false;
        }
        if line.garbled {
            bump(&mut self.outcome.garbled);
            return false;
        }
        if line.text.is_empty() {
            return false;
        }
        if let Some(code) = command::result(line) {
            self.outcome.result = code;
            (self.command, self.running, self.lists_tampers) = (Command::Unknown, false, false);
            return true;
        }
        let told = if self.echoes && !self.running { None } else { self.read(line) };
        match told.filter(|fact| line.ending != Ending::Cut || fact.survives_a_cut()) {
            Some(fact) => self.gathered.take(fact),
            None => bump(&mut self.outcome.unknown),
        }
        false
    }

    fn begin(&mut self, typed: &str, number: u32) {
        if self.running {
            self.outcome.truncated = self.outcome.truncated.or(Some(number.saturating_sub(1)));
        }
        if !self.echoes {
            // What came before is a banner or the end of somebody else's output.
            self.gathered = Gathered::new();
            self.echoes = true;
        }
        self.running = command::has_result(typed);
        self.command = if typed.is_empty() { Command::Unknown } else { Command::of(typed) };
        self.lists_tampers = false;
        self.gathered.begin();
    }

    fn read(&mut self, line: Line<'_>) -> Option<Fact> {
        if self.command.prints(Command::HsmTamperShow) {
            if tamper::is_heading(line.text) {
                self.lists_tampers = true;
                return Some(Fact::Tampered(true));
            }
            if let Some(state) = tamper::state(line.text) {
                return Some(state);
            }
        }
        let fact = field::read(line, self.command)
            .or_else(|| self.command.prints(Command::StatusSensors).then(|| sensor::read(line)).flatten());
        if fact.is_some() {
            self.lists_tampers = false;
            return fact;
        }
        // Everything between the heading and the result is a cause.
        let cause = self.lists_tampers.then(|| Fact::Tamper(tamper::cause(line.text)));
        cause.filter(|cause| line.ending == Ending::Whole || cause.survives_a_cut())
    }
}

fn bump(count: &mut u32) {
    *count = count.saturating_add(1);
}
