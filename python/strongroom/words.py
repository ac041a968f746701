"""The words that replies and logs use, spelled as the core spells them in every language."""

from __future__ import annotations

from enum import StrEnum

from . import _native


class State(StrEnum):
    """Where the leased device stands."""

    IN_TRANSIT = "IN_TRANSIT"
    RECEIVED = "RECEIVED"
    POOL_CONFIG = "POOL_CONFIG"
    POOL_FREE = "POOL_FREE"
    ALLOCATING = "ALLOCATING"
    TENANT_UNCLAIMED = "TENANT_UNCLAIMED"
    OWNED_UNINIT = "OWNED_UNINIT"
    OPERATIONAL = "OPERATIONAL"
    TAMPER_LATCHED = "TAMPER_LATCHED"
    ZEROIZING = "ZEROIZING"
    ZEROIZED_UNVERIFIED = "ZEROIZED_UNVERIFIED"
    ZEROIZED = "ZEROIZED"
    DEPROVISIONING = "DEPROVISIONING"
    MAINTENANCE = "MAINTENANCE"
    FAILED = "FAILED"
    QUARANTINED = "QUARANTINED"
    PARTS_REMOVED = "PARTS_REMOVED"
    PARTS_DESTROYED = "PARTS_DESTROYED"
    CHASSIS_RETURNED = "CHASSIS_RETURNED"
    INVALID = "INVALID"


class Health(StrEnum):
    """How the device is doing."""

    UNKNOWN = "Unknown"
    IN_SERVICE = "InService"
    TROUBLE = "Trouble"
    OUT_OF_SERVICE = "OutOfService"
    OFF_LINE = "OffLine"
    SILENT = "Silent"


class Status(StrEnum):
    """How far a request has come."""

    TICKETED = "Ticketed"
    TRIAGED = "Triaged"
    JIT_SUBMITTED = "JitSubmitted"
    INTERNAL_APPROVAL = "InternalApproval"
    JIT_PASSED = "JitPassed"
    JIT_REJECTED = "JitRejected"
    CUSTOMER_NOTIFIED = "CustomerNotified"
    APPROVED = "Approved"
    DENIED = "Denied"
    EXPIRED = "Expired"
    CANCELLED = "Cancelled"
    ENDING = "Ending"
    ENDED = "Ended"
    REVOKING = "Revoking"
    REVOKED = "Revoked"


class Party(StrEnum):
    """The four sides of a lease."""

    CUSTOMER = "customer"
    PROVIDER = "provider"
    VENDOR = "vendor"
    DEVICE = "device"


class Role(StrEnum):
    """What a principal is acting as."""

    USER = "User"
    ADMIN = "Admin"
    APPROVER = "Approver"
    AUDITOR = "Auditor"
    PARTITION_OFFICER = "PartitionOfficer"
    CRYPTO_OFFICER = "CryptoOfficer"
    CRYPTO_USER = "CryptoUser"
    ENGINEER = "Engineer"
    INTERNAL_APPROVER = "InternalApprover"
    JIT_SERVICE = "JitService"
    POOL = "Pool"
    NET = "Net"
    HANDS = "Hands"
    MONITOR = "Monitor"
    SUPPORT = "Support"
    CORE = "Core"
    SENSOR = "Sensor"
    CLOCK = "Clock"
    ENFORCER = "Enforcer"

    @property
    def party(self) -> Party:
        """The side of the lease that the role belongs to."""
        return _PARTIES[self]


class RuleKind(StrEnum):
    """What a rule does when it decides."""

    GRANTS = "grants"
    REFUSES = "refuses"
    LOGIC = "logic"


class Issue(StrEnum):
    """What a question or a problem is about."""

    UNCLASSIFIED = "unclassified"
    HARDWARE = "hardware"
    COMPONENT_FAILURE = "component_failure"
    DEVICE_FAILURE = "device_failure"
    POWER_AND_COOLING = "power_and_cooling"
    OPERATIONAL_STATE = "operational_state"
    NETWORK_PATH = "network_path"
    NETWORK_ACCESS = "network_access"
    RESOURCE_CREATION = "resource_creation"
    PROVISIONING = "provisioning"
    DEPROVISIONING = "deprovisioning"
    HEALTH_TELEMETRY = "health_telemetry"
    CONFIGURATION = "configuration"
    CUSTOM_CONFIGURATION = "custom_configuration"
    ADMINISTRATION = "administration"
    MANAGEMENT = "management"
    SOFTWARE = "software"
    FIRMWARE = "firmware"
    SOFTWARE_COMPONENTS = "software_components"
    HSM_USE = "hsm_use"
    DOCUMENTATION = "documentation"
    APPLICATION_DEVELOPMENT = "application_development"
    CONSULTING = "consulting"
    HIGH_AVAILABILITY = "high_availability"
    ZEROIZATION = "zeroization"
    MEDIA_DESTRUCTION = "media_destruction"


class Contact(StrEnum):
    """Whom to call."""

    PROVIDER_SUPPORT = "provider_support"
    VENDOR_PORTAL = "vendor_portal"
    VENDOR_ACCOUNT_REPRESENTATIVE = "vendor_account_representative"
    OWN_TEAM = "own_team"
    """Nobody else: it is the customer's own to do."""


