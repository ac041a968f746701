"""Strongroom: who may touch a leased hardware security module, decided, enforced and proved.

>>> from strongroom import Replay
>>> replay = Replay.from_file("lease.jsonl")
>>> [step.rule.name for step in replay.steps if not step.ok]
"""

from __future__ import annotations

from ._native import __version__
from .console import Transcript
from .exceptions import FilterError, LogError, ScenarioError, StrongroomError, TranscriptError, VerificationError
from .policies import POLICIES, Policy
from .replay import Consulted, Difference, Effect, EngineState, Pending, Replay, Request, Step, VerifiedLog
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
    "Consulted",
    "Contact",
    "Difference",
    "Effect",
    "EffectKind",
    "EngineState",
    "FilterError",
    "Health",
    "Issue",
    "LogError",
    "LogName",
    "Origin",
    "Party",
    "Pending",
    "Policy",
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
    "StrongroomError",
    "Transcript",
    "TranscriptError",
    "VerificationError",
    "VerifiedLog",
    "__version__",
]
