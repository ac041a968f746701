"""The generated part of docs/SPEED.md."""

from __future__ import annotations

from collections.abc import Sequence

from budgets import judge
from rows import GROUPS, Row, number, times

BEGIN = "<!-- what follows is written by `make bench-docs` -->"
END = "<!-- what was written by `make bench-docs` ends here -->"


def page(text: str, rows: Sequence[Row], machine: Sequence[str]) -> str:
    """The page with its generated part made anew.

    Raises:
        ValueError: It does not say where that part is.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks a line {BEGIN if not begin else END!r}")
    return before + BEGIN + "\n\n" + "\n".join(_generated(rows, machine)) + "\n\n" + END + after


def _generated(rows: Sequence[Row], machine: Sequence[str]) -> list[str]:
    lines = ["### Measured with", "", *(f"- {line}" for line in machine), "", "### Budgets", ""]
    lines += ["| What | At most | Measured | |", "|---|--:|--:|---|"]
    lines += [f"| {verdict.budget.what} | {verdict.most} | {verdict.found} | {verdict.word} |" for verdict in judge(rows)]
    for group, title in GROUPS.items():
        members = [row for row in rows if row.group == group]
        if members:
            lines += ["", f"### {title}", "", *_table(members, rows)]
    return lines


def _table(members: Sequence[Row], rows: Sequence[Row]) -> list[str]:
    lines = ["| | ns | best to worst | times ours | instructions | |", "|---|--:|--:|--:|--:|---|"]
    for row in members:
        ratio = times(row, rows)
        name = f"**{row.name}**" if row.kind == "ours" else f"*{row.name}*" if row.kind == "floor" else row.name
        spread = f"{number(row.best)} to {number(row.worst)}"
        lines.append(
            f"| {name} | {number(row.median)} | {spread} | {'' if ratio is None else number(ratio)} | {counted(row)} | {row.note} |"
        )
    return lines


def counted(row: Row) -> str:
    """The instructions of a row, and those of them beside hashing."""
    if row.instructions is None:
        return ""
    beside = row.instructions_beside_hashing
    return number(row.instructions) + ("" if beside is None else f", {number(beside)} beside SHA-256")
