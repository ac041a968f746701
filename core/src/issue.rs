//! Classes of issue: what a customer may have a question about or a problem with.

use crate::word::words;

words! {
    /// What the issue is about.
    #[derive(PartialOrd, Ord, Default)]
    pub enum Issue {
        /// Nobody knows yet (H-23).
        #[default]
        Unclassified = 0 "unclassified",
        /// The device's hardware (H-16).
        Hardware = 1 "hardware",
        /// A part of it failed (H-49, H-72).
        ComponentFailure = 2 "component_failure",
        /// All of it failed (H-50).
        DeviceFailure = 3 "device_failure",
        /// Power and cooling (H-46).
        PowerAndCooling = 4 "power_and_cooling",
        /// Break and fix (H-42, H-47).
        OperationalState = 5 "operational_state",
        /// The network up to the device (H-17, H-41).
        NetworkPath = 6 "network_path",
        /// The device does not answer over the network (H-51, H-76).
        NetworkAccess = 7 "network_access",
        /// Creating the resource (H-63).
        ResourceCreation = 8 "resource_creation",
        /// Getting the device (H-52).
        Provisioning = 9 "provisioning",
        /// Giving the device back (H-52, H-67).
        Deprovisioning = 10 "deprovisioning",
        /// What the monitoring role reads, and the notices that come of it (H-54, H-55).
        HealthTelemetry = 11 "health_telemetry",
        /// The HSM's configuration (H-18, H-43).
        Configuration = 12 "configuration",
        /// Configuration of one's own after provisioning, and all beyond it (H-38, H-64).
        CustomConfiguration = 13 "custom_configuration",
        /// Administering the device (H-44).
        Administration = 14 "administration",
        /// Managing and operating the device day by day (H-08, H-45).
        Management = 15 "management",
        /// The HSM's software (H-19, H-35).
        Software = 16 "software",
        /// The HSM's firmware (H-20).
        Firmware = 17 "firmware",
        /// Client software, development kit and tools (H-29, H-37).
        SoftwareComponents = 18 "software_components",
        /// How to use the HSM (H-36).
        HsmUse = 19 "hsm_use",
        /// Documents and integration guides (H-30, H-32, H-34).
        Documentation = 20 "documentation",
        /// Applications that use the HSM, and their development (H-09, H-21).
        ApplicationDevelopment = 21 "application_development",
        /// Help with the design, development and deployment of one's own applications (H-40).
        Consulting = 22 "consulting",
        /// High availability of applications (H-11, H-12).
        HighAvailability = 23 "high_availability",
        /// Zeroizing the device at the end of its use (H-65).
        Zeroization = 24 "zeroization",
        /// Destroying the media of a failed device (H-75).
        MediaDestruction = 25 "media_destruction",
    }
}
