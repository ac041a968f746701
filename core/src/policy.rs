//! Policy: every number, threshold and list that a rule compares with, as one value (contract 8).
//!
//! Nothing in the code is a number that a customer might want otherwise. A policy has a version and
//! a digest; the digest is part of the engine's state and so of every state digest.

mod preset;
mod subject;

pub use subject::{Subject, Subjects};

use crate::id::{Digest, Label};
use crate::lunash::Commands;
use crate::time::Seconds;
use crate::word::words;
use serde::Serialize;

words! {
    /// What an elevated permission allows (L-20), least first.
    #[derive(PartialOrd, Ord)]
    pub enum Permission {
        /// Look.
        Read = 0 "read",
        /// Change.
        Write = 1 "write",
        /// Change who may change.
        Administer = 2 "administer",
        /// Touch key material. No policy lets it pass (`lifecycle.md` a.4).
        KeyMaterial = 3 "key_material",
    }
}

words! {
    /// How much an elevated permission reaches (L-17), least first.
    #[derive(PartialOrd, Ord)]
    pub enum Scope {
        /// One resource.
        Resource = 0 "resource",
        /// A resource group.
        ResourceGroup = 1 "resource_group",
        /// A whole subscription.
        Subscription = 2 "subscription",
        /// A management group: several subscriptions at once. No policy lets it pass.
        ManagementGroup = 3 "management_group",
    }
}

/// Time limits and choices of the lockbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct LockboxPolicy {
    /// From entry into `CustomerNotified` to expiry (L-32, D-03).
    pub decide_within: Seconds,
    /// From submission to the end of the provider's own decisions (D-03).
    pub jit_within: Seconds,
    /// Access granted where the request names no duration (L-40, D-02).
    pub access_default: Seconds,
    /// Access granted at most (D-02).
    pub access_maximum: Seconds,
    /// Whether access always lasts the default, so that no request names another duration.
    pub access_fixed: bool,
    /// Approvals that it takes (D-05).
    pub approvals_needed: u8,
    /// Whether the approver may shorten the access (D-02).
    pub approver_shortens: bool,
    /// Whether the customer may revoke (D-04).
    pub customer_revokes: bool,
    /// Whether an approval needs a reason (D-08).
    pub approve_needs_reason: bool,
    /// Whether a denial needs a reason (D-08).
    pub deny_needs_reason: bool,
    /// Whether a revocation needs a reason (D-08).
    pub revoke_needs_reason: bool,
    /// Whether the customer must have opted in (D-20).
    pub opt_in_needed: bool,
    /// From an excluded access to the end of its review (D-11).
    pub review_within: Seconds,
}

/// The provider's just-in-time rule (L-16 to L-22, D-12, D-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct JitPolicy {
    /// The widest scope that passes at all.
    pub widest_scope: Scope,
    /// The highest permission that passes at all.
    pub highest_permission: Permission,
    /// From this scope on an internal approval is asked for.
    pub internal_from_scope: Scope,
    /// From this permission on an internal approval is asked for.
    pub internal_from_permission: Permission,
}

/// The services that the lockbox covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Catalogue {
    /// Sealed into every request (D-20).
    pub version: u32,
    /// Generally available (L-51 to L-57), the leased device among them.
    pub general: Subjects,
    /// In preview: for customers who signed up (L-62 to L-67).
    pub preview: Subjects,
}

/// Limits and lists of the lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct LeasePolicy {
    /// How old a proof of zeroization may be at `baseline_ok`.
    pub proof_fresh_at_baseline: Seconds,
    /// How old a proof of zeroization may be at `allocate`.
    pub proof_fresh_at_allocation: Seconds,
    /// Firmware versions that may enter the pool; empty labels are free places.
    pub firmware: [Label; 4],
    /// Areas that a destruction erases, a bit each.
    pub erase_list: u16,
    /// The digest of those areas, read back in order, when they are erased.
    pub erased: Digest,
    /// Failed erasures or read-backs before quarantine.
    pub erase_attempts: u8,
    /// Wrong log-ins of the security officer before destruction.
    pub login_attempts: u8,
    /// How long the customer has to acknowledge the exported tenant log.
    pub log_acknowledge_within: Seconds,
    /// From `mapped` to the end of the claim window (D-19); off where `None`.
    pub claim_within: Option<Seconds>,
    /// From a failure to its being given up once a replacement is out (D-19); off where `None`.
    pub give_up_within: Option<Seconds>,
    /// Soft errors since the last boot before the next one is hard.
    pub soft_errors: u8,
    /// Devices in service that an HA group needs (H-72).
    pub ha_minimum: u8,
}

/// How readings become an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct HealthPolicy {
    /// How far apart two polls of the console are; what is read within half of it is one poll.
    pub poll_every: Seconds,
    /// Bad polls within `window` that make an alert (H-55).
    pub alert: u8,
    /// How many polls back a bad one counts, at most 8.
    pub window: u8,
    /// Polls in a row without an answer before the device counts as silent.
    pub silent: u8,
}

/// Retries of what must be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct OutboxPolicy {
    /// From one request to the next while it is unconfirmed (D-04).
    pub retry_every: Seconds,
    /// Retries before the alarm.
    pub retries: u8,
}

/// Which of the console's commands pass to the device, by their numbers in [`lunash`](crate::lunash).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct ConsolePolicy {
    /// What the monitoring role may run (H-05, H-53): narrower than the device's own role of that name.
    pub monitor: Commands,
    /// Of those, the ones that may have arguments.
    pub monitor_arguments: Commands,
    /// What a grant to read covers.
    pub read: Commands,
    /// What a grant to write covers.
    pub write: Commands,
    /// What a grant to administer covers.
    pub administer: Commands,
    /// What no grant covers: keys, destruction, and who may enter.
    pub never: Commands,
}

impl ConsolePolicy {
    /// What a grant of this permission covers.
    #[must_use]
    pub const fn granted(&self, permission: Permission) -> &Commands {
        match permission {
            Permission::Read => &self.read,
            Permission::Write => &self.write,
            Permission::Administer => &self.administer,
            Permission::KeyMaterial => &Commands::NONE,
        }
    }
}

/// All of it. Every preset has a version of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Policy {
    /// The preset's name.
    pub name: Label,
    /// Rises with every change of any number in it.
    pub version: u32,
    /// The lockbox.
    pub lockbox: LockboxPolicy,
    /// The just-in-time evaluation.
    pub jit: JitPolicy,
    /// The service catalogue.
    pub catalogue: Catalogue,
    /// The lease.
    pub lease: LeasePolicy,
    /// Health.
    pub health: HealthPolicy,
    /// The outbox.
    pub outbox: OutboxPolicy,
    /// The console.
    pub console: &'static ConsolePolicy,
}

impl Policy {
    /// The preset of that name.
    #[must_use]
    pub fn preset(name: &str) -> Option<&'static Self> {
        Self::PRESETS.iter().copied().find(|policy| policy.name.as_str() == name)
    }

    /// SHA-256 over the canonical encoding: what a log names the policy by.
    #[must_use]
    pub fn digest(&self) -> Digest {
        crate::canonical::digest(b"strongroom policy 1", self)
    }
}
