//! What has to be done and is not confirmed.

use crate::boundary::answer;
use crate::error::StatusCode;
use crate::query::{at, number};
use crate::storage::{EngineStorage, tell};
use crate::version::STRONGROOM_NO_TIME;
use strongroom_core::{Engine, Time};

/// One thing to do. Carry it out, then confirm it with a `confirm` command that names its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Effect {
    /// When it was first asked for.
    pub asked: u64,
    /// When it is asked for again; STRONGROOM_NO_TIME once the retries are used up and the alarm stands.
    pub due: u64,
    /// Its number, which a confirmation names; never used again.
    pub id: u32,
    /// The request's number, or for STRONGROOM_EFFECT_NOTIFY_CUSTOMER the bits of STRONGROOM_NOTICE_*.
    pub about: u32,
    /// What: STRONGROOM_EFFECT_*.
    pub kind: u8,
    /// How often it was asked for again.
    pub retries: u8,
    /// Whether the retries are used up: 0 or 1.
    pub alarm: u8,
    /// Zeros.
    pub reserved: [u8; 5],
}

const _: () = assert!(size_of::<Effect>() == 32, "no padding; the header says so");

/// How many things have to be done and are not confirmed.
///
/// @param engine  the engine
/// @param count   written: how many
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `count` is good for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_outbox_count(engine: *const EngineStorage, count: *mut u32) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, count, |engine| number(engine.pending().len())) })
}

/// One thing to do, oldest first. Positions change with every command; ids do not.
///
/// @param engine  the engine
/// @param index   its position: from 0 to strongroom_outbox_count - 1
/// @param effect  written: what has to be done
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, OUT_OF_RANGE.
///
/// # Safety
///
/// `engine` is storage, `effect` is good for one entry.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_outbox_entry(engine: *const EngineStorage, index: u32, effect: *mut Effect) -> StatusCode {
    let told = |engine: &Engine| {
        let entry = at(engine.pending(), index)?;
        Ok(Effect {
            asked: entry.asked.as_unix(),
            due: entry.due.map_or(STRONGROOM_NO_TIME, Time::as_unix),
            id: entry.id,
            about: entry.about,
            kind: entry.kind as u8,
            retries: entry.retries,
            alarm: entry.is_alarm().into(),
            reserved: [0; 5],
        })
    };
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, effect, told) })
}
