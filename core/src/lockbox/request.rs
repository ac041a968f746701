//! One request and its status.

use crate::account::{ROSTER_SIZE, Roster};
use crate::command::{AccessTerms, RequestNumber};
use crate::id::{Digest, Id, Label};
use crate::party::Principal;
use crate::policy::{LockboxPolicy, Subject};
use crate::time::{Seconds, Time};
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// How far a request has come (requirements B.1).
    #[derive(PartialOrd, Ord)]
    pub enum Status {
        /// The customer's user opened a ticket.
        Ticketed = 0 "Ticketed",
        /// An engineer reviewed it.
        Triaged = 1 "Triaged",
        /// Elevated permission is asked for.
        JitSubmitted = 2 "JitSubmitted",
        /// The just-in-time rule asks for an internal approval.
        InternalApproval = 3 "InternalApproval",
        /// The provider's own decision passed.
        JitPassed = 4 "JitPassed",
        /// The provider's own decision did not pass.
        JitRejected = 5 "JitRejected",
        /// The customer is asked; nothing is granted.
        CustomerNotified = 6 "CustomerNotified",
        /// Access is granted until the window ends.
        Approved = 7 "Approved",
        /// The customer said no.
        Denied = 8 "Denied",
        /// The time to decide is over.
        Expired = 9 "Expired",
        /// Withdrawn, or overtaken by the end of the lease.
        Cancelled = 10 "Cancelled",
        /// The grant is over; the enforcement point has not confirmed yet.
        Ending = 11 "Ending",
        /// The grant is over and access is closed.
        Ended = 12 "Ended",
        /// The customer took the grant back; the enforcement point has not confirmed yet.
        Revoking = 13 "Revoking",
        /// Taken back and closed.
        Revoked = 14 "Revoked",
    }
}

/// A set of statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Statuses(u16);

impl Statuses {
    /// The set of the given statuses.
    #[must_use]
    pub const fn of(statuses: &[Status]) -> Self {
        let mut bits = 0;
        let mut rest = statuses;
        while let [status, later @ ..] = rest {
            bits |= 1 << (*status as u16);
            rest = later;
        }
        Self(bits)
    }

    /// Whether `status` is in the set.
    #[must_use]
    pub const fn contains(self, status: Status) -> bool {
        self.0 >> (status as u16) & 1 == 1
    }
}

/// What a policy promises a request when it is submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Promised {
    /// How many approvals it takes (D-05).
    pub approvals: u8,
    /// Whether the customer may take the access back (D-04).
    pub revocable: bool,
    /// Whether the approver may shorten the access (D-02).
    pub shortens: bool,
    /// Whether an approval, a denial and a revocation need a reason, in this order (D-08).
    pub reasons: [bool; 3],
    /// How long the access lasts at most, with what was asked for (D-02).
    pub longest: Seconds,
}

impl Promised {
    /// What `policy` promises a request on these terms.
    #[must_use]
    pub fn by(policy: &LockboxPolicy, terms: &AccessTerms) -> Self {
        let longest = terms.duration.unwrap_or(policy.access_default).min(policy.access_maximum);
        Self {
            approvals: policy.approvals_needed,
            revocable: policy.customer_revokes,
            shortens: policy.approver_shortens,
            reasons: [policy.approve_needs_reason, policy.deny_needs_reason, policy.revoke_needs_reason],
            longest,
        }
    }
}