class Reach(StrEnum):
    """What a party may do on the device itself while a customer has it."""

    ADVISES = "advises"
    """Nothing: it advises, supplies or directs."""
    MONITORS = "monitors"
    """Read the serial port."""
    SERVICES = "services"
    """Work on hardware, power, network and allocation, without any administrative access."""
    ADMINISTERS = "administers"
    """Administer it."""


class EffectKind(StrEnum):
    """What the core asks the host to do."""

    NOTIFY_APPROVERS = "notify_approvers"
    OPEN_ACCESS = "open_access"
    CLOSE_ACCESS = "close_access"
    NOTIFY_CUSTOMER = "notify_customer"
    ERASE = "erase"
    ERASE_TENANT_AREA = "erase_tenant_area"
    HALT = "halt"
    RESET = "reset"


class LogName(StrEnum):
    """The two logs: the tenant's is erased when the lease ends, the lifecycle's survives."""

    TENANT = "tenant"
    LIFECYCLE = "lifecycle"


class Origin(StrEnum):
    """Where a step comes from."""

    LINE = "line"
    """A line of the scenario."""
    TICK = "tick"
    """A deadline that passed."""
    DRAIN = "drain"
    """The host drained a log."""
    CONFIRM = "confirm"
    """The host confirmed that an effect was carried out."""
    READING = "reading"
    """What the device's console showed."""


class Deployment(StrEnum):
    """Where the core runs."""

    FIRMWARE = "firmware"
    BOARD = "board"


class Component(StrEnum):
    """Parts of the device that somebody may want to take out (H-72)."""

    POWER_SUPPLY = "power_supply"
    """A power supply: outside the security boundary, swapped in operation."""
    FAN_FILTER = "fan_filter"
    """The fans' filter mesh."""
    FAN = "fan"
    """A fan unit."""
    BATTERY = "battery"
    """The battery."""
    COVER = "cover"
    """The chassis' cover."""
    CARD = "card"
    """The cryptographic card."""


class Plan(StrEnum):
    """The customer's support plan, lowest first (L-01)."""

    NONE = "none"
    BASIC = "basic"
    DEVELOPER = "developer"
    STANDARD = "standard"
    PROFESSIONAL_DIRECT = "professional_direct"


class Registration(StrEnum):
    """How far the customer's registration for the service has come (H-57)."""

    NONE = "none"
    PENDING = "pending"
    APPROVED = "approved"


class Scope(StrEnum):
    """How much an elevated permission reaches, least first (L-17)."""

    RESOURCE = "resource"
    """One resource."""
    RESOURCE_GROUP = "resource_group"
    """A resource group."""
    SUBSCRIPTION = "subscription"
    """A whole subscription."""
    MANAGEMENT_GROUP = "management_group"
    """A management group: several subscriptions at once. No policy lets it pass."""


class Permission(StrEnum):
    """What an elevated permission allows, least first (L-20)."""

    READ = "read"
    """Look."""
    WRITE = "write"
    """Change."""
    ADMINISTER = "administer"
    """Change who may change."""
    KEY_MATERIAL = "key_material"
    """Touch key material. No policy lets it pass (`lifecycle.md` a.4)."""


class Subject(StrEnum):
    """What a lockbox request is about: the leased device, or a service of the catalogue (L-51 to L-66)."""

    DEVICE = "device"
    WEB_ROLE = "web_role"
    WORKER_ROLE = "worker_role"
    VM_WINDOWS = "vm_windows"
    VM_LINUX = "vm_linux"
    SCALE_SET_WINDOWS = "scale_set_windows"
    SCALE_SET_LINUX = "scale_set_linux"
    VM_CLASSIC = "vm_classic"
    STORAGE = "storage"
    SQL_DATABASE = "sql_database"
    DATA_EXPLORER = "data_explorer"
    VM_MEMORY_DUMP = "vm_memory_dump"
    VM_MANAGED_DISK = "vm_managed_disk"
    SUBSCRIPTION_TRANSFER = "subscription_transfer"
    API_MANAGEMENT = "api_management"
    APP_SERVICE = "app_service"
    AI_SEARCH = "ai_search"
    CHAOS_STUDIO = "chaos_studio"
    COGNITIVE_SERVICES = "cognitive_services"
    CONTAINER_REGISTRY = "container_registry"
    DATA_BOX = "data_box"
    DATA_FACTORY = "data_factory"
    DATA_MANAGER_FOR_ENERGY = "data_manager_for_energy"
    MY_SQL = "my_sql"
    MY_SQL_FLEXIBLE = "my_sql_flexible"
    POSTGRE_SQL = "postgre_sql"
    EDGE_ZONE_STORAGE = "edge_zone_storage"
    ENERGY = "energy"
    FUNCTIONS = "functions"
    HD_INSIGHT = "hd_insight"
    HEALTH_BOT = "health_bot"
    INTELLIGENT_RECOMMENDATIONS = "intelligent_recommendations"
    KUBERNETES = "kubernetes"
    LOAD_TESTING = "load_testing"
    LOGIC_APPS = "logic_apps"
    MONITOR = "monitor"
    OPEN_SHIFT = "open_shift"
    SPRING_APPS = "spring_apps"
    SQL_MANAGED_INSTANCE = "sql_managed_instance"
    SYNAPSE = "synapse"
    COMMERCE_AI = "commerce_ai"
    DEV_CENTER = "dev_center"
    ELASTIC_SAN = "elastic_san"
    KUSTO_DASHBOARDS = "kusto_dashboards"
    ATTESTATION = "attestation"
    OPEN_AI = "open_ai"
    SPRING_CLOUD = "spring_cloud"
    UNIFIED_VISION = "unified_vision"
    EXCHANGE = "exchange"
    SHARE_POINT = "share_point"
    ONE_DRIVE = "one_drive"
    TEAMS = "teams"
    POWER_PLATFORM = "power_platform"


