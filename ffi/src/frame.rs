//! Reading a frame's header without an engine.

use crate::boundary::{answer, message, place};
use crate::error::{Error, StatusCode};
use core::ffi::c_char;
use strongroom_core::wire::{Answer, Message};
use strongroom_core::{Label, Time};

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
    /// Where the core runs: STRONGROOM_DEPLOYMENT_*.
    pub deployment: u8,
    /// What people call the engine: up to 16 printable ASCII characters and a final zero.
    pub name: [c_char; 17],
    /// The ordered device's serial number, in the same form.
    pub serial: [c_char; 17],
    /// The provider's organisation, a UUID.
    pub provider: [u8; 16],
    /// The vendor's organisation, a UUID.
    pub vendor: [u8; 16],
    /// The policy's digest.
    pub policy: [u8; 32],
    /// Whether the program ticks the engine before each command while something is due: 0 or 1.
    pub ticks: u8,
}

/// What a Command frame says about its command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Command {
    /// When, in seconds since 1970 UTC; 0 where it is not known.
    pub at: u64,
    /// The line that it came from, for messages to people; 0 where there is none.
    pub line: u32,
    /// The number of the engine that it is for.
    pub engine: u8,
    /// Whether `at` is known: 0 or 1.
    pub time_known: u8,
    /// What is asked: STRONGROOM_VERB_*.
    pub verb: u8,
    /// Zero.
    pub reserved: u8,
}

const _: () = assert!(size_of::<Start>() == 101 && size_of::<Command>() == 16, "no padding; the header says so");

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
    let read = |message| {
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
    let read = |message| match message {
        Message::Start { engine, name, device, policy, ticks, .. } => Ok(Start {
            engine,
            deployment: device.deployment as u8,
            name: text(&name),
            serial: text(&device.serial),
            provider: device.provider.0,
            vendor: device.vendor.0,
            policy: policy.0,
            ticks: ticks.into(),
        }),
        _ => Err(Error::FrameKind),
    };
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(frame, frame_len, start, read) })
}

/// What a Command frame says about its command, without applying it.
///
/// @param frame      a Command frame
/// @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
/// @param command    written: what it says
///
/// # Errors
///
/// NULL, ALIGNMENT, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no
/// Command frame).
///
/// # Safety
///
/// `frame` is good for `frame_len` bytes, `command` for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_frame_command(frame: *const u8, frame_len: usize, command: *mut Command) -> StatusCode {
    let read = |message| match message {
        Message::Command { engine, line, at, command } => Ok(Command {
            at: at.map_or(0, Time::as_unix),
            line,
            engine,
            time_known: at.is_some().into(),
            verb: command.action.verb().code(),
            reserved: 0,
        }),
        _ => Err(Error::FrameKind),
    };
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(frame, frame_len, command, read) })
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
    read: impl FnOnce(Message) -> Result<T, Error>,
) -> Result<(), Error> {
    let out = place(out)?;
    // SAFETY: by this function's contract.
    let found = read(unsafe { message(frame, length)? })?;
    // SAFETY: aligned, not NULL, and by this function's contract good for one `T`.
    unsafe { out.write(found) };
    Ok(())
}

/// A label as C reads it.
fn text(label: &Label) -> [c_char; 17] {
    let mut text = [0; 17];
    for (place, byte) in text.iter_mut().zip(label.as_str().bytes()) {
        *place = byte.cast_signed() as c_char;
    }
    text
}
