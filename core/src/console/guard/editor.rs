//! The line being typed.

/// The longest line, in bytes.
pub const CAPACITY: usize = 128;

/// One line. It is refused whole when it does not fit, never cut.
#[derive(Clone)]
#[repr(C)]
pub(super) struct Editor {
    length: usize,
    /// Something of the line is missing.
    spoilt: bool,
    bytes: [u8; CAPACITY],
}

impl Editor {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; CAPACITY], length: 0, spoilt: false }
    }

    pub(super) fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    pub(super) fn is_spoilt(&self) -> bool {
        self.spoilt
    }

    pub(super) fn spoil(&mut self) {
        self.spoilt = true;
    }

    /// Whether there was room. Without, the line is spoilt.
    pub(super) fn push(&mut self, byte: u8) -> bool {
        match self.bytes.get_mut(self.length) {
            Some(place) => {
                *place = byte;
                self.length = self.length.saturating_add(1);
                true
            }
            None => {
                self.spoilt = true;
                false
            }
        }
    }

    /// Whether there was something to take away. A spoilt line is not mended so: what is missing stays missing.
    pub(super) fn pop(&mut self) -> bool {
        let begun = self.length > 0;
        self.length = self.length.saturating_sub(1);
        begun
    }

    /// Forgets the line, in memory too.
    ///
    /// Never inlined, as the others that are so marked: each is called from many places, and flash is scarce.
    #[inline(never)]
    pub(super) fn wipe(&mut self) {
        self.bytes.fill(0);
        self.length = 0;
        self.spoilt = false;
    }
}
