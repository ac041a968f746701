//! Engines that a medium keeps: flash, an EEPROM, a file, anything that four functions of the caller's reach.

use crate::boundary::{answer, given, place};
use crate::error::{Error, StatusCode};
use crate::room;
use crate::storage::{EngineStorage, Held, begin};
use crate::terms::Device;
use core::ffi::c_void;
use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash};
use strongroom_core::journal::{self, BLOCK, Damage, Durable, Layout, Mounted as Found, Other, PIECE};

/// Nothing was stored: the engine begins anew.
pub const STRONGROOM_MOUNTED_FRESH: u8 = 0;

/// The state is back.
pub const STRONGROOM_MOUNTED_RESTORED: u8 = 1;

/// Something that cannot be read: every access is closed, and the only way on is `quarantine`.
pub const STRONGROOM_MOUNTED_INVALID: u8 = 2;

/// Something whole that is not this program's to read: the engine refuses everything, and the medium stays as it is.
pub const STRONGROOM_MOUNTED_HELD: u8 = 3;

/// What keeps an engine, and how to reach it. The engine copies this; what `user` points to stays the program's.
///
/// The functions return: no `longjmp`, no exception. Their own engine is busy meanwhile, also while it is being mounted, and
/// says STRONGROOM_ERROR_INTERRUPTED.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Medium {
    /// Given to each of the functions.
    pub user: *mut c_void,
    /// Reads `length` bytes from byte `at` on. Returns 0, or what failed.
    pub read: Option<unsafe extern "C" fn(user: *mut c_void, at: u32, bytes: *mut u8, length: usize) -> i32>,
    /// Writes `length` bytes from byte `at` on, and returns when they would survive a power cut. Both are multiples of
    /// STRONGROOM_MEDIUM_BLOCK; none is written twice between two erasures. Returns 0, or what failed.
    pub write: Option<unsafe extern "C" fn(user: *mut c_void, at: u32, bytes: *const u8, length: usize) -> i32>,
    /// Sets every bit from byte `from` up to and without byte `to`, both multiples of the erase size. Returns 0, or what
    /// failed.
    pub erase: Option<unsafe extern "C" fn(user: *mut c_void, from: u32, to: u32) -> i32>,
    /// Bytes that it has, the same for good: 32 KiB are enough where at most 4 KiB are erased at once, six times
    /// `erase_size` from 8 KiB on. Mounting says STRONGROOM_ERROR_NO_ROOM where it is too small.
    pub capacity: u32,
    /// Bytes that are erased at once, a multiple of 64 and the same for good; 64 for an EEPROM, whose `erase` writes ones.
    pub erase_size: u32,
}

/// What a function of the medium's returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed(i32);

#[cfg(test)]
impl Failed {
    pub(crate) const fn of(code: i32) -> Self {
        Self(code)
    }
}

impl NorFlashError for Failed {
    fn kind(&self) -> NorFlashErrorKind {
        NorFlashErrorKind::Other
    }
}

/// What is wrong where a medium has no function.
const NO_FUNCTION: i32 = i32::MIN;

fn outcome(code: i32) -> Result<(), Failed> {
    if code == 0 { Ok(()) } else { Err(Failed(code)) }
}

impl ErrorType for Medium {
    type Error = Failed;
}

impl ReadNorFlash for Medium {
    const READ_SIZE: usize = 1;

    fn read(&mut self, at: u32, bytes: &mut [u8]) -> Result<(), Failed> {
        let read = self.read.ok_or(Failed(NO_FUNCTION))?;
        // SAFETY: `mount`'s contract: the function takes these arguments, `bytes` is good for its length.
        outcome(unsafe { read(self.user, at, bytes.as_mut_ptr(), bytes.len()) })
    }

    fn capacity(&self) -> usize {
        self.capacity as usize
    }
}

