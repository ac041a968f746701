//! A party at the host's line.

use strongroom_core::link::{Ask, Key, Receiver, Say, Sealed, ToBoard, ToHost, encode};
use strongroom_core::wire::MAX_FRAME;
use strongroom_core::{Id, Party};

/// Whoever has a key, with a session of its own.
#[derive(Debug)]
pub struct Host {
    /// Whose.
    pub party: Party,
    /// Its key.
    pub key: Key,
    session: Id,
    next: u64,
}

/// A packet's frame.
#[must_use]
pub fn frame(packet: &ToBoard) -> Vec<u8> {
    let mut frame = [0; MAX_FRAME];
    let length = encode(packet, &mut frame).expect("it fits");
    frame[..length].to_vec()
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
        Self { party, key: Key::new(key).expect("a key"), session: Id::NOBODY, next: 1 }
    }

    /// Asks who is there.
    #[must_use]
    pub fn hello(&self, nonce: Id) -> ToBoard {
        ToBoard::Hello { party: self.party, nonce }
    }

    /// Takes the session of a board that has the key.
    ///
    /// # Panics
    ///
    /// Where that is not one.
    pub fn meet(&mut self, nonce: Id, answer: &ToHost) {
        let ToHost::Here(hello) = answer else { panic!("{answer:?}") };
        assert!(hello.is_by(nonce, &self.key), "whoever answered has not the key");
        (self.session, self.next) = (hello.session, hello.next);
    }

    /// Seals what is asked next.
    pub fn seal(&mut self, ask: Ask) -> Sealed<Ask> {
        let counter = self.next;
        self.next += 1;
        Sealed::new(self.session, self.party, counter, ask, &self.key)
    }

    /// The counter of what is asked next.
    #[must_use]
    pub const fn next(&self) -> u64 {
        self.next
    }

    /// The session.
    #[must_use]
    pub const fn session(&self) -> Id {
        self.session
    }

    /// What the board says.
    ///
    /// # Panics
    ///
    /// Where it is not sealed by it, for what was asked last.
    #[must_use]
    pub fn open(&self, answer: &ToHost) -> Say {
        let ToHost::Say(sealed) = answer else { panic!("{answer:?}") };
        assert!(sealed.is_by(self.session, &self.key) && sealed.counter + 1 == self.next, "{sealed:?}");
        sealed.body.clone()
    }
}