/// What is remembered of one request.
///
/// # Invariants
///
/// - `terms` and `requester` are there from `JitSubmitted` on.
/// - `deadline` is there exactly in `JitSubmitted`, `InternalApproval`, `JitPassed` (where customer
///   data is needed), `CustomerNotified` and `Approved`.
/// - `roster` is the account's at the moment of submission and never changes after.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Request {
    /// Its number.
    pub number: RequestNumber,
    /// How far it has come.
    pub status: Status,
    /// The ticket it belongs to.
    pub ticket: Label,
    /// The ended request that it follows (D-09).
    pub follows: Option<RequestNumber>,
    /// Who asked for access.
    pub requester: Option<Principal>,
    /// What was asked for.
    pub terms: Option<AccessTerms>,
    /// The catalogue's version when it was submitted (D-20).
    pub catalogue: u32,
    /// The approvers when it was submitted (D-07).
    pub roster: Roster,
    /// What the policy promised when it was submitted; another policy changes nothing of it (D-24).
    pub promised: Promised,
    /// Which of them approved, a bit each (D-05).
    pub approvals: u8,
    /// The shortest duration that an approver set so far (D-02).
    pub shortened: Option<Seconds>,
    /// When it entered its status.
    pub since: Time,
    /// When its status ends by itself.
    pub deadline: Option<Time>,
    /// Digest of the decision's reason.
    pub reason: Digest,
}

const _: () = assert!(ROSTER_SIZE <= 8, "approvals are a bit each");

impl Request {
    /// A request that begins with a ticket.
    #[must_use]
    pub(crate) fn new(number: RequestNumber, ticket: Label, at: Time) -> Self {
        Self {
            number,
            status: Status::Ticketed,
            ticket,
            follows: None,
            requester: None,
            terms: None,
            catalogue: 0,
            roster: Roster::EMPTY,
            promised: Promised::default(),
            approvals: 0,
            shortened: None,
            since: at,
            deadline: None,
            reason: Digest::NONE,
        }
    }

    /// Whether the request is about the leased device.
    #[must_use]
    pub fn is_about_device(&self) -> bool {
        self.terms.as_ref().is_some_and(|terms| terms.subject == Subject::Device)
    }

    /// Whether it asks for direct access to customer data (L-23).
    #[must_use]
    pub fn needs_customer_data(&self) -> bool {
        self.terms.as_ref().is_some_and(|terms| terms.customer_data)
    }

    /// Whether nothing more can happen to it.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        match self.status {
            Status::JitRejected | Status::Denied | Status::Expired | Status::Cancelled | Status::Ended | Status::Revoked => true,
            // Without customer data the lockbox has no part in it (A.3).
            Status::JitPassed => !self.needs_customer_data(),
            _ => false,
        }
    }

    /// Whether nothing more can happen to it at `now`, but that its deadline be put on record (D-26). A grant that is
    /// over still has to be closed.
    #[must_use]
    pub fn is_settled_at(&self, now: Time) -> bool {
        self.is_settled() || self.status != Status::Approved && self.is_overdue(now)
    }

    /// Whether it was denied, or not decided in time.
    #[must_use]
    pub fn was_turned_down_at(&self, now: Time) -> bool {
        matches!(self.status, Status::Denied | Status::Expired) || self.status != Status::Approved && self.is_overdue(now)
    }

    fn is_overdue(&self, now: Time) -> bool {
        self.deadline.is_some_and(|end| now >= end)
    }

    /// Whether the request grants access at `now`: approved, and inside its half-open window (D-03).
    #[must_use]
    pub fn grants_at(&self, now: Time) -> bool {
        self.status == Status::Approved && now >= self.since && self.deadline.is_some_and(|end| now < end)
    }

    /// Whether it lets the engineer with this id at `subject` at `now`.
    #[must_use]
    pub fn opens(&self, now: Time, engineer: Id, subject: Subject) -> bool {
        self.grants_at(now)
            && self.requester.is_some_and(|requester| requester.id == engineer)
            && self.terms.as_ref().is_some_and(|terms| terms.subject == subject)
    }

    /// Where `id` stands on the frozen roster, as a bit of `approvals`.
    pub(crate) fn approver_bit(&self, id: Id) -> Option<u8> {
        let place = self.roster.iter().position(|approver| *approver == id)?;
        1_u8.checked_shl(u32::try_from(place).ok()?)
    }
}
