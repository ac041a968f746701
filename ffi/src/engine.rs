//! Asking an engine.

use crate::boundary::{answer, message, place};
use crate::error::{Error, StatusCode};
use crate::storage::{EngineStorage, change, look};
use strongroom_core::wire::Message;
use strongroom_core::{self as core_, Rule, Time, Trace, Verb};

/// Status of no request.
pub const STRONGROOM_STATUS_NONE: u8 = 255;

/// The verdict on a command that happened.
pub const STRONGROOM_VERDICT_ACCEPTED: u8 = 1;

/// The verdict on a command of which nothing happened but the record of its refusal.
pub const STRONGROOM_VERDICT_REFUSED: u8 = 2;

/// A time that never comes.
pub const STRONGROOM_NEVER: u64 = u64::MAX;

/// What an engine answers to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Reply {
    /// The command's time; 0 where it is not known.
    pub at: u64,
    /// The line of the command, for messages to people; 0 where there is none.
    pub line: u32,
    /// The request that the command was about or that it made, counted from 1; 0 where none.
    pub request: u32,
    /// The id of the first outbox entry that the step made; the later ones follow it.
    pub first_effect: u32,
    /// The rule that decided: STRONGROOM_RULE_*.
    pub rule: u16,
    /// Whether `at` is known: 0 or 1.
    pub time_known: u8,
    /// What was asked: STRONGROOM_VERB_*.
    pub verb: u8,
    /// STRONGROOM_VERDICT_ACCEPTED or STRONGROOM_VERDICT_REFUSED.
    pub verdict: u8,
    /// Where the lease stands afterwards: STRONGROOM_STATE_*.
    pub state: u8,
    /// How the device is doing afterwards: STRONGROOM_HEALTH_*.
    pub health: u8,
    /// The request's status afterwards, on a refusal its current one: STRONGROOM_STATUS_*, or
    /// STRONGROOM_STATUS_NONE.
    pub status: u8,
    /// How many outbox entries the step made.
    pub effects: u8,
    /// Whether a deadline is due at the step's time, so that the program should tick: 0 or 1.
    pub due: u8,
    /// Zeros.
    pub reserved: [u8; 2],
}

const _: () = assert!(size_of::<Reply>() == 32, "no padding; the header says so");

impl Reply {
    fn new(line: u32, at: Option<Time>, verb: Verb, reply: &core_::Reply) -> Self {
        Self {
            at: at.map_or(0, Time::as_unix),
            line,
            request: reply.request.unwrap_or(0),
            first_effect: reply.first_effect,
            rule: reply.rule.code(),
            time_known: at.is_some().into(),
            verb: verb.code(),
            verdict: match reply.verdict {
                core_::Verdict::Accepted => STRONGROOM_VERDICT_ACCEPTED,
                core_::Verdict::Refused => STRONGROOM_VERDICT_REFUSED,
            },
            state: reply.main as u8,
            health: reply.health as u8,
            status: reply.status.map_or(STRONGROOM_STATUS_NONE, |status| status as u8),
            effects: reply.effects,
            due: reply.due.into(),
            reserved: [0; 2],
        }
    }
}

/// Decides a command and carries it out.
///
/// @param engine     the engine
/// @param frame      a Command frame for this engine
/// @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
/// @param reply      written: what came of it, refusals included
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION,
/// FRAME_MALFORMED, FRAME_KIND (no Command frame), OTHER_ENGINE; PANIC ends the engine.
///
/// # Safety
///
/// `engine` is storage, `frame` is good for `frame_len` bytes, `reply` for one reply.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_apply(
    engine: *mut EngineStorage,
    frame: *const u8,
    frame_len: usize,
    reply: *mut Reply,
) -> StatusCode {
    answer(|| {
        let step = |engine: &mut core_::Engine, own: u8| {
            let reply = place(reply)?;
            // SAFETY: `frame` is by this function's contract NULL or good for `frame_len` bytes.
            let Message::Command { engine: index, line, at, command } = (unsafe { message(frame, frame_len)? }) else {
                return Err(Error::FrameKind);
            };
            if index != own {
                return Err(Error::OtherEngine);
            }
            let answer = engine.apply(at, &command);
            // SAFETY: aligned, not NULL, and by this function's contract good for one reply.
            unsafe { reply.write(Reply::new(line, at, command.action.verb(), &answer)) };
            Ok(())
        };
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody else uses.
        unsafe { change(engine, step) }
    })
}

/// A rule that a decision consulted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Consulted {
    /// The rule: STRONGROOM_RULE_*.
    pub rule: u16,
    /// Whether what it says held: 0 or 1.
    pub held: u8,
    /// Zero.
    pub reserved: u8,
}

const _: () = assert!(size_of::<Consulted>() == 4, "no padding; the header says so");

/// Rules on their way to the caller's array.
struct Explanation {
    next: *mut Consulted,
    room: usize,
    count: usize,
}

impl Trace for Explanation {
    fn consulted(&mut self, rule: Rule, held: bool) {
        self.count = self.count.saturating_add(1);
        if self.count <= self.room {
            // SAFETY: `next` is within the caller's array, which has `room` elements.
            unsafe {
                self.next.write(Consulted { rule: rule.code(), held: held.into(), reserved: 0 });
                self.next = self.next.add(1);
            }
        }
    }
}

