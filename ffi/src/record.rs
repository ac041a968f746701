//! Records of a log, and the tree over them.

use crate::boundary::{answer, given, place};
use crate::error::{Error, StatusCode};
use crate::room::{self, Room, letters};
use crate::shape::Shape;
use crate::terms::Principal;
use crate::version::check_abi;
use strongroom_core::audit::{Frontier, record};
use strongroom_core::{self as core_, LogName};

/// A record that names a refusal repeated so many times.
pub const STRONGROOM_RECORD_REPEATED: u8 = 250;

/// A record that counts what could not be logged.
pub const STRONGROOM_RECORD_UNLOGGED: u8 = 251;

const _: () = assert!(STRONGROOM_RECORD_REPEATED == record::REPEATED && STRONGROOM_RECORD_UNLOGGED == record::UNLOGGED);

/// One record, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Record {
    /// When, in seconds since 1970 UTC.
    pub at: u64,
    /// Its number, counted from 0 in each log.
    pub sequence: u32,
    /// The lease.
    pub epoch: u32,
    /// Boots so far.
    pub boot: u32,
    /// The request, 0 where none.
    pub request: u32,
    /// Settings of the clock so far.
    pub time_epoch: u16,
    /// The rule that decided: STRONGROOM_RULE_*.
    pub rule: u16,
    /// What the kind says: a tamper class, a cause, a count.
    pub detail: u16,
    /// STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE.
    pub log: u8,
    /// What was asked: STRONGROOM_VERB_*, STRONGROOM_RECORD_REPEATED or STRONGROOM_RECORD_UNLOGGED.
    pub kind: u8,
    /// Whether it was refused: 0 or 1.
    pub refused: u8,
    /// Whether it ran at the last good time: 0 or 1.
    pub last_good_time: u8,
    /// State or status before.
    pub from: u8,
    /// State or status after.
    pub to: u8,
    /// Who acted; blanked in the lifecycle log for a customer.
    pub by: Principal,
    /// The second person, a UUID; zeros where none.
    pub second: [u8; 16],
    /// SHA-256 of the command.
    pub command: [u8; 32],
    /// Zeros.
    pub reserved: u8,
}

impl Record {
    /// The core's record.
    pub(crate) fn read(bytes: &[u8; core_::Record::SIZE]) -> Result<core_::Record, Error> {
        core_::Record::from_bytes(bytes).ok_or(Error::RecordMalformed)
    }
}

/// Reads a record.
///
/// @param bytes   its STRONGROOM_RECORD_SIZE (118) bytes
/// @param record  written: what it says
///
/// # Errors
///
/// NULL, ALIGNMENT, RECORD_MALFORMED.
///
/// # Safety
///
/// `bytes` is good for 118 bytes, `record` for what is written.
///
/// cbindgen:ptrs-as-arrays=[[bytes; 118]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_record_read(bytes: *const u8, record: *mut Record) -> StatusCode {
    answer(|| {
        // SAFETY: `bytes` is by this function's contract NULL or good for one record.
        let read = Record::read(unsafe { given(bytes.cast())? })?;
        let out = place(record)?;
        let found = Record {
            at: read.at.as_unix(),
            sequence: read.sequence,
            epoch: read.epoch,
            boot: read.boot,
            request: read.request,
            time_epoch: read.time_epoch,
            rule: read.rule.code(),
            detail: read.detail,
            log: read.log as u8,
            kind: read.kind,
            refused: read.is_refused().into(),
            last_good_time: (read.flags & record::LAST_GOOD_TIME != 0).into(),
            from: read.from,
            to: read.to,
            by: read.by.to_c(),
            second: read.second.0,
            command: read.command.0,
            reserved: 0,
        };
        // SAFETY: aligned, not NULL, and by this function's contract good for what is written.
        unsafe { out.write(found) };
        Ok(())
    })
}

/// How many 64-bit words a tree has; the same on every target.
pub const STRONGROOM_TREE_WORDS: usize = 112;

