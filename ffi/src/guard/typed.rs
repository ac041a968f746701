//! What comes from both sides, and the answer to a line.

use super::event::Event;
use super::sink::Sink;
use super::{GuardStorage, act, attempt, happens};
use crate::boundary::{answer, text};
use crate::error::{Error, StatusCode};
use core::ffi::c_char;
use strongroom_core::console::guard::Confirmation;

/// Takes one byte that the technician typed.
///
/// @param guard  the guard
/// @param byte   the byte
/// @param sink   where bytes go
/// @param event  written: what to act on
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `sink` a sink, `event` is good for one event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_technician(
    guard: *mut GuardStorage,
    byte: u8,
    sink: *const Sink,
    event: *mut Event,
) -> StatusCode {
    // SAFETY: this function's contract is that of `happens`.
    answer(|| unsafe { happens(guard, sink, event, |guard, wires| guard.technician(byte, wires)) })
}

/// Takes one byte that the device printed.
///
/// @param guard  the guard
/// @param byte   the byte
/// @param sink   where bytes go
/// @param event  written: STRONGROOM_EVENT_POLLED during a poll, else STRONGROOM_EVENT_NONE
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `sink` a sink, `event` is good for one event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_device(
    guard: *mut GuardStorage,
    byte: u8,
    sink: *const Sink,
    event: *mut Event,
) -> StatusCode {
    // SAFETY: this function's contract is that of `happens`.
    answer(|| unsafe { happens(guard, sink, event, |guard, wires| guard.device(byte, wires)) })
}

/// Takes note that the device has printed nothing for STRONGROOM_QUIET_MILLISECONDS: what it printed last may
/// be a prompt. One call after each burst is enough; more do nothing.
///
/// @param guard  the guard
/// @param sink   where bytes go
/// @param event  written: what to act on
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `sink` a sink, `event` is good for one event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_quiet(guard: *mut GuardStorage, sink: *const Sink, event: *mut Event) -> StatusCode {
    // SAFETY: this function's contract is that of `happens`.
    answer(|| unsafe { happens(guard, sink, event, |guard, wires| guard.quiet(wires)) })
}

/// Takes note that the technician's line was held in BREAK. The device does not learn of it.
///
/// @param guard  the guard
/// @param sink   where bytes go
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `sink` a sink.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_line_break(guard: *mut GuardStorage, sink: *const Sink) -> StatusCode {
    // SAFETY: this function's contract is that of `act`.
    answer(|| unsafe { act(guard, sink, |guard, wires| guard.line_break(wires)) })
}

/// Sends one CR to a device that nothing was asked of, so that it shows its prompt. Needed when the program
/// starts, and when something the device printed by itself has moved the prompt away.
///
/// @param guard  the guard
/// @param sink   where bytes go
/// @param sent   written: whether it was sent, 0 or 1: only in STRONGROOM_SESSION_UNKNOWN
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `sink` a sink, `sent` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_wake(guard: *mut GuardStorage, sink: *const Sink, sent: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `attempt`.
    answer(|| unsafe { attempt(guard, sink, sent, |guard, wires| guard.wake(wires)) })
}

/// Sends what waits for a decision: the command's own name with its arguments, or the account's name. Call it
/// once the engine has accepted.
///
/// @param guard         the guard
/// @param confirmation  whether this command may be confirmed where it asks for that: STRONGROOM_CONFIRMATION_*; in
///                      STRONGROOM_MODE_FULL confirmations are always allowed
/// @param sink          where bytes go
/// @param sent          written: whether it was sent, 0 or 1: not where nothing waits any more, because the device has
///                      printed something since, nor where the line is no command or its arguments are not plain
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (no such confirmation); PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `sink` a sink, `sent` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_pass(
    guard: *mut GuardStorage,
    confirmation: u8,
    sink: *const Sink,
    sent: *mut u8,
) -> StatusCode {
    answer(|| {
        let known = Confirmation::ALL.iter().copied().find(|known| *known as u8 == confirmation);
        let confirmation = known.ok_or(Error::Value)?;
        // SAFETY: this function's contract is that of `attempt`.
        unsafe { attempt(guard, sink, sent, |guard, wires| guard.pass(confirmation, wires)) }
    })
}

/// Drops what waits for a decision, and tells the technician why. Nothing is sent to the device.
///
/// @param guard  the guard
/// @param why    a text for the technician, such as strongroom_rule_text(reply.rule)
/// @param sink   where bytes go
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (the text is not UTF-8); PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `why` is a text with its final zero, `sink` a sink.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_refuse(guard: *mut GuardStorage, why: *const c_char, sink: *const Sink) -> StatusCode {
    answer(|| {
        // SAFETY: by this function's contract.
        let why = unsafe { text(why)? }.to_str().map_err(|_| Error::Value)?;
        // SAFETY: this function's contract is that of `act`.
        unsafe { act(guard, sink, |guard, wires| guard.refuse(why, wires)) }
    })
}
