//! What goes over the line.

use serde::{Deserialize, Serialize};
use strongroom_core::link::Packet;
use strongroom_core::outbox::Entry;
use strongroom_core::wire::{Answer, Message};
use strongroom_core::{Digest, LogName, Main};

/// What a feeder sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToPlayer {
    /// One more than that of the last one.
    pub number: u32,
    /// What.
    pub feed: Feed,
}

/// What can be fed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Feed {
    /// All engines end; the next ones begin on blank ground. `kept`: the first of them is kept by the board's journal.
    Clear {
        /// Whether.
        kept: bool,
    },
    /// A start or a command.
    Message(Message),
    /// Asks how an engine stands, by its number. One that is kept is read back from its medium before it answers.
    End(u8),
}

/// What a player answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromPlayer {
    /// The number of what it answers; of what could not be read, the one that is next.
    pub number: u32,
    /// What it says.
    pub said: Said,
}

/// What a player says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// A reply, or a record of a log.
    Answer(Answer),
    /// Something that the last reply's step asked to be done.
    Effect(Entry),
    /// How far a log has come: where records were acknowledged, where it was erased (then as it was before), at the end.
    Head {
        /// Which.
        log: LogName,
        /// How many records.
        size: u32,
        /// Its root.
        root: Digest,
    },
    /// How an engine stands.
    End {
        /// The lease.
        main: Main,
        /// The state's digest.
        digest: Digest,
    },
    /// It was not done.
    Fault(Fault),
    /// The answer is whole: so many frames came before this one.
    Done(u16),
    /// What came has another number than the last one's or this one; nothing was done.
    Expected(u32),
    /// What came was no frame of this kind ([`Error::code`](strongroom_core::wire::Error::code)); nothing was done.
    Broken(u16),
}

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// There is no place for another engine.
    NoPlace,
    /// An engine has begun under that number.
    Begun,
    /// No engine has begun under that number.
    NotBegun,
    /// The policy is none of the presets.
    Policy,
    /// The journal did not take or did not give back what it has to keep.
    Journal,
    /// An answer is nothing that is fed.
    NoFeed,
}

impl Packet for ToPlayer {
    const VERSION: u8 = 0x51;
}

impl Packet for FromPlayer {
    const VERSION: u8 = 0x52;
}
