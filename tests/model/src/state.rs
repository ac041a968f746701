//! What the model remembers.

use crate::duties::Duty;
use crate::health::{Polled, Vitals};
use std::collections::BTreeSet;
use strongroom_core::lease::evidence::Class;
use strongroom_core::lease::execution::Execution;
use strongroom_core::lease::membership::Membership;
use strongroom_core::outbox::Kind;
use strongroom_core::reading::TamperClass;
use strongroom_core::{
    AccessTerms, Account, Device, Digest, Exclusion, Id, Inventory, Label, Main, Organisation, Policy, RequestNumber, Status,
    Subject,
};

/// A zeroization that was proved (D-14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// How.
    pub class: Class,
    /// When.
    pub at: u64,
}

/// What was promised at submission and stays, whatever policy comes later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promised {
    /// Approvals that it takes (D-05).
    pub approvals: usize,
    /// Whether the customer may revoke (D-04).
    pub revocable: bool,
    /// Whether the approver may shorten (D-02).
    pub shortens: bool,
    /// Whether an approval needs a reason (D-08).
    pub approve_reason: bool,
    /// Whether a denial does.
    pub deny_reason: bool,
    /// Whether a revocation does.
    pub revoke_reason: bool,
    /// What was asked for (D-02).
    pub asked: u64,
    /// The longest access that can come of it (D-02).
    pub longest: u64,
}

/// One request of the lockbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its number.
    pub number: RequestNumber,
    /// The one it follows (D-09).
    pub follows: Option<RequestNumber>,
    /// What the policy promised when it was submitted.
    pub promised: Option<Promised>,
    /// How far it has come.
    pub status: Status,
    /// Its ticket.
    pub ticket: Label,
    /// Who asked, once somebody did.
    pub requester: Option<Id>,
    /// For what.
    pub terms: Option<AccessTerms>,
    /// The roster at submission (D-07).
    pub roster: Vec<Id>,
    /// Who approved so far (D-05).
    pub approved_by: BTreeSet<Id>,
    /// The shortest duration that an approver set (D-02).
    pub shortened: Option<u64>,
    /// When its status ends by itself.
    pub deadline: Option<u64>,
}

/// An access outside the lockbox that waits for its review (D-11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// Its number.
    pub number: RequestNumber,
    /// Which kind.
    pub kind: Exclusion,
    /// What was reached.
    pub subject: Subject,
    /// Who put it on record.
    pub by: Id,
    /// When its review is overdue; none once it is.
    pub due: Option<u64>,
}

/// One engine, as the requirements describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// The device it is for.
    pub device: Device,
    /// The policy in force.
    pub policy: &'static Policy,
    /// The latest time a step was given (D-18).
    pub last_good: u64,
    /// The challenge that the next destruction has to carry; whoever drives the model copies it from the core.
    pub challenge: Id,

    /// The main region.
    pub main: Main,
    /// When it was entered.
    pub entered: u64,
    /// Whether a tenant is bound.
    pub bound: bool,
    /// Whether the customer claimed the device in this binding.
    pub claimed: bool,
    /// Whether the claim window was over and the account is still open: its log has to be taken first.
    pub timed_out: bool,
    /// Boots so far.
    pub boots: u32,
    /// The zeroization proof in force.
    pub proof: Option<Proof>,
    /// Whether custody was broken on the way: a tamper or fault before `stm_ok` (D-16).
    pub custody_broken: bool,
    /// Whether a tamper is latched.
    pub latched: bool,
    /// Causes of tamper that are present.
    pub causes: BTreeSet<TamperClass>,
    /// Whether the device failed in `OPERATIONAL` or `TAMPER_LATCHED`.
    pub failed_in_service: bool,
    /// Whether it was in an HA group then.
    pub failed_as_member: bool,
    /// Whether the fault is a soft one.
    pub fault_is_soft: bool,
    /// Erasures and read-backs that failed in this destruction.
    pub erase_failures: u8,
    /// Wrong log-ins of the security officer in a row.
    pub login_failures: u8,
    /// When and in which boot a zeroized device was seen first, on a board.
    pub sighting: Option<(u64, u32)>,
    /// What was read of the parts.
    pub vitals: Vitals,
    /// How the last polls went.
    pub polled: Polled,
    /// Whether the outputs are open.
    pub execution: Execution,
    /// Soft errors since the boot.
    pub soft_errors: u8,
    /// How the device stands to its HA group.
    pub membership: Membership,
    /// Other members in service.
    pub peers: u8,
    /// The HSM's cloning domain.
    pub cloning_domain: Digest,
    /// The device that replaces this one.
    pub replaced_by: Option<Label>,
    /// When that was told.
    pub replaced_at: u64,
    /// The data-bearing parts.
    pub inventory: Inventory,

    /// The customer.
    pub account: Account,
    /// Requests, oldest first.
    pub requests: Vec<Request>,
    /// Exclusions that wait for a review, oldest first.
    pub exclusions: Vec<Excluded>,
    /// The next request's or exclusion's number.
    pub next_number: RequestNumber,
    /// What has to be done and is not confirmed.
    pub duties: Vec<Duty>,
}

impl Model {
    /// A device on its way.
    #[must_use]
    pub fn new(device: Device, policy: &'static Policy) -> Self {
        Self {
            device,
            policy,
            last_good: 0,
            challenge: Id::NOBODY,
            main: Main::InTransit,
            entered: 0,
            bound: false,
            claimed: false,
            timed_out: false,
            boots: 0,
            proof: None,
            custody_broken: false,
            latched: false,
            causes: BTreeSet::new(),
            failed_in_service: false,
            failed_as_member: false,
            fault_is_soft: false,
            erase_failures: 0,
            login_failures: 0,
            sighting: None,
            vitals: Vitals::default(),
            polled: Polled::default(),
            execution: Execution::Running,
            soft_errors: 0,
            membership: Membership::Absent,
            peers: 0,
            cloning_domain: Digest::NONE,
            replaced_by: None,
            replaced_at: 0,
            inventory: Inventory::EMPTY,
            account: Account::CLOSED,
            requests: Vec::new(),
            exclusions: Vec::new(),
            next_number: 1,
            duties: Vec::new(),
        }
    }

    /// A device whose stored state cannot be read (D-28).
    #[must_use]
    pub fn invalid(device: Device, policy: &'static Policy, tenant: Organisation) -> Self {
        let mut model = Self::new(device, policy);
        model.main = Main::Invalid;
        model.account.organisation = tenant;
        model.account.monitoring = false;
        // Nobody knows what it did last: it is halted, at once.
        model.duties.push(Duty { kind: Kind::Halt, about: 0, due: Some(0), retries: 0 });
        model
    }

    /// The request with that number, while it is remembered.
    #[must_use]
    pub fn request(&self, number: RequestNumber) -> Option<&Request> {
        self.requests.iter().find(|request| request.number == number)
    }

    pub(crate) fn request_mut(&mut self, number: RequestNumber) -> Option<&mut Request> {
        self.requests.iter_mut().find(|request| request.number == number)
    }
}
