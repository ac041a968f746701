//! The account (D-21) and the policy in force (D-24).

use crate::apply::{Moment, two};
use crate::health::{Polled, Vitals};
use crate::outcome::{Judged, demand};
use crate::state::Model;
use strongroom_core::outbox::Kind;
use strongroom_core::{Account, Action as Do, Command, Organisation, Policy, Registration, Role, Rule};

impl Model {
    pub(crate) fn account_action(&mut self, moment: Moment, command: &Command) -> Judged {
        let open = (Rule::AccountOpen, self.account.is_open());
        let action = Self::action(command);
        match action {
            Do::Register { organisation, approved } => {
                self.role(command, &[Role::Pool])?;
                return self.register(organisation, approved, moment);
            }
            Do::SetPolicy { policy } => {
                self.role(command, &[Role::Pool])?;
                let offered = Policy::PRESETS.iter().copied().find(|preset| preset.digest() == policy);
                demand(&[(Rule::NoTenant, !self.bound), (Rule::PolicyOffered, offered.is_some()), two(command)])?;
                self.policy = offered.unwrap_or(self.policy);
                // D-24: who is at the door hears of it, though the device is not theirs yet.
                if self.account.is_open() {
                    self.ask(Kind::NotifyCustomer, 0, moment.now);
                }
                return Ok(Rule::PolicySet);
            }
            Do::SetPlan { .. } | Do::SetCustomerId { .. } => self.role(command, &[Role::Pool])?,
            _ => self.role(command, &[Role::Admin])?,
        }
        demand(&[open])?;
        match action {
            Do::SetPlan { plan } => self.account.plan = plan,
            Do::SetCustomerId { id } => self.account.customer_id = id,
            Do::SetRoster { approvers } => {
                demand(&[(Rule::RosterSound, approvers.is_sound())])?;
                self.account.roster = approvers;
            }
            Do::SetOptIns { lockbox, previews } => {
                self.account.lockbox_opted_in = lockbox;
                self.account.previews = previews;
            }
            Do::SetTamperBit { destroys } => self.account.destroy_on_tamper = destroys,
            Do::SetMonitoring { allowed } => {
                self.account.monitoring = allowed;
                if !allowed {
                    // a.4: health reads *unknown*; what was read is forgotten.
                    self.vitals = Vitals::default();
                    self.polled = Polled::default();
                }
                return Ok(Rule::MonitoringSwitched);
            }
            Do::SetVendorRegistration { registered } => self.account.vendor_registered = registered,
            Do::SetPlace { region, network } => {
                demand(&[(Rule::PlaceNamed, !region.is_empty() && !network.is_empty())])?;
                self.account.region = region;
                self.account.network = network;
            }
            Do::RequestAllocation {} => {
                let named = !self.account.region.is_empty() && !self.account.network.is_empty();
                demand(&[(Rule::RegistrationApproved, self.registration_approved()), (Rule::PlaceNamed, named)])?;
                self.account.allocation_requested = true;
            }
            _ => return self.not_in_chart(),
        }
        Ok(Rule::AccountWritten)
    }

    /// H-57.
    pub(crate) fn registration_approved(&self) -> bool {
        self.account.registration == Registration::Approved
    }

    fn register(&mut self, organisation: Organisation, approved: bool, moment: Moment) -> Judged {
        let registration = if approved { Registration::Approved } else { Registration::Pending };
        if organisation == Organisation::NONE {
            let free = self.account.is_open() && !self.bound && self.nothing_is_open();
            demand(&[(Rule::AccountFree, free)])?;
            self.close_account(moment.now);
        } else if self.account.is_open() {
            demand(&[(Rule::AccountFree, organisation == self.account.organisation)])?;
            self.account.registration = registration;
        } else {
            let own = organisation == self.device.provider || organisation == self.device.vendor;
            let free = !own && !self.bound && !self.is_pending(Kind::EraseTenantArea);
            demand(&[(Rule::AccountFree, free)])?;
            self.account = Account { organisation, registration, monitoring: self.account.monitoring, ..Account::CLOSED };
        }
        Ok(Rule::AccountWritten)
    }
}
