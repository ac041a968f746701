//! A 24C256 on its bus, with the physics that a driver can get wrong, and a power supply that can be cut.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

#[path = "eeprom/chip.rs"]
mod chip;

pub use chip::{ADDRESS, CAPACITY, Chip, Cycle, Fault, PAGE};

use crate::flash::Seeded;
use eeprom24x::{Eeprom24x, SlaveAddr};
use embedded_hal::delay::DelayNs;
use embedded_hal::i2c::{ErrorType, I2c, Operation};
use embedded_storage::{ReadStorage, Storage};
use std::cell::Cell;
use std::vec::Vec;

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
