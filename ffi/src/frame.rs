//! Frames: what goes over a link or into a file.

use crate::boundary::{answer, bytes, given, place};
use crate::command::Command;
use crate::engine::Reply;
use crate::error::{Error, StatusCode};
use crate::record::Record;
use crate::shape::{Shape, Text};
use crate::terms::Device;
use crate::version::STRONGROOM_NO_TIME;
use strongroom_core::wire::{self, Answer, MAX_FRAME, Message};
use strongroom_core::{self as core_, Digest, Organisation, Time};

/// A frame that makes an engine.
pub const STRONGROOM_FRAME_START: u8 = 1;

/// A frame that asks an engine.
pub const STRONGROOM_FRAME_COMMAND: u8 = 2;

/// A frame with an engine's answer.
pub const STRONGROOM_FRAME_REPLY: u8 = 3;

/// A frame with a record of a log.
pub const STRONGROOM_FRAME_RECORD: u8 = 4;

/// What a Start frame says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Start {
    /// The engine's number on its link or in its file.
    pub engine: u8,
    /// What people call the engine: up to 16 printable ASCII characters and a final zero.
    pub name: Text,
    /// The device that was ordered.
    pub device: Device,
    /// The policy's digest; see strongroom_policy_find.
    pub policy: [u8; 32],
    /// Whether the stored state cannot be read: 0 or 1; see strongroom_engine_init_invalid.
    pub invalid: u8,
    /// Of such an engine: the customer whose officer may take part in the quarantine, a UUID.
    pub tenant: [u8; 16],
    /// Whether the program ticks the engine before each command while something is due: 0 or 1.
    pub ticks: u8,
}

/// What stands around a command in its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Envelope {
    /// When, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known.
    pub at: u64,
    /// The line that it came from, for messages to people; 0 where there is none.
    pub line: u32,
    /// The number of the engine that it is for.
    pub engine: u8,
    /// Zeros.
    pub reserved: [u8; 3],
}

const _: () = assert!(size_of::<Envelope>() == 16, "no padding; the header says so");

impl Envelope {
    /// As a later version may give a meaning to what is zero now.
    fn check(&self) -> Result<&Self, Error> {
        if self.reserved == [0; 3] { Ok(self) } else { Err(Error::Value) }
    }
}

/// Which kind of message a frame holds. The whole frame is checked.
///
/// @param frame      the frame
/// @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
/// @param kind       written: STRONGROOM_FRAME_*
///
/// # Errors
///
/// NULL, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED.
///
/// # Safety
///
/// `frame` is good for `frame_len` bytes, `kind` for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_frame_kind(frame: *const u8, frame_len: usize, kind: *mut u8) -> StatusCode {
    let read = |message: &Message| {
        Ok(match message {
            Message::Start { .. } => STRONGROOM_FRAME_START,
            Message::Command { .. } => STRONGROOM_FRAME_COMMAND,
            Message::Answer(Answer::Reply { .. }) => STRONGROOM_FRAME_REPLY,
            Message::Answer(Answer::Record { .. }) => STRONGROOM_FRAME_RECORD,
        })
    };
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(frame, frame_len, kind, read) })
}

/// What a Start frame says, without making an engine.
///
/// @param frame      a Start frame
/// @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
/// @param start      written: what it says
///
/// # Errors
///
/// NULL, ALIGNMENT, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no
/// Start frame).
///
/// # Safety
///
/// `frame` is good for `frame_len` bytes, `start` for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_frame_start(frame: *const u8, frame_len: usize, start: *mut Start) -> StatusCode {
    let read = |message: &Message| match message {
        Message::Start { engine, name, device, policy, invalid, ticks } => Ok(Start {
            engine: *engine,
            name: name.to_c(),
            device: device.to_c(),
            policy: policy.0,
            invalid: invalid.is_some().into(),
            tenant: invalid.map_or([0; 16], |tenant| tenant.0),
            ticks: (*ticks).into(),
        }),
        _ => Err(Error::FrameKind),
    };
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(frame, frame_len, start, read) })
}

