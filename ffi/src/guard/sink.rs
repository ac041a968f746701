//! Where a guard's bytes go: two functions of the caller's.

use crate::boundary::given;
use crate::error::Error;
use core::ffi::c_void;
use strongroom_core::console::guard;

/// Takes bytes of the guard's.
type Take = unsafe extern "C" fn(*mut c_void, *const u8, usize);

/// Where a guard's bytes go. The functions are called within a call of the guard's, any number of times, in
/// the order of the bytes; they take all of them, at least one, and keep no pointer. They must return: no
/// `longjmp`, no exception. The guard is busy meanwhile, and says STRONGROOM_ERROR_INTERRUPTED.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Sink {
    /// Handed to both functions; the caller's.
    pub user: *mut c_void,
    /// Takes bytes for the device's console. Not NULL.
    pub to_device: Option<unsafe extern "C" fn(user: *mut c_void, bytes: *const u8, length: usize)>,
    /// Takes bytes for the technician's terminal. Not NULL.
    pub to_technician: Option<unsafe extern "C" fn(user: *mut c_void, bytes: *const u8, length: usize)>,
}

/// A sink of which both functions are there.
pub(super) struct Wires {
    user: *mut c_void,
    device: Take,
    technician: Take,
}

impl Wires {
    /// The caller's sink.
    ///
    /// # Safety
    ///
    /// `sink` is NULL or good for one sink. Its functions are NULL or may be called with its `user` and any bytes for as
    /// long as the result is used.
    pub(super) unsafe fn of(sink: *const Sink) -> Result<Self, Error> {
        // SAFETY: by this function's contract.
        let sink = *unsafe { given(sink)? };
        match (sink.to_device, sink.to_technician) {
            (Some(device), Some(technician)) => Ok(Self { user: sink.user, device, technician }),
            _ => Err(Error::Null),
        }
    }

    fn hand(&self, take: Take, bytes: &[u8]) {
        if !bytes.is_empty() {
            // SAFETY: by the contract of `of`.
            unsafe { take(self.user, bytes.as_ptr(), bytes.len()) }
        }
    }
}

impl guard::Sink for Wires {
    fn to_device(&mut self, bytes: &[u8]) {
        self.hand(self.device, bytes);
    }

    fn to_technician(&mut self, bytes: &[u8]) {
        self.hand(self.technician, bytes);
    }
}
