//! Asking an engine: decide, commit, and both at once.

use crate::boundary::{answer, given, place, time};
use crate::command::Command;
use crate::error::{Error, StatusCode};
use crate::query::STRONGROOM_STATUS_NONE;
use crate::room::{self, Room, letters};
use crate::shape::Shape;
use crate::storage::{EngineStorage, Held, look};
use strongroom_core::{self as core_, Rule, Step, Trace};

/// The verdict on a command that happened.
pub const STRONGROOM_VERDICT_ACCEPTED: u8 = 1;

/// The verdict on a command of which nothing happened but the record of its refusal.
pub const STRONGROOM_VERDICT_REFUSED: u8 = 2;

/// What an engine answers to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Reply {
    /// The request that the command was about or that it made, counted from 1; 0 where none.
    pub request: u32,
    /// The id of the first outbox entry that the step made; the later ones follow it.
    pub first_effect: u32,
    /// The rule that decided: STRONGROOM_RULE_*.
    pub rule: u16,
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
}

const _: () = assert!(size_of::<Reply>() == 16, "no padding; the header says so");

impl Reply {
    /// The core's reply.
    pub(crate) fn as_core(&self) -> Result<core_::Reply, Error> {
        let status = if self.status == STRONGROOM_STATUS_NONE { None } else { Some(Shape::from_c(&self.status)?) };
        Ok(core_::Reply {
            verdict: match self.verdict {
                STRONGROOM_VERDICT_ACCEPTED => core_::Verdict::Accepted,
                STRONGROOM_VERDICT_REFUSED => core_::Verdict::Refused,
                _ => return Err(Error::Value),
            },
            rule: Rule::from_code(self.rule).ok_or(Error::Value)?,
            main: Shape::from_c(&self.state)?,
            health: Shape::from_c(&self.health)?,
            request: (self.request > 0).then_some(self.request),
            status,
            first_effect: self.first_effect,
            effects: self.effects,
            due: Shape::from_c(&self.due)?,
        })
    }

    pub(crate) fn of(reply: &core_::Reply) -> Self {
        Self {
            request: reply.request.unwrap_or(0),
            first_effect: reply.first_effect,
            rule: reply.rule.code(),
            verdict: match reply.verdict {
                core_::Verdict::Accepted => STRONGROOM_VERDICT_ACCEPTED,
                core_::Verdict::Refused => STRONGROOM_VERDICT_REFUSED,
            },
            state: reply.main as u8,
            health: reply.health as u8,
            status: reply.status.map_or(STRONGROOM_STATUS_NONE, |status| status as u8),
            effects: reply.effects,
            due: reply.due.into(),
        }
    }
}

/// How many 64-bit words a step's storage has; the same on every target.
pub const STRONGROOM_STEP_WORDS: usize = 64;

/// Room for one step: what strongroom_engine_decide found and strongroom_engine_commit carries out. Its
/// contents are the library's.
#[derive(Debug)]
#[repr(C)]
pub struct StepStorage {
    /// The library's.
    pub opaque: [u64; STRONGROOM_STEP_WORDS],
}

// SAFETY: it is words.
unsafe impl Room for StepStorage {
    type Tenant = Step;
    const LIVE: u64 = letters(b"strgstep");
}

/// What would come of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Decision {
    /// The rule that decides: STRONGROOM_RULE_*.
    pub rule: u16,
    /// STRONGROOM_VERDICT_ACCEPTED or STRONGROOM_VERDICT_REFUSED.
    pub verdict: u8,
    /// Zero.
    pub reserved: u8,
}

/// Says what would come of a command; nothing happens.
///
/// @param engine    the engine
/// @param now       the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
/// @param command   what is asked
/// @param step      written: what strongroom_engine_commit carries out, on this very engine and as long
///                  as nothing else has happened to it
/// @param decision  written: the verdict
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VERB_UNKNOWN, VALUE (of the command).
///
/// # Safety
///
/// `engine` is storage, `command` is good for one command, `step` for STRONGROOM_STEP_WORDS words,
/// `decision` for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_decide(
    engine: *const EngineStorage,
    now: u64,
    command: *const Command,
    step: *mut StepStorage,
    decision: *mut Decision,
) -> StatusCode {
    answer(|| {
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody changes meanwhile.
        let engine = unsafe { look(engine)? };
        let out = place(decision)?;
        place(step)?;
        // SAFETY: `command` is by this function's contract NULL or good for one command.
        let command = unsafe { given(command)?.as_core()? };
        let decided = engine.decide(time(now), &command);
        let verdict = if decided.is_accepted() { STRONGROOM_VERDICT_ACCEPTED } else { STRONGROOM_VERDICT_REFUSED };
        let found = Decision { rule: decided.rule().code(), verdict, reserved: 0 };
        // SAFETY: both are aligned, not NULL, and by this function's contract good for what is written.
        unsafe {
            room::fill(step, decided)?;
            out.write(found);
        }
        Ok(())
    })
}

