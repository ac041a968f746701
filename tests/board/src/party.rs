//! A party at the host's line, as the host's library has it; what goes wrong fails the test.

use strongroom_core::link::{Ask, Key, Receiver, Say, Sealed, ToBoard, ToHost};
use strongroom_core::{Id, Party};
use strongroom_host::link::Speaker;

pub use strongroom_host::link::frame;

/// Whoever has a key, with a session of its own.
#[derive(Debug)]
pub struct Host {
    /// Its key.
    pub key: Key,
    speaker: Speaker,
}

/// The packets in what came.
#[must_use]
pub fn packets(bytes: &[u8]) -> Vec<ToHost> {
    let mut receiver = Receiver::default();
    bytes.iter().filter_map(|byte| receiver.feed(*byte)).map(|packet| packet.expect("whole")).collect()
}

impl Host {
    /// Of this key.
    #[must_use]
    pub fn new(party: Party, key: [u8; 32]) -> Self {
        let key = Key::new(key).expect("a key");
        Self { speaker: Speaker::new(party, key.clone()), key }
    }

    /// Asks who is there.
    #[must_use]
    pub fn hello(&self, nonce: Id) -> ToBoard {
        self.speaker.hello(nonce)
    }

    /// Takes the session of a board that has the key.
    ///
    /// # Panics
    ///
    /// Where that is not one.
    pub fn meet(&mut self, nonce: Id, answer: &ToHost) {
        let ToHost::Here(hello) = answer else { panic!("{answer:?}") };
        self.speaker.meet(nonce, hello).expect("the board answered");
    }

    /// Seals what is asked next.
    pub fn seal(&mut self, ask: Ask) -> Sealed<Ask> {
        self.speaker.seal(ask)
    }

    /// The counter of what is asked next.
    #[must_use]
    pub const fn next(&self) -> u64 {
        self.speaker.next()
    }

    /// The session.
    #[must_use]
    pub const fn session(&self) -> Id {
        self.speaker.session()
    }

    /// What the board says.
    ///
    /// # Panics
    ///
    /// Where it is not sealed by it, for what was asked last.
    #[must_use]
    pub fn open(&self, answer: &ToHost) -> Say {
        let ToHost::Say(sealed) = answer else { panic!("{answer:?}") };
        self.speaker.open(sealed, self.speaker.next() - 1).expect("the board's answer").clone()
    }
}
