"""What a log folder tells of its device, put together for a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from os import PathLike
from typing import Self
from urllib.parse import unquote

from .. import activity, logs
from ..activity import Event, Occurrence, Region, Verdict
from ..evidence import Certificate, Verification
from ..exceptions import CertificateError, LogError
from ..logs import LogReport, Progress
from ..words import Health, State
from .journey import Move, journey, known, once
from .requests import RequestStory, requests

_WORTH_TELLING = frozenset({"tamper", "tamper_clear", "fault_hard", "record_exclusion", "set_policy", "set_monitoring", "set_time"})
"""Verbs that a reader should not have to look for."""


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that a report tells, and nothing that changes from one day to the next."""

    device: str | None
    """The serial number, as the checkpoints name it."""
    events: tuple[Event, ...]
    """Every record once, in the order of what happened."""
    unread: str | None
    """Why records could not be read any further, where they could not."""
    logs: tuple[LogReport, ...]
    key_given: bool
    """Whether signatures were checked."""
    moves: tuple[Move, ...]
    requests: tuple[RequestStory, ...]
    certificate: Certificate | None
    """Of the last destruction that the log proves."""
    verification: Verification | None
    """What came of verifying the certificate with the key."""

    @classmethod
    def from_folder(cls, folder: str | PathLike[str], *, key: str | None = None, progress: Progress | None = None) -> Self:
        """Verifies and reads the logs in `folder`; `key` is the device's public key. `progress` is told how far it is, as `logs.verify` tells it.

        A damaged log is no error: the report says so. Raises `LogError` where there is no log, and `KeyFormatError`.
        """
        reports = logs.verify(folder, key=key, progress=progress)
        read: list[Event] = []
        unread = None
        try:
            read.extend(activity.events(folder))
        except LogError as error:
            unread = str(error)
        told = once(read)
        certificate, verification = _certificate(folder, key)
        return cls(
            device=next(filter(None, map(_serial, sorted(reports, key=lambda report: not report.is_sound))), None),
            events=told,
            unread=unread,
            logs=reports,
            key_given=key is not None,
            moves=journey(told),
            requests=requests(told),
            certificate=certificate,
            verification=verification,
        )

    @property
    def is_sound(self) -> bool:
        """Whether every log is as it was signed, and was read to its end."""
        return self.unread is None and all(report.is_sound for report in self.logs)

    @property
    def begins(self) -> datetime | None:
        """The time of the first record."""
        return self.events[0].time if self.events else None

    @property
    def ends(self) -> datetime | None:
        """The time of the last record: as of then the report speaks."""
        return self.events[-1].time if self.events else None

    @property
    def state(self) -> State | None:
        """Where the last move led."""
        return self.moves[-1].target if self.moves else None

    @property
    def health(self) -> tuple[Event, ...]:
        """What the logs tell of the device's health: readings that changed something, alerts, silence."""
        return tuple(event for event in self.events if event.region is Region.HEALTH and known(Health, event.after) is not None)

    @property
    def last_health(self) -> Health | None:
        """The last health that the logs tell."""
        told = self.health
        return known(Health, told[-1].after) if told else None

    @property
    def refusals(self) -> tuple[tuple[Event, int], ...]:
        """Every refusal, and how many times it was repeated at once."""
        found: list[tuple[Event, int]] = []
        for event in self.events:
            if event.occurrence is Occurrence.REPEATED:
                found.append((event, event.count or 0))
            elif event.verdict is Verdict.REFUSED and event.occurrence is Occurrence.STEP:
                found.append((event, 1))
        return tuple(found)

    @property
    def unlogged(self) -> int:
        """How many steps found no place in the logs."""
        return sum(event.count or 0 for event in self.events if event.occurrence is Occurrence.UNLOGGED)

    @property
    def notable(self) -> tuple[Event, ...]:
        """What else a reader should know: tampers, faults, access outside the lockbox, other policies, monitoring, the clock."""
        return tuple(self._notable())

    def _notable(self) -> Iterator[Event]:
        for event in self.events:
            if event.verdict is Verdict.ACCEPTED and event.occurrence is Occurrence.STEP and event.verb in _WORTH_TELLING:
                yield event


def _serial(report: LogReport) -> str | None:
    """The serial number in an origin, `strongroom/SERIAL/…`, where signs that a path lacks are percent-encoded."""
    parts = (report.origin or "").split("/")
    return unquote(parts[1]) if len(parts) > 2 else None


def _certificate(folder: str | PathLike[str], key: str | None) -> tuple[Certificate | None, Verification | None]:
    try:
        certificate = Certificate.export(folder)
    except (CertificateError, LogError):
        return None, None
    return certificate, None if key is None else certificate.verify(key)
