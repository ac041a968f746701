//! Steps of the lockbox: where each leads, and what each guard looks at.

use super::{Accepted, Change, may};
use crate::account::Plan;
use crate::command::Action;
use crate::engine::Facts;
use crate::id::Label;
use crate::lease::execution::Execution;
use crate::lockbox::jit::{self, Outcome};
use crate::lockbox::request::{Request, Status};
use crate::lockbox::table;
use crate::party::Role;
use crate::policy::Subject;
use crate::rule::{Rule, Trace, check};
use crate::time::{Seconds, Time};

pub(super) fn step<T: Trace>(facts: &Facts<'_>, row: &table::Row, trace: &mut T) -> Result<Accepted, Rule> {
    let (policy, command) = (&facts.policy.lockbox, facts.command);
    may(facts, trace, row.by)?;
    let request = match command.action.request() {
        Some(number) => {
            let found = facts.request(number);
            check(trace, Rule::RequestKnown, found.is_some())?;
            check(trace, Rule::StatusAllows, found.is_some_and(|request| row.from.contains(request.status)))?;
            found
        }
        None => None,
    };
    for rule in row.guards {
        check(trace, *rule, holds(*rule, facts, request))?;
    }
    let deadline = |span| Some(facts.at.after(span));
    let Some(request) = request else {
        return if command.action.request().is_none() { Ok(begin(facts, row)) } else { Err(Rule::RowExists) };
    };
    Ok(match &command.action {
        Action::Evaluate { .. } => {
            let terms = request.terms.as_ref().ok_or(Rule::RowExists)?;
            let (rule, to) = match jit::evaluate(&facts.policy.jit, terms) {
                Outcome::RejectIdentity => (Rule::JitRejectsIdentity, Status::JitRejected),
                Outcome::RejectScope => (Rule::JitRejectsScope, Status::JitRejected),
                Outcome::RejectPermission => (Rule::JitRejectsLevel, Status::JitRejected),
                Outcome::AskInternal => (Rule::JitAsksInternal, Status::InternalApproval),
                Outcome::Pass => (Rule::JitPasses, Status::JitPassed),
            };
            trace.consulted(rule, true);
            Accepted::request(rule, request, to, jit_deadline(request, to))
        }
        Action::ApproveInternally { .. } => Accepted::request(row.rule, request, row.to, jit_deadline(request, row.to)),
        Action::AskCustomer { .. } => Accepted::request(row.rule, request, row.to, deadline(policy.decide_within)),
        Action::Approve { duration, .. } => approve(facts, request, *duration, trace)?,
        Action::UseAccess { .. } => Accepted::request(row.rule, request, row.to, request.deadline),
        Action::Revoke { .. } => {
            let rule = if others_remain(facts, request) { Rule::RevokedOthersRemain } else { row.rule };
            trace.consulted(rule, true);
            Accepted::request(rule, request, row.to, None)
        }
        _ => Accepted::request(row.rule, request, row.to, None),
    })
}

/// Whether another grant opens the same to the same engineer: then a revocation ends less than it seems to.
fn others_remain(facts: &Facts<'_>, revoked: &Request) -> bool {
    let (Some(requester), Some(terms)) = (&revoked.requester, &revoked.terms) else { return false };
    let mut others = facts.requests.iter().filter(|other| other.number != revoked.number);
    others.any(|other| other.opens(facts.at, requester.id, terms.subject))
}

/// The provider's own limit goes on until the customer is asked, and ends where the lockbox does.
fn jit_deadline(request: &Request, to: Status) -> Option<Time> {
    match to {
        Status::InternalApproval => request.deadline,
        Status::JitPassed if request.needs_customer_data() => request.deadline,
        _ => None,
    }
}

/// A ticket, or a request on one.
fn begin(facts: &Facts<'_>, row: &table::Row) -> Accepted {
    let waiting = match &facts.command.action {
        Action::RequestAccess { ticket, .. } => triaged(facts, ticket),
        _ => None,
    };
    let deadline = (row.to == Status::JitSubmitted).then(|| facts.at.after(facts.policy.lockbox.jit_within));
    if let Some(request) = waiting {
        return Accepted::request(row.rule, request, row.to, deadline);
    }
    let change = Change::Request { number: 0, to: row.to, deadline };
    Accepted { to: row.to as u8, request: facts.base.next_request, ..Accepted::plain(row.rule, change) }
}

fn approve<T: Trace>(facts: &Facts<'_>, request: &Request, shortened: Option<Seconds>, trace: &mut T) -> Result<Accepted, Rule> {
    let terms = request.terms.as_ref().ok_or(Rule::RowExists)?;
    let bit = request.approver_bit(facts.command.by.id).ok_or(Rule::RowExists)?;
    let approvals = (request.approvals | bit).count_ones();
    if approvals < u32::from(request.promised.approvals) {
        trace.consulted(Rule::ApprovalCounted, true);
        return Ok(Accepted::request(Rule::ApprovalCounted, request, Status::CustomerNotified, request.deadline));
    }
    let longest = request.promised.longest;
    let granted = shortened.into_iter().chain(request.shortened).min().unwrap_or(longest);
    let rule = if granted < longest {
        Rule::ShortenedByApprover
    } else if terms.duration.is_some_and(|asked| asked > longest) {
        Rule::ShortenedByPolicy
    } else {
        Rule::AccessApproved
    };
    trace.consulted(rule, true);
    let until = facts.at.after(granted);
    Ok(Accepted::request(rule, request, Status::Approved, Some(until)))
}

