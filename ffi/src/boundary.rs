//! What stands between C and the core: panics stop here, and pointers are checked here.

use crate::error::{Error, OK, StatusCode};
use core::ptr::NonNull;
use strongroom_core::wire::{self, MAX_FRAME, Message};

/// Runs the body of a function and says what came of it.
pub(crate) fn answer(body: impl FnOnce() -> Result<(), Error>) -> StatusCode {
    match catch(body) {
        Ok(()) => OK,
        Err(error) => error as StatusCode,
    }
}

/// A panic is an error. What the body changes is left as it is, see [`storage::change`](crate::storage).
#[cfg(feature = "std")]
fn catch(body: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)).unwrap_or(Err(Error::Panic))
}

/// Without an unwinder a panic ends in the image's own handler and never comes here.
#[cfg(not(feature = "std"))]
fn catch(body: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
    body()
}

/// A place that may be written, once everything else went well.
pub(crate) fn place<T>(pointer: *mut T) -> Result<NonNull<T>, Error> {
    let place = NonNull::new(pointer).ok_or(Error::Null)?;
    if place.is_aligned() { Ok(place) } else { Err(Error::Alignment) }
}

/// The message of a frame.
///
/// # Safety
///
/// `frame` is NULL or points to `length` bytes that may be read.
pub(crate) unsafe fn message(frame: *const u8, length: usize) -> Result<Message, Error> {
    if frame.is_null() {
        return Err(Error::Null);
    }
    if length > MAX_FRAME {
        return Err(Error::FrameTooLong);
    }
    // SAFETY: not NULL, and by this function's contract good for `length` bytes, which are few.
    Ok(wire::decode(unsafe { core::slice::from_raw_parts(frame, length) })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        std::panic::set_hook(std::boxed::Box::new(|_| ()));
        assert_eq!(answer(|| panic!("on purpose")), Error::Panic as u16);
        assert_eq!(answer(|| Ok(())), OK);
    }
}
