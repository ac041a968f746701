//! The three serial lines. What comes is taken by an interrupt and waits in a buffer: the loop may be busy with the EEPROM.

use super::Registers;
use core::cell::RefCell;
use core::convert::Infallible;
use critical_section::Mutex;
use embedded_io::{ErrorType, Read, ReadReady, Write};
use heapless::Deque;

const DATA: usize = 0x00;
const FLAGS: usize = 0x18;
const INTEGER: usize = 0x24;
const FRACTION: usize = 0x28;
const LINE: usize = 0x2c;
const CONTROL: usize = 0x30;
const INTERRUPTS: usize = 0x38;
const CLEAR: usize = 0x44;

const EMPTY: u32 = 1 << 4;
const FULL: u32 = 1 << 5;
/// Bytes came, or some wait.
const RECEIVED: u32 = 1 << 4 | 1 << 6;
/// Overrun, break, parity, frame: such a byte is none.
const ERRORS: u32 = 0xf << 8;

/// Bytes that may wait on a line: a second at 9600 baud, in which the EEPROM takes a new image of the state.
const CAPACITY: usize = 1024;

/// What waits on a line.
type Buffer = Mutex<RefCell<Deque<u8, CAPACITY>>>;

static BUFFERS: [Buffer; 3] = [const { Mutex::new(RefCell::new(Deque::new())) }; 3];

/// Which line.
#[derive(Debug, Clone, Copy)]
pub enum Line {
    /// UART 0: the host.
    Host = 0,
    /// UART 1: the device's console.
    Device = 1,
    /// UART 2: the technician's terminal.
    Technician = 2,
}

impl Line {
    const fn registers(self) -> Registers {
        Registers(match self {
            Self::Host => 0x4000_c000,
            Self::Device => 0x4000_d000,
            Self::Technician => 0x4000_e000,
        })
    }

    fn buffer(self) -> &'static Buffer {
        match self {
            Self::Host => &BUFFERS[0],
            Self::Device => &BUFFERS[1],
            Self::Technician => &BUFFERS[2],
        }
    }

    /// Takes what came: for the line's interrupt.
    pub fn receive(self) {
        self.registers().write(CLEAR, RECEIVED);
        critical_section::with(|section| self.fill(&mut self.buffer().borrow_ref_mut(section)));
    }

    /// Takes what the buffer has room for. While it has none the line does not interrupt, or the loop would never come to
    /// empty it; what then comes waits in the UART's own sixteen bytes, and what is more is lost, as on any serial line.
    fn fill(self, buffer: &mut Deque<u8, CAPACITY>) {
        let registers = self.registers();
        let waits = || registers.read(FLAGS) & EMPTY == 0;
        while !buffer.is_full() && waits() {
            let word = registers.read(DATA);
            if word & ERRORS == 0 {
                let _ = buffer.push_back(word as u8);
            }
        }
        registers.write(INTERRUPTS, if waits() { 0 } else { RECEIVED });
    }
}

/// A line: eight bits, no parity, one stop bit.
#[derive(Debug)]
pub struct Uart(Line);

impl Uart {
    /// At so many baud. The line's interrupt has to call [`Line::receive`].
    #[must_use]
    pub fn new(line: Line, baud: u32) -> Self {
        let registers = line.registers();
        // The divisor in sixty-fourths of 16 clocks a bit, rounded.
        let divisor = (super::clock::HERTZ * 4 + baud / 2) / baud;
        registers.write(CONTROL, 0);
        registers.write(INTEGER, divisor >> 6);
        registers.write(FRACTION, divisor & 0x3f);
        registers.write(LINE, 0x3 << 5 | 1 << 4);
        registers.write(INTERRUPTS, RECEIVED);
        registers.write(CONTROL, 1 << 9 | 1 << 8 | 1);
        Self(line)
    }
}

impl ErrorType for Uart {
    type Error = Infallible;
}

impl ReadReady for Uart {
    fn read_ready(&mut self) -> Result<bool, Infallible> {
        Ok(critical_section::with(|section| !self.0.buffer().borrow_ref(section).is_empty()))
    }
}

impl Read for Uart {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize, Infallible> {
        critical_section::with(|section| {
            let mut buffer = self.0.buffer().borrow_ref_mut(section);
            let mut read = 0;
            for place in bytes {
                let Some(byte) = buffer.pop_front() else { break };
                *place = byte;
                read += 1;
            }
            self.0.fill(&mut buffer);
            Ok(read)
        })
    }
}

impl Write for Uart {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        let registers = self.0.registers();
        for byte in bytes {
            while registers.read(FLAGS) & FULL != 0 {}
            registers.write(DATA, u32::from(*byte));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}
