//! Bytes to lines: one fixed buffer, runs of blanks made one, control bytes kept out.

use heapless::String;

/// The longest line that is kept whole, in bytes after runs of blanks were made one and the indentation
/// dropped. The longest that says something on release 7.2 is a sensor row of 70.
pub const CAPACITY: usize = 160;

/// How a line came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// By a line end: all of it is here.
    Whole,
    /// The text ended: a number at its end may lack digits.
    Open,
    /// The buffer was full: more text followed.
    Cut,
}

/// One line: trimmed, printable ASCII, single blanks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) ending: Ending,
    /// Holds bytes that no output line has: another alphabet, control bytes, edits, cursor movement.
    pub(super) garbled: bool,
    /// Counted from 1.
    pub(super) number: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escape {
    None,
    /// After ESC.
    Begun,
    /// After ESC `[`: parameters, then one final letter.
    Control,
    /// After ESC `]`: text up to BEL or ESC `\`.
    Title,
}

/// Collects bytes until a line is complete.
#[derive(Debug, Clone)]
pub(super) struct Assembler {
    /// A `String` although it is ASCII: to read bytes as one is a third of a kilobyte.
    kept: String<CAPACITY>,
    escape: Escape,
    overlong: bool,
    garbled: bool,
    /// A blank is due before the next byte.
    blank: bool,
    /// A NUL came inside the text: padding if nothing follows it, else a lost byte.
    gap: bool,
    /// Carriage returns since the last line; `CR CR LF` is one line end, `CR CR` text two.
    returns: u32,
    /// A byte came since the last line end.
    begun: bool,
    count: u32,
}

impl Assembler {
    pub(super) const fn new() -> Self {
        Self {
            kept: String::new(),
            escape: Escape::None,
            overlong: false,
            garbled: false,
            blank: false,
            gap: false,
            returns: 0,
            begun: false,
            count: 0,
        }
    }

    /// Takes one byte; whether it completed a line, which [`line`](Self::line) then shows until
    /// [`next`](Self::next).
    pub(super) fn push(&mut self, byte: u8) -> bool {
        match byte {
            b'\n' if self.returns > 0 => {
                self.returns = 0;
                false
            }
            b'\r' if self.returns > 0 => {
                self.returns = self.returns.saturating_add(1);
                false
            }
            b'\n' | b'\r' => {
                self.returns = u32::from(byte == b'\r');
                self.garbled |= self.escape != Escape::None;
                self.count = self.count.saturating_add(1);
                true
            }
            0 => {
                self.gap |= !self.kept.is_empty();
                false
            }
            _ => {
                // Further carriage returns were blank lines after all: no line feed came.
                self.count = self.count();
                self.returns = 0;
                self.begun = true;
                self.take(byte);
                false
            }
        }
    }

