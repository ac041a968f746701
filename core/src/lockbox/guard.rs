//! What each guard of the lockbox looks at.

use super::request::{Request, Status};
use crate::account::Plan;
use crate::command::{AccessTerms, Action};
use crate::engine::Facts;
use crate::id::Label;
use crate::party::Role;
use crate::policy::Subject;
use crate::rule::Rule;
use crate::time::Seconds;

/// The longest access that the policy gives on these terms (D-02).
pub(crate) fn longest(facts: &Facts<'_>, terms: &AccessTerms) -> Seconds {
    let policy = &facts.policy.lockbox;
    terms.duration.unwrap_or(policy.access_default).min(policy.access_maximum)
}

/// The request on this ticket that waits for its engineer's terms.
pub(crate) fn triaged<'a>(facts: &Facts<'a>, ticket: &Label) -> Option<&'a Request> {
    facts.requests.iter().find(|request| request.ticket == *ticket && request.status == Status::Triaged)
}

/// Whether the condition of a guard holds, about `request` where the action names one. A guard that
/// is not of the lockbox, or lacks what it looks at, does not hold.
pub(crate) fn holds(rule: Rule, facts: &Facts<'_>, request: Option<&Request>) -> bool {
    let account = &facts.base.account;
    let (policy, catalogue) = (&facts.policy.lockbox, &facts.policy.catalogue);
    let (by, second, action) = (&facts.command.by, &facts.command.second, &facts.command.action);
    let asked = match action {
        Action::RequestAccess { terms, .. } => Some(terms),
        _ => request.and_then(|request| request.terms.as_ref()),
    };
    match rule {
        Rule::AccountOpen => account.is_open(),
        Rule::RequestsHaveRoom => {
            let reuses = matches!(action, Action::RequestAccess { ticket, .. } if triaged(facts, ticket).is_some());
            reuses || facts.has_request_room()
        }
        Rule::TroubleshotFirst => matches!(action, Action::OpenTicket { troubleshot: true, .. }),
        Rule::PlanEligible => account.plan >= Plan::Developer,
        Rule::LockboxEnabled => !policy.opt_in_needed || account.lockbox_opted_in,
        Rule::ClassicMigrates => asked.is_some_and(|terms| terms.subject != Subject::VmClassic),
        Rule::ServiceInCatalogue => {
            asked.is_some_and(|terms| catalogue.general.contains(terms.subject) || catalogue.preview.contains(terms.subject))
        }
        Rule::PreviewOptedIn => {
            asked.is_some_and(|terms| catalogue.general.contains(terms.subject) || account.previews.contains(terms.subject))
        }
        Rule::DeviceLeased => asked.is_some_and(|terms| terms.subject != Subject::Device || facts.base.lease.serves_a_tenant()),
        Rule::TicketKnown => {
            let Action::RequestAccess { ticket, .. } = action else { return false };
            let mut on_ticket = facts.requests.iter().filter(|request| request.ticket == *ticket).peekable();
            on_ticket.peek().is_some() && on_ticket.all(|request| request.status != Status::Ticketed)
        }
        Rule::StandardToolsFailed => asked.is_some_and(|terms| terms.standard_tools_failed),
        Rule::SomebodyEligible => account.roster.iter().any(|approver| *approver != by.id),
        Rule::PreviousEnded => match action {
            Action::RequestAccess { follows: Some(number), .. } => facts.request(*number).is_some_and(Request::is_settled),
            Action::RequestAccess { follows: None, .. } => true,
            _ => false,
        },
        Rule::NotOneself => request
            .and_then(|request| request.requester)
            .is_some_and(|requester| requester.id != by.id && second.is_none_or(|second| second.id != requester.id)),
        Rule::OnFrozenRoster => request.is_some_and(|request| request.approver_bit(by.id).is_some()),
        Rule::InTime | Rule::WindowOpen => {
            request.is_some_and(|request| facts.at >= request.since && request.deadline.is_some_and(|end| facts.at < end))
        }
        Rule::ApprovesOnce => {
            request.is_some_and(|request| request.approver_bit(by.id).is_some_and(|bit| request.approvals & bit == 0))
        }
        Rule::NeedsCustomerData => request.is_some_and(Request::needs_customer_data),
        Rule::PolicyShortens => match action {
            Action::Approve { duration: Some(_), .. } => policy.approver_shortens,
            _ => true,
        },
        Rule::NotLengthened => match (action, asked) {
            (Action::Approve { duration: Some(duration), .. }, Some(terms)) => *duration <= longest(facts, terms),
            (Action::Approve { duration: None, .. }, Some(_)) => true,
            _ => false,
        },
        Rule::ReasonGiven => match action {
            Action::Approve { reason, .. } => !policy.approve_needs_reason || reason.is_given(),
            Action::Deny { reason, .. } => !policy.deny_needs_reason || reason.is_given(),
            Action::Revoke { reason, .. } => !policy.revoke_needs_reason || reason.is_given(),
            _ => false,
        },
        Rule::OwnRequest => request.and_then(|request| request.requester).is_some_and(|requester| requester.id == by.id),
        Rule::ApproverNow => by.role == Role::Admin || account.roster.contains(&by.id),
        Rule::PolicyRevokes => policy.customer_revokes,
        _ => false,
    }
}
