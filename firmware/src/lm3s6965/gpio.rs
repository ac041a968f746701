//! Pins.

use super::Registers;
use core::convert::Infallible;
use embedded_hal::digital::{ErrorType, InputPin, OutputPin};

const DIRECTION: usize = 0x400;
const ALTERNATE: usize = 0x420;
const OPEN_DRAIN: usize = 0x50c;
const PULL_UP: usize = 0x510;
const DIGITAL: usize = 0x51c;

/// A port.
#[derive(Debug, Clone, Copy)]
pub enum Port {
    /// UART 0.
    A,
    /// The I2C bus.
    B,
    /// Free.
    C,
    /// UART 1.
    D,
    /// The switches.
    E,
    /// The relay.
    F,
    /// UART 2.
    G,
}

impl Port {
    const fn registers(self) -> Registers {
        Registers(match self {
            Self::A => 0x4000_4000,
            Self::B => 0x4000_5000,
            Self::C => 0x4000_6000,
            Self::D => 0x4000_7000,
            Self::E => 0x4002_4000,
            Self::F => 0x4002_5000,
            Self::G => 0x4002_6000,
        })
    }

    /// Lets these pins pull down only, and pulls them up weakly: a bus needs resistors of its own beside that.
    pub fn open_drain(self, pins: u32) {
        self.registers().set(OPEN_DRAIN, pins);
        self.registers().set(PULL_UP, pins);
    }

    /// Gives these pins to the part that they are wired to in the chip.
    pub fn give(self, pins: u32) {
        self.registers().set(ALTERNATE, pins);
        self.registers().set(DIGITAL, pins);
    }
}

/// A pin that is read: with a pull-up, so that a cut wire is high.
#[derive(Debug)]
pub struct Input(Registers, u32);

impl Input {
    /// Pin `number` of a port, 0 to 7.
    #[must_use]
    pub fn new(port: Port, number: u8) -> Self {
        let (registers, bit) = (port.registers(), 1 << (number & 7));
        registers.clear(DIRECTION, bit);
        registers.set(PULL_UP, bit);
        registers.set(DIGITAL, bit);
        Self(registers, bit)
    }
}

impl ErrorType for Input {
    type Error = Infallible;
}

impl InputPin for Input {
    fn is_high(&mut self) -> Result<bool, Infallible> {
        // The address says which pins: no other one is touched.
        Ok(self.0.read((self.1 << 2) as usize) != 0)
    }

    fn is_low(&mut self) -> Result<bool, Infallible> {
        self.is_high().map(|high| !high)
    }
}

/// A pin that is driven; low at first.
#[derive(Debug)]
pub struct Output(Registers, u32);

impl Output {
    /// Pin `number` of a port, 0 to 7.
    #[must_use]
    pub fn new(port: Port, number: u8) -> Self {
        let (registers, bit) = (port.registers(), 1 << (number & 7));
        registers.write((bit << 2) as usize, 0);
        registers.set(DIRECTION, bit);
        registers.set(DIGITAL, bit);
        Self(registers, bit)
    }
}

impl ErrorType for Output {
    type Error = Infallible;
}

impl OutputPin for Output {
    fn set_low(&mut self) -> Result<(), Infallible> {
        self.0.write((self.1 << 2) as usize, 0);
        Ok(())
    }

    fn set_high(&mut self) -> Result<(), Infallible> {
        self.0.write((self.1 << 2) as usize, self.1);
        Ok(())
    }
}
