//! Signed heads of the logs.

use crate::boundary::{answer, bytes, given, place};
use crate::error::{Error, StatusCode};
use crate::room;
use crate::storage::EngineStorage;
use core::ffi::{c_char, c_void};
use ed25519_dalek::SigningKey;
use strongroom_core::checkpoint::{self, Checkpoint as Head, NOTE, PUBLIC_KEY, SIGNATURE, Signer as _};
use strongroom_core::journal;

/// Whoever has the key: a secure element, another process, or strongroom_ed25519_sign.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Signer {
    /// Given to `sign`.
    pub user: *mut c_void,
    /// Writes the 64 bytes of the Ed25519 signature (RFC 8032) over `length` bytes of `text`. Returns 0, or what failed.
    /// It returns: no `longjmp`, no exception.
    pub sign: Option<unsafe extern "C" fn(user: *mut c_void, text: *const u8, length: usize, signature: *mut u8) -> i32>,
    /// The public key that its signatures verify with.
    pub public_key: [u8; 32],
}

/// The head of one tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Checkpoint {
    /// The name of the tree, such as "strongroom/700022/tenant/3", with a final zero.
    pub origin: [c_char; 100],
    /// How many records it has.
    pub size: u32,
    /// Its root: SHA-256.
    pub root: [u8; 32],
}

const _: () = assert!(checkpoint::ORIGIN < 100 && NOTE < STRONGROOM_NOTE_SIZE, "the header says so");

/// The longest signed note in bytes, its final zero included.
pub const STRONGROOM_NOTE_SIZE: usize = 512;

impl Checkpoint {
    fn of(head: &Head) -> Self {
        let mut origin = [0; 100];
        for (place, byte) in origin.iter_mut().zip(head.origin().bytes()) {
            *place = byte.cast_signed() as c_char;
        }
        Self { origin, size: head.size(), root: head.root().0 }
    }
}

impl checkpoint::Signer for Signer {
    type Error = Error;

    fn public_key(&self) -> [u8; PUBLIC_KEY] {
        self.public_key
    }

    fn sign(&mut self, text: &[u8]) -> Result<[u8; SIGNATURE], Error> {
        let sign = self.sign.ok_or(Error::Null)?;
        let mut signature = [0; SIGNATURE];
        // SAFETY: the contract of the function that was given the signer: it takes these arguments.
        let code = unsafe { sign(self.user, text.as_ptr(), text.len(), signature.as_mut_ptr()) };
        if code == 0 { Ok(signature) } else { Err(Error::SignerFailed) }
    }
}

/// Signs the head of a log: a note (C2SP tlog-checkpoint) that others can verify and witness. Only of a mounted
/// engine, over what is stored, so that no power cut makes a device sign two that contradict each other.
///
/// @param engine  the engine
/// @param log     STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
/// @param signer  who signs
/// @param note    written: the note, with a final zero
/// @param room    how many bytes `note` has; STRONGROOM_NOTE_SIZE are always enough
///
/// # Errors
///
/// NULL (also the signer's function), ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN, NOT_MOUNTED, CLOSED,
/// SIGNER_FAILED, BUFFER_SIZE.
///
/// # Safety
///
/// `engine` is storage, `signer` is good for one signer whose function is good for what it is called with,
/// `note` for `room` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_log_checkpoint(
    engine: *const EngineStorage,
    log: u8,
    signer: *const Signer,
    note: *mut c_char,
    room: usize,
) -> StatusCode {
    answer(|| {
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody changes meanwhile.
        let held = unsafe { room::look(engine)? };
        let log = crate::log::name(log)?;
        // SAFETY: `signer` is by this function's contract NULL or good for one signer.
        let mut signer = *unsafe { given(signer)? };
        let out = place(note)?;
        signer.sign.ok_or(Error::Null)?;
        let head = held.kept().ok_or(Error::NotMounted)?.checkpoint(log).map_err(|error| match error {
            journal::Error::Closed | journal::Error::NotStored(_) | journal::Error::DoneNotStored { .. } => Error::Closed,
        })?;
        let signed = head.sign(&mut signer)?;
        if signed.len() >= room {
            return Err(Error::BufferSize);
        }
        // SAFETY: not NULL and good for `room` bytes, which are more than the note's.
        unsafe {
            core::ptr::copy_nonoverlapping(signed.as_ptr().cast(), out.as_ptr(), signed.len());
            out.add(signed.len()).write(0);
        }
        Ok(())
    })
}

