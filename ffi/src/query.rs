//! What an engine knows.

use crate::boundary::{answer, given, place, time};
use crate::error::{Error, StatusCode};
use crate::room;
use crate::shape::Shape;
use crate::storage::{EngineStorage, tell};
use crate::version::STRONGROOM_NO_TIME;
use strongroom_core::journal::Durable;
use strongroom_core::{self as core_, Id, Subject, Time};

/// Status of no request.
pub const STRONGROOM_STATUS_NONE: u8 = 255;

/// Whether a deadline is due.
///
/// @param engine  the engine
/// @param now     the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known, and nothing is due
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
pub unsafe extern "C" fn strongroom_engine_is_due(engine: *const EngineStorage, now: u64, due: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, due, |engine| Ok(time(now).is_some_and(|now| engine.is_due(now)).into())) })
}

/// When the engine has to be ticked at the latest.
///
/// @param engine    the engine
/// @param deadline  written: the earliest deadline, in seconds since 1970 UTC, which may have passed;
///                  STRONGROOM_NO_TIME where nothing waits for time
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
    answer(|| unsafe { tell(engine, deadline, |engine| Ok(engine.next_deadline().map_or(STRONGROOM_NO_TIME, Time::as_unix))) })
}

/// Until when an engineer has access by grants that are in force. The last second of a grant is the one
/// before its end.
///
/// A mounted engine whose medium failed gives nobody access: a revocation might be forgotten.
///
/// @param engine    the engine
/// @param now       the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known, and nobody has access
/// @param engineer  who, a UUID
/// @param subject   to what: STRONGROOM_SUBJECT_*
/// @param until     written: the end, in seconds since 1970 UTC; 0 where there is no access
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (of the subject).
///
/// # Safety
///
/// `engine` is storage, `engineer` is good for 16 bytes, `until` for one number.
///
/// cbindgen:ptrs-as-arrays=[[engineer; 16]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_access(
    engine: *const EngineStorage,
    now: u64,
    engineer: *const u8,
    subject: u8,
    until: *mut u64,
) -> StatusCode {
    answer(|| {
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody changes meanwhile.
        let held = unsafe { room::look(engine)? };
        // SAFETY: `engineer` is by this function's contract NULL or good for 16 bytes.
        let engineer = Id(*unsafe { given(engineer.cast::<[u8; 16]>())? });
        let out = place(until)?;
        let (now, subject) = (time(now), Subject::from_c(&subject)?);
        let end = now.and_then(|now| match held.kept() {
            Some(kept) => Durable::access(kept, now, engineer, subject),
            None => held.engine().state().access(now, engineer, subject),
        });
        // SAFETY: aligned, not NULL, and by this function's contract good for one number.
        unsafe { out.write(end.map_or(0, Time::as_unix)) };
        Ok(())
    })
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
    answer(|| unsafe { tell(engine, digest.cast::<[u8; 32]>(), |engine| Ok(engine.digest().0)) })
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
    answer(|| unsafe { tell(engine, nonce.cast::<[u8; 16]>(), |engine| Ok(engine.challenge().0)) })
}

/// The digest of the policy in force.
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
pub unsafe extern "C" fn strongroom_engine_policy(engine: *const EngineStorage, digest: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, digest.cast::<[u8; 32]>(), |engine| Ok(engine.state().base.policy.0)) })
}

/// The actions that a reading calls for, in the order to apply them: health first, then tampers, then what
/// several polls confirm. Danger that is already known is not told again.
///
/// @param engine    the engine
/// @param now       the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
/// @param reading   what was read
/// @param by        who read it: the monitoring role on a board, the device's sensor in firmware
/// @param commands  written: the first `room` of them, health by `by`, the rest by the device's sensor; may
///                  be NULL where `room` is 0
/// @param room      how many elements `commands` has; STRONGROOM_SENSE_COMMANDS are always enough
/// @param count     written: how many there were
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (of the reading or of `by`).
///
/// # Safety
///
/// `engine` is storage, `reading` is good for one reading, `by` for one principal, `commands` for `room`
/// elements, `count` for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_sense(
    engine: *const EngineStorage,
    now: u64,
    reading: *const crate::terms::Reading,
    by: *const crate::terms::Principal,
    commands: *mut crate::command::Command,
    room: usize,
    count: *mut usize,
) -> StatusCode {
    answer(|| {
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody changes meanwhile.
        let engine = unsafe { crate::storage::look(engine)? };
        // SAFETY: both are by this function's contract NULL or good for one of their kind.
        let (reading, by) = unsafe { (Shape::from_c(given(reading)?)?, Shape::from_c(given(by)?)?) };
        let count = place(count)?;
        let first = if room == 0 { core::ptr::null_mut() } else { place(commands)?.as_ptr() };
        let actions = engine.sense(time(now), &reading);
        for (index, action) in actions.iter().take(room).enumerate() {
            let own = matches!(action, core_::Action::ReadHealth { .. });
            let reporter = if own { by } else { core_::Principal::device(core_::Role::Sensor) };
            let command = crate::command::Command::of(&core_::Command::new(reporter, *action));
            // SAFETY: the index is below `room`, and by this function's contract there are as many elements.
            unsafe { first.add(index).write(command) };
        }
        // SAFETY: aligned, not NULL, and by this function's contract good for one number.
        unsafe { count.write(actions.len()) };
        Ok(())
    })
}

/// The element at `index`.
pub(crate) fn at<T>(list: &[T], index: u32) -> Result<&T, Error> {
    usize::try_from(index).ok().and_then(|index| list.get(index)).ok_or(Error::OutOfRange)
}

/// How many there are.
pub(crate) fn number(count: usize) -> Result<u32, Error> {
    u32::try_from(count).map_err(|_| Error::OutOfRange)
}
