//! The board's own turn at the console (H-54).

use super::sink::Sink;
use super::{GuardStorage, act, attempt};
use crate::boundary::{answer, place, text};
use crate::error::StatusCode;
use crate::room;
use core::ffi::c_char;

/// Takes the turn for the program itself, at an idle shell or login prompt. A line that the technician has
/// begun stays; what is typed during the poll is dropped, and the begun line with it.
///
/// @param guard  the guard
/// @param begun  written: whether it has the turn, 0 or 1
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `guard` is storage, `begun` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_begin_poll(guard: *mut GuardStorage, begun: *mut u8) -> StatusCode {
    answer(|| {
        let begun = place(begun)?;
        // SAFETY: by this function's contract.
        let begins = unsafe { room::change(guard, |guard| Ok(guard.begin_poll())) }?;
        // SAFETY: aligned, not NULL, and by this function's contract good for one byte.
        unsafe { begun.write(begins.into()) };
        Ok(())
    })
}

/// Sends one of the commands that a poll reads. What the device prints comes back as STRONGROOM_EVENT_POLLED, and
/// STRONGROOM_EVENT_PROMPT when it is ready for more.
///
/// @param guard    the guard
/// @param command  which one: `hsm information show`, `hsm show`, `hsm stm show`, `hsm tamper show`, `status
///                 sensors` or `status sysstat show`, by its number from strongroom_console_lookup
/// @param sink     where bytes go
/// @param sent     written: whether it was sent, 0 or 1: only during a poll, at the shell's prompt, and of those
///                 commands
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `sink` a sink, `sent` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_send_poll(
    guard: *mut GuardStorage,
    command: u16,
    sink: *const Sink,
    sent: *mut u8,
) -> StatusCode {
    // SAFETY: this function's contract is that of `attempt`.
    answer(|| unsafe { attempt(guard, sink, sent, |guard, wires| guard.send_poll(command, wires)) })
}

/// Logs the program itself in, at the login prompt of its poll. The prompt for the password follows.
///
/// @param guard  the guard
/// @param name   the account's name: up to 32 letters, digits, `-`, `.` and `_`, a letter or digit first
/// @param sink   where bytes go
/// @param sent   written: whether it was sent, 0 or 1
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `name` is a text with its final zero, `sink` a sink, `sent` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_log_in(
    guard: *mut GuardStorage,
    name: *const c_char,
    sink: *const Sink,
    sent: *mut u8,
) -> StatusCode {
    answer(|| {
        // SAFETY: by this function's contract.
        let name = unsafe { text(name)? }.to_bytes();
        // SAFETY: this function's contract is that of `attempt`.
        unsafe { attempt(guard, sink, sent, |guard, wires| guard.log_in(name, wires)) }
    })
}

/// Answers the prompt for the program's own password. A wrong one brings the login prompt back. The password is
/// handed to the sink and kept nowhere; wipe it afterwards.
///
/// @param guard     the guard
/// @param password  the password, in printable ASCII
/// @param sink      where bytes go
/// @param sent      written: whether it was sent, 0 or 1
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `password` is a text with its final zero, `sink` a sink, `sent` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_give_password(
    guard: *mut GuardStorage,
    password: *const c_char,
    sink: *const Sink,
    sent: *mut u8,
) -> StatusCode {
    answer(|| {
        // SAFETY: by this function's contract.
        let password = unsafe { text(password)? }.to_bytes();
        // SAFETY: this function's contract is that of `attempt`.
        unsafe { attempt(guard, sink, sent, |guard, wires| guard.give_password(password, wires)) }
    })
}

/// Gives the turn back. A command that still runs is interrupted, and what it prints is shown to nobody.
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
pub unsafe extern "C" fn strongroom_guard_end_poll(guard: *mut GuardStorage, sink: *const Sink) -> StatusCode {
    // SAFETY: this function's contract is that of `act`.
    answer(|| unsafe { act(guard, sink, |guard, wires| guard.end_poll(wires)) })
}
