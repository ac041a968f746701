//! Tamper and hard faults (D-16; `lifecycle.md` a.3).

use crate::state::Model;
use strongroom_core::Main::*;
use strongroom_core::lease::membership::Membership;
use strongroom_core::outbox::Kind;
use strongroom_core::reading::TamperClass;
use strongroom_core::{Deployment, Rule};

impl Model {
    pub(crate) fn tamper(&mut self, class: TamperClass, now: u64) -> Rule {
        // A decommissioning is over once it happened.
        if class != TamperClass::Decommission {
            self.causes.insert(class);
        }
        let destroys = class.always_destroys() || self.account.destroy_on_tamper;
        // D-15: at once, whatever the monitoring permission says.
        self.notify_customer(now);
        let rule = match self.main {
            InTransit | Received => {
                self.custody_broken = true;
                return Rule::TamperRecorded;
            }
            Zeroizing | Maintenance | Quarantined | PartsRemoved | PartsDestroyed | ChassisReturned | Invalid => {
                return Rule::TamperRecorded;
            }
            Operational if !destroys => {
                self.latched = true;
                self.enter(TamperLatched, now);
                self.ask(Kind::Halt, 0, now);
                return Rule::T27;
            }
            TamperLatched if !destroys => {
                self.ask(Kind::Halt, 0, now);
                return Rule::TamperRecorded;
            }
            Failed if self.failed_in_service && !destroys => {
                self.latched = true;
                self.ask(Kind::Halt, 0, now);
                return Rule::T56;
            }
            PoolConfig => Rule::T08,
            PoolFree => Rule::T12,
            Allocating => Rule::T16,
            TenantUnclaimed => Rule::T21,
            OwnedUninit => Rule::T25,
            Operational => Rule::T28,
            TamperLatched => Rule::T35,
            Zeroized => Rule::T47,
            Deprovisioning => Rule::T50,
            Failed => Rule::T56,
            ZeroizedUnverified => Rule::TamperDestroys,
        };
        self.destroy(now);
        rule
    }

    pub(crate) fn fault(&mut self, soft: bool, now: u64) -> Rule {
        let rule = match self.main {
            InTransit | Received => {
                self.custody_broken = true;
                return Rule::FaultRecorded;
            }
            // T31: "confirmed over time".
            Operational | TamperLatched
                if self.device.deployment == Deployment::Board && !self.polled.confirm_fault(&self.policy.health) =>
            {
                return Rule::FaultRecorded;
            }
            Failed => {
                // A harder fault on top makes it a hard one.
                self.fault_is_soft &= soft;
                return Rule::FaultRecorded;
            }
            PoolConfig => Rule::T07,
            PoolFree => Rule::T13,
            Allocating => Rule::T17,
            TenantUnclaimed => Rule::T22,
            OwnedUninit => Rule::T26,
            Operational => Rule::T31,
            TamperLatched => Rule::T37,
            Zeroized => Rule::T48,
            Deprovisioning => Rule::T51,
            Maintenance => Rule::T53,
            _ => return Rule::FaultRecorded,
        };
        self.failed_in_service = matches!(self.main, Operational | TamperLatched);
        self.failed_as_member = self.failed_in_service && self.membership != Membership::Absent;
        self.fault_is_soft = soft;
        self.proof = None;
        self.notify_customer(now);
        self.enter(Failed, now);
        rule
    }
}
