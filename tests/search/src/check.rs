//! What a single step must not do.

mod records;

use crate::ghost::Data;
use crate::policy::SHORT;
use crate::world::Node;
use strongroom_core::*;

/// What a step broke, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Broken(pub u8);

impl Broken {
    /// Nothing.
    pub const NOTHING: Self = Self(0);
    /// Somebody of the provider reached something that no grant opens.
    pub const ACCESS: Self = Self(1);
    /// A device that may hold a tenant's data was handed out again.
    pub const LEAK: Self = Self(1 << 1);
    /// Somebody decided about a request or an access of their own.
    pub const SELF_APPROVAL: Self = Self(1 << 2);
    /// A reading left although the customer restricts monitoring.
    pub const READING: Self = Self(1 << 3);
    /// The step's records are not those that the requirements ask for.
    pub const RECORD: Self = Self(1 << 4);

    /// Whether it has that bit.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What the step from one state to the next broke.
pub(crate) fn step_breaks(before: &Node, after: &Node, command: &Command, step: &Step, reply: &Reply) -> Broken {
    let accepted = reply.verdict == Verdict::Accepted;
    let checks = [
        (Broken::ACCESS, accepted && reaches_without_grant(before, command, step)),
        (Broken::LEAK, accepted && leaks(before, command)),
        (Broken::SELF_APPROVAL, accepted && decides_about_own(before, command)),
        (Broken::READING, reads(before, after, command, reply)),
        (Broken::RECORD, !records::are_right(before, after, command, step, reply)),
    ];
    Broken(checks.iter().filter(|(_, broken)| *broken).fold(0, |bits, (bit, _)| bits | bit.0))
}

/// A line that passes, or an access that is used, with no grant in force for whoever does it (L-26, L-39, L-40, H-53).
fn reaches_without_grant(before: &Node, command: &Command, step: &Step) -> bool {
    let (by, at) = (command.by, step.at().as_unix());
    let lease = &before.core.state().base.lease;
    let list = SHORT.console;
    match command.action {
        Action::ConsoleLine { command: line, .. } => match by.role {
            Role::Engineer => !before.ghost.opens(at, by.id, Subject::Device) || !lease.bound || list.never.contains(line),
            Role::Monitor => !list.monitor.contains(line),
            Role::Pool => lease.bound || command.second.is_none(),
            _ => true,
        },
        Action::UseAccess { request } => {
            let asked = before.ghost.asked.iter().find(|asked| asked.number == request);
            !asked.is_some_and(|asked| asked.engineer == by.id && before.ghost.opens(at, by.id, asked.subject))
        }
        _ => false,
    }
}

/// Handed out while a tenant's data may be on it (H-65, H-68, D-14).
fn leaks(before: &Node, command: &Command) -> bool {
    matches!(command.action, Action::Allocate { .. }) && before.ghost.data != Data::None
}

/// Nobody approves what they asked for, alone or as the second person (D-06, D-11).
fn decides_about_own(before: &Node, command: &Command) -> bool {
    let second = command.second.map(|second| second.id);
    let theirs = |own: Option<Id>| own.is_none_or(|own| own == command.by.id || Some(own) == second);
    match command.action {
        Action::Approve { request, .. } | Action::ApproveInternally { request } => theirs(before.ghost.requester(request)),
        Action::ReviewExclusion { exclusion, .. } => {
            let known = before.core.state().exclusions.iter().find(|known| known.number == exclusion);
            known.is_none_or(|known| known.by == command.by.id)
        }
        _ => false,
    }
}

/// What the provider gets to know of the device's health while the customer restricts that (H-56).
fn reads(before: &Node, after: &Node, command: &Command, reply: &Reply) -> bool {
    let allowed = |node: &Node| node.core.state().base.account.monitoring;
    let reading = matches!(command.action.verb(), Verb::ReadHealth | Verb::PollUnanswered)
        || command.action.verb() == Verb::ConsoleLine && command.by.role == Role::Monitor;
    let passes = reading && reply.verdict == Verdict::Accepted && !allowed(before);
    let outside = matches!(command.by.party(), Party::Provider | Party::Vendor);
    passes || outside && !allowed(after) && reply.health != Health::Unknown
}
