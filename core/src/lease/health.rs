//! Health: what the last readings say about the device's parts and its service (H-13, H-54).
//!
//! Each screen of the console tells about some parts only. What a reading does not mention keeps
//! what was read before, so that a good battery does not hide a power supply that is out.

use crate::reading::{Level, Parts, Reading, Service};
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// How the device is doing. Not ordered: `Unknown` and `Silent` are neither better nor worse.
    #[derive(Default)]
    pub enum Health {
        /// Nothing was read yet, or the customer restricts monitoring.
        #[default]
        Unknown = 0 "Unknown",
        /// In service.
        InService = 1 "InService",
        /// In service with trouble: a part is not good.
        Trouble = 2 "Trouble",
        /// Out of service.
        OutOfService = 3 "OutOfService",
        /// Off line: no Ethernet, a network matter.
        OffLine = 4 "OffLine",
        /// No frame for several polls; may be a tamper, never fails the device by itself.
        Silent = 5 "Silent",
    }
}

/// The latest level of each kind of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Vitals {
    /// Fans.
    pub fans: Level,
    /// Power supplies.
    pub power_supplies: Level,
    /// Voltages.
    pub voltages: Level,
    /// Temperatures.
    pub temperatures: Level,
    /// Batteries.
    pub batteries: Level,
    /// The appliance's own word.
    pub service: Option<Service>,
}

impl Vitals {
    /// Nothing read.
    pub const UNREAD: Self = Self {
        fans: Level::Unread,
        power_supplies: Level::Unread,
        voltages: Level::Unread,
        temperatures: Level::Unread,
        batteries: Level::Unread,
        service: None,
    };

    /// These vitals, overwritten by what `reading` mentions.
    #[must_use]
    pub fn after(self, reading: &Reading) -> Self {
        let newer = |old: Level, parts: Parts| if parts.worst == Level::Unread { old } else { parts.worst };
        Self {
            fans: newer(self.fans, reading.fans),
            power_supplies: newer(self.power_supplies, reading.power_supplies),
            voltages: newer(self.voltages, reading.voltages),
            temperatures: newer(self.temperatures, reading.temperatures),
            batteries: newer(self.batteries, reading.batteries),
            service: reading.service.or(self.service),
        }
    }

    /// The device's health by these vitals. The appliance's own `OFL` and `OOS` come first, since
    /// they say more than any part.
    #[must_use]
    pub fn health(&self) -> Health {
        let parts = [self.fans, self.power_supplies, self.voltages, self.temperatures, self.batteries];
        let worst = parts.into_iter().max().unwrap_or_default();
        match (self.service, worst) {
            (Some(Service::OutOfService), _) => Health::OutOfService,
            (Some(Service::OffLine), _) => Health::OffLine,
            (Some(Service::InServiceWithTrouble), _) | (_, Level::Warning | Level::Critical) => Health::Trouble,
            (Some(Service::InService), _) | (_, Level::Good) => Health::InService,
            (None, Level::Unread) => Health::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(worst: Level) -> Parts {
        Parts { worst, seen: 1, bad: u8::from(worst > Level::Good) }
    }

    #[test]
    fn a_screen_that_does_not_mention_a_part_keeps_what_was_read_of_it() {
        let sensors = Reading { power_supplies: parts(Level::Critical), fans: parts(Level::Good), ..Reading::default() };
        let show = Reading { batteries: parts(Level::Good), ..Reading::default() };
        let vitals = Vitals::UNREAD.after(&sensors).after(&show);
        assert_eq!(vitals.health(), Health::Trouble);
        let repaired = Reading { power_supplies: parts(Level::Good), ..Reading::default() };
        assert_eq!(vitals.after(&repaired).health(), Health::InService);
    }

    #[test]
    fn the_appliances_own_word_comes_first() {
        let down = Reading { service: Some(Service::OutOfService), fans: parts(Level::Good), ..Reading::default() };
        assert_eq!(Vitals::UNREAD.after(&down).health(), Health::OutOfService);
        assert_eq!(Vitals::UNREAD.health(), Health::Unknown);
    }
}
