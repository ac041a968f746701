//! Frames for links and files.
//!
//! A frame is `COBS(version ‖ postcard(message) ‖ CRC-32) ‖ 0x00`: the zero byte ends it, wherever a
//! reader joins. The version is one byte, the checksum is CRC-32/ISO-HDLC over version and message,
//! little-endian. A frame that is not whole, of another version or with anything left over is an
//! error and nothing else; the reader goes on with the next one.

use crate::audit::Record;
use crate::command::Command;
use crate::device::Device;
use crate::encoding::{self, Buffer, write};
use crate::engine::Reply;
use crate::id::{Digest, Label, Organisation};
use crate::time::Time;
use core::fmt;
use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use serde::de::{self, DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize};

/// The version of frame and messages.
pub const VERSION: u8 = 1;

/// The longest frame in bytes, its final zero included.
pub const MAX_FRAME: usize = 288;

const CHECKSUM: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);
const CHECKSUM_SIZE: usize = 4;

/// What a frame carries: towards an engine a start or a command, from it an answer.
///
/// `A` is what a reader takes for an answer; an engine's side, which gets none, reads
/// `Message<Nothing>` and so has no code for reading them. New messages are added at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message<A = Answer> {
    /// Makes an engine: the first message about it.
    Start {
        /// Which engine, where a link or file has several.
        engine: u8,
        /// What people call it.
        name: Label,
        /// The device that was ordered.
        device: Device,
        /// The policy, by its digest.
        policy: Digest,
        /// Where the stored state cannot be read: whose officer may take part in the quarantine (D-28).
        invalid: Option<Organisation>,
        /// Whether whoever feeds the engine turns overdue deadlines into steps before each command (D-26).
        ticks: bool,
    },
    /// Asks an engine.
    Command {
        /// Which engine.
        engine: u8,
        /// The line it came from, for error messages; 0 where there is none.
        line: u32,
        /// When; `None` where the time is not known.
        at: Option<Time>,
        /// What.
        command: Command,
    },
    /// What an engine says.
    Answer(A),
}

/// What an engine says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// What came of a command.
    Reply {
        /// Which engine.
        engine: u8,
        /// The line of the command.
        line: u32,
        /// What it answers.
        reply: Reply,
    },
    /// A record of an engine's log.
    Record {
        /// Which engine.
        engine: u8,
        /// The record.
        record: Record,
    },
}

/// No answer: reading one is an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nothing {}

impl<'de> Deserialize<'de> for Nothing {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(de::Error::custom("an engine takes no answers"))
    }
}

/// Why a frame is not a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Error {
    /// It does not fit its buffer.
    TooLong,
    /// Its bytes are not COBS, or are too few.
    Broken,
    /// Its checksum differs.
    Checksum,
    /// It is of another version.
    Version(u8),
    /// Its message is not one, or something is left over.
    Malformed,
}

impl Error {
    /// A stable number, the same in every language; above every rule's.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::TooLong => 1010,
            Self::Broken => 1011,
            Self::Checksum => 1012,
            Self::Version(_) => 1013,
            Self::Malformed => 1014,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(formatter, "the frame is longer than {MAX_FRAME} bytes"),
            Self::Broken => formatter.write_str("the frame is cut or not COBS"),
            Self::Checksum => formatter.write_str("the frame's checksum differs"),
            Self::Version(version) => write!(formatter, "the frame is of version {version}, this is version {VERSION}"),
            Self::Malformed => formatter.write_str("the frame holds no message of this version"),
        }
    }
}

impl core::error::Error for Error {}

/// Writes `message` as a frame, its final zero included, and says how long it is.
///
/// # Errors
///
/// [`Error::TooLong`] where `frame` is too short; [`MAX_FRAME`] bytes are always enough.
pub fn encode<A: Serialize>(message: &Message<A>, frame: &mut [u8]) -> Result<usize, Error> {
    encode_as(VERSION, message, frame)
}

