//! The chart of the lease, row by row (`lifecycle.md` a.2).

use crate::apply::{Moment, two};
use crate::outcome::{Judged, demand};
use crate::state::{Model, Proof};
use strongroom_core::Main::*;
use strongroom_core::lease::evidence::Class;
use strongroom_core::lease::execution::Execution;
use strongroom_core::lease::membership::Membership;
use strongroom_core::outbox::Kind;
use strongroom_core::{Action as Do, Command, Deployment, Digest, Health, Label, Main, Role, Rule, Statement};

impl Model {
    pub(crate) fn chart(&mut self, moment: Moment, command: &Command) -> Judged {
        let now = moment.now;
        match (self.main, Self::action(command)) {
            // Amendment 1: these four have a row in every state.
            (_, Do::Tamper { class }) => {
                self.role(command, &[Role::Sensor])?;
                Ok(self.tamper(class, now))
            }
            (_, Do::FaultHard { soft, .. }) => {
                self.role(command, &[Role::Sensor])?;
                Ok(self.fault(soft, now))
            }
            (_, Do::Boot { self_test_passed }) => {
                self.role(command, &[Role::Core])?;
                Ok(self.boot(self_test_passed, moment))
            }
            (_, Do::LoginFailed {}) => {
                self.role(command, &[Role::Admin, Role::Core])?;
                Ok(self.login_failed(now))
            }

            (InTransit, Do::Arrive { serial }) => {
                self.role(command, &[Role::Hands])?;
                demand(&[(Rule::SerialMatches, serial == self.device.serial)])?;
                self.enter(Received, now);
                Ok(Rule::T01)
            }
            (Received, Do::StmOk { expected, shown, seals_whole }) => {
                self.role(command, &[Role::Pool])?;
                demand(&[
                    (Rule::TransportStringMatches, expected == shown && expected.is_given()),
                    (Rule::SealsWhole, seals_whole),
                    // D-16: a tamper or fault before `stm_ok` leaves only `stm_mismatch`.
                    (Rule::CustodyWhole, !self.custody_broken),
                    two(command),
                ])?;
                self.enter(PoolConfig, now);
                Ok(Rule::T02)
            }
            (Received, Do::StmMismatch { expected, shown, seals_whole }) => {
                self.role(command, &[Role::Pool])?;
                let mismatch = expected != shown || !seals_whole || self.custody_broken;
                demand(&[(Rule::SomethingMismatches, mismatch)])?;
                self.quarantine(now);
                Ok(Rule::T04)
            }
            (PoolConfig, Do::BaselineOk { firmware, password_discarded, logs_cleared, self_test_passed, reset_checked }) => {
                self.role(command, &[Role::Pool])?;
                let class_fits = match self.proof {
                    Some(Proof { class: Class::Reported, .. }) => reset_checked && command.second.is_some(),
                    _ => true,
                };
                demand(&[
                    (Rule::ProofPresent, self.proof.is_some()),
                    (Rule::ProofFresh, self.proof_is_younger(now, self.policy.lease.proof_fresh_at_baseline.0)),
                    (Rule::ProofClass, class_fits),
                    (Rule::FirmwareAllowed, !firmware.is_empty() && self.policy.lease.firmware.contains(&firmware)),
                    (Rule::PasswordDiscarded, password_discarded),
                    (Rule::LogsCleared, logs_cleared && !self.is_pending(Kind::EraseTenantArea) && !self.timed_out),
                    (Rule::SelfTestPassed, self_test_passed),
                    self.running(),
                ])?;
                // a.4: monitoring is reset to enabled at the baseline only; a customer at the door has restricted it.
                if !self.account.is_open() {
                    self.account.monitoring = true;
                }
                self.enter(PoolFree, now);
                Ok(Rule::T05)
            }
            (PoolConfig, Do::EnterMaintenance { ticket }) => {
                self.role(command, &[Role::Hands])?;
                demand(&[
                    (Rule::NoTenant, !self.bound),
                    (Rule::ProofPresent, self.proof.is_some()),
                    (Rule::TicketGiven, !ticket.is_empty()),
                    two(command),
                ])?;
                self.enter(Maintenance, now);
                Ok(Rule::T06)
            }
            (PoolConfig, Do::ZeroizeLocal {}) => {
                self.role(command, &[Role::Pool])?;
                demand(&[(Rule::NoTenant, !self.bound), two(command)])?;
                self.destroy(now);
                Ok(Rule::T09)
            }
            (PoolFree, Do::Allocate { organisation, region, network, replaces }) => {
                self.role(command, &[Role::Pool])?;
                let fresh = self.proof_is_younger(now, self.policy.lease.proof_fresh_at_allocation.0);
                demand(&[
                    (Rule::AccountOpen, self.account.is_open()),
                    (Rule::NoTenant, !self.bound),
                    (Rule::OrganisationMatches, organisation == self.account.organisation),
                    (Rule::AllocationRequested, self.account.allocation_requested && organisation == self.account.organisation),
                    (Rule::RegistrationApproved, self.registration_approved()),
                    (Rule::PlaceMatches, region == self.account.region && network == self.account.network),
                    (Rule::ProofPresent, self.proof.is_some()),
                    (Rule::ProofFresh, fresh),
                    (Rule::ReplacementStated, replaces.is_none_or(|stated| self.may_be_replaced(stated))),
                    self.running(),
                ])?;
                self.bound = true;
                self.enter(Allocating, now);
                Ok(Rule::T10)
            }
            (PoolFree, Do::Recheck {}) => {
                self.role(command, &[Role::Pool])?;
                self.proof = None;
                self.enter(PoolConfig, now);
                Ok(Rule::T11)
            }
            (Allocating, Do::Mapped { network, ssh_test_passed }) => {
                self.role(command, &[Role::Net])?;
                demand(&[
                    (Rule::PlaceMatches, network == self.account.network),
                    (Rule::SshTestPassed, ssh_test_passed),
                    self.running(),
                ])?;
                self.enter(TenantUnclaimed, now);
                self.notify_customer(now);
                Ok(Rule::T14)
            }
            (Allocating, Do::AllocFail {}) => {
                self.role(command, &[Role::Net])?;
                self.unbind();
                self.proof = None;
                self.enter(PoolConfig, now);
                Ok(Rule::T15)
            }
            (TenantUnclaimed, Do::Claim { credential_replaced, proof, .. }) => {
                self.role(command, &[Role::Admin])?;
                let seen = proof.map(|at| at.as_unix());
                demand(&[
                    (Rule::CredentialReplaced, credential_replaced),
                    (Rule::ProofAsSeen, seen.is_none() || seen == self.proof.map(|proof| proof.at)),
                    (Rule::ClaimInTime, self.claim_ends().is_none_or(|end| now < end)),
                    self.running(),
                ])?;
                self.claimed = true;
                // From now on it is in use: what was proved before no longer is.
                self.proof = None;
                self.enter(OwnedUninit, now);
                Ok(Rule::T18)
            }
            (TenantUnclaimed, Do::Abandon {}) => {
                self.role(command, &[Role::Admin])?;
                self.destroy(now);
                Ok(Rule::T19)
            }
            (OwnedUninit, Do::Init { cloning_domain }) => {
                self.role(command, &[Role::Admin])?;
                demand(&[self.running()])?;
                self.cloning_domain = cloning_domain;
                // The new security officer begins without wrong log-ins.
                self.login_failures = 0;
                self.enter(Operational, now);
                Ok(Rule::T23)
            }
            (OwnedUninit, Do::Zeroize { nonce }) => {
                self.role(command, &[Role::Admin])?;
                demand(&[(Rule::NonceFresh, nonce == self.challenge)])?;
                self.destroy(now);
                Ok(Rule::T24)
            }
            (Operational, Do::Zeroize { nonce }) => {
                self.role(command, &[Role::Admin])?;
                demand(&[(Rule::NonceFresh, nonce == self.challenge), two(command)])?;
                self.destroy(now);
                Ok(Rule::T30)
            }
            (Operational, Do::FactoryReset { nonce }) => {
                self.role(command, &[Role::Admin])?;
                demand(&[(Rule::NonceFresh, nonce == self.challenge), two(command)])?;
                self.destroy(now);
                Ok(Rule::T32)
            }
            (TamperLatched, Do::TamperClear {}) => {
                self.role(command, &[Role::Admin])?;
                demand(&[(Rule::TamperGone, self.causes.is_empty()), self.running()])?;
                self.latched = false;
                // "SO log-in ok": a good log-in sets the count back.
                self.login_failures = 0;
                self.enter(Operational, now);
                self.ask(Kind::Reset, 0, now);
                Ok(Rule::T33)
            }
            (TamperLatched, Do::Zeroize { .. }) => {
                self.role(command, &[Role::Admin])?;
                self.destroy(now);
                Ok(Rule::T34)
            }
            (Zeroizing, Do::EraseDone { areas }) => {
                self.role(command, &[Role::Core])?;
                demand(&[
                    self.core_erases(),
                    (Rule::AreasErased, areas & self.policy.lease.erase_list == self.policy.lease.erase_list),
                ])?;
                self.drop_duty(Kind::Erase);
                self.enter(ZeroizedUnverified, now);
                Ok(Rule::T38)
            }
            (Zeroizing, Do::EraseFail {}) => {
                self.role(command, &[Role::Core])?;
                Ok(self.erase_failed(Rule::EraseRetried, now))
            }
            (ZeroizedUnverified, Do::VerifyOk { read_back }) => {
                self.role(command, &[Role::Core])?;
                demand(&[self.core_erases(), (Rule::ReadBackMatches, read_back == self.policy.lease.erased)])?;
                self.prove(Class::Verified, now);
                Ok(Rule::T41)
            }
            (ZeroizedUnverified, Do::VerifyFail {}) => {
                self.role(command, &[Role::Core])?;
                Ok(self.erase_failed(Rule::T43, now))
            }
            (Zeroized, Do::Reinit {}) => {
                self.role(command, &[Role::Admin])?;
                // The pool's first password is replaced at the claim (H-04): there is no way around it.
                demand(&[(Rule::TenantBound, self.bound), (Rule::Claimed, self.claimed), self.running()])?;
                self.replaced_by = None;
                self.proof = None;
                self.enter(OwnedUninit, now);
                Ok(Rule::T44)
            }
            (Zeroized, Do::Deprovision {}) => {
                self.role(command, &[Role::Admin])?;
                demand(&[(Rule::TenantBound, self.bound)])?;
                self.end_device_requests(now);
                self.enter(Deprovisioning, now);
                Ok(Rule::T45)
            }
            (Zeroized, Do::Unbound {}) => {
                self.role(command, &[Role::Core])?;
                demand(&[(Rule::NoTenant, !self.bound)])?;
                self.enter(PoolConfig, now);
                Ok(Rule::T46)
            }
            (Deprovisioning, Do::Detached { network_unmapped }) => {
                self.role(command, &[Role::Pool])?;
                demand(&[(Rule::NetworkUnmapped, network_unmapped), (Rule::NothingOpen, self.nothing_is_open())])?;
                self.unbind();
                self.close_account(now);
                self.enter(PoolConfig, now);
                Ok(Rule::T49)
            }
            (Maintenance, Do::ExitMaintenance { covers_closed }) => {
                self.role(command, &[Role::Hands])?;
                demand(&[(Rule::CoversClosed, covers_closed), two(command)])?;
                self.destroy(now);
                Ok(Rule::T52)
            }
            (Failed, Do::Zeroize { .. }) => {
                self.role(command, &[Role::Admin])?;
                // In firmware the core is in the device, which so answers (a.7).
                let answers = self.device.deployment == Deployment::Firmware || self.health() != Health::Silent;
                demand(&[(Rule::TenantBound, self.bound), (Rule::DeviceAnswers, answers)])?;
                self.destroy(now);
                Ok(Rule::T54)
            }
            (Failed, Do::ZeroizeLocal {}) => {
                self.role(command, &[Role::Pool])?;
                demand(&[(Rule::NoTenant, !self.bound)])?;
                self.destroy(now);
                Ok(Rule::T55)
            }
            (Failed, Do::SoftRecover { self_tests_passed }) => {
                self.role(command, &[Role::Admin])?;
                demand(&[
                    (Rule::FaultWasSoft, self.fault_is_soft && self_tests_passed),
                    (Rule::FailedFromService, self.failed_in_service),
                    (Rule::DecidedInTime, self.give_up_ends().is_none_or(|end| now < end)),
                    self.running(),
                ])?;
                self.replaced_by = None;
                // a.4: a member that failed comes back behind its group.
                if self.failed_as_member {
                    self.membership = Membership::NeedsSync;
                }
                if self.latched {
                    self.enter(TamperLatched, now);
                    Ok(Rule::T57)
                } else {
                    self.enter(Operational, now);
                    Ok(Rule::T58)
                }
            }
            (Failed, Do::GiveUp { cannot_zeroize }) => {
                self.role(command, &[Role::Admin])?;
                demand(&[(Rule::TenantBound, self.bound), (Rule::Stated, cannot_zeroize)])?;
                self.quarantine(now);
                Ok(Rule::T59)
            }
            (Failed, Do::GiveUpLocal {}) => {
                self.role(command, &[Role::Pool])?;
                demand(&[(Rule::NoTenant, !self.bound), two(command)])?;
                self.quarantine(now);
                Ok(Rule::T60)
            }
            (Quarantined, Do::PartsOut { parts, camera }) => {
                self.role(command, &[Role::Hands])?;
                demand(&[
                    (Rule::PartsKnown, parts.is_same_set(&self.inventory) && !parts.is_empty()),
                    (Rule::InventorySound, parts.is_sound() && !parts.is_empty()),
                    (Rule::DestructionWitnessed, !camera.is_empty()),
                    two(command),
                ])?;
                self.enter(PartsRemoved, now);
                Ok(Rule::T62)
            }
            (PartsRemoved, Do::Shred { parts, method, place }) => {
                self.role(command, &[Role::Hands])?;
                demand(&[
                    (Rule::PartsKnown, parts.is_same_set(&self.inventory) && !parts.is_empty()),
                    (Rule::InventorySound, parts.is_sound() && !parts.is_empty()),
                    (Rule::DestructionWitnessed, !method.is_empty() && !place.is_empty()),
                    two(command),
                ])?;
                self.notify_customer(now);
                self.unbind();
                self.enter(PartsDestroyed, now);
                Ok(Rule::T63)
            }
            (PartsDestroyed, Do::ChassisOut {}) => {
                self.role(command, &[Role::Hands])?;
                self.enter(ChassisReturned, now);
                Ok(Rule::T64)
            }
            (Invalid, Do::Quarantine {}) => {
                self.role(command, &[Role::Pool, Role::Admin])?;
                let second = command.second;
                let fits = match self.device.deployment {
                    Deployment::Firmware => {
                        command.by.role == Role::Pool
                            && second.is_some_and(|second| second.organisation == command.by.organisation)
                    }
                    Deployment::Board => command.by.role == Role::Admin && second.is_some_and(|second| second.role == Role::Pool),
                };
                demand(&[(Rule::QuarantinePair, fits)])?;
                self.quarantine(now);
                self.close_account(now);
                Ok(Rule::T65)
            }
            (_, Do::ZeroizedSeen {}) => self.zeroized_seen(command, now),
            _ => self.not_in_chart(),
        }
    }

