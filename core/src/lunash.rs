//! The commands of the device's shell, and what a typed line means to it (H-05, H-53).
//!
//! # Definitions
//!
//! - A *command* is one of the 300 of release 7.2, named by its index. Policies hold indices, never text.
//! - Its *name* is its words in full. The name is what goes to the device, never what was typed.
//! - A *line* is a command, by the beginnings of its words, and what follows as its arguments.
//!
//! # Properties
//!
//! - **No guess.** A word that begins two commands is [`Lookup::Ambiguous`]; what begins none is [`Lookup::Unknown`].
//! - **A whole word is itself.** `mem` is `mem`, though `memmap` begins with it.
//! - **No command begins another**, word by word, so that the end of a command is never in doubt.
//! - **Arguments are plain or they do not pass**: no byte that a shell could take for anything but itself.

mod sets;
mod table;

use crate::word::words;
use core::fmt::{self, Write};
use serde::{Deserialize, Serialize};
pub use sets::{ADMIN, KEYS, MONITOR, OPERATOR, POLLED, READINGS, READINGS_WITH_ARGUMENTS, READS};
use table::{COUNT, DEPTH, PACKED};

/// How many commands there are; indices are below it.
pub const COMMANDS: u16 = COUNT as u16;

words! {
    /// The device's stock roles. A higher one may run all that a lower one may.
    #[derive(PartialOrd, Ord)]
    pub enum DeviceRole {
        /// `monitor`: 92 commands.
        Monitor = 0 "monitor",
        /// `operator`: 245 commands.
        Operator = 1 "operator",
        /// `admin`: all 300.
        Admin = 2 "admin",
    }
}

impl DeviceRole {
    /// The lowest role that may run a command.
    #[must_use]
    pub fn lowest(index: u16) -> Option<Self> {
        if index >= COMMANDS {
            return None;
        }
        Some(match index {
            _ if MONITOR.contains(index) => Self::Monitor,
            _ if OPERATOR.contains(index) => Self::Operator,
            _ => Self::Admin,
        })
    }
}

/// A set of commands, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Commands([u32; 10]);

impl Commands {
    /// No command.
    pub const NONE: Self = Self([0; 10]);

    /// These commands, by their names. For constants: there, an unknown name does not build.
    ///
    /// ```compile_fail
    /// # use strongroom_core::lunash::Commands;
    /// const TYPO: Commands = Commands::of(&["hsm shwo"]);
    /// # let _ = TYPO;
    /// ```
    ///
    /// # Panics
    ///
    /// Outside of a constant, on an unknown name.
    #[must_use]
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated when the crate is built")]
    pub const fn of(names: &[&str]) -> Self {
        let mut bits = [0; 10];
        let mut at = 0;
        while at < names.len() {
            let index = table::index_of(names[at]);
            bits[index / 32] |= 1 << (index % 32);
            at += 1;
        }
        Self(bits)
    }

    /// These commands but for the others.
    #[must_use]
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated when the crate is built")]
    pub const fn without(self, others: Self) -> Self {
        let mut bits = self.0;
        let mut at = 0;
        while at < bits.len() {
            bits[at] &= !others.0[at];
            at += 1;
        }
        Self(bits)
    }

    /// Whether the command with this index is in the set. An index that no command has is in none.
    #[must_use]
    pub fn contains(&self, index: u16) -> bool {
        let word = self.0.get(usize::from(index >> 5)).copied().unwrap_or_default();
        index < COMMANDS && word.wrapping_shr(u32::from(index)) & 1 == 1
    }

    /// The indices in the set, from the lowest.
    pub fn iter(self) -> impl Iterator<Item = u16> {
        (0..COMMANDS).filter(move |index| self.contains(*index))
    }
}

/// What a typed line is to the device's shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// One command.
    Command {
        /// Which one.
        index: u16,
        /// What follows it, without blanks around it.
        arguments: &'a [u8],
    },
    /// The beginning of more than one.
    Ambiguous,
    /// No command, or not all of one.
    Unknown,
    /// Nothing but blanks.
    Empty,
}

words! {
    /// Of what kind a command's arguments are.
    pub enum Arguments {
        /// There are none.
        None = 0 "none",
        /// Letters, digits, blanks and `+ , - . / : = @ _`, without `..`.
        Plain = 1 "plain",
        /// Anything else. Such a line never passes.
        NotPlain = 2 "not_plain",
    }
}