/// The same for another kind of message, which has a version of its own.
pub(crate) fn encode_as<T: Serialize>(kind: u8, message: &T, frame: &mut [u8]) -> Result<usize, Error> {
    let mut plain = [0; MAX_FRAME];
    let (version, body) = plain.split_first_mut().ok_or(Error::TooLong)?;
    *version = kind;
    let mut body = Buffer::new(body);
    write(message, &mut body).map_err(|_| Error::TooLong)?;
    let length = body.length().ok_or(Error::TooLong)?.saturating_add(1);
    let (message, rest) = plain.split_at_mut_checked(length).ok_or(Error::TooLong)?;
    let place: &mut [u8; CHECKSUM_SIZE] = rest.first_chunk_mut().ok_or(Error::TooLong)?;
    *place = CHECKSUM.checksum(message).to_le_bytes();
    let plain = plain.get(..length.saturating_add(CHECKSUM_SIZE)).ok_or(Error::TooLong)?;
    let written = cobs::try_encode(plain, frame).map_err(|_| Error::TooLong)?;
    *frame.get_mut(written).ok_or(Error::TooLong)? = 0;
    Ok(written.saturating_add(1))
}

/// Reads the message of one frame, with or without its final zero.
///
/// # Errors
///
/// Every [`Error`]; nothing was done.
pub fn decode<A: DeserializeOwned>(frame: &[u8]) -> Result<Message<A>, Error> {
    decode_as(VERSION, frame)
}

/// The same for another kind of message, which has a version of its own.
// Not inlined: its buffer shall not stand below all that comes of the message.
#[inline(never)]
pub(crate) fn decode_as<T: DeserializeOwned>(kind: u8, frame: &[u8]) -> Result<T, Error> {
    let frame = match frame.split_last() {
        Some((0, rest)) => rest,
        Some(_) => frame,
        None => return Err(Error::Broken),
    };
    let whole = frame.iter().all(|byte| *byte != 0);
    if !whole {
        return Err(Error::Broken);
    }
    // Without its final zero a frame is at most one shorter.
    if frame.len() >= MAX_FRAME {
        return Err(Error::TooLong);
    }
    let mut plain = [0; MAX_FRAME];
    let length = cobs::decode(frame, &mut plain).map_err(|_| Error::Broken)?;
    let plain = plain.get(..length).ok_or(Error::Broken)?;
    let (message, checksum) = plain.split_last_chunk::<CHECKSUM_SIZE>().ok_or(Error::Broken)?;
    if CHECKSUM.checksum(message) != u32::from_le_bytes(*checksum) {
        return Err(Error::Checksum);
    }
    match message.split_first() {
        Some((version, body)) if *version == kind => {
            let mut rest = body;
            match encoding::read(&mut rest) {
                Ok(message) if rest.is_empty() => Ok(message),
                _ => Err(Error::Malformed),
            }
        }
        Some((version, _)) => Err(Error::Version(*version)),
        None => Err(Error::Broken),
    }
}

/// Collects a stream of bytes into frames, in a fixed buffer.
#[derive(Debug, Clone)]
pub struct Receiver {
    frame: [u8; MAX_FRAME],
    length: usize,
}

impl Receiver {
    /// An empty one.
    #[must_use]
    pub const fn new() -> Self {
        Self { frame: [0; MAX_FRAME], length: 0 }
    }

    /// Takes one byte; says what came of a frame when it ends one. An empty frame is skipped.
    pub fn feed<A: DeserializeOwned>(&mut self, byte: u8) -> Option<Result<Message<A>, Error>> {
        self.feed_as(VERSION, byte)
    }

    /// The same for another kind of message.
    pub(crate) fn feed_as<T: DeserializeOwned>(&mut self, kind: u8, byte: u8) -> Option<Result<T, Error>> {
        if byte == 0 {
            let length = core::mem::take(&mut self.length);
            return match self.frame.get(..length) {
                Some([]) => None,
                Some(frame) => Some(decode_as(kind, frame)),
                None => Some(Err(Error::TooLong)),
            };
        }
        if let Some(place) = self.frame.get_mut(self.length) {
            *place = byte;
        }
        self.length = self.length.saturating_add(1);
        None
    }

    /// Whether a frame has begun and not ended.
    #[must_use]
    pub const fn is_inside_frame(&self) -> bool {
        self.length > 0
    }
}