    /// Enters a state of the main region; leaving `OPERATIONAL` ends or stales the HA membership (a.4).
    pub(crate) fn enter(&mut self, main: Main, now: u64) {
        if main == TamperLatched {
            self.fall_behind();
        } else if main != Operational {
            self.membership = Membership::Absent;
        }
        self.main = main;
        self.entered = now;
    }

    pub(crate) fn fall_behind(&mut self) {
        if self.membership != Membership::Absent {
            self.membership = Membership::NeedsSync;
        }
    }

    /// Enters `ZEROIZING`: whatever was proved or latched is void, and requests about the device end.
    pub(crate) fn destroy(&mut self, now: u64) {
        self.proof = None;
        self.sighting = None;
        self.erase_failures = 0;
        self.end_device_requests(now);
        self.enter(Zeroizing, now);
        self.notify_customer(now);
        self.ask(Kind::Halt, 0, now);
        self.ask_erase(now);
    }

    /// The customer's request for a device is used up with the lease; they ask again.
    pub(crate) fn unbind(&mut self) {
        self.bound = false;
        self.account.allocation_requested = false;
        self.claimed = false;
        self.replaced_by = None;
        self.forget_cloning_domain();
        self.peers = 0;
    }

    pub(crate) fn quarantine(&mut self, now: u64) {
        self.end_device_requests(now);
        self.drop_duty(Kind::Erase);
        self.enter(Quarantined, now);
    }

