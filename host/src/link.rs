//! A host at a board's link, without a port: bytes in, bytes out (contract 10).
//!
//! | Module | What it is |
//! |---|---|
//! | [`speaker`] | a party with its key: seals what it asks, opens what the board says |
//! | [`client`] | one question after another over a line that loses, spoils and invents bytes |
//! | [`collect`] | records of a board and the signed head over them, into a log folder |
//!
//! # Properties
//!
//! - **Nothing is believed but what the board sealed** for the question that was asked. Everything else on the line is counted,
//!   and at most a reason to ask once more.
//! - **A question is sent again as it was**, under the same counter: the board takes it once.

pub mod client;
pub mod collect;
pub mod speaker;

pub use client::{Client, Counts, Heard};
pub use collect::{Collection, NotCollected};
pub use speaker::{NotMet, NotSealed, Speaker};

use ed25519_dalek::SigningKey;
use strongroom_core::link::{KEY, Packet, Provisioning, encode};
use strongroom_core::wire::MAX_FRAME;

/// A packet's frame, as it is sent. It begins with a zero, which ends whatever is half written on the line.
#[must_use]
pub fn frame<P: Packet>(packet: &P) -> Vec<u8> {
    let mut frame = [0; 1 + MAX_FRAME];
    // No packet is longer than that.
    let length = encode(packet, &mut frame[1..]).unwrap_or(0);
    frame[..=length].to_vec()
}

/// The public key of a device whose signing key has this seed.
#[must_use]
pub fn public_key(seed: &[u8; KEY]) -> [u8; 32] {
    SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

/// Whether a board takes this: one that does not says nothing.
///
/// # Errors
///
/// What it would not take, and what it would.
pub fn check_provisioning(with: &Provisioning) -> Result<(), &'static str> {
    let is_text = |padded: &[u8]| {
        let length = padded.iter().position(|byte| *byte == 0).unwrap_or(padded.len());
        let (text, rest) = padded.split_at(length);
        !text.is_empty() && text.iter().all(u8::is_ascii_graphic) && rest.iter().all(|byte| *byte == 0)
    };
    if with.serial.is_empty() {
        Err("serial: it is empty; write the serial number of the device")
    } else if !is_text(&with.account.0) {
        Err("account: write the name of the device's monitoring account, in printable ASCII without spaces")
    } else if !is_text(&with.password) {
        Err("password: write 1 to 32 printable ASCII characters without spaces")
    } else if with.poll_every.0 == 0 {
        Err("poll_every: polls are at least a second apart")
    } else {
        Ok(())
    }
}
