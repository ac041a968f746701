//! An engine's life in memory that the caller brings: zeroed, initialized, used, wiped.
//!
//! # Operations
//!
//! | The mark is | `init` | any use | `deinit` |
//! |---|---|---|---|
//! | zero | makes the engine | not initialized | not initialized |
//! | live | already initialized | goes on | wipes |
//! | busy | already initialized | interrupted | wipes |
//! | anything else | not zeroed | not initialized | not initialized |
//!
//! # Properties
//!
//! - An engine whose step panicked, or on which another step still runs, is busy and answers nothing.
//! - A wiped storage is all zeros and can be initialized again.

use crate::boundary::{answer, message};
use crate::error::{Error, StatusCode};
use core::sync::atomic::{Ordering, compiler_fence};
use strongroom_core::wire::Message;
use strongroom_core::{Engine, Policy};

/// How many 64-bit words an engine's storage has; the same on every target.
pub const STRONGROOM_STORAGE_WORDS: usize = 896;

/// Room for one engine. Its contents are the library's: bring it zeroed (`STRONGROOM_STORAGE_INIT`, or
/// static storage), do not look inside, and do not copy it while it holds an engine, since the
/// copies would decide apart.
#[derive(Debug)]
#[repr(C)]
pub struct EngineStorage {
    /// The library's.
    pub opaque: [u64; STRONGROOM_STORAGE_WORDS],
}

/// What stands in the storage.
#[repr(C)]
pub(crate) struct Slot {
    mark: u64,
    /// The engine's number on its link or in its file.
    pub(crate) index: u8,
    /// The engine.
    pub(crate) engine: Engine,
}

const _: () = {
    assert!(size_of::<Slot>() <= size_of::<EngineStorage>(), "raise STRONGROOM_STORAGE_WORDS");
    assert!(align_of::<Slot>() <= align_of::<EngineStorage>());
    assert!(align_of::<EngineStorage>() == 8, "the header says so");
};

const EMPTY: u64 = 0;
const LIVE: u64 = u64::from_be_bytes(*b"strgroom");
const BUSY: u64 = !LIVE;

impl EngineStorage {
    /// Storage without an engine.
    #[must_use]
    pub const fn new() -> Self {
        Self { opaque: [0; STRONGROOM_STORAGE_WORDS] }
    }
}

impl Default for EngineStorage {
    fn default() -> Self {
        Self::new()
    }
}

/// Makes an engine in zeroed storage.
///
/// @param storage    room for the engine, zeroed before its first use
/// @param size       the storage's size in bytes, `sizeof` it: at least STRONGROOM_STORAGE_SIZE
/// @param frame      a Start frame: the device that was ordered, and the digest of one of the
///                   presets of the policy
/// @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
///
/// # Errors
///
/// NULL, ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED, FRAME_TOO_LONG, FRAME_BROKEN,
/// FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no Start frame), POLICY_UNKNOWN. The
/// storage is as it was.
///
/// # Safety
///
/// `storage` is good for `size` bytes that were written before, `frame` for `frame_len`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_init(
    storage: *mut EngineStorage,
    size: usize,
    frame: *const u8,
    frame_len: usize,
) -> StatusCode {
    answer(|| {
        check_pointer(storage)?;
        if size < size_of::<EngineStorage>() {
            return Err(Error::StorageSize);
        }
        // SAFETY: aligned, not NULL, and by this function's contract good for a whole `EngineStorage`.
        match unsafe { mark(storage) } {
            EMPTY => {}
            LIVE | BUSY => return Err(Error::AlreadyInitialized),
            _ => return Err(Error::StorageNotZeroed),
        }
        // SAFETY: `frame` is by this function's contract NULL or good for `frame_len` bytes.
        let Message::Start { engine: index, device, policy, invalid, .. } = (unsafe { message(frame, frame_len)? }) else {
            return Err(Error::FrameKind);
        };
        let policy = Policy::PRESETS.iter().find(|preset| preset.digest() == policy).ok_or(Error::PolicyUnknown)?;
        let slot = storage.cast::<Slot>();
        // SAFETY: as above; a `Slot` is no larger and no more aligned than an `EngineStorage`, the storage
        // holds no engine that would have to be dropped, and the engine is made before its mark.
        unsafe {
            let mut made = Engine::new(device, policy);
            if let Some(tenant) = invalid {
                made.begin_invalid(device, policy, tenant);
            }
            (&raw mut (*slot).engine).write(made);
            (&raw mut (*slot).index).write(index);
            (&raw mut (*slot).mark).write(LIVE);
        }
        Ok(())
    })
}

/// Ends an engine and wipes its storage with zeros, which can be initialized again. Drain the logs
/// and the outbox before.
///
/// @param engine  the storage of an engine
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED.
///
/// # Safety
///
/// `engine` is good for STRONGROOM_STORAGE_SIZE bytes that were written before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_deinit(engine: *mut EngineStorage) -> StatusCode {
    answer(|| {
        check_pointer(engine)?;
        // SAFETY: aligned, not NULL, and by this function's contract good for a whole `EngineStorage`.
        let mark = unsafe { mark(engine) };
        if mark != LIVE && mark != BUSY {
            return Err(Error::NotInitialized);
        }
        // The engine owns nothing outside of itself, so wiping it is all that dropping it would be.
        let words = engine.cast::<u64>();
        for word in 0..STRONGROOM_STORAGE_WORDS {
            // SAFETY: as above, and `word` is less than the storage's number of words.
            unsafe { words.add(word).write_volatile(0) };
        }
        compiler_fence(Ordering::SeqCst);
        Ok(())
    })
}

