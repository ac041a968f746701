//! The watchdog: the first time that it is not fed is forgiven, the second resets the chip.

use super::Registers;
use super::clock::HERTZ;

const BLOCK: Registers = Registers(0x4000_0000);
const LOAD: usize = 0x000;
const CONTROL: usize = 0x008;
const CLEAR: usize = 0x00c;
const LOCK: usize = 0xc00;
const KEY: u32 = 0x1acc_e551;

/// The watchdog, running.
#[derive(Debug)]
pub struct Watchdog(());

impl Watchdog {
    /// Resets the chip where it is not fed for twice so many milliseconds. Nothing but a reset stops it.
    #[must_use]
    pub fn start(millis: u32) -> Self {
        BLOCK.write(LOCK, KEY);
        BLOCK.write(LOAD, HERTZ / 1000 * millis);
        BLOCK.write(CONTROL, 0b11);
        BLOCK.write(LOCK, 0);
        Self(())
    }

    /// Feeds it.
    pub fn feed(&mut self) {
        BLOCK.write(LOCK, KEY);
        BLOCK.write(CLEAR, 1);
        BLOCK.write(LOCK, 0);
    }
}
