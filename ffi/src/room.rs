//! The caller's memory, and what lives in it.
//!
//! # Definitions
//!
//! - *Room* is a sized and aligned type of the header whose contents are the library's.
//! - What lives in it, the *tenant*, begins with a mark: a word that says what it is and whether it can be used.
//!
//! # Operations
//!
//! | Mark | `init` | use | `deinit` |
//! |---|---|---|---|
//! | zero | moves in | not initialized | not initialized |
//! | live | already initialized | goes on | wipes |
//! | busy | already initialized | interrupted | wipes |
//! | anything else | not zeroed | not initialized | not initialized |
//!
//! # Properties
//!
//! - A tenant whose call panicked, or in which another call still runs, is busy and answers nothing.
//! - Wiped room is all zeros and can be initialized again.

use crate::boundary::place;
use crate::error::Error;
use core::sync::atomic::{Ordering, compiler_fence};

/// A type of the header that something lives in.
///
/// # Safety
///
/// The type is `repr(C)` and nothing but 64-bit words.
pub(crate) unsafe trait Room: Sized {
    /// What lives there. It owns nothing outside of itself, so that wiping it is all that dropping it would be.
    type Tenant;

    /// The mark of one that can be used: eight letters, the same for no other room.
    const LIVE: u64;

    /// How many words there are.
    const WORDS: usize = {
        assert!(size_of::<Lease<Self::Tenant>>() <= size_of::<Self>(), "raise the number of words");
        assert!(align_of::<Lease<Self::Tenant>>() <= align_of::<Self>());
        assert!(align_of::<Self>() == align_of::<u64>(), "it is words");
        size_of::<Self>() / 8
    };
}

/// A tenant behind its mark.
#[repr(C)]
struct Lease<T> {
    mark: u64,
    tenant: T,
}

const EMPTY: u64 = 0;

/// Moves in. `build` gets the tenant's place, and leaves a whole tenant there where it succeeds; where it fails the room is
/// as it was.
///
/// # Safety
///
/// `room` is NULL or good for `size` bytes that were written before and that nobody else uses.
pub(crate) unsafe fn init<R: Room>(
    room: *mut R,
    size: usize,
    build: impl FnOnce(*mut R::Tenant) -> Result<(), Error>,
) -> Result<(), Error> {
    place(room)?;
    if size < size_of::<R>() {
        return Err(Error::StorageSize);
    }
    // SAFETY: aligned, not NULL, and by this function's contract good for a whole room.
    match unsafe { mark(room) } {
        EMPTY => {}
        found if found == R::LIVE || found == !R::LIVE => return Err(Error::AlreadyInitialized),
        _ => return Err(Error::StorageNotZeroed),
    }
    let lease = room.cast::<Lease<R::Tenant>>();
    // SAFETY: as above; a lease is no larger and no more aligned than its room.
    let (place, mark) = unsafe { (&raw mut (*lease).tenant, &raw mut (*lease).mark) };
    build(place)?;
    // SAFETY: as above. The mark comes last.
    unsafe { mark.write(R::LIVE) };
    Ok(())
}

/// Moves in, whatever was there before; for what is made anew by each call.
///
/// # Safety
///
/// `room` is NULL or good for a whole room that nobody else uses.
pub(crate) unsafe fn fill<R: Room>(room: *mut R, tenant: R::Tenant) -> Result<(), Error> {
    let lease = place(room)?.as_ptr().cast::<Lease<R::Tenant>>();
    // SAFETY: aligned, not NULL and good by this function's contract; a lease is no larger than its room.
    unsafe { lease.write(Lease { mark: R::LIVE, tenant }) };
    Ok(())
}

/// Moves out, and wipes the room.
///
/// # Safety
///
/// `room` is NULL or good for a whole room that was written before and that nobody else uses.
pub(crate) unsafe fn deinit<R: Room>(room: *mut R) -> Result<(), Error> {
    place(room)?;
    // SAFETY: aligned, not NULL, and by this function's contract good for a whole room.
    let mark = unsafe { mark(room) };
    if mark != R::LIVE && mark != !R::LIVE {
        return Err(Error::NotInitialized);
    }
    let words = room.cast::<u64>();
    for word in 0..R::WORDS {
        // SAFETY: as above, and `word` is less than the room's number of words.
        unsafe { words.add(word).write_volatile(0) };
    }
    compiler_fence(Ordering::SeqCst);
    Ok(())
}