/// The engine in `storage`, to look at.
///
/// # Safety
///
/// `storage` is NULL or good for a whole `EngineStorage` that was written before and that nobody
/// changes during `'a`.
pub(crate) unsafe fn look<'a>(storage: *const EngineStorage) -> Result<&'a Slot, Error> {
    check_pointer(storage.cast_mut())?;
    // SAFETY: aligned, not NULL and good by this function's contract.
    check_mark(unsafe { mark(storage) })?;
    // SAFETY: as above, and the mark says that a `Slot` was written here.
    Ok(unsafe { &*storage.cast::<Slot>() })
}

/// Changes the engine in `storage`. It is marked busy meanwhile, and stays so where `step` panics.
///
/// # Safety
///
/// `storage` is NULL or good for a whole `EngineStorage` that was written before and that nobody else
/// looks at or changes meanwhile.
pub(crate) unsafe fn change<T>(
    storage: *mut EngineStorage,
    step: impl FnOnce(&mut Engine, u8) -> Result<T, Error>,
) -> Result<T, Error> {
    check_pointer(storage)?;
    // SAFETY: aligned, not NULL and good by this function's contract.
    check_mark(unsafe { mark(storage) })?;
    // SAFETY: as above, the mark says that a `Slot` was written here, and nobody else uses it.
    let slot = unsafe { &mut *storage.cast::<Slot>() };
    slot.mark = BUSY;
    let result = step(&mut slot.engine, slot.index);
    slot.mark = LIVE;
    result
}

fn check_pointer(storage: *mut EngineStorage) -> Result<(), Error> {
    crate::boundary::place(storage).map(|_| ())
}

fn check_mark(mark: u64) -> Result<(), Error> {
    match mark {
        LIVE => Ok(()),
        BUSY => Err(Error::Interrupted),
        _ => Err(Error::NotInitialized),
    }
}

/// The storage's first word.
///
/// # Safety
///
/// `storage` is aligned and good for a whole `EngineStorage` that was written before.
unsafe fn mark(storage: *const EngineStorage) -> u64 {
    // SAFETY: the mark is the first field of a `Slot` and the first word of the storage.
    unsafe { storage.cast::<u64>().read() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strongroom_core::wire::{MAX_FRAME, encode};
    use strongroom_core::{Deployment, Device, Label, Organisation};

    fn started() -> EngineStorage {
        let serial = Label::new("700022").unwrap();
        let device =
            Device { serial, provider: Organisation([1; 16]), vendor: Organisation([2; 16]), deployment: Deployment::Firmware };
        let start: Message =
            Message::Start { engine: 3, name: serial, device, policy: Policy::AZURE.digest(), invalid: None, ticks: true };
        let mut frame = [0; MAX_FRAME];
        let length = encode(&start, &mut frame).unwrap();
        let mut storage = EngineStorage::new();
        // SAFETY: a whole storage and a whole frame.
        let status = unsafe { strongroom_engine_init(&raw mut storage, size_of::<EngineStorage>(), frame.as_ptr(), length) };
        assert_eq!(status, 0);
        storage
    }

    #[test]
    fn an_engine_whose_step_panicked_answers_nothing_until_it_is_wiped() {
        std::panic::set_hook(std::boxed::Box::new(|_| ()));
        let mut storage = started();
        let place = &raw mut storage;
        // SAFETY: one whole storage, used by this thread alone.
        unsafe {
            let status = answer(|| change(place, |_, _| -> Result<(), Error> { panic!("on purpose") }));
            assert_eq!(status, Error::Panic as u16);
            assert!(matches!(look(place), Err(Error::Interrupted)));
            assert!(matches!(change(place, |_, _| Ok(())), Err(Error::Interrupted)));
            assert_eq!(strongroom_engine_deinit(place), 0);
        }
        assert!(storage.opaque.iter().all(|word| *word == 0));
    }

    #[test]
    fn a_step_that_fails_leaves_the_engine_usable() {
        let mut storage = started();
        let place = &raw mut storage;
        // SAFETY: one whole storage, used by this thread alone.
        unsafe {
            assert!(matches!(
                change(place, |_, index| Err::<(), _>(Error::OtherEngine).inspect_err(|_| assert_eq!(index, 3))),
                Err(Error::OtherEngine)
            ));
            assert!(look(place).is_ok());
        }
    }

    #[test]
    fn the_storage_is_not_much_larger_than_the_engine() {
        assert!(size_of::<EngineStorage>() - size_of::<Slot>() < 1024, "lower STRONGROOM_STORAGE_WORDS: {}", size_of::<Slot>());
    }
}
