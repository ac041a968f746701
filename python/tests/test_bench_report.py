"""The report of `make bench`: what it makes of lines, and that the budgets name rows that there are."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import ROOT

BENCH = ROOT / "tests" / "bench"
STEP = "strongroom, chart::next"


def line(row: str, median: float, kind: str = "peer", group: str = "chart", **more: object) -> str:
    told = {"group": group, "row": row, "kind": kind, "unit": "ns", "median": median, "min": median * 0.9, "max": median * 1.5}
    return json.dumps({**told, "repetitions": 31, "instructions": None, "note": "", **more})


LINES = [
    line(STEP, 2, "ours", instructions=16.04),
    line("somebody <else>", 5000),
    line("no less", 1, "floor"),
    line("strongroom, append a record to the tree", 500, "ours", "record"),
    line("the compressions that it needs, nothing else", 250, "floor", "record"),
    line("other", 30, "ours", "record", beside="other"),
    line("slower other", 45, group="record", beside="other"),
]


def report(*arguments: str | Path, lines: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, BENCH / "report.py", *arguments]
    return subprocess.run(command, input=lines, capture_output=True, text=True, check=False, timeout=60)


def test_rows_are_compared_with_ours_or_with_the_row_that_they_name() -> None:
    done = report("-", lines="\n".join(LINES))
    assert done.returncode == 0, done.stderr
    cells = ([cell.strip() for cell in told.split("│")[1:]] for told in done.stdout.splitlines() if "│" in told)
    shown = {name: figures for name, *figures in cells}
    assert shown["somebody <else>"][:4] == ["5,000", "4,500", "7,500", "2,500"]
    assert shown["no less"][3] == "0.50" and shown[STEP][3:5] == ["", "16.0"]
    assert shown["slower other"][3] == "1.50" and shown["other"][3] == ""
    assert shown["one step of the chart, with the check of who acts"][:3] == ["2.5 ns", "2.00 ns", "met"]
    assert shown["appending a record, beside its bare compressions"][2] == "NOT met"
    assert shown["verifying a log in one thread, beside sha2 one by one"][2] == "not measured"


def test_the_page_and_the_picture_are_made_anew_and_the_rest_of_the_page_stays(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "SPEED.md").read_text()
    (tmp_path / "SPEED.md").write_text(page)
    for _ in range(2):
        done = report("--docs", tmp_path, "-", lines="\n".join(LINES))
        assert done.returncode == 0, done.stderr
    written = (tmp_path / "SPEED.md").read_text()
    assert written.count("| somebody <else> | 5,000 | 4,500 to 7,500 | 2,500 |") == 1
    begin = page.index("<!-- what follows")
    assert written[:begin] == page[:begin]
    picture = ElementTree.parse(tmp_path / "speed.svg").getroot()
    texts = {element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {json.loads(told)["row"] for told in LINES} <= texts


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "nothing was measured"),
        (LINES[0] + "\nnonsense", "-:2: no row of a bench"),
        (line("x", 1, "winner"), "-:1: no row has the kind 'winner'"),
        (line("x", 1, group="weather"), "in the group 'weather'"),
        ('{"group": "chart", "kind": "ours"}', "KeyError"),
    ],
)
def test_what_is_no_row_is_named_with_its_place(lines: str, told: str) -> None:
    done = report("-", lines=lines)
    assert done.returncode == 1 and told in done.stderr and "Traceback" not in done.stderr


def test_the_budgets_of_the_core_name_rows_that_the_bench_has() -> None:
    sources = "\n".join(path.read_text() for path in (BENCH / "src").rglob("*.rs"))
    budgets = (BENCH / "budgets.py").read_text()
    names = re.findall(r'"((?:strongroom, |the compressions|its leaves)[^"]*)"', budgets)
    assert len(names) == 7 and [name for name in names if f'"{name}"' not in sources] == []
