//! Frames out of any bytes.
//!
//! Input: a stream of frames, and the same bytes again as the inside of one frame, so that the checksum is no wall.
//!
//! - Nothing that comes over a line is a panic, in Rust or in C, and what comes through C's structs is what came.
//! - A receiver says of a stream what `decode` says of its pieces, and finds the first whole frame after any noise.
//! - What decodes encodes, and that decodes to the same.
//! - What decodes is what the encoder writes, or is longer: a number may be padded with zero bits, as postcard's may, and
//!   the last group of COBS may be an empty one. Two frames for one command do no harm: what is put on record is the digest
//!   of the command, not of the frame.
//! - An engine's side, which takes no answers, reads everything else as a host does.
//! - A frame that does not fit its buffer is not written.

use crate::bytes::Random;
use crate::{Seeds, scenarios};
use std::collections::BTreeSet;
use std::mem::MaybeUninit;
use strongroom::frame::{
    self, strongroom_frame_command, strongroom_frame_kind, strongroom_frame_start, strongroom_frame_write_command,
    strongroom_frame_write_start,
};
use strongroom::{Error as Error_, StatusCode};
use strongroom_core::wire::{Answer, Error, MAX_FRAME, Message, Nothing, Receiver, decode, encode};

/// What C's functions return where all went well.
const OK: StatusCode = 0;

/// Version and message that fit a frame beside the checksum, COBS's own bytes and the final zero.
const LONGEST: usize = MAX_FRAME - 8;

/// Reads `data`.
///
/// # Panics
///
/// Where the property does not hold.
pub fn check(data: &[u8]) {
    stream(data);
    if data.len() <= LONGEST {
        let framed = frame(data);
        inside(&framed);
        after_noise(data, &framed);
    }
}

fn stream(data: &[u8]) {
    let mut receiver = Receiver::new();
    let received: Vec<_> = data.iter().filter_map(|byte| receiver.feed::<Answer>(*byte)).collect();
    let mut pieces: Vec<&[u8]> = data.split(|byte| *byte == 0).collect();
    let rest = pieces.pop().unwrap_or_default();
    pieces.retain(|piece| !piece.is_empty());
    let expected: Vec<_> = pieces.iter().map(|piece| decode(piece)).collect();
    assert_eq!(received, expected, "a stream is its frames");
    for (piece, read) in pieces.iter().zip(&expected) {
        if let Ok(message) = read {
            comes_back(message, &[piece, &[0][..]].concat());
        }
    }
    assert_eq!(receiver.is_inside_frame(), !rest.is_empty());
}

/// The bytes as version and message of a frame whose checksum is right.
fn frame(plain: &[u8]) -> Vec<u8> {
    let checksum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(plain).to_le_bytes();
    let mut framed = vec![0; MAX_FRAME];
    let length = cobs::encode(&[plain, &checksum].concat(), &mut framed);
    // The encoder may have written where the zero belongs.
    framed[length] = 0;
    framed.truncate(length + 1);
    framed
}

fn inside(framed: &[u8]) {
    let read = decode::<Answer>(framed);
    assert!(!matches!(read, Err(Error::TooLong | Error::Checksum)), "{read:?}");
    assert_eq!(read, decode(&framed[..framed.len() - 1]), "the final zero does not matter");
    c_agrees(framed, read.as_ref());
    match (&read, decode::<Nothing>(framed)) {
        (Ok(Message::Answer(_)), engine) => assert_eq!(engine, Err(Error::Malformed)),
        (Ok(message), engine) => assert_eq!(engine.map(of_nothing).as_ref(), Ok(message), "both sides read the same"),
        (Err(error), engine) => assert_eq!(engine, Err(*error)),
    }
    if let Ok(message) = &read {
        comes_back(message, framed);
    }
}

/// What was read of a frame, as the encoder writes it.
fn comes_back(message: &Message, framed: &[u8]) {
    let mut buffer = [0; MAX_FRAME];
    let length = encode(message, &mut buffer).expect("what decodes encodes");
    let canonical = &buffer[..length];
    assert_eq!(decode(canonical).as_ref(), Ok(message), "what is written is read back");
    assert!(canonical == framed || canonical.len() < framed.len(), "{framed:02x?} has another form: {canonical:02x?}");
    for short in [length - 1, Random::of(framed).below(length)] {
        assert_eq!(encode(message, &mut [0; MAX_FRAME][..short]), Err(Error::TooLong), "{short} bytes are too few");
    }
}

fn of_nothing(message: Message<Nothing>) -> Message {
    match message {
        Message::Start { engine, name, device, policy, invalid, ticks } => {
            Message::Start { engine, name, device, policy, invalid, ticks }
        }
        Message::Command { engine, line, at, command } => Message::Command { engine, line, at, command },
        Message::Answer(nothing) => match nothing {},
    }
}

