//! The presets: constants that an image can keep in flash.

use super::{
    Catalogue, ConsolePolicy, HealthPolicy, JitPolicy, LeasePolicy, LockboxPolicy, OutboxPolicy, Permission, Policy, Scope,
    Subject, Subjects,
};
use crate::id::{Digest, Label};
use crate::lunash;
use crate::time::Seconds;

/// Generally available in the source document (L-51 to L-57), and the leased device.
const GENERAL_2019: Subjects = Subjects::of(&[
    Subject::Device,
    Subject::WebRole,
    Subject::WorkerRole,
    Subject::VmWindows,
    Subject::VmLinux,
    Subject::ScaleSetWindows,
    Subject::ScaleSetLinux,
]);

/// In preview in the source document (L-62 to L-66).
const PREVIEW_2019: Subjects = Subjects::of(&[
    Subject::Storage,
    Subject::SqlDatabase,
    Subject::DataExplorer,
    Subject::VmMemoryDump,
    Subject::VmManagedDisk,
    Subject::SubscriptionTransfer,
]);

/// The list of 2024-03, all generally available: Cloud Services roles have left it.
const GENERAL_2024: Subjects = PREVIEW_2019.and(Subjects::of(&[
    Subject::Device,
    Subject::VmWindows,
    Subject::VmLinux,
    Subject::ScaleSetWindows,
    Subject::ScaleSetLinux,
    Subject::ApiManagement,
    Subject::AppService,
    Subject::AiSearch,
    Subject::ChaosStudio,
    Subject::CognitiveServices,
    Subject::ContainerRegistry,
    Subject::DataBox,
    Subject::DataFactory,
    Subject::DataManagerForEnergy,
    Subject::MySql,
    Subject::MySqlFlexible,
    Subject::PostgreSql,
    Subject::EdgeZoneStorage,
    Subject::Energy,
    Subject::Functions,
    Subject::HdInsight,
    Subject::HealthBot,
    Subject::IntelligentRecommendations,
    Subject::Kubernetes,
    Subject::LoadTesting,
    Subject::LogicApps,
    Subject::Monitor,
    Subject::OpenShift,
    Subject::SpringApps,
    Subject::SqlManagedInstance,
    Subject::Synapse,
    Subject::CommerceAi,
    Subject::DevCenter,
    Subject::ElasticSan,
    Subject::KustoDashboards,
    Subject::Attestation,
    Subject::OpenAi,
    Subject::SpringCloud,
    Subject::UnifiedVision,
]));

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

