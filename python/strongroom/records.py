"""Records of the logs, decoded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from . import _native
from .rules import Rule, rule
from .words import LogName, Party, Role


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a log, decoded. `bytes(record)` is the record as it is in the log.

    Nothing is said of whether it is genuine: a proof of inclusion, or the verification of the log, says that.
    """

    log: LogName
    sequence: int
    at: datetime | None
    """`None` beyond the year 9999."""
    what: str | None
    """The verb, or what is counted; `None` where a newer release may know it."""
    party: Party
    role: Role
    organisation: UUID | None
    person: UUID | None
    second: UUID | None
    """The second person, where two acted."""
    rule: Rule
    """The rule that decided."""
    refused: bool
    before: str | None
    """Where it stood before: the lease's state, a request's status, or what else the step moved; `None` where it moved none."""
    after: str | None
    """Where it stands now."""
    request: int | None
    epoch: int
    """Of the lease."""
    boot: int
    data: bytes
    """The record as it is in the log, 118 bytes."""

    def __bytes__(self) -> bytes:
        return self.data


def read(records: bytes) -> Iterator[Record]:
    """The records that stand one after another, as `LogDirectory.records` gives them.

    Raises `LogError` where some bytes are no record of this release.
    """
    return map(decoded, json.loads(_native.read_records(records)))


def decoded(told: dict[str, Any]) -> Record:
    """For the package's own use: a record as the native module tells it."""
    converted: dict[str, Any] = {
        **told,
        "log": LogName(told["log"]),
        "at": _time(told["at"]),
        "party": Party(told["party"]),
        "role": Role(told["role"]),
        "organisation": _somebody(told["organisation"]),
        "person": _somebody(told["person"]),
        "second": _somebody(told["second"]),
        "rule": rule(told["rule"]),
        "data": bytes.fromhex(told["data"]),
    }
    return Record(**converted)


def _somebody(text: str) -> UUID | None:
    uuid = UUID(text)
    return uuid if uuid.int else None


def _time(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
