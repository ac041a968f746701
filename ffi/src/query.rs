//! What an engine knows.

use crate::boundary::{answer, given, place};
use crate::error::{Error, StatusCode};
use crate::room;
use crate::shape::{Shape, Text};
use crate::storage::{EngineStorage, tell};
use crate::version::STRONGROOM_NO_TIME;
use strongroom_core::journal::Durable;
use strongroom_core::lockbox::exclusion::Excluded;
use strongroom_core::{self as core_, Id, Subject, Time};

/// Status of no request.
pub const STRONGROOM_STATUS_NONE: u8 = 255;

/// Whether a deadline is due.
///
/// @param engine  the engine
/// @param now     the time, in seconds since 1970 UTC
/// @param due     written: 0 or 1
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `due` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_is_due(engine: *const EngineStorage, now: u64, due: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, due, |engine| Ok(engine.is_due(Time::from_unix(now)).into())) })
}

/// When the engine has to be ticked at the latest.
///
/// @param engine    the engine
/// @param deadline  written: the earliest deadline, in seconds since 1970 UTC, which may have passed;
///                  STRONGROOM_NO_TIME where nothing waits for time
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `deadline` is good for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_next_deadline(engine: *const EngineStorage, deadline: *mut u64) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, deadline, |engine| Ok(engine.next_deadline().map_or(STRONGROOM_NO_TIME, Time::as_unix))) })
}

/// Until when an engineer has access by grants that are in force. The last second of a grant is the one
/// before its end.
///
/// A mounted engine whose medium failed gives nobody access: a revocation might be forgotten.
///
/// @param engine    the engine
/// @param now       the time, in seconds since 1970 UTC
/// @param engineer  who, a UUID
/// @param subject   to what: STRONGROOM_SUBJECT_*
/// @param until     written: the end, in seconds since 1970 UTC; 0 where there is no access
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (of the subject).
///
/// # Safety
///
/// `engine` is storage, `engineer` is good for 16 bytes, `until` for one number.
///
/// cbindgen:ptrs-as-arrays=[[engineer; 16]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_access(
    engine: *const EngineStorage,
    now: u64,
    engineer: *const u8,
    subject: u8,
    until: *mut u64,
) -> StatusCode {
    answer(|| {
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody changes meanwhile.
        let held = unsafe { room::look(engine)? };
        // SAFETY: `engineer` is by this function's contract NULL or good for 16 bytes.
        let engineer = Id(*unsafe { given(engineer.cast::<[u8; 16]>())? });
        let out = place(until)?;
        let (now, subject) = (Time::from_unix(now), Subject::from_c(&subject)?);
        let end = match held.kept() {
            Some(kept) => Durable::access(kept, now, engineer, subject),
            None => held.engine().state().access(now, engineer, subject),
        };
        // SAFETY: aligned, not NULL, and by this function's contract good for one number.
        unsafe { out.write(end.map_or(0, Time::as_unix)) };
        Ok(())
    })
}

/// The leased device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Lease {
    /// When it came to its state, in seconds since 1970 UTC.
    pub entered: u64,
    /// Leases of this device so far.
    pub epoch: u32,
    /// Boots so far.
    pub boot: u32,
    /// Where it stands: STRONGROOM_STATE_*.
    pub state: u8,
    /// How the device is doing: STRONGROOM_HEALTH_*.
    pub health: u8,
    /// Whether its outputs are open: STRONGROOM_EXECUTION_*.
    pub execution: u8,
    /// How it stands to its HA group: STRONGROOM_MEMBERSHIP_*.
    pub membership: u8,
    /// Whether a tenant is bound: 0 or 1.
    pub bound: u8,
    /// Whether a tamper is latched: 0 or 1.
    pub latched: u8,
    /// Whether there is evidence of zeroization: 0 or 1; see strongroom_engine_evidence.
    pub proved: u8,
    /// Zero.
    pub reserved: u8,
}

const _: () = assert!(size_of::<Lease>() == 24, "no padding; the header says so");

/// Where the lease stands.
///
/// @param engine  the engine
/// @param lease   written: the lease
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `lease` is good for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_lease(engine: *const EngineStorage, lease: *mut Lease) -> StatusCode {
    let told = |engine: &core_::Engine| {
        let lease = &engine.state().base.lease;
        Ok(Lease {
            entered: lease.entered.as_unix(),
            epoch: lease.epoch,
            boot: lease.boot,
            state: lease.main as u8,
            health: lease.health() as u8,
            execution: lease.execution as u8,
            membership: lease.membership as u8,
            bound: lease.bound.into(),
            latched: lease.latched.into(),
            proved: lease.evidence.is_some().into(),
            reserved: 0,
        })
    };
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, lease, told) })
}

