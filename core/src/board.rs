//! A serial monitor board beside the device: between its console and the technician's terminal.
//!
//! The application is here and knows traits only; a firmware brings their drivers, a test brings simulated ones.
//!
//! | Module | What it is |
//! |---|---|
//! | [`clock`] | the time, as far as anybody told it |
//! | [`input`] | a switch or a button, debounced |
//! | [`keys`] | who is heard over the host link, through power cuts |
//! | [`kernel`] | the engine, what keeps it, and the time |
//! | [`console`] | the guard, the readings, and what the engine asks of both |
//! | [`host`] | what parties ask over the host's line |
//! | [`wires`] | lines and relay |
//! | [`blank`] | a board that is nothing yet |
//!
//! # Operations
//!
//! [`Board::start`] after the journal was mounted, then [`Board::turn`] for ever, with the milliseconds since the boot. A turn
//! takes what the lines have brought and never waits; the watchdog is fed where it says that the board is well.
//!
//! # Properties
//!
//! - **No host is needed for safety**: with its line cut, tamper is latched, grants end in time, the log is kept.
//! - **The technician's line is open while the board is not well**: at reset, at a panic, when the journal failed.
//! - **After a power cut** the board comes back in the state it had. It does not know the time, so open requests and grants end
//!   (D-18).

pub mod blank;
pub mod clock;
pub mod console;
pub mod host;
pub mod input;
pub mod kernel;
pub mod keys;
pub mod wires;

use crate::checkpoint::Signer;
use crate::command::Action;
use crate::journal::Durable;
use crate::link::{Agreement, Gate, Receiver, ToBoard, encode};
use crate::party::Role;
use crate::wire::MAX_FRAME;
use console::{Console, Monitor};
use embedded_hal::digital::{InputPin, OutputPin};
use embedded_storage::nor_flash::NorFlash;
use host::{Host, Reach};
use input::{Change, Contact};
use kernel::Kernel;
use keys::KeyStore;
use wires::{Line, Wires, next};

/// Bytes of a line that one turn takes at most, so that none keeps the others waiting.
const BURST: usize = 64;

/// Why a board does not start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Failed {
    /// The boot could not be stored.
    Journal,
    /// The keys cannot be read.
    Keys,
}

/// The application.
#[derive(Debug)]
pub struct Board<F: 'static, K, S> {
    kernel: Kernel<F>,
    keys: KeyStore<K>,
    signer: S,
    console: Console,
    host: Host,
    receiver: Receiver,
}

impl<F: NorFlash, K: NorFlash, S: Signer + Agreement> Board<F, K, S> {
    /// Records the boot of a mounted engine and begins a session with the host.
    ///
    /// # Errors
    ///
    /// Where nothing can be stored or nobody's key can be read. The relay stays open.
    #[inline(never)]
    pub fn start(durable: &'static mut Durable<F>, mut keys: KeyStore<K>, signer: S, monitor: Monitor) -> Result<Self, Failed> {
        let mut kernel = Kernel::new(durable);
        kernel.act(Role::Core, Action::Boot { self_test_passed: true }).ok_or(Failed::Journal)?;
        let base = &kernel.engine().state().base;
        let known = keys.settle(base).map_err(|_| Failed::Keys)?;
        let gate = Gate::new(base.challenge(), known);
        let (console, host) = (Console::new(monitor), Host::new(gate));
        Ok(Self { kernel, keys, signer, console, host, receiver: Receiver::default() })
    }

    /// One round of the loop; whether the board is well.
    pub fn turn<H: Line, D: Line, T: Line, R: OutputPin, P: InputPin>(
        &mut self,
        millis: u64,
        wires: &mut Wires<H, D, T, R>,
        contacts: &mut [Contact<P>],
    ) -> bool {
        self.kernel.turn(millis);
        for contact in contacts {
            self.look(contact, millis);
        }
        let idle = self.take_device(millis, wires);
        self.take_technician(wires);
        self.take_host(millis, wires);
        self.console.turn(millis, idle, &mut self.kernel, &mut wires.sink());
        wires.connect(&self.kernel.well())
    }

    /// Tells what a contact has come to. What could not be stored is told again.
    #[inline(never)]
    fn look<P: InputPin>(&mut self, contact: &mut Contact<P>, millis: u64) {
        let Some(change) = contact.look(millis) else { return };
        let (class, action) = match change {
            Change::Alarmed(class) => (class, Action::Tamper { class }),
            Change::Calm(class) => (class, Action::TamperCauseGone { class }),
        };
        self.kernel.note(class, contact.is_alarmed());
        if self.kernel.act(Role::Sensor, action).is_none() {
            contact.forget();
        }
    }

    /// Whether all that the device has printed was taken.
    #[inline(never)]
    fn take_device<H: Line, D: Line, T: Line, R: OutputPin>(&mut self, millis: u64, wires: &mut Wires<H, D, T, R>) -> bool {
        for _ in 0..BURST {
            let Some(byte) = next(&mut wires.device) else { return true };
            self.console.printed(byte, millis, &mut wires.sink());
        }
        false
    }

    fn take_technician<H: Line, D: Line, T: Line, R: OutputPin>(&mut self, wires: &mut Wires<H, D, T, R>) {
        for _ in 0..BURST {
            let Some(byte) = next(&mut wires.technician) else { return };
            self.console.typed(byte, &mut self.kernel, &mut wires.sink());
            // One line a turn: what it comes to is written to the EEPROM and on the screen, while the rest of the board waits.
            if byte < b' ' {
                return;
            }
        }
    }

    #[inline(never)]
    fn take_host<H: Line, D: Line, T: Line, R: OutputPin>(&mut self, millis: u64, wires: &mut Wires<H, D, T, R>) {
        for _ in 0..BURST {
            let Some(byte) = next(&mut wires.host) else { return };
            match self.receiver.feed::<ToBoard>(byte) {
                None => {}
                Some(Err(_)) => self.host.count_broken(),
                Some(Ok(packet)) => {
                    let mut reach = Reach {
                        kernel: &mut self.kernel,
                        keys: &mut self.keys,
                        signer: &mut self.signer,
                        console: &mut self.console,
                        millis,
                    };
                    let answer = self.host.answer(&packet, &mut reach, &mut wires.sink());
                    let mut frame = [0; MAX_FRAME];
                    let Ok(length) = encode(&answer, &mut frame) else { continue };
                    let _ = wires.host.write_all(frame.get(..length).unwrap_or_default());
                    // One answer a turn: the console must not wait for a host that asks without end.
                    return;
                }
            }
        }
    }

    /// The engine, its storage and its time.
    #[must_use]
    pub const fn kernel(&self) -> &Kernel<F> {
        &self.kernel
    }

    /// The console.
    #[must_use]
    pub const fn console(&self) -> &Console {
        &self.console
    }

    /// The host's line.
    #[must_use]
    pub const fn host(&self) -> &Host {
        &self.host
    }

    /// What it was made of, as when its power is cut.
    pub fn into_parts(self) -> (&'static mut Durable<F>, K) {
        (self.kernel.into_durable(), self.keys.into_medium())
    }
}
