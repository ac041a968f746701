//! The moves of a request that its table's rows leave open, so that a drawing of the lockbox is whole.
//!
//! What `evaluate` and `approve` decide, the deadlines, the confirmation of a closed access, and the end of the
//! lease. The engine does not read this; a test compares it with what every scenario does.

use super::request::{Status, Statuses};
use crate::party::{Role, Roles};
use crate::rule::Rule;

/// One way of moving that no row of the table says.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    /// The rule that says what happened; `None` where it follows from another step and has no record of its own.
    pub rule: Option<Rule>,
    /// What happens: a verb's name, or what passes by itself.
    pub event: &'static str,
    /// The statuses that it leads from.
    pub from: Statuses,
    /// Who causes it.
    pub by: Roles,
    /// Where it leads.
    pub to: Status,
}

const fn moves(rule: Option<Rule>, event: &'static str, from: &[Status], by: &[Role], to: Status) -> Move {
    Move { rule, event, from: Statuses::of(from), by: Roles::of(by), to }
}

use Role::{Admin, Approver, Clock, Enforcer, Engineer, JitService};
use Rule as R;
use Status::{
    Approved, Cancelled, CustomerNotified, Ended, Ending, Expired, InternalApproval, JitPassed, JitRejected, JitSubmitted,
    Revoked, Revoking, Ticketed, Triaged,
};

/// The moves beside the table.
#[rustfmt::skip]
pub const MOVES: &[Move] = &[
    moves(Some(R::AccessRequested), "request_access", &[Triaged], &[Engineer], JitSubmitted),
    moves(Some(R::JitAsksInternal), "evaluate", &[JitSubmitted], &[JitService], InternalApproval),
    moves(Some(R::JitRejectsIdentity), "evaluate", &[JitSubmitted], &[JitService], JitRejected),
    moves(Some(R::JitRejectsScope), "evaluate", &[JitSubmitted], &[JitService], JitRejected),
    moves(Some(R::JitRejectsLevel), "evaluate", &[JitSubmitted], &[JitService], JitRejected),
    moves(Some(R::ApprovalCounted), "approve", &[CustomerNotified], &[Approver], CustomerNotified),
    moves(Some(R::ShortenedByApprover), "approve", &[CustomerNotified], &[Approver], Approved),
    moves(Some(R::ShortenedByPolicy), "approve", &[CustomerNotified], &[Approver], Approved),
    moves(Some(R::RevokedOthersRemain), "revoke", &[Approved], &[Approver, Admin], Revoking),
    moves(Some(R::JitTimedOut), "time_out", &[JitSubmitted, InternalApproval, JitPassed], &[Clock], Expired),
    moves(Some(R::RequestExpired), "time_out", &[CustomerNotified], &[Clock], Expired),
    moves(Some(R::WindowOver), "window_over", &[Approved], &[Clock], Ending),
    moves(Some(R::ClosedConfirmed), "confirm", &[Ending], &[Enforcer], Ended),
    moves(Some(R::ClosedConfirmed), "confirm", &[Revoking], &[Enforcer], Revoked),
    moves(None, "access_ends", &[Approved], &[], Ending),
    moves(None, "access_ends", &[Ticketed, Triaged, JitSubmitted, InternalApproval, JitPassed, CustomerNotified], &[], Cancelled),
];
