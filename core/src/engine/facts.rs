//! What a decision may look at.

use super::Base;
use crate::audit::Rooms;
use crate::command::{Command, RequestNumber};
use crate::lease::chart::Main;
use crate::lockbox::exclusion::Excluded;
use crate::lockbox::request::Request;
use crate::outbox::Entry;
use crate::policy::Policy;
use crate::time::Time;

/// A deadline that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// A request's status ends by itself.
    Request {
        /// Its number.
        number: RequestNumber,
    },
    /// An outbox entry is asked for again.
    Effect {
        /// Its number.
        id: u32,
    },
    /// The claim window is over (D-19).
    Claim,
    /// Nobody decided about a failed device that is replaced (D-19).
    GiveUp,
    /// The review of an excluded access is overdue (D-11).
    Review {
        /// Its number.
        number: RequestNumber,
    },
}

/// State, policy, command and time, without capacities in the type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) base: &'a Base,
    pub(crate) requests: &'a [Request],
    pub(crate) request_capacity: usize,
    pub(crate) exclusions: &'a [Excluded],
    /// The policies that can be put in force.
    pub(crate) offered: &'a [&'static Policy],
    pub(crate) outbox: &'a [Entry],
    pub(crate) policy: &'a Policy,
    pub(crate) command: &'a Command,
    /// The time that the step runs at.
    pub(crate) at: Time,
    pub(crate) rooms: Rooms,
}

impl<'a> Facts<'a> {
    pub(crate) fn request(&self, number: RequestNumber) -> Option<&'a Request> {
        self.requests.iter().find(|request| request.number == number)
    }

    /// Whether one more request finds a place, if need be that of the oldest settled one.
    pub(crate) fn has_request_room(&self) -> bool {
        self.requests.len() < self.request_capacity || self.requests.iter().any(|request| may_go(request, self.outbox))
    }

    /// The earliest deadline: at equal times requests before outbox entries, lower numbers first.
    pub(crate) fn earliest(&self) -> Option<(Time, Due)> {
        let requests =
            self.requests.iter().filter_map(|request| Some((request.deadline?, Due::Request { number: request.number })));
        // What a window that is over still asks for is not asked again: its end comes first.
        let over = |entry: &&Entry| {
            let request = entry.kind.concerns_request().then(|| self.request(entry.about)).flatten();
            request.and_then(|request| request.deadline).is_some_and(|end| end <= self.at)
        };
        let effects = self.outbox.iter().filter(|entry| !over(entry));
        let effects = effects.filter_map(|entry| Some((entry.due?, Due::Effect { id: entry.id })));
        let reviews = self.exclusions.iter();
        let reviews = reviews.filter_map(|excluded| Some((excluded.due?, Due::Review { number: excluded.number })));
        let timer = self.timer().map(|at| {
            let due = if self.base.lease.main == Main::Failed { Due::GiveUp } else { Due::Claim };
            (at, due)
        });
        requests.chain(effects).chain(timer).chain(reviews).min()
    }

    /// When the policy's timer for the lease runs out, where one is on and runs (D-19).
    pub(crate) fn timer(&self) -> Option<Time> {
        let (lease, policy) = (&self.base.lease, &self.policy.lease);
        match lease.main {
            Main::TenantUnclaimed => policy.claim_within.map(|window| lease.entered.after(window)),
            // The customer has the whole time to decide once both are known.
            Main::Failed if !lease.replaced_by.is_empty() => {
                policy.give_up_within.map(|window| lease.entered.max(lease.replaced_at).after(window))
            }
            _ => None,
        }
    }
}

/// Whether a request may be forgotten for a new one: it is settled, and nothing about it is pending.
pub(super) fn may_go(request: &Request, outbox: &[Entry]) -> bool {
    let pending = |entry: &Entry| entry.kind.concerns_request() && entry.about == request.number;
    request.is_settled() && !outbox.iter().any(pending)
}
