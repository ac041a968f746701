//! What was read from the device: levels of its parts, its service status, tamper and zeroization.
//!
//! A reading is data. The console parser makes readings from what the device prints; a firmware
//! integration may fill one from its own sensors. `lease::health` judges it.

use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// How a part is doing. Ordered: a later level is worse, and the worst reading of a part wins.
    #[derive(PartialOrd, Ord, Default)]
    pub enum Level {
        /// Nothing was said about it.
        #[default]
        Unread = 0 "unread",
        /// Within its limits.
        Good = 1 "good",
        /// Outside its warning limits.
        Warning = 2 "warning",
        /// Outside its critical limits, absent or not readable although it should be.
        Critical = 3 "critical",
    }
}

/// One kind of part: the worst level seen, and how many parts of that kind are not good.
///
/// `worst` can be bad while `bad` is 0: the device then reports a fault and does not say of which part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// The worst level of any part of this kind.
    pub worst: Level,
    /// Distinct parts of this kind that were read, up to 255.
    pub seen: u8,
    /// Of those, the ones whose worst level is `Warning` or `Critical`.
    pub bad: u8,
}

words! {
    /// The appliance's own word for its service (`status sysstat show`).
    #[derive(PartialOrd, Ord)]
    pub enum Service {
        /// In service.
        InService = 1 "ISO",
        /// In service with trouble.
        InServiceWithTrouble = 2 "IST",
        /// Off line: no Ethernet, a network matter.
        OffLine = 3 "OFL",
        /// Out of service.
        OutOfService = 4 "OOS",
    }
}

words! {
    /// What tripped a tamper input (`lifecycle.md` a.3).
    #[derive(PartialOrd, Ord)]
    pub enum TamperClass {
        /// A fan unit was removed or the fan bay opened (H-71).
        Fan = 0 "fan",
        /// The chassis was opened.
        Chassis = 1 "chassis",
        /// The cryptographic card was removed.
        Card = 2 "card",
        /// Severe over or under temperature.
        Temperature = 3 "temperature",
        /// Severe over or under voltage.
        Voltage = 4 "voltage",
        /// A sensor line carried neither of its two legal words.
        Undecodable = 5 "undecodable",
        /// The device reports a tamper and does not say which.
        Unspecified = 6 "unspecified",
        /// The battery was removed or is empty: always destroys.
        Battery = 7 "battery",
        /// The decommission button was pressed: always destroys.
        Decommission = 8 "decommission",
    }
}

impl TamperClass {
    /// Whether this class destroys whatever the customer's tamper bit says (D-16).
    #[must_use]
    pub const fn always_destroys(self) -> bool {
        matches!(self, Self::Battery | Self::Decommission)
    }
}

/// Yes or no, or nothing said.
pub type Said = Option<bool>;

/// Everything one poll of the device told.
///
/// Fields that no line mentioned stay `Unread` or `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[serde(default, deny_unknown_fields)]
pub struct Reading {
    /// Fans of the chassis, and the HSM card's own where it reports them.
    pub fans: Parts,
    /// Power supply units, by whatever is read of each: presence, voltage, temperature, fan.
    pub power_supplies: Parts,
    /// Supply rails and core voltages, the power supplies' own rails not counted.
    pub voltages: Parts,
    /// Temperatures, the power supplies' own not counted.
    pub temperatures: Parts,
    /// Backup batteries: VBAT of the main board and the HSM's own.
    pub batteries: Parts,
    /// The appliance's word for its service.
    pub service: Option<Service>,
    /// Status codes that came with it, the first eight; zero fills the rest.
    pub codes: [u8; 8],
    /// Critical events counted by the HSM since it started.
    pub critical_events: Option<u32>,
    /// Failed log-ins that the security officer has left before zeroization.
    pub logins_left: Option<u8>,
    /// Whether the HSM says it is zeroized.
    pub zeroized: Said,
    /// Whether the device says that a tamper is latched.
    pub tampered: Said,
    /// Which tamper it names.
    pub tamper: Option<TamperClass>,
    /// Whether the chassis intrusion switch is open.
    pub chassis_open: Said,
    /// Whether the HSM is in secure transport mode.
    pub transport_mode: Said,
}