/// What a Command frame asks.
///
/// @param frame      a Command frame
/// @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
/// @param envelope   written: for which engine, and when
/// @param command    written: the command, ready for strongroom_engine_apply
///
/// # Errors
///
/// NULL, ALIGNMENT, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no
/// Command frame), VALUE (the last of all times, which C cannot tell from none).
///
/// # Safety
///
/// `frame` is good for `frame_len` bytes, `envelope` and `command` for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_frame_command(
    frame: *const u8,
    frame_len: usize,
    envelope: *mut Envelope,
    command: *mut Command,
) -> StatusCode {
    answer(|| {
        let out = place(command)?;
        let read = |message: &Message| match message {
            // C has another use for that time.
            Message::Command { at: Some(at), .. } if at.as_unix() == STRONGROOM_NO_TIME => Err(Error::Value),
            Message::Command { engine, line, at, command } => {
                // SAFETY: aligned, not NULL, and by this function's contract good for one command.
                unsafe { out.write(Command::of(command)) };
                let at = at.map_or(STRONGROOM_NO_TIME, Time::as_unix);
                Ok(Envelope { at, line: *line, engine: *engine, reserved: [0; 3] })
            }
            _ => Err(Error::FrameKind),
        };
        // SAFETY: this function's contract is that of `tell`.
        unsafe { tell(frame, frame_len, envelope, read) }
    })
}

/// What a Reply frame answers.
///
/// @param frame      a Reply frame
/// @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
/// @param envelope   written: of which engine, and to which line; its time is STRONGROOM_NO_TIME
/// @param reply      written: the reply
///
/// # Errors
///
/// NULL, ALIGNMENT, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no
/// Reply frame).
///
/// # Safety
///
/// `frame` is good for `frame_len` bytes, `envelope` and `reply` for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_frame_reply(
    frame: *const u8,
    frame_len: usize,
    envelope: *mut Envelope,
    reply: *mut Reply,
) -> StatusCode {
    answer(|| {
        let out = place(reply)?;
        let read = |message: &Message| match message {
            Message::Answer(Answer::Reply { engine, line, reply }) => {
                // SAFETY: aligned, not NULL, and by this function's contract good for one reply.
                unsafe { out.write(Reply::of(reply)) };
                Ok(Envelope { at: STRONGROOM_NO_TIME, line: *line, engine: *engine, reserved: [0; 3] })
            }
            _ => Err(Error::FrameKind),
        };
        // SAFETY: this function's contract is that of `tell`.
        unsafe { tell(frame, frame_len, envelope, read) }
    })
}

/// Which record a Record frame holds.
///
/// @param frame      a Record frame
/// @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
/// @param engine     written: the number of the engine that it is of
/// @param record     written: STRONGROOM_RECORD_SIZE (118) bytes
///
/// # Errors
///
/// NULL, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no Record
/// frame).
///
/// # Safety
///
/// `frame` is good for `frame_len` bytes, `engine` for one byte, `record` for 118 bytes.
///
/// cbindgen:ptrs-as-arrays=[[record; 118]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_frame_record(
    frame: *const u8,
    frame_len: usize,
    engine: *mut u8,
    record: *mut u8,
) -> StatusCode {
    answer(|| {
        let out = place(record.cast::<[u8; core_::Record::SIZE]>())?;
        let read = |message: &Message| match message {
            Message::Answer(Answer::Record { engine, record }) => {
                // SAFETY: not NULL, and by this function's contract good for one record.
                unsafe { out.write(record.to_bytes()) };
                Ok(*engine)
            }
            _ => Err(Error::FrameKind),
        };
        // SAFETY: this function's contract is that of `tell`.
        unsafe { tell(frame, frame_len, engine, read) }
    })
}

/// Writes a Start frame.
///
/// @param start      what it says
/// @param frame      written: the frame, its final zero included
/// @param room       how many bytes `frame` has; STRONGROOM_MAX_FRAME are always enough
/// @param frame_len  written: the frame's length in bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, VALUE, BUFFER_SIZE.
///
/// # Safety
///
/// `start` is good for one start, `frame` for `room` bytes, `frame_len` for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_frame_write_start(
    start: *const Start,
    frame: *mut u8,
    room: usize,
    frame_len: *mut usize,
) -> StatusCode {
    answer(|| {
        // SAFETY: `start` is by this function's contract NULL or good for one start.
        let start = unsafe { given(start)? };
        let invalid = bool::from_c(&start.invalid)?.then_some(Organisation(start.tenant));
        let message = Message::Start {
            engine: start.engine,
            name: Shape::from_c(&start.name)?,
            device: Shape::from_c(&start.device)?,
            policy: Digest(start.policy),
            invalid,
            ticks: Shape::from_c(&start.ticks)?,
        };
        // SAFETY: this function's contract is that of `write`.
        unsafe { write(&message, frame, room, frame_len) }
    })
}

