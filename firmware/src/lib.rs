//! What the firmware images share: talking to the debugger, and measuring the stack.
//!
//! Nothing in here can panic. The probe proves that the core cannot, and would prove nothing if its
//! own reporting brought the panic machinery back in.
#![no_std]

#[cfg(feature = "board")]
pub mod eeprom;
pub mod kept;
#[cfg(feature = "board")]
pub mod lm3s6965;
#[cfg(feature = "journal")]
pub mod ram;
pub mod semihosting;
pub mod stack;

#[cfg(feature = "board")]
pub mod interrupts;

/// The board's interrupts: these images use none. One empty place, because the linker script asks for a table.
#[cfg(not(feature = "board"))]
#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(no_mangle)]
pub static __INTERRUPTS: [Option<unsafe extern "C" fn()>; 1] = [None];