impl Arguments {
    /// The kind of these.
    #[must_use]
    pub fn of(arguments: &[u8]) -> Self {
        let climbs = arguments.windows(2).any(|pair| pair == b"..");
        if arguments.is_empty() {
            Self::None
        } else if climbs || !arguments.iter().all(is_plain) {
            Self::NotPlain
        } else {
            Self::Plain
        }
    }
}

fn is_plain(byte: &u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b' ' | b'+' | b',' | b'-' | b'.' | b'/' | b':' | b'=' | b'@' | b'_')
}

/// What a typed line is. The shell takes the beginning of each word for the word, in either case.
#[must_use]
pub fn lookup(line: &[u8]) -> Lookup<'_> {
    let mut rest = line.trim_ascii();
    if rest.is_empty() {
        return Lookup::Empty;
    }
    let mut branch = Branch { start: 0, end: COMMANDS, complete: false };
    for level in 0..DEPTH {
        let (typed, after) = first_word(rest);
        rest = after;
        branch = match branch.narrowed(level, typed) {
            Found::One(branch) if branch.complete => return Lookup::Command { index: branch.start, arguments: rest },
            Found::One(branch) if !rest.is_empty() => branch,
            Found::One(_) | Found::None => return Lookup::Unknown,
            Found::Many => return Lookup::Ambiguous,
        };
    }
    Lookup::Unknown
}

/// A command's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name([&'static [u8]; DEPTH]);

impl Name {
    /// The name of the command with this index.
    #[must_use]
    pub fn of(index: u16) -> Option<Self> {
        let mut words: [&[u8]; DEPTH] = [&[]; DEPTH];
        // Each row says what changes against the one before.
        for (_, row) in (0..=index).zip(Rows(&PACKED)) {
            let mut own = row.own;
            for word in words.iter_mut().skip(row.shared) {
                (*word, own) = first_word(own);
            }
        }
        (index < COMMANDS).then_some(Self(words))
    }

    /// Its words, in small letters.
    pub fn words(&self) -> impl Iterator<Item = &'static [u8]> {
        self.0.iter().copied().take_while(is_word)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, word) in self.words().enumerate() {
            if number > 0 {
                formatter.write_char(' ')?;
            }
            for byte in word {
                formatter.write_char(char::from(*byte))?;
            }
        }
        Ok(())
    }
}

fn is_blank(byte: &u8) -> bool {
    *byte == b' '
}

/// The first word, and what follows it.
#[inline(never)]
fn first_word(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(is_blank).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or_default();
    (word, rest.trim_ascii_start())
}

fn is_word(word: &&[u8]) -> bool {
    !word.is_empty()
}

/// The commands that begin with the words seen so far.
#[derive(Clone, Copy)]
struct Branch {
    start: u16,
    end: u16,
    /// All words of the first were seen. As no command begins another, it is the only one.
    complete: bool,
}

/// The words that begin as typed.
enum Found {
    None,
    One(Branch),
    Many,
}

impl Branch {
    /// The commands whose word at this level is the one typed, or the only one that begins with it.
    fn narrowed(self, level: usize, typed: &[u8]) -> Found {
        let mut found = Found::None;
        let (mut is_whole, mut is_within) = (false, false);
        for (index, row) in (0..self.end).zip(Rows(&PACKED)) {
            // A row without a word of its own here has it from the row before.
            let Some(own) = level.checked_sub(row.shared) else {
                if let (Found::One(branch), true) = (&mut found, is_within) {
                    branch.end = index.saturating_add(1);
                }
                continue;
            };
            let (mut word, mut rest) = first_word(row.own);
            for _ in 0..own {
                (word, rest) = first_word(rest);
            }
            let begins = word.get(..typed.len()).is_some_and(|head| head.eq_ignore_ascii_case(typed));
            is_within = begins && !is_whole && index >= self.start;
            if is_within {
                is_whole = word.len() == typed.len();
                let branch = Self { start: index, end: index.saturating_add(1), complete: rest.is_empty() };
                found = if matches!(found, Found::None) || is_whole { Found::One(branch) } else { Found::Many };
            }
        }
        found
    }
}

/// One command of the packed table.
#[derive(Clone, Copy)]
struct Row {
    /// Words that it has from the row before.
    shared: usize,
    own: &'static [u8],
}

struct Rows(&'static [u8]);

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let (shared, rest) = self.0.split_first()?;
        let end = rest.iter().position(|byte| *byte < b' ').unwrap_or(rest.len());
        let (own, rest) = rest.split_at_checked(end)?;
        self.0 = rest;
        Some(Row { shared: usize::from(*shared), own })
    }
}

#[cfg(test)]
mod tests;
