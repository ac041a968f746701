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
//! | busy | already initialized | interrupted | interrupted |
//! | dead | already initialized | interrupted | wipes |
//! | anything else | not zeroed | not initialized | not initialized |
//!
//! # Properties
//!
//! - Room is busy while a tenant moves in or changes, so that code of the caller's that is called meanwhile can neither
//!   use nor wipe nor fill what is being changed.
//! - A tenant whose call panicked is dead and answers nothing.
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

    /// The mark while it moves in or changes.
    const BUSY: u64 = !Self::LIVE;

    /// The mark of one whose call panicked: the letters, each with its highest bit.
    const DEAD: u64 = Self::LIVE | 0x8080_8080_8080_8080;

    /// How many words there are. Whatever reaches into a room asks for this, so that none is built that is too small.
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

/// Room that is in use, until this is dropped.
struct Busy {
    mark: *mut u64,
    /// The mark to leave behind.
    after: u64,
}

impl Busy {
    /// Marks room as busy; as dead, where the call panics.
    ///
    /// # Safety
    ///
    /// `room` is aligned and good for a whole room for as long as this lives.
    unsafe fn mark<R: Room>(room: *mut R) -> Self {
        let busy = Self { mark: room.cast(), after: R::DEAD };
        // SAFETY: a room is words, of which the mark is the first.
        unsafe { busy.mark.write_volatile(R::BUSY) };
        busy
    }

    fn leave(mut self, after: u64) {
        self.after = after;
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        // SAFETY: by the contract of `mark`.
        unsafe { self.mark.write_volatile(self.after) };
    }
}

/// Moves in. `build` gets the tenant's place, and leaves a whole tenant there where it succeeds; where it fails it leaves what
/// it found.
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
    if size < R::WORDS * size_of::<u64>() {
        return Err(Error::StorageSize);
    }
    // SAFETY: aligned, not NULL, and by this function's contract good for a whole room.
    match unsafe { mark(room) } {
        EMPTY => {}
        found if found == R::LIVE || found == R::BUSY || found == R::DEAD => return Err(Error::AlreadyInitialized),
        _ => return Err(Error::StorageNotZeroed),
    }
    let lease = room.cast::<Lease<R::Tenant>>();
    // SAFETY: as above; a lease is no larger and no more aligned than its room.
    let (place, busy) = unsafe { (&raw mut (*lease).tenant, Busy::mark(room)) };
    let built = build(place);
    busy.leave(if built.is_ok() { R::LIVE } else { EMPTY });
    built
}

/// Moves in, whatever was there before; for what is made anew by each call.
///
/// # Safety
///
/// `room` is NULL or good for a whole room that nobody else uses.
pub(crate) unsafe fn fill<R: Room>(room: *mut R, tenant: R::Tenant) -> Result<(), Error> {
    const { assert!(R::WORDS > 0) };
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
    match unsafe { mark(room) } {
        found if found == R::LIVE || found == R::DEAD => {}
        found if found == R::BUSY => return Err(Error::Interrupted),
        _ => return Err(Error::NotInitialized),
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

/// Changes what lives in `room`. It is marked busy meanwhile, and dead where `change` panics.
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
    let (tenant, busy) = unsafe { (&mut (*lease).tenant, Busy::mark(room)) };
    let result = change(tenant);
    busy.leave(R::LIVE);
    result
}

fn check<R: Room>(mark: u64) -> Result<(), Error> {
    match mark {
        live if live == R::LIVE => Ok(()),
        found if found == R::BUSY || found == R::DEAD => Err(Error::Interrupted),
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
        let inside = unsafe {
            change(place, |pair| {
                pair.0 = 5;
                let told = (look(place).err(), change(place, |_| Ok(())).err(), deinit(place).err());
                pair.1 = 6;
                Ok((told, init(place, size_of::<Pair>(), |_| Ok(())).err()))
            })
        };
        let busy = Some(Error::Interrupted);
        assert_eq!(inside, Ok(((busy, busy, busy), Some(Error::AlreadyInitialized))));
        // SAFETY: as above.
        assert_eq!(unsafe { look(place) }, Ok(&(5, 6)));
    }

    #[test]
    fn one_that_moves_in_is_busy_and_one_that_panics_on_the_way_is_wiped() {
        std::panic::set_hook(std::boxed::Box::new(|_| ()));
        let mut room = Pair([0; 4]);
        let place = &raw mut room;
        // SAFETY: one whole room, used by this thread alone.
        unsafe {
            let build = |tenant: *mut (u64, u64)| {
                assert!(matches!(look(place), Err(Error::Interrupted)));
                assert_eq!(deinit(place), Err(Error::Interrupted));
                assert_eq!(init(place, size_of::<Pair>(), |_| Ok(())), Err(Error::AlreadyInitialized));
                tenant.write((1, 2));
                panic!("on purpose")
            };
            assert_eq!(answer(|| init(place, size_of::<Pair>(), build)), Error::Panic as u16);
            assert_eq!(init(place, size_of::<Pair>(), |_| Ok(())), Err(Error::AlreadyInitialized));
            assert_eq!(deinit(place), Ok(()));
        }
        assert_eq!(room.0, [0; 4]);
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
