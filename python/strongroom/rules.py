"""The rules that decide, as the core states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

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


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the requirements: enforced by rules, or information that stands somewhere."""

    id: str
    kind: str
    subject: str
    rules: tuple[Rule, ...]
    information: str | None
    """Where it stands, where no rule enforces it."""


ROWS: Mapping[str, Row] = MappingProxyType(
    {
        id: Row(id, kind, subject, tuple(rule for rule in RULES if id in rule.rows), information)
        for id, kind, subject, information in _native.rows()
    }
)
"""Every row of both sources and every decision, by its id."""

_BY_NAME = {rule.name: rule for rule in RULES}


def rule(name: str) -> Rule:
    """The rule of that name; `KeyError` where there is none."""
    return _BY_NAME[name]
