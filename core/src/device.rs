//! The device that an engine is made for: where it can stand, what it is made of.

use crate::few::Few;
use crate::id::{Label, Organisation};
use crate::reading::TamperClass;
use serde::{Deserialize, Serialize};

/// Where the core runs (`lifecycle.md` a.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Deployment {
    /// In the device's firmware: the core's word is law, and it erases.
    Firmware = 0,
    /// On a board beside the device: the core filters and witnesses.
    Board = 1,
}

/// What an engine is made with, once: the device that was ordered and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// The ordered device's serial number.
    pub serial: Label,
    /// The provider's organisation.
    pub provider: Organisation,
    /// The vendor's organisation.
    pub vendor: Organisation,
    /// Where the core runs.
    pub deployment: Deployment,
}

macro_rules! states {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// Where the leased device stands.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[repr(u8)]
        pub enum Main {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Main {
            /// Every state, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The state's name, the same in every language.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

states! {
    /// Sealed and shipped.
    InTransit = "IN_TRANSIT",
    /// Arrived; custody evidence not yet checked.
    Received = "RECEIVED",
    /// The provider prepares it; no tenant is bound.
    PoolConfig = "POOL_CONFIG",
    /// Pristine, verified, waiting.
    PoolFree = "POOL_FREE",
    /// Being mapped into the customer's network.
    Allocating = "ALLOCATING",
    /// Visible to the customer, still on the one-time credential.
    TenantUnclaimed = "TENANT_UNCLAIMED",
    /// Claimed; the HSM is not initialized.
    OwnedUninit = "OWNED_UNINIT",
    /// The customer runs it alone.
    Operational = "OPERATIONAL",
    /// Tamper seen; cryptography halted, keys kept but unreachable.
    TamperLatched = "TAMPER_LATCHED",
    /// Destruction runs; it starts again at each boot until it is done. No way back.
    Zeroizing = "ZEROIZING",
    /// Erased, not yet proved.
    ZeroizedUnverified = "ZEROIZED_UNVERIFIED",
    /// Proved zeroized; still leased where a tenant is bound.
    Zeroized = "ZEROIZED",
    /// The customer gave it back; the provider detaches it.
    Deprovisioning = "DEPROVISIONING",
    /// Covers may be open; no tenant, no keys.
    Maintenance = "MAINTENANCE",
    /// A serious fault.
    Failed = "FAILED",
    /// Could not be proved zeroized, or custody is broken: never back to the pool.
    Quarantined = "QUARANTINED",
    /// Data-bearing parts are out.
    PartsRemoved = "PARTS_REMOVED",
    /// Data-bearing parts are shredded.
    PartsDestroyed = "PARTS_DESTROYED",
    /// The empty chassis left. Terminal.
    ChassisReturned = "CHASSIS_RETURNED",
    /// Stored state cannot be read; no function is allowed.
    Invalid = "INVALID",
}

/// Serial numbers of the device's data-bearing parts (H-75).
pub type Inventory = Few<Label>;

/// A part that hands in the data centre may want to take out (H-69 to H-72; `lifecycle.md` a.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Component {
    /// A power supply: outside the security boundary, swapped in operation.
    PowerSupply = 0,
    /// The fans' filter mesh.
    FanFilter = 1,
    /// A fan unit.
    Fan = 2,
    /// The battery.
    Battery = 3,
    /// The chassis' cover.
    Cover = 4,
    /// The cryptographic card.
    Card = 5,
}

impl Component {
    /// Every component, in the order of its number.
    pub const ALL: &'static [Self] = &[Self::PowerSupply, Self::FanFilter, Self::Fan, Self::Battery, Self::Cover, Self::Card];

    /// The tamper that taking it out trips outside maintenance; none for what lies outside the boundary.
    #[must_use]
    pub const fn tamper(self) -> Option<TamperClass> {
        match self {
            Self::PowerSupply | Self::FanFilter => None,
            Self::Fan => Some(TamperClass::Fan),
            Self::Battery => Some(TamperClass::Battery),
            Self::Cover => Some(TamperClass::Chassis),
            Self::Card => Some(TamperClass::Card),
        }
    }
}
