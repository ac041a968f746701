//! Bytes from the technician's terminal to keys.

/// What the technician did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// Printable ASCII.
    Text(u8),
    /// Backspace, delete.
    Erase,
    /// Control-U: the whole line.
    Kill,
    /// Control-C.
    Cancel,
    /// The line is complete: CR, LF or CR LF.
    End,
    /// A line end inside of an escape sequence: what was typed is not known.
    Torn,
    /// Nothing that a line can have in it.
    Other,
    /// Part of something longer.
    Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escape {
    None,
    /// After ESC.
    Begun,
    /// After ESC `O`: one more byte.
    Single,
    /// After ESC `[`: up to a byte from `@` to `~`.
    Control,
    /// After ESC and one of `]PX^_`: up to BEL, or ESC `\`, which is a sequence itself.
    Text,
}

/// Swallows escape sequences whole, so that no part of one is taken for text.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    escape: Escape,
    /// The last byte was a CR: an LF belongs to it.
    returned: bool,
}

impl Keys {
    pub(super) const fn new() -> Self {
        Self { escape: Escape::None, returned: false }
    }

    #[inline(never)]
    pub(super) fn take(&mut self, byte: u8) -> Key {
        const ESCAPE: u8 = 0x1b;
        const BELL: u8 = 0x07;

        let returned = core::mem::replace(&mut self.returned, byte == b'\r');
        let escape = core::mem::replace(&mut self.escape, Escape::None);
        match (escape, byte) {
            (_, b'\n') if returned => Key::Part,
            (Escape::None, b'\r' | b'\n') => Key::End,
            (_, b'\r' | b'\n') => Key::Torn,
            (_, 0x03) => Key::Cancel,
            (_, ESCAPE) => self.within(Escape::Begun),
            (Escape::Begun, b'[') => self.within(Escape::Control),
            (Escape::Begun, b'O' | b'N') => self.within(Escape::Single),
            (Escape::Begun, b']' | b'P' | b'X' | b'^' | b'_') => self.within(Escape::Text),
            (Escape::Control, b'@'..=b'~') | (Escape::Text, BELL) | (Escape::Begun | Escape::Single, _) => Key::Other,
            (Escape::Control | Escape::Text, _) => self.within(escape),
            (Escape::None, b' '..=b'~') => Key::Text(byte),
            (Escape::None, 0x08 | 0x7f) => Key::Erase,
            (Escape::None, 0x15) => Key::Kill,
            (Escape::None, _) => Key::Other,
        }
    }

    fn within(&mut self, escape: Escape) -> Key {
        self.escape = escape;
        Key::Part
    }
}
