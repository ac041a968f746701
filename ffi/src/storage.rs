//! An engine's life in memory that the caller brings.

use crate::boundary::{answer, given, place};
use crate::error::{Error, StatusCode};
use crate::journal::{Failed, Medium};
use crate::policy::preset;
use crate::room::{self, Room, letters};
use crate::shape::Shape;
use crate::terms::Device;
use crate::version::check_abi;
use core::mem::ManuallyDrop;
use strongroom_core::journal::{self, Durable};
use strongroom_core::{self as core_, Engine, Organisation, Policy, Step};

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

// SAFETY: it is words.
unsafe impl Room for EngineStorage {
    type Tenant = Held;
    const LIVE: u64 = letters(b"strgroom");
}

/// Stores a step and carries it out. Named here, by whoever mounts, so that a program that mounts nothing is not linked with
/// a journal.
pub(crate) type Commit = fn(&mut Durable<Medium>, &Step) -> Result<core_::Reply, journal::Error<Failed>>;

/// An engine, and how it is kept.
#[repr(C)]
pub(crate) struct Held {
    /// How a step is carried out; none where the engine is kept nowhere.
    pub(crate) keeper: Option<Commit>,
    /// What failed last.
    pub(crate) fault: Option<journal::Fault<Failed>>,
    pub(crate) body: Body,
}

/// Which of both follows from the keeper.
#[repr(C)]
pub(crate) union Body {
    pub(crate) volatile: ManuallyDrop<Engine>,
    pub(crate) kept: ManuallyDrop<Durable<Medium>>,
}

impl Held {
    /// The engine, to look at.
    pub(crate) fn engine(&self) -> &Engine {
        match self.keeper {
            // SAFETY: without a keeper the engine is volatile.
            None => unsafe { &self.body.volatile },
            // SAFETY: with one it is kept.
            Some(_) => unsafe { &self.body.kept }.engine(),
        }
    }

    /// The engine with its medium; none where it is kept nowhere.
    pub(crate) fn kept(&self) -> Option<&Durable<Medium>> {
        // SAFETY: with a keeper the engine is kept.
        self.keeper.map(|_| unsafe { &*self.body.kept })
    }

    /// As [`kept`](Self::kept), to change.
    pub(crate) fn kept_mut(&mut self) -> Option<&mut Durable<Medium>> {
        // SAFETY: with a keeper the engine is kept.
        self.keeper.map(|_| unsafe { &mut *self.body.kept })
    }

    /// Carries a step out; the reply comes with an error too, where it happened all the same.
    pub(crate) fn commit(&mut self, step: &Step) -> (Option<core_::Reply>, Result<(), Error>) {
        let Some(keeper) = self.keeper else {
            // SAFETY: without a keeper the engine is volatile.
            return (Some(unsafe { &mut self.body.volatile }.commit(step)), Ok(()));
        };
        // SAFETY: with a keeper the engine is kept.
        match keeper(unsafe { &mut self.body.kept }, step) {
            Ok(reply) => (Some(reply), Ok(())),
            Err(journal::Error::Closed) => (None, Err(Error::Closed)),
            Err(journal::Error::NotStored(fault)) => {
                self.remember(fault);
                (None, Err(Error::NotStored))
            }
            Err(journal::Error::DoneNotStored { reply, fault }) => {
                self.remember(fault);
                (Some(reply), Err(Error::DoneNotStored))
            }
        }
    }

    /// Keeps what failed; that it failed before says less than how.
    pub(crate) fn remember(&mut self, fault: journal::Fault<Failed>) {
        if self.fault.is_none() || fault != journal::Fault::Earlier {
            self.fault = Some(fault);
        }
    }
}

/// What every way of making an engine checks and reads first.
pub(crate) unsafe fn begin(abi: u32, device: *const Device, policy: u8) -> Result<(core_::Device, &'static Policy), Error> {
    check_abi(abi)?;
    // SAFETY: `device` is by this function's contract NULL or good for one device.
    let device = Shape::from_c(unsafe { given(device)? })?;
    Ok((device, preset(policy)?))
}

/// Makes an engine in zeroed storage. It is kept nowhere: what it knows ends with the storage. See
/// strongroom_engine_mount for one that survives power cuts.
///
/// @param engine  room for the engine, zeroed before its first use
/// @param size    its size in bytes, `sizeof` it: at least STRONGROOM_STORAGE_SIZE
/// @param abi     STRONGROOM_ABI_VERSION
/// @param device  the device that was ordered, on its way
/// @param policy  STRONGROOM_POLICY_*
///
/// # Errors
///
/// NULL, ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED, ABI_VERSION, VALUE (of the device),
/// POLICY_UNKNOWN. The storage is as it was.
///
/// # Safety
///
/// `engine` is good for `size` bytes that were written before, `device` for one device.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_init(
    engine: *mut EngineStorage,
    size: usize,
    abi: u32,
    device: *const Device,
    policy: u8,
) -> StatusCode {
    // SAFETY: this function's contract is that of `make`.
    answer(|| unsafe { make(engine, size, abi, device, policy, None) })
}

