"""The activity log: every record of a log folder told as an event."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from os import PathLike, fspath
from typing import Any
from uuid import UUID

from . import _native
from .moments import EPOCH, SECOND
from .rules import Rule, rule
from .words import LogName, Party, Role

_BATCH = 1000
"""Events that are asked for at once: one of a hundred thousand is then as cheap as one of ten."""

COLUMNS: tuple[str, ...] = tuple(_native.activity_columns())
"""The columns of the tables, in their order."""


class Format(StrEnum):
    """A format of lines."""

    JSONL = "jsonl"
    """JSON Lines, every column in each."""
    CSV = "csv"
    """Comma-separated values (RFC 4180) with a heading."""
    AZURE = "azure"
    """JSON Lines in the shape that the Azure Activity Log is streamed in; only what that has a name for."""


class Occurrence(StrEnum):
    """What a record stands for."""

    STEP = "step"
    """A command accepted or refused, or a deadline that passed."""
    REPEATED = "repeated"
    """Further refusals like the last one; `count` says how many."""
    UNLOGGED = "unlogged"
    """Steps that found no place in the log; `count` says how many."""


class Verdict(StrEnum):
    """How a step came out."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class Region(StrEnum):
    """What moved."""

    STATE = "state"
    STATUS = "status"
    HEALTH = "health"
    EXECUTION = "execution"
    MEMBERSHIP = "membership"
    LOG = "log"
    """Nothing: it is the log whose records were taken."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted, as far as the log names them."""

    party: Party
    role: Role
    organisation: UUID | None
    person: UUID | None
    second: UUID | None
    """The second person, where two acted."""


@dataclass(frozen=True, slots=True)
class Event:
    """One record, told."""

    id: UUID
    """The same whenever this record is told."""
    time: datetime
    at_last_good_time: bool
    """Whether the clock was not trusted, so that the step ran at the last good time."""
    log: LogName
    sequence: int
    action: str
    """The source's name where it names the action, such as `Approve Lockbox Request`, else the verb's."""
    operation: str | None
    """The Azure Activity Log's name, where it has one."""
    verb: str | None
    occurrence: Occurrence
    verdict: Verdict
    actor: Actor
    request: int | None
    exclusion: int | None
    """The excluded access that it is about."""
    region: Region | None
    before: str | None
    """Where that stood before."""
    after: str | None
    """Where it stands now."""
    detail_of: str | None
    """What the detail is, such as `tamper` or `cause`."""
    detail: str | None
    count: int | None
    """How many, where the event is a count; 65 535 stands for that many or more."""
    rule: Rule
    """The rule that decided."""
    epoch: int
    """Of the lease."""
    boot: int
    time_epoch: int
    """Counts settings of the clock."""
    command: str | None
    """The command's digest."""


class Lines:
    """Events as lines of a format, in batches; iterate once.

    `told` and `left_out` count what was given out so far and what the format has no line for.
    """

    def __init__(self, native: _native.Activity) -> None:
        """For the package's own use."""
        self._native = native

    @property
    def told(self) -> int:
        """Events that have their line."""
        return self._native.told

    @property
    def left_out(self) -> int:
        """Events that were picked and that the format has no line for."""
        return self._native.left_out

    def __iter__(self) -> Iterator[str]:
        while (batch := self._native.batch(_BATCH)) is not None:
            yield batch


def lines(
    folder: str | PathLike[str],
    format: Format,
    *,
    actions: Iterable[str] = (),
    actors: Iterable[str] = (),
    request: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    log: LogName | None = None,
    refused: bool = False,
    subscription: UUID | None = None,
) -> Lines:
    """The events of the logs in `folder` as lines, in the order of what happened.

    Of `actions` (the source's, a verb's or Azure's name) and `actors` (a role, a party or a UUID) any one is enough;
    times are from `since` on and before `until`. Raises `FilterError` for a name that nothing has, and `LogError` for a
    folder that holds no log or one that cannot be read. Whether a log is genuine is for its verification to say.
    """
    native = _native.activity(
        fspath(folder),
        format.value,
        list(actions),
        list(actors),
        request,
        _seconds(since),
        _seconds(until),
        None if log is None else log.value,
        refused,
        None if subscription is None else str(subscription),
    )
    return Lines(native)


def events(
    folder: str | PathLike[str],
    *,
    actions: Iterable[str] = (),
    actors: Iterable[str] = (),
    request: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    log: LogName | None = None,
    refused: bool = False,
) -> Iterator[Event]:
    """The events of the logs in `folder`, in the order of what happened; filters and errors are those of `lines`."""
    told = lines(
        folder,
        Format.JSONL,
        actions=actions,
        actors=actors,
        request=request,
        since=since,
        until=until,
        log=log,
        refused=refused,
    )
    return (_event(json.loads(line)) for batch in told for line in batch.splitlines())


def tell(records: bytes, origin: str = "") -> Iterator[Event]:
    """The events of records of one log that stand one after another, oldest first, as `Strongroom.records` gives them.

    `origin` is the log's name, as its checkpoints have it; an event's `id` depends on it. Raises `LogError` for what is no record.
    """
    return (_event(json.loads(line)) for line in _native.activity_of(records, origin).splitlines())


def _seconds(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone, such as datetime.UTC")
    # What happens within a second happens in it.
    return max(0, -((EPOCH - moment) // SECOND))


def _event(told: dict[str, Any]) -> Event:
    return Event(
        id=UUID(told["event_id"]),
        time=_time(told["time"]),
        at_last_good_time=told["at_last_good_time"],
        log=LogName(told["log"]),
        sequence=told["sequence"],
        action=told["action"],
        operation=told["operation"],
        verb=told["verb"],
        occurrence=Occurrence(told["occurrence"]),
        verdict=Verdict(told["verdict"]),
        actor=Actor(
            party=Party(told["party"]),
            role=Role(told["role"]),
            organisation=_uuid(told["organisation"]),
            person=_uuid(told["person"]),
            second=_uuid(told["second"]),
        ),
        request=told["request"],
        exclusion=told["exclusion"],
        region=None if told["region"] is None else Region(told["region"]),
        before=told["from"],
        after=told["to"],
        detail_of=told["detail_of"],
        detail=told["detail"],
        count=told["count"],
        rule=rule(told["rule"]),
        epoch=told["epoch"],
        boot=told["boot"],
        time_epoch=told["time_epoch"],
        command=told["command"],
    )


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        # Some clock said a year that no calendar here has.
        return datetime.max.replace(tzinfo=UTC)


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
