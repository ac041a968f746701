"""Readings of the console with their times, and what the core makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from .. import _native
from ..exceptions import CommandError, ReportError
from ..plain import Json
from ..policies import Policy
from ..words import Health

PARTS = ("fans", "power_supplies", "voltages", "temperatures", "batteries")
"""The kinds of parts that a reading tells of."""

_BESIDE = ("at", "file", "outcome", "unanswered")
"""What a line has beside the reading."""


@dataclass(frozen=True, slots=True)
class Poll:
    """One poll, and where it leaves the device's health under a policy."""

    at: datetime
    reading: Mapping[str, Any] | None = field(hash=False)
    """`None` where there was no answer."""
    health: Health
    bad: int
    """Bad polls within the policy's window, this one included."""
    unanswered: int
    """Polls in a row without an answer."""
    alert: bool


def read_polls(texts: Iterable[tuple[str, str]], policy: Policy) -> tuple[Poll, ...]:
    """Reads lines as `strongroom console read` prints them, each with an `at`; `texts` are files' names and contents.

    A line with `"unanswered": true` is a poll without an answer. Raises `ReportError`, which names the line, for one that is
    no reading.
    """
    lines = [line for name, text in texts for line in _lines(name, text)]
    lines.sort(key=lambda line: line[1])
    for place, at, reading in lines:
        # Each alone first, so that an error can say where.
        _course(policy, [(at, reading)], place)
    course = _course(policy, [(at, reading) for _, at, reading in lines], "readings")
    return tuple(
        Poll(
            at,
            None if reading is None else MappingProxyType(reading),
            Health(came["health"]),
            came["bad"],
            came["unanswered"],
            came["alert"],
        )
        for (_, at, reading), came in zip(lines, course, strict=True)
    )


def _lines(name: str, text: str) -> Iterable[tuple[str, datetime, dict[str, Any] | None]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        place = f"{name}:{number}"
        try:
            told: Json = json.loads(line)
        except (ValueError, RecursionError):
            raise ReportError(f"{place}: this is not JSON") from None
        if not isinstance(told, Mapping):
            raise ReportError(f"{place}: an object is needed, as `strongroom console read` prints it")
        reading: dict[str, Any] = {key: value for key, value in told.items() if key not in _BESIDE}
        yield place, _time(place, told.get("at")), None if told.get("unanswered") is True else reading


def _time(place: str, at: object) -> datetime:
    try:
        moment = datetime.fromisoformat(at if isinstance(at, str) else "").astimezone(UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or not isinstance(at, str) or datetime.fromisoformat(at).tzinfo is None or moment.timestamp() < 0:
        raise ReportError(f'{place}: "at" has to be a time in RFC 3339, such as 2026-01-05T09:00:00Z')
    return moment


def _course(policy: Policy, polls: list[tuple[datetime, dict[str, Any] | None]], place: str) -> list[dict[str, Any]]:
    told = json.dumps([{"at": int(at.timestamp()), "reading": reading} for at, reading in polls])
    try:
        course: list[dict[str, Any]] = json.loads(_native.health_course(policy.name, told))
    except CommandError as error:
        raise ReportError(f"{place}: not a reading: {str(error).partition(' at line')[0]}") from None
    return course
