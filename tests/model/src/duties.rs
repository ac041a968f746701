//! What must happen outside and is not forgotten (D-25), without the core's numbers.

use crate::state::Model;
use strongroom_core::Main;
use strongroom_core::outbox::Kind;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// What.
    pub kind: Kind,
    /// The request that it is about; 0 where it is about the device.
    pub about: u32,
    /// When it is asked for again; none once the alarm stands.
    pub due: Option<u64>,
    /// How often it was asked for again.
    pub retries: u8,
}

impl Model {
    /// Asks for something; asking again takes the place of what was asked before: one place a request, and
    /// one each for notice, erasure, tenant area, and halt or reset.
    pub(crate) fn ask(&mut self, kind: Kind, about: u32, now: u64) {
        let place = |other: Kind| match (kind, other) {
            (Kind::Halt, Kind::Reset) | (Kind::Reset, Kind::Halt) => true,
            _ => kind == other,
        };
        let same = |duty: &Duty| {
            if kind.concerns_request() { duty.kind.concerns_request() && duty.about == about } else { place(duty.kind) }
        };
        self.duties.retain(|duty| !same(duty));
        let due = Some(now.saturating_add(u64::from(self.policy.outbox.retry_every.0)));
        self.duties.push(Duty { kind, about, due, retries: 0 });
    }

    pub(crate) fn is_pending(&self, kind: Kind) -> bool {
        self.duties.iter().any(|duty| duty.kind == kind)
    }

    pub(crate) fn drop_duty(&mut self, kind: Kind) {
        self.duties.retain(|duty| duty.kind != kind);
    }

    /// Tells the customer of the device, where it is theirs.
    pub(crate) fn notify_customer(&mut self, now: u64) {
        // D-28: where the state cannot be read, nobody knows that it is not.
        if self.bound || (self.main == Main::Invalid && self.account.is_open()) {
            self.ask(Kind::NotifyCustomer, 0, now);
        }
    }
}
