"""Shows what the benches measured: `report.py FILE...`, `-` for standard input.

With `--docs FOLDER` it also writes the tables of FOLDER/SPEED.md and the picture FOLDER/speed.svg anew.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from budgets import judge
from machine import busy, machine
from page import counted, page
from picture import picture
from rows import GROUPS, Row, RowError, number, read, times

try:
    from rich.console import Console
    from rich.table import Table
except ImportError:  # a table of spaces does as well
    Console = Table = None  # type: ignore[assignment, misc]

HEAD = ("", "ns", "best", "worst", "times ours", "instructions")


def cells(row: Row, rows: Sequence[Row]) -> tuple[str, ...]:
    """A row of the table."""
    ratio = times(row, rows)
    return row.name, number(row.median), number(row.best), number(row.worst), "" if ratio is None else number(ratio), counted(row)


def show(title: str, head: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """A table on the terminal."""
    if Console is not None and Table is not None:
        table = Table(title=title, title_justify="left", title_style="bold")
        for place, name in enumerate(head):
            table.add_column(name, justify="right" if place else "left", no_wrap=bool(place))
        for line in lines:
            table.add_row(*line)
        Console(width=None if sys.stdout.isatty() else 160).print(table)
        return
    widths = [max(len(line[place]) for line in [head, *lines]) for place in range(len(head))]
    print(f"\n{title}")
    for line in [head, *lines]:
        print("  ".join(cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in enumerate(zip(line, widths, strict=True))))


def main() -> int:
    """Reads, shows, and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--docs", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    rows: list[Row] = []
    try:
        for name in asked.files:
            text = sys.stdin.read() if name == "-" else Path(name).read_text()
            rows += read(text.splitlines(), name)
    except (OSError, RowError) as error:
        print(f"report: {error}", file=sys.stderr)
        return 1
    if not rows:
        print("report: nothing was measured: run `make bench`", file=sys.stderr)
        return 1
    told = machine()
    for line in told:
        print(line)
    for group, title in GROUPS.items():
        members = [row for row in rows if row.group == group]
        if members:
            show(title, HEAD, [cells(row, rows) for row in members])
    show("Budgets", ("", "at most", "measured", ""), [(v.budget.what, v.most, v.found, v.word) for v in judge(rows)])
    if warning := busy():
        print(f"report: {warning}", file=sys.stderr)
    if asked.docs is not None:
        speed: Path = asked.docs / "SPEED.md"
        speed.write_text(page(speed.read_text(), rows, told))
        (asked.docs / "speed.svg").write_text(picture(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
