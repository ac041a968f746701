"""The words that replies and logs use, spelled as the core spells them in every language."""

from __future__ import annotations

from enum import StrEnum


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
