//! What can be wrong with the device.

/// A fault on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// A power supply is out.
    PowerSupply,
    /// A fan is out.
    Fan,
    /// The battery is low.
    Battery,
    /// A tamper is latched.
    Tamper,
    /// The HSM is zeroized.
    Zeroized,
    /// It says nothing.
    Silent,
    /// The line is noisy.
    Noise,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 7] =
        [Self::PowerSupply, Self::Fan, Self::Battery, Self::Tamper, Self::Zeroized, Self::Silent, Self::Noise];

    /// Its name on a command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PowerSupply => "psu",
            Self::Fan => "fan",
            Self::Battery => "battery",
            Self::Tamper => "tamper",
            Self::Zeroized => "zeroized",
            Self::Silent => "silent",
            Self::Noise => "noise",
        }
    }
}