/// Makes an engine for a device whose stored state was lost or cannot be read: every access is
/// closed, and the only way on is a `quarantine` command.
///
/// @param engine  room for the engine, zeroed before its first use
/// @param size    its size in bytes, `sizeof` it: at least STRONGROOM_STORAGE_SIZE
/// @param abi     STRONGROOM_ABI_VERSION
/// @param device  the device
/// @param policy  STRONGROOM_POLICY_*
/// @param tenant  the customer whose officer may take part in the quarantine, a UUID; zeros where
///                nobody is known to be one
///
/// # Errors
///
/// As strongroom_engine_init.
///
/// # Safety
///
/// `engine` is good for `size` bytes that were written before, `device` for one device, `tenant` for 16 bytes.
///
/// cbindgen:ptrs-as-arrays=[[tenant; 16]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_init_invalid(
    engine: *mut EngineStorage,
    size: usize,
    abi: u32,
    device: *const Device,
    policy: u8,
    tenant: *const u8,
) -> StatusCode {
    answer(|| {
        // SAFETY: `tenant` is by this function's contract NULL or good for 16 bytes.
        let tenant = unsafe { given(tenant.cast::<[u8; 16]>())? };
        // SAFETY: this function's contract is that of `make`.
        unsafe { make(engine, size, abi, device, policy, Some(Organisation(*tenant))) }
    })
}

unsafe fn make(
    storage: *mut EngineStorage,
    size: usize,
    abi: u32,
    device: *const Device,
    policy: u8,
    invalid: Option<Organisation>,
) -> Result<(), Error> {
    let build = |held: *mut Held| {
        // SAFETY: `device` is by this function's contract NULL or good for one device.
        let (device, policy) = unsafe { begin(abi, device, policy)? };
        // SAFETY: the place of a tenant, which is written part by part: an engine on the stack is seven kilobytes.
        unsafe {
            (&raw mut (*held).keeper).write(None);
            (&raw mut (*held).fault).write(None);
            let engine = (&raw mut (*held).body).cast::<Engine>();
            engine.write(Engine::vacant());
            match invalid {
                None => (*engine).begin(device, policy),
                Some(tenant) => (*engine).begin_invalid(device, policy, tenant),
            }
        }
        Ok(())
    };
    // SAFETY: this function's contract is that of `init`.
    unsafe { room::init(storage, size, build) }
}

/// Ends an engine and wipes its storage with zeros, which can be initialized again. Drain the logs
/// and the outbox before; what a medium keeps stays there.
///
/// @param engine  the storage of an engine
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED (a call still runs on it).
///
/// # Safety
///
/// `engine` is good for STRONGROOM_STORAGE_SIZE bytes that were written before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_deinit(engine: *mut EngineStorage) -> StatusCode {
    // SAFETY: this function's contract is that of `deinit`.
    answer(|| unsafe { room::deinit(engine) })
}

/// The engine in `storage`, to look at.
///
/// # Safety
///
/// As [`room::look`].
pub(crate) unsafe fn look<'a>(storage: *const EngineStorage) -> Result<&'a Engine, Error> {
    // SAFETY: by this function's contract.
    Ok(unsafe { room::look(storage)? }.engine())
}

/// Writes what `ask` says about the engine.
///
/// # Safety
///
/// `engine` is NULL or storage that nobody changes meanwhile, `out` is NULL or good for one `T`.
pub(crate) unsafe fn tell<T>(
    engine: *const EngineStorage,
    out: *mut T,
    ask: impl FnOnce(&Engine) -> Result<T, Error>,
) -> Result<(), Error> {
    // SAFETY: by this function's contract.
    let engine = unsafe { look(engine)? };
    let out = place(out)?;
    let told = ask(engine)?;
    // SAFETY: aligned, not NULL, and by this function's contract good for one `T`.
    unsafe { out.write(told) };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_storage_is_not_much_larger_than_what_is_in_it() {
        assert!(size_of::<EngineStorage>() - size_of::<Held>() < 512, "lower STRONGROOM_STORAGE_WORDS: {}", size_of::<Held>());
    }
}
