//! The leased device, its evidence, and the customer's account.

use crate::boundary::answer;
use crate::error::{Error, StatusCode};
use crate::shape::{Shape, Text};
use crate::storage::{EngineStorage, tell};
use strongroom_core as core_;

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
