"""The comparison of instruction counts and firmware sizes with the table that keeps them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

COMPARE = ROOT / "tests" / "counts" / "compare.py"
TABLE = """\
# kept on purpose
[counts: rustc 1]
a decision  100.0  instructions
a second one   40  instructions

[sizes: rustc 1]
flash  60000  bytes
"""


def compare(table: Path, *rows: str, compiler: str = "rustc 1", accepts: bool = False) -> subprocess.CompletedProcess[str]:
    text = "".join(row.replace("  ", "\t") + "\n" for row in rows)
    command = [sys.executable, str(COMPARE), "counts", compiler, *(["--accept"] if accepts else []), "--table", str(table)]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.txt"
    path.write_text(TABLE)
    return path


@pytest.mark.parametrize(
    ("first", "second", "code", "said"),
    [
        ("a decision  100.0  instructions", "a second one  40  instructions", 0, "+0.0%"),
        ("a decision  105.0  instructions", "a second one  40  instructions", 0, "+5.0%"),
        ("a decision  106.0  instructions", "a second one  40  instructions", 1, "+6.0%  instructions  rose by more than 5%"),
        ("a decision  94.0  instructions", "a second one  40  instructions", 0, "fell by more than 5%: make counts-accept keeps the gain"),
        ("a decision  100.0  instructions", "a third one  40  instructions", 1, "in the table, and not counted"),
        ("a decision  100.0  bytes", "a second one  40  instructions", 1, "now in bytes"),
    ],
)
def test_a_rise_and_a_row_on_one_side_only_fail(table: Path, first: str, second: str, code: int, said: str) -> None:
    done = compare(table, first, second)
    assert done.returncode == code and said in done.stdout, done
    assert ("make counts-accept" in done.stdout.splitlines()[-1]) == (code == 1)
    assert table.read_text() == TABLE


def test_a_row_that_the_table_does_not_have_fails(table: Path) -> None:
    done = compare(table, "a decision  100.0  instructions", "a second one  40  instructions", "a third one  1  instructions")
    assert done.returncode == 1 and "a third one" in done.stdout and "not in the table" in done.stdout


def test_what_another_compiler_made_is_shown_and_not_judged(table: Path) -> None:
    done = compare(table, "a decision  120.0  instructions", compiler="rustc 2")
    assert done.returncode == 0 and "+20.0%" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Not judged: these counts are of rustc 2, the kept ones of rustc 1.")


def test_accepting_writes_one_section_and_leaves_the_others(table: Path) -> None:
    rows = ("a decision  106.0  instructions", "a third one  7  instructions")
    assert compare(table, *rows, accepts=True).returncode == 0
    assert compare(table, *rows).returncode == 0
    assert compare(table, *rows, compiler="rustc 2", accepts=True).returncode == 0
    text = table.read_text()
    assert [line for line in text.splitlines() if line.startswith("[")] == ["[counts: rustc 1]", "[counts: rustc 2]", "[sizes: rustc 1]"]
    assert "flash  60000  bytes" in text and "a second one" not in text and text.count("a decision   106.0  instructions") == 2
    # With a section of its own the other compiler is judged as well.
    assert compare(table, "a decision  120.0  instructions", "a third one  7  instructions", compiler="rustc 2").returncode == 1


@pytest.mark.parametrize(
    ("text", "rows", "said"),
    [
        (TABLE + "nonsense\n", ["a decision  100.0  instructions"], "table.txt, line 8: 'nonsense' is no row"),
        (TABLE, ["a decision  fast  instructions"], "row 1: "),
        (TABLE, ["a decision  1  instructions", "a decision  1  instructions"], "row 2: a second row 'a decision'"),
        (TABLE, [], "nothing was counted of counts"),
        ("a decision  1  instructions\n", ["a decision  1  instructions"], "table.txt, line 1: a row before the first section"),
    ],
)
def test_what_is_no_table_or_no_row_is_named(table: Path, text: str, rows: list[str], said: str) -> None:
    table.write_text(text)
    done = compare(table, *rows)
    assert done.returncode == 1 and done.stderr.startswith(said), done


def test_the_table_that_is_checked_in_can_be_read(table: Path) -> None:
    table.write_text((ROOT / "tests" / "counts" / "table.txt").read_text())
    assert compare(table, "a decision  1  instructions", compiler="none", accepts=True).returncode == 0
    assert table.read_text().startswith((ROOT / "tests" / "counts" / "table.txt").read_text().split("\n[")[0])
