"""The rules that decide, as the core states them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

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


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of its number."""
    return tuple(Rule(code, name, text, RuleKind(kind), tuple(rows)) for code, name, text, kind, rows in _native.rules())


@cache
def _by_name() -> dict[str, Rule]:
    return {rule.name: rule for rule in rules()}


def rule(name: str) -> Rule:
    """The rule of that name; `KeyError` where there is none."""
    return _by_name()[name]
