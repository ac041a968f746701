"""A journal that is held for one turn at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from ...directory import Directory
from ...exceptions import StorageError
from ...room import Strongroom

WAIT = 3.0
"""Seconds that a turn waits for another process, which holds it for a command."""

_COARSE = 100_000_000
"""Nanoseconds within which two writes of a file may have the same time: ten times what any clock of a file system needs."""

_NO_FILE = 1044
"""The number that every language has for a medium that fails."""


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal that is held for one turn at a time, so that requests are asked and approved beside the guard."""

    path: Path
    directory: Directory

    def open(self) -> Strongroom:
        """Waits for another process that holds it. Raises `StorageError`, also where the file is gone: none is made here."""
        if not self.path.exists():
            raise StorageError(f"{self.path}: no such file; strongroom init makes a journal", _NO_FILE)
        return Strongroom.open(self.path, self.directory.device, self.directory.policy, wait=WAIT)

    def stamp(self) -> int | None:
        """When it was written last, in nanoseconds; `None` where a further write could have the same time."""
        try:
            written = self.path.stat().st_mtime_ns
        except OSError:
            return None
        return written if time.time_ns() - written > _COARSE else None
