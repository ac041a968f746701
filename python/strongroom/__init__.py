"""Strongroom: who may touch a leased hardware security module, decided, enforced and proved.

>>> from strongroom import Replay
>>> replay = Replay.from_file("lease.jsonl")
>>> [step.rule.name for step in replay.steps if not step.ok]
"""

from __future__ import annotations

from ._native import __version__
from .console import Transcript
from .evidence import Certificate
from .exceptions import (
    CertificateError,
    FilterError,
    KeyFormatError,
    LogError,
    ProofError,
    StorageError,
    ScenarioError,
    StrongroomError,
    TranscriptError,
    VerificationError,
)
from .logs import ConsistencyProof, InclusionProof, LogDirectory, LogFinding, LogReport
from .policies import POLICIES, Policy
from .replay import Consulted, Difference, Effect, EngineState, Pending, Replay, Request, SignedLog, Step, VerifiedLog
from .rules import ROWS, RULES, Row, Rule
from .support import ROUTES, Route
from .words import (
    Contact,
    EffectKind,
    Health,
    Issue,
    LogName,
    Origin,
    Party,
    Reach,
    Role,
    RuleKind,
    State,
    Status,
)

__all__ = [
    "POLICIES",
    "ROUTES",
    "ROWS",
    "RULES",
    "Certificate",
    "CertificateError",
    "ConsistencyProof",
    "Consulted",
    "Contact",
    "Difference",
    "Effect",
    "EffectKind",
    "EngineState",
    "FilterError",
    "Health",
    "InclusionProof",
    "Issue",
    "KeyFormatError",
    "LogDirectory",
    "LogError",
    "LogFinding",
    "LogName",
    "LogReport",
    "Origin",
    "Party",
    "Pending",
    "Policy",
    "ProofError",
    "Reach",
    "Replay",
    "Request",
    "Role",
    "Route",
    "Row",
    "Rule",
    "RuleKind",
    "ScenarioError",
    "State",
    "Status",
    "Step",
    "SignedLog",
    "StorageError",
    "StrongroomError",
    "Transcript",
    "TranscriptError",
    "VerificationError",
    "VerifiedLog",
    "__version__",
]
