//! Drivers for the LM3S6965: thin implementations of the `embedded-hal` traits, over its registers.
//!
//! | Module | What it drives | Trait |
//! |---|---|---|
//! | [`clock`] | the system clock, the clocks of the parts | – |
//! | [`gpio`] | pins | `InputPin`, `OutputPin` |
//! | [`i2c`] | the bus of the EEPROM | `I2c` |
//! | [`tick`] | milliseconds | `DelayNs` |
//! | [`uart`] | the three serial lines, with a buffer each | `Read`, `ReadReady`, `Write` |
//! | [`watchdog`] | the watchdog | – |

pub mod clock;
pub mod gpio;
pub mod i2c;
pub mod tick;
pub mod uart;
pub mod watchdog;

/// A block of registers.
#[derive(Debug, Clone, Copy)]
struct Registers(usize);

impl Registers {
    fn read(self, offset: usize) -> u32 {
        // SAFETY: every `Registers` in these modules is the base of a block in the data sheet's memory map, and every
        // offset is a register of it; reading one that has an effect is what its driver means to do.
        unsafe { core::ptr::with_exposed_provenance::<u32>(self.0 + offset).read_volatile() }
    }

    fn write(self, offset: usize, value: u32) {
        // SAFETY: as for `read`; these parts do not touch memory, so that no write changes anything that Rust relies on.
        unsafe { core::ptr::with_exposed_provenance_mut::<u32>(self.0 + offset).write_volatile(value) }
    }

    fn set(self, offset: usize, bits: u32) {
        self.write(offset, self.read(offset) | bits);
    }

    fn clear(self, offset: usize, bits: u32) {
        self.write(offset, self.read(offset) & !bits);
    }
}
