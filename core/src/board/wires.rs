//! What a board is wired to.

use crate::console::guard::Sink;
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
    /// Closes or opens the relay; whether it could be told.
    pub(super) fn connect(&mut self, closed: bool) -> bool {
        self.relay.set_state(closed.into()).is_ok()
    }

    /// The lines that the guard writes to.
    pub(super) const fn sink(&mut self) -> Lines<'_, D, T> {
        Lines { device: &mut self.device, technician: &mut self.technician }
    }
}

/// A byte that is there already.
pub(super) fn next(line: &mut impl Line) -> Option<u8> {
    let mut byte = [0];
    match line.read_ready() {
        Ok(true) => line.read(&mut byte).ok().filter(|read| *read == 1).map(|_| byte[0]),
        _ => None,
    }
}

/// Device and technician. What cannot be written is lost, as on any serial line.
pub(super) struct Lines<'a, D, T> {
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
