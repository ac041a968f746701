"""Strongroom: who may touch a leased hardware security module, decided, enforced and proved.

>>> from uuid import UUID
>>> from strongroom import Device, Principal, Role, Strongroom
>>> provider, vendor, hana = UUID(int=0xB0), UUID(int=0xD0), UUID(int=1)
>>> with Strongroom.open("hsm-a.journal", Device("700022", provider, vendor)) as room:
...     reply = room.arrive(by=Principal(Role.HANDS, provider, hana), serial="700022")
>>> reply.state, reply.rule.name
(<State.RECEIVED: 'RECEIVED'>, 'T01')
"""

from __future__ import annotations

from .chart import CHART, LOCKBOX_CHART, Transition
from .console import Transcript, TranscriptOutcome
from .evidence import Certificate
from .exceptions import (
    CaseError,
    CertificateError,
    CommandError,
    DirectoryError,
    FilterError,
    JournalHeldError,
    KeyFormatError,
    LogError,
    PermissionsError,
    ProofError,
    RefusedError,
    ReportError,
    StorageError,
    ScenarioError,
    StrongroomError,
    TranscriptError,
    VerificationError,
)
from .cases import CaseFile
from .commands import Commands
from .directory import Directory, Person
from .guard import Guard, GuardState
from .jit import JitRequest, JitRule, jit_request, jit_rule
from .logs import ConsistencyProof, InclusionProof, LogDirectory, LogFinding, LogReport
from .policies import POLICIES, Policy
from .reading import Parts, Reading
from .records import Record
from .replay import (
    Account,
    Consulted,
    Difference,
    Effect,
    EngineState,
    ExcludedAccess,
    Pending,
    Replay,
    Request,
    SignedLog,
    Step,
    VerifiedLog,
)
from .room import Explain, Explanation, Strongroom
from .rules import ROWS, RULES, Row, Rule
from .moments import NOW, Now
from .support import ROUTES, Route
from .values import NOBODY, Device, Found, LogState, Principal, Reply, Statement, Terms
from .words import (
    Component,
    ConsoleAnswer,
    ConsoleArguments,
    ConsoleMode,
    ConsoleSession,
    Contact,
    Deployment,
    DeviceRole,
    EffectKind,
    Exclusion,
    Health,
    Issue,
    Level,
    LogName,
    Origin,
    Outcome,
    Party,
    Permission,
    Plan,
    Reach,
    Registration,
    Role,
    RuleKind,
    Scope,
    Service,
    State,
    Status,
    Subject,
    Tamper,
)
from .version import __version__

__all__ = [
    "CHART",
    "LOCKBOX_CHART",
    "NOBODY",
    "NOW",
    "POLICIES",
    "ROUTES",
    "ROWS",
    "RULES",
    "Account",
    "CaseError",
    "CaseFile",
    "Certificate",
    "CertificateError",
    "CommandError",
    "Commands",
    "Component",
    "ConsistencyProof",
    "ConsoleAnswer",
    "ConsoleArguments",
    "ConsoleMode",
    "ConsoleSession",
    "Consulted",
    "Contact",
    "Deployment",
    "Device",
    "DeviceRole",
    "Difference",
    "Directory",
    "DirectoryError",
    "Effect",
    "EffectKind",
    "EngineState",
    "ExcludedAccess",
    "Exclusion",
    "Explain",
    "Explanation",
    "FilterError",
    "Found",
    "Guard",
    "GuardState",
    "Health",
    "InclusionProof",
    "Issue",
    "JitRequest",
    "JitRule",
    "JournalHeldError",
    "KeyFormatError",
    "Level",
    "LogDirectory",
    "LogError",
    "LogFinding",
    "LogName",
    "LogReport",
    "LogState",
    "Now",
    "Origin",
    "Outcome",
    "Parts",
    "Party",
    "Pending",
    "Permission",
    "PermissionsError",
    "Person",
    "Plan",
    "Policy",
    "Principal",
    "ProofError",
    "Reach",
    "Reading",
    "Record",
    "RefusedError",
    "Registration",
    "Replay",
    "Reply",
    "ReportError",
    "Request",
    "Role",
    "Route",
    "Row",
    "Rule",
    "RuleKind",
    "ScenarioError",
    "Scope",
    "Service",
    "SignedLog",
    "State",
    "Statement",
    "Status",
    "Step",
    "StorageError",
    "Strongroom",
    "StrongroomError",
    "Subject",
    "Tamper",
    "Terms",
    "Transcript",
    "TranscriptError",
    "TranscriptOutcome",
    "Transition",
    "VerificationError",
    "VerifiedLog",
    "__version__",
    "jit_request",
    "jit_rule",
]