impl Default for Receiver {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Action, Organisation, Principal, Role};

    fn message() -> Message<Answer> {
        let hands = Principal { role: Role::Hands, organisation: Organisation([0x11; 16]), id: crate::Id([0; 16]) };
        let command = Command::new(hands, Action::Arrive { serial: Label::new("700022").unwrap() });
        Message::Command { engine: 0, line: 7, at: Some(Time::from_unix(300)), command }
    }

    /// One message of each kind, and its frame. A change here is a new version of the format.
    #[test]
    fn each_kind_of_message_has_these_bytes() {
        let device = Device {
            serial: Label::new("700022").unwrap(),
            provider: Organisation([0xb0; 16]),
            vendor: Organisation([0xd0; 16]),
            deployment: crate::Deployment::Board,
        };
        let mut engine: crate::Engine = crate::Engine::new(device, &crate::Policy::AZURE);
        let Message::Command { at, command, .. } = message() else { panic!("a command") };
        let reply = engine.apply(at, &command);
        let record = *engine.log().records(crate::LogName::Lifecycle).next().unwrap();
        let messages = [
            Message::Start {
                engine: 1,
                name: Label::new("hsm-a").unwrap(),
                device,
                policy: Digest([0xee; 32]),
                invalid: None,
                ticks: true,
            },
            message(),
            Message::Answer(Answer::Reply { engine: 1, line: 7, reply }),
            Message::Answer(Answer::Record { engine: 1, record }),
        ];
        let frames = messages.map(|message| {
            let mut frame = [0; MAX_FRAME];
            let length = encode(&message, &mut frame).unwrap();
            assert_eq!(decode(&frame[..length]), Ok(message));
            frame[..length].iter().map(|byte| std::format!("{byte:02x}")).collect::<std::string::String>()
        });
        let expected = [
            "0201070168736d2d61010101010101010101010737303030323201010101010101010142b0b0b0b0b0b0b0b0b0b0b0b0\
             b0b0b0b0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d001eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\
             eeeeeeeeee0601170c6fd600",
            "030101160701ac020c111111111111111111111111111111110101010101010101010101010101010108143730303032\
             320101010101010101010511e03ee200",
            "030102050107016d010101020101055d22ed5200",
            "08010201017601010101010101010101010101032c01010101010101010401020c010101010101010101010101010101\
             010101010101010101010101010101010101010101010101010101010101010103146d010101010101010125bff64bc0\
             e0bf3edf29cadd9be2c71a52492e45e4c59f4ff071064456be7f815d5e533d4600",
        ];
        assert_eq!(frames, expected);
    }

    #[test]
    fn a_stream_is_read_back_from_wherever_it_is_joined() {
        let mut frame = [0; MAX_FRAME];
        let length = encode(&message(), &mut frame).unwrap();
        let mut receiver = Receiver::new();
        let stream: std::vec::Vec<u8> = [&frame[9..length], &frame[..length], &[0, 0], &frame[..length]].concat();
        let read: std::vec::Vec<_> = stream.iter().filter_map(|byte| receiver.feed::<Answer>(*byte)).collect();
        assert!(matches!(read.as_slice(), [Err(_), Ok(a), Ok(b)] if *a == message() && *b == message()));
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_an_error() {
        let mut frame = [0; MAX_FRAME];
        let length = encode(&message(), &mut frame).unwrap();
        for cut in 0..length - 1 {
            assert!(decode::<Answer>(&frame[..cut]).is_err(), "cut at {cut}");
        }
        for bit in 0..(length - 1) * 8 {
            let mut flipped = frame;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(decode::<Answer>(&flipped[..length]).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn a_frame_that_is_too_long_is_said_to_be() {
        let mut receiver = Receiver::new();
        let read: std::vec::Vec<_> =
            core::iter::repeat_n(1, 1000).chain([0]).filter_map(|byte| receiver.feed::<Answer>(byte)).collect();
        assert_eq!(read, [Err(Error::TooLong)]);
    }

    #[test]
    fn a_frame_with_more_in_it_than_its_message_is_none() {
        let mut frame = [0; MAX_FRAME];
        let length = encode_as(VERSION, &(message(), 0_u8), &mut frame).unwrap();
        assert_eq!(decode::<Answer>(&frame[..length]), Err(Error::Malformed));
    }

    #[test]
    fn a_frame_has_begun_from_its_first_byte_to_its_last() {
        let mut frame = [0; MAX_FRAME];
        let length = encode(&message(), &mut frame).unwrap();
        let mut receiver = Receiver::new();
        assert!(!receiver.is_inside_frame());
        for (place, byte) in frame[..length].iter().enumerate() {
            receiver.feed::<Answer>(*byte);
            assert_eq!(receiver.is_inside_frame(), place + 1 < length);
        }
    }
}