impl NorFlash for Medium {
    const WRITE_SIZE: usize = BLOCK;
    const ERASE_SIZE: usize = PIECE;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Failed> {
        let erase = self.erase.ok_or(Failed(NO_FUNCTION))?;
        // SAFETY: `mount`'s contract: the function takes these arguments.
        outcome(unsafe { erase(self.user, from, to) })
    }

    fn write(&mut self, at: u32, bytes: &[u8]) -> Result<(), Failed> {
        let write = self.write.ok_or(Failed(NO_FUNCTION))?;
        // SAFETY: `mount`'s contract: the function takes these arguments, `bytes` is good for its length.
        outcome(unsafe { write(self.user, at, bytes.as_ptr(), bytes.len()) })
    }
}

/// What was found on a medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Mounted {
    /// Of FRESH and RESTORED: the steps that were replayed after the image. Of INVALID and HELD: where, or which version,
    /// as `why` says.
    pub number: u64,
    /// STRONGROOM_MOUNTED_*.
    pub found: u8,
    /// Of RESTORED: whether something was skipped that a power cut tore; it was never answered. 0 or 1.
    pub torn: u8,
    /// Of INVALID and HELD: STRONGROOM_WHY_*, else 0.
    pub why: u8,
    /// Zeros.
    pub reserved: [u8; 5],
}

const _: () = assert!(size_of::<Mounted>() == 16, "no padding; the header says so");

/// No mark is whole, and the medium is not blank.
pub const STRONGROOM_WHY_NO_MARK: u8 = 1;

/// Two whole marks contradict each other.
pub const STRONGROOM_WHY_MARKS: u8 = 2;

/// An entry that a mark names is missing or broken; `number` is its byte.
pub const STRONGROOM_WHY_ENTRY: u8 = 3;

/// A stored step comes out differently now; `number` is the step's.
pub const STRONGROOM_WHY_CONTRADICTION: u8 = 4;

/// Steps that were decided by other rules, of version `number`: mount with that library, compact, and come back.
pub const STRONGROOM_WHY_RULES: u8 = 5;

/// Another format, `number`.
pub const STRONGROOM_WHY_FORMAT: u8 = 6;

/// Another device's.
pub const STRONGROOM_WHY_DEVICE: u8 = 7;

/// Under a policy that is no preset.
pub const STRONGROOM_WHY_POLICY: u8 = 8;

/// Of an engine with more room than this one has.
pub const STRONGROOM_WHY_CAPACITY: u8 = 9;

impl Mounted {
    fn of(found: &Found) -> Self {
        let row = |found, number, torn, why| Self { number, found, torn, why, reserved: [0; 5] };
        let invalid = |number, why| row(STRONGROOM_MOUNTED_INVALID, number, 0, why);
        let held = |number, why| row(STRONGROOM_MOUNTED_HELD, number, 0, why);
        match *found {
            Found::Fresh => row(STRONGROOM_MOUNTED_FRESH, 0, 0, 0),
            Found::Restored { steps, torn } => row(STRONGROOM_MOUNTED_RESTORED, steps.into(), torn.into(), 0),
            Found::Invalid(Damage::NoMark) => invalid(0, STRONGROOM_WHY_NO_MARK),
            Found::Invalid(Damage::Marks) => invalid(0, STRONGROOM_WHY_MARKS),
            Found::Invalid(Damage::Entry { at }) => invalid(at.into(), STRONGROOM_WHY_ENTRY),
            Found::Invalid(Damage::Contradiction { sequence }) => invalid(sequence, STRONGROOM_WHY_CONTRADICTION),
            Found::Held(Other::Rules { version }) => held(version.into(), STRONGROOM_WHY_RULES),
            Found::Held(Other::Format { format }) => held(format.into(), STRONGROOM_WHY_FORMAT),
            Found::Held(Other::Device { .. }) => held(0, STRONGROOM_WHY_DEVICE),
            Found::Held(Other::Policy) => held(0, STRONGROOM_WHY_POLICY),
            Found::Held(Other::Capacity) => held(0, STRONGROOM_WHY_CAPACITY),
        }
    }
}