/// The request on this ticket that waits for its engineer's terms.
fn triaged<'a>(facts: &Facts<'a>, ticket: &Label) -> Option<&'a Request> {
    facts.requests.iter().find(|request| request.ticket == *ticket && request.status == Status::Triaged)
}

/// Whether the condition of a guard holds, about `request` where the action names one. A guard that
/// is not of the lockbox, or lacks what it looks at, does not hold.
fn holds(rule: Rule, facts: &Facts<'_>, request: Option<&Request>) -> bool {
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
        Rule::Running => {
            asked.is_some_and(|terms| terms.subject != Subject::Device || facts.base.lease.execution == Execution::Running)
        }
        Rule::DeviceLeased => asked.is_some_and(|terms| terms.subject != Subject::Device || facts.base.lease.serves_a_tenant()),
        Rule::TicketKnown => {
            let Action::RequestAccess { ticket, .. } = action else { return false };
            let mut on_ticket = facts.requests.iter().filter(|request| request.ticket == *ticket);
            // A ticket that was closed before anybody asked for access on it is closed.
            on_ticket.any(|request| request.status == Status::Triaged || request.requester.is_some())
        }
        Rule::StandardToolsFailed => asked.is_some_and(|terms| terms.standard_tools_failed),
        Rule::SomebodyEligible => {
            account.roster.iter().filter(|approver| **approver != by.id).count() >= usize::from(policy.approvals_needed.max(1))
        }
        Rule::PreviousEnded => match action {
            Action::RequestAccess { follows: Some(number), ticket, .. } => {
                facts.request(*number).is_some_and(|old| old.ticket == *ticket && old.is_settled_at(facts.at))
            }
            Action::RequestAccess { follows: None, .. } => true,
            _ => false,
        },
        Rule::PreviousNamed => match action {
            Action::RequestAccess { follows, ticket, .. } => {
                let followed = |old: &Request| facts.requests.iter().any(|other| other.follows == Some(old.number));
                let turned_down = |old: &&Request| old.ticket == *ticket && old.was_turned_down_at(facts.at) && !followed(old);
                let mut unnamed = facts.requests.iter().filter(turned_down);
                unnamed.clone().next().is_none() || unnamed.any(|old| Some(old.number) == *follows)
            }
            _ => true,
        },
        Rule::TicketNew => match action {
            Action::OpenTicket { ticket, .. } => {
                let mut on_ticket = facts.requests.iter().filter(|old| old.ticket == *ticket);
                !ticket.is_empty() && on_ticket.all(|old| old.is_settled_at(facts.at))
            }
            _ => false,
        },
        Rule::DurationSound => asked.is_some_and(|terms| match terms.duration {
            Some(duration) => duration > Seconds(0) && (!policy.access_fixed || duration == policy.access_default),
            None => true,
        }),
        Rule::NotOneself => request
            .and_then(|request| request.requester)
            .is_some_and(|requester| requester.id != by.id && second.is_none_or(|second| second.id != requester.id)),
        Rule::OnFrozenRoster => request.is_some_and(|request| request.approver_bit(by.id).is_some()),
        // A ticket nobody asked access on has no deadline.
        Rule::InTime | Rule::WindowOpen => {
            request.is_some_and(|request| request.deadline.is_none_or(|end| facts.at >= request.since && facts.at < end))
        }
        Rule::ApprovesOnce => {
            request.is_some_and(|request| request.approver_bit(by.id).is_some_and(|bit| request.approvals & bit == 0))
        }
        Rule::NeedsCustomerData => request.is_some_and(Request::needs_customer_data),
        Rule::PolicyShortens => match action {
            Action::Approve { duration: Some(_), .. } => request.is_some_and(|request| request.promised.shortens),
            _ => true,
        },
        Rule::NotLengthened => match (action, request) {
            (Action::Approve { duration: Some(duration), .. }, Some(request)) => {
                *duration > Seconds(0) && *duration <= request.promised.longest
            }
            (Action::Approve { duration: None, .. }, Some(_)) => true,
            _ => false,
        },
        Rule::ReasonGiven => request.is_some_and(|request| {
            let [approve, deny, revoke] = request.promised.reasons;
            match action {
                Action::Approve { reason, .. } => !approve || reason.is_given(),
                Action::Deny { reason, .. } => !deny || reason.is_given(),
                Action::Revoke { reason, .. } => !revoke || reason.is_given(),
                _ => false,
            }
        }),
        Rule::OwnRequest => request.and_then(|request| request.requester).is_some_and(|requester| requester.id == by.id),
        Rule::ApproverNow => by.role == Role::Admin || account.roster.contains(by.id),
        Rule::PolicyRevokes => request.is_some_and(|request| request.promised.revocable),
        _ => false,
    }
}
