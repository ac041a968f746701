//! Classes of issue: what a customer may have a question about or a problem with.

use serde::{Deserialize, Serialize};

macro_rules! issues {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// What the issue is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[repr(u8)]
        pub enum Issue {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Issue {
            /// Every class, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name, the same in every language.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

issues! {
    /// Nobody knows yet (H-23).
    #[default]
    Unclassified = "unclassified",
    /// The device's hardware (H-16).
    Hardware = "hardware",
    /// A part of it failed (H-49, H-72).
    ComponentFailure = "component_failure",
    /// All of it failed (H-50).
    DeviceFailure = "device_failure",
    /// Power and cooling (H-46).
    PowerAndCooling = "power_and_cooling",
    /// Break and fix (H-42, H-47).
    OperationalState = "operational_state",
    /// The network up to the device (H-17, H-41).
    NetworkPath = "network_path",
    /// The device does not answer over the network (H-51, H-76).
    NetworkAccess = "network_access",
    /// Creating the resource (H-63).
    ResourceCreation = "resource_creation",
    /// Getting the device (H-52).
    Provisioning = "provisioning",
    /// Giving the device back (H-52, H-67).
    Deprovisioning = "deprovisioning",
    /// What the monitoring role reads, and the notices that come of it (H-54, H-55).
    HealthTelemetry = "health_telemetry",
    /// The HSM's configuration (H-18, H-43).
    Configuration = "configuration",
    /// Configuration of one's own after provisioning, and all beyond it (H-38, H-64).
    CustomConfiguration = "custom_configuration",
    /// Administering the device (H-44).
    Administration = "administration",
    /// Managing and operating the device day by day (H-08, H-45).
    Management = "management",
    /// The HSM's software (H-19, H-35).
    Software = "software",
    /// The HSM's firmware (H-20).
    Firmware = "firmware",
    /// Client software, development kit and tools (H-29, H-37).
    SoftwareComponents = "software_components",
    /// How to use the HSM (H-36).
    HsmUse = "hsm_use",
    /// Documents and integration guides (H-30, H-32, H-34).
    Documentation = "documentation",
    /// Applications that use the HSM, and their development (H-09, H-21).
    ApplicationDevelopment = "application_development",
    /// Help with the design, development and deployment of one's own applications (H-40).
    Consulting = "consulting",
    /// High availability of applications (H-11, H-12).
    HighAvailability = "high_availability",
    /// Zeroizing the device at the end of its use (H-65).
    Zeroization = "zeroization",
    /// Destroying the media of a failed device (H-75).
    MediaDestruction = "media_destruction",
}
