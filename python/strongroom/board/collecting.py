"""What a board has recorded, taken into a log folder and held against the heads that the device signed."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from .. import _native
from .client import Board
from ..records import Record
from ..words import LogName


@dataclass(frozen=True, slots=True)
class Collected:
    """A log, as far as it is in a log folder."""

    log: LogName
    folder: Path
    """The tree's; it is there once the log has a record."""
    origin: str
    size: int
    """How many records are under the signed head."""
    head: str
    """The head, as a signed note."""
    new: tuple[Record, ...]
    """Those that were not there before."""


def collect(board: Board, log: LogName, folder: str | PathLike[str], key: str) -> Collected:
    """Takes a log's new records into a log folder, under its signed head (D-22); `key` is the device's public one.

    Whatever cuts this off, the next call goes on. Raises `HeadError` where the head is not signed by the device, is older than
    one that is there, or is not over these records: then nothing of it was filed. `LogError` where records are missing between
    those that are there and those that the board still holds, or the folder cannot be written; `KeyFormatError`; and as `Board`.
    """
    serial = board.meet()
    head = board.head(log)
    collection = _native.LogCollection(Path(folder), serial, head, key)
    start, end = collection.wanted
    new = tuple(record for record in board.records(log, start) if record.sequence < end) if start < end else ()
    path, origin, size = collection.finish(b"".join(map(bytes, new)))
    return Collected(log, path, origin, size, head, new)