/// Writes a Command frame.
///
/// @param envelope   for which engine, and when
/// @param command    the command
/// @param frame      written: the frame, its final zero included
/// @param room       how many bytes `frame` has; STRONGROOM_MAX_FRAME are always enough
/// @param frame_len  written: the frame's length in bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, VERB_UNKNOWN, VALUE (of the command or the envelope), BUFFER_SIZE.
///
/// # Safety
///
/// `envelope` and `command` are good for one of their kind, `frame` for `room` bytes, `frame_len` for one
/// number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_frame_write_command(
    envelope: *const Envelope,
    command: *const Command,
    frame: *mut u8,
    room: usize,
    frame_len: *mut usize,
) -> StatusCode {
    answer(|| {
        // SAFETY: both are by this function's contract NULL or good for one of their kind.
        let (envelope, command) = unsafe { (given(envelope)?.check()?, given(command)?.as_core()?) };
        let at = crate::boundary::time(envelope.at);
        let message = Message::Command { engine: envelope.engine, line: envelope.line, at, command };
        // SAFETY: this function's contract is that of `write`.
        unsafe { write(&message, frame, room, frame_len) }
    })
}

/// Writes a Reply frame: what a device answers over its link.
///
/// @param envelope   of which engine, and to which line; its time is not sent
/// @param reply      the reply
/// @param frame      written: the frame, its final zero included
/// @param room       how many bytes `frame` has; STRONGROOM_MAX_FRAME are always enough
/// @param frame_len  written: the frame's length in bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, VALUE (of the reply or the envelope), BUFFER_SIZE.
///
/// # Safety
///
/// `envelope` and `reply` are good for one of their kind, `frame` for `room` bytes, `frame_len` for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_frame_write_reply(
    envelope: *const Envelope,
    reply: *const Reply,
    frame: *mut u8,
    room: usize,
    frame_len: *mut usize,
) -> StatusCode {
    answer(|| {
        // SAFETY: both are by this function's contract NULL or good for one of their kind.
        let (envelope, reply) = unsafe { (given(envelope)?.check()?, given(reply)?.as_core()?) };
        let message = Message::Answer(Answer::Reply { engine: envelope.engine, line: envelope.line, reply });
        // SAFETY: this function's contract is that of `write`.
        unsafe { write(&message, frame, room, frame_len) }
    })
}

/// Writes a Record frame.
///
/// @param engine     the number of the engine that the record is of
/// @param record     the record's bytes
/// @param frame      written: the frame, its final zero included
/// @param room       how many bytes `frame` has; STRONGROOM_MAX_FRAME are always enough
/// @param frame_len  written: the frame's length in bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, RECORD_MALFORMED, BUFFER_SIZE.
///
/// # Safety
///
/// `record` is good for 118 bytes, `frame` for `room` bytes, `frame_len` for one number.
///
/// cbindgen:ptrs-as-arrays=[[record; 118]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_frame_write_record(
    engine: u8,
    record: *const u8,
    frame: *mut u8,
    room: usize,
    frame_len: *mut usize,
) -> StatusCode {
    answer(|| {
        // SAFETY: `record` is by this function's contract NULL or good for one record.
        let record = Record::read(unsafe { given(record.cast::<[u8; core_::Record::SIZE]>())? })?;
        let message = Message::Answer(Answer::Record { engine, record });
        // SAFETY: this function's contract is that of `write`.
        unsafe { write(&message, frame, room, frame_len) }
    })
}

/// Writes what `read` finds in the frame's message.
///
/// # Safety
///
/// `frame` is NULL or good for `length` bytes, `out` is NULL or good for one `T`.
unsafe fn tell<T>(
    frame: *const u8,
    length: usize,
    out: *mut T,
    read: impl FnOnce(&Message) -> Result<T, Error>,
) -> Result<(), Error> {
    let out = place(out)?;
    if length > MAX_FRAME {
        return Err(if frame.is_null() { Error::Null } else { Error::FrameTooLong });
    }
    // SAFETY: by this function's contract.
    let frame = unsafe { bytes(frame, length)? };
    if frame.is_empty() {
        return Err(Error::FrameBroken);
    }
    let found = read(&wire::decode(frame)?)?;
    // SAFETY: aligned, not NULL, and by this function's contract good for one `T`.
    unsafe { out.write(found) };
    Ok(())
}

/// Writes the message's frame.
///
/// # Safety
///
/// `frame` is NULL or good for `room` bytes, `frame_len` is NULL or good for one number.
unsafe fn write(message: &Message, frame: *mut u8, room: usize, frame_len: *mut usize) -> Result<(), Error> {
    let (frame, out) = (place(frame)?, place(frame_len)?);
    let mut made = [0; MAX_FRAME];
    let length = wire::encode(message, &mut made)?;
    if length > room {
        return Err(Error::BufferSize);
    }
    // SAFETY: not NULL and good for `room` bytes by this function's contract; `length` is no more, nor than what was made.
    unsafe {
        core::ptr::copy_nonoverlapping(made.as_ptr(), frame.as_ptr(), length);
        out.write(length);
    }
    Ok(())
}
