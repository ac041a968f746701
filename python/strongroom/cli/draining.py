"""Draining: records go into the log folder that the directory names, and those who may acknowledge them do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..directory import Directory, Logs, Person
from ..exceptions import KeyFormatError, LogError, PermissionsError, StorageError
from ..permissions import require_secret, require_unforgeable
from ..replay import SignedLog
from ..room import Strongroom
from ..words import LogName, Role

LITTLE_ROOM = 2
"""Records that a log still takes, at which it is acknowledged by itself: each step leaves one, an acknowledgement another."""

READERS: Mapping[LogName, Role] = {LogName.TENANT: Role.AUDITOR, LogName.LIFECYCLE: Role.POOL}
"""Who acknowledges which log (D-22), the tenant's first: its acknowledgement is recorded in the other one."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What is in the log folder, under signed heads."""

    signed: tuple[SignedLog, ...]
    sizes: Mapping[LogName, int]
    """How many records of each log: up to there it may be acknowledged."""


def copy(room: Strongroom, logs: Logs) -> Copied:
    """Copies the records into the folder, under signed heads."""
    require_secret(logs.key, "the key")
    require_unforgeable(logs.folder, "the log folder")
    sizes = {log: room.log(log).size for log in LogName}
    return Copied(room.drain(logs.folder, logs.key.read_bytes().decode(errors="replace")), sizes)


def acknowledge(room: Strongroom, log: LogName, by: Person, copied: Copied) -> bool:
    """Acknowledges what `log` holds, as far as it is copied; says whether it did."""
    if room.log(log).first >= copied.sizes[log]:
        return False
    return bool(room.acknowledge(by=by.acting_as(READERS[log]), log=log, next=copied.sizes[log]))


def by_itself(room: Strongroom, directory: Directory, little: int = LITTLE_ROOM) -> str | None:
    """What follows whatever was asked, where the directory names a log folder: what the logs hold is copied, and a log with
    `little` room or less is acknowledged. It has happened already; so what fails here is only said: what is wrong."""
    logs = directory.logs
    if logs is None:
        return None
    try:
        if all(room.log(log).first == room.log(log).size for log in LogName):
            return None
        copied = copy(room, logs)
        for log, by in ((LogName.TENANT, logs.auditor), (LogName.LIFECYCLE, logs.pool)):
            if by is not None and room.log(log).room <= little and acknowledge(room, log, by, copied):
                copied = copy(room, logs)
    except OSError as error:
        return f"{error.filename or logs.folder}: {(error.strerror or str(error)).lower()}"
    except (LogError, KeyFormatError, PermissionsError, StorageError) as error:
        return str(error)
    return None
