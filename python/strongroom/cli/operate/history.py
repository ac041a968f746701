"""The life of a request, step by step: from the log folder as far as it was drained, and from the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from ... import activity
from ...activity import Event
from ...cases import Asked, Cases
from ...exceptions import LogError
from ...words import LogName
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Happened:
    """A step, with the command that its record proves where the case file has it."""

    event: Event
    asked: Asked | None


def of_number(at: Desk, number: int, cases: Cases) -> list[Happened]:
    """Every step of the request's life that is on record here, oldest first; or of the excluded access of that number, which
    no request has."""
    seen: dict[tuple[str, int, int], Event] = {}
    for event in _events(at):
        if number in (event.request, event.exclusion):
            seen.setdefault((event.log, event.epoch, event.sequence), event)
    steps = sorted(seen.values(), key=lambda event: (event.epoch, event.sequence))
    return [Happened(event, cases.of_record(event.command)) for event in steps]


def _events(at: Desk) -> Iterator[Event]:
    logs = at.directory.logs
    if logs is not None:
        # Nothing was drained yet, or it cannot be read: strongroom log verify says which.
        with suppress(LogError):
            yield from activity.events(logs.folder)
    for log in LogName:
        yield from activity.tell(b"".join(map(bytes, at.room.records(log))))
