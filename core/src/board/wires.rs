//! What a board is wired to.

use crate::console::guard::{ACCOUNT, Sink};
use crate::lunash::COMMANDS;
use crate::opening::Opening;
use embedded_hal::digital::OutputPin;
use embedded_io::{Read, ReadReady, Write};

/// A serial line.
pub trait Line: Read + ReadReady + Write {}

impl<T: Read + ReadReady + Write> Line for T {}

/// The three lines, and the relay of the technician's.
#[derive(Debug)]
pub struct Wires<H, D, T, R> {
    /// The host's.
    pub host: H,
    /// The device's console.
    pub device: D,
    /// The technician's.
    pub technician: T,
    /// Low, the technician's line is open: at reset, at a panic, and where the board is not well.
    pub relay: R,
}

impl<H: Line, D: Line, T: Line, R: OutputPin> Wires<H, D, T, R> {
    /// Closes the relay where the board is [well](super::kernel::Kernel::well), and opens it otherwise; whether it is closed.
    #[inline(never)]
    pub fn connect(&mut self, well: &Opening) -> bool {
        if well.opens(RELAY) && well.opens(RELAY) {
            return self.relay.set_high().is_ok();
        }
        let _ = self.relay.set_low();
        false
    }

    /// The lines that the guard writes to.
    pub const fn sink(&mut self) -> Lines<'_, D, T> {
        Lines { device: &mut self.device, technician: &mut self.technician }
    }
}

/// What opens where it is the relay: no command and no mode.
pub(super) const RELAY: u16 = u16::MAX - 1;
const _: () = assert!(RELAY >= COMMANDS && RELAY != ACCOUNT, "what opens for a command or an account opens no relay");

/// A byte that is there already.
pub(super) fn next(line: &mut impl Line) -> Option<u8> {
    let mut byte = [0];
    match line.read_ready() {
        Ok(true) => line.read(&mut byte).ok().filter(|read| *read == 1).map(|_| byte[0]),
        _ => None,
    }
}

/// Device and technician. What cannot be written is lost, as on any serial line.
#[derive(Debug)]
pub struct Lines<'a, D, T> {
    device: &'a mut D,
    technician: &'a mut T,
}

impl<D: Line, T: Line> Sink for Lines<'_, D, T> {
    fn to_device(&mut self, bytes: &[u8]) {
        let _ = self.device.write_all(bytes);
    }

    fn to_technician(&mut self, bytes: &[u8]) {
        let _ = self.technician.write_all(bytes);
    }
}