    /// The line collected so far.
    pub(super) fn line(&self, ending: Ending) -> Line<'_> {
        Line {
            text: self.kept.as_str(),
            ending: if self.overlong { Ending::Cut } else { ending },
            garbled: self.garbled,
            number: self.count,
        }
    }

    /// Ends the last line although no line end came; whether there was one.
    pub(super) fn close(&mut self) -> bool {
        self.garbled |= self.escape != Escape::None;
        self.count = self.count.saturating_add(u32::from(self.begun));
        self.begun
    }

    /// Forgets the line shown.
    pub(super) fn next(&mut self) {
        *self = Self { returns: self.returns, count: self.count, ..Self::new() };
    }

    /// Counts from 1 again. A line feed that belongs to the last carriage return is still swallowed.
    pub(super) fn restart_count(&mut self) {
        self.count = 0;
        self.returns = self.returns.min(1);
    }

    /// Lines completed, blank ones included.
    pub(super) fn count(&self) -> u32 {
        self.count.saturating_add(self.returns.saturating_sub(1))
    }

    fn take(&mut self, byte: u8) {
        match (self.escape, byte) {
            (Escape::None, 0x1b) => self.escape = Escape::Begun,
            (Escape::None, b' ' | b'\t') => self.blank = !self.kept.is_empty(),
            (Escape::None, b'!'..=b'~') => self.text(byte),
            (Escape::None, 0x08 | 0x7f) => self.rub_out(),
            (Escape::None, 0x80..) => {
                self.garbled = true;
                self.text(b'?');
            }
            (Escape::None, _) => self.garbled = true,
            (Escape::Begun, b'[') => self.escape = Escape::Control,
            (Escape::Begun, b']') => self.escape = Escape::Title,
            (Escape::Control, b' '..=b'?') => {}
            // Colour and "erase to the end of the line" leave the text where it is.
            (Escape::Control, b'm' | b'K') => self.escape = Escape::None,
            (Escape::Title, 0x1b) => self.escape = Escape::Begun,
            (Escape::Title, 0x07) | (Escape::Begun | Escape::Control, _) => {
                self.garbled = true;
                self.escape = Escape::None;
            }
            (Escape::Title, _) => self.garbled = true,
        }
    }

    fn text(&mut self, byte: u8) {
        self.garbled |= self.gap;
        let blank_is_lost = core::mem::take(&mut self.blank) && self.kept.push(' ').is_err();
        self.overlong |= blank_is_lost || self.kept.push(char::from(byte & 0x7f)).is_err();
    }

    /// A person edited a command. Output is never edited, so a label cannot rub out its own key.
    fn rub_out(&mut self) {
        self.garbled = true;
        if !core::mem::take(&mut self.blank) {
            self.kept.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{string::String, vec};

    fn lines(bytes: &[u8]) -> vec::Vec<(u32, String, bool)> {
        let mut assembler = Assembler::new();
        let mut lines = vec![];
        for byte in bytes {
            if assembler.push(*byte) {
                let line = assembler.line(Ending::Whole);
                lines.push((line.number, line.text.into(), line.garbled));
                assembler.next();
            }
        }
        if assembler.close() {
            let line = assembler.line(Ending::Open);
            lines.push((line.number, line.text.into(), line.garbled));
        }
        lines
    }

    fn only(bytes: &[u8]) -> (String, bool) {
        let mut lines = lines(bytes);
        assert_eq!(lines.len(), 1, "{lines:?}");
        let (_, text, garbled) = lines.remove(0);
        (text, garbled)
    }

    #[test]
    fn every_line_end_is_one_line_end() {
        for end in ["\n", "\r\n", "\r", "\r\r\n", "\r\0\n", "\0\r\n"] {
            let text = std::format!("a{end}b{end}{end}c{end}");
            let expected = vec![(1, "a".into(), false), (2, "b".into(), false), (4, "c".into(), false)];
            let mut seen = lines(text.as_bytes());
            seen.retain(|(_, text, _)| !text.is_empty());
            assert_eq!(seen, expected, "{end:?}");
        }
    }

    #[test]
    fn blanks_are_made_one_and_indentation_is_dropped() {
        assert_eq!(only(b" \t Fan 1 \t Status :  on  \n"), ("Fan 1 Status : on".into(), false));
        let wide = std::format!("{}a{}b\n", " ".repeat(900), " ".repeat(900));
        assert_eq!(only(wide.as_bytes()), ("a b".into(), false));
    }

    #[test]
    fn colours_leave_the_text_and_everything_else_marks_it() {
        assert_eq!(only(b"\x1b[1;31mred\x1b[0m\x1b[K\n"), ("red".into(), false));
        assert_eq!(only(b"\x1b[2Jred\n"), ("red".into(), true));
        assert_eq!(only(b"3\x1b7700\n"), ("3700".into(), true));
        assert_eq!(only(b"\x1b]0;title\x07x\n"), ("x".into(), true));
        assert_eq!(only(b"\x1b]0;title\x1b\\x\n"), ("x".into(), true));
        assert_eq!(only(b"a\x1b[12\n"), ("a".into(), true));
    }

    #[test]
    fn bytes_no_console_prints_mark_the_line() {
        assert_eq!(only(b"caf\xc3\xa9\n"), ("caf??".into(), true));
        assert_eq!(only(b"caf\xc3\xa9"), ("caf??".into(), true), "though its end never came");
        assert_eq!(only(b"3\x0000\n"), ("300".into(), true));
        assert_eq!(only(b"\0\x00300\0\0\n"), ("300".into(), false));
        assert_eq!(only(b"hsm shw\x08ow\n"), ("hsm show".into(), true));
    }

    #[test]
    fn the_head_of_an_overlong_line_is_kept() {
        let mut assembler = Assembler::new();
        for byte in [b'x'; CAPACITY] {
            assert!(!assembler.push(byte));
        }
        assert_eq!(assembler.line(Ending::Whole).ending, Ending::Whole);
        assert!(!assembler.push(b' '));
        assert_eq!(assembler.line(Ending::Whole).ending, Ending::Whole, "blanks at the end are not text");
        assert!(!assembler.push(b'y'));
        assert_eq!(assembler.line(Ending::Whole).ending, Ending::Cut);
        assert_eq!(assembler.line(Ending::Whole).text.len(), CAPACITY);
    }
}
