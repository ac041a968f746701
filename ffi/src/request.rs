//! Requests for access, and accesses outside the lockbox.

use crate::boundary::answer;
use crate::error::{Error, StatusCode};
use crate::query::{at, number};
use crate::shape::{Shape, Text};
use crate::storage::{EngineStorage, tell};
use crate::version::STRONGROOM_NO_TIME;
use strongroom_core::lockbox::exclusion::Excluded;
use strongroom_core::{self as core_, Time};

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
