"""The tree as it was when the run began, and what was found of it so far."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from mutants import KEPT, ROOT, TREE, Mutant

RESULTS = KEPT / "results.jsonl"
_STATE = KEPT / "state"
# No test of a mutant is made of these.
_NO_MATTER = (
    *("docs/", "python/", "ffi/", "firmware/", "c-headers/"),
    *("tests/bench/", "tests/c/", "tests/counts/", "tests/faults/", "tests/fuzz/", "tests/mutants/", "tests/scale/", "tests/search/"),
)
_MATTER = ("tests/mutants/src/", "tests/mutants/run/", "tests/mutants/switch.rs")


def results() -> dict[str, dict[str, str]]:
    """What was found so far, by a mutant's key."""
    lines = RESULTS.read_text().splitlines() if RESULTS.exists() else []
    return {entry["key"]: entry for entry in map(json.loads, lines)}


def note(mutant: Mutant, said: str, why: str) -> None:
    """Adds what became of a mutant; the last that is said of it counts."""
    _add({"key": mutant.key, "name": mutant.name, "folder": mutant.folder, "said": said, "why": why})


def is_current() -> bool:
    """Whether sources and tests are those that the results are of."""
    return not RESULTS.exists() or (_STATE.exists() and _STATE.read_text() == _digest(ROOT, _names()))


def begin(*, again: bool, keep: bool) -> bool:
    """Whether what was found is of these sources and tests. It is forgotten where not; with `keep` only what was not noticed.

    From here on nobody minds what is changed in the tree.
    """
    current = is_current() and not again
    if again:
        RESULTS.unlink(missing_ok=True)
    elif not current:
        noticed = [entry for entry in results().values() if entry["said"] in {"caught", "timeout"}] if keep else []
        told = f"{len(noticed)} that a test noticed are believed, the others tried again" if keep else "all forgotten (KEEP=1 keeps what was noticed)"
        print(f"sources or tests are not those of the results in {RESULTS.relative_to(ROOT)}: {told}", flush=True)
        RESULTS.unlink()
        for entry in noticed:
            _add(entry)
    names = _names()
    shutil.rmtree(TREE, ignore_errors=True)
    for name in names:
        (TREE / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, TREE / name)
    _STATE.write_text(_digest(TREE, names))
    return current


def _names() -> list[str]:
    """The files of the tree as they are checked in or about to be."""
    command = ["git", "ls-files", "-z", "-co", "--exclude-standard"]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return sorted(name for name in said.split("\0") if name and (ROOT / name).is_file())


def _add(entry: dict[str, str]) -> None:
    with RESULTS.open("a") as out:
        print(json.dumps(entry), file=out)


def _digest(tree: Path, names: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for name in names:
        if name.endswith(".md") or (name.startswith(_NO_MATTER) and not name.startswith(_MATTER)):
            continue
        digest.update(f"{name}\0".encode() + hashlib.sha256((tree / name).read_bytes()).digest())
    return digest.hexdigest()