/// What proves a zeroization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Evidence {
    /// When it was proved, in seconds since 1970 UTC.
    pub at: u64,
    /// The lease that it ended.
    pub epoch: u32,
    /// The boot that it was proved in.
    pub boot: u32,
    /// How it came about: STRONGROOM_EVIDENCE_*.
    pub class: u8,
    /// Why it was zeroized: STRONGROOM_CAUSE_*.
    pub cause: u8,
    /// The nonce that it was asked with; zeros where nobody asked.
    pub nonce: [u8; 16],
    /// SHA-256 of what was read back.
    pub read_back: [u8; 32],
    /// Zeros.
    pub reserved: [u8; 6],
}

const _: () = assert!(size_of::<Evidence>() == 72, "no padding; the header says so");

/// What proves the last zeroization.
///
/// @param engine    the engine
/// @param evidence  written: the evidence
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, OUT_OF_RANGE (there is none).
///
/// # Safety
///
/// `engine` is storage, `evidence` is good for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_evidence(engine: *const EngineStorage, evidence: *mut Evidence) -> StatusCode {
    let told = |engine: &core_::Engine| {
        let evidence = engine.state().base.lease.evidence.as_ref().ok_or(Error::OutOfRange)?;
        Ok(Evidence {
            at: evidence.at.as_unix(),
            epoch: evidence.epoch,
            boot: evidence.boot,
            class: evidence.class as u8,
            cause: evidence.cause as u8,
            nonce: evidence.nonce.0,
            read_back: evidence.read_back.0,
            reserved: [0; 6],
        })
    };
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, evidence, told) })
}

/// The customer's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Account {
    /// The previews opted in to, the bit of each STRONGROOM_SUBJECT_*.
    pub previews: u64,
    /// The customer, a UUID; zeros where no account is open.
    pub organisation: [u8; 16],
    /// The approvers; zeros for free places, which come last.
    pub roster: [[u8; 16]; 4],
    /// The id for the vendor's portal.
    pub customer_id: Text,
    /// The region.
    pub region: Text,
    /// The virtual network.
    pub network: Text,
    /// How far the registration is: STRONGROOM_REGISTRATION_*.
    pub registration: u8,
    /// The support plan: STRONGROOM_PLAN_*.
    pub plan: u8,
    /// Whether the customer is registered with the vendor: 0 or 1.
    pub vendor_registered: u8,
    /// Whether a device is asked for: 0 or 1.
    pub allocation_requested: u8,
    /// Whether the customer opted in to the lockbox: 0 or 1.
    pub lockbox_opted_in: u8,
    /// Whether a recoverable tamper destroys: 0 or 1.
    pub destroy_on_tamper: u8,
    /// Whether the provider may monitor: 0 or 1.
    pub monitoring: u8,
    /// Zeros.
    pub reserved: [u8; 6],
}

/// The customer's account.
///
/// @param engine   the engine
/// @param account  written: the account
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `account` is good for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_account(engine: *const EngineStorage, account: *mut Account) -> StatusCode {
    let told = |engine: &core_::Engine| {
        let account = &engine.state().base.account;
        Ok(Account {
            previews: account.previews.bits(),
            organisation: account.organisation.0,
            roster: account.roster.to_c(),
            customer_id: account.customer_id.to_c(),
            region: account.region.to_c(),
            network: account.network.to_c(),
            registration: account.registration as u8,
            plan: account.plan as u8,
            vendor_registered: account.vendor_registered.into(),
            allocation_requested: account.allocation_requested.into(),
            lockbox_opted_in: account.lockbox_opted_in.into(),
            destroy_on_tamper: account.destroy_on_tamper.into(),
            monitoring: account.monitoring.into(),
            reserved: [0; 6],
        })
    };
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, account, told) })
}

