//! Committing: the only place where state and log change.

use super::decide::{Change, Step};
use super::facts::may_go;
use super::{Base, Reply, Verdict};
use crate::account::{Account, Registration};
use crate::audit::record::{self, Entry, Record};
use crate::audit::{Log, Meter, Refusal};
use crate::command::{Action, LogName, RequestNumber, Verb, blank};
use crate::id::{Digest, Id};
use crate::lease::chart::{self, Effects, Main};
use crate::lease::evidence::{Class, Evidence};
use crate::lease::health::Vitals;
use crate::lease::{Deployment, Lease, Sighting, TamperCauses};
use crate::lockbox::request::{Request, Status};
use crate::outbox::{self, Kind, Notice};
use crate::policy::Policy;
use crate::rule::Rule;
use crate::time::Time;
use heapless::VecView;

/// The state, open for writing, without capacities in the type.
#[derive(Debug)]
pub(super) struct Desk<'a> {
    pub(super) base: &'a mut Base,
    pub(super) requests: &'a mut VecView<Request>,
    pub(super) outbox: &'a mut VecView<outbox::Entry>,
}

pub(super) fn commit<const TENANT: usize, const LIFECYCLE: usize>(
    mut desk: Desk<'_>,
    log: &mut Log<TENANT, LIFECYCLE>,
    policy: &Policy,
    step: &Step,
) -> Reply {
    let first_effect = desk.base.next_effect;
    let current = step.number == desk.base.steps;
    if current && !step.quiet {
        desk.base.steps = desk.base.steps.saturating_add(1);
        if step.entry.flags & record::LAST_GOOD_TIME == 0 {
            desk.base.clock.last_good = step.entry.at;
        }
        let before = desk.base.ordinary_log();
        let on_record = desk.record(log, before, step);
        desk.change(log, policy, step, on_record);
    }
    desk.reply(step, current, first_effect)
}

