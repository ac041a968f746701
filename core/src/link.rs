//! Commands over a link that nobody has to trust (contract 10).
//!
//! Whoever can write to a board's host link can write anything. So a command is *sealed*: it carries a counter and an
//! HMAC-SHA256 under the key of its party, over the session, the counter and the command. The board's [`Gate`] opens it,
//! or says why not; what it opens goes to the engine, which decides as it does everywhere.
//!
//! # Definitions
//!
//! - A *session* is one run of the board, from boot to boot. It is named by the engine's challenge after the boot has been
//!   stored, so that no two sessions of a device have the same name, and nothing sealed for one is worth anything in another.
//! - A *counter* belongs to a party and begins at 1 in each session. It only grows.
//!
//! # Properties
//!
//! - **Only a party's key speaks for it.** A party without a key is not heard; the device's own parts have none, and are
//!   never heard over a link. Where two parties act together (D-28), both have sealed it.
//! - **A command is taken once.** The last one is answered again when it comes again, because its answer may have been
//!   lost; an older one is refused.
//! - **Nothing is learnt by trying.** Tags are compared in constant time, and a command that is not opened changes nothing
//!   but a count.

mod gate;
mod key;

pub use gate::{Admitted, Gate, Keys, Refusals, Refused};
pub use key::{KEY, Key, TAG, Tag};

use crate::command::Command;
use crate::id::Id;
use crate::party::Party;
use serde::{Deserialize, Serialize};

/// A command with the proof of who sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The sender's counter, from 1; the first that was not used in this session.
    pub counter: u64,
    /// What is asked.
    pub command: Command,
    /// Under the key of the party that acts.
    pub tag: Tag,
    /// Under the key of the second person's party, where that is another one.
    pub second: Option<Tag>,
}

impl Sealed {
    /// Seals a command for a session, under its party's key.
    #[must_use]
    pub fn new(session: Id, counter: u64, command: Command, key: &Key) -> Self {
        let tag = key.tag(session, counter, &command);
        Self { counter, command, tag, second: None }
    }

    /// The same, sealed by the party of the second person too.
    #[must_use]
    pub fn with(mut self, session: Id, key: &Key) -> Self {
        self.second = Some(key.tag(session, self.counter, &self.command));
        self
    }

    /// The party that acts.
    #[must_use]
    pub fn party(&self) -> Party {
        self.command.by.role.party()
    }

    /// The other party that acts, where the second person is of another one.
    #[must_use]
    pub fn second_party(&self) -> Option<Party> {
        self.command.second.map(|second| second.role.party()).filter(|party| *party != self.party())
    }
}

#[cfg(test)]
mod tests;
