//! Who acts: parties, roles and principals (requirements B.1).

use crate::id::{Id, Organisation};
use serde::{Deserialize, Serialize};

/// The four sides of a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Party {
    /// Administers the device and owns the data; the only one who may (H-02, H-04).
    Customer = 1,
    /// Leases the device out and may only monitor it (H-05, H-53).
    Provider = 2,
    /// Supports the device's software (H-18 to H-21).
    Vendor = 3,
    /// The device itself: its core, sensors, clock and enforcement point.
    Device = 4,
}

macro_rules! roles {
    ($($(#[$doc:meta])* $party:ident $name:ident = $code:literal),* $(,)?) => {
        /// What a principal is acting as. Every role belongs to exactly one party.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[repr(u8)]
        pub enum Role {
            $($(#[$doc])* $name = $code,)*
        }

        impl Role {
            /// Every role, in the order of its code.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The party that this role belongs to.
            #[must_use]
            pub const fn party(self) -> Party {
                match self {
                    $(Self::$name => Party::$party,)*
                }
            }

            /// The role's name as requirements B.1 spells it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }
        }
    };
}

roles! {
    /// Opens tickets (L-07 to L-09).
    Customer User = 0,
    /// The HSM's security officer; administers device and account (H-43 to H-45).
    Customer Admin = 1,
    /// Approves or denies lockbox requests (L-29).
    Customer Approver = 2,
    /// Drains the tenant log and sets the time.
    Customer Auditor = 3,
    /// Administers one partition.
    Customer PartitionOfficer = 4,
    /// Manages keys.
    Customer CryptoOfficer = 5,
    /// Uses keys.
    Customer CryptoUser = 6,
    /// Works on a ticket and requests access (L-74).
    Provider Engineer = 7,
    /// Approves inside the provider, where the just-in-time rule asks for it (L-21).
    Provider InternalApprover = 8,
    /// Evaluates requests for elevation (L-16).
    Provider JitService = 9,
    /// Allocates devices and takes them back (H-60, H-67).
    Provider Pool = 10,
    /// Maps devices into networks (H-41, H-48).
    Provider Net = 11,
    /// Hands in the data centre.
    Provider Hands = 12,
    /// Reads health over the serial port, nothing else (H-05, H-53, H-54).
    Provider Monitor = 13,
    /// Supports configuration, software, firmware and applications (H-18 to H-21).
    Vendor Support = 14,
    /// The core's own steps: erasing, verifying, booting.
    Device Core = 15,
    /// Tamper and fault inputs.
    Device Sensor = 16,
    /// Deadlines that pass.
    Device Clock = 17,
    /// The point that opens and closes access, and confirms that it did (D-04).
    Device Enforcer = 18,
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
    }

    #[test]
    fn codes_are_dense_and_in_order() {
        assert!(Role::ALL.iter().enumerate().all(|(index, role)| index == *role as usize));
    }
}