impl From<journal::Fault<Failed>> for Error {
    fn from(fault: journal::Fault<Failed>) -> Self {
        match fault {
            journal::Fault::Medium(_) | journal::Fault::Earlier => Self::Medium,
            journal::Fault::Layout => Self::Layout,
            journal::Fault::NoRoom { .. } | journal::Fault::Unencodable => Self::NoRoom,
            journal::Fault::NotErased { .. } => Self::NotErased,
            journal::Fault::NotWritten { .. } => Self::NotWritten,
        }
    }
}

/// Makes an engine in zeroed storage of what a medium keeps; of a blank one, a new engine. From then on
/// every step is written, marked and read back before it is answered, so that a power cut at any time
/// loses nothing that was answered and opens nothing.
///
/// The format is the one of the Rust and Python faces, byte by byte.
///
/// @param engine   room for the engine, zeroed before its first use
/// @param size     its size in bytes, `sizeof` it: at least STRONGROOM_STORAGE_SIZE
/// @param abi      STRONGROOM_ABI_VERSION
/// @param device   the device that was ordered
/// @param policy   STRONGROOM_POLICY_*: of a new engine; a stored one has its own
/// @param medium   what keeps it; nobody else writes there
/// @param mounted  written: what was found
///
/// # Errors
///
/// NULL (also a function of the medium), ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED,
/// ABI_VERSION, VALUE (of the device), POLICY_UNKNOWN, LAYOUT (capacity or erase size), NO_ROOM (a segment
/// is too small), MEDIUM (a function failed), NOT_ERASED and NOT_WRITTEN (it reads back as something else).
/// The storage is as it was.
///
/// # Safety
///
/// `engine` is good for `size` bytes that were written before, `device` for one device, `medium` for one
/// medium, `mounted` for what is written. The medium's functions are good for what they are called with
/// until strongroom_engine_deinit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_mount(
    engine: *mut EngineStorage,
    size: usize,
    abi: u32,
    device: *const Device,
    policy: u8,
    medium: *const Medium,
    mounted: *mut Mounted,
) -> StatusCode {
    answer(|| {
        let out = place(mounted)?;
        // SAFETY: `medium` is by this function's contract NULL or good for one medium.
        let medium = *unsafe { given(medium)? };
        if medium.read.is_none() || medium.write.is_none() || medium.erase.is_none() {
            return Err(Error::Null);
        }
        let build = |held: *mut Held| {
            // SAFETY: `device` is by this function's contract NULL or good for one device.
            let (device, policy) = unsafe { begin(abi, device, policy)? };
            let layout = Layout::over(medium.capacity, medium.erase_size);
            let whole = medium.erase_size.is_multiple_of(PIECE as u32);
            let layout = layout.filter(|_| whole).ok_or(Error::Layout)?;
            // SAFETY: the place of a tenant, which is written part by part: an engine on the stack is seven kilobytes.
            let durable = unsafe {
                (&raw mut (*held).keeper).write(Some(Durable::commit));
                (&raw mut (*held).fault).write(None);
                let kept = (&raw mut (*held).body).cast::<Durable<Medium>>();
                kept.write(Durable::new(medium));
                &mut *kept
            };
            let found = durable.mount(&layout, device, policy);
            if found.is_err() {
                // What was built is taken back: the room is zeros again.
                // SAFETY: as above.
                unsafe { held.write_bytes(0, 1) };
            }
            let found = Mounted::of(&found?);
            // SAFETY: aligned, not NULL, and by this function's contract good for what is written.
            unsafe { out.write(found) };
            Ok(())
        };
        // SAFETY: this function's contract is that of `init`.
        unsafe { room::init(engine, size, build) }
    })
}

