//! The part itself: its cells, its write cycles, and the power that it takes.

use crate::flash::Seeded;
use embedded_hal::i2c::{ErrorKind, NoAcknowledgeSource, Operation};
use std::cell::Cell;
use std::vec;
use std::vec::Vec;

/// Bytes of the part.
pub const CAPACITY: usize = 32 * 1024;

/// Bytes that are written at once, at most.
pub const PAGE: usize = 64;

/// The part's address on the bus, with its three pins low.
pub const ADDRESS: u8 = 0x50;

/// Nanoseconds of a byte and its acknowledgement, at 400 kHz.
const BYTE: u64 = 9 * 2_500;

/// Why the bus says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nobody answers: another address, or a part that is still writing.
    Nack,
    /// The power is off.
    PowerCut,
    /// Asked for what the part does not have.
    Bounds,
}

impl embedded_hal::i2c::Error for Fault {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Nack => ErrorKind::NoAcknowledge(NoAcknowledgeSource::Address),
            Self::PowerCut | Self::Bounds => ErrorKind::Other,
        }
    }
}

/// What a write cycle touches beside the bytes that were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cycle {
    /// Nothing.
    Bytes,
    /// The rest of the page, which is erased and written as it was: Microchip's 24AA256 says so in its data sheet,
    /// section 6.1, and counts its endurance by the page therefore.
    Page,
}

/// The part itself.
#[derive(Debug, Clone)]
pub struct Chip {
    pub(super) contents: Vec<u8>,
    /// Write cycles that each page has been through.
    pub(super) worn: Vec<u32>,
    /// The next byte that is read or written.
    pub(super) counter: usize,
    /// Until when, in nanoseconds, it answers nobody.
    pub(super) busy: u64,
    /// How long a write cycle takes.
    pub(super) takes: u64,
    cycle: Cycle,
    pub(super) on: bool,
    /// Bytes that write cycles still get done.
    pub(super) left: Option<u64>,
    pub(super) used: u64,
    pub(super) chance: Seeded,
}

impl Chip {
    pub(super) fn blank(cycle: Cycle) -> Self {
        Self {
            contents: vec![0xff; CAPACITY],
            worn: vec![0; CAPACITY / PAGE],
            counter: 0,
            busy: 0,
            takes: 5_000_000,
            cycle,
            on: true,
            left: None,
            used: 0,
            chance: Seeded(0),
        }
    }

    /// One transaction, from a START to the STOP.
    pub(super) fn transaction(&mut self, now: &Cell<u64>, address: u8, operations: &mut [Operation<'_>]) -> Result<(), Fault> {
        let mut sent: Vec<u8> = Vec::new();
        let mut reads = None;
        for operation in operations.iter_mut() {
            let turns = reads.replace(matches!(operation, Operation::Read(_)));
            if turns != reads {
                // A START, and the address again: what was sent since the last one and not stopped is forgotten.
                sent.clear();
                self.start(now, address)?;
            }
            let length = match operation {
                Operation::Write(bytes) => {
                    sent.extend_from_slice(bytes);
                    if let [high, low, ..] = sent[..] {
                        self.counter = usize::from(u16::from_be_bytes([high, low])) % CAPACITY;
                    }
                    bytes.len()
                }
                Operation::Read(bytes) => {
                    for byte in bytes.iter_mut() {
                        *byte = self.contents[self.counter];
                        self.counter = (self.counter + 1) % CAPACITY;
                    }
                    bytes.len()
                }
            };
            now.set(now.get() + BYTE * length as u64);
        }
        match sent.get(2..) {
            Some(data) if !data.is_empty() && reads == Some(false) => self.write(now.get(), data),
            _ => Ok(()),
        }
    }

    fn start(&self, now: &Cell<u64>, address: u8) -> Result<(), Fault> {
        now.set(now.get() + BYTE);
        match self.on {
            false => Err(Fault::PowerCut),
            true if address != ADDRESS || now.get() < self.busy => Err(Fault::Nack),
            true => Ok(()),
        }
    }

    /// The write cycle that a STOP begins. What goes over the end of the page comes to its beginning.
    fn write(&mut self, now: u64, data: &[u8]) -> Result<(), Fault> {
        let first = self.counter / PAGE * PAGE;
        let mut page: [Option<u8>; PAGE] = [None; PAGE];
        for byte in data {
            page[self.counter - first] = Some(*byte);
            self.counter = first + (self.counter + 1) % PAGE;
        }
        let length = page.iter().flatten().count() as u64;
        let cut = self.left.is_some_and(|left| left < length);
        self.left = self.left.map(|left| left.saturating_sub(length));
        self.used += length;
        self.worn[first / PAGE] += 1;
        for (stored, new) in self.contents[first..first + PAGE].iter_mut().zip(page) {
            if cut && (new.is_some() || self.cycle == Cycle::Page) {
                *stored = torn(&mut self.chance, *stored, new.unwrap_or(*stored));
            } else if let Some(new) = new {
                *stored = new;
            }
        }
        if cut {
            self.on = false;
            return Err(Fault::PowerCut);
        }
        self.busy = now + self.takes;
        Ok(())
    }
}

/// What a cycle that was cut leaves of a byte: it erases, all bits to ones, and then writes.
fn torn(chance: &mut Seeded, old: u8, new: u8) -> u8 {
    let some = chance.draw() as u8;
    match chance.draw() % 5 {
        0 => old,
        1 => new,
        2 => old | some,
        3 => new | some,
        _ => (old & some) | (new & !some),
    }
}
