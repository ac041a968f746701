//! The guard between a technician's terminal and the device's console (H-04, H-05, H-53).
//!
//! # Operations
//!
//! | Functions | When |
//! |---|---|
//! | `init`, `deinit` | the guard's life in the caller's memory |
//! | `open`, `close` | access begins; access ends |
//! | [`typed`] | a byte came from either side, and the answer to a line |
//! | [`poll`] | the board's own turn |
//!
//! # Properties
//!
//! - While a callback of the caller's runs the guard is busy, and answers nothing.
//! - Nothing that was typed stays behind but in the guard, in the event, and wherever the callbacks put it.

pub mod event;
pub mod poll;
pub mod sink;
pub mod typed;

use crate::boundary::{answer, place};
use crate::error::{Error, StatusCode};
use crate::room::{self, Room, letters};
use crate::version::check_abi;
use core::ptr::NonNull;
use event::Event;
use sink::{Sink, Wires};
use strongroom_core::console::guard::{self, Guard, Mode};

/// How many 64-bit words a guard's storage has; the same on every target.
pub const STRONGROOM_GUARD_WORDS: usize = 40;

/// How long the device must have printed nothing before strongroom_guard_quiet is called, in milliseconds:
/// some fifty characters at 9600 baud. Longer is safer, shorter is not.
pub const STRONGROOM_QUIET_MILLISECONDS: u32 = 50;

const _: () = {
    assert!(STRONGROOM_QUIET_MILLISECONDS == guard::QUIET_MILLISECONDS, "one number, written down where C can read it");
    let needed = size_of::<Guard>() + size_of::<u64>();
    assert!(size_of::<usize>() < 8 || size_of::<GuardStorage>() * 4 <= needed * 5, "lower STRONGROOM_GUARD_WORDS");
};

/// Room for one guard. Its contents are the library's: bring it zeroed (`STRONGROOM_STORAGE_INIT`, or
/// static storage), do not look inside, and do not copy it while it holds a guard.
#[derive(Debug)]
#[repr(C)]
pub struct GuardStorage {
    /// The library's.
    pub opaque: [u64; STRONGROOM_GUARD_WORDS],
}

// SAFETY: it is words.
unsafe impl Room for GuardStorage {
    type Tenant = Guard;
    const LIVE: u64 = letters(b"strguard");
}

/// Makes a guard in zeroed storage: shut, and nothing known of the device. Wake the device with
/// strongroom_guard_wake to learn where it stands.
///
/// @param guard  room for the guard, zeroed before its first use
/// @param size   the room's size in bytes: `sizeof *guard`
/// @param abi    STRONGROOM_ABI_VERSION
///
/// # Errors
///
/// NULL, ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED, ABI_VERSION. The storage is as it was.
///
/// # Safety
///
/// `guard` is good for `size` bytes that were written before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_init(guard: *mut GuardStorage, size: usize, abi: u32) -> StatusCode {
    answer(|| {
        check_abi(abi)?;
        let build = |place: *mut Guard| {
            // SAFETY: the place of a guard.
            unsafe { place.write(Guard::new()) };
            Ok(())
        };
        // SAFETY: by this function's contract.
        unsafe { room::init(guard, size, build) }
    })
}

/// Ends a guard and wipes its storage with zeros, which can be initialized again. It sends nothing: close
/// access before, with strongroom_guard_close.
///
/// @param guard  the guard
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED (a call still runs on it).
///
/// # Safety
///
/// `guard` is a whole storage that was written before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_deinit(guard: *mut GuardStorage) -> StatusCode {
    // SAFETY: by this function's contract.
    answer(|| unsafe { room::deinit(guard) })
}

/// Raises how far the technician's side is open. It is never lowered so: that is what strongroom_guard_close does.
///
/// @param guard   the guard
/// @param mode    STRONGROOM_MODE_*
/// @param opened  written: whether the mode is set now, 0 or 1: not while a session is being closed, nor where the guard is
///                open further already
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (no such mode).
///
/// # Safety
///
/// `guard` is storage, `opened` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_open(guard: *mut GuardStorage, mode: u8, opened: *mut u8) -> StatusCode {
    answer(|| {
        let opened = place(opened)?;
        let mode = Mode::ALL.iter().copied().find(|known| *known as u8 == mode);
        // SAFETY: by this function's contract.
        let opens = unsafe { room::change(guard, |guard| Ok(guard.open(mode.ok_or(Error::Value)?))) }?;
        // SAFETY: aligned, not NULL, and by this function's contract good for one byte.
        unsafe { opened.write(opens.into()) };
        Ok(())
    })
}