/// The console's commands, the same in all presets.
static CONSOLE: ConsolePolicy = ConsolePolicy {
    monitor: lunash::READINGS,
    monitor_arguments: lunash::READINGS_WITH_ARGUMENTS,
    read: lunash::READS,
    write: lunash::OPERATOR,
    administer: lunash::ADMIN,
    never: lunash::KEYS,
};

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
            access_fixed: false,
            approvals_needed: 1,
            approver_shortens: true,
            customer_revokes: true,
            approve_needs_reason: false,
            deny_needs_reason: true,
            revoke_needs_reason: true,
            opt_in_needed: false,
            review_within: Seconds::hours(72),
        },
        jit: JitPolicy {
            widest_scope: Scope::Subscription,
            highest_permission: Permission::Administer,
            internal_from_scope: Scope::Subscription,
            internal_from_permission: Permission::Administer,
        },
        catalogue: Catalogue { version: 1, general: GENERAL_2019, preview: PREVIEW_2019 },
        lease: LeasePolicy {
            proof_fresh_at_baseline: Seconds::hours(24),
            proof_fresh_at_allocation: Seconds::days(90),
            firmware: [label("7.1.0"), label("7.0.1"), Label([0; 16]), Label([0; 16])],
            erase_list: 0b111_1111,
            erased: ERASED_24C256,
            erase_attempts: 3,
            login_attempts: 3,
            log_acknowledge_within: Seconds::days(30),
            claim_within: None,
            give_up_within: None,
            soft_errors: 3,
            ha_minimum: 2,
        },
        health: HealthPolicy { poll_every: Seconds::minutes(10), alert: 3, window: 6, silent: 3 },
        outbox: OutboxPolicy { retry_every: Seconds(60), retries: 5 },
        console: &CONSOLE,
    };

    /// Azure since 2024-03: the customer opts in, access lasts as long as the request says, and the list of
    /// services is longer.
    pub const AZURE_2024: Self = Self {
        name: label("azure-2024"),
        version: 2,
        lockbox: LockboxPolicy { access_maximum: Seconds(u32::MAX), opt_in_needed: true, ..Self::AZURE.lockbox },
        catalogue: Catalogue { version: 2, general: GENERAL_2024, preview: Subjects::NONE },
        ..Self::AZURE
    };

    /// The numbers of the Microsoft 365 lockbox.
    pub const M365: Self = Self {
        name: label("m365"),
        version: 3,
        lockbox: LockboxPolicy {
            decide_within: Seconds::hours(12),
            access_default: Seconds::hours(4),
            access_maximum: Seconds::hours(4),
            ..Self::AZURE.lockbox
        },
        catalogue: Catalogue {
            version: 3,
            general: GENERAL_2019.and(Subjects::of(&[Subject::Exchange, Subject::SharePoint, Subject::OneDrive, Subject::Teams])),
            preview: PREVIEW_2019,
        },
        ..Self::AZURE
    };

    /// The numbers of the Power Platform lockbox: eight hours, neither shortened nor taken back by the customer.
    pub const POWER_PLATFORM: Self = Self {
        name: label("power-platform"),
        version: 4,
        lockbox: LockboxPolicy { access_fixed: true, approver_shortens: false, customer_revokes: false, ..Self::AZURE.lockbox },
        catalogue: Catalogue {
            version: 4,
            general: GENERAL_2019.and(Subjects::of(&[Subject::PowerPlatform])),
            preview: PREVIEW_2019,
        },
        ..Self::AZURE
    };

    /// For customers who want more than one pair of eyes: two approvals, always a reason, and both timers on,
    /// so that a device nobody claims or decides about does not stay as it is (D-19).
    pub const DUAL_CONTROL: Self = Self {
        name: label("dual-control"),
        version: 5,
        lockbox: LockboxPolicy { approvals_needed: 2, approve_needs_reason: true, ..Self::AZURE.lockbox },
        lease: LeasePolicy {
            claim_within: Some(Seconds::days(14)),
            give_up_within: Some(Seconds::days(30)),
            ..Self::AZURE.lease
        },
        ..Self::AZURE
    };

    /// Every preset.
    pub const PRESETS: &'static [&'static Self] =
        &[&Self::AZURE, &Self::AZURE_2024, &Self::M365, &Self::POWER_PLATFORM, &Self::DUAL_CONTROL];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_has_its_own_name_version_and_digest() {
        for policy in Policy::PRESETS {
            let same = |other: &&&Policy| {
                other.name == policy.name || other.version == policy.version || other.digest() == policy.digest()
            };
            assert_eq!(Policy::PRESETS.iter().filter(same).count(), 1, "{}", policy.name.as_str());
            assert!(policy.digest().is_given() && policy.health.window <= 8);
        }
    }

    #[test]
    fn no_preset_lets_key_material_or_a_management_group_pass() {
        for policy in Policy::PRESETS {
            assert!(policy.jit.highest_permission < Permission::KeyMaterial);
            assert!(policy.jit.widest_scope < Scope::ManagementGroup);
        }
    }

    #[test]
    fn how_long_a_preset_waits_and_opens() {
        let numbers = |policy: Policy| {
            let LockboxPolicy { decide_within, access_default, access_maximum, opt_in_needed, .. } = policy.lockbox;
            (decide_within, access_default, access_maximum, opt_in_needed)
        };
        let azure = (Seconds::days(4), Seconds::hours(8), Seconds::hours(8), false);
        assert_eq!(numbers(Policy::AZURE), azure);
        assert_eq!(numbers(Policy::AZURE_2024), (Seconds::days(4), Seconds::hours(8), Seconds(u32::MAX), true));
        assert_eq!(numbers(Policy::M365), (Seconds::hours(12), Seconds::hours(4), Seconds::hours(4), false));
        assert_eq!(numbers(Policy::POWER_PLATFORM), azure);
        assert_eq!(numbers(Policy::DUAL_CONTROL), azure);
    }

    #[test]
    fn what_a_preset_is_for() {
        let counts = |policy: Policy| (policy.catalogue.general.iter().count(), policy.catalogue.preview.iter().count());
        let has = |policy: Policy, subject| policy.catalogue.general.contains(subject);
        let (azure, preview) = counts(Policy::AZURE);
        for policy in Policy::PRESETS {
            assert!(has(**policy, Subject::Device) && has(**policy, Subject::VmLinux), "{}", policy.name.as_str());
        }
        assert!([Subject::Exchange, Subject::Teams].into_iter().all(|subject| has(Policy::M365, subject)));
        assert_eq!(counts(Policy::M365), (azure + 4, preview));
        assert!(has(Policy::POWER_PLATFORM, Subject::PowerPlatform) && !has(Policy::AZURE, Subject::PowerPlatform));
        assert_eq!(counts(Policy::POWER_PLATFORM), (azure + 1, preview));
        assert!(has(Policy::AZURE_2024, Subject::Kubernetes) && has(Policy::AZURE_2024, Subject::Storage));
        assert!(!has(Policy::AZURE_2024, Subject::WorkerRole), "cloud services have left the list");
        assert_eq!(counts(Policy::AZURE_2024).1, 0, "nothing is in preview any more");
        assert_eq!(Policy::DUAL_CONTROL.catalogue, Policy::AZURE.catalogue);
    }

    #[test]
    fn what_a_preset_changes_of_azures() {
        let [azure, power, dual] = [Policy::AZURE, Policy::POWER_PLATFORM, Policy::DUAL_CONTROL];
        assert!(azure.lockbox.approver_shortens && azure.lockbox.customer_revokes && !azure.lockbox.access_fixed);
        assert!(!power.lockbox.approver_shortens && !power.lockbox.customer_revokes && power.lockbox.access_fixed);
        assert_eq!((azure.lockbox.approvals_needed, azure.lockbox.approve_needs_reason), (1, false));
        assert_eq!((dual.lockbox.approvals_needed, dual.lockbox.approve_needs_reason), (2, true));
        assert_eq!((azure.lease.claim_within, azure.lease.give_up_within), (None, None));
        assert_eq!((dual.lease.claim_within, dual.lease.give_up_within), (Some(Seconds::days(14)), Some(Seconds::days(30))));
    }
}
