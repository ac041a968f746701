//! The regions beside the chart: health, log-ins, execution, HA membership, inventory (`lifecycle.md` a.4).

use crate::apply::{Moment, two};
use crate::outcome::{Judged, demand};
use crate::state::Model;
use strongroom_core::lease::execution::Execution;
use strongroom_core::lease::membership::Membership::*;
use strongroom_core::outbox::Kind;
use strongroom_core::{Action as Do, Command, Health, Label, Main, Reading, Role, Rule, Statement};

const OFFICERS: &[Role] = &[Role::Admin, Role::PartitionOfficer, Role::CryptoOfficer];

/// Matrix b: the monitoring role, and the device itself.
const READERS: &[Role] = &[Role::Monitor, Role::Core, Role::Sensor];

/// Who polls, and so knows that nothing answered.
const POLLERS: &[Role] = &[Role::Core, Role::Sensor];

impl Model {
    pub(crate) fn region_action(&mut self, moment: Moment, command: &Command) -> Judged {
        let now = moment.now;
        match Self::action(command) {
            Do::TamperCauseGone { class } => {
                self.role(command, &[Role::Sensor])?;
                demand(&[(Rule::CauseWasPresent, self.causes.contains(&class))])?;
                self.causes.remove(&class);
                Ok(Rule::TamperCauseGone)
            }
            Do::ReadHealth { reading } => {
                self.role(command, READERS)?;
                demand(&[(Rule::MonitoringAllowed, self.account.monitoring)])?;
                Ok(self.read_health(&reading, now))
            }
            Do::PollUnanswered {} => {
                self.role(command, POLLERS)?;
                demand(&[(Rule::MonitoringAllowed, self.account.monitoring)])?;
                Ok(self.poll_unanswered(now))
            }
            Do::LoginSucceeded {} => {
                self.role(command, &[Role::Core])?;
                self.login_failures = 0;
                Ok(Rule::LoginSucceeded)
            }
            Do::RecoverLogin { .. } => {
                self.role(command, &[Role::Core, Role::Sensor])?;
                self.notify_customer(now);
                Ok(Rule::RecoverLoginSeen)
            }
            Do::SetInventory { parts } => {
                self.role(command, &[Role::Pool])?;
                // builders: the list may change until the device is ready for somebody, and not while its covers are open.
                let preparing = matches!(self.main, Main::InTransit | Main::Received | Main::PoolConfig);
                demand(&[
                    (Rule::InventoryOpen, preparing || self.inventory.is_empty()),
                    (Rule::InventorySound, parts.is_sound() && !parts.is_empty()),
                    two(command),
                ])?;
                self.inventory = parts;
                Ok(Rule::InventoryWritten)
            }
            Do::ErrorSoft {} => {
                self.role(command, &[Role::Core, Role::Sensor])?;
                self.ask(Kind::Halt, 0, now);
                Ok(self.error_soft())
            }
            Do::ErrorRecovered { self_test_passed } => {
                self.role(command, &[Role::Core])?;
                demand(&[
                    (Rule::ErrorPending, self.execution == Execution::ErrorSoft),
                    (Rule::SelfTestPassed, self_test_passed),
                ])?;
                self.execution = Execution::Running;
                self.release();
                Ok(Rule::ErrorOver)
            }
            Do::ReplacementOut { peer } => {
                self.role(command, &[Role::Pool])?;
                demand(&[
                    (Rule::ReplacementServes, self.out_of_service() && self.serves_instead(peer)),
                    (Rule::TenantBound, self.bound),
                ])?;
                self.replaced_by = Some(peer.serial);
                self.replaced_at = now;
                self.notify_customer(now);
                Ok(Rule::ReplacementNoted)
            }
            Do::PlanSwap { component } => self.plan_swap(command, component),
            _ => self.ha_action(command),
        }
    }

    fn read_health(&mut self, reading: &Reading, now: u64) -> Rule {
        let before = (self.health(), self.polled.alert);
        // builders: a poll is bad where the reading's own health is not good.
        let mut own = crate::health::Vitals::default();
        own.hear(reading);
        let own = own.health();
        let bad = !matches!(own, Health::InService | Health::Unknown);
        self.vitals.hear(reading);
        self.polled.hear(&self.policy.health, now, bad, own == Health::OutOfService);
        self.polled.answered();
        if self.polled.alert && !before.1 {
            self.notify_customer(now);
            Rule::HealthAlert
        } else if self.health() != before.0 || self.polled.alert != before.1 {
            // Told that there was trouble, the customer is told that it is over.
            if before.1 && !self.polled.alert {
                self.notify_customer(now);
            }
            Rule::HealthNotice
        } else {
            Rule::HealthRead
        }
    }

