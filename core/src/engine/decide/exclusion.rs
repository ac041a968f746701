//! Accesses that the lockbox does not ask about: never silent (L-68 to L-71, D-11).

use super::{Accepted, Change, may};
use crate::command::Action;
use crate::engine::Facts;
use crate::lockbox::exclusion::EXCLUSIONS;
use crate::party::{Role, Roles};
use crate::rule::{Rule, Trace, check};

pub(super) fn record<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::RecordExclusion { kind, justification, .. } = &facts.command.action else { return Err(Rule::RowExists) };
    may(facts, trace, const { Roles::of(&[Role::Engineer, Role::InternalApprover]) })?;
    check(trace, Rule::AccountOpen, facts.base.account.is_open())?;
    check(trace, Rule::JustificationGiven, justification.is_given())?;
    check(trace, Rule::ExclusionsHaveRoom, facts.exclusions.len() < EXCLUSIONS)?;
    let request = facts.base.next_request;
    Ok(Accepted { request, detail: *kind as u16, ..Accepted::plain(Rule::ExclusionRecorded, Change::Exclusion) })
}

pub(super) fn review<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::ReviewExclusion { exclusion, finding } = &facts.command.action else { return Err(Rule::RowExists) };
    let by = &facts.command.by;
    may(facts, trace, const { Roles::of(&[Role::InternalApprover, Role::Auditor]) })?;
    let found = facts.exclusions.iter().find(|excluded| excluded.number == *exclusion);
    check(trace, Rule::ExclusionKnown, found.is_some())?;
    check(trace, Rule::ReviewedByAnother, found.is_some_and(|excluded| excluded.by != by.id))?;
    check(trace, Rule::JustificationGiven, finding.is_given())?;
    let kind = found.map_or(0, |excluded| excluded.kind as u16);
    Ok(Accepted { request: *exclusion, detail: kind, ..Accepted::plain(Rule::ExclusionReviewed, Change::Review) })
}
