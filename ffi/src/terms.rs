//! Structs that commands and answers are made of.

use crate::shape::{Optional, Text, Zeroed, shape};
use strongroom_core as core_;

/// Somebody who acts. The party follows from the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Principal {
    /// What they act as: STRONGROOM_ROLE_*.
    pub role: u8,
    /// Whose they are, a UUID; zeros for the device's own parts.
    pub organisation: [u8; 16],
    /// Who they are, a UUID; zeros for the device's own parts.
    pub id: [u8; 16],
}

shape!(core_::Principal as Principal { role organisation id });

impl Zeroed for Principal {
    const ZERO: Self = Self { role: 0, organisation: [0; 16], id: [0; 16] };
}

/// The device that an engine is made for: the one that was ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Device {
    /// Its serial number: up to 16 printable ASCII characters and a final zero.
    pub serial: Text,
    /// The provider's organisation, a UUID.
    pub provider: [u8; 16],
    /// The vendor's organisation, a UUID.
    pub vendor: [u8; 16],
    /// Where the core runs: STRONGROOM_DEPLOYMENT_*.
    pub deployment: u8,
}

shape!(core_::Device as Device { serial provider vendor deployment });

/// What an engineer asks access for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Terms {
    /// The device or the service: STRONGROOM_SUBJECT_*.
    pub subject: u8,
    /// How far it reaches: STRONGROOM_SCOPE_*.
    pub scope: u8,
    /// What it allows: STRONGROOM_PERMISSION_*.
    pub permission: u8,
    /// Whether the requester uses an isolated identity: 0 or 1.
    pub isolated_identity: u8,
    /// Whether the requester uses multi-factor authentication: 0 or 1.
    pub multi_factor: u8,
    /// Whether standard tools and telemetry were not enough: 0 or 1.
    pub standard_tools_failed: u8,
    /// Whether direct access to customer data is needed: 0 or 1.
    pub customer_data: u8,
    /// How long, in seconds; the policy's default where it is not given.
    pub duration: Optional<u32>,
    /// SHA-256 of the justification's text, which stays with the program.
    pub justification: [u8; 32],
}

shape!(core_::AccessTerms as Terms {
    subject scope permission isolated_identity multi_factor standard_tools_failed customer_data duration justification
});

/// What is said of another device, by whoever acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Statement {
    /// Its serial number: up to 16 printable ASCII characters and a final zero.
    pub serial: Text,
    /// Whose it is, a UUID.
    pub organisation: [u8; 16],
    /// Where it stands: STRONGROOM_STATE_*.
    pub state: u8,
}

shape!(core_::Statement as Statement { serial organisation state });

impl Zeroed for Statement {
    const ZERO: Self = Self { serial: [0; 17], organisation: [0; 16], state: 0 };
}

/// One kind of part: the worst level seen, and how many of that kind are not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Parts {
    /// The worst level: STRONGROOM_LEVEL_*.
    pub worst: u8,
    /// How many were read, up to 255.
    pub seen: u8,
    /// How many of them are not good.
    pub bad: u8,
}

shape!(core_::reading::Parts as Parts { worst seen bad });

/// Everything one poll of the device told. Zeros say that nothing was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Reading {
    /// Fans.
    pub fans: Parts,
    /// Power supply units.
    pub power_supplies: Parts,
    /// Supply rails and core voltages.
    pub voltages: Parts,
    /// Temperatures.
    pub temperatures: Parts,
    /// Backup batteries.
    pub batteries: Parts,
    /// The appliance's word for its service: STRONGROOM_SERVICE_*.
    pub service: Optional<u8>,
    /// Status codes that came with it, the first eight; zeros fill the rest.
    pub codes: [u8; 8],
    /// Critical events counted by the HSM since it started.
    pub critical_events: Optional<u32>,
    /// Failed log-ins that the security officer has left.
    pub logins_left: Optional<u8>,
    /// Whether the HSM says it is zeroized: 0 or 1.
    pub zeroized: Optional<u8>,
    /// Whether the device says that a tamper is latched: 0 or 1.
    pub tampered: Optional<u8>,
    /// Which tamper it names: STRONGROOM_TAMPER_*.
    pub tamper: Optional<u8>,
    /// Whether the chassis intrusion switch is open: 0 or 1.
    pub chassis_open: Optional<u8>,
    /// Whether the HSM is in secure transport mode: 0 or 1.
    pub transport_mode: Optional<u8>,
}

shape!(core_::Reading as Reading {
    fans power_supplies voltages temperatures batteries service codes critical_events logins_left zeroized tampered tamper
    chassis_open transport_mode
});
