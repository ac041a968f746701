//! Carrying out what belongs to the regions beside the chart, and to excluded accesses.

use super::{Desk, keep};
use crate::command::Action;
use crate::device::Main;
use crate::engine::decide::Step;
use crate::lease::execution::Execution;
use crate::lease::polls::Sign;
use crate::lease::sensing;
use crate::lockbox::exclusion::Excluded;
use crate::outbox::{Kind, Notice};
use crate::policy::Policy;
use crate::rule::Rule;
use crate::time::Time;

impl Desk<'_> {
    pub(super) fn vitals(&mut self, policy: &Policy, step: &Step) {
        let (lease, at, health) = (&mut self.base.lease, step.entry.at, &policy.health);
        let alerted = lease.polls.alert;
        if let Action::ReadHealth { reading } = &step.command.action {
            let heard = sensing::heard(lease, health, at, reading);
            lease.vitals = heard.vitals;
            lease.polls = heard.polls;
        } else {
            lease.polls = lease.polls.after(health, at, Sign::NoAnswer);
        }
        let alert = lease.polls.alert;
        // Proactive notice: the customer lets the device be read, and is told (H-55, H-56).
        if step.entry.rule == Rule::DeviceSilent {
            self.notify(policy, at, Notice::SILENCE);
        }
        if alert != alerted {
            self.notify(policy, at, Notice::HEALTH);
        }
    }

    pub(super) fn execution(&mut self, policy: &Policy, at: Time, to: Execution) {
        let lease = &mut self.base.lease;
        lease.execution = to;
        if to == Execution::Running {
            self.release();
        } else {
            lease.soft_errors = lease.soft_errors.saturating_add(1);
            self.ask(policy, at, Kind::Halt, 0);
        }
    }

    /// Nobody may be told to halt any more, unless an error, a tamper or a destruction still holds the outputs.
    pub(super) fn release(&mut self) {
        let lease = &self.base.lease;
        let destroying = matches!(
            lease.main,
            Main::Zeroizing | Main::ZeroizedUnverified | Main::Quarantined | Main::PartsRemoved | Main::Invalid
        );
        if lease.execution == Execution::Running && !lease.latched && !destroying {
            keep(self.outbox, &mut |entry| entry.kind != Kind::Halt);
        }
    }

    pub(super) fn exclusion(&mut self, policy: &Policy, step: &Step) {
        let Action::RecordExclusion { kind, subject, .. } = step.command.action else { return };
        let (at, number) = (step.entry.at, self.base.next_request);
        let due = Some(at.after(policy.lockbox.review_within));
        let excluded = Excluded { number, kind, subject, by: step.command.by.id, at, due };
        if self.exclusions.push(excluded).is_ok() {
            self.base.next_request = number.saturating_add(1);
        }
        self.tell(policy, at, Notice::EXCLUSION);
    }

    /// Reviews that were due by the old time are due by the new one.
    pub(super) fn restart_reviews(&mut self, policy: &Policy, at: Time) {
        for excluded in self.exclusions.iter_mut().filter(|excluded| excluded.due.is_some()) {
            excluded.due = Some(at.after(policy.lockbox.review_within));
        }
    }
}
