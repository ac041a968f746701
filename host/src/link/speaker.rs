//! A party at the line: it seals what it asks, and opens what the board says.

use std::fmt;
use strongroom_core::link::{Ask, Cover, Hello, KEY, Key, Say, Sealed, ToBoard};
use strongroom_core::{Command, Id, Label, Party};

/// A party with its key, and with the session of the board that it has met.
#[derive(Debug)]
pub struct Speaker {
    party: Party,
    key: Key,
    serial: Label,
    session: Id,
    next: u64,
}

/// Why whoever answered is not the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMet {
    /// It says that the party has no key there.
    NoKey,
    /// It has another key, or answers another question.
    Forged,
    /// It speaks to another party.
    OtherParty,
}

/// Why what came is not the board's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSealed {
    /// It was not sealed under the party's key for this session.
    Forged,
    /// It answers another question, or another party.
    OtherQuestion,
}

impl fmt::Display for NotMet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoKey => "the board says that the party has no key there",
            Self::Forged => "whoever answered does not have the party's key",
            Self::OtherParty => "this speaks to another party",
        })
    }
}

impl fmt::Display for NotSealed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Forged => "the answer was not sealed under the party's key for this session",
            Self::OtherQuestion => "this answers another question",
        })
    }
}

impl std::error::Error for NotMet {}
impl std::error::Error for NotSealed {}

impl Speaker {
    /// That has met nobody yet.
    #[must_use]
    pub const fn new(party: Party, key: Key) -> Self {
        Self { party, key, serial: Label([0; 16]), session: Id::NOBODY, next: 1 }
    }

    /// Whose key it has.
    #[must_use]
    pub const fn party(&self) -> Party {
        self.party
    }

    /// The session of the board that it has met; nobody's before.
    #[must_use]
    pub const fn session(&self) -> Id {
        self.session
    }

    /// The device that the board guards; empty before.
    #[must_use]
    pub const fn serial(&self) -> Label {
        self.serial
    }

    /// The counter of what is asked next.
    #[must_use]
    pub const fn next(&self) -> u64 {
        self.next
    }

    /// Asks who is there. The nonce is fresh.
    #[must_use]
    pub const fn hello(&self, nonce: Id) -> ToBoard {
        ToBoard::Hello { party: self.party, nonce }
    }

    /// Takes the session of the board that answered; whether it is another one than before.
    ///
    /// # Errors
    ///
    /// Whoever answered is not the board, or has no key of this party's. Nothing has changed.
    pub fn meet(&mut self, nonce: Id, hello: &Hello) -> Result<bool, NotMet> {
        if hello.party != self.party {
            return Err(NotMet::OtherParty);
        }
        if hello.tag.is_none() {
            return Err(NotMet::NoKey);
        }
        if !hello.is_by(nonce, &self.key) {
            return Err(NotMet::Forged);
        }
        let is_another = self.session != hello.session;
        (self.serial, self.session, self.next) = (hello.serial, hello.session, hello.next);
        Ok(is_another)
    }

    /// Leaves as many counters to others who have the same key, so that they do not take the one of what is asked next.
    pub const fn skip(&mut self, counters: u64) {
        self.next = self.next.saturating_add(counters);
    }

    /// Seals what is asked next.
    pub fn seal(&mut self, ask: Ask) -> Sealed<Ask> {
        let counter = self.next;
        self.next = self.next.saturating_add(1);
        Sealed::new(self.session, self.party, counter, ask, &self.key)
    }

    /// The same where two parties act together (D-28), each with its key.
    pub fn seal_with(&mut self, ask: Ask, second: &Key) -> Sealed<Ask> {
        self.seal(ask).with(self.session, second)
    }

    /// Seals a command that brings a key with it, covered for the device of that signing key. The secret is 32 random bytes
    /// that are used for nothing else; `None` where that is no device's key.
    pub fn bind(&mut self, command: Command, key: &Key, device: &[u8; KEY], secret: [u8; KEY]) -> Option<Sealed<Ask>> {
        let cover = Cover::new(device, secret, &self.key, (self.session, self.next), *key.dangerous_bytes())?;
        Some(self.seal(Ask::Bind { command, cover }))
    }

    /// What the board says to what was asked under this counter.
    ///
    /// # Errors
    ///
    /// It is not the board that says it, or it says it to something else.
    pub fn open<'a>(&self, said: &'a Sealed<Say>, counter: u64) -> Result<&'a Say, NotSealed> {
        if said.party != self.party || said.counter != counter {
            return Err(NotSealed::OtherQuestion);
        }
        if said.is_by(self.session, &self.key) { Ok(&said.body) } else { Err(NotSealed::Forged) }
    }
}
