//! The EEPROM, a 24C256 on the bus: a stretch for the journal, one for the keys.

use crate::lm3s6965::i2c::Bus;
use crate::lm3s6965::tick::Delay;
use eeprom24x::{Eeprom24x, SlaveAddr};
use embedded_storage::{ReadStorage, Storage};

/// Bytes of the part.
const CAPACITY: u32 = 32 * 1024;

/// Bytes at its end that are the keys'.
const KEYS: u32 = 512;

/// Bytes of the journal.
pub const JOURNAL: u32 = CAPACITY - KEYS;

/// A stretch of the part. The journal's is all zero bytes, as a static that takes no flash has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Stretch {
    /// The journal's.
    Journal = 0,
    /// The keys'.
    Keys = 1,
}

/// The part did not answer, or was asked for what it has not. Why, nobody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed;

impl Stretch {
    const fn bounds(self) -> (u32, u32) {
        match self {
            Self::Journal => (0, JOURNAL),
            Self::Keys => (JOURNAL, KEYS),
        }
    }

    /// Where `length` bytes from `offset` on are in the part.
    fn place(self, offset: u32, length: usize) -> Result<u32, Failed> {
        let (from, size) = self.bounds();
        let end = offset.checked_add(length as u32).filter(|end| *end <= size);
        end.map(|_| from + offset).ok_or(Failed)
    }
}

/// The driver has no state, so that it is made where it is used.
fn driver() -> impl Storage {
    eeprom24x::Storage::new(Eeprom24x::new_24x256(Bus, SlaveAddr::default()), Delay)
}

impl ReadStorage for Stretch {
    type Error = Failed;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Self::Error> {
        driver().read(self.place(offset, bytes.len())?, bytes).map_err(|_| Failed)
    }

    fn capacity(&self) -> usize {
        self.bounds().1 as usize
    }
}

impl Storage for Stretch {
    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Self::Error> {
        driver().write(self.place(offset, bytes.len())?, bytes).map_err(|_| Failed)
    }
}
