//! The few functions of the operating system that the standard library does not have.

use std::ffi::{CStr, OsStr, c_char, c_int};
use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

const READ_WRITE: c_int = 0o2;
const NO_CONTROLLING_TERMINAL: c_int = 0o400;
const NON_BLOCKING: c_int = 0o4000;
const CLOSE_ON_EXEC: c_int = 0o2_000_000;

/// How a technician opens their terminal.
pub(crate) const TERMINAL_FLAGS: c_int = NO_CONTROLLING_TERMINAL | NON_BLOCKING;

/// The signal that asks a process to end.
pub(crate) const TERMINATE: c_int = 15;

/// The signal that ends a process at once.
pub(crate) const KILL: c_int = 9;

unsafe extern "C" {
    fn posix_openpt(flags: c_int) -> c_int;
    fn grantpt(master: c_int) -> c_int;
    fn unlockpt(master: c_int) -> c_int;
    fn ptsname_r(master: c_int, name: *mut c_char, length: usize) -> c_int;
    fn tcsendbreak(line: c_int, duration: c_int) -> c_int;
    fn kill(process: c_int, signal: c_int) -> c_int;
}

/// A pseudo-terminal that never blocks: its master, and the path of the other side.
pub(crate) fn open_pty() -> (File, PathBuf) {
    let mut name = [0; 64];
    // SAFETY: the descriptor is new, and nobody else's; the name has room for its length.
    unsafe {
        let master = posix_openpt(READ_WRITE | NO_CONTROLLING_TERMINAL | NON_BLOCKING | CLOSE_ON_EXEC);
        assert!(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0, "{}", io::Error::last_os_error());
        assert_eq!(ptsname_r(master, name.as_mut_ptr(), name.len()), 0);
        let name = CStr::from_ptr(name.as_ptr()).to_bytes();
        (File::from_raw_fd(master), PathBuf::from(OsStr::from_bytes(name)))
    }
}

/// Holds a line in BREAK, as far as it can be.
pub(crate) fn send_break(line: &File) {
    // SAFETY: the descriptor is open.
    assert_eq!(unsafe { tcsendbreak(line.as_raw_fd(), 0) }, 0);
}

/// Sends a signal to a process that this test has started.
pub(crate) fn signal(process: u32, signal: c_int) {
    let process = c_int::try_from(process).expect("a process number");
    // SAFETY: two numbers.
    assert_eq!(unsafe { kill(process, signal) }, 0, "{}", io::Error::last_os_error());
}
