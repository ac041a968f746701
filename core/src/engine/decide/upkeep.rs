//! Log, outbox and clock: what keeps an engine going.

use super::{Accepted, Change, Due, lease, may};
use crate::command::{Action, LogName};
use crate::engine::Facts;
use crate::lease::chart::Event;
use crate::lockbox::request::Status;
use crate::outbox::Kind;
use crate::party::{Role, Roles};
use crate::rule::{Rule, Trace, check};

pub(super) fn acknowledge<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::Acknowledge { log, next } = facts.command.action else { return Err(Rule::RowExists) };
    let (readers, meter) = match log {
        LogName::Tenant => (const { Roles::of(&[Role::Auditor]) }, &facts.base.tenant_log),
        LogName::Lifecycle => (const { Roles::of(&[Role::Pool]) }, &facts.base.lifecycle_log),
    };
    may(facts, trace, readers)?;
    check(trace, Rule::AcknowledgesExisting, next > meter.acknowledged && next <= meter.next)?;
    let detail = u16::try_from(next.saturating_sub(meter.acknowledged)).unwrap_or(u16::MAX);
    Ok(Accepted { from: log as u8, to: log as u8, detail, ..Accepted::plain(Rule::LogAcknowledged, Change::Acknowledge) })
}

pub(super) fn confirm<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::Confirm { effect } = facts.command.action else { return Err(Rule::RowExists) };
    may(facts, trace, const { Roles::of(&[Role::Enforcer]) })?;
    let entry = facts.outbox.iter().find(|entry| entry.id == effect);
    check(trace, Rule::EffectPending, entry.is_some())?;
    let entry = entry.ok_or(Rule::RowExists)?;
    let plain = Accepted { detail: entry.kind as u16, ..Accepted::plain(Rule::EffectConfirmed, Change::Confirm) };
    if entry.kind != Kind::CloseAccess {
        return Ok(plain);
    }
    // Only now is access closed for good (D-04).
    let Some(request) = facts.request(entry.about) else { return Ok(plain) };
    let to = match request.status {
        Status::Ending => Status::Ended,
        Status::Revoking => Status::Revoked,
        other => other,
    };
    Ok(Accepted { rule: Rule::ClosedConfirmed, from: request.status as u8, to: to as u8, request: request.number, ..plain })
}

pub(super) fn tick<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    may(facts, trace, const { Roles::of(&[Role::Clock]) })?;
    let due = facts.earliest().filter(|(at, _)| *at <= facts.at);
    check(trace, Rule::SomethingDue, due.is_some())?;
    match due.ok_or(Rule::RowExists)?.1 {
        Due::Claim => lease::step(facts, Event::ClaimExpired, trace),
        Due::GiveUp => lease::step(facts, Event::GiveUpTimeout, trace),
        Due::Review { number } => {
            Ok(Accepted { request: number, ..Accepted::plain(Rule::ReviewOverdue, Change::Overdue { number }) })
        }
        Due::Request { number } => {
            let request = facts.request(number).ok_or(Rule::RowExists)?;
            Ok(match request.status {
                Status::CustomerNotified => Accepted::request(Rule::RequestExpired, request, Status::Expired, None),
                Status::Approved => Accepted::request(Rule::WindowOver, request, Status::Ending, None),
                _ => Accepted::request(Rule::JitTimedOut, request, Status::Expired, None),
            })
        }
        Due::Effect { id } => {
            let entry = facts.outbox.iter().find(|entry| entry.id == id).ok_or(Rule::RowExists)?;
            let policy = &facts.policy.outbox;
            let last = entry.retries >= policy.retries;
            let due = (!last).then(|| facts.at.after(policy.retry_every));
            let rule = if last { Rule::EffectAlarmed } else { Rule::EffectRetried };
            let about = if entry.kind.concerns_request() { entry.about } else { 0 };
            Ok(Accepted { request: about, detail: entry.kind as u16, ..Accepted::plain(rule, Change::Retry { id, due }) })
        }
    }
}

pub(super) fn set_time<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    if facts.base.account.is_open() {
        may(facts, trace, const { Roles::of(&[Role::Auditor]) })?;
    } else {
        may(facts, trace, const { Roles::of(&[Role::Pool]) })?;
        check(trace, Rule::TwoPersons, facts.command.second.is_some())?;
    }
    Ok(Accepted::plain(Rule::TimeSet, Change::Clock))
}

/// Another policy is put in force; what is open keeps its deadlines (D-24).
pub(super) fn set_policy<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::SetPolicy { policy } = &facts.command.action else { return Err(Rule::RowExists) };
    may(facts, trace, const { Roles::of(&[Role::Pool]) })?;
    check(trace, Rule::TwoPersons, facts.command.second.is_some())?;
    check(trace, Rule::NoTenant, !facts.base.lease.bound)?;
    check(trace, Rule::PolicyOffered, facts.offered.iter().any(|offered| offered.digest() == *policy))?;
    Ok(Accepted::plain(Rule::PolicySet, Change::Policy))
}
