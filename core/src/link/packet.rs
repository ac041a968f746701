//! What goes over the link.

use super::seal::Seal;
use super::{Cover, KEY, Key, Refusals, Sealed, Tag};
use crate::audit::Record;
use crate::command::{Command, LogName};
use crate::device::Main;
use crate::encoding::apart;
use crate::engine::Reply;
use crate::id::{Id, Label, Organisation, read_bytes};
use crate::lease::health::Health;
use crate::outbox;
use crate::party::Party;
use crate::time::{Seconds, Time};
use crate::wire::{self, Error};
use core::fmt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Bytes of a signed note that one answer brings.
pub const PART: usize = 96;

/// What a host sends. New ones are added at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToBoard {
    /// Asks who is there.
    Hello {
        /// For whom it asks.
        party: Party,
        /// Fresh, so that an answer cannot be an old one.
        nonce: Id,
    },
    /// Asks something.
    Ask(#[serde(deserialize_with = "apart")] Sealed<Ask>),
    /// Makes a blank board what it is: the only packet that such a one takes, and no other one does.
    Provision(#[serde(deserialize_with = "apart")] Provisioning),
}

/// What a board answers. New ones are added at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToHost {
    /// Who it is.
    Here(Hello),
    /// What it says.
    Say(Sealed<Say>),
    /// It has not heard that.
    Refused {
        /// [`Refused::code`](super::Refused::code), or [`ALREADY_PROVISIONED`](super::Refused::ALREADY_PROVISIONED).
        code: u16,
        /// The party.
        party: Party,
        /// The counter that it would have to have at least.
        next: u64,
    },
    /// It was blank, and is what it was made; and the public key of the device.
    Provisioned(#[serde(deserialize_with = "read_bytes")] [u8; 32]),
}

/// What a board is made with, once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provisioning {
    /// The device's serial number.
    pub serial: Label,
    /// The provider.
    pub provider: Organisation,
    /// The vendor.
    pub vendor: Organisation,
    /// The provider's key.
    #[serde(deserialize_with = "read_bytes")]
    pub key: [u8; KEY],
    /// The seed of the device's signing key (Ed25519, RFC 8032).
    #[serde(deserialize_with = "read_bytes")]
    pub seed: [u8; KEY],
    /// The account of the device's monitoring role.
    pub account: Label,
    /// Its password, filled up with zeros.
    #[serde(deserialize_with = "read_bytes")]
    pub password: [u8; 32],
    /// Seconds from one poll to the next.
    pub poll_every: Seconds,
}

/// Shows nothing secret.
impl fmt::Debug for Provisioning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Provisioning").field("serial", &self.serial).finish_non_exhaustive()
    }
}

/// Who a board is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The device that it guards.
    pub serial: Label,
    /// The session.
    pub session: Id,
    /// The party that asked.
    pub party: Party,
    /// The counter that the party's next ask has to have at least.
    pub next: u64,
    /// Over all of this and the nonce, under the party's key; none where it has no key here.
    pub tag: Option<Tag>,
}

impl Hello {
    /// An answer to a nonce.
    #[must_use]
    pub fn new(serial: Label, session: Id, party: Party, next: u64, nonce: Id, key: Option<&Key>) -> Self {
        let tag = key.map(|key| key.tag(Self::DOMAIN, &(serial, session, party, next, nonce)));
        Self { serial, session, party, next, tag }
    }

    /// Whether whoever has the key answered this nonce.
    #[must_use]
    pub fn is_by(&self, nonce: Id, key: &Key) -> bool {
        let said = (self.serial, self.session, self.party, self.next, nonce);
        self.tag.is_some_and(|tag| key.is_tag(&tag, Self::DOMAIN, &said))
    }

    const DOMAIN: &'static [u8] = b"strongroom link hello 1";
}

