//! The device that an engine is made for: where it can stand, what it is made of.

use crate::few::Few;
use crate::id::{Label, Organisation};
use crate::reading::TamperClass;
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// Where the core runs (`lifecycle.md` a.7).
    pub enum Deployment {
        /// In the device's firmware: the core's word is law, and it erases.
        Firmware = 0 "firmware",
        /// On a board beside the device: the core filters and witnesses.
        Board = 1 "board",
    }
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

words! {
    /// Where the leased device stands.
    #[derive(PartialOrd, Ord)]
    pub enum Main {
        /// Sealed and shipped.
        InTransit = 0 "IN_TRANSIT",
        /// Arrived; custody evidence not yet checked.
        Received = 1 "RECEIVED",
        /// The provider prepares it; no tenant is bound.
        PoolConfig = 2 "POOL_CONFIG",
        /// Pristine, verified, waiting.
        PoolFree = 3 "POOL_FREE",
        /// Being mapped into the customer's network.
        Allocating = 4 "ALLOCATING",
        /// Visible to the customer, still on the one-time credential.
        TenantUnclaimed = 5 "TENANT_UNCLAIMED",
        /// Claimed; the HSM is not initialized.
        OwnedUninit = 6 "OWNED_UNINIT",
        /// The customer runs it alone.
        Operational = 7 "OPERATIONAL",
        /// Tamper seen; cryptography halted, keys kept but unreachable.
        TamperLatched = 8 "TAMPER_LATCHED",
        /// Destruction runs; it starts again at each boot until it is done. No way back.
        Zeroizing = 9 "ZEROIZING",
        /// Erased, not yet proved.
        ZeroizedUnverified = 10 "ZEROIZED_UNVERIFIED",
        /// Proved zeroized; still leased where a tenant is bound.
        Zeroized = 11 "ZEROIZED",
        /// The customer gave it back; the provider detaches it.
        Deprovisioning = 12 "DEPROVISIONING",
        /// Covers may be open; no tenant, no keys.
        Maintenance = 13 "MAINTENANCE",
        /// A serious fault.
        Failed = 14 "FAILED",
        /// Could not be proved zeroized, or custody is broken: never back to the pool.
        Quarantined = 15 "QUARANTINED",
        /// Data-bearing parts are out.
        PartsRemoved = 16 "PARTS_REMOVED",
        /// Data-bearing parts are shredded.
        PartsDestroyed = 17 "PARTS_DESTROYED",
        /// The empty chassis left. Terminal.
        ChassisReturned = 18 "CHASSIS_RETURNED",
        /// Stored state cannot be read; no function is allowed.
        Invalid = 19 "INVALID",
    }
}

/// Serial numbers of the device's data-bearing parts (H-75).
pub type Inventory = Few<Label>;

words! {
    /// A part that hands in the data centre may want to take out (H-69 to H-72; `lifecycle.md` a.3).
    #[derive(PartialOrd, Ord)]
    pub enum Component {
        /// A power supply: outside the security boundary, swapped in operation.
        PowerSupply = 0 "power_supply",
        /// The fans' filter mesh.
        FanFilter = 1 "fan_filter",
        /// A fan unit.
        Fan = 2 "fan",
        /// The battery.
        Battery = 3 "battery",
        /// The chassis' cover.
        Cover = 4 "cover",
        /// The cryptographic card.
        Card = 5 "card",
    }
}

impl Component {
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