/// Reads a signed note, if the key signed it. Signatures of others may stand beside.
///
/// @param note        the note
/// @param length      its length in bytes, without a final zero
/// @param public_key  the device's key, 32 bytes
/// @param checkpoint  written: whose head it is, and which
///
/// # Errors
///
/// NULL, ALIGNMENT, VALUE (the length is more than PTRDIFF_MAX), NOTE_MALFORMED, NOTE_OTHER (none of its signatures is of this key), NOTE_FORGED.
///
/// # Safety
///
/// `note` is good for `length` bytes, `public_key` for 32, `checkpoint` for what is written.
///
/// cbindgen:ptrs-as-arrays=[[public_key; 32]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_checkpoint_verify(
    note: *const c_char,
    length: usize,
    public_key: *const u8,
    checkpoint: *mut Checkpoint,
) -> StatusCode {
    answer(|| {
        let out = place(checkpoint)?;
        // SAFETY: both are by this function's contract NULL or good for so many bytes.
        let (note, key) = unsafe { (bytes(note.cast(), length)?, given(public_key.cast::<[u8; PUBLIC_KEY]>())?) };
        let note = core::str::from_utf8(note).map_err(|_| Error::NoteMalformed)?;
        let head = Head::verify(note, key).map_err(|unverified| match unverified {
            checkpoint::Unverified::Malformed => Error::NoteMalformed,
            checkpoint::Unverified::OtherKey => Error::NoteOther,
            checkpoint::Unverified::Forged => Error::NoteForged,
        })?;
        // SAFETY: aligned, not NULL, and by this function's contract good for what is written.
        unsafe { out.write(Checkpoint::of(&head)) };
        Ok(())
    })
}

/// The public key of an Ed25519 key.
///
/// @param secret_key  32 secret bytes (RFC 8032)
/// @param public_key  written: 32 bytes
///
/// # Errors
///
/// NULL.
///
/// # Safety
///
/// Both are good for 32 bytes.
///
/// cbindgen:ptrs-as-arrays=[[secret_key; 32], [public_key; 32]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_ed25519_public_key(secret_key: *const u8, public_key: *mut u8) -> StatusCode {
    answer(|| {
        // SAFETY: `secret_key` is by this function's contract NULL or good for 32 bytes.
        let secret = unsafe { given(secret_key.cast::<[u8; 32]>())? };
        let out = place(public_key.cast::<[u8; 32]>())?;
        // SAFETY: not NULL, and by this function's contract good for 32 bytes.
        unsafe { out.write(SigningKey::from_bytes(secret).public_key()) };
        Ok(())
    })
}

/// A signer that has the key itself: a `sign` for strongroom_signer_t, whose `user` is the key.
///
/// @param user       the key: 32 secret bytes (RFC 8032)
/// @param text       what is signed
/// @param length     its length in bytes
/// @param signature  written: 64 bytes
/// @return           0, STRONGROOM_ERROR_NULL, or STRONGROOM_ERROR_VALUE: the length is more than PTRDIFF_MAX
///
/// # Safety
///
/// `user` is good for 32 bytes, `text` for `length`, `signature` for 64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_ed25519_sign(user: *mut c_void, text: *const u8, length: usize, signature: *mut u8) -> i32 {
    answer(|| {
        // SAFETY: all are by this function's contract NULL or good for so many bytes.
        let (secret, text) = unsafe { (given(user.cast_const().cast::<[u8; 32]>())?, bytes(text, length)?) };
        let out = place(signature.cast::<[u8; SIGNATURE]>())?;
        let signed = match SigningKey::from_bytes(secret).sign(text) {
            Ok(signed) => signed,
            Err(never) => match never {},
        };
        // SAFETY: not NULL, and by this function's contract good for 64 bytes.
        unsafe { out.write(signed) };
        Ok(())
    })
    .into()
}
