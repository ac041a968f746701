"""The rules that decide, as the core states them."""

from __future__ import annotations

from dataclasses import dataclass

from . import _native
from .words import RuleKind


@dataclass(frozen=True, slots=True)
class Rule:
    """The named reason behind a verdict."""

    code: int
    """Its stable number, the same in every language and in every log."""
    name: str
    text: str
    """What it says, as a sentence without its final stop."""
    kind: RuleKind
    rows: tuple[str, ...]
    """The rows of the requirements that it enforces."""


RULES: tuple[Rule, ...] = tuple(
    Rule(code, name, text, RuleKind(kind), tuple(rows)) for code, name, text, kind, rows in _native.rules()
)
"""Every rule, in the order of its number."""

_BY_NAME = {rule.name: rule for rule in RULES}


def rule(name: str) -> Rule:
    """The rule of that name; `KeyError` where there is none."""
    return _BY_NAME[name]
