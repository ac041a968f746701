//! Health by readings and polls (a.4; C: 3 bad of the last 6, 10 min apart).

use crate::state::Model;
use strongroom_core::policy::HealthPolicy;
use strongroom_core::reading::{Level, Parts, Service};
use strongroom_core::{Health, Reading};

/// The latest level of each kind of part; what a reading does not mention stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Vitals {
    parts: [Level; 5],
    service: Option<Service>,
}

impl Vitals {
    pub(crate) fn hear(&mut self, reading: &Reading) {
        let told: [Parts; 5] = [reading.fans, reading.power_supplies, reading.voltages, reading.temperatures, reading.batteries];
        for (known, told) in self.parts.iter_mut().zip(told) {
            if told.worst != Level::Unread {
                *known = told.worst;
            }
        }
        if reading.service.is_some() {
            self.service = reading.service;
        }
    }

    pub(crate) fn health(&self) -> Health {
        let worst = self.parts.iter().max().copied().unwrap_or_default();
        // builders: the appliance's own OOS and OFL come first.
        match self.service {
            Some(Service::OutOfService) => Health::OutOfService,
            Some(Service::OffLine) => Health::OffLine,
            Some(Service::InServiceWithTrouble) => Health::Trouble,
            _ if worst >= Level::Warning => Health::Trouble,
            Some(Service::InService) => Health::InService,
            None if worst == Level::Good => Health::InService,
            None => Health::Unknown,
        }
    }
}

/// What one poll said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Poll {
    bad: bool,
    out_of_service: bool,
}

/// The last polls, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Polled {
    at: Option<u64>,
    polls: Vec<Poll>,
    unanswered: u8,
    /// Whether the device counts as silent.
    pub silent: bool,
    /// Whether the alert stands.
    pub alert: bool,
}

impl Polled {
    /// Whether what is heard at `at` belongs to the poll that is going on (builders: within half of `poll_every`).
    fn goes_on(&self, policy: &HealthPolicy, at: u64) -> bool {
        self.at.is_some_and(|begun| at.saturating_sub(begun) < u64::from(policy.poll_every.0) / 2)
    }

    /// A reading at `at`.
    pub(crate) fn hear(&mut self, policy: &HealthPolicy, at: u64, bad: bool, out_of_service: bool) {
        self.poll(policy, at, bad, out_of_service, true);
    }

    fn poll(&mut self, policy: &HealthPolicy, at: u64, bad: bool, out_of_service: bool, answer: bool) {
        let every = u64::from(policy.poll_every.0);
        let apart = self.at.map(|begun| at.saturating_sub(begun));
        let same = self.goes_on(policy, at);
        if !same {
            // The slots between count as polls that told nothing.
            let slots = apart.map_or(1, |apart| ((apart + every / 2) / every).max(1));
            for _ in 0..slots.min(u64::from(policy.window)) {
                self.polls.insert(0, Poll::default());
            }
            self.polls.truncate(usize::from(policy.window));
            self.at = Some(at);
        }
        if let Some(poll) = self.polls.first_mut() {
            poll.bad |= bad;
            poll.out_of_service |= out_of_service;
        }
        let count = self.polls.iter().filter(|poll| poll.bad).count();
        // H-55: only an answer ends it, with no bad poll before it in the window.
        let lives_on = same || !answer || self.polls.iter().skip(1).any(|poll| poll.bad);
        self.alert = count >= usize::from(policy.alert) || (self.alert && lives_on);
    }

    /// The device answered.
    pub(crate) fn answered(&mut self) {
        self.unanswered = 0;
        self.silent = false;
    }

    /// No answer at `at`: a bad poll, unless the poll that is going on had one.
    pub(crate) fn missed(&mut self, policy: &HealthPolicy, at: u64) {
        if self.goes_on(policy, at) {
            return;
        }
        self.poll(policy, at, true, false, false);
        self.unanswered = self.unanswered.saturating_add(1);
        self.silent = self.unanswered >= policy.silent;
    }

    /// The clock was set: what comes next is another poll.
    pub(crate) fn forget_time(&mut self) {
        self.at = None;
    }

    pub(crate) fn any_bad(&self) -> bool {
        self.polls.iter().any(|poll| poll.bad)
    }

    /// Whether several polls found the device out of service (T31: "confirmed over time").
    pub(crate) fn confirm_fault(&self, policy: &HealthPolicy) -> bool {
        self.polls.iter().filter(|poll| poll.out_of_service).count() >= usize::from(policy.alert)
    }
}

impl Model {
    /// How the device is doing. While monitoring is off nothing is known (a.4).
    #[must_use]
    pub fn health(&self) -> Health {
        if !self.account.monitoring {
            return Health::Unknown;
        }
        if self.polled.silent {
            return Health::Silent;
        }
        match self.vitals.health() {
            Health::InService if self.polled.any_bad() => Health::Trouble,
            health => health,
        }
    }
}
