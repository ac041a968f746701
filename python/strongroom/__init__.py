"""Strongroom: who may touch a leased hardware security module, decided, enforced and proved.

>>> from strongroom import Replay
>>> replay = Replay.from_file("lease.jsonl")
>>> [step.rule.name for step in replay.steps if not step.ok]
"""

from __future__ import annotations

from ._native import __version__
from .console import Transcript
from .exceptions import ScenarioError, StrongroomError, TranscriptError, VerificationError
from .replay import Effect, EngineState, Pending, Replay, Request, Step, VerifiedLog
from .rules import RULES, Rule
from .words import EffectKind, Health, LogName, Origin, Party, Role, RuleKind, State, Status

__all__ = [
    "RULES",
    "Effect",
    "EffectKind",
    "EngineState",
    "Health",
    "LogName",
    "Origin",
    "Party",
    "Pending",
    "Replay",
    "Request",
    "Role",
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
