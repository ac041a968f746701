//! A line typed at the device's console: who may run which command (H-05, H-53, L-39).

use super::{Accepted, Change, lease, may};
use crate::command::{Action, RequestNumber};
use crate::device::Main;
use crate::engine::Facts;
use crate::lockbox::request::Request;
use crate::lunash::{Arguments, COMMANDS};
use crate::party::{Role, Roles};
use crate::policy::Subject;
use crate::rule::{Rule, Trace, check};

pub(super) fn line<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::ConsoleLine { command, arguments, .. } = facts.command.action else { return Err(Rule::RowExists) };
    let (by, list) = (&facts.command.by, facts.policy.console);
    may(facts, trace, const { Roles::of(&[Role::Monitor, Role::Engineer, Role::Pool]) })?;
    check(trace, Rule::CommandKnown, command < COMMANDS)?;
    check(trace, Rule::ArgumentsPlain, arguments != Arguments::NotPlain)?;
    let passes = |rule, request: RequestNumber| Accepted { request, detail: command, ..Accepted::plain(rule, Change::Nothing) };
    match by.role {
        Role::Monitor => {
            check(trace, Rule::MonitoringAllowed, lease::holds(Rule::MonitoringAllowed, facts))?;
            let bare = arguments == Arguments::None || list.monitor_arguments.contains(command);
            check(trace, Rule::MonitorMay, bare && list.monitor.contains(command))?;
            Ok(passes(Rule::MonitorPasses, 0))
        }
        Role::Engineer => {
            let open = |request: &&Request| request.opens(facts.at, by.id, Subject::Device);
            let mut grants = facts.requests.iter().filter(open);
            check(trace, Rule::GrantOpen, grants.clone().next().is_some() && facts.base.lease.serves_a_tenant())?;
            check(trace, Rule::Running, lease::holds(Rule::Running, facts))?;
            check(trace, Rule::NeverKeys, !list.never.contains(command))?;
            // A latched device answers no more than what it is.
            let latched = facts.base.lease.main == Main::TamperLatched;
            let covers = |request: &&Request| {
                let granted = request.terms.as_ref().is_some_and(|terms| list.granted(terms.permission).contains(command));
                granted && (!latched || list.monitor.contains(command))
            };
            let grant = grants.find(covers);
            check(trace, Rule::GrantCovers, grant.is_some())?;
            Ok(passes(Rule::GrantPasses, grant.map_or(0, |request| request.number)))
        }
        // Without it no device could be prepared (`lifecycle.md`, amendment 7).
        _ => {
            let lease = &facts.base.lease;
            check(trace, Rule::NoTenant, !lease.bound)?;
            check(trace, Rule::BeingPrepared, lease.main == Main::PoolConfig)?;
            check(trace, Rule::TwoPersons, facts.command.second.is_some())?;
            // What touches keys or accounts makes what was proved before it untrue.
            let change = if list.never.contains(command) { Change::ProofVoid } else { Change::Nothing };
            Ok(Accepted { change, ..passes(Rule::ConsoleIsPools, 0) })
        }
    }
}
