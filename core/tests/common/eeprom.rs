//! A 24C256 on its bus, with the physics that a driver can get wrong, and a power supply that can be cut.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use eeprom24x::{Eeprom24x, SlaveAddr};
use embedded_hal::delay::DelayNs;
use embedded_hal::i2c::{ErrorKind, ErrorType, I2c, NoAcknowledgeSource, Operation};
use embedded_storage::{ReadStorage, Storage};
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

/// Random bits that a seed determines (SplitMix64).
#[derive(Debug, Clone)]
struct Seeded(u64);

impl Seeded {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
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
    contents: Vec<u8>,
    /// Write cycles that each page has been through.
    worn: Vec<u32>,
    /// The next byte that is read or written.
    counter: usize,
    /// Until when, in nanoseconds, it answers nobody.
    busy: u64,
    /// How long a write cycle takes.
    takes: u64,
    cycle: Cycle,
    on: bool,
    /// Bytes that write cycles still get done.
    left: Option<u64>,
    used: u64,
    chance: Seeded,
}

impl Chip {
    fn blank(cycle: Cycle) -> Self {
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
    fn transaction(&mut self, now: &Cell<u64>, address: u8, operations: &mut [Operation<'_>]) -> Result<(), Fault> {
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
            page[self.counter % PAGE] = Some(*byte);
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

/// The bus, as a driver sees it.
#[derive(Debug)]
pub struct Bus<'a> {
    chip: &'a mut Chip,
    now: &'a Cell<u64>,
    polls: bool,
}

impl ErrorType for Bus<'_> {
    type Error = Fault;
}

impl I2c for Bus<'_> {
    fn transaction(&mut self, address: u8, operations: &mut [Operation<'_>]) -> Result<(), Fault> {
        loop {
            let done = self.chip.transaction(self.now, address, operations);
            let busy = done == Err(Fault::Nack) && address == ADDRESS;
            if !(self.polls && busy) {
                return done;
            }
        }
    }
}

/// A delay, which passes at once.
#[derive(Debug)]
pub struct Delay<'a>(&'a Cell<u64>);

impl DelayNs for Delay<'_> {
    fn delay_ns(&mut self, ns: u32) {
        self.0.set(self.0.get() + u64::from(ns));
    }
}

/// A part with its bus, behind a maintained driver.
#[derive(Debug, Clone)]
pub struct Part {
    chip: Chip,
    now: Cell<u64>,
    /// Whether the bus's driver asks a busy part again.
    pub polls: bool,
}

impl Part {
    /// A blank one; in a cycle that is cut everything of a page may suffer.
    pub fn blank() -> Self {
        Self::of(Cycle::Page)
    }

    pub fn of(cycle: Cycle) -> Self {
        Self { chip: Chip::blank(cycle), now: Cell::new(0), polls: false }
    }

    /// With write cycles of so many milliseconds.
    pub fn taking(mut self, milliseconds: u32) -> Self {
        self.chip.takes = u64::from(milliseconds) * 1_000_000;
        self
    }

    /// From now on write cycles get so many bytes done; then the power goes in one, and `seed` says what it leaves of
    /// its page.
    pub fn cut_after(&mut self, bytes: u64, seed: u64) {
        self.power_on();
        self.chip.left = Some(bytes);
        self.chip.chance = Seeded(seed);
    }

    /// The power is back, and a cycle that it ended is over.
    pub fn power_on(&mut self) {
        let chip = &mut self.chip;
        (chip.on, chip.left, chip.used, chip.busy, chip.counter) = (true, None, 0, 0, 0);
    }

    /// Bytes that were written since the last of the two.
    pub fn used(&self) -> u64 {
        self.chip.used
    }

    pub fn contents(&self) -> &[u8] {
        &self.chip.contents
    }

    pub fn contents_mut(&mut self) -> &mut Vec<u8> {
        &mut self.chip.contents
    }

    /// Write cycles of each page so far.
    pub fn worn(&self) -> &[u32] {
        &self.chip.worn
    }

    /// Nanoseconds since it was made.
    pub fn now(&self) -> u64 {
        self.now.get()
    }

    pub fn bus(&mut self) -> Bus<'_> {
        Bus { chip: &mut self.chip, now: &self.now, polls: self.polls }
    }

    pub fn delay(&self) -> Delay<'_> {
        Delay(&self.now)
    }

    /// The driver of the crate `eeprom24x`, for one use.
    fn driver<T>(
        &mut self,
        works: impl FnOnce(&mut dyn Storage<Error = eeprom24x::Error<Fault>>) -> Result<T, eeprom24x::Error<Fault>>,
    ) -> Result<T, Fault> {
        let bus = Bus { chip: &mut self.chip, now: &self.now, polls: self.polls };
        let part = Eeprom24x::new_24x256(bus, SlaveAddr::default());
        works(&mut eeprom24x::Storage::new(part, Delay(&self.now))).map_err(|error| match error {
            eeprom24x::Error::I2C(fault) => fault,
            eeprom24x::Error::TooMuchData | eeprom24x::Error::InvalidAddr => Fault::Bounds,
        })
    }
}

impl ReadStorage for Part {
    type Error = Fault;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Fault> {
        self.driver(|driver| driver.read(offset, bytes))
    }

    fn capacity(&self) -> usize {
        CAPACITY
    }
}

impl Storage for Part {
    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Fault> {
        self.driver(|driver| driver.write(offset, bytes))
    }
}
