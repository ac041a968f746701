//! Who may write what in the account (D-21).

use super::{Accepted, Change, lease as chart, may};
use crate::account::Registration;
use crate::command::{Action, Verb};
use crate::device::Main;
use crate::engine::Facts;
use crate::id::Organisation;
use crate::outbox::Kind;
use crate::party::{Role, Roles};
use crate::rule::{Rule, Trace, check};

const POOL: Roles = Roles::of(&[Role::Pool]);
const ADMIN: Roles = Roles::of(&[Role::Admin]);

pub(super) fn step<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let (account, lease) = (&facts.base.account, &facts.base.lease);
    let by_pool = matches!(facts.command.action.verb(), Verb::Register | Verb::SetPlan | Verb::SetCustomerId);
    may(facts, trace, if by_pool { POOL } else { ADMIN })?;
    match &facts.command.action {
        Action::Register { organisation, .. } => {
            let theirs = account.is_open() && *organisation == account.organisation;
            let nothing_open = chart::holds(Rule::NothingOpen, facts);
            // Who let the claim window pass, or whose device was shredded, has as much time to take their log as who
            // gave the device back.
            let gone = matches!(lease.main, Main::PartsDestroyed | Main::ChassisReturned);
            let given_up = gone || lease.claim_lapsed && lease.main == Main::PoolConfig;
            let late = given_up && facts.at >= lease.entered.after(facts.policy.lease.log_acknowledge_within);
            let settled = nothing_open && (facts.base.tenant_log.is_acknowledged() || late);
            let closes = *organisation == Organisation::NONE && account.is_open() && !lease.bound && settled;
            let erased = facts.outbox.iter().all(|entry| entry.kind != Kind::EraseTenantArea);
            let theirs_to_be = *organisation != Organisation::NONE
                && *organisation != facts.base.device.provider
                && *organisation != facts.base.device.vendor;
            let opens = theirs_to_be && !account.is_open() && !lease.bound && erased;
            check(trace, Rule::AccountFree, theirs || closes || opens)?;
        }
        Action::SetRoster { approvers } => {
            check(trace, Rule::AccountOpen, account.is_open())?;
            check(trace, Rule::RosterSound, approvers.is_sound())?;
        }
        Action::SetPlace { region, network } => {
            check(trace, Rule::AccountOpen, account.is_open())?;
            check(trace, Rule::PlaceNamed, !region.is_empty() && !network.is_empty())?;
        }
        Action::RequestAllocation {} => {
            check(trace, Rule::AccountOpen, account.is_open())?;
            let approved = account.registration == Registration::Approved;
            check(trace, Rule::RegistrationApproved, approved)?;
            check(trace, Rule::PlaceNamed, !account.region.is_empty() && !account.network.is_empty())?;
        }
        _ => check(trace, Rule::AccountOpen, account.is_open())?,
    }
    let rule = match facts.command.action.verb() {
        Verb::SetMonitoring => Rule::MonitoringSwitched,
        _ => Rule::AccountWritten,
    };
    Ok(Accepted::plain(rule, Change::Account))
}
