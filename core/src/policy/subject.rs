//! What a lockbox request can be about.

use core::fmt;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

macro_rules! subjects {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal,)*) => {
        /// What a lockbox request is about: the leased device, or a service of the catalogue (L-51 to L-66).
        ///
        /// Numbers are only ever added. 14 to 47 are services that the list of 2024-03 brought, 48 to 52
        /// those of the sibling lockboxes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[repr(u8)]
        pub enum Subject {
            $($(#[doc = $doc])* #[serde(rename = $text)] $name,)*
        }

        impl Subject {
            /// Every subject, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name, the same in every language.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

subjects! {
    /// The leased device's console.
    Device = "device",
    /// Remote desktop to a Cloud Services web role (L-52).
    WebRole = "web_role",
    /// Remote desktop to a Cloud Services worker role (L-53).
    WorkerRole = "worker_role",
    /// Remote desktop to a Windows virtual machine (L-54).
    VmWindows = "vm_windows",
    /// Remote desktop to a Linux virtual machine (L-55).
    VmLinux = "vm_linux",
    /// Remote desktop to a Windows scale set (L-56).
    ScaleSetWindows = "scale_set_windows",
    /// Remote desktop to a Linux scale set (L-57).
    ScaleSetLinux = "scale_set_linux",
    /// Remote desktop to a classic virtual machine: not supported (L-58).
    VmClassic = "vm_classic",
    /// Storage (L-62).
    Storage = "storage",
    /// SQL database (L-63).
    SqlDatabase = "sql_database",
    /// Data Explorer (L-64).
    DataExplorer = "data_explorer",
    /// Memory dump of a virtual machine (L-65).
    VmMemoryDump = "vm_memory_dump",
    /// Managed disk of a virtual machine (L-65).
    VmManagedDisk = "vm_managed_disk",
    /// Transfer of a subscription (L-66).
    SubscriptionTransfer = "subscription_transfer",
    /// API Management.
    ApiManagement = "api_management",
    /// App Service.
    AppService = "app_service",
    /// AI Search.
    AiSearch = "ai_search",
    /// Chaos Studio.
    ChaosStudio = "chaos_studio",
    /// Cognitive Services.
    CognitiveServices = "cognitive_services",
    /// Container Registry.
    ContainerRegistry = "container_registry",
    /// Data Box.
    DataBox = "data_box",
    /// Data Factory.
    DataFactory = "data_factory",
    /// Data Manager for Energy.
    DataManagerForEnergy = "data_manager_for_energy",
    /// Database for MySQL.
    MySql = "my_sql",
    /// Database for MySQL, flexible server.
    MySqlFlexible = "my_sql_flexible",
    /// Database for PostgreSQL.
    PostgreSql = "postgre_sql",
    /// Edge Zone platform storage.
    EdgeZoneStorage = "edge_zone_storage",
    /// Energy.
    Energy = "energy",
    /// Functions.
    Functions = "functions",
    /// HDInsight.
    HdInsight = "hd_insight",
    /// Health Bot.
    HealthBot = "health_bot",
    /// Intelligent Recommendations.
    IntelligentRecommendations = "intelligent_recommendations",
    /// Kubernetes Service.
    Kubernetes = "kubernetes",
    /// Load Testing.
    LoadTesting = "load_testing",
    /// Logic Apps.
    LogicApps = "logic_apps",
    /// Monitor.
    Monitor = "monitor",
    /// Red Hat OpenShift.
    OpenShift = "open_shift",
    /// Spring Apps.
    SpringApps = "spring_apps",
    /// SQL Managed Instance.
    SqlManagedInstance = "sql_managed_instance",
    /// Synapse Analytics.
    Synapse = "synapse",
    /// Commerce AI.
    CommerceAi = "commerce_ai",
    /// DevCenter and DevBox.
    DevCenter = "dev_center",
    /// Elastic SAN.
    ElasticSan = "elastic_san",
    /// Kusto dashboards.
    KustoDashboards = "kusto_dashboards",
    /// Microsoft Azure Attestation.
    Attestation = "attestation",
    /// OpenAI.
    OpenAi = "open_ai",
    /// Spring Cloud.
    SpringCloud = "spring_cloud",
    /// Unified Vision Service.
    UnifiedVision = "unified_vision",
    /// Exchange.
    Exchange = "exchange",
    /// SharePoint.
    SharePoint = "share_point",
    /// OneDrive.
    OneDrive = "one_drive",
    /// Teams.
    Teams = "teams",
    /// An environment of the Power Platform or Dynamics 365.
    PowerPlatform = "power_platform",
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
