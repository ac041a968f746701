//! Writing the account.

use super::Desk;
use crate::account::{Account, Registration};
use crate::command::Action;
use crate::id::Organisation;
use crate::lease::health::Vitals;
use crate::lease::polls::Polls;

impl Desk<'_> {
    pub(super) fn account(&mut self, action: &Action) {
        let account = &mut self.base.account;
        match action {
            Action::Register { organisation: Organisation::NONE, .. } => {}
            Action::Register { organisation, approved } => {
                if !account.is_open() {
                    *account = Account { organisation: *organisation, ..Account::closed(account.monitoring) };
                    self.base.lease.epoch = self.base.lease.epoch.saturating_add(1);
                    self.base.tenant_log.epoch = self.base.lease.epoch;
                }
                account.registration = if *approved { Registration::Approved } else { Registration::Pending };
            }
            Action::SetCustomerId { id } => account.customer_id = *id,
            Action::SetPlan { plan } => account.plan = *plan,
            Action::SetRoster { approvers } => account.roster = *approvers,
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
                    self.base.lease.polls = Polls::NONE;
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
}