/// Writes a snapshot of a mounted engine, so that no steps are left to replay: what an update of the
/// library asks for, and what shortens the next start.
///
/// @param engine  the engine
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, NOT_MOUNTED (it is kept nowhere), CLOSED (the medium failed
/// before, or what it has cannot be read), NOT_STORED: the medium failed now; nothing is lost.
///
/// # Safety
///
/// `engine` is storage.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_compact(engine: *mut EngineStorage) -> StatusCode {
    answer(|| {
        let compact = |held: &mut Held| {
            let done = held.kept_mut().ok_or(Error::NotMounted)?.compact();
            done.map_err(|error| match error {
                journal::Error::NotStored(fault) | journal::Error::DoneNotStored { fault, .. } => {
                    held.remember(fault);
                    Error::NotStored
                }
                journal::Error::Closed => Error::Closed,
            })
        };
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody else uses.
        unsafe { room::change(engine, compact) }
    })
}

/// What failed when a mounted engine last said NOT_STORED or DONE_NOT_STORED.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Fault {
    /// What the medium's function returned; 0 where it did not fail.
    pub code: i32,
    /// Where, in bytes from the medium's beginning, of NOT_ERASED and NOT_WRITTEN; else 0.
    pub at: u32,
    /// STRONGROOM_OK where nothing failed, else STRONGROOM_ERROR_MEDIUM, _LAYOUT, _NO_ROOM, _NOT_ERASED or _NOT_WRITTEN.
    pub what: StatusCode,
    /// Zeros.
    pub reserved: [u8; 2],
}

/// What failed on the medium, for messages to people.
///
/// @param engine  the engine
/// @param fault   written: what failed last
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, NOT_MOUNTED.
///
/// # Safety
///
/// `engine` is storage, `fault` is good for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_fault(engine: *const EngineStorage, fault: *mut Fault) -> StatusCode {
    answer(|| {
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody changes meanwhile.
        let held = unsafe { room::look(engine)? };
        let out = place(fault)?;
        held.kept().ok_or(Error::NotMounted)?;
        let code = if let Some(journal::Fault::Medium(Failed(code))) = held.fault { code } else { 0 };
        let at = match held.fault {
            Some(journal::Fault::NotErased { at } | journal::Fault::NotWritten { at }) => at,
            _ => 0,
        };
        let what = held.fault.map_or(crate::error::OK, |fault| Error::from(fault) as StatusCode);
        // SAFETY: aligned, not NULL, and by this function's contract good for what is written.
        unsafe { out.write(Fault { code, at, what, reserved: [0; 2] }) };
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use strongroom_core::Label;

    #[test]
    fn what_was_found_is_told_with_its_number() {
        let told = |found: Found| {
            let Mounted { number, found, torn, why, reserved } = Mounted::of(&found);
            assert_eq!(reserved, [0; 5]);
            (found, why, number, torn)
        };
        let serial = Label::new("700023").unwrap();
        assert_eq!(told(Found::Fresh), (0, 0, 0, 0));
        assert_eq!(told(Found::Restored { steps: 7, torn: true }), (1, 0, 7, 1));
        assert_eq!(told(Found::Restored { steps: 0, torn: false }), (1, 0, 0, 0));
        assert_eq!(told(Found::Invalid(Damage::NoMark)), (2, 1, 0, 0));
        assert_eq!(told(Found::Invalid(Damage::Marks)), (2, 2, 0, 0));
        assert_eq!(told(Found::Invalid(Damage::Entry { at: 96 })), (2, 3, 96, 0));
        assert_eq!(told(Found::Invalid(Damage::Contradiction { sequence: 1 << 40 })), (2, 4, 1 << 40, 0));
        assert_eq!(told(Found::Held(Other::Rules { version: 3 })), (3, 5, 3, 0));
        assert_eq!(told(Found::Held(Other::Format { format: 9 })), (3, 6, 9, 0));
        assert_eq!(told(Found::Held(Other::Device { serial })), (3, 7, 0, 0));
        assert_eq!(told(Found::Held(Other::Policy)), (3, 8, 0, 0));
        assert_eq!(told(Found::Held(Other::Capacity)), (3, 9, 0, 0));
    }
}
