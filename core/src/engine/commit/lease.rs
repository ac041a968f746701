//! Carrying out a row of the chart.

use super::{Desk, keep};
use crate::account::Account;
use crate::audit::{Log, record};
use crate::command::{Action, LogName};
use crate::device::Deployment;
use crate::engine::decide::Step;
use crate::id::{Digest, Id, Label};
use crate::lease::chart::{self, Effects, Main};
use crate::lease::evidence::{Class, Destruction, Evidence};
use crate::lease::membership::Membership;
use crate::lease::{Lease, Sighting, TamperCauses};
use crate::lockbox::request::Request;
use crate::outbox::{Kind, Notice};
use crate::policy::Policy;
use crate::reading::TamperClass;
use crate::time::Time;

impl Desk<'_> {
    pub(super) fn lease<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        policy: &Policy,
        step: &Step,
        number: u8,
        on_record: bool,
    ) {
        let Some(row) = chart::row_at(number) else { return };
        let (at, effects, action) = (step.entry.at, row.effects, &step.command.action);
        let challenge = self.base.challenge();
        let from = self.base.lease.main;
        let to = row.to.unwrap_or(from);
        let lease = &mut self.base.lease;
        match action {
            Action::Tamper { class } => {
                // A pressed button is no cause that could be present later.
                if *class != TamperClass::Decommission {
                    lease.causes.insert(*class);
                }
                lease.tampers.insert(*class);
            }
            // A further fault never makes an earlier one soft.
            Action::FaultHard { soft, .. } => lease.fault_is_soft = *soft && (from != Main::Failed || lease.fault_is_soft),
            _ => {}
        }
        let told = matches!(action, Action::Tamper { .. } | Action::FaultHard { .. });
        lease.custody_broken |= told && matches!(from, Main::InTransit | Main::Received);
        if from != to {
            lease.main = to;
            lease.entered = at;
            match to {
                Main::TamperLatched if from == Main::Operational => lease.membership = lease.membership.behind(),
                Main::Operational if from == Main::TamperLatched => {}
                Main::Failed => {
                    lease.failed_as_member = lease.membership != Membership::Absent;
                    lease.membership = Membership::Absent;
                }
                _ => lease.membership = Membership::Absent,
            }
            if from == Main::Failed && matches!(to, Main::Operational | Main::TamperLatched) {
                // It recovered: what replaces it replaces it no more.
                lease.replaced_by = Label::default();
                if lease.failed_as_member {
                    lease.membership = Membership::NeedsSync;
                }
            }
        }
        if from == Main::Zeroizing && to != Main::Zeroizing {
            // Nobody may be told to erase once there is something to keep again.
            keep(self.outbox, &mut |entry| entry.kind != Kind::Erase);
        }
        let lease = &mut self.base.lease;
        if effects.has(Effects::REMEMBER) {
            lease.failed_in_service = matches!(from, Main::Operational | Main::TamperLatched);
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
            lease.tamper_on_record |= on_record;
        }
        if effects.has(Effects::UNLATCH) {
            lease.latched = false;
            lease.tampers = TamperCauses::default();
            lease.tamper_on_record = false;
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
                Action::Zeroize { nonce } | Action::FactoryReset { nonce } if *nonce == challenge => *nonce,
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
            // A chassis that is open is open, zeroized or not.
            lease.tampers = TamperCauses::default();
            lease.sighting = None;
            lease.failed_in_service = false;
            lease.peers = 0;
            lease.cloning_domain = Digest::NONE;
        }
        if effects.has(Effects::PROVE) {
            self.release();
        }
        let lease = &mut self.base.lease;
        if effects.has(Effects::NEW_EPOCH) {
            lease.epoch = lease.epoch.saturating_add(1);
        }
        // The customer's switch is the customer's, from their first step on.
        if effects.has(Effects::ALLOW_MONITORING) && !self.base.account.is_open() {
            self.base.account.monitoring = true;
        }
        match action {
            Action::Init { cloning_domain } => self.base.lease.cloning_domain = *cloning_domain,
            Action::Claim { .. } => self.base.lease.claimed = true,
            // It serves again: what replaces it replaces it no more.
            Action::Reinit {} => self.base.lease.replaced_by = Label::default(),
            Action::PartsOut { camera, .. } => self.base.lease.camera = *camera,
            Action::Shred { method, place, .. } => self.shredded(step, *method, *place),
            _ => {}
        }
        if let Action::Allocate { replaces, .. } = action {
            self.base.lease.bound = true;
            self.base.lease.replaces = replaces.map_or(Label::default(), |peer| peer.serial);
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
        if effects.has(Effects::UNBIND) {
            let lease = &mut self.base.lease;
            lease.claim_lapsed |= row.cause == chart::Cause::Timeout;
            lease.bound = false;
            lease.claimed = false;
            lease.replaces = Label::default();
            lease.replaced_by = Label::default();
            lease.cloning_domain = Digest::NONE;
            lease.peers = 0;
            self.base.account.allocation_requested = false;
        }
        if effects.has(Effects::ERASE_TENANT) {
            self.erase_tenant(log, policy, at);
        }
        if from != to && matches!(to, Main::Zeroizing | Main::Deprovisioning | Main::Quarantined) {
            self.end_windows(policy, at, Request::is_about_device);
        }
        if let Action::Boot { self_test_passed } = action {
            let lease = &mut self.base.lease;
            lease.boot = lease.boot.saturating_add(1);
            lease.execution = lease.execution.after_boot(*self_test_passed, to == Main::Maintenance);
            lease.soft_errors = 0;
            lease.membership = lease.membership.behind();
            if *self_test_passed {
                self.release();
            } else {
                self.ask(policy, at, Kind::Halt, 0);
                self.notify(policy, at, Notice::FAILURE);
            }
            if step.entry.flags & record::LAST_GOOD_TIME != 0 {
                // No trusted time: nothing that ends by time may go on (D-18).
                self.end_open(policy, at);
            }
        }
    }

    fn shredded(&mut self, step: &Step, method: Label, place: Label) {
        let (by, second) = (step.entry.by.id, step.entry.second);
        let lease = &mut self.base.lease;
        lease.destruction = Some(Destruction { at: step.entry.at, by, second, method, place, camera: lease.camera });
    }

    /// Ends what belongs to a lease once the device is detached (H-68, D-27).
    pub(super) fn erase_tenant<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        policy: &Policy,
        at: Time,
    ) {
        self.base.account = Account::closed(self.base.account.monitoring);
        self.requests.clear();
        self.exclusions.clear();
        keep(self.outbox, &mut |entry| !entry.kind.concerns_request() && entry.kind != Kind::NotifyCustomer);
        log.view(LogName::Tenant).erase(&mut self.base.tenant_log);
        self.base.refusal = None;
        self.base.repeats = 0;
        self.base.lease.claim_lapsed = false;
        self.base.last_command = Digest::NONE;
        self.base.lease.nonce = Id::NOBODY;
        if let Some(evidence) = &mut self.base.lease.evidence {
            evidence.nonce = Id::NOBODY;
        }
        self.ask(policy, at, Kind::EraseTenantArea, 0);
    }
}

/// What a notice about a step of the lease says.
const fn notice(to: Main, action: &Action) -> u32 {
    let tamper = if matches!(action, Action::Tamper { .. }) { Notice::TAMPER } else { 0 };
    let moved = match to {
        Main::Zeroizing | Main::Zeroized | Main::PartsDestroyed => Notice::ZEROIZATION,
        Main::Failed => Notice::FAILURE,
        _ => Notice::LEASE,
    };
    tamper | moved
}
