//! Committing: the only place where state and log change.

mod account;
mod lease;
mod lockbox;
mod log;
mod regions;

use super::decide::{Change, Step};
use super::{Base, Reply, State, Verdict};
use crate::audit::{Log, record};
use crate::command::{Action, LogName, RequestNumber};
use crate::device::Main;
use crate::lease::health::Health;
use crate::lockbox::exclusion::Excluded;
use crate::lockbox::request::{Request, Status};
use crate::outbox::{self, Kind, Notice};
use crate::party::Party;
use crate::policy::Policy;
use crate::rule::Rule;
use crate::time::Time;
use heapless::VecView;

/// The state, open for writing, without capacities in the type.
#[derive(Debug)]
struct Desk<'a> {
    base: &'a mut Base,
    requests: &'a mut VecView<Request>,
    exclusions: &'a mut VecView<Excluded>,
    outbox: &'a mut VecView<outbox::Entry>,
}

pub(super) fn commit<const REQUESTS: usize, const OUTBOX: usize, const TENANT: usize, const LIFECYCLE: usize>(
    state: &mut State<REQUESTS, OUTBOX>,
    log: &mut Log<TENANT, LIFECYCLE>,
    policy: &Policy,
    step: &Step,
) -> Reply {
    let State { base, requests, exclusions, outbox } = state;
    let (requests, exclusions) = (requests.as_mut_view(), exclusions.as_mut_view());
    let mut desk = Desk { base, requests, exclusions, outbox: outbox.as_mut_view() };
    let first_effect = desk.base.next_effect;
    let current = step.is_on(desk.base);
    if current && !step.is_idle() {
        let before = desk.base.ordinary_log();
        if step.change == Change::Clock {
            // What is owed to the log belongs to the epoch that ends.
            let old = desk.base.clock.last_good;
            desk.settle_repeats(log, before, old);
            desk.base.clock.epoch = desk.base.clock.epoch.saturating_add(1);
        }
        let on_record = !step.quiet && desk.record(log, before, step);
        desk.change(log, policy, step, on_record);
        desk.base.steps = desk.base.steps.saturating_add(1);
        if step.entry.flags & record::LAST_GOOD_TIME == 0 {
            desk.base.clock.last_good = step.entry.at;
        }
    }
    desk.reply(step, current, first_effect)
}

