//! Scenarios over a serial line, for tests: what the replay image is fed, and what it answers.
//!
//! **Nothing here is sealed.** Whoever writes to the line is any party at any time, the device's own parts included. So it is
//! an image of its own, which must never be shipped; a shipped one takes none of these frames.
//!
//! # Definitions
//!
//! - A *feed* is one message of [`wire`](strongroom_core::wire), a start or a command, as `replay --wire` writes them. It
//!   travels in a frame of the wire's kind under a version of its own, with a number.
//! - An *answer* is a series of frames, each with the number of what it answers: replies and records as the wire has them, the
//!   effects of each reply, heads of logs, states; the last frame says how many came before it.
//!
//! # Operations
//!
//! The feeder numbers what it sends, and sends one thing again and again until its whole answer has come. The
//! [`Player`] takes the number after the last one; what has the last one's number is answered as before, and nothing is done
//! twice.
#![no_std]

mod answer;
mod packet;
mod player;

pub use packet::{Fault, Feed, FromPlayer, Said, ToPlayer};
pub use player::{ENGINES, Player};
