//! The interrupts that the board uses: one of each serial line.

use crate::lm3s6965::uart::Line;

/// By their numbers in the data sheet; 34 is one more than the last that is used.
// SAFETY: the linker script puts this table right behind the core's own vectors, where the chip looks for it; no other symbol
// has this name or place.
#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(no_mangle)]
pub static __INTERRUPTS: [Option<unsafe extern "C" fn()>; 34] = {
    let mut table: [Option<unsafe extern "C" fn()>; 34] = [None; 34];
    table[HOST.0 as usize] = Some(host);
    table[DEVICE.0 as usize] = Some(device);
    table[TECHNICIAN.0 as usize] = Some(technician);
    table
};

/// An interrupt, by its number.
#[derive(Debug, Clone, Copy)]
pub struct Interrupt(u16);

/// Of the host's line.
pub const HOST: Interrupt = Interrupt(5);
/// Of the device's console.
pub const DEVICE: Interrupt = Interrupt(6);
/// Of the technician's terminal.
pub const TECHNICIAN: Interrupt = Interrupt(33);

// SAFETY: the number is its place in the table.
unsafe impl cortex_m::interrupt::InterruptNumber for Interrupt {
    fn number(self) -> u16 {
        self.0
    }
}

extern "C" fn host() {
    Line::Host.receive();
}

extern "C" fn device() {
    Line::Device.receive();
}

extern "C" fn technician() {
    Line::Technician.receive();
}