    fn prove(&mut self, class: Class, now: u64) {
        self.proof = Some(Proof { class, at: now });
        self.latched = false;
        self.forget_cloning_domain();
        // What an error halts stays halted.
        if self.execution == Execution::Running {
            self.drop_duty(Kind::Halt);
        }
        self.notify_customer(now);
        self.enter(Zeroized, now);
    }

    /// C: three failed erasures or read-backs, then quarantine.
    fn erase_failed(&mut self, again: Rule, now: u64) -> Rule {
        self.erase_failures = self.erase_failures.saturating_add(1);
        if self.erase_failures >= self.policy.lease.erase_attempts {
            self.quarantine(now);
            self.notify_customer(now);
            return Rule::T40;
        }
        self.enter(Zeroizing, now);
        self.ask_erase(now);
        again
    }

    /// Amendment 3: seen zeroized.
    fn zeroized_seen(&mut self, command: &Command, now: u64) -> Judged {
        let board = self.device.deployment == Deployment::Board;
        match self.main {
            TenantUnclaimed | OwnedUninit | Operational | TamperLatched | Failed => {
                self.role(command, &[Role::Sensor])?;
                self.destroy(now);
                Ok(Rule::T66)
            }
            Zeroizing => {
                self.role(command, &[Role::Sensor])?;
                demand(&[(Rule::BoardReports, board)])?;
                self.sighting = Some((now, self.boots));
                self.enter(ZeroizedUnverified, now);
                Ok(Rule::T38)
            }
            ZeroizedUnverified => {
                self.role(command, &[Role::Sensor])?;
                // The next poll is due `poll_every` after the one that saw it first.
                let every = u64::from(self.policy.health.poll_every.0);
                if board && self.sighting.is_none() {
                    // The clock was set back and voided the first sighting: this one is the first again.
                    self.sighting = Some((now, self.boots));
                    return Ok(Rule::SightingNoted);
                }
                let new = self.sighting.is_none_or(|(at, boots)| boots != self.boots || now >= at + every);
                demand(&[(Rule::BoardReports, board), (Rule::SightingIsNew, new)])?;
                self.prove(Class::Reported, now);
                Ok(Rule::T41)
            }
            _ => {
                self.role(command, &[Role::Sensor])?;
                Ok(Rule::SightingNoted)
            }
        }
    }

