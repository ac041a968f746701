//! The outbox: what must happen outside and is not forgotten until it is confirmed (D-25).
//!
//! An entry stands for one thing to do about one subject; asking for it again renews the entry under
//! a new number instead of adding a second one, so that confirming an older number never removes
//! something that was asked for later. With that, at most one entry a request and one for each of
//! the four kinds that concern the device can be pending, and the outbox has a place for each:
//! nothing that must happen is ever refused or dropped for lack of room.

use crate::time::Time;
use crate::word::words;
use serde::{Deserialize, Serialize};

/// Entries that concern the device and not a request: notice, erasure, tenant area, halt or reset.
pub const DEVICE_ENTRIES: usize = 4;

words! {
    /// What has to be done.
    #[derive(PartialOrd, Ord)]
    pub enum Kind {
        /// Tell the approvers of a pending request (L-27, L-30).
        NotifyApprovers = 1 "notify_approvers",
        /// Open access for the requester (L-39).
        OpenAccess = 2 "open_access",
        /// Close access, and confirm that it is closed (D-04).
        CloseAccess = 3 "close_access",
        /// Tell the customer; `about` holds what ([`Notice`] bits) (H-55, D-15).
        NotifyCustomer = 4 "notify_customer",
        /// Erase all areas of the erase list (H-66).
        Erase = 5 "erase",
        /// Erase the stored tenant area (H-68).
        EraseTenantArea = 6 "erase_tenant_area",
        /// Stop cryptography, sessions and activation (H-71).
        Halt = 7 "halt",
        /// Reset the device after its tamper was cleared.
        Reset = 8 "reset",
    }
}

impl Kind {
    /// Whether `about` is a request's number.
    #[must_use]
    pub const fn concerns_request(self) -> bool {
        matches!(self, Self::NotifyApprovers | Self::OpenAccess | Self::CloseAccess)
    }

    /// Whether an entry of this kind takes the place of `older`.
    const fn supersedes(self, older: Self) -> bool {
        if self.concerns_request() {
            older.concerns_request()
        } else {
            self as u8 == older as u8 || matches!((self, older), (Self::Halt, Self::Reset) | (Self::Reset, Self::Halt))
        }
    }
}

/// What a notice to the customer is about; several may be in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Notice;

impl Notice {
    /// A tamper (D-15).
    pub const TAMPER: u32 = 1;
    /// The device's health changed for the worse (H-55).
    pub const HEALTH: u32 = 1 << 1;
    /// The lease moved to a state the customer should know of.
    pub const LEASE: u32 = 1 << 2;
    /// A destruction began or was proved.
    pub const ZEROIZATION: u32 = 1 << 3;
    /// The device failed.
    pub const FAILURE: u32 = 1 << 4;
    /// An access outside the lockbox, or its review overdue (D-11).
    pub const EXCLUSION: u32 = 1 << 5;
    /// The device does not answer, which may be a tamper.
    pub const SILENCE: u32 = 1 << 6;
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, which `confirm` names; never used again.
    pub id: u32,
    /// What.
    pub kind: Kind,
    /// The request's number, or the bits of [`Notice`].
    pub about: u32,
    /// When it was first asked for.
    pub asked: Time,
    /// When it is asked for again; `None` once the retries are used up and the alarm stands.
    pub due: Option<Time>,
    /// How often it was asked for again.
    pub retries: u8,
}

impl Entry {
    /// Whether the retries are used up.
    #[must_use]
    pub const fn is_alarm(&self) -> bool {
        self.due.is_none()
    }

    /// Whether an entry of `kind` about `about` takes this one's place.
    pub(crate) fn yields_to(&self, kind: Kind, about: u32) -> bool {
        kind.supersedes(self.kind) && (!kind.concerns_request() || self.about == about)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_notice_is_about_is_a_bit_each_for_good() {
        let bits = [
            Notice::TAMPER,
            Notice::HEALTH,
            Notice::LEASE,
            Notice::ZEROIZATION,
            Notice::FAILURE,
            Notice::EXCLUSION,
            Notice::SILENCE,
        ];
        assert_eq!(bits, [1, 2, 4, 8, 16, 32, 64]);
    }
}
