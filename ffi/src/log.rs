//! Reading the two logs.

use crate::boundary::answer;
use crate::error::{Error, StatusCode};
use crate::shape::Shape;
use crate::storage::{self, EngineStorage};
use strongroom_core::{Engine, LogName, Record};

/// How many records a log has in all, drained ones included: the sequence number of its next one.
/// The tenant log begins anew at 0 when the lease ends.
///
/// @param engine  the engine
/// @param log     STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
/// @param size    written: how many
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN.
///
/// # Safety
///
/// `engine` is storage, `size` is good for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_log_size(engine: *const EngineStorage, log: u8, size: *mut u32) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, log, size, |engine, log| Ok(engine.log().size(log))) })
}

/// The root of a log's Merkle tree (RFC 6962) over all its records, drained ones included.
///
/// @param engine  the engine
/// @param log     STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
/// @param root    written: SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN.
///
/// # Safety
///
/// `engine` is storage, `root` is good for 32 bytes.
///
/// cbindgen:ptrs-as-arrays=[[root; 32]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_log_root(engine: *const EngineStorage, log: u8, root: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, log, root.cast::<[u8; 32]>(), |engine, log| Ok(engine.log().root(log).0)) })
}

/// The sequence number of the oldest record that a log still holds; the log's size where it holds
/// none. From there to the log's size, each record can be read.
///
/// @param engine    the engine
/// @param log       STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
/// @param sequence  written: the number
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN.
///
/// # Safety
///
/// `engine` is storage, `sequence` is good for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_log_first(engine: *const EngineStorage, log: u8, sequence: *mut u32) -> StatusCode {
    let first = |engine: &Engine, log| {
        Ok(engine.log().records(log).next().map_or_else(|| engine.log().size(log), |record| record.sequence))
    };
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, log, sequence, first) })
}

/// A record that a log still holds, byte by byte as it is exported and hashed.
///
/// @param engine    the engine
/// @param log       STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
/// @param sequence  the record's number: from strongroom_log_first to strongroom_log_size - 1
/// @param record    written: STRONGROOM_RECORD_SIZE (118) bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN, OUT_OF_RANGE (acknowledged, erased or not
/// yet written).
///
/// # Safety
///
/// `engine` is storage, `record` is good for 118 bytes.
///
/// cbindgen:ptrs-as-arrays=[[record; 118]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_log_record(
    engine: *const EngineStorage,
    log: u8,
    sequence: u32,
    record: *mut u8,
) -> StatusCode {
    let read = |engine: &Engine, log| {
        let record = engine.log().records(log).find(|record| record.sequence == sequence);
        record.map(Record::to_bytes).ok_or(Error::OutOfRange)
    };
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, log, record.cast::<[u8; Record::SIZE]>(), read) })
}

const _: () = assert!(Record::SIZE == 118, "the header says so");

/// How many records a log still takes of what opens or builds; what ends access or destroys has places of its
/// own. Where this is 1 or less, drain the log: read the records, keep them safe, and `acknowledge` them.
///
/// @param engine  the engine
/// @param log     STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
/// @param count   written: how many
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN.
///
/// # Safety
///
/// `engine` is storage, `count` is good for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_log_room(engine: *const EngineStorage, log: u8, count: *mut u32) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, log, count, |engine, log| Ok(engine.room(log))) })
}

/// The log with that number.
pub(crate) fn name(log: u8) -> Result<LogName, Error> {
    LogName::from_c(&log).map_err(|_| Error::LogUnknown)
}

/// Writes what `ask` says about the engine's log.
///
/// # Safety
///
/// As of [`storage::tell`].
unsafe fn tell<T>(
    engine: *const EngineStorage,
    log: u8,
    out: *mut T,
    ask: impl FnOnce(&Engine, LogName) -> Result<T, Error>,
) -> Result<(), Error> {
    // SAFETY: by this function's contract.
    unsafe { storage::tell(engine, out, |engine| ask(engine, name(log)?)) }
}
