"""The list of mutants, and where everything is kept."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
KEPT = ROOT / "target" / "mutants-run"
# The tree as it was when the run began.
TREE = KEPT / "tree"
VERSION = "27.1.0"


class Missing(Exception):
    """Something that has to be installed first."""


@dataclass(frozen=True)
class Mutant:
    """A mutant of the list; `key` is its name without a line, so that it outlives changes elsewhere in the file."""

    number: int
    file: str
    genre: str
    line: int
    column: int
    replacement: str
    name: str
    key: str

    @property
    def folder(self) -> str:
        """The module of the core that it is in."""
        return self.file.removeprefix("core/src/").split("/")[0].removesuffix(".rs")


@cache
def listed() -> tuple[Mutant, ...]:
    """All mutants of the core, as cargo-mutants lists them."""
    try:
        said = subprocess.run(
            ["cargo", "mutants", "--list", "--json", "-p", "strongroom-core"], cwd=TREE, check=True, stdout=subprocess.PIPE
        ).stdout
    except subprocess.CalledProcessError as error:
        message = f"cargo-mutants is not installed: cargo install cargo-mutants --locked --version {VERSION}"
        raise Missing(message) from error
    seen: Counter[str] = Counter()
    mutants = []
    for number, entry in enumerate(json.loads(said)):
        what = entry["name"].split(": ", 1)[1]
        key = f"{entry['file']}: {what}"
        seen[key] += 1
        if seen[key] > 1:
            key = f"{key} (number {seen[key]})"
        begin = entry["span"]["start"]
        replacement = " ".join(entry["replacement"].split())
        mutants.append(Mutant(number, entry["file"], entry["genre"], begin["line"], begin["column"], replacement, entry["name"], key))
    return tuple(mutants)