/// A request for access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Request {
    /// When it came to its status, in seconds since 1970 UTC.
    pub since: u64,
    /// When its status ends by itself; STRONGROOM_NO_TIME where it does not.
    pub deadline: u64,
    /// Its number, counted from 1.
    pub number: u32,
    /// The ended request that it follows; 0 where none.
    pub follows: u32,
    /// How far it has come: STRONGROOM_STATUS_*.
    pub status: u8,
    /// Approvals so far.
    pub approvals: u8,
    /// Approvals that it takes.
    pub approvals_needed: u8,
    /// Whether access was asked for yet: 0 or 1. The members after this one are zeros where not.
    pub submitted: u8,
    /// Who asked, a UUID.
    pub engineer: [u8; 16],
    /// To what: STRONGROOM_SUBJECT_*.
    pub subject: u8,
    /// How far: STRONGROOM_SCOPE_*.
    pub scope: u8,
    /// What it allows: STRONGROOM_PERMISSION_*.
    pub permission: u8,
    /// Whether direct access to customer data is needed: 0 or 1.
    pub customer_data: u8,
    /// The ticket: up to 16 printable ASCII characters and a final zero.
    pub ticket: Text,
    /// SHA-256 of the justification's text.
    pub justification: [u8; 32],
    /// SHA-256 of the reason for the customer's decision; zeros where none was given.
    pub reason: [u8; 32],
    /// Zeros.
    pub reserved: [u8; 7],
}

const _: () = assert!(size_of::<Request>() == 136, "no padding; the header says so");

impl Request {
    fn of(request: &core_::Request) -> Self {
        let terms = request.terms.as_ref();
        Self {
            since: request.since.as_unix(),
            deadline: request.deadline.map_or(STRONGROOM_NO_TIME, Time::as_unix),
            number: request.number,
            follows: request.follows.unwrap_or(0),
            status: request.status as u8,
            approvals: u8::try_from(request.approvals.count_ones()).unwrap_or(u8::MAX),
            approvals_needed: request.promised.approvals,
            submitted: terms.is_some().into(),
            engineer: request.requester.map_or([0; 16], |requester| requester.id.0),
            subject: terms.map_or(0, |terms| terms.subject as u8),
            scope: terms.map_or(0, |terms| terms.scope as u8),
            permission: terms.map_or(0, |terms| terms.permission as u8),
            customer_data: terms.map_or(0, |terms| terms.customer_data.into()),
            ticket: request.ticket.to_c(),
            justification: terms.map_or([0; 32], |terms| terms.justification.0),
            reason: request.reason.0,
            reserved: [0; 7],
        }
    }
}

/// How many requests an engine remembers.
///
/// @param engine  the engine
/// @param count   written: how many
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `count` is good for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_request_count(engine: *const EngineStorage, count: *mut u32) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, count, |engine| number(engine.state().requests.len())) })
}

/// A request, oldest first. Positions change with every command; numbers do not.
///
/// @param engine   the engine
/// @param index    its position: from 0 to strongroom_request_count - 1
/// @param request  written: the request
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, OUT_OF_RANGE.
///
/// # Safety
///
/// `engine` is storage, `request` is good for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_request_entry(engine: *const EngineStorage, index: u32, request: *mut Request) -> StatusCode {
    let told = |engine: &core_::Engine| Ok(Request::of(at(&engine.state().requests, index)?));
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, request, told) })
}

/// The request with a number.
///
/// @param engine   the engine
/// @param number   its number, as the reply to open_ticket and request_access has it
/// @param request  written: the request
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, OUT_OF_RANGE (there is none, or it is forgotten).
///
/// # Safety
///
/// `engine` is storage, `request` is good for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_request_find(engine: *const EngineStorage, number: u32, request: *mut Request) -> StatusCode {
    let told = |engine: &core_::Engine| engine.state().request(number).map(Request::of).ok_or(Error::OutOfRange);
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, request, told) })
}

/// An access outside the lockbox that waits for its review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Exclusion {
    /// When it was put on record, in seconds since 1970 UTC.
    pub at: u64,
    /// When its review is overdue; STRONGROOM_NO_TIME once it is.
    pub due: u64,
    /// Its number, of the same count as requests.
    pub number: u32,
    /// Which kind: STRONGROOM_EXCLUSION_*.
    pub kind: u8,
    /// What was reached: STRONGROOM_SUBJECT_*.
    pub subject: u8,
    /// Who put it on record, a UUID.
    pub by: [u8; 16],
    /// Zeros.
    pub reserved: [u8; 2],
}

const _: () = assert!(size_of::<Exclusion>() == 40, "no padding; the header says so");

impl Exclusion {
    fn of(excluded: &Excluded) -> Self {
        Self {
            at: excluded.at.as_unix(),
            due: excluded.due.map_or(STRONGROOM_NO_TIME, Time::as_unix),
            number: excluded.number,
            kind: excluded.kind as u8,
            subject: excluded.subject as u8,
            by: excluded.by.0,
            reserved: [0; 2],
        }
    }
}

