//! An answer, kept until the next one, in case it did not arrive.

use crate::packet::{FromPlayer, Said};
use strongroom_core::link::encode;

/// Bytes of an answer's frames: those of a command before which every deadline falls due at once, and more.
const CAPACITY: usize = 12 * 1024;

/// The frames of one answer.
#[derive(Debug)]
pub(crate) struct Frames {
    bytes: [u8; CAPACITY],
    length: usize,
    count: u16,
    number: u32,
    /// Whether something had no place, so that the answer is never whole.
    over: bool,
}

impl Frames {
    pub(crate) const EMPTY: Self = Self { bytes: [0; CAPACITY], length: 0, count: 0, number: 0, over: false };

    /// Begins the answer to what has this number.
    pub(crate) fn begin(&mut self, number: u32) {
        (self.length, self.count, self.number, self.over) = (0, 0, number, false);
    }

    /// The number of what it answers.
    pub(crate) const fn number(&self) -> u32 {
        self.number
    }

    pub(crate) fn say(&mut self, said: Said) {
        let place = self.bytes.get_mut(self.length..).unwrap_or_default();
        match encode(&FromPlayer { number: self.number, said }, place) {
            Ok(length) => self.length = self.length.saturating_add(length),
            Err(_) => self.over = true,
        }
        self.count = self.count.saturating_add(1);
    }

    /// Says that it is whole.
    pub(crate) fn end(&mut self) {
        if !self.over {
            self.say(Said::Done(self.count));
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}
