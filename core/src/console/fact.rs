//! What one line says.

use super::{
    name::{Kind, Name},
    number::Milli,
};
use crate::reading::{Level, Service, TamperClass};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    /// The line is one we know, and it says nothing we keep.
    Nothing,
    Part(Kind, Name, Level),
    /// Some part of this kind, the device does not say which.
    SomePart(Kind, Level),
    Battery(Milli),
    BatteryLimit(Milli),
    Temperature(Milli),
    TemperatureLimit(Milli),
    Service(Service),
    Codes([u8; 8]),
    CriticalEvents(u32),
    LoginsLeft(u8),
    Zeroized(bool),
    Tampered(bool),
    Tamper(TamperClass),
    ChassisOpen(bool),
    TransportMode(bool),
}

impl Fact {
    /// Bad news is believed from the head of a line whose tail is lost; the tail may have qualified
    /// anything else. A class that always destroys is not bad news enough: it must be read whole.
    pub(super) const fn survives_a_cut(self) -> bool {
        match self {
            Self::Part(_, _, level) | Self::SomePart(_, level) => is_bad(level),
            Self::Service(service) => !matches!(service, Service::InService),
            Self::Zeroized(zeroized) => !zeroized,
            Self::Tampered(yes) | Self::ChassisOpen(yes) => yes,
            Self::Tamper(class) => !class.always_destroys() && !matches!(class, TamperClass::Unspecified),
            Self::Nothing
            | Self::Battery(_)
            | Self::BatteryLimit(_)
            | Self::Temperature(_)
            | Self::TemperatureLimit(_)
            | Self::Codes(_)
            | Self::CriticalEvents(_)
            | Self::LoginsLeft(_)
            | Self::TransportMode(_) => false,
        }
    }
}

pub(super) const fn is_bad(level: Level) -> bool {
    matches!(level, Level::Warning | Level::Critical)
}