/// What lives in `room`, to look at.
///
/// # Safety
///
/// `room` is NULL or good for a whole room that was written before and that nobody changes during `'a`.
pub(crate) unsafe fn look<'a, R: Room>(room: *const R) -> Result<&'a R::Tenant, Error> {
    place(room.cast_mut())?;
    // SAFETY: aligned, not NULL and good by this function's contract.
    check::<R>(unsafe { mark(room) })?;
    // SAFETY: as above, and the mark says that a tenant was built here.
    Ok(unsafe { &(*room.cast::<Lease<R::Tenant>>()).tenant })
}

/// Changes what lives in `room`. It is marked busy meanwhile, and stays so where `change` panics.
///
/// # Safety
///
/// `room` is NULL or good for a whole room that was written before. Nobody else looks at or changes it meanwhile; code of the
/// caller's that `change` calls may ask about it, and is told that it is busy.
pub(crate) unsafe fn change<R: Room, T>(
    room: *mut R,
    change: impl FnOnce(&mut R::Tenant) -> Result<T, Error>,
) -> Result<T, Error> {
    place(room)?;
    // SAFETY: aligned, not NULL and good by this function's contract.
    check::<R>(unsafe { mark(room) })?;
    let lease = room.cast::<Lease<R::Tenant>>();
    // SAFETY: as above; the mark and the tenant are apart, so that the one can be read while the other changes.
    let (tenant, mark) = unsafe { (&mut (*lease).tenant, &raw mut (*lease).mark) };
    // SAFETY: as above.
    unsafe { mark.write_volatile(!R::LIVE) };
    let result = change(tenant);
    // SAFETY: as above.
    unsafe { mark.write_volatile(R::LIVE) };
    result
}

fn check<R: Room>(mark: u64) -> Result<(), Error> {
    match mark {
        live if live == R::LIVE => Ok(()),
        busy if busy == !R::LIVE => Err(Error::Interrupted),
        _ => Err(Error::NotInitialized),
    }
}

/// The room's first word.
///
/// # Safety
///
/// `room` is aligned and good for a whole room that was written before.
unsafe fn mark<R: Room>(room: *const R) -> u64 {
    // SAFETY: a room is words, of which the mark is the first.
    unsafe { room.cast::<u64>().read_volatile() }
}

/// The mark of a room: eight letters.
pub(crate) const fn letters(letters: &[u8; 8]) -> u64 {
    u64::from_be_bytes(*letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::answer;

    #[repr(C)]
    struct Pair([u64; 4]);

    // SAFETY: it is words.
    unsafe impl Room for Pair {
        type Tenant = (u64, u64);
        const LIVE: u64 = letters(b"testpair");
    }

    fn started() -> Pair {
        let mut room = Pair([0; 4]);
        let build = |place: *mut (u64, u64)| {
            // SAFETY: the place of a tenant.
            unsafe { place.write((3, 4)) };
            Ok(())
        };
        // SAFETY: a whole room.
        unsafe { init(&raw mut room, size_of::<Pair>(), build) }.unwrap();
        room
    }

    #[test]
    fn one_whose_call_panicked_answers_nothing_until_it_is_wiped() {
        std::panic::set_hook(std::boxed::Box::new(|_| ()));
        let mut room = started();
        let place = &raw mut room;
        // SAFETY: one whole room, used by this thread alone.
        unsafe {
            let status = answer(|| change(place, |_| -> Result<(), Error> { panic!("on purpose") }));
            assert_eq!(status, Error::Panic as u16);
            assert!(matches!(look(place), Err(Error::Interrupted)));
            assert!(matches!(change(place, |_| Ok(())), Err(Error::Interrupted)));
            assert_eq!(deinit(place), Ok(()));
        }
        assert_eq!(room.0, [0; 4]);
    }

    #[test]
    fn one_whose_call_runs_is_busy() {
        let mut room = started();
        let place = &raw mut room;
        // SAFETY: one whole room, used by this thread alone.
        let inside = unsafe { change(place, |_| Ok(look(place).err())) };
        assert_eq!(inside, Ok(Some(Error::Interrupted)));
        // SAFETY: as above.
        assert_eq!(unsafe { look(place) }, Ok(&(3, 4)));
    }

    #[test]
    fn a_call_that_fails_leaves_it_usable() {
        let mut room = started();
        let place = &raw mut room;
        // SAFETY: one whole room, used by this thread alone.
        unsafe {
            assert_eq!(change(place, |_| Err::<(), _>(Error::Value)), Err(Error::Value));
            assert!(look(place).is_ok());
        }
    }

    #[test]
    fn one_that_was_not_built_leaves_the_room_empty() {
        let mut room = Pair([0; 4]);
        let place = &raw mut room;
        // SAFETY: one whole room, used by this thread alone.
        unsafe {
            assert_eq!(init(place, size_of::<Pair>(), |_| Err(Error::Value)), Err(Error::Value));
            assert!(matches!(look(place), Err(Error::NotInitialized)));
        }
    }
}