/// What a party asks of a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// A command to the engine.
    Command {
        /// For `set_time`, the time that it sets. Every other command's time is the board's.
        at: Option<Time>,
        /// What.
        command: Command,
    },
    /// A command that brings a key with it: `register` the customer's first one, `claim` their own.
    Bind {
        /// The command.
        command: Command,
        /// The key, covered for this counter.
        cover: Cover,
    },
    /// Says who sits at the technician's line; the provider vouches for it.
    Seat(Seat),
    /// A record of a log.
    Record(LogName, u32),
    /// A part of the signed head of a log, counted from 0.
    Head(LogName, u8),
    /// What has to be done: the entry at this place of the outbox.
    Effect(u8),
    /// What the entry of that number asks for has been done by people: the provider's told whom a notice is for, or opened or
    /// closed access to something that is not the device; the customer's have reset the device, which no board can.
    Told(u32),
    /// How the board stands.
    Status,
    /// What the board has not heard.
    Unheard,
}

/// Who sits at the technician's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seat {
    /// Nobody: monitoring passes, where it is allowed.
    Empty,
    /// An engineer, whose grant opens its scope while it is in force.
    Engineer(Id),
    /// Two of the pool's, who prepare a device that nobody has leased: everything passes.
    Pool(Id, Id),
}

impl Ask {
    /// Its command, where it has one.
    #[must_use]
    pub const fn command(&self) -> Option<&Command> {
        match self {
            Self::Command { command, .. } | Self::Bind { command, .. } => Some(command),
            _ => None,
        }
    }
}

impl Seal for Ask {
    const DOMAIN: &'static [u8] = b"strongroom link ask 1";
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its bytes; the first `length` of them.
    pub bytes: [[u8; 32]; PART / 32],
    /// How many there are; fewer than all in the last part.
    pub length: u8,
}

/// What a board answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Say {
    /// What came of a command.
    Reply(Reply),
    /// A record.
    Record(Record),
    /// A part of a head.
    Head(Part),
    /// What has to be done.
    Effect(outbox::Entry),
    /// How the board stands.
    Status {
        /// The lease.
        main: Main,
        /// The device.
        health: Health,
        /// The board's time, where it is trusted.
        at: Option<Time>,
        /// Records of the tenant log and of the lifecycle log.
        sizes: [u32; 2],
        /// Entries of the outbox.
        effects: u8,
        /// Until when the engineer in the seat has access.
        access: Option<Time>,
        /// The nonce that the next destruction asked by the customer has to carry.
        challenge: Id,
    },
    /// What it has not heard since the boot.
    Unheard(Refusals),
    /// It is done, and there is nothing to say of it.
    Done,
    /// It is not there: no such record, part or entry.
    Nothing,
    /// The party may not ask for that.
    NotYours,
    /// What was decided could not be stored, and nothing happened.
    NotStored,
}

impl Seal for Say {
    const DOMAIN: &'static [u8] = b"strongroom link say 1";
}

/// A packet of either direction.
pub trait Packet: Serialize + DeserializeOwned {
    /// The version of its frames, which keeps it from being read as another kind of message.
    const VERSION: u8;
}

impl Packet for ToBoard {
    const VERSION: u8 = 0x41;
}

impl Packet for ToHost {
    const VERSION: u8 = 0x42;
}

/// Writes a packet as a frame, its final zero included, and says how long it is.
///
/// # Errors
///
/// [`Error::TooLong`] where `frame` is too short; [`wire::MAX_FRAME`] bytes are always enough.
pub fn encode<P: Packet>(packet: &P, frame: &mut [u8]) -> Result<usize, Error> {
    wire::encode_as(P::VERSION, packet, frame)
}

/// Collects a stream of bytes into packets, in a fixed buffer.
#[derive(Debug, Clone, Default)]
pub struct Receiver(wire::Receiver);

impl Receiver {
    /// Takes one byte; says what came of a packet when it ends one.
    pub fn feed<P: Packet>(&mut self, byte: u8) -> Option<Result<P, Error>> {
        self.0.feed_as(P::VERSION, byte)
    }
}