/// A reader that joins in the middle of a frame loses that one and no other.
fn after_noise(noise: &[u8], framed: &[u8]) {
    let mut receiver = Receiver::new();
    let stream = noise.iter().chain(&[0]).chain(framed);
    let last = stream.filter_map(|byte| receiver.feed::<Answer>(*byte)).last();
    assert_eq!(last, Some(decode(framed)), "noise does not reach over the end of its frame");
}

fn c_agrees(framed: &[u8], read: Result<&Message, &Error>) {
    let mut kind = 0;
    // SAFETY: the frame is good for its length, and each output for what is written to it.
    let status = unsafe { strongroom_frame_kind(framed.as_ptr(), framed.len(), &raw mut kind) };
    assert_eq!(status == OK, read.is_ok(), "C and Rust accept the same: status {status}");
    let expected = match read {
        Err(_) => 0,
        Ok(Message::Start { .. }) => frame::STRONGROOM_FRAME_START,
        Ok(Message::Command { .. }) => frame::STRONGROOM_FRAME_COMMAND,
        Ok(Message::Answer(Answer::Reply { .. })) => frame::STRONGROOM_FRAME_REPLY,
        Ok(Message::Answer(Answer::Record { .. })) => frame::STRONGROOM_FRAME_RECORD,
    };
    assert_eq!(kind, expected, "C sees the same kind of message");
    let mut start = MaybeUninit::uninit();
    let (mut envelope, mut command) = (MaybeUninit::uninit(), MaybeUninit::uninit());
    // SAFETY: as above.
    let starts = unsafe { strongroom_frame_start(framed.as_ptr(), framed.len(), start.as_mut_ptr()) };
    // SAFETY: as above.
    let commands =
        unsafe { strongroom_frame_command(framed.as_ptr(), framed.len(), envelope.as_mut_ptr(), command.as_mut_ptr()) };
    let (mut again, mut length) = ([0; MAX_FRAME], 0);
    match read {
        // C has no such time: it is how C says that none is known.
        Ok(Message::Command { at: Some(at), .. }) if at.as_unix() == u64::MAX => assert_eq!(commands, Error_::Value as u16),
        Ok(message @ Message::Command { .. }) => {
            assert_eq!((starts, commands), (Error_::FrameKind as u16, OK));
            // SAFETY: both are written, because the function said so; the outputs are good for what is written.
            let written = unsafe {
                strongroom_frame_write_command(
                    envelope.as_ptr(),
                    command.as_ptr(),
                    again.as_mut_ptr(),
                    again.len(),
                    &raw mut length,
                )
            };
            assert_eq!(written, OK);
            assert_eq!(decode(&again[..length]).as_ref(), Ok(message), "a command comes through C's struct as it is");
        }
        Ok(message @ Message::Start { .. }) => {
            assert_eq!((starts, commands), (OK, Error_::FrameKind as u16));
            // SAFETY: as above.
            let written =
                unsafe { strongroom_frame_write_start(start.as_ptr(), again.as_mut_ptr(), again.len(), &raw mut length) };
            assert_eq!(written, OK);
            assert_eq!(decode(&again[..length]).as_ref(), Ok(message), "a start comes through C's struct as it is");
        }
        _ => assert!(starts != OK && commands != OK),
    }
}

/// A message of each kind, a command of each verb, and the beginning of a stream.
#[must_use]
pub fn seeds() -> Seeds {
    let wires = scenarios::wires();
    let (mut seen, mut seeds) = (BTreeSet::new(), Seeds::new());
    for wire in &wires {
        let answers = scenarios::answer(wire).into_iter().flat_map(|engine| {
            let replies = engine.replies.into_iter().map(|reply| Answer::Reply { engine: 0, line: 1, reply });
            replies.chain(engine.records.into_iter().flatten().map(|record| Answer::Record { engine: 0, record }))
        });
        let messages = scenarios::messages(wire).into_iter().chain(answers.map(Message::Answer));
        seeds.extend(messages.filter(|message| seen.insert(kind(message))).map(|message| plain(&message)));
    }
    seeds.extend(wires.first().map(|wire| wire[..wire.len().min(600)].to_vec()));
    seeds
}

/// Commands by verb, answers by what they answer.
fn kind(message: &Message) -> (u8, u8) {
    match message {
        Message::Start { invalid, .. } => (0, u8::from(invalid.is_some())),
        Message::Command { command, .. } => (1, command.action.verb().code()),
        Message::Answer(Answer::Reply { reply, .. }) => (2, reply.main as u8),
        Message::Answer(Answer::Record { record, .. }) => (3, record.to),
    }
}

fn plain(message: &Message) -> Vec<u8> {
    let mut buffer = [0; MAX_FRAME];
    let length = encode(message, &mut buffer).expect("every message fits");
    let mut plain = vec![0; MAX_FRAME];
    let length = cobs::decode(&buffer[..length - 1], &mut plain).expect("every frame is COBS");
    plain.truncate(length - size_of::<u32>());
    plain
}
