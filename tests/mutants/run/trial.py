"""Runs each mutant against the tests that reach it, the quickest first, until one fails."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from build import Woven
from mutants import KEPT, Mutant, listed
from state import note, results

# libtest's own options to stop at the first failure are not stable; a mutant's failure need not be made small.
_ENVIRONMENT = {**os.environ, "RUSTC_BOOTSTRAP": "1", "PROPTEST_MAX_SHRINK_ITERS": "0", "PROPTEST_FAILURE_PERSISTENCE": "off"}
# What takes longer, in seconds, is run by itself, after the others.
_QUICK = 0.15


@dataclass(frozen=True)
class Test:
    """A test, how long it takes, and which mutants it reaches."""

    program: str
    folder: str
    name: str
    seconds: float
    reached: tuple[int, ...]


def begin(woven: Woven) -> None:
    """Notes what the compiler refused and what could not be switched."""
    known = results()
    for said, mutants in (("unviable", woven.refused), ("left out", woven.left_out)):
        for number, why in mutants.items():
            mutant = listed()[number]
            if known.get(mutant.key, {}).get("said") in {None, "left out"} - {said}:
                note(mutant, said, why)


def cover(stage: str, programs: Sequence[tuple[str, str]]) -> list[Test]:
    """Runs every test by itself, without any mutant, to see what it reaches."""
    tests, file = [], KEPT / "reached"
    for program, folder in programs:
        names = subprocess.run([program, "--list", "--format", "terse"], cwd=folder, text=True, check=True, stdout=subprocess.PIPE)
        for name in re.findall(r"^(.*): test$", names.stdout, re.MULTILINE):
            file.unlink(missing_ok=True)
            began = time.monotonic()
            if (said := _run(program, folder, [name], {"MUTANT_COVER": str(file)}, 300)) != "passed":
                print(f"{name}: {said} without any mutant; it is not used", flush=True)
                continue
            reached = tuple(map(int, file.read_text().split())) if file.exists() else ()
            tests.append(Test(program, folder, name, time.monotonic() - began, reached))
    (KEPT / f"tests-{stage}.json").write_text(json.dumps([asdict(test) for test in tests]))
    print(f"{len(tests)} tests of {stage}", flush=True)
    return sorted(tests, key=lambda test: test.seconds)


def run(stage: str, mutants: Sequence[Mutant], woven: Woven, tests: Sequence[Test]) -> None:
    """Tries every mutant that no test has noticed yet."""
    reaching: dict[int, list[Test]] = defaultdict(list)
    for test in tests:
        for number in test.reached:
            reaching[number].append(test)
    known = results()

    def one(mutant: Mutant) -> None:
        earlier = known.get(mutant.key, {})
        if mutant.number in woven.refused or mutant.number in woven.left_out:
            return
        if earlier.get("said") in {"caught", "timeout"} or stage in earlier.get("why", "").split():
            return
        said = _judge(mutant, reaching[mutant.number])
        note(mutant, said, f"{earlier.get('why', '')} {stage}".strip())

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, mutants))


def _judge(mutant: Mutant, tests: Sequence[Test]) -> str:
    environment = {"MUTANT": str(mutant.number)}
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for test in tests:
        if test.seconds < _QUICK:
            together[test.program, test.folder].append(test.name)
    runs = [(program, folder, names, 15) for (program, folder), names in together.items()]
    runs += [(test.program, test.folder, [test.name], 15 + int(5 * test.seconds)) for test in tests if test.seconds >= _QUICK]
    for program, folder, names, limit in runs:
        if (said := _run(program, folder, names, environment, limit)) != "passed":
            return said
    return "missed"


def _run(program: str, folder: str, names: Sequence[str], environment: dict[str, str], limit: int) -> str:
    """`limit` is in seconds of the processor, so that a machine with other work to do makes nobody late."""
    command = ["prlimit", f"--cpu={limit}", "--as=4000000000", program, "--exact", *names]
    command += ["-Z", "unstable-options", "--fail-fast", "--test-threads", "1", "--quiet"]
    try:
        done = subprocess.run(
            command, cwd=folder, env={**_ENVIRONMENT, **environment}, capture_output=True, timeout=20 * limit, check=False
        )
    except subprocess.TimeoutExpired:
        return "timeout"
    # Who uses up their seconds gets a signal.
    return "passed" if done.returncode == 0 else "timeout" if done.returncode in {-24, -9} else "caught"
