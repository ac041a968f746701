//! The lease of a dedicated device: where it stands, its proof of zeroization, its tamper latch and
//! its regions.
//!
//! [`chart`] is the table of steps, [`evidence`] what proves a destruction. Beside the chart stand
//! [`execution`], [`health`] with its [`polls`], and [`membership`] of an HA group. [`sensing`] says what a
//! reading means for the lease.

pub mod chart;
pub mod evidence;
pub mod execution;
pub mod health;
pub mod membership;
pub mod polls;
pub mod sensing;

use crate::device::Inventory;
use crate::id::{Digest, Id, Label};
use crate::reading::TamperClass;
use crate::time::Time;
use chart::{Cause, Main};
use evidence::{Destruction, Evidence};
use execution::Execution;
use health::{Health, Vitals};
use membership::Membership;
use polls::Polls;
use serde::{Deserialize, Serialize};

/// A set of tamper classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TamperCauses(u16);

impl TamperCauses {
    /// None.
    pub const NONE: Self = Self(0);

    /// Whether the set is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `class` is in the set.
    #[must_use]
    pub const fn contains(self, class: TamperClass) -> bool {
        self.0 >> (class as u16) & 1 == 1
    }

    pub(crate) fn insert(&mut self, class: TamperClass) {
        self.0 |= 1 << (class as u16);
    }

    pub(crate) fn remove(&mut self, class: TamperClass) {
        self.0 &= !(1 << (class as u16));
    }
}

/// When and in which boot a zeroized device was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sighting {
    /// When.
    pub at: Time,
    /// In which boot.
    pub boot: u32,
}

/// The leased device. Persisted as a whole.
///
/// # Invariants
///
/// - `main` in `ALLOCATING` to `TAMPER_LATCHED` or `DEPROVISIONING` implies `bound`.
/// - `evidence` is there only if every area was erased after the last step that could have
///   written one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lease {
    /// The main region.
    pub main: Main,
    /// When `main` was entered.
    pub entered: Time,
    /// Whether a tenant is bound.
    pub bound: bool,
    /// Whether that tenant has claimed the device.
    pub claimed: bool,
    /// Whether the customer whose account is open let the claim window pass: a former tenant.
    pub claim_lapsed: bool,
    /// Whether a tamper or a fault was told before custody was checked (D-16).
    pub custody_broken: bool,
    /// Rises with every baseline and every account that is opened; names a tenant's log.
    pub epoch: u32,
    /// Boots so far; never reset.
    pub boot: u32,
    /// Destructions begun so far; part of the challenge.
    pub destructions: u32,
    /// Why the last destruction began.
    pub cause: Cause,
    /// The nonce it was asked with, all zeros where none was.
    pub nonce: Id,
    /// The proof of the last destruction, while it is valid.
    pub evidence: Option<Evidence>,
    /// Whether a tamper is latched.
    pub latched: bool,
    /// Classes of tamper that were told since the latch was last released.
    pub tampers: TamperCauses,
    /// Causes of tamper that are present.
    pub causes: TamperCauses,
    /// Whether the latched tamper has its record in the log.
    pub tamper_on_record: bool,
    /// Whether the device failed while it served the customer: in `OPERATIONAL` or `TAMPER_LATCHED`.
    pub failed_in_service: bool,
    /// Whether the fault is classed soft.
    pub fault_is_soft: bool,
    /// Failed erasures and read-backs of this destruction.
    pub erase_failures: u8,
    /// Wrong log-ins of the security officer since the last good one.
    pub login_failures: u8,
    /// When a zeroized device was last seen, while its erasure is unproved.
    pub sighting: Option<Sighting>,
    /// What the last readings said.
    pub vitals: Vitals,
    /// How the last polls went.
    pub polls: Polls,
    /// Whether the device's outputs are open.
    pub execution: Execution,
    /// Soft errors since the last boot.
    pub soft_errors: u8,
    /// How the device stands to the customer's HA group.
    pub membership: Membership,
    /// Whether it was in a group when it failed.
    pub failed_as_member: bool,
    /// Other members in service, as was last stated.
    pub peers: u8,
    /// Digest of the HSM's cloning domain; none before it is initialized.
    pub cloning_domain: Digest,
    /// The device that this one replaces; empty where none.
    pub replaces: Label,
    /// The device that replaces this one; empty where none.
    pub replaced_by: Label,
    /// When that was handed out.
    pub replaced_at: Time,
    /// Serial numbers of the data-bearing parts.
    pub inventory: Inventory,
    /// What the camera's recording of the parts' removal is filed under.
    pub camera: Label,
    /// The shredding of those parts, once it was witnessed.
    pub destruction: Option<Destruction>,
}

impl Lease {
    /// A device on its way.
    #[must_use]
    pub const fn in_transit() -> Self {
        Self {
            main: Main::InTransit,
            entered: Time::EPOCH,
            bound: false,
            claimed: false,
            claim_lapsed: false,
            custody_broken: false,
            epoch: 0,
            boot: 0,
            destructions: 0,
            cause: Cause::None,
            nonce: Id::NOBODY,
            evidence: None,
            latched: false,
            tampers: TamperCauses::NONE,
            causes: TamperCauses::NONE,
            tamper_on_record: false,
            failed_in_service: false,
            fault_is_soft: false,
            erase_failures: 0,
            login_failures: 0,
            sighting: None,
            vitals: Vitals::UNREAD,
            polls: Polls::NONE,
            execution: Execution::Running,
            soft_errors: 0,
            membership: Membership::Absent,
            failed_as_member: false,
            peers: 0,
            cloning_domain: Digest::NONE,
            replaces: Label([0; 16]),
            replaced_by: Label([0; 16]),
            replaced_at: Time::EPOCH,
            inventory: Inventory::EMPTY,
            camera: Label([0; 16]),
            destruction: None,
        }
    }

    /// How the device is doing: by its parts, and by how the last polls went.
    #[must_use]
    pub fn health(&self) -> Health {
        health_of(&self.vitals, &self.polls)
    }

    /// Whether the device is one of a pair that may count on each other: in sync, with enough others
    /// (`lifecycle.md` a.4).
    #[must_use]
    pub const fn is_redundant(&self, minimum: u8) -> bool {
        matches!(self.membership, Membership::InSync)
            && matches!(self.execution, Execution::Running)
            && self.peers.saturating_add(1) >= minimum
    }

    /// Whether the provider's engineers may be let at the device, given a grant.
    #[must_use]
    pub fn serves_a_tenant(&self) -> bool {
        self.bound
            && matches!(
                self.main,
                Main::TenantUnclaimed
                    | Main::OwnedUninit
                    | Main::Operational
                    | Main::TamperLatched
                    | Main::Failed
                    | Main::Zeroized
            )
    }
}

/// A part that was bad within the polls' window is trouble still.
fn health_of(vitals: &Vitals, polls: &Polls) -> Health {
    match vitals.health() {
        _ if polls.silent => Health::Silent,
        Health::InService if polls.bad != 0 => Health::Trouble,
        health => health,
    }
}