/// Which rules a command would consult, in order; nothing happens. The last one decides: the window's own, where
/// one was shortened.
///
/// @param engine     the engine
/// @param frame      a Command frame for this engine
/// @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
/// @param consulted  written: the first `room` of them; may be NULL where `room` is 0
/// @param room       how many elements `consulted` has
/// @param count      written: how many rules there were, more than `room` where that was too small
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION,
/// FRAME_MALFORMED, FRAME_KIND (no Command frame), OTHER_ENGINE.
///
/// # Safety
///
/// `engine` is storage, `frame` is good for `frame_len` bytes, `consulted` for `room` elements, `count` for one
/// number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_explain(
    engine: *const EngineStorage,
    frame: *const u8,
    frame_len: usize,
    consulted: *mut Consulted,
    room: usize,
    count: *mut usize,
) -> StatusCode {
    answer(|| {
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody changes meanwhile.
        let slot = unsafe { look(engine)? };
        let count = place(count)?;
        let next = if room == 0 { core::ptr::null_mut() } else { place(consulted)?.as_ptr() };
        // SAFETY: `frame` is by this function's contract NULL or good for `frame_len` bytes.
        let Message::Command { engine: index, at, command, .. } = (unsafe { message(frame, frame_len)? }) else {
            return Err(Error::FrameKind);
        };
        if index != slot.index {
            return Err(Error::OtherEngine);
        }
        let mut explanation = Explanation { next, room, count: 0 };
        let _ = slot.engine.explain(at, &command, &mut explanation);
        // SAFETY: aligned, not NULL, and by this function's contract good for one number.
        unsafe { count.write(explanation.count) };
        Ok(())
    })
}

/// Turns the earliest overdue deadline into a step. Where nothing is due, the reply is a refusal.
///
/// @param engine  the engine
/// @param at      the time, in seconds since 1970 UTC
/// @param reply   written: what came of it; its line is 0
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the engine.
///
/// # Safety
///
/// `engine` is storage, `reply` is good for one reply.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_tick(engine: *mut EngineStorage, at: u64, reply: *mut Reply) -> StatusCode {
    answer(|| {
        let step = |engine: &mut core_::Engine, _| {
            let reply = place(reply)?;
            let at = Some(Time::from_unix(at));
            let answer = engine.apply(at, &core_::Command::tick());
            // SAFETY: aligned, not NULL, and by this function's contract good for one reply.
            unsafe { reply.write(Reply::new(0, at, Verb::Tick, &answer)) };
            Ok(())
        };
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody else uses.
        unsafe { change(engine, step) }
    })
}

/// Whether a deadline is due.
///
/// @param engine  the engine
/// @param at      the time, in seconds since 1970 UTC
/// @param due     written: 0 or 1
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `due` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_is_due(engine: *const EngineStorage, at: u64, due: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, due, |engine| engine.is_due(Time::from_unix(at)).into()) })
}

/// When the engine has to be ticked at the latest.
///
/// @param engine    the engine
/// @param deadline  written: the earliest deadline, in seconds since 1970 UTC, which may have passed;
///                  STRONGROOM_NEVER where nothing waits for time
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `deadline` is good for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_next_deadline(engine: *const EngineStorage, deadline: *mut u64) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, deadline, |engine| engine.next_deadline().map_or(STRONGROOM_NEVER, Time::as_unix)) })
}

/// Where the lease stands.
///
/// @param engine  the engine
/// @param state   written: STRONGROOM_STATE_*
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `state` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_state(engine: *const EngineStorage, state: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, state, |engine| engine.state().base.lease.main as u8) })
}

/// The digest of all that the engine remembers, its logs' records apart: the same in every language
/// and on every target for the same history.
///
/// @param engine  the engine
/// @param digest  written: SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `digest` is good for 32 bytes.
///
/// cbindgen:ptrs-as-arrays=[[digest; 32]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_digest(engine: *const EngineStorage, digest: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, digest.cast::<[u8; 32]>(), |engine| engine.digest().0) })
}

/// The nonce that the next destruction asked by the customer has to carry.
///
/// @param engine  the engine
/// @param nonce   written: STRONGROOM_NONCE_SIZE (16) bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `nonce` is good for 16 bytes.
///
/// cbindgen:ptrs-as-arrays=[[nonce; 16]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_challenge(engine: *const EngineStorage, nonce: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, nonce.cast::<[u8; 16]>(), |engine| engine.challenge().0) })
}

/// Writes what `ask` says about the engine.
///
/// # Safety
///
/// `engine` is NULL or storage that nobody changes meanwhile, `out` is NULL or good for one `T`.
unsafe fn tell<T>(engine: *const EngineStorage, out: *mut T, ask: impl FnOnce(&core_::Engine) -> T) -> Result<(), Error> {
    // SAFETY: by this function's contract.
    let slot = unsafe { look(engine)? };
    let out = place(out)?;
    // SAFETY: aligned, not NULL, and by this function's contract good for one `T`.
    unsafe { out.write(ask(&slot.engine)) };
    Ok(())
}
