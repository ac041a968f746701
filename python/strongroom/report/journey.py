"""The path that a device took through the chart, as its logs tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from ..activity import Event, Region, Verdict
from ..pictures.chart_svg import Marks
from ..words import State

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move:
    """One move from state to state."""

    number: int
    """In the order of moves, from 1."""
    event: Event
    source: State
    target: State
    leaps: bool
    """Whether it begins elsewhere than the last one ended, because steps between found no place in the log."""


def once(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events without those that the other log tells again; of two, the one that names somebody.

    What moves the device stands in both logs. Each has a digest of the command of its own, so that they do not lead to one another.
    """
    kept: list[Event] = []
    single: dict[object, int] = {}
    for event in events:
        if event.region is not Region.STATE:
            kept.append(event)
            continue
        key = (event.time, event.verb, event.rule.code, event.before, event.after, event.boot, event.time_epoch)
        place = single.get(key)
        if place is None or kept[place].log is event.log:
            single[key] = len(kept)
            kept.append(event)
        elif kept[place].actor.person is None:
            kept[place] = event
    return tuple(kept)


def journey(events: Iterable[Event]) -> tuple[Move, ...]:
    """Every move from one state to another, in order."""
    moves: list[Move] = []
    for event in events:
        if event.region is not Region.STATE or event.verdict is Verdict.REFUSED:
            continue
        source, target = known(State, event.before), known(State, event.after)
        if source is not None and target is not None and source is not target:
            leaps = bool(moves) and moves[-1].target is not source
            moves.append(Move(len(moves) + 1, event, source, target, leaps))
    return tuple(moves)


def known(words: type[_Word], name: str | None) -> _Word | None:
    """The word of that name; `None` where a damaged record, or one of a newer release, has another."""
    return next((word for word in words if word.value == name), None)


def marks(moves: Sequence[Move]) -> Marks:
    """What to mark in the chart's picture."""
    taken: dict[tuple[str, str], list[int]] = {}
    for move in moves:
        taken.setdefault((move.source.value, move.target.value), []).append(move.number)
    visited = {state.value for move in moves for state in (move.source, move.target)}
    return Marks(moves[-1].target.value if moves else None, frozenset(visited), taken)
