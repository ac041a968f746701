"""What the measuring programs print: a line of JSON a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["ours", "peer", "floor"]

GROUPS = {
    "decision": "The just-in-time decision",
    "chart": "One step of the lease's chart",
    "record": "Putting a step on record",
    "log": "Verifying a log, a record",
    "c": "From C",
    "python": "From Python",
}
"""The groups, in the order in which they are shown."""


class RowError(ValueError):
    """A line that is no row; says which and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one contestant; times are those of one operation."""

    group: str
    name: str
    kind: Kind
    unit: str
    median: float
    best: float
    worst: float
    repetitions: int
    instructions: float | None = None
    instructions_beside_hashing: float | None = None
    beside: str | None = None
    """The row of ours that it is compared with, where that is not the group's first."""
    note: str = ""

    @staticmethod
    def read(line: str, place: str) -> Row:
        """The row of a line; `place` is what an error calls the line.

        Raises:
            RowError: It is none.
        """
        try:
            told = json.loads(line)
            kind, group = told["kind"], told["group"]
            if kind not in get_args(Kind) or group not in GROUPS:
                raise RowError(f"{place}: no row has the kind {kind!r} in the group {group!r}")
            counted = (told.get("instructions"), told.get("instructions_beside_hashing"))
            all_of_them, beside_hashing = (None if count is None else float(count) for count in counted)
            return Row(
                group, told["row"], kind, told["unit"], float(told["median"]), float(told["min"]), float(told["max"]),
                int(told["repetitions"]), all_of_them, beside_hashing, told.get("beside"), told.get("note", ""),
            )
        except RowError:
            raise
        except (ValueError, KeyError, TypeError) as error:
            raise RowError(f"{place}: no row of a bench ({type(error).__name__}: {error}): {line.strip()[:80]}") from error


def read(lines: Iterable[str], place: str) -> list[Row]:
    """The rows of these lines.

    Raises:
        RowError: One of them is none.
    """
    return [Row.read(line, f"{place}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def compared(row: Row, rows: Sequence[Row]) -> Row | None:
    """The row of ours that `row` is compared with; `None` where there is none, or where it is that one."""
    ours = [other for other in rows if other.group == row.group and other.kind == "ours"]
    named = [other for other in ours if other.name == row.beside]
    beside = next(iter(named or ours), None)
    return None if beside is None or beside is row or (row.kind == "ours" and not named) else beside


def times(row: Row, rows: Sequence[Row]) -> float | None:
    """How many times as long it takes as ours; `None` where it is compared with nothing."""
    beside = compared(row, rows)
    return None if beside is None or beside.median <= 0 else row.median / beside.median


def number(value: float) -> str:
    """Three figures of it, or the whole of a large one."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}"