/// Ends access: shuts, drops what was typed, interrupts what runs, and logs out at the prompt that comes back.
///
/// The login prompt after that is STRONGROOM_EVENT_CLOSED, once; where the device stands at it already, this
/// call returns it. Until then nothing is shown. When nothing comes the call may be repeated: it interrupts again,
/// and sends a CR for the prompt.
///
/// @param guard  the guard
/// @param sink   where bytes go
/// @param event  written: STRONGROOM_EVENT_CLOSED or STRONGROOM_EVENT_NONE
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
///
/// # Safety
///
/// `guard` is storage, `sink` a sink, `event` is good for one event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_close(guard: *mut GuardStorage, sink: *const Sink, event: *mut Event) -> StatusCode {
    // SAFETY: this function's contract is that of `happens`.
    answer(|| unsafe { happens(guard, sink, event, |guard, wires| guard.close(wires)) })
}

/// How far the technician's side is open.
///
/// @param guard  the guard
/// @param mode   written: STRONGROOM_MODE_*
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `guard` is storage, `mode` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_mode(guard: *const GuardStorage, mode: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(guard, mode, |guard| guard.mode() as u8) })
}

/// What the device is doing, as far as it can be told.
///
/// @param guard    the guard
/// @param session  written: STRONGROOM_SESSION_*
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `guard` is storage, `session` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_guard_session(guard: *const GuardStorage, session: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(guard, session, |guard| guard.session() as u8) })
}

/// Writes what `ask` says about the guard.
///
/// # Safety
///
/// `guard` is NULL or storage that nobody changes meanwhile, `out` is NULL or good for one byte.
unsafe fn tell(guard: *const GuardStorage, out: *mut u8, ask: impl FnOnce(&Guard) -> u8) -> Result<(), Error> {
    // SAFETY: by this function's contract.
    let guard = unsafe { room::look(guard)? };
    let out: NonNull<u8> = place(out)?;
    // SAFETY: aligned, not NULL, and by this function's contract good for one byte.
    unsafe { out.write(ask(guard)) };
    Ok(())
}

/// Lets something happen to the guard that nothing is returned of.
///
/// # Safety
///
/// `guard` is NULL or storage that nobody else uses, `sink` is NULL or a sink.
unsafe fn act(guard: *mut GuardStorage, sink: *const Sink, act: impl FnOnce(&mut Guard, &mut Wires)) -> Result<(), Error> {
    // SAFETY: by this function's contract.
    unsafe {
        let mut wires = Wires::of(sink)?;
        room::change(guard, |guard| {
            act(guard, &mut wires);
            Ok(())
        })
    }
}

/// Lets something happen to the guard, and writes the event that comes of it.
///
/// # Safety
///
/// As [`act`]; `event` is NULL or good for one event.
unsafe fn happens(
    guard: *mut GuardStorage,
    sink: *const Sink,
    event: *mut Event,
    ask: impl for<'a> FnOnce(&'a mut Guard, &mut Wires) -> guard::Event<'a>,
) -> Result<(), Error> {
    let event = place(event)?;
    // SAFETY: by this function's contract; the event's place is aligned and not NULL.
    unsafe { act(guard, sink, |guard, wires| Event::write(event, &ask(guard, wires))) }
}

/// Asks the guard to do something, and writes whether it did.
///
/// # Safety
///
/// As [`act`]; `done` is NULL or good for one byte.
unsafe fn attempt(
    guard: *mut GuardStorage,
    sink: *const Sink,
    done: *mut u8,
    ask: impl FnOnce(&mut Guard, &mut Wires) -> bool,
) -> Result<(), Error> {
    let done = place(done)?;
    // SAFETY: by this function's contract; the byte's place is aligned and not NULL.
    unsafe { act(guard, sink, |guard, wires| done.write(ask(guard, wires).into())) }
}
