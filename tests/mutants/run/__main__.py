"""Runs the mutants that cargo-mutants lists for the core, built once, each switched on by its number.

An interrupted run goes on where it was. What is kept is in target/mutants-run.
"""

from __future__ import annotations

import argparse
import re
import sys

import build
import report
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


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--files", default="", metavar="REGEX", help="mutants of these files only")
    parser.add_argument("--stage", choices=STAGES, action="append", help="whose tests: the core's, its users', the board's; all where not named")
    parser.add_argument("--again", action="store_true", help="forget what an earlier run found")
    parser.add_argument("--report", action="store_true", help="only say again what was found")
    options = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    try:
        if not options.report:
            mutants = [mutant for mutant in listed() if re.search(options.files, mutant.file)]
            stages = options.stage or list(STAGES)
            woven = build.weave(listed(), [STAGES[stage] for stage in stages])
            trial.begin(woven, again=options.again)
            for stage in stages:
                tests = trial.cover(stage, build.programs(STAGES[stage]))
                trial.run(stage, mutants, woven, tests)
        return report.tell()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2


sys.exit(main())
