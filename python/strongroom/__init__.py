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

from ._native import __version__
from .console import Transcript
from .evidence import Certificate
from .exceptions import (
    CertificateError,
    CommandError,
    FilterError,
    KeyFormatError,
    LogError,
    ProofError,
    RefusedError,
    StorageError,
    ScenarioError,
    StrongroomError,
    TranscriptError,
    VerificationError,
)
from .commands import Commands
from .jit import JitRequest, JitRule, jit_request, jit_rule
from .logs import ConsistencyProof, InclusionProof, LogDirectory, LogFinding, LogReport
from .policies import POLICIES, Policy
from .records import Record
from .replay import Consulted, Difference, Effect, EngineState, Pending, Replay, Request, SignedLog, Step, VerifiedLog
from .room import Explain, Explanation, Strongroom
from .rules import ROWS, RULES, Row, Rule
from .moments import NOW, Now
from .support import ROUTES, Route
from .values import NOBODY, Device, Found, LogState, Principal, Reading, Reply, Statement, Terms
from .words import (
    Component,
    ConsoleArguments,
    Contact,
    Deployment,
    EffectKind,
    Exclusion,
    Health,
    Issue,
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
    State,
    Status,
    Subject,
    Tamper,
)

__all__ = [
    "NOBODY",
    "NOW",
    "POLICIES",
    "ROUTES",
    "ROWS",
    "RULES",
    "Certificate",
    "CertificateError",
    "CommandError",
    "Commands",
    "Component",
    "ConsistencyProof",
    "ConsoleArguments",
    "Consulted",
    "Contact",
    "Deployment",
    "Device",
    "Difference",
    "Effect",
    "EffectKind",
    "EngineState",
    "Exclusion",
    "Explain",
    "Explanation",
    "FilterError",
    "Found",
    "Health",
    "InclusionProof",
    "Issue",
    "JitRequest",
    "JitRule",
    "KeyFormatError",
    "LogDirectory",
    "LogError",
    "LogFinding",
    "LogName",
    "LogReport",
    "LogState",
    "Now",
    "Origin",
    "Outcome",
    "Party",
    "Pending",
    "Permission",
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
    "Request",
    "Role",
    "Route",
    "Row",
    "Rule",
    "RuleKind",
    "ScenarioError",
    "Scope",
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
    "VerificationError",
    "VerifiedLog",
    "__version__",
    "jit_request",
    "jit_rule",
]