    fn poll_unanswered(&mut self, now: u64) -> Rule {
        let before = (self.polled.silent, self.polled.alert);
        let health = self.health();
        self.polled.missed(&self.policy.health, now);
        if self.polled.silent && !before.0 {
            self.notify_customer(now);
            Rule::DeviceSilent
        } else if self.polled.alert && !before.1 {
            self.notify_customer(now);
            Rule::HealthAlert
        } else if self.health() != health {
            Rule::HealthNotice
        } else {
            Rule::PollMissed
        }
    }

    /// The error is over: what was to be halted for it goes on; what a tamper or a destruction halts does not.
    pub(crate) fn release(&mut self) {
        // builders: nothing runs again in a device that is never to serve anybody; whoever halts it goes on.
        let over = matches!(
            self.main,
            Main::Zeroizing | Main::ZeroizedUnverified | Main::Quarantined | Main::PartsRemoved | Main::Invalid
        );
        if self.main != Main::TamperLatched && !over && !self.latched {
            self.drop_duty(Kind::Halt);
        }
    }

    fn error_soft(&mut self) -> Rule {
        self.soft_errors = self.soft_errors.saturating_add(1);
        let hard = self.execution == Execution::ErrorHard || self.soft_errors > self.policy.lease.soft_errors;
        self.execution = if hard { Execution::ErrorHard } else { Execution::ErrorSoft };
        if hard { Rule::ErrorIsHard } else { Rule::ErrorHolds }
    }

    /// H-73: this device is out of service.
    fn out_of_service(&self) -> bool {
        matches!(
            self.main,
            Main::Failed
                | Main::Zeroizing
                | Main::ZeroizedUnverified
                | Main::Zeroized
                | Main::Deprovisioning
                | Main::Quarantined
                | Main::PartsRemoved
                | Main::PartsDestroyed
                | Main::ChassisReturned
        )
    }

    /// H-73, D-27: another device, leased to the same customer.
    fn serves_instead(&self, peer: Statement) -> bool {
        let leased = matches!(peer.state, Main::Allocating | Main::TenantUnclaimed | Main::OwnedUninit | Main::Operational);
        leased
            && peer.serial != self.device.serial
            && peer.serial != Label::default()
            && peer.organisation == self.account.organisation
    }

    fn ha_action(&mut self, command: &Command) -> Judged {
        let serves = (Rule::DeviceServes, self.main == Main::Operational);
        let stands = |from| (Rule::HaAllows, self.membership == from);
        match Self::action(command) {
            Do::HaJoin { cloning_domain, peers } => {
                let same = cloning_domain.is_given() && cloning_domain == self.cloning_domain;
                self.role_and(command, OFFICERS, &[stands(Absent), serves, (Rule::CloningDomainMatches, same), self.running()])?;
                self.membership = Joining;
                self.peers = peers;
                Ok(Rule::HaJoins)
            }
            Do::HaSyncStart { accepted } => {
                let roles = &[Role::Core, Role::CryptoOfficer, Role::CryptoUser];
                self.role_and(command, roles, &[stands(Joining), serves, (Rule::MembersAccept, accepted), self.running()])?;
                self.membership = Syncing;
                Ok(Rule::HaSyncs)
            }
            Do::HaSyncOk { expected, found, peers } => {
                let equal = expected.is_given() && expected == found;
                self.role_and(command, &[Role::Core], &[stands(Syncing), serves, (Rule::ObjectsEqual, equal), self.running()])?;
                self.membership = InSync;
                self.peers = peers;
                Ok(Rule::HaInSync)
            }
            Do::HaSyncFail {} => {
                self.role_and(command, &[Role::Core], &[stands(Syncing), serves])?;
                self.membership = NeedsSync;
                Ok(Rule::HaOutOfSync)
            }
            Do::HaPeerChange { peers } => {
                self.role_and(command, &[Role::Core], &[stands(InSync), serves])?;
                self.membership = NeedsSync;
                self.peers = peers;
                Ok(Rule::HaOutOfSync)
            }
            Do::HaRecover {} => {
                self.role_and(command, OFFICERS, &[stands(NeedsSync), serves, self.running()])?;
                self.membership = Syncing;
                Ok(Rule::HaSyncs)
            }
            Do::HaLeave {} => {
                self.role_and(command, OFFICERS, &[(Rule::HaAllows, self.membership != Absent)])?;
                self.membership = Absent;
                Ok(Rule::HaLeft)
            }
            _ => self.not_in_chart(),
        }
    }

    /// Role and guards in one: which of them is named first is not the model's matter.
    fn role_and(
        &self,
        command: &Command,
        roles: &[Role],
        guards: &[(Rule, bool)],
    ) -> Result<(), std::collections::BTreeSet<Rule>> {
        let mut conditions = guards.to_vec();
        conditions.push((Rule::RoleMayNot, roles.contains(&command.by.role)));
        demand(&conditions)
    }
}
