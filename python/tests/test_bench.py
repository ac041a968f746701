"""The benches of Python: that they run, and that nothing is timed which answers differently. Of time nothing is asserted."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType

import pytest
from conftest import ROOT

BENCH = ROOT / "tests" / "bench"
FLOORS = {"empty loop", "builtin abs", "Python function", "getter of a PyO3 object"}
OURS = {
    "JitRule.evaluate(request)",
    "JitRule.decide(four keywords)",
    "JitRule.batch(1000 requests), each",
    "Strongroom's command",
    "Strongroom.explain's command",
}
PEERS = {
    "hand-written Python": None,
    "dict of all 64 answers": None,
    "dict of (state, event)": None,
    "cedarpy": "cedarpy",
    "cedarpy, 300 at once, each": "cedarpy",
    "casbin": "casbin",
    "regopy": "regopy",
    "transitions": "transitions",
    "python-statemachine": "python-statemachine",
}


def installed(package: str | None) -> bool:
    try:
        return package is None or version(package) != ""
    except PackageNotFoundError:
        return False


def test_every_row_is_measured_and_told() -> None:
    done = subprocess.run([sys.executable, BENCH / "python", "--smoke"], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = {kind: {row["row"] for row in rows if row["kind"] == kind} for kind in ("floor", "ours", "peer")}
    assert kinds == {"floor": FLOORS, "ours": OURS, "peer": {row for row, package in PEERS.items() if installed(package)}}
    for row in rows:
        assert row["group"] == "python" and row["unit"] == "ns" and row["beside"] in OURS, row
        assert 0 < row["min"] <= row["median"] <= row["max"], row

    told = subprocess.run([sys.executable, BENCH / "report.py", "-"], input=done.stdout, capture_output=True, text=True, check=True).stdout
    assert all(row["row"] in told for row in rows), told


def test_whoever_answers_differently_is_named_and_so_is_the_input(contestants: ModuleType) -> None:
    def says(row: str, *said: str) -> object:
        def answers(_inputs: Sequence[int]) -> list[str]:
            return list(said)

        return contestants.Contestant(row, "peer", "", list, answers)

    contestants.agree([says("one", "pass", "no"), says("two", "pass", "no")], [7, 9])
    with pytest.raises(contestants.DisagreementError, match="two: input 1, 9: it says pass, the others no"):
        contestants.agree([says("one", "pass", "no"), says("two", "pass", "pass")], [7, 9])
    with pytest.raises(contestants.DisagreementError, match="two answers 1 of 2"):
        contestants.agree([says("one", "pass", "no"), says("two", "pass")], [7, 9])


@pytest.fixture
def contestants(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("contestants", BENCH / "python" / "contestants.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "contestants", module)
    spec.loader.exec_module(module)
    return module