impl Desk<'_> {
    fn reply(&self, step: &Step, current: bool, first_effect: u32) -> Reply {
        let number = step.entry.request;
        let accepted = current && step.is_accepted();
        // Somebody who is not served, or whom the customer keeps from monitoring, is told nothing (H-56).
        let served = !matches!(step.entry.rule, Rule::OrganisationMatches | Rule::PrincipalNamed);
        let may_see = self.base.account.monitoring || matches!(step.entry.by.party(), Party::Customer | Party::Device);
        let status = self.requests.iter().find(|request| request.number == number).map(|request| request.status);
        Reply {
            verdict: if accepted { Verdict::Accepted } else { Verdict::Refused },
            rule: if current { step.entry.rule } else { Rule::StepIsCurrent },
            main: self.base.lease.main,
            health: if served && may_see { self.base.lease.health() } else { Health::Unknown },
            request: (number > 0).then_some(number),
            status: status.filter(|_| served),
            first_effect,
            effects: u8::try_from(self.base.next_effect.saturating_sub(first_effect)).unwrap_or(u8::MAX),
            due: false,
        }
    }

    fn change<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        policy: &Policy,
        step: &Step,
        on_record: bool,
    ) {
        let at = step.entry.at;
        match step.change {
            Change::Nothing => {}
            Change::Account => {
                if step.command.action.is_lifecycle_only() {
                    self.erase_tenant(log, policy, at);
                }
                self.account(&step.command.action);
            }
            Change::CauseGone => {
                if let Action::TamperCauseGone { class } = step.command.action {
                    self.base.lease.causes.remove(class);
                }
            }
            Change::LoginsReset => self.base.lease.login_failures = 0,
            Change::Vitals => self.vitals(policy, step),
            Change::Execution { to } => self.execution(policy, at, to),
            Change::Membership { to } => {
                self.base.lease.membership = to;
                if let Action::HaJoin { peers, .. } | Action::HaSyncOk { peers, .. } | Action::HaPeerChange { peers } =
                    step.command.action
                {
                    self.base.lease.peers = peers;
                }
            }
            Change::Inventory => {
                if let Action::SetInventory { parts } = &step.command.action {
                    self.base.lease.inventory = *parts;
                }
            }
            Change::Replacement => {
                if let Action::ReplacementOut { peer } = &step.command.action {
                    self.base.lease.replaced_by = peer.serial;
                    self.base.lease.replaced_at = at;
                    self.notify(policy, at, Notice::LEASE);
                }
            }
            Change::ProofVoid => self.base.lease.evidence = None,
            Change::Told { about } => self.notify(policy, at, about),
            Change::Exclusion => self.exclusion(policy, step),
            Change::Review => {
                let number = step.entry.request;
                keep(self.exclusions, &mut |excluded| excluded.number != number);
            }
            Change::Overdue { number } => {
                if let Some(excluded) = self.exclusions.iter_mut().find(|excluded| excluded.number == number) {
                    excluded.due = None;
                }
                self.tell(policy, at, Notice::EXCLUSION);
            }
            // The engine itself holds which policy is in force.
            Change::Policy => self.tell(policy, at, Notice::LEASE),
            Change::Lease { row } => self.lease(log, policy, step, row, on_record),
            Change::Request { number, to, deadline } => self.request(policy, step, number, to, deadline),
            Change::Acknowledge => {
                if let Action::Acknowledge { log: name, next } = step.command.action {
                    match name {
                        LogName::Tenant => self.base.tenant_log.acknowledged = next,
                        LogName::Lifecycle => self.base.lifecycle_log.acknowledged = next,
                    }
                    log.view(name).acknowledge(next);
                }
            }
            Change::Confirm => {
                if let Action::Confirm { effect } = step.command.action {
                    keep(self.outbox, &mut |entry| entry.id != effect);
                }
                if let Some(request) = find(self.requests, step.entry.request)
                    && let Some(status) = Status::ALL.get(usize::from(step.entry.to))
                {
                    request.status = *status;
                    request.since = at;
                }
            }
            Change::Retry { id, due } => {
                if let Some(entry) = self.outbox.iter_mut().find(|entry| entry.id == id) {
                    entry.due = due;
                    if due.is_some() {
                        entry.retries = entry.retries.saturating_add(1);
                    }
                }
            }
            Change::Clock => {
                if at < self.base.clock.last_good {
                    // What was proved by the old time cannot be compared with the new one; what was seen counts from now.
                    self.base.lease.evidence = None;
                    if let Some(sighting) = &mut self.base.lease.sighting {
                        sighting.at = at;
                    }
                    // How long something has waited, it has waited.
                    let (old, lease) = (self.base.clock.last_good, &mut self.base.lease);
                    lease.entered = at.before(old.since(lease.entered));
                    lease.replaced_at = at.before(old.since(lease.replaced_at));
                    self.base.lease.polls.at = None;
                    self.restart_reviews(policy, at);
                }
                // What waits is asked for again by the new time.
                for entry in self.outbox.iter_mut().filter(|entry| entry.due.is_some()) {
                    entry.due = Some(at.after(policy.outbox.retry_every));
                }
                self.end_windows(policy, at, |_| true);
            }
        }
    }

    /// Tells the customer something about the device, while it is theirs; where nobody knows, whoever may be theirs.
    fn notify(&mut self, policy: &Policy, at: Time, about: u32) {
        if self.base.lease.bound || self.base.lease.main == Main::Invalid {
            self.tell(policy, at, about);
        }
    }

    /// Tells the customer, while there is one.
    fn tell(&mut self, policy: &Policy, at: Time, about: u32) {
        if self.base.account.is_open() {
            self.ask(policy, at, Kind::NotifyCustomer, about);
        }
    }

    /// Asks for something to be done, in the place of what it supersedes.
    fn ask(&mut self, policy: &Policy, at: Time, kind: Kind, about: u32) {
        let mut about = about;
        keep(self.outbox, &mut |entry| {
            let yields = entry.yields_to(kind, about);
            if yields && kind == Kind::NotifyCustomer {
                about |= entry.about;
            }
            !yields
        });
        let id = self.base.next_effect;
        let due = Some(at.after(policy.outbox.retry_every));
        if self.outbox.push(outbox::Entry { id, kind, about, asked: at, due, retries: 0 }).is_ok() {
            self.base.next_effect = id.saturating_add(1);
        }
    }
}

fn find(requests: &mut VecView<Request>, number: RequestNumber) -> Option<&mut Request> {
    requests.iter_mut().find(|request| request.number == number)
}

/// Takes out what `keeps` says no to; the rest stays in its order. `retain` does the same, with a copy of itself
/// for each closure.
fn keep<T>(list: &mut VecView<T>, keeps: &mut dyn FnMut(&T) -> bool) {
    let mut kept = 0;
    for at in 0..list.len() {
        let Some((before, [this, ..])) = list.split_at_mut_checked(at) else { break };
        if keeps(this) {
            // Where nothing went yet, it is in its place.
            if let Some(place) = before.get_mut(kept) {
                core::mem::swap(place, this);
            }
            kept = kept.saturating_add(1);
        }
    }
    list.truncate(kept);
}
