//! Who answers for an issue (H-16 to H-40): the rule of the reply is the route.

use super::{Accepted, Change, may};
use crate::account::Registration;
use crate::command::Action;
use crate::engine::Facts;
use crate::party::{Role, Roles};
use crate::rule::{Rule, Trace, check};
use crate::support;

const CUSTOMERS: Roles = Roles::of(&[
    Role::User,
    Role::Admin,
    Role::Approver,
    Role::Auditor,
    Role::PartitionOfficer,
    Role::CryptoOfficer,
    Role::CryptoUser,
]);

pub(super) fn ask<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::AskSupport { issue, ssh_test } = facts.command.action else { return Err(Rule::RowExists) };
    let account = &facts.base.account;
    may(facts, trace, CUSTOMERS)?;
    let route = support::answer(issue, ssh_test);
    for rule in route.needs() {
        let holds = match rule {
            Rule::SshTestFirst => ssh_test.is_some(),
            Rule::ServiceRegistered => account.registration == Registration::Approved,
            Rule::CustomerIdGiven => !account.customer_id.is_empty(),
            Rule::VendorRegistered => account.vendor_registered,
            _ => false,
        };
        check(trace, *rule, holds)?;
    }
    Ok(Accepted { detail: u16::from(issue as u8), ..Accepted::plain(route.rule, Change::Nothing) })
}
