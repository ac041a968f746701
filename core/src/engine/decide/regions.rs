//! The regions beside the chart: polls, execution, HA membership, parts and replacement
//! (`lifecycle.md` a.4, H-69 to H-75).

use super::{Accepted, Change, lease, may};
use crate::command::Action;
use crate::engine::Facts;
use crate::lease::chart::{self, Effects, Main};
use crate::lease::execution::Execution;
use crate::lease::membership::{Membership, Row};
use crate::lease::polls::Sign;
use crate::lease::sensing::Heard;
use crate::outbox::Notice;
use crate::party::{Role, Roles};
use crate::rule::{Rule, Trace, check};

/// A poll got no answer. Silence is noted and told, and by itself never fails the device (D-16).
pub(super) fn poll_unanswered<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    // The provider cannot make a device silent by saying so.
    may(facts, trace, const { Roles::of(&[Role::Sensor, Role::Core]) })?;
    check(trace, Rule::MonitoringAllowed, lease::holds(Rule::MonitoringAllowed, facts))?;
    let lease = &facts.base.lease;
    let after = Heard { vitals: lease.vitals, polls: lease.polls.after(&facts.policy.health, facts.at, Sign::NoAnswer) };
    let (from, to) = (lease.health(), after.health());
    let rule = if after.polls.silent && !lease.polls.silent {
        Rule::DeviceSilent
    } else if after.polls.alert && !lease.polls.alert {
        Rule::HealthAlert
    } else if from != to {
        Rule::HealthNotice
    } else {
        Rule::PollMissed
    };
    let quiet = rule == Rule::PollMissed;
    Ok(Accepted { from: from as u8, to: to as u8, quiet, ..Accepted::plain(rule, Change::Vitals) })
}

pub(super) fn error_soft<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    may(facts, trace, const { Roles::of(&[Role::Core, Role::Sensor]) })?;
    let lease = &facts.base.lease;
    let to = lease.execution.after_error(lease.soft_errors.saturating_add(1), facts.policy.lease.soft_errors);
    let rule = if to == Execution::ErrorHard { Rule::ErrorIsHard } else { Rule::ErrorHolds };
    Ok(execution(facts, rule, to))
}

pub(super) fn error_recovered<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    may(facts, trace, const { Roles::of(&[Role::Core]) })?;
    check(trace, Rule::ErrorPending, facts.base.lease.execution == Execution::ErrorSoft)?;
    let passed = matches!(facts.command.action, Action::ErrorRecovered { self_test_passed: true });
    check(trace, Rule::SelfTestPassed, passed)?;
    Ok(execution(facts, Rule::ErrorOver, Execution::Running))
}

fn execution(facts: &Facts<'_>, rule: Rule, to: Execution) -> Accepted {
    let from = facts.base.lease.execution as u8;
    Accepted { from, to: to as u8, ..Accepted::plain(rule, Change::Execution { to }) }
}

/// A step of the HA group.
pub(super) fn membership<T: Trace>(facts: &Facts<'_>, row: &Row, trace: &mut T) -> Result<Accepted, Rule> {
    let (lease, action) = (&facts.base.lease, &facts.command.action);
    may(facts, trace, row.by)?;
    check(trace, Rule::HaAllows, row.from.contains(&lease.membership))?;
    for rule in row.guards {
        let holds = match rule {
            Rule::DeviceServes => lease.main == Main::Operational,
            Rule::CloningDomainMatches => {
                matches!(action, Action::HaJoin { cloning_domain, .. }
                    if cloning_domain.is_given() && *cloning_domain == lease.cloning_domain)
            }
            Rule::MembersAccept => matches!(action, Action::HaSyncStart { accepted: true }),
            Rule::ObjectsEqual => {
                matches!(action, Action::HaSyncOk { expected, found, .. } if expected.is_given() && expected == found)
            }
            other => lease::holds(*other, facts),
        };
        check(trace, *rule, holds)?;
    }
    let change = Change::Membership { to: row.to };
    Ok(Accepted { from: lease.membership as u8, to: row.to as u8, ..Accepted::plain(row.rule, change) })
}

pub(super) fn set_inventory<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::SetInventory { parts } = &facts.command.action else { return Err(Rule::RowExists) };
    may(facts, trace, const { Roles::of(&[Role::Pool]) })?;
    check(trace, Rule::TwoPersons, facts.command.second.is_some())?;
    let lease = &facts.base.lease;
    let prepared = matches!(lease.main, Main::InTransit | Main::Received | Main::PoolConfig);
    check(trace, Rule::InventoryOpen, prepared || lease.inventory.is_empty())?;
    check(trace, Rule::InventorySound, !parts.is_empty() && parts.is_sound())?;
    Ok(Accepted::plain(Rule::InventoryWritten, Change::Inventory))
}

pub(super) fn replacement_out<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    may(facts, trace, const { Roles::of(&[Role::Pool]) })?;
    check(trace, Rule::TenantBound, facts.base.lease.bound)?;
    check(trace, Rule::ReplacementServes, lease::holds(Rule::ReplacementServes, facts))?;
    Ok(Accepted::plain(Rule::ReplacementNoted, Change::Replacement))
}

/// What taking a part out would do, told before anybody does it (H-72): each prediction is consulted, and
/// the first that does not hold refuses.
pub(super) fn plan_swap<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::PlanSwap { component } = facts.command.action else { return Err(Rule::RowExists) };
    may(facts, trace, const { Roles::of(&[Role::Hands]) })?;
    let lease = &facts.base.lease;
    let planned = |rule| Accepted { detail: component as u16, ..Accepted::plain(rule, Change::Nothing) };
    let Some(class) = component.tamper() else { return Ok(planned(Rule::SwapInOperation)) };
    if lease.main == Main::Maintenance {
        check(trace, Rule::TwoPersons, facts.command.second.is_some())?;
        return Ok(planned(Rule::SwapInMaintenance));
    }
    let row = chart::find(lease.main, lease::tamper_event(facts, class)).and_then(chart::row_at);
    let destroys = row.is_some_and(|row| row.to == Some(Main::Zeroizing));
    let latches = row.is_some_and(|row| row.effects.has(Effects::LATCH));
    let counts = lease.membership == Membership::InSync;
    let enough = !counts || lease.peers >= facts.policy.lease.ha_minimum;
    let predictions = [
        check(trace, Rule::SwapKeepsHa, enough),
        check(trace, Rule::SwapDestroysNothing, !destroys),
        check(trace, Rule::SwapLatchesNothing, !latches),
        check(trace, Rule::MaintenanceFirst, false),
    ];
    predictions.into_iter().collect::<Result<(), Rule>>()?;
    Ok(planned(Rule::SwapInMaintenance))
}

/// The recovery account gives whoever has the serial line the appliance's administration: the customer is
/// told at once, as of a tamper.
pub(super) fn recover_login<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::RecoverLogin { succeeded } = facts.command.action else { return Err(Rule::RowExists) };
    may(facts, trace, const { Roles::of(&[Role::Sensor, Role::Core]) })?;
    let change = Change::Told { about: Notice::TAMPER };
    Ok(Accepted { detail: u16::from(succeeded), ..Accepted::plain(Rule::RecoverLoginSeen, change) })
}
