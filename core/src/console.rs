//! Readings from what the device prints on its serial console (H-54).
//!
//! Bytes go in as the line delivers them, in pieces of any size; a [`Reading`] comes out, with an
//! [`Outcome`] that tells how much of the text was understood and whether it is all there. Nothing
//! here fails, allocates or keeps more than one line.
//!
//! # What is read
//!
//! | Command | Read from it |
//! |---|---|
//! | `status sensors` | fans (H-70), power supplies (H-69), voltages, temperatures, main-board battery, chassis switch |
//! | `hsm show` | HSM battery and temperature, zeroized, tampered (H-71), log-ins left, transport mode |
//! | `hsm tamper show` | whether a tamper is latched, and its class |
//! | `hsm information show` | critical events |
//! | `hsm stm show` | transport mode |
//! | `status sysstat show` | service word and status codes |
//!
//! The output of any other command says nothing, whatever it looks like. Text that follows no command
//! echo (a device that does not echo, a piece somebody pasted) is read as any of the six.
//!
//! # Properties
//!
//! - **Structure, not position.** A field is its key, whole, at the start of its line; a sensor is its
//!   unit and the words in its name. Spacing, order, further lines and other thresholds change nothing.
//! - **Names cannot speak.** Customers choose labels and partition names, so what follows a line's
//!   first colon is never a key, and a sensor row has no colon in its name.
//!   A label with a line end in it can add a line, which the device's own line then outvotes; it cannot
//!   take one away unseen.
//! - **The worst wins.** The device can contradict itself within one command; the worst thing said
//!   stands. *Zeroized* is the better claim, because it opens things: one line against it is enough.
//! - **Not said is not guessed.** A word that is not known leaves the field unread.
//! - **Noise is not news.** A line with bytes that no console prints is counted and not read. Of a line
//!   that was too long only bad news is taken, because the lost part could have qualified good news.
//! - **A cut is seen.** A command that was echoed and never gave its result is reported, with its line.

mod command;
mod fact;
mod field;
mod gather;
pub mod guard;
mod line;
mod name;
mod number;
mod parser;
mod parts;
mod sensor;
mod tamper;
mod text;
mod why;

pub use line::CAPACITY as LINE_CAPACITY;
pub use parser::{Outcome, Parser};
pub use parts::CAPACITY as PARTS_CAPACITY;
pub use why::why;

#[cfg(doc)]
use crate::reading::Reading;
