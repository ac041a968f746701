//! What the firmware images share: talking to the debugger, and measuring the stack.
//!
//! Nothing in here can panic. The probe proves that the core cannot, and would prove nothing if its
//! own reporting brought the panic machinery back in.
#![no_std]

pub mod kept;
#[cfg(feature = "journal")]
pub mod ram;
pub mod semihosting;
pub mod stack;

/// The board's interrupts: the images use none. One empty place, because the linker script asks for a table.
#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(no_mangle)]
pub static __INTERRUPTS: [Option<unsafe extern "C" fn()>; 1] = [None];