class Exclusion(StrEnum):
    """Access to customer data that the lockbox does not ask the customer about (L-68 to L-70)."""

    BREAK_GLASS = "break_glass"
    """Outside standard procedures, to recover or restore a service (L-68)."""
    INADVERTENT_EXPOSURE = "inadvertent_exposure"
    """Customer data was met by chance while troubleshooting the platform, as in a packet capture (L-69, L-70)."""
    LEGAL_DEMAND = "legal_demand"
    """A legal demand."""


class Tamper(StrEnum):
    """What tripped a tamper input."""

    FAN = "fan"
    """A fan unit was removed or the fan bay opened (H-71)."""
    CHASSIS = "chassis"
    """The chassis was opened."""
    CARD = "card"
    """The cryptographic card was removed."""
    TEMPERATURE = "temperature"
    """Severe over or under temperature."""
    VOLTAGE = "voltage"
    """Severe over or under voltage."""
    UNDECODABLE = "undecodable"
    """A sensor line carried neither of its two legal words."""
    UNSPECIFIED = "unspecified"
    """The device reports a tamper and does not say which."""
    BATTERY = "battery"
    """The battery was removed or is empty: always destroys."""
    DECOMMISSION = "decommission"
    """The decommission button was pressed: always destroys."""


class ConsoleArguments(StrEnum):
    """Of what kind the arguments of a line of the console are."""

    NONE = "none"
    """There are none."""
    PLAIN = "plain"
    """Letters, digits, blanks and `+ , - . / : = @ _`, without `..`."""
    NOT_PLAIN = "not_plain"
    """Anything else. Such a line never passes."""


class ConsoleMode(StrEnum):
    """How far the guard lets the technician's side through, least first."""

    SHUT = "shut"
    """Nothing passes, either way."""
    MONITOR = "monitor"
    """The monitoring role (H-05)."""
    GRANT = "grant"
    """An approved request (L-39)."""
    FULL = "full"
    """No tenant is bound, and two persons of the provider are there."""


class ConsoleSession(StrEnum):
    """What the device is doing at its console, as far as it can be told."""

    UNKNOWN = "unknown"
    """No prompt was seen since something happened that nobody asked for."""
    LOGIN = "login"
    """It waits for an account's name: nobody is logged in."""
    PASSWORD = "password"
    """It waits for a password."""
    SHELL = "shell"
    """It waits for a command."""
    CONFIRM = "confirm"
    """It waits for `proceed` or `quit`."""
    RUNNING = "running"
    """It works on what was sent to it."""


class ConsoleAnswer(StrEnum):
    """An answer to a confirmation prompt of the device's."""

    PROCEED = "proceed"
    QUIT = "quit"
    YES = "yes"
    NO = "no"


class DeviceRole(StrEnum):
    """The device's own stock roles, least first. A higher one may run all that a lower one may."""

    MONITOR = "monitor"
    OPERATOR = "operator"
    ADMIN = "admin"


class Level(StrEnum):
    """How a part of the device is doing; a later level is worse."""

    UNREAD = "unread"
    """Nothing was said about it."""
    GOOD = "good"
    """Within its limits."""
    WARNING = "warning"
    """Outside its warning limits."""
    CRITICAL = "critical"
    """Outside its critical limits, absent, or not readable although it should be."""


class Service(StrEnum):
    """The appliance's own word for its service (`status sysstat show`)."""

    IN_SERVICE = "ISO"
    IN_SERVICE_WITH_TROUBLE = "IST"
    OFF_LINE = "OFL"
    """No Ethernet: a network matter."""
    OUT_OF_SERVICE = "OOS"


class Outcome(StrEnum):
    """What the just-in-time evaluation says (L-16 to L-22)."""

    REJECT_IDENTITY = "reject_identity"
    """Neither isolated identity nor multi-factor authentication."""
    REJECT_SCOPE = "reject_scope"
    """The scope is wider than the rule lets pass."""
    REJECT_PERMISSION = "reject_permission"
    """The permission is higher than the rule lets pass."""
    ASK_INTERNAL = "ask_internal"
    """Passes once an internal approver agrees."""
    PASS = "pass"
    """Passes."""


_PARTIES = {Role(role): Party(party) for role, party in _native.parties().items()}
