//! What the library is: its version, and the storage that it was built for.

use crate::error::Error;
use crate::storage::EngineStorage;
use core::ffi::{CStr, c_char};

/// Rises when a program that was built with an older header has to be built again.
pub const STRONGROOM_ABI_VERSION: u32 = 1;

/// No time: not known where one is asked for, never where one is told.
pub const STRONGROOM_NO_TIME: u64 = u64::MAX;

const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(version) => version,
    Err(_) => panic!("a version holds no zero"),
};

/// Whether the program was built with this library's header, or with one that goes with it.
pub(crate) fn check_abi(abi: u32) -> Result<(), Error> {
    if abi == STRONGROOM_ABI_VERSION { Ok(()) } else { Err(Error::AbiVersion) }
}

/// The library's ABI version; compare it with STRONGROOM_ABI_VERSION, the header's.
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_abi_version() -> u32 {
    STRONGROOM_ABI_VERSION
}

/// The library's version as text, such as "0.1.0"; compare it with STRONGROOM_VERSION, the header's.
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_version() -> *const c_char {
    VERSION.as_ptr()
}

/// How many bytes an engine's storage has to have; STRONGROOM_STORAGE_SIZE in the header.
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_storage_size() -> usize {
    size_of::<EngineStorage>()
}

/// What an engine's storage has to be aligned to, in bytes; never more than STRONGROOM_STORAGE_ALIGNMENT in the header.
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_storage_alignment() -> usize {
    align_of::<EngineStorage>()
}