    fn login_failed(&mut self, now: u64) -> Rule {
        // "The count is written before the check."
        self.login_failures = self.login_failures.saturating_add(1);
        let last = self.login_failures >= self.policy.lease.login_attempts;
        match self.main {
            Operational if last => {
                self.destroy(now);
                Rule::T29
            }
            TamperLatched if last => {
                self.destroy(now);
                Rule::T36
            }
            _ => Rule::LoginFailureCounted,
        }
    }

    fn boot(&mut self, passed: bool, moment: Moment) -> Rule {
        // D-28: a boot in `INVALID` changes nothing.
        if self.main == Invalid {
            return Rule::BootRecorded;
        }
        self.boots += 1;
        self.soft_errors = 0;
        self.execution = match self.execution {
            _ if !passed => Execution::ErrorHard,
            Execution::ErrorHard if self.main != Maintenance => Execution::ErrorHard,
            _ => Execution::Running,
        };
        if !passed {
            // a.4: a failed self-test is a hard error, which halts; the customer is told.
            self.ask(Kind::Halt, 0, moment.now);
            self.notify_customer(moment.now);
        }
        if passed && self.execution == Execution::Running {
            self.release();
        }
        self.fall_behind();
        // D-18: without a trusted time open requests and grants end.
        if !moment.trusted {
            self.end_all_windows(moment.now);
            self.cancel_tickets();
        }
        match self.main {
            Zeroizing => {
                self.destroy_again(moment.now);
                Rule::T39
            }
            // Amendment 3: on a board a sighting after the boot proves the erasure, so the boot does not undo it.
            ZeroizedUnverified if self.device.deployment == Deployment::Firmware => {
                self.destroy_again(moment.now);
                Rule::T42
            }
            _ => Rule::BootRecorded,
        }
    }

