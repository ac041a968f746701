//! One question after another, over a line that loses, spoils and invents bytes.

use super::{NotMet, NotSealed, Speaker, frame};
use strongroom_core::link::{Ask, Hello, KEY, Key, Provisioning, Receiver, Refused, Say, Sealed, ToBoard, ToHost};
use strongroom_core::{Command, Id, Label, Party};

/// Counters that are left to others.
const LEFT: u64 = 64;

/// A party's side of the line. It has no clock: whoever owns the port sends a question again until something is heard, or gives
/// it up.
///
/// # Invariants
///
/// - At most one question waits for its answer; another one takes its place.
#[derive(Debug)]
pub struct Client {
    speaker: Speaker,
    receiver: Receiver,
    waits: Waits,
    counts: Counts,
}

/// What is waited for.
#[derive(Debug, Clone, Copy)]
enum Waits {
    Nothing,
    Hello(Id),
    Answer(u64),
    Provisioned,
}

/// What came, since the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Bytes.
    pub bytes: u64,
    /// Frames that were none.
    pub broken: u64,
    /// Answers that the board did not seal.
    pub forged: u64,
    /// Answers to others, or to questions before.
    pub others: u64,
}

/// What was heard in answer to what waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The board is there, and has the key.
    Met {
        /// Whether its session is another one than was known: it was switched off and on.
        is_another: bool,
    },
    /// What the board says.
    Said(Box<Say>),
    /// Somebody says that the board was blank and is what it was made, with this public key of the device. Who has the seed
    /// can tell whether the key is right, and [`Client::hello`] whether the board has the party's.
    Provisioned([u8; 32]),
    /// Whoever is there has not the key, or says that the party has none. Anybody can say so: ask once more.
    Unproved(NotMet),
    /// An answer to this question which the board did not seal. Anybody can send it: ask once more.
    Forged,
    /// Somebody says that the question was refused. Anybody can say so: ask once more, then who is there.
    Refused {
        /// [`Refused::code`], or [`Refused::ALREADY_PROVISIONED`].
        code: u16,
        /// The counter that the next question would have to have at least.
        next: u64,
    },
}

impl Client {
    /// Of a party with this key.
    #[must_use]
    pub fn new(party: Party, key: Key) -> Self {
        Self {
            speaker: Speaker::new(party, key),
            receiver: Receiver::default(),
            waits: Waits::Nothing,
            counts: Counts::default(),
        }
    }

    /// Makes a blank board what it is: the frame to send.
    pub fn provision(&mut self, with: Provisioning) -> Vec<u8> {
        self.waits = Waits::Provisioned;
        frame(&ToBoard::Provision(with))
    }

    /// The device that the board guards; empty before it was met.
    #[must_use]
    pub const fn serial(&self) -> Label {
        self.speaker.serial()
    }

    /// What came so far.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Asks who is there: the frame to send. The nonce is fresh.
    pub fn hello(&mut self, nonce: Id) -> Vec<u8> {
        self.waits = Waits::Hello(nonce);
        frame(&self.speaker.hello(nonce))
    }

    /// Asks something: the frame to send. What changes something leaves counters to others with the same key, who look on: it
    /// cannot be asked again where it is not known whether it happened.
    pub fn ask(&mut self, ask: Ask) -> Vec<u8> {
        if matches!(ask, Ask::Command { .. } | Ask::Seat(_) | Ask::Told(_)) {
            self.speaker.skip(LEFT);
        }
        let sealed = self.speaker.seal(ask);
        self.wait_for(sealed)
    }

    /// Asks something that two parties ask together (D-28): the frame to send.
    pub fn ask_with(&mut self, ask: Ask, second: &Key) -> Vec<u8> {
        self.speaker.skip(LEFT);
        let sealed = self.speaker.seal_with(ask, second);
        self.wait_for(sealed)
    }

    /// Asks for a command that brings a key with it, covered for the device of that signing key: the frame to send. The secret
    /// is 32 random bytes; `None` where that is no device's key.
    pub fn bind(&mut self, command: Command, key: &Key, device: &[u8; KEY], secret: [u8; KEY]) -> Option<Vec<u8>> {
        self.speaker.skip(LEFT);
        let sealed = self.speaker.bind(command, key, device, secret)?;
        Some(self.wait_for(sealed))
    }

    fn wait_for(&mut self, sealed: Sealed<Ask>) -> Vec<u8> {
        self.waits = Waits::Answer(sealed.counter);
        frame(&ToBoard::Ask(sealed))
    }

    /// Takes what has come; everything that is about the question which waits, in its order. After what the board itself
    /// says, nothing waits.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Heard> {
        self.counts.bytes += bytes.len() as u64;
        let mut heard = Vec::new();
        for byte in bytes {
            match self.receiver.feed::<ToHost>(*byte) {
                None => {}
                Some(Err(_)) => self.counts.broken += 1,
                Some(Ok(packet)) => heard.extend(self.hear(packet)),
            }
        }
        heard
    }

    fn hear(&mut self, packet: ToHost) -> Option<Heard> {
        let heard = match (self.waits, packet) {
            (Waits::Hello(nonce), ToHost::Here(hello)) => self.meet(nonce, &hello),
            (Waits::Answer(counter), ToHost::Say(said)) => self.open(said, counter),
            (Waits::Provisioned, ToHost::Provisioned(key)) => Some(Heard::Provisioned(key)),
            (Waits::Answer(_) | Waits::Provisioned, ToHost::Refused { code, party, next }) if party == self.speaker.party() => {
                Some(Heard::Refused { code, next })
            }
            _ => None,
        };
        match &heard {
            None => self.counts.others += 1,
            Some(Heard::Forged | Heard::Unproved(NotMet::Forged)) => self.counts.forged += 1,
            Some(Heard::Met { .. } | Heard::Said(_)) => self.waits = Waits::Nothing,
            Some(_) => {}
        }
        heard
    }

    fn meet(&mut self, nonce: Id, hello: &Hello) -> Option<Heard> {
        match self.speaker.meet(nonce, hello) {
            Ok(is_another) => Some(Heard::Met { is_another }),
            Err(NotMet::OtherParty) => None,
            Err(why) => Some(Heard::Unproved(why)),
        }
    }

    fn open(&self, said: Sealed<Say>, counter: u64) -> Option<Heard> {
        match self.speaker.open(&said, counter) {
            Ok(_) => Some(Heard::Said(Box::new(said.body))),
            Err(NotSealed::OtherQuestion) => None,
            Err(NotSealed::Forged) => Some(Heard::Forged),
        }
    }
}

/// Whether a refusal says that the question was asked for another session: the board was switched off and on.
#[must_use]
pub const fn is_of_another_session(code: u16) -> bool {
    code == Refused::Forged(Party::Provider).code()
}

/// Whether a refusal says that the question's counter was used before: somebody else has asked with the same key.
#[must_use]
pub const fn is_used_counter(code: u16) -> bool {
    code == Refused::Replayed(Party::Provider).code()
}

/// Whether a refusal says that whoever acts is of another party than the key.
#[must_use]
pub const fn is_of_another_party(code: u16) -> bool {
    code == Refused::NotTheirs(Party::Provider).code()
}
