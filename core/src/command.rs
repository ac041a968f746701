//! Commands: everything that can be asked of an engine or reported to it.
//!
//! A command is a principal, where two persons act a second one, and an action. One macro lists the
//! actions; the [`Verb`] of each has a stable number that stands in the log.

mod action;

pub use action::{Action, Verb};

use crate::device::{Device, Main};
use crate::id::{Digest, Id, Label, Organisation};
use crate::party::{Party, Principal};
use crate::policy::{Permission, Scope, Subject};
use crate::time::Seconds;
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// Which of the two logs (D-22).
    pub enum LogName {
        /// Names who did what; erased when the lease ends.
        Tenant = 0 "tenant",
        /// Holds no tenant identifiers; survives.
        Lifecycle = 1 "lifecycle",
    }
}

/// A request's number, unique within an engine, counted from 1.
pub type RequestNumber = u32;

/// What an engineer asks access for (L-13 to L-20, L-23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessTerms {
    /// The device or the service.
    pub subject: Subject,
    /// How far it reaches.
    pub scope: Scope,
    /// What it allows.
    pub permission: Permission,
    /// Whether the requester uses an isolated identity (L-18).
    pub isolated_identity: bool,
    /// Whether the requester uses multi-factor authentication (L-19).
    pub multi_factor: bool,
    /// Whether standard tools and telemetry were not enough (L-12).
    pub standard_tools_failed: bool,
    /// Whether direct access to customer data is needed (L-23).
    pub customer_data: bool,
    /// How long, in seconds; the policy's default where none is named (D-02).
    #[serde(default)]
    pub duration: Option<Seconds>,
    /// Digest of the justification's text; the text stays on the host.
    pub justification: Digest,
}

/// What is said of another device, by whoever acts (D-27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Its serial number.
    pub serial: Label,
    /// Whose it is.
    pub organisation: Organisation,
    /// Where it stands.
    pub state: Main,
}

words! {
    /// Access to customer data that the lockbox does not ask the customer about (L-68 to L-70, D-11).
    #[derive(PartialOrd, Ord)]
    pub enum Exclusion {
        /// Outside standard procedures, to recover or restore a service (L-68).
        BreakGlass = 1 "break_glass",
        /// Customer data was met by chance while troubleshooting the platform, as in a packet capture (L-69, L-70).
        InadvertentExposure = 2 "inadvertent_exposure",
        /// A legal demand.
        LegalDemand = 3 "legal_demand",
    }
}

/// Who asks, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Who acts.
    pub by: Principal,
    /// The second person, where two must act (D-23).
    #[serde(default)]
    pub second: Option<Principal>,
    /// What they ask.
    pub action: Action,
}

impl Command {
    /// The command of one principal.
    #[must_use]
    pub const fn new(by: Principal, action: Action) -> Self {
        Self { by, second: None, action }
    }

    /// The command that turns overdue deadlines into steps.
    #[must_use]
    pub const fn tick() -> Self {
        Self::new(Principal::device(crate::party::Role::Clock), Action::Tick {})
    }

    /// With a second person.
    #[must_use]
    pub const fn with(mut self, second: Principal) -> Self {
        self.second = Some(second);
        self
    }

    /// SHA-256 over the canonical encoding, as records carry it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        crate::canonical::digest(b"strongroom command 1", self)
    }

    /// The command without anything that names the customer, as the lifecycle log knows it (D-22).
    #[must_use]
    pub fn blanked(&self, device: &Device) -> Self {
        let second = self.second.map(|second| blank(second, device));
        Self { by: blank(self.by, device), second, action: self.action.blanked() }
    }
}

/// The principal as the lifecycle log knows it: of people only the provider's and the vendor's own are
/// named, whatever role somebody else takes.
pub(crate) fn blank(principal: Principal, device: &Device) -> Principal {
    let own = match principal.party() {
        Party::Customer | Party::Device => Organisation::NONE,
        Party::Provider => device.provider,
        Party::Vendor => device.vendor,
    };
    if own != Organisation::NONE && principal.organisation == own {
        principal
    } else {
        Principal { organisation: Organisation::NONE, id: Id::NOBODY, ..principal }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::party::Role;

    #[test]
    fn a_blanked_command_does_not_depend_on_who_the_customer_is() {
        let claim = |byte: u8| {
            let by = Principal { role: Role::Admin, organisation: Organisation([byte; 16]), id: Id([byte; 16]) };
            Command::new(by, Action::Claim { credential_replaced: true, owner_key: Digest([byte; 32]), proof: None }).with(by)
        };
        assert_ne!(claim(1).digest(), claim(2).digest());
        let device = Device {
            serial: Label::default(),
            provider: Organisation([9; 16]),
            vendor: Organisation([8; 16]),
            deployment: crate::device::Deployment::Firmware,
        };
        assert_eq!(claim(1).blanked(&device).digest(), claim(2).blanked(&device).digest());
    }

    #[test]
    fn verbs_read_back_and_have_names_of_their_own() {
        for verb in Verb::ALL {
            assert_eq!(Verb::from_code(verb.code()), Some(*verb));
            assert_eq!(Verb::ALL.iter().filter(|other| other.name() == verb.name()).count(), 1);
        }
    }
}
