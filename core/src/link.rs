//! A board's host link, which nobody has to trust (contract 10).
//!
//! Whoever can write to the line can write anything. So what is asked is *sealed*: it carries a counter and an HMAC-SHA256
//! under the key of its party, over the session, the counter and all of its bytes. The board's [`Gate`] opens it, or says why
//! not; what it opens goes to the engine, which decides as it does everywhere. Answers are sealed likewise, so that nobody
//! on the line can tell a host what the board did not say.
//!
//! # Definitions
//!
//! - A *session* is one run of the board, from boot to boot. It is named by the engine's challenge after the boot has been
//!   stored, so that no two sessions of a device have the same name, and nothing sealed for one is worth anything in another.
//!   Where what was stored cannot be read the counts begin anew, and with them the names: nothing but quarantine is heard then.
//! - A *counter* belongs to a party and begins at 1 in each session. It only grows, and is the sequence number too: an answer
//!   bears the counter of what it answers, which acknowledges it.
//!
//! # Operations
//!
//! A host says [`ToBoard::Hello`] with a nonce, and learns the session and its next counter; then it seals one [`Ask`] after
//! another, and sends each again until its answer comes. Packets travel in frames ([`encode`], [`Receiver`]), which are those
//! of [`wire`](crate::wire) under versions of their own.
//!
//! # Properties
//!
//! - **Only a party's key speaks for it.** A party without a key is not heard; the device's own parts have none, and are
//!   never heard over a link. Where two parties act together (D-28), both have sealed it.
//! - **Everything is taken once.** What was asked last is answered again when it comes again, because its answer may have
//!   been lost; what is older is refused.
//! - **Nothing is learnt by trying.** Tags are compared in constant time, and what is not opened changes nothing but a count.

mod cover;
mod gate;
mod key;
mod packet;
mod seal;

pub use cover::{Agreement, Cover};
#[cfg(feature = "board")]
pub(crate) use gate::place;
pub use gate::{Admitted, Gate, Keys, Refusals, Refused};
pub use key::{KEY, Key, TAG, Tag};
pub use packet::{Ask, Hello, PART, Packet, Part, Provisioning, Receiver, Say, Seat, ToBoard, ToHost, encode};
pub use seal::{Seal, Sealed};

#[cfg(test)]
mod tests;
