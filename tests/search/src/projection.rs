//! What of an engine a decision can depend on, and nothing that only counts.
//!
//! Two engines with equal projections decide every command of the menu alike, and stay equal afterwards; a test takes
//! pairs that a random walk finds and compares them (`tests/sound.rs`). Forgotten are the records themselves, counters
//! of boots, epochs, effects, steps and destructions, digests of reasons and of the last command, and what only stands in
//! records. Numbers become places, and times become offsets from the last good time, cut off beyond the largest window that they are
//! compared with.

mod lease;
mod refusal;

use crate::Core;
use crate::policy::SHORT;
use lease::LeaseView;
use refusal::RefusalView;
use std::collections::BTreeSet;
use strongroom_core::lockbox::request::Promised;
use strongroom_core::outbox::Kind;
use strongroom_core::*;

/// A time from where the engine stands: seconds ahead, or how many different overdue times are later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Seconds ahead, at least one.
    In(u64),
    /// Overdue; the number of overdue deadlines that are earlier.
    Overdue(usize),
}

/// See the [module](self).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Projection {
    deployment: Deployment,
    policy: u32,
    /// The time matters by itself only where it stands still at the beginning.
    begun: bool,
    account: Account,
    lease: LeaseView,
    /// The policy's timer for the lease.
    timer: Option<When>,
    /// Records that wait, and whether some found no place, of either log.
    logs: [(u32, bool); 2],
    refusal: Option<RefusalView>,
    repeated: bool,
    requests: Vec<RequestView>,
    exclusions: Vec<(Id, Option<When>)>,
    outbox: Vec<(Kind, Option<usize>, Option<When>, u8)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct RequestView {
    status: Status,
    ticket: Label,
    /// The place of the one that it follows; the last place and one more where that is forgotten.
    follows: Option<usize>,
    requester: Option<Principal>,
    terms: Option<AccessTerms>,
    roster: Roster,
    promised: Promised,
    approvals: u8,
    shortened: Option<Seconds>,
    deadline: Option<When>,
}

impl Projection {
    /// Of this engine.
    #[must_use]
    pub fn of(core: &Core) -> Self {
        let state = core.state();
        let base = &state.base;
        let now = base.clock.last_good;
        let timer = lease::timer(base);
        let deadlines = state.requests.iter().filter_map(|request| request.deadline);
        let deadlines = deadlines.chain(state.outbox.iter().filter_map(|entry| entry.due));
        let deadlines = deadlines.chain(state.exclusions.iter().filter_map(|excluded| excluded.due));
        let overdue: BTreeSet<Time> = deadlines.chain(timer).filter(|at| *at <= now).collect();
        let when = |at: Time| match at.as_unix().checked_sub(now.as_unix()) {
            None | Some(0) => When::Overdue(overdue.iter().filter(|other| **other < at).count()),
            Some(ahead) => When::In(ahead),
        };
        let place = |number: RequestNumber| {
            let found = state.requests.iter().position(|request| request.number == number);
            found.unwrap_or(usize::MAX)
        };
        let requests = state.requests.iter().map(|request| RequestView {
            status: request.status,
            ticket: request.ticket,
            follows: request.follows.map(place),
            requester: request.requester,
            terms: request.terms,
            roster: request.roster,
            promised: request.promised,
            approvals: request.approvals,
            shortened: request.shortened,
            deadline: request.deadline.map(when),
        });
        let retries = SHORT.outbox.retries;
        let outbox = state.outbox.iter().map(|entry| {
            let about = entry.kind.concerns_request().then(|| place(entry.about));
            (entry.kind, about, entry.due.map(when), entry.retries.min(retries))
        });
        let waiting = [base.tenant_log, base.lifecycle_log].map(|log| (log.next - log.acknowledged, log.unlogged > 0));
        Self {
            deployment: base.device.deployment,
            policy: base.policy_version,
            begun: now > Time::EPOCH,
            account: base.account,
            lease: LeaseView::of(&base.lease, now),
            timer: timer.map(when),
            logs: waiting,
            refusal: base.refusal.as_ref().map(|refusal| RefusalView::of(core, refusal)),
            repeated: base.repeats > 0,
            requests: requests.collect(),
            exclusions: state.exclusions.iter().map(|excluded| (excluded.by, excluded.due.map(when))).collect(),
            outbox: outbox.collect(),
        }
    }
}