/// How many accesses outside the lockbox wait for their review.
///
/// @param engine  the engine
/// @param count   written: how many
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `count` is good for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_exclusion_count(engine: *const EngineStorage, count: *mut u32) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, count, |engine| number(engine.state().exclusions.len())) })
}

/// An access outside the lockbox that waits for its review, oldest first.
///
/// @param engine     the engine
/// @param index      its position: from 0 to strongroom_exclusion_count - 1
/// @param exclusion  written: the exclusion
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, OUT_OF_RANGE.
///
/// # Safety
///
/// `engine` is storage, `exclusion` is good for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_exclusion_entry(
    engine: *const EngineStorage,
    index: u32,
    exclusion: *mut Exclusion,
) -> StatusCode {
    let told = |engine: &core_::Engine| Ok(Exclusion::of(at(&engine.state().exclusions, index)?));
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, exclusion, told) })
}

/// The digest of all that the engine remembers, its logs' records apart: the same in every language
/// and on every target for the same history.
///
/// @param engine  the engine
/// @param digest  written: SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `digest` is good for 32 bytes.
///
/// cbindgen:ptrs-as-arrays=[[digest; 32]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_digest(engine: *const EngineStorage, digest: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, digest.cast::<[u8; 32]>(), |engine| Ok(engine.digest().0)) })
}

/// The nonce that the next destruction asked by the customer has to carry.
///
/// @param engine  the engine
/// @param nonce   written: STRONGROOM_NONCE_SIZE (16) bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `nonce` is good for 16 bytes.
///
/// cbindgen:ptrs-as-arrays=[[nonce; 16]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_challenge(engine: *const EngineStorage, nonce: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, nonce.cast::<[u8; 16]>(), |engine| Ok(engine.challenge().0)) })
}

/// The digest of the policy in force.
///
/// @param engine  the engine
/// @param digest  written: SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `engine` is storage, `digest` is good for 32 bytes.
///
/// cbindgen:ptrs-as-arrays=[[digest; 32]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_policy(engine: *const EngineStorage, digest: *mut u8) -> StatusCode {
    // SAFETY: this function's contract is that of `tell`.
    answer(|| unsafe { tell(engine, digest.cast::<[u8; 32]>(), |engine| Ok(engine.state().base.policy.0)) })
}

/// The actions that a reading calls for, in the order to apply them: health first, then tampers, then what
/// several polls confirm. Danger that is already known is not told again.
///
/// @param engine    the engine
/// @param now       the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
/// @param reading   what was read
/// @param by        who read it: the monitoring role on a board, the device's sensor in firmware
/// @param commands  written: the first `room` of them, each by `by`; may be NULL where `room` is 0
/// @param room      how many elements `commands` has; STRONGROOM_SENSE_COMMANDS are always enough
/// @param count     written: how many there were
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (of the reading or of `by`).
///
/// # Safety
///
/// `engine` is storage, `reading` is good for one reading, `by` for one principal, `commands` for `room`
/// elements, `count` for one number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_engine_sense(
    engine: *const EngineStorage,
    now: u64,
    reading: *const crate::terms::Reading,
    by: *const crate::terms::Principal,
    commands: *mut crate::command::Command,
    room: usize,
    count: *mut usize,
) -> StatusCode {
    answer(|| {
        // SAFETY: `engine` is by this function's contract NULL or storage that nobody changes meanwhile.
        let engine = unsafe { crate::storage::look(engine)? };
        // SAFETY: both are by this function's contract NULL or good for one of their kind.
        let (reading, by) = unsafe { (Shape::from_c(given(reading)?)?, Shape::from_c(given(by)?)?) };
        let count = place(count)?;
        let first = if room == 0 { core::ptr::null_mut() } else { place(commands)?.as_ptr() };
        let actions = engine.sense(crate::boundary::time(now), &reading);
        for (index, action) in actions.iter().take(room).enumerate() {
            let command = crate::command::Command::of(&core_::Command::new(by, *action));
            // SAFETY: the index is below `room`, and by this function's contract there are as many elements.
            unsafe { first.add(index).write(command) };
        }
        // SAFETY: aligned, not NULL, and by this function's contract good for one number.
        unsafe { count.write(actions.len()) };
        Ok(())
    })
}

/// The element at `index`.
pub(crate) fn at<T>(list: &[T], index: u32) -> Result<&T, Error> {
    usize::try_from(index).ok().and_then(|index| list.get(index)).ok_or(Error::OutOfRange)
}

/// How many there are.
pub(crate) fn number(count: usize) -> Result<u32, Error> {
    u32::try_from(count).map_err(|_| Error::OutOfRange)
}
