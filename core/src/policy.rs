//! Policy: every number, threshold and list that a rule compares with, as one value (contract 8).
//!
//! Nothing in the code is a number that a customer might want otherwise. A policy has a version and
//! a digest; the digest is part of the engine's state and so of every state digest.

use crate::id::{Digest, Label};
use crate::time::Seconds;
use serde::{Deserialize, Serialize};

/// What a lockbox request is about: the leased device, or a service of the catalogue (L-51 to L-66).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Subject {
    /// The leased device's console.
    Device = 0,
    /// Remote desktop to a Cloud Services web role (L-52).
    WebRole = 1,
    /// Remote desktop to a Cloud Services worker role (L-53).
    WorkerRole = 2,
    /// Remote desktop to a Windows virtual machine (L-54).
    VmWindows = 3,
    /// Remote desktop to a Linux virtual machine (L-55).
    VmLinux = 4,
    /// Remote desktop to a Windows scale set (L-56).
    ScaleSetWindows = 5,
    /// Remote desktop to a Linux scale set (L-57).
    ScaleSetLinux = 6,
    /// Remote desktop to a classic virtual machine: not supported (L-58).
    VmClassic = 7,
    /// Storage (L-62).
    Storage = 8,
    /// SQL database (L-63).
    SqlDatabase = 9,
    /// Data Explorer (L-64).
    DataExplorer = 10,
    /// Memory dump of a virtual machine (L-65).
    VmMemoryDump = 11,
    /// Managed disk of a virtual machine (L-65).
    VmManagedDisk = 12,
    /// Transfer of a subscription (L-66).
    SubscriptionTransfer = 13,
}

/// A set of subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subjects(u32);

impl Subjects {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// The set of the given subjects.
    #[must_use]
    pub const fn of(subjects: &[Subject]) -> Self {
        let mut bits = 0;
        let mut rest = subjects;
        while let [subject, later @ ..] = rest {
            bits |= 1 << (*subject as u32);
            rest = later;
        }
        Self(bits)
    }

    /// Whether `subject` is in the set.
    #[must_use]
    pub const fn contains(self, subject: Subject) -> bool {
        self.0 >> (subject as u32) & 1 == 1
    }
}

/// What an elevated permission allows (L-20), least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Permission {
    /// Look.
    Read = 0,
    /// Change.
    Write = 1,
    /// Change who may change.
    Administer = 2,
}

/// How much an elevated permission reaches (L-17), least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Scope {
    /// One resource.
    Resource = 0,
    /// A resource group.
    ResourceGroup = 1,
    /// A whole subscription.
    Subscription = 2,
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
    /// How far apart two polls of the console are.
    pub poll_every: Seconds,
    /// From `mapped` to the end of the claim window (D-19); off where `None`.
    pub claim_within: Option<Seconds>,
}

/// Retries of what must be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct OutboxPolicy {
    /// From one request to the next while it is unconfirmed (D-04).
    pub retry_every: Seconds,
    /// Retries before the alarm.
    pub retries: u8,
}

/// All of it.
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
    /// The outbox.
    pub outbox: OutboxPolicy,
}

const fn label(text: &str) -> Label {
    match Label::new(text) {
        Some(label) => label,
        None => Label([0; 16]),
    }
}

/// SHA-256 of 32 768 bytes of 0xFF: an erased 24C256.
const ERASED_24C256: Digest = Digest([
    0x2d, 0x86, 0x4c, 0x0b, 0x78, 0x9a, 0x43, 0x21, 0x4e, 0xee, 0x85, 0x24, 0xd3, 0x18, 0x20, 0x75, 0x12, 0x5e, 0x5c, 0xa2, 0xcd,
    0x52, 0x7f, 0x35, 0x82, 0xec, 0x87, 0xff, 0xd9, 0x40, 0x76, 0xbc,
]);

impl Policy {
    /// The numbers of the source documents.
    pub const AZURE: Self = Self {
        name: label("azure"),
        version: 1,
        lockbox: LockboxPolicy {
            decide_within: Seconds::days(4),
            jit_within: Seconds::hours(24),
            access_default: Seconds::hours(8),
            access_maximum: Seconds::hours(8),
            approvals_needed: 1,
            approver_shortens: true,
            customer_revokes: true,
            approve_needs_reason: false,
            deny_needs_reason: true,
            revoke_needs_reason: true,
            opt_in_needed: false,
        },
        jit: JitPolicy {
            widest_scope: Scope::Subscription,
            highest_permission: Permission::Administer,
            internal_from_scope: Scope::Subscription,
            internal_from_permission: Permission::Administer,
        },
        catalogue: Catalogue {
            version: 1,
            general: Subjects::of(&[
                Subject::Device,
                Subject::WebRole,
                Subject::WorkerRole,
                Subject::VmWindows,
                Subject::VmLinux,
                Subject::ScaleSetWindows,
                Subject::ScaleSetLinux,
            ]),
            preview: Subjects::of(&[
                Subject::Storage,
                Subject::SqlDatabase,
                Subject::DataExplorer,
                Subject::VmMemoryDump,
                Subject::VmManagedDisk,
                Subject::SubscriptionTransfer,
            ]),
        },
        lease: LeasePolicy {
            proof_fresh_at_baseline: Seconds::hours(24),
            proof_fresh_at_allocation: Seconds::days(90),
            firmware: [label("7.1.0"), label("7.0.1"), Label([0; 16]), Label([0; 16])],
            erase_list: 0b111_1111,
            erased: ERASED_24C256,
            erase_attempts: 3,
            login_attempts: 3,
            log_acknowledge_within: Seconds::days(30),
            poll_every: Seconds::minutes(10),
            claim_within: None,
        },
        outbox: OutboxPolicy { retry_every: Seconds(60), retries: 5 },
    };

    /// The presets, each a constant that an image can keep in flash.
    pub const PRESETS: &'static [&'static Self] = &[&Self::AZURE];

    /// The preset of that name.
    #[must_use]
    pub fn preset(name: &str) -> Option<&'static Self> {
        Self::PRESETS.iter().copied().find(|policy| policy.name.as_str() == name)
    }

    /// SHA-256 over the canonical encoding: what a log names the policy by.
    #[must_use]
    pub fn digest(&self) -> Digest {
        crate::canonical::digest_of_short(b"strongroom policy 1", self)
    }
}
