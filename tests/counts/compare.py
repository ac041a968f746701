#!/usr/bin/env python3
"""Compares what was counted with what the table keeps: `compare.py GROUP COMPILER < rows`.

A row is a name, a number and a unit, with tabs between. A number that rose by more than 5 % fails, and so does a row that only
one side has; one that fell by more is told. What another compiler made is shown beside the table, and not judged. `--accept`
writes the table anew.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("table.txt")
TOLERANCE = 0.05
ACCEPT = "make counts-accept"
HEADER = f"""\
# What Strongroom's work costs. The tests compare with it, and fail where a number rose by more than {TOLERANCE:.0%}:
# `make test-counts` the instructions, `make size` the bytes. `{ACCEPT}` writes it anew; say in the commit why.
# A section for each compiler, because another one makes other code.
"""


class TableError(Exception):
    """The table or a row is not as it has to be."""


@dataclass(frozen=True)
class Count:
    """A number with its unit, as it is written."""

    text: str
    unit: str

    @property
    def value(self) -> float:
        return float(self.text)


Rows = dict[str, Count]


@dataclass(frozen=True)
class Section:
    """Whose numbers they are."""

    group: str
    compiler: str

    def __str__(self) -> str:
        return f"[{self.group}: {self.compiler}]"


def read_rows(lines: Iterable[tuple[str, str]], gap: str) -> Rows:
    """Rows from lines, each with the place it is from."""
    rows: Rows = {}
    for place, line in lines:
        match re.split(gap, line.strip()):
            case [name, text, unit] if re.fullmatch(r"\d+(\.\d+)?", text):
                if name in rows:
                    raise TableError(f"{place}: a second row {name!r}")
                rows[name] = Count(text, unit)
            case _:
                raise TableError(f"{place}: {line.strip()!r} is no row of name, number and unit")
    return rows


def read_table(path: Path) -> dict[Section, Rows]:
    """The table's sections; none where there is no file yet."""
    lines: dict[Section, list[tuple[str, str]]] = {}
    section = None
    for number, line in enumerate(path.read_text().splitlines() if path.exists() else [], 1):
        if not line.strip() or line.startswith("#"):
            continue
        if head := re.fullmatch(r"\[(\w+): (.+)\]", line.strip()):
            section = Section(head[1], head[2])
            lines[section] = []
        elif section is None:
            raise TableError(f"{path.name}, line {number}: a row before the first section")
        else:
            lines[section].append((f"{path.name}, line {number}", line))
    return {section: read_rows(rows, r"\s{2,}") for section, rows in lines.items()}


def write_table(path: Path, table: dict[Section, Rows]) -> None:
    """Writes all sections, in order."""
    text = HEADER
    for section, rows in sorted(table.items(), key=lambda each: str(each[0])):
        text += f"\n{section}\n"
        names, numbers = max(map(len, rows)), max(len(count.text) for count in rows.values())
        text += "".join(f"{name:<{names}}  {count.text:>{numbers}}  {count.unit}\n" for name, count in rows.items())
    path.write_text(text)


def judge(kept: Count | None, now: Count | None) -> tuple[str, str, bool]:
    """The difference, what is to be said of it, and whether it fails."""
    if kept is None:
        return "", "not in the table", True
    if now is None:
        return "", "in the table, and not counted", True
    if kept.unit != now.unit:
        return "", f"now in {now.unit}", True
    change = (now.value - kept.value) / kept.value if kept.value else float(now.value > 0)
    if change > TOLERANCE:
        return f"{change:+.1%}", f"rose by more than {TOLERANCE:.0%}", True
    fell = change < -TOLERANCE
    return f"{change:+.1%}", f"fell by more than {TOLERANCE:.0%}: {ACCEPT} keeps the gain" if fell else "", False


def compare(kept: Rows, now: Rows) -> bool:
    """Prints every row with its difference; whether one fails."""
    failed, coloured = False, sys.stdout.isatty()
    names = list(now) + [name for name in kept if name not in now]
    width = max(map(len, names))
    print(f"{'':<{width}}  {'kept':>10}  {'now':>10}  {'difference':>10}")
    for name in names:
        old, new = kept.get(name), now.get(name)
        difference, said, fails = judge(old, new)
        failed |= fails
        unit = (new or old or Count("0", "")).unit
        line = f"{name:<{width}}  {old.text if old else '-':>10}  {new.text if new else '-':>10}  {difference:>10}  {unit}"
        colour = "31" if fails else "32" if said else ""
        print(f"\033[{colour}m{line}  {said}\033[0m" if coloured and colour else f"{line}  {said}".rstrip())
    return failed


def main(arguments: list[str]) -> int:
    accepts = "--accept" in arguments
    path = TABLE
    rest = [argument for argument in arguments if argument != "--accept"]
    match rest:
        case [group, compiler, "--table", file]:
            path = Path(file)
        case [group, compiler]:
            pass
        case _:
            print("usage: compare.py GROUP COMPILER [--accept] [--table FILE] < rows", file=sys.stderr)
            return 2
    section = Section(group, compiler)
    now = read_rows(((f"row {number}", line) for number, line in enumerate(sys.stdin, 1)), r"\t")
    if not now:
        raise TableError(f"nothing was counted of {group}")
    table = read_table(path)
    others = [other for other in table if other.group == group]
    beside = section if section in table else others[0] if others else section
    failed = compare(table.get(beside, {}), now)
    if accepts:
        write_table(path, table | {section: now})
        print(f"written: {path.name}, {section}")
        return 0
    if beside != section:
        print(f"Not judged: these {group} are of {compiler}, the kept ones of {beside.compiler}. {ACCEPT} keeps them too.")
        return 0
    if failed:
        print(f"What {group} cost is not what {path.name} keeps. Where that is meant: {ACCEPT}")
    return int(failed)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (TableError, OSError) as error:
        sys.exit(f"{error}")
