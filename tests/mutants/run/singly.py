"""Runs what cannot be switched on as `cargo mutants` itself does: a build for each, of copies of the tree."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mutants import KEPT, TREE, Missing, Mutant, listed
from state import note, results

_OUT = KEPT / "singly"
_SAID = {"CaughtMutant": "caught", "MissedMutant": "missed", "Timeout": "timeout", "Unviable": "unviable"}
# What never ends is mostly found by the compiler, in seconds; it may also be found by nobody.
_BUILD_SECONDS = 600


def forget() -> None:
    """Removes what a run that was interrupted has left behind."""
    shutil.rmtree(_OUT, ignore_errors=True)


def run(stage: str, mutants: Sequence[Mutant], tests: Sequence[str]) -> None:
    """Tries those that no test has noticed yet against `tests`, options of `cargo mutants`."""
    out = _OUT / stage
    _take(stage, out)
    known = results()
    wanted = {mutant for mutant in mutants if _is_open(known.get(mutant.key, {}), stage)}
    if not wanted:
        return
    print(f"{len(wanted)} mutants, a build each: {stage}", flush=True)
    forget()
    scratch, before = out / "tmp", out / "mutants.out" / "caught.txt"
    scratch.mkdir(parents=True)
    before.parent.mkdir()
    # All others are said to be caught: fields of a struct obey no --re in this version.
    before.write_text("".join(f"{mutant.name}\n" for mutant in listed() if mutant not in wanted))
    command: list[str | os.PathLike[str]] = ["cargo", "mutants", "-p", "strongroom-core", "-j", "2", "--iterate", "--gitignore=false", "-o", out]
    command += ["--build-timeout", str(_BUILD_SECONDS), *tests]
    try:
        done = subprocess.run(command, cwd=TREE, env={**os.environ, "TMPDIR": str(scratch)}, check=False)
    finally:
        _take(stage, out)
    # 2 and 3: some were missed, some took too long.
    if done.returncode not in {0, 2, 3}:
        raise Missing(f"cargo mutants ended with {done.returncode}")
    forget()


def _is_open(earlier: Mapping[str, str], stage: str) -> bool:
    said = earlier.get("said", "left out")
    return said == "left out" or (said == "missed" and stage not in earlier["why"].split())


def _take(stage: str, out: Path) -> None:
    """Notes what `cargo mutants` has found as far as it came."""
    known, by_name = results(), {mutant.name: mutant for mutant in listed()}
    for name, said in _outcomes(out / "mutants.out" / "outcomes.json"):
        mutant = by_name[name]
        earlier = known.get(mutant.key, {})
        if _is_open(earlier, stage):
            stages = earlier["why"] if earlier.get("said") == "missed" else ""
            note(mutant, said, f"{stages} {stage}".strip())


def _outcomes(path: Path) -> Iterator[tuple[str, str]]:
    try:
        entries = json.loads(path.read_text())["outcomes"]
    except (FileNotFoundError, json.JSONDecodeError):
        return
    for entry in entries:
        if isinstance(entry["scenario"], dict) and entry["summary"] in _SAID:
            yield entry["scenario"]["Mutant"]["name"], _SAID[entry["summary"]]