    /// Starts the same destruction again; its failures stay counted.
    fn destroy_again(&mut self, now: u64) {
        self.enter(Zeroizing, now);
        self.ask_erase(now);
    }

    /// A board cannot erase the HSM (a.7).
    fn ask_erase(&mut self, now: u64) {
        if self.device.deployment == Deployment::Firmware {
            self.ask(Kind::Erase, 0, now);
        }
    }

    pub(crate) fn proof_is_younger(&self, now: u64, limit: u32) -> bool {
        // An absent proof is `ProofPresent`'s matter.
        self.proof.is_none_or(|proof| now.saturating_sub(proof.at) < u64::from(limit))
    }

    /// H-73, D-27: another device, of the same customer, out of service.
    fn may_be_replaced(&self, stated: Statement) -> bool {
        stated.serial != self.device.serial
            && stated.serial != Label::default()
            && stated.organisation == self.account.organisation
            && matches!(
                stated.state,
                Zeroizing
                    | ZeroizedUnverified
                    | Zeroized
                    | Deprovisioning
                    | Failed
                    | Quarantined
                    | PartsRemoved
                    | PartsDestroyed
                    | ChassisReturned
            )
    }

    /// When the claim window is over, where the policy has one (D-19).
    pub(crate) fn claim_ends(&self) -> Option<u64> {
        self.policy.lease.claim_within.map(|span| self.entered.saturating_add(u64::from(span.0)))
    }

    /// When nobody can decide any more about a failed device that is replaced, where the policy has it (D-19).
    pub(crate) fn give_up_ends(&self) -> Option<u64> {
        let runs = self.main == Failed && self.replaced_by.is_some();
        let since = self.entered.max(self.replaced_at);
        self.policy.lease.give_up_within.filter(|_| runs).map(|span| since.saturating_add(u64::from(span.0)))
    }

    pub(crate) fn running(&self) -> (Rule, bool) {
        (Rule::Running, self.execution == Execution::Running)
    }

    fn core_erases(&self) -> (Rule, bool) {
        (Rule::CoreErases, self.device.deployment == Deployment::Firmware)
    }

    pub(crate) fn forget_cloning_domain(&mut self) {
        self.cloning_domain = Digest::NONE;
    }
}
