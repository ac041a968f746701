//! Simulated wires: serial lines, switches, and the relay.

use embedded_hal::digital::{ErrorType as PinError, InputPin, OutputPin};
use embedded_io::{ErrorType, Read, ReadReady, Write};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::rc::Rc;

/// One end of a serial line; clones are the same end.
#[derive(Debug, Clone, Default)]
pub struct End {
    incoming: Rc<RefCell<VecDeque<u8>>>,
    outgoing: Rc<RefCell<VecDeque<u8>>>,
}

impl End {
    /// Both ends of a line.
    #[must_use]
    pub fn pair() -> (Self, Self) {
        let one = Self::default();
        let other = Self { incoming: Rc::clone(&one.outgoing), outgoing: Rc::clone(&one.incoming) };
        (one, other)
    }

    /// Everything that has come.
    pub fn take(&self) -> Vec<u8> {
        self.incoming.borrow_mut().drain(..).collect()
    }

    /// Sends.
    pub fn put(&self, bytes: &[u8]) {
        self.outgoing.borrow_mut().extend(bytes);
    }
}

impl ErrorType for End {
    type Error = Infallible;
}

impl Read for End {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize, Infallible> {
        let mut incoming = self.incoming.borrow_mut();
        let length = bytes.len().min(incoming.len());
        for place in bytes.iter_mut().take(length) {
            *place = incoming.pop_front().unwrap_or_default();
        }
        Ok(length)
    }
}

impl ReadReady for End {
    fn read_ready(&mut self) -> Result<bool, Infallible> {
        Ok(!self.incoming.borrow().is_empty())
    }
}

impl Write for End {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        self.put(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// A pin; clones are the same one.
#[derive(Debug, Clone, Default)]
pub struct Pin(Rc<Cell<bool>>);

impl Pin {
    /// Sets its level.
    pub fn set(&self, high: bool) {
        self.0.set(high);
    }

    /// Its level.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.get()
    }
}

impl PinError for Pin {
    type Error = Infallible;
}

impl InputPin for Pin {
    fn is_high(&mut self) -> Result<bool, Infallible> {
        Ok(self.0.get())
    }

    fn is_low(&mut self) -> Result<bool, Infallible> {
        Ok(!self.0.get())
    }
}

impl OutputPin for Pin {
    fn set_high(&mut self) -> Result<(), Infallible> {
        self.0.set(true);
        Ok(())
    }

    fn set_low(&mut self) -> Result<(), Infallible> {
        self.0.set(false);
        Ok(())
    }
}
