//! The lockbox's steps: who may do what to a request in which status.
//!
//! A row says: this verb, on a request in these statuses, by these roles, under these guards, leads
//! there. Two verbs begin a request instead, `open_ticket` and `request_access`; their rows have no
//! statuses. The clock's rows are the deadlines.

use super::request::{Status, Statuses};
use crate::command::Verb;
use crate::party::{Role, Roles};
use crate::rule::Rule;

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The rule that says what happened.
    pub rule: Rule,
    /// The verb.
    pub verb: Verb,
    /// The statuses that it leads from.
    pub from: Statuses,
    /// Who may do it.
    pub by: Roles,
    /// What must hold, in this order.
    pub guards: &'static [Rule],
    /// Where it leads; `evaluate` and `approve` say themselves where.
    pub to: Status,
}

const fn row(rule: Rule, verb: Verb, from: &[Status], by: &[Role], guards: &'static [Rule], to: Status) -> Row {
    Row { rule, verb, from: Statuses::of(from), by: Roles::of(by), guards, to }
}

use Role::{Admin, Approver, Engineer, InternalApprover, JitService, User};
use Rule as R;
use Status::{
    Approved, Cancelled, CustomerNotified, Denied, Ending, InternalApproval, JitPassed, JitRejected, JitSubmitted, Revoking,
    Ticketed, Triaged,
};

/// The rows, one a verb.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    row(R::TicketOpened, Verb::OpenTicket, &[], &[User], &[R::AccountOpen, R::TicketNew, R::TroubleshotFirst, R::PlanEligible, R::RequestsHaveRoom], Ticketed),
    row(R::TicketTriaged, Verb::Triage, &[Ticketed], &[Engineer], &[], Triaged),
    row(R::AccessRequested, Verb::RequestAccess, &[], &[Engineer],
        &[R::AccountOpen, R::TicketKnown, R::StandardToolsFailed, R::PlanEligible, R::LockboxEnabled, R::ClassicMigrates, R::ServiceInCatalogue,
          R::PreviewOptedIn, R::DeviceLeased, R::SomebodyEligible, R::DurationSound, R::PreviousEnded, R::PreviousNamed, R::RequestsHaveRoom], JitSubmitted),
    row(R::JitPasses, Verb::Evaluate, &[JitSubmitted], &[JitService], &[R::InTime], JitPassed),
    row(R::InternallyApproved, Verb::ApproveInternally, &[InternalApproval], &[InternalApprover], &[R::InTime, R::NotOneself], JitPassed),
    row(R::InternallyRejected, Verb::RejectInternally, &[InternalApproval], &[InternalApprover], &[R::InTime], JitRejected),
    row(R::CustomerAsked, Verb::AskCustomer, &[JitPassed], &[Engineer, JitService], &[R::NeedsCustomerData, R::InTime], CustomerNotified),
    row(R::AccessApproved, Verb::Approve, &[CustomerNotified], &[Approver],
        &[R::NotOneself, R::OnFrozenRoster, R::InTime, R::ApprovesOnce, R::ReasonGiven, R::PolicyShortens, R::NotLengthened], Approved),
    row(R::AccessDenied, Verb::Deny, &[CustomerNotified], &[Approver], &[R::OnFrozenRoster, R::InTime, R::ReasonGiven], Denied),
    row(R::AccessUsed, Verb::UseAccess, &[Approved], &[Engineer], &[R::OwnRequest, R::WindowOpen, R::DeviceLeased, R::Running], Approved),
    row(R::AccessRevoked, Verb::Revoke, &[Approved], &[Approver, Admin], &[R::WindowOpen, R::PolicyRevokes, R::ApproverNow, R::ReasonGiven], Revoking),
    row(R::EndedEarly, Verb::EndAccess, &[Approved], &[Engineer], &[R::WindowOpen], Ending),
    row(R::RequestCancelled, Verb::Cancel, &[Ticketed, Triaged, JitSubmitted, InternalApproval, JitPassed, CustomerNotified], &[Engineer], &[R::InTime], Cancelled),
];

/// The row of a verb; `None` for verbs that are not of the lockbox.
#[must_use]
pub fn find(verb: Verb) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.verb as u8 == verb as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_has_one_row() {
        for row in TABLE {
            assert_eq!(TABLE.iter().filter(|other| other.verb == row.verb).count(), 1);
        }
    }

    #[test]
    fn nothing_leads_out_of_a_decision() {
        for status in [Status::JitRejected, Status::Denied, Status::Expired, Status::Cancelled, Status::Ended, Status::Revoked] {
            assert!(TABLE.iter().all(|row| !row.from.contains(status)), "{}", status.name());
        }
    }

    #[test]
    fn only_the_customer_approves_and_only_from_notified() {
        for row in TABLE.iter().filter(|row| row.to == Status::Approved && row.verb != Verb::UseAccess) {
            assert_eq!(row.from, Statuses::of(&[CustomerNotified]));
            assert_eq!(row.by, Roles::of(&[Approver]));
        }
    }
}
