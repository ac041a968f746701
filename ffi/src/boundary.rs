//! What stands between C and the core: panics stop here, and pointers are checked here.

use crate::error::{Error, OK, StatusCode};
use crate::version::STRONGROOM_NO_TIME;
use core::ffi::{CStr, c_char};
use core::ptr::NonNull;
use strongroom_core::Time;

/// Runs the body of a function and says what came of it.
pub(crate) fn answer(body: impl FnOnce() -> Result<(), Error>) -> StatusCode {
    match catch(body) {
        Ok(()) => OK,
        Err(error) => error as StatusCode,
    }
}

/// A panic is an error. What the body changes is left as it is, see [`room::change`](crate::room::change).
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

/// What a pointer of the caller's points to.
///
/// # Safety
///
/// `pointer` is NULL or good for one `T` that was written before and that nobody changes during `'a`.
pub(crate) unsafe fn given<'a, T>(pointer: *const T) -> Result<&'a T, Error> {
    let place = place(pointer.cast_mut())?;
    // SAFETY: aligned, not NULL, and by this function's contract good for one `T`.
    Ok(unsafe { place.as_ref() })
}

/// The bytes that a pointer of the caller's points to; NULL is good for none. A length that no object has is an error, such as
/// the -1 of a `read` that failed.
///
/// # Safety
///
/// `pointer` is NULL or good for `length` bytes that nobody changes during `'a`.
pub(crate) unsafe fn bytes<'a>(pointer: *const u8, length: usize) -> Result<&'a [u8], Error> {
    match (pointer.is_null(), length) {
        (true, 0) => Ok(&[]),
        (true, _) => Err(Error::Null),
        (false, _) if isize::try_from(length).is_err() => Err(Error::Value),
        // SAFETY: not NULL, and by this function's contract good for `length` bytes.
        (false, _) => Ok(unsafe { core::slice::from_raw_parts(pointer, length) }),
    }
}

/// The text that a pointer of the caller's points to.
///
/// # Safety
///
/// `pointer` is NULL or good for a text with its final zero that nobody changes during `'a`.
pub(crate) unsafe fn text<'a>(pointer: *const c_char) -> Result<&'a CStr, Error> {
    if pointer.is_null() {
        return Err(Error::Null);
    }
    // SAFETY: not NULL, and by this function's contract a text with its final zero.
    Ok(unsafe { CStr::from_ptr(pointer) })
}

/// A time as C gives it.
pub(crate) const fn time(at: u64) -> Option<Time> {
    if at == STRONGROOM_NO_TIME { None } else { Some(Time::from_unix(at)) }
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
