//! What a lockbox request can be about.

use crate::word::words;
use core::fmt;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

words! {
    /// What a lockbox request is about: the leased device, or a service of the catalogue (L-51 to L-66).
    ///
    /// Numbers are only ever added. 14 to 47 are services that the list of 2024-03 brought, 48 to 52
    /// those of the sibling lockboxes.
    #[derive(PartialOrd, Ord)]
    pub enum Subject {
        /// The leased device's console.
        Device = 0 "device",
        /// Remote desktop to a Cloud Services web role (L-52).
        WebRole = 1 "web_role",
        /// Remote desktop to a Cloud Services worker role (L-53).
        WorkerRole = 2 "worker_role",
        /// Remote desktop to a Windows virtual machine (L-54).
        VmWindows = 3 "vm_windows",
        /// Remote desktop to a Linux virtual machine (L-55).
        VmLinux = 4 "vm_linux",
        /// Remote desktop to a Windows scale set (L-56).
        ScaleSetWindows = 5 "scale_set_windows",
        /// Remote desktop to a Linux scale set (L-57).
        ScaleSetLinux = 6 "scale_set_linux",
        /// Remote desktop to a classic virtual machine: not supported (L-58).
        VmClassic = 7 "vm_classic",
        /// Storage (L-62).
        Storage = 8 "storage",
        /// SQL database (L-63).
        SqlDatabase = 9 "sql_database",
        /// Data Explorer (L-64).
        DataExplorer = 10 "data_explorer",
        /// Memory dump of a virtual machine (L-65).
        VmMemoryDump = 11 "vm_memory_dump",
        /// Managed disk of a virtual machine (L-65).
        VmManagedDisk = 12 "vm_managed_disk",
        /// Transfer of a subscription (L-66).
        SubscriptionTransfer = 13 "subscription_transfer",
        /// API Management.
        ApiManagement = 14 "api_management",
        /// App Service.
        AppService = 15 "app_service",
        /// AI Search.
        AiSearch = 16 "ai_search",
        /// Chaos Studio.
        ChaosStudio = 17 "chaos_studio",
        /// Cognitive Services.
        CognitiveServices = 18 "cognitive_services",
        /// Container Registry.
        ContainerRegistry = 19 "container_registry",
        /// Data Box.
        DataBox = 20 "data_box",
        /// Data Factory.
        DataFactory = 21 "data_factory",
        /// Data Manager for Energy.
        DataManagerForEnergy = 22 "data_manager_for_energy",
        /// Database for MySQL.
        MySql = 23 "my_sql",
        /// Database for MySQL, flexible server.
        MySqlFlexible = 24 "my_sql_flexible",
        /// Database for PostgreSQL.
        PostgreSql = 25 "postgre_sql",
        /// Edge Zone platform storage.
        EdgeZoneStorage = 26 "edge_zone_storage",
        /// Energy.
        Energy = 27 "energy",
        /// Functions.
        Functions = 28 "functions",
        /// HDInsight.
        HdInsight = 29 "hd_insight",
        /// Health Bot.
        HealthBot = 30 "health_bot",
        /// Intelligent Recommendations.
        IntelligentRecommendations = 31 "intelligent_recommendations",
        /// Kubernetes Service.
        Kubernetes = 32 "kubernetes",
        /// Load Testing.
        LoadTesting = 33 "load_testing",
        /// Logic Apps.
        LogicApps = 34 "logic_apps",
        /// Monitor.
        Monitor = 35 "monitor",
        /// Red Hat OpenShift.
        OpenShift = 36 "open_shift",
        /// Spring Apps.
        SpringApps = 37 "spring_apps",
        /// SQL Managed Instance.
        SqlManagedInstance = 38 "sql_managed_instance",
        /// Synapse Analytics.
        Synapse = 39 "synapse",
        /// Commerce AI.
        CommerceAi = 40 "commerce_ai",
        /// DevCenter and DevBox.
        DevCenter = 41 "dev_center",
        /// Elastic SAN.
        ElasticSan = 42 "elastic_san",
        /// Kusto dashboards.
        KustoDashboards = 43 "kusto_dashboards",
        /// Microsoft Azure Attestation.
        Attestation = 44 "attestation",
        /// OpenAI.
        OpenAi = 45 "open_ai",
        /// Spring Cloud.
        SpringCloud = 46 "spring_cloud",
        /// Unified Vision Service.
        UnifiedVision = 47 "unified_vision",
        /// Exchange.
        Exchange = 48 "exchange",
        /// SharePoint.
        SharePoint = 49 "share_point",
        /// OneDrive.
        OneDrive = 50 "one_drive",
        /// Teams.
        Teams = 51 "teams",
        /// An environment of the Power Platform or Dynamics 365.
        PowerPlatform = 52 "power_platform",
    }
}

/// A set of subjects. In a format with names it is a list of them, else a number with a bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Subjects(u64);

impl Serialize for Subjects {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_seq(self.iter()) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Subjects {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_seq(Listed)
        } else {
            u64::deserialize(deserializer).map(Self)
        }
    }
}

/// Reads a list of subjects.
struct Listed;

impl<'de> Visitor<'de> for Listed {
    type Value = Subjects;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of subjects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Subjects, A::Error> {
        let mut subjects = Subjects::NONE;
        while let Some(subject) = sequence.next_element()? {
            subjects = subjects.and(Subjects::of(&[subject]));
        }
        Ok(subjects)
    }
}

impl Subjects {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// The set of the given subjects.
    #[must_use]
    pub const fn of(subjects: &[Subject]) -> Self {
        let mut bits = 0;
        let mut rest = subjects;
        while let [subject, later @ ..] = rest {
            bits |= 1 << (*subject as u64);
            rest = later;
        }
        Self(bits)
    }

    /// The set in which each subject whose bit is set is.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// A bit for each subject, that of its number.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The subjects in the set, in the order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = Subject> {
        Subject::ALL.iter().copied().filter(move |subject| self.contains(*subject))
    }

    /// Both sets in one.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `subject` is in the set.
    #[must_use]
    pub const fn contains(self, subject: Subject) -> bool {
        self.0 >> (subject as u64) & 1 == 1
    }
}

const _: () = assert!(Subject::ALL.len() <= 64, "a set has a bit for each");
