//! The bus of the EEPROM, as its only master.

use super::Registers;
use super::clock::HERTZ;
use super::gpio::{Input, Output, Port};
use cortex_m::asm;
use embedded_hal::i2c::{ErrorKind, ErrorType, I2c, NoAcknowledgeSource, Operation};

const MASTER: Registers = Registers(0x4002_0000);
const ADDRESS: usize = 0x00;
const CONTROL: usize = 0x04;
const DATA: usize = 0x08;
const PERIOD: usize = 0x0c;
const CONFIGURATION: usize = 0x20;

/// Bits of the control register.
const RUN: u32 = 1;
const START: u32 = 1 << 1;
const STOP: u32 = 1 << 2;
const ACKNOWLEDGE: u32 = 1 << 3;

/// Bits of the same register when it is read.
const BUSY: u32 = 1;
const FAILED: u32 = 1 << 1;
const NO_ADDRESS: u32 = 1 << 2;
const LOST: u32 = 1 << 4;

/// The clock's pin on port B; the data line is the next one.
const CLOCK: u8 = 2;
const PINS: u32 = 0b11 << CLOCK;

/// Half a period of 100 kHz, in cycles.
const HALF: u32 = HERTZ / 200_000;

/// How often a busy bus is looked at before it counts as stuck: some tenths of a second.
const PATIENCE: u32 = 1_000_000;

/// The bus. All of its state is in the chip, so that there may be several of these; none is used in an interrupt.
#[derive(Debug, Clone, Copy)]
pub struct Bus;

/// Why a transfer failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error(ErrorKind);

impl embedded_hal::i2c::Error for Error {
    fn kind(&self) -> ErrorKind {
        self.0
    }
}

impl Bus {
    /// Starts it, at 400 kHz at most. First it frees a bus that a reset has left in the middle of a byte: a part that was read
    /// then holds the data line until it has got its nine clocks.
    pub fn start() {
        Port::B.open_drain(PINS);
        for _ in 0..9 {
            let _ = Output::new(Port::B, CLOCK);
            asm::delay(HALF);
            let _ = Input::new(Port::B, CLOCK);
            asm::delay(HALF);
        }
        Port::B.give(PINS);
        MASTER.write(CONFIGURATION, 1 << 4);
        // A period is twenty clocks times one more than this.
        MASTER.write(PERIOD, HERTZ.div_ceil(20 * 400_000) - 1);
    }

    fn step(&mut self, control: u32) -> Result<(), Error> {
        MASTER.write(CONTROL, control);
        for _ in 0..PATIENCE {
            let status = MASTER.read(CONTROL);
            if status & BUSY != 0 {
                continue;
            }
            if status & LOST != 0 {
                return Err(Error(ErrorKind::ArbitrationLoss));
            }
            if status & FAILED != 0 {
                MASTER.write(CONTROL, STOP);
                let source = if status & NO_ADDRESS != 0 { NoAcknowledgeSource::Address } else { NoAcknowledgeSource::Data };
                return Err(Error(ErrorKind::NoAcknowledge(source)));
            }
            return Ok(());
        }
        Err(Error(ErrorKind::Bus))
    }

    fn write(&mut self, bytes: &[u8], start: bool, stop: bool) -> Result<(), Error> {
        let last = bytes.len().saturating_sub(1);
        for (place, byte) in bytes.iter().enumerate() {
            MASTER.write(DATA, u32::from(*byte));
            let begins = if start && place == 0 { START } else { 0 };
            let ends = if stop && place == last { STOP } else { 0 };
            self.step(RUN | begins | ends)?;
        }
        Ok(())
    }

    fn read(&mut self, bytes: &mut [u8], start: bool, stop: bool) -> Result<(), Error> {
        let last = bytes.len().saturating_sub(1);
        for (place, byte) in bytes.iter_mut().enumerate() {
            let begins = if start && place == 0 { START } else { 0 };
            let ends = if place == last { if stop { STOP } else { 0 } } else { ACKNOWLEDGE };
            self.step(RUN | begins | ends)?;
            *byte = MASTER.read(DATA) as u8;
        }
        Ok(())
    }
}

impl ErrorType for Bus {
    type Error = Error;
}

impl I2c for Bus {
    fn transaction(&mut self, address: u8, operations: &mut [Operation<'_>]) -> Result<(), Error> {
        let last = operations.len().saturating_sub(1);
        // Whether the operation before was one that reads; a start is sent first and where the direction changes.
        let mut before = None;
        for (place, operation) in operations.iter_mut().enumerate() {
            let reads = matches!(operation, Operation::Read(_));
            let (start, stop) = (before != Some(reads), place == last);
            if start {
                MASTER.write(ADDRESS, u32::from(address) << 1 | u32::from(reads));
            }
            match operation {
                Operation::Read(bytes) => self.read(bytes, start, stop)?,
                Operation::Write(bytes) => self.write(bytes, start, stop)?,
            }
            before = Some(reads);
        }
        Ok(())
    }
}
