"""The charts: every way a lease or a lockbox request may move, from the core's own tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from . import _native
from .rules import Rule, rule
from .words import Role, State, Status

Place = TypeVar("Place", State, Status)
"""Where something may stand: a lease in a state, a request in a status."""


@dataclass(frozen=True, slots=True)
class Transition(Generic[Place]):
    """One row: from these places, this event, by these roles, under these guards, leads there. What no row says is refused."""

    rule: Rule | None
    """The rule that says what happened; `None` where it follows from another step and has no record of its own."""
    sources: tuple[Place, ...]
    """The places that it leads from; none where it begins a request."""
    event: str
    """What happens, such as `zeroize` or `tamper[destroying]`."""
    roles: tuple[Role, ...]
    """Who may cause it."""
    guards: tuple[Rule, ...]
    """What must hold; each is the rule that refuses where it does not."""
    target: Place | None
    """Where it leads; `None` where nothing moves."""
    cause: str | None
    """Why a destruction begins here, where one does."""
    effects: tuple[str, ...]
    """What it does besides, such as `erase` or `notify`."""


def _read(text: str, place: Callable[[str], Place]) -> tuple[Transition[Place], ...]:
    return tuple(_transition(told, place) for told in json.loads(text))


def _transition(told: dict[str, Any], place: Callable[[str], Place]) -> Transition[Place]:
    return Transition(
        rule=None if told["rule"] is None else rule(told["rule"]),
        sources=tuple(map(place, told["from"])),
        event=told["event"],
        roles=tuple(map(Role, told["by"])),
        guards=tuple(map(rule, told["guards"])),
        target=None if told["to"] is None else place(told["to"]),
        cause=told["cause"],
        effects=tuple(told["effects"]),
    )


CHART: tuple[Transition[State], ...] = _read(_native.chart(), State)
"""The lease's chart, in the order of the core's table."""

LOCKBOX_CHART: tuple[Transition[Status], ...] = _read(_native.lockbox_chart(), Status)
"""The lockbox's: the rows of its table, then what they leave open: outcomes, deadlines, the end of the lease."""
