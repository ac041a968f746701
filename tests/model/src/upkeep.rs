//! Log, outbox and time (D-18, D-22, D-25, D-26).

use crate::apply::{Moment, two};
use crate::duties::Duty;
use crate::lockbox::later;
use crate::outcome::{Judged, demand, refused};
use crate::state::Model;
use strongroom_core::outbox::Kind;
use strongroom_core::{Action as Do, Command, LogName, Main, Role, Rule, Status};

/// A deadline, in the order in which `tick` takes those of one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Request(u32),
    Effect(usize),
    Claim,
    GiveUp,
    Review(u32),
}

impl Model {
    pub(crate) fn upkeep_action(&mut self, moment: Moment, command: &Command, confirms: Option<(Kind, u32)>) -> Judged {
        match Self::action(command) {
            // The model has no logs: whoever may drain one does it right.
            Do::Acknowledge { log, .. } => {
                let role = match log {
                    LogName::Tenant => Role::Auditor,
                    LogName::Lifecycle => Role::Pool,
                };
                self.role(command, &[role])?;
                Ok(Rule::LogAcknowledged)
            }
            Do::Confirm { .. } => {
                self.role(command, &[Role::Enforcer])?;
                let Some((kind, about)) = confirms else { return refused(Rule::EffectPending) };
                let about = if kind.concerns_request() { about } else { 0 };
                let pending = self.duties.iter().any(|duty| duty.kind == kind && duty.about == about);
                demand(&[(Rule::EffectPending, pending)])?;
                self.duties.retain(|duty| !(duty.kind == kind && duty.about == about));
                Ok(self.confirmed(kind, about))
            }
            Do::Tick {} => {
                self.role(command, &[Role::Clock])?;
                match self.due(moment.now).first() {
                    Some((at, due)) if *at <= moment.now => Ok(self.overdue(*due, moment.now)),
                    _ => refused(Rule::SomethingDue),
                }
            }
            Do::SetTime {} => {
                // D-18: the customer's auditor; without a tenant, which is without an account, the pool with two.
                if self.account.is_open() {
                    self.role(command, &[Role::Auditor])?;
                } else {
                    self.role(command, &[Role::Pool])?;
                    demand(&[two(command)])?;
                }
                self.set_time(moment.now);
                Ok(Rule::TimeSet)
            }
            _ => self.not_in_chart(),
        }
    }

    /// D-04: only the confirmation makes `Revoked` of `Revoking` and `Ended` of `Ending`.
    fn confirmed(&mut self, kind: Kind, about: u32) -> Rule {
        let status = self.request(about).map(|request| request.status);
        match (kind, status) {
            (Kind::CloseAccess, Some(Status::Revoking)) => self.set(about, Status::Revoked, None),
            (Kind::CloseAccess, Some(Status::Ending)) => self.set(about, Status::Ended, None),
            _ => return Rule::EffectConfirmed,
        }
        Rule::ClosedConfirmed
    }

    /// Whether the duty opens access, or asks for a decision, whose window is over: that is never asked for again.
    fn is_too_late(&self, duty: &Duty, now: u64) -> bool {
        let ends = self.request(duty.about).and_then(|request| request.deadline);
        matches!(duty.kind, Kind::OpenAccess | Kind::NotifyApprovers) && ends.is_some_and(|end| end <= now)
    }

    /// All deadlines, the first to be taken first.
    fn due(&self, now: u64) -> Vec<(u64, Due)> {
        let requests = self.requests.iter().filter_map(|request| Some((request.deadline?, Due::Request(request.number))));
        let effects = self
            .duties
            .iter()
            .enumerate()
            .filter(|(_, duty)| !self.is_too_late(duty, now))
            .filter_map(|(place, duty)| Some((duty.due?, Due::Effect(place))));
        let reviews = self.exclusions.iter().filter_map(|known| Some((known.due?, Due::Review(known.number))));
        let claim = self.claim_ends().filter(|_| self.main == Main::TenantUnclaimed).map(|end| (end, Due::Claim));
        let give_up = self.give_up_ends().map(|end| (end, Due::GiveUp));
        let mut all: Vec<(u64, Due)> = requests.chain(effects).chain(reviews).chain(claim).chain(give_up).collect();
        all.sort();
        all
    }

    /// The next deadline.
    #[must_use]
    pub fn next_deadline(&self) -> Option<u64> {
        self.due(self.last_good).first().map(|(at, _)| *at)
    }

    fn overdue(&mut self, due: Due, now: u64) -> Rule {
        match due {
            Due::Request(number) => self.request_overdue(number, now),
            Due::Effect(place) => self.retry(place, now),
            Due::Claim => {
                self.destroy(now);
                self.unbind();
                self.timed_out = self.account.is_open();
                Rule::T20
            }
            Due::GiveUp => {
                self.quarantine(now);
                self.notify_customer(now);
                Rule::T61
            }
            Due::Review(number) => {
                if let Some(known) = self.exclusions.iter_mut().find(|known| known.number == number) {
                    known.due = None;
                }
                self.ask(Kind::NotifyCustomer, 0, now);
                Rule::ReviewOverdue
            }
        }
    }

    fn request_overdue(&mut self, number: u32, now: u64) -> Rule {
        match self.request(number).map(|request| request.status) {
            Some(Status::CustomerNotified) => {
                self.set(number, Status::Expired, None);
                self.forget_notice(number);
                Rule::RequestExpired
            }
            Some(Status::Approved) => {
                self.set(number, Status::Ending, None);
                self.ask(Kind::CloseAccess, number, now);
                Rule::WindowOver
            }
            _ => {
                self.set(number, Status::Expired, None);
                Rule::JitTimedOut
            }
        }
    }

    /// C: every 60 s, 5 times, then an alarm that stays.
    fn retry(&mut self, place: usize, now: u64) -> Rule {
        let outbox = &self.policy.outbox;
        let Some(duty) = self.duties.get_mut(place) else { return Rule::RowExists };
        if duty.retries >= outbox.retries {
            duty.due = None;
            return Rule::EffectAlarmed;
        }
        duty.retries += 1;
        duty.due = Some(later(now, outbox.retry_every));
        Rule::EffectRetried
    }

    /// D-18: ends every open window.
    fn set_time(&mut self, now: u64) {
        self.end_all_windows(now);
        if now < self.last_good {
            // builders: what was proved by the old time cannot be compared with the new one, and what waits is
            // asked for again by the new one; a first sighting counts from now, and what has lasted has lasted.
            self.proof = None;
            self.sighting = self.sighting.map(|(_, boots)| (now, boots));
            self.entered = now.saturating_sub(self.last_good.saturating_sub(self.entered));
            self.replaced_at = now.saturating_sub(self.last_good.saturating_sub(self.replaced_at));
            self.polled.forget_time();
            let due = later(now, self.policy.lockbox.review_within);
            for known in self.exclusions.iter_mut().filter(|known| known.due.is_some()) {
                known.due = Some(due);
            }
        }
        for duty in self.duties.iter_mut().filter(|duty| duty.due.is_some()) {
            duty.due = Some(later(now, self.policy.outbox.retry_every));
        }
        self.last_good = now;
    }
}