/// Carries out a step: the only way anything changes. One that was decided on another engine, or before
/// something else happened to this one, is refused by STRONGROOM_RULE_STEP_IS_CURRENT.
///
/// A mounted engine stores the step first.
///
/// @param engine  the engine
/// @param step    what strongroom_engine_decide wrote
/// @param reply   written: what came of it; with DONE_NOT_STORED, too
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED (of the engine or the step), INTERRUPTED; of mounted engines CLOSED,
/// NOT_STORED, DONE_NOT_STORED; PANIC ends the engine.
///
/// # Safety
///
/// `engine` is storage, `step` is what was written there, `reply` is good for one reply.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_commit(
    engine: *mut EngineStorage,
    step: *const StepStorage,
    reply: *mut Reply,
) -> StatusCode {
    answer(|| {
        // SAFETY: `step` is by this function's contract NULL or a step that nobody changes meanwhile.
        let step = unsafe { room::look(step)? };
        // SAFETY: this function's contract is that of `carry_out`.
        unsafe { carry_out(engine, reply, |_| step.clone()) }
    })
}

/// Decides a command and carries it out.
///
/// A mounted engine stores the step before it answers.
///
/// @param engine   the engine
/// @param now      the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
/// @param command  what is asked
/// @param reply    written: what came of it, refusals included; with DONE_NOT_STORED, too
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VERB_UNKNOWN, VALUE (of the command); of mounted engines
/// CLOSED (nothing has happened), NOT_STORED (nothing has happened; the next mounting finds the step stored
/// or not), DONE_NOT_STORED (it ends access or destroys, and has happened); PANIC ends the engine.
///
/// # Safety
///
/// `engine` is storage, `command` is good for one command of which the verb's arguments were written,
/// `reply` for one reply.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_apply(
    engine: *mut EngineStorage,
    now: u64,
    command: *const Command,
    reply: *mut Reply,
) -> StatusCode {
    answer(|| {
        // SAFETY: `command` is by this function's contract NULL or good for one command.
        let command = unsafe { given(command)?.as_core()? };
        // SAFETY: this function's contract is that of `carry_out`.
        unsafe { carry_out(engine, reply, |engine| engine.decide(time(now), &command)) }
    })
}

/// Turns the earliest overdue deadline into a step. Where nothing is due, the reply is a refusal.
///
/// @param engine  the engine
/// @param now     the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
/// @param reply   written: what came of it; with DONE_NOT_STORED, too
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; of mounted engines CLOSED, NOT_STORED, DONE_NOT_STORED;
/// PANIC ends the engine.
///
/// # Safety
///
/// `engine` is storage, `reply` is good for one reply.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_tick(engine: *mut EngineStorage, now: u64, reply: *mut Reply) -> StatusCode {
    // SAFETY: this function's contract is that of `carry_out`.
    answer(|| unsafe { carry_out(engine, reply, |engine| engine.decide(time(now), &core_::Command::tick())) })
}

/// Carries out what `decide` says.
///
/// # Safety
///
/// `engine` is NULL or storage that nobody else uses, `reply` is NULL or good for one reply.
unsafe fn carry_out(
    engine: *mut EngineStorage,
    reply: *mut Reply,
    decide: impl FnOnce(&core_::Engine) -> Step,
) -> Result<(), Error> {
    let step = |held: &mut Held| {
        let out = place(reply)?;
        let step = decide(held.engine());
        let (came, result) = held.commit(&step);
        if let Some(came) = came {
            // SAFETY: aligned, not NULL, and by this function's contract good for one reply.
            unsafe { out.write(Reply::of(&came)) };
        }
        result
    };
    // SAFETY: by this function's contract.
    unsafe { room::change(engine, step) }
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

/// Which rules a command would consult, in order; nothing happens. The last one decides: the window's own,
/// where one was shortened.
///
/// @param engine     the engine
/// @param now        the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
/// @param command    what is asked
/// @param consulted  written: the first `room` of them; may be NULL where `room` is 0
/// @param room       how many elements `consulted` has
/// @param count      written: how many rules there were, more than `room` where that was too small
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VERB_UNKNOWN, VALUE (of the command).
///
/// # Safety
///
/// `engine` is storage, `command` is good for one command, `consulted` for `room` elements, `count` for one
/// number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_explain(
    engine: *const EngineStorage,
    now: u64,
    command: *const Command,
    consulted: *mut Consulted,
    room: usize,
    count: *mut usize,
) -> StatusCode {
    answer(|| {
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody changes meanwhile.
        let engine = unsafe { look(engine)? };
        let count = place(count)?;
        let next = if room == 0 { core::ptr::null_mut() } else { place(consulted)?.as_ptr() };
        // SAFETY: `command` is by this function's contract NULL or good for one command.
        let command = unsafe { given(command)?.as_core()? };
        let mut explanation = Explanation { next, room, count: 0 };
        let _ = engine.explain(time(now), &command, &mut explanation);
        // SAFETY: aligned, not NULL, and by this function's contract good for one number.
        unsafe { count.write(explanation.count) };
        Ok(())
    })
}
