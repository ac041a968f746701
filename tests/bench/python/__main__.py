"""What a decision costs from Python, beside its floors and its peers: a JSON line a row. It asserts nothing about time.

`--smoke` does so little that a test has the time for it, and leaves out peers that are not installed.
"""

from __future__ import annotations

import argparse
import importlib
import sys

import chart
import decision
import engine
from contestants import Contestant, DisagreementError, agree
from measure import measure

REQUIREMENTS = "tests/bench/requirements.txt"


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="hardly anything; its times say nothing")
    smoke: bool = parser.parse_args().smoke
    count, repetitions, most = (2000, 1, 100) if smoke else (1_000_000, 31, None)
    try:
        decisions = decision.CONTESTANTS + peers(["by_cedar", "by_casbin", "by_rego"], smoke)
        agree(decisions, list(decision.EVERY))
        measure(decisions, decision.requests(count), repetitions, most)

        charts = [*chart.CONTESTANTS, *peers(["by_transitions", "by_statemachine"], smoke)]
        events = chart.walk(count)
        agree(charts, events[:2000])
        engine.check()
        measure(engine.CONTESTANTS + charts, events, repetitions, most)
    except ModuleNotFoundError as missing:
        print(f"no module {missing.name}: pip install -r {REQUIREMENTS}", file=sys.stderr)
        return 1
    except DisagreementError as disagreement:
        print(disagreement, file=sys.stderr)
        return 1
    return 0


def peers(modules: list[str], smoke: bool) -> list[Contestant]:
    """The contestants of these modules; those of packages that are not installed are left out of a smoke test."""
    found: list[Contestant] = []
    for module in modules:
        try:
            found += importlib.import_module(module).CONTESTANTS
        except ModuleNotFoundError as missing:
            if not smoke:
                raise
            print(f"left out: no module {missing.name}", file=sys.stderr)
    return found


if __name__ == "__main__":
    sys.exit(main())