impl Desk<'_> {
    fn reply(&self, step: &Step, current: bool, first_effect: u32) -> Reply {
        let number = step.entry.request;
        let accepted = current && step.is_accepted();
        let due = |at: Option<Time>| at.is_some_and(|at| at <= self.base.clock.last_good);
        let waits = self.requests.iter().any(|request| due(request.deadline)) || self.outbox.iter().any(|entry| due(entry.due));
        Reply {
            verdict: if accepted { Verdict::Accepted } else { Verdict::Refused },
            rule: if current { step.entry.rule } else { Rule::StepIsCurrent },
            main: self.base.lease.main,
            health: self.base.lease.vitals.health(),
            request: (number > 0).then_some(number),
            status: self.requests.iter().find(|request| request.number == number).map(|request| request.status),
            first_effect,
            effects: u8::try_from(self.base.next_effect.saturating_sub(first_effect)).unwrap_or(u8::MAX),
            due: waits,
        }
    }

    // What the log is told.

    /// Leaves the step's record where it belongs; says whether the ordinary one found its place.
    fn record<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        ordinary: LogName,
        step: &Step,
    ) -> bool {
        let action = &step.command.action;
        if step.is_accepted() {
            self.settle_repeats(log, ordinary, step.entry.at);
        } else {
            let refusal = Refusal::new(step.entry.by, action.verb(), step.entry.request, step.entry.rule);
            if self.base.refusal == Some(refusal) {
                self.base.repeats = self.base.repeats.saturating_add(1);
                return false;
            }
            self.settle_repeats(log, ordinary, step.entry.at);
            self.base.refusal = Some(refusal);
        }
        let protective = step.is_accepted() && (action.is_protective() || action.verb() == Verb::ReadHealth);
        let moves = matches!(step.change, Change::Lease { .. }) && step.entry.from != step.entry.to;
        let lifecycle_only = matches!(action, Action::Acknowledge { .. } | Action::Detached { .. }) && step.is_accepted();
        let mut on_record = true;
        if ordinary == LogName::Tenant && !lifecycle_only {
            on_record = self.append(log, LogName::Tenant, step.entry, step.command.digest(), protective);
        }
        if ordinary == LogName::Lifecycle || moves || lifecycle_only {
            let entry = Entry {
                by: blank(step.entry.by),
                second: step.command.second.map_or(Id::NOBODY, |second| blank(second).id),
                ..step.entry
            };
            let there = self.append(log, LogName::Lifecycle, entry, step.command.blanked().digest(), protective);
            on_record = on_record && there;
        }
        on_record
    }

    /// Says how often the last refusal was repeated, now that something else happens (D-10).
    fn settle_repeats<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        ordinary: LogName,
        at: Time,
    ) {
        let Some(refusal) = self.base.refusal.take() else { return };
        let count = core::mem::take(&mut self.base.repeats);
        if count > 0 {
            let by = if ordinary == LogName::Lifecycle { blank(refusal.by) } else { refusal.by };
            let entry = Entry {
                by,
                request: refusal.request,
                from: refusal.verb,
                flags: record::REFUSED,
                ..Entry::of_log(at, record::REPEATED, refusal.rule, count)
            };
            self.append(log, ordinary, entry, Digest::NONE, false);
        }
    }

    /// Appends one record; where there is no place it is counted, and the count comes first once
    /// there is room again (D-17).
    fn append<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        name: LogName,
        entry: Entry,
        command: Digest,
        protective: bool,
    ) -> bool {
        let rooms = Log::<TENANT, LIFECYCLE>::ROOMS;
        let (epoch, boot, time_epoch) = (self.base.lease.epoch, self.base.lease.boot, self.base.clock.epoch);
        let (meter, capacity) = match name {
            LogName::Tenant => (&mut self.base.tenant_log, rooms.tenant),
            LogName::Lifecycle => (&mut self.base.lifecycle_log, rooms.lifecycle),
        };
        let mut ring = log.view(name);
        let mut write = |meter: &mut Meter, entry: Entry, command: Digest| {
            let Entry { at, flags, by, second, kind, rule, from, to, request, detail } = entry;
            let sequence = meter.next;
            meter.next = meter.next.saturating_add(1);
            ring.append(Record {
                log: name,
                sequence,
                epoch,
                boot,
                at,
                time_epoch,
                flags,
                by,
                second,
                kind,
                rule,
                from,
                to,
                request,
                detail,
                command,
            });
        };
        let room = meter.room(capacity, protective);
        if meter.unlogged > 0 && room >= 2 {
            let count = core::mem::take(&mut meter.unlogged);
            write(meter, Entry::of_log(entry.at, record::UNLOGGED, Rule::LogHasRoom, count), Digest::NONE);
        }
        if room == 0 {
            meter.unlogged = meter.unlogged.saturating_add(1);
            return false;
        }
        write(meter, entry, command);
        true
    }

    // What the step changes.

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
            Change::Account => self.account(&step.command.action),
            Change::CauseGone => {
                if let Action::TamperCauseGone { class } = step.command.action {
                    self.base.lease.causes.remove(class);
                }
            }
            Change::Vitals => {
                if let Action::ReadHealth { reading } = &step.command.action {
                    self.base.lease.vitals = self.base.lease.vitals.after(reading);
                    if step.entry.rule == Rule::HealthNotice {
                        self.notify(policy, at, Notice::HEALTH);
                    }
                }
            }
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
                    self.outbox.retain(|entry| entry.id != effect);
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
                self.base.clock.epoch = self.base.clock.epoch.saturating_add(1);
                self.end_windows(policy, at, |_| true);
            }
        }
    }

    fn account(&mut self, action: &Action) {
        let account = &mut self.base.account;
        match action {
            Action::Register { organisation, approved } => {
                if !account.is_open() {
                    *account = Account { organisation: *organisation, monitoring: account.monitoring, ..Account::CLOSED };
                    self.base.lease.epoch = self.base.lease.epoch.saturating_add(1);
                    self.base.tenant_log.epoch = self.base.lease.epoch;
                }
                account.registration = if *approved { Registration::Approved } else { Registration::Pending };
            }
            Action::SetPlan { plan } => account.plan = *plan,
            Action::SetRoster { approvers } => account.roster.clone_from(approvers),
            Action::SetOptIns { lockbox, previews } => {
                account.lockbox_opted_in = *lockbox;
                account.previews = *previews;
            }
            Action::SetTamperBit { destroys } => account.destroy_on_tamper = *destroys,
            Action::SetMonitoring { allowed } => {
                account.monitoring = *allowed;
                if !*allowed {
                    // What was read before says nothing about now (a.4).
                    self.base.lease.vitals = Vitals::UNREAD;
                }
            }
            Action::SetVendorRegistration { registered } => account.vendor_registered = *registered,
            Action::SetPlace { region, network } => {
                account.region = *region;
                account.network = *network;
            }
            Action::RequestAllocation {} => account.allocation_requested = true,
            _ => {}
        }
    }

    fn lease<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        policy: &Policy,
        step: &Step,
        number: u8,
        on_record: bool,
    ) {
        let Some(row) = chart::row_at(number) else { return };
        let (at, effects, action) = (step.entry.at, row.effects, &step.command.action);
        let from = self.base.lease.main;
        let to = row.to.unwrap_or(from);
        let lease = &mut self.base.lease;
        match action {
            Action::Tamper { class } => lease.causes.insert(*class),
            Action::FaultHard { soft, .. } => lease.fault_is_soft = *soft,
            _ => {}
        }
        if from != to {
            lease.main = to;
            lease.entered = at;
        }
        if effects.has(Effects::REMEMBER) {
            lease.before_fault = Some(from);
        }
        if effects.has(Effects::COUNT_ERASE) {
            lease.erase_failures = lease.erase_failures.saturating_add(1);
        }
        if effects.has(Effects::COUNT_LOGIN) {
            lease.login_failures = lease.login_failures.saturating_add(1);
        }
        if effects.has(Effects::SIGHT) {
            lease.sighting = Some(Sighting { at, boot: lease.boot });
        }
        if effects.has(Effects::LATCH) {
            lease.latched = true;
            lease.tamper_on_record = on_record;
        }
        if effects.has(Effects::UNLATCH) {
            lease.latched = false;
            lease.login_failures = 0;
            self.ask(policy, at, Kind::Reset, 0);
        }
        let lease = &mut self.base.lease;
        if effects.has(Effects::DROP_PROOF) {
            lease.evidence = None;
        }
        if to == Main::Zeroizing && from != Main::Zeroizing && row.cause != chart::Cause::None {
            lease.cause = row.cause;
            lease.destructions = lease.destructions.saturating_add(1);
            lease.erase_failures = 0;
            lease.login_failures = 0;
            lease.nonce = match action {
                Action::Zeroize { nonce } | Action::FactoryReset { nonce } => *nonce,
                _ => Id::NOBODY,
            };
        }
        if effects.has(Effects::PROVE) {
            let (class, read_back) = match action {
                Action::VerifyOk { read_back } => (Class::Verified, *read_back),
                _ => (Class::Reported, Digest::NONE),
            };
            let Lease { cause, boot, epoch, nonce, .. } = *lease;
            lease.evidence = Some(Evidence { class, cause, at, boot, epoch, nonce, read_back });
            lease.latched = false;
            lease.causes = TamperCauses::default();
            lease.sighting = None;
            lease.before_fault = None;
        }
        if effects.has(Effects::NEW_EPOCH) {
            lease.epoch = lease.epoch.saturating_add(1);
            self.base.account.monitoring = true;
        }
        if effects.has(Effects::BIND) {
            self.base.lease.bound = true;
        }
        if effects.has(Effects::UNBIND) {
            self.base.lease.bound = false;
            self.base.account.allocation_requested = false;
        }
        if effects.has(Effects::HALT) {
            self.ask(policy, at, Kind::Halt, 0);
        }
        if effects.has(Effects::ERASE) && self.base.device.deployment == Deployment::Firmware {
            self.ask(policy, at, Kind::Erase, 0);
        }
        if effects.has(Effects::NOTIFY) {
            self.notify(policy, at, notice(to, action));
        }
        if effects.has(Effects::ERASE_TENANT) {
            self.erase_tenant(log, policy, at);
        }
        if from != to && matches!(to, Main::Zeroizing | Main::Deprovisioning | Main::Quarantined) {
            self.end_windows(policy, at, Request::is_about_device);
        }
        if matches!(action, Action::Boot {}) {
            self.base.lease.boot = self.base.lease.boot.saturating_add(1);
            if step.entry.flags & record::LAST_GOOD_TIME != 0 {
                // No trusted time: nothing that ends by time may go on (D-18).
                self.end_windows(policy, at, |_| true);
            }
        }
    }

    /// Ends what belongs to a lease once the device is detached (H-68, D-27).
    fn erase_tenant<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        policy: &Policy,
        at: Time,
    ) {
        self.base.account = Account::CLOSED;
        self.requests.clear();
        self.outbox.retain(|entry| !entry.kind.concerns_request() && entry.kind != Kind::NotifyCustomer);
        log.view(LogName::Tenant).erase(&mut self.base.tenant_log);
        self.base.refusal = None;
        self.base.lease.nonce = Id::NOBODY;
        if let Some(evidence) = &mut self.base.lease.evidence {
            evidence.nonce = Id::NOBODY;
        }
        self.ask(policy, at, Kind::EraseTenantArea, 0);
    }

    fn request(&mut self, policy: &Policy, step: &Step, number: RequestNumber, to: Status, deadline: Option<Time>) {
        let (at, command) = (step.entry.at, &step.command);
        let number = if number == 0 { self.new_request(&command.action, at) } else { number };
        let account = &self.base.account;
        let Some(request) = find(self.requests, number) else { return };
        match &command.action {
            Action::RequestAccess { follows, terms, .. } => {
                request.follows = *follows;
                request.requester = Some(command.by);
                request.terms = Some(*terms);
                request.catalogue = policy.catalogue.version;
                request.roster.clone_from(&account.roster);
            }
            Action::Approve { reason, .. } => {
                request.approvals |= request.approver_bit(command.by.id).unwrap_or(0);
                request.reason = *reason;
            }
            Action::Deny { reason, .. } | Action::Revoke { reason, .. } => request.reason = *reason,
            _ => {}
        }
        let moved = request.status != to;
        if moved {
            request.status = to;
            request.since = at;
        }
        request.deadline = deadline;
        if moved {
            self.follow(policy, at, number, to);
        }
    }

    /// What has to be done outside once a request is in a status.
    fn follow(&mut self, policy: &Policy, at: Time, number: RequestNumber, status: Status) {
        match status {
            Status::CustomerNotified => self.ask(policy, at, Kind::NotifyApprovers, number),
            Status::Approved => self.ask(policy, at, Kind::OpenAccess, number),
            Status::Ending | Status::Revoking => self.ask(policy, at, Kind::CloseAccess, number),
            // Nobody needs to be asked any more.
            _ => self.outbox.retain(|entry| !(entry.kind.concerns_request() && entry.about == number)),
        }
    }

    /// Makes room if need be, and begins a request.
    fn new_request(&mut self, action: &Action, at: Time) -> RequestNumber {
        let (Action::OpenTicket { ticket, .. } | Action::RequestAccess { ticket, .. }) = action else { return 0 };
        if self.requests.is_full()
            && let Some(place) = self.requests.iter().position(|request| may_go(request, self.outbox))
        {
            self.requests.remove(place);
        }
        let number = self.base.next_request;
        if self.requests.push(Request::new(number, *ticket, at)).is_ok() {
            self.base.next_request = number.saturating_add(1);
        }
        number
    }

    /// Ends every window of the requests that `which` picks: a grant closes, a question is withdrawn.
    fn end_windows(&mut self, policy: &Policy, at: Time, which: impl Fn(&Request) -> bool) {
        // Each turn takes one deadline away, so that the loop ends.
        while let Some(request) = self.requests.iter_mut().find(|request| request.deadline.is_some() && which(request)) {
            let to = if request.status == Status::Approved { Status::Ending } else { Status::Cancelled };
            request.status = to;
            request.since = at;
            request.deadline = None;
            let number = request.number;
            self.follow(policy, at, number, to);
        }
    }

    // What is asked for outside.

    fn notify(&mut self, policy: &Policy, at: Time, about: u32) {
        if self.base.account.is_open() {
            self.ask(policy, at, Kind::NotifyCustomer, about);
        }
    }

    /// Asks for something to be done, in the place of what it supersedes.
    fn ask(&mut self, policy: &Policy, at: Time, kind: Kind, about: u32) {
        let mut about = about;
        self.outbox.retain(|entry| {
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

/// What a notice about a step of the lease says.
const fn notice(to: Main, action: &Action) -> u32 {
    let tamper = if matches!(action, Action::Tamper { .. }) { Notice::TAMPER } else { 0 };
    let moved = match to {
        Main::Zeroizing | Main::Zeroized => Notice::ZEROIZATION,
        Main::Failed => Notice::FAILURE,
        _ => Notice::LEASE,
    };
    tamper | moved
}
