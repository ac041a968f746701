"""Watching a board: how it stands, and its logs collected and verified as they grow."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from .. import _native, logs
from .client import Board, BoardStatus
from .collecting import collect
from ..exceptions import HeadError, LogError
from .line import LineState
from ..records import Record
from ..replay import Pending
from ..values import Principal
from ..words import EffectKind, LogName, Party

NOTICES = frozenset({EffectKind.NOTIFY_APPROVERS, EffectKind.NOTIFY_CUSTOMER})
"""What somebody outside has to be told. All else is done by the board, the device or whoever administers it."""

RECENT = 8
"""Records that are remembered."""


@dataclass(frozen=True, slots=True)
class Head:
    """The signed head of a log, as the board gave it."""

    origin: str
    size: int
    root: str
    """In base64, as it stands in the note."""
    is_verified: bool
    """Whether the device's key signed it."""
    folder: Path | None
    """The tree with all records under it, where they are collected."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at a board has shown."""

    at: datetime
    """By the host's clock."""
    status: BoardStatus
    effects: tuple[Pending, ...]
    heads: Mapping[LogName, Head] = field(hash=False)
    recent: tuple[Record, ...]
    """The newest records that the board holds or held, oldest first."""
    told: tuple[Pending, ...]
    """The notices that were handed over just now."""
    line: LineState


class Monitor:
    """Looks at a board again and again."""

    def __init__(
        self,
        board: Board,
        party: Party,
        *,
        folder: Path | None = None,
        key: str | None = None,
        acknowledge: Mapping[LogName, Principal] | None = None,
    ) -> None:
        """With the device's public `key`, heads are verified; with a `folder`, too, the logs are collected there, and what
        `acknowledge` names somebody for is acknowledged in their name once it is collected."""
        self._board, self._folder, self._key = board, folder, key
        self._logs = (LogName.TENANT, LogName.LIFECYCLE) if party is Party.CUSTOMER else (LogName.LIFECYCLE,)
        self._acknowledge = dict(acknowledge or {})
        self._recent: dict[LogName, deque[Record]] = {log: deque(maxlen=RECENT) for log in self._logs}
        self._acknowledged: dict[LogName, int] = dict.fromkeys(self._logs, 0)
        self._heads: dict[LogName, str] = {}

    def check_folder(self) -> None:
        """Verifies everything that is in the folder already. Raises `HeadError` where it is not as it was signed."""
        if self._folder is None or self._key is None:
            return
        try:
            reports = logs.verify(self._folder, key=self._key)
        except LogError:
            # There is nothing yet.
            return
        for report in reports:
            if not report.is_sound:
                raise HeadError(f"{report.folder}: the log is not as it was signed: {report.findings[0].message}; strongroom log verify has all of it")

    def look(self, *, tell: bool = False) -> Seen:
        """Looks once; with `tell`, notices are handed to whoever reads this, and the board told so.

        Raises `HeadError` where a head does not verify or a log went back, and as `Board` and `collect`.
        """
        status = self._board.status()
        heads = {log: self._head(log) for log in self._logs if log is LogName.LIFECYCLE or status.sizes[log]}
        effects = self._board.effects()
        told = tuple(each for each in effects if each.kind in NOTICES) if tell else ()
        for each in told:
            self._board.told(each.number)
        recent = sorted((record for some in self._recent.values() for record in some), key=_when)[-RECENT:]
        return Seen(datetime.now(UTC), status, effects, heads, tuple(recent), told, self._board.line)

    def _head(self, log: LogName) -> Head:
        if self._folder is not None and self._key is not None:
            collected = collect(self._board, log, self._folder, self._key)
            self._remember(log, collected.new)
            if collected.size and (by := self._acknowledge.get(log)) is not None and self._is_worth(log, collected.size):
                self._board.acknowledge(by=by, log=log, next=collected.size)
                self._acknowledged[log] = collected.size
            return _head(collected.head, is_verified=True, folder=collected.folder)
        note = self._board.head(log)
        if self._key is not None:
            with TemporaryDirectory() as nowhere:
                _native.LogCollection(Path(nowhere), self._board.meet(), note, self._key)
        if self._heads.get(log) != note:
            newest = self._recent[log][-1].sequence + 1 if self._recent[log] else 0
            self._remember(log, tuple(self._board.records(log, newest)))
            self._heads[log] = note
        return _head(note, is_verified=self._key is not None, folder=None)

    def _remember(self, log: LogName, new: tuple[Record, ...]) -> None:
        self._recent[log].extend(new)

    def _is_worth(self, log: LogName, size: int) -> bool:
        """Whether there is more than the record of the last acknowledgement."""
        own = 1 if log is LogName.LIFECYCLE else 0
        return size > self._acknowledged[log] + own


def _head(note: str, *, is_verified: bool, folder: Path | None) -> Head:
    origin, size, root = (note.split("\n") + [""] * 3)[:3]
    return Head(origin, int(size) if size.isdecimal() else 0, root, is_verified, folder)


def _when(record: Record) -> tuple[datetime, int]:
    return record.at or datetime.min.replace(tzinfo=UTC), record.sequence