/// Room for the Merkle tree over one log's records (RFC 6962), to verify a log with: zero it, initialize it,
/// add every record from the first on, and compare its root with a verified checkpoint's.
#[derive(Debug)]
#[repr(C)]
pub struct TreeStorage {
    /// The library's.
    pub opaque: [u64; STRONGROOM_TREE_WORDS],
}

/// A log as far as it was read.
#[derive(Debug)]
pub(crate) struct Tree {
    log: LogName,
    frontier: Frontier,
    last: Option<core_::Record>,
}

// SAFETY: it is words.
unsafe impl Room for TreeStorage {
    type Tenant = Tree;
    const LIVE: u64 = letters(b"strgtree");
}

/// Begins to verify a log, with no records.
///
/// @param tree  room for the tree, zeroed before its first use
/// @param size  its size in bytes, `sizeof` it
/// @param abi   STRONGROOM_ABI_VERSION
/// @param log   STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
///
/// # Errors
///
/// NULL, ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED, ABI_VERSION, LOG_UNKNOWN.
///
/// # Safety
///
/// `tree` is good for `size` bytes that were written before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_tree_init(tree: *mut TreeStorage, size: usize, abi: u32, log: u8) -> StatusCode {
    let build = |place: *mut Tree| {
        check_abi(abi)?;
        let empty = Tree { log: crate::log::name(log)?, frontier: Frontier::EMPTY, last: None };
        // SAFETY: the place of a tenant.
        unsafe { place.write(empty) };
        Ok(())
    };
    // SAFETY: this function's contract is that of `init`.
    answer(|| unsafe { room::init(tree, size, build) })
}

/// Ends a tree and wipes it with zeros.
///
/// @param tree  a tree
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED (a call still runs on it).
///
/// # Safety
///
/// `tree` is good for a whole tree that was written before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_tree_deinit(tree: *mut TreeStorage) -> StatusCode {
    // SAFETY: this function's contract is that of `deinit`.
    answer(|| unsafe { room::deinit(tree) })
}

/// Adds the next record, once it is seen to be that: of this log, with the next number, of no earlier lease,
/// boot or time than the one before (unless the clock was set between them).
///
/// @param tree   the tree
/// @param bytes  the record's STRONGROOM_RECORD_SIZE (118) bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, RECORD_MALFORMED, RECORD_ORDER. The tree is as it was.
///
/// # Safety
///
/// `tree` is a tree, `bytes` is good for 118 bytes.
///
/// cbindgen:ptrs-as-arrays=[[bytes; 118]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_tree_add(tree: *mut TreeStorage, bytes: *const u8) -> StatusCode {
    answer(|| {
        // SAFETY: `bytes` is by this function's contract NULL or good for one record.
        let record = Record::read(unsafe { given(bytes.cast())? })?;
        let add = |tree: &mut Tree| {
            let ordered = match &tree.last {
                None => record.log == tree.log && record.sequence == 0,
                Some(before) => record.disorder_after(before).is_none(),
            };
            if !ordered || tree.frontier.size() == Frontier::CAPACITY {
                return Err(Error::RecordOrder);
            }
            tree.frontier.append(record.leaf());
            tree.last = Some(record);
            Ok(())
        };
        // SAFETY: `tree` is by this function's contract NULL or a tree that nobody else uses.
        unsafe { room::change(tree, add) }
    })
}

/// How many records a tree has, and its root.
///
/// @param tree  the tree
/// @param size  written: how many
/// @param root  written: SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `tree` is a tree, `size` is good for one number, `root` for 32 bytes.
///
/// cbindgen:ptrs-as-arrays=[[root; 32]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_tree_root(tree: *const TreeStorage, size: *mut u32, root: *mut u8) -> StatusCode {
    answer(|| {
        // SAFETY: `tree` is by this function's contract NULL or a tree that nobody changes meanwhile.
        let tree = unsafe { room::look(tree)? };
        let (size, root) = (place(size)?, place(root.cast::<[u8; 32]>())?);
        // SAFETY: both are aligned, not NULL, and by this function's contract good for what is written.
        unsafe {
            size.write(tree.frontier.size());
            root.write(tree.frontier.root().0);
        }
        Ok(())
    })
}
