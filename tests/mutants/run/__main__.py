"""Runs the mutants that cargo-mutants lists for the core, built once, each switched on by its number.

What the compiler itself evaluates takes a build each. An interrupted run goes on where it was. What is kept is in target/mutants-run.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence

import build
import report
import singly
import state
import trial
from mutants import KEPT, Missing, listed

# The tests of the core alone; then, for what they let live, those of whoever uses it.
STAGES = {
    "core": ["-p", "strongroom-core", "--features", "journal,ed25519,board", "--lib", "--test", "together"],
    "users": [
        *("-p", "strongroom-host", "--test", "scenario", "--test", "blanked", "--test", "activity"),
        *("-p", "strongroom-model", "--test", "lockbox", "--test", "matrix", "--test", "random"),
    ],
    "board": [
        *("-p", "strongroom-board", "--test", "attacks", "--test", "beginning", "--test", "board", "--test", "console"),
        *("--test", "host", "--test", "link", "--test", "seats"),
    ],
}
# Then what cannot be switched on, a build each: first against what is built in the least time and notices most. Arguments
# of cargo's own, not of the tests, so that nothing else is built.
SINGLY = {
    "const-lib": ["-C=--lib"],
    "const-together": ["-C=--test=together"],
    "const-users": [
        *("-C=--package=strongroom-host", "-C=--package=strongroom-model"),
        *("-C=--test=scenario", "-C=--test=blanked", "-C=--test=activity", "-C=--test=lockbox", "-C=--test=matrix", "-C=--test=random"),
    ],
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--files", default="", metavar="REGEX", help="mutants of these files only")
    parser.add_argument(
        "--stage",
        choices=[*STAGES, "const"],
        action="append",
        help="whose tests: the core's, its users', the board's; const: what takes a build each; all where not named",
    )
    parser.add_argument("--again", action="store_true", help="forget what an earlier run found")
    parser.add_argument("--keep", action="store_true", help="believe what was noticed before sources or tests were changed")
    parser.add_argument("--report", action="store_true", help="only say again what was found")
    options = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    try:
        if not options.report:
            _run(options.files, options.stage or [*STAGES, "const"], again=options.again, keep=options.keep)
        elif not state.is_current():
            print("sources or tests have changed since", file=sys.stderr)
        return report.tell()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2


def _run(files: str, stages: Sequence[str], *, again: bool, keep: bool) -> None:
    if not state.begin(again=again, keep=keep):
        singly.forget()
    mutants = [mutant for mutant in listed() if re.search(files, mutant.file)]
    switched = [stage for stage in stages if stage in STAGES]
    woven = build.weave(listed(), [STAGES[stage] for stage in switched or STAGES])
    trial.begin(woven)
    for stage in switched:
        tests = trial.cover(stage, build.programs(STAGES[stage]))
        trial.run(stage, mutants, woven, tests)
    if "const" in stages:
        left = [mutant for mutant in mutants if mutant.number in woven.left_out]
        for stage, tests_of in SINGLY.items():
            singly.run(stage, left, tests_of)


sys.exit(main())
