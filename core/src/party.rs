//! Who acts: parties, roles and principals (requirements B.1).

use crate::id::{Id, Organisation};
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// The four sides of a lease.
    #[derive(PartialOrd, Ord)]
    pub enum Party {
        /// Administers the device and owns the data; the only one who may (H-02, H-04).
        Customer = 1 "customer",
        /// Leases the device out and may only monitor it (H-05, H-53).
        Provider = 2 "provider",
        /// Supports the device's software (H-18 to H-21).
        Vendor = 3 "vendor",
        /// The device itself: its core, sensors, clock and enforcement point.
        Device = 4 "device",
    }
}

words! {
    /// What a principal is acting as. Every role belongs to exactly one party.
    #[derive(PartialOrd, Ord)]
    pub enum Role {
        /// Opens tickets (L-07 to L-09).
        User = 0 "User",
        /// The HSM's security officer; administers device and account (H-43 to H-45).
        Admin = 1 "Admin",
        /// Approves or denies lockbox requests (L-29).
        Approver = 2 "Approver",
        /// Drains the tenant log and sets the time.
        Auditor = 3 "Auditor",
        /// Administers one partition.
        PartitionOfficer = 4 "PartitionOfficer",
        /// Manages keys.
        CryptoOfficer = 5 "CryptoOfficer",
        /// Uses keys.
        CryptoUser = 6 "CryptoUser",
        /// Works on a ticket and requests access (L-74).
        Engineer = 7 "Engineer",
        /// Approves inside the provider, where the just-in-time rule asks for it (L-21).
        InternalApprover = 8 "InternalApprover",
        /// Evaluates requests for elevation (L-16).
        JitService = 9 "JitService",
        /// Allocates devices and takes them back (H-60, H-67).
        Pool = 10 "Pool",
        /// Maps devices into networks (H-41, H-48).
        Net = 11 "Net",
        /// Hands in the data centre.
        Hands = 12 "Hands",
        /// Reads health over the serial port, nothing else (H-05, H-53, H-54).
        Monitor = 13 "Monitor",
        /// Supports configuration, software, firmware and applications (H-18 to H-21).
        Support = 14 "Support",
        /// The core's own steps: erasing, verifying, booting.
        Core = 15 "Core",
        /// Tamper and fault inputs.
        Sensor = 16 "Sensor",
        /// Deadlines that pass.
        Clock = 17 "Clock",
        /// The point that opens and closes access, and confirms that it did (D-04).
        Enforcer = 18 "Enforcer",
    }
}

impl Role {
    /// The party that this role belongs to.
    #[must_use]
    pub const fn party(self) -> Party {
        match self {
            Self::User
            | Self::Admin
            | Self::Approver
            | Self::Auditor
            | Self::PartitionOfficer
            | Self::CryptoOfficer
            | Self::CryptoUser => Party::Customer,
            Self::Engineer | Self::InternalApprover | Self::JitService | Self::Pool | Self::Net | Self::Hands | Self::Monitor => {
                Party::Provider
            }
            Self::Support => Party::Vendor,
            Self::Core | Self::Sensor | Self::Clock | Self::Enforcer => Party::Device,
        }
    }
}

/// A set of roles.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Roles(u32);

impl Roles {
    /// The set of the given roles.
    #[must_use]
    pub const fn of(roles: &[Role]) -> Self {
        let mut bits = 0;
        let mut rest = roles;
        while let [role, later @ ..] = rest {
            bits |= 1 << (*role as u32);
            rest = later;
        }
        Self(bits)
    }

    /// Whether `role` is in the set.
    #[must_use]
    #[inline]
    pub const fn contains(self, role: Role) -> bool {
        self.0 >> (role as u32) & 1 == 1
    }

    /// Whether both sets have the same roles.
    pub(crate) const fn is(self, other: Self) -> bool {
        self.0 == other.0
    }

    /// Whether no role is in the set.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles in the set, in the order of their codes.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.contains(*role))
    }
}

/// Somebody who acts: a role within an organisation, held by a person or a part.
///
/// The party follows from the role. In process the caller vouches for who is behind a command; on a
/// link the frame's authentication does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[serde(deny_unknown_fields)]
pub struct Principal {
    /// What they act as.
    pub role: Role,
    /// Whose they are; none for the device.
    pub organisation: Organisation,
    /// Who they are.
    pub id: Id,
}

impl Principal {
    /// A part of the device itself.
    #[must_use]
    pub const fn device(role: Role) -> Self {
        Self { role, organisation: Organisation::NONE, id: Id::NOBODY }
    }

    /// The party that the principal belongs to.
    #[must_use]
    pub const fn party(&self) -> Party {
        self.role.party()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_roles_holds_just_its_members() {
        let set = Roles::of(&[Role::Admin, Role::Enforcer]);
        assert!(set.contains(Role::Admin) && set.contains(Role::Enforcer));
        assert_eq!(set.iter().count(), 2);
        let (none, other) = (Roles::of(&[]), Roles::of(&[Role::Admin]));
        assert!(none.is_empty() && !set.is_empty());
        assert!(set.is(set) && !set.is(other) && !other.is(none));
    }

    #[test]
    fn codes_are_dense_and_in_order() {
        assert!(Role::ALL.iter().enumerate().all(|(index, role)| index == *role as usize));
    }
}
