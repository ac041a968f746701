"""Writes all mutants into a copy of the workspace, and leaves out those that the compiler refuses."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutants import KEPT, ROOT, TREE, Missing, Mutant

COPY = KEPT / "copy"
_HERE = ROOT / "tests" / "mutants"
_CARGO = ["cargo", "test", "--no-run", "--locked", "--profile", "mutants", "--message-format=json"]
_Regions = dict[str, list[tuple[int, int, int]]]


@dataclass
class Woven:
    """What became of each mutant that is not in the build: why not."""

    refused: dict[int, str] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)


def weave(mutants: Sequence[Mutant], targets: Sequence[Sequence[str]]) -> Woven:
    """Builds everything once, and again without what the compiler refused, until it refuses nothing."""
    woven, constant = Woven(), set[str]()
    while True:
        _copy()
        regions = _write([m for m in mutants if m.number not in woven.refused], constant, woven)
        errors, said = next((found for found in map(_errors, targets) if any(found)), ([], ""))
        print(f"{len(mutants) - len(woven.refused) - len(woven.left_out)} mutants in one build, {len(errors)} errors", flush=True)
        if not errors:
            if said:
                raise Missing(said)
            return woven
        before = len(woven.refused) + len(constant)
        for error in errors:
            if named := re.search(r"cannot call non-const [\w ]+ `(.*)`", error["message"]):
                constant.add(_called(named[1]))
            else:
                _blame(error, regions, mutants, woven)
        if before == len(woven.refused) + len(constant):
            raise Missing("no mutant is to blame for: " + str(errors[0]["rendered"]))


def programs(target: Sequence[str]) -> list[tuple[str, str]]:
    """The test programs of the copy, each with the folder that it runs in."""
    said = subprocess.run([*_CARGO, *target], cwd=COPY, stdout=subprocess.PIPE, check=True, text=True).stdout
    artifacts = [entry for entry in map(json.loads, said.splitlines()) if entry.get("executable") and entry["profile"]["test"]]
    return [(entry["executable"], str(Path(entry["manifest_path"]).parent)) for entry in artifacts]


def _copy() -> None:
    """The sources, the core without lints and with the switch."""
    for source in filter(Path.is_file, TREE.rglob("*")):
        name = source.relative_to(TREE).as_posix()
        copy = COPY / name
        text = source.read_bytes()
        if name == "core/Cargo.toml":
            text = text.split(b"[lints.")[0]
        elif name == "core/src/lib.rs":
            text += (_HERE / "switch.rs").read_bytes()
        if not copy.exists() or copy.read_bytes() != text:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(text)
            shutil.copymode(source, copy)


def _write(mutants: Sequence[Mutant], constant: set[str], woven: Woven) -> _Regions:
    table, names = KEPT / "list.tsv", KEPT / "constant"
    table.write_text("".join(f"{m.number}\t{m.file}\t{m.genre}\t{m.line}\t{m.column}\t{m.replacement}\n" for m in mutants))
    names.write_text("\n".join(sorted(constant)))
    command: list[str | Path] = ["cargo", "run", "--quiet", "--locked", "--manifest-path", _HERE / "Cargo.toml", "--target-dir", KEPT / "weaver", "--"]
    said = subprocess.run([*command, COPY, table, names], check=True, stdout=subprocess.PIPE, text=True).stdout
    regions: _Regions = defaultdict(list)
    woven.left_out.clear()
    for line in said.splitlines():
        kind, number, *rest = line.split("\t")
        if kind == "in":
            regions[rest[0]].append((int(rest[1]), int(rest[2]), int(number)))
        else:
            woven.left_out[int(number)] = rest[0]
    return regions


def _errors(target: Sequence[str]) -> tuple[list[dict[str, Any]], str]:
    built = subprocess.run([*_CARGO, *target], cwd=COPY, capture_output=True, text=True, check=False)
    messages = [entry["message"] for entry in map(json.loads, built.stdout.splitlines()) if entry["reason"] == "compiler-message"]
    errors = [message for message in messages if message["level"] == "error" and message["spans"]]
    return errors, built.stderr[-3000:] if built.returncode else ""


def _called(path: str) -> str:
    """The function of a path as the compiler says it: `function` or `Type::function`."""
    while path != (path := re.sub(r"<[^<>]*>", "", path)):
        pass
    *_, of, name = ["", *filter(None, path.split("::"))]
    return f"{of}::{name}" if of[:1].isupper() else name


def _blame(error: dict[str, Any], regions: _Regions, mutants: Sequence[Mutant], woven: Woven) -> None:
    """Leaves out the innermost mutants around an error."""
    for primary in error["spans"]:
        if not primary["is_primary"]:
            continue
        span = primary
        while span.get("expansion"):
            span = span["expansion"]["span"]
        here = regions[span["file_name"]]
        around = [(end - begin, number) for begin, end, number in here if begin <= span["byte_start"] and span["byte_end"] <= end]
        if not around and (error.get("code") or {}).get("code") == "E0004":
            # A match that lost an arm is named by what it looks at; the end of its arms is in the compiler's advice.
            last = max((at["byte_start"] for child in error["children"] for at in child["spans"]), default=0)
            arms = [n for begin, _, n in here if mutants[n].genre == "MatchArm" and span["byte_start"] <= begin <= last]
            around = [(0, number) for number in arms]
        for size, number in around:
            if size == min(around)[0]:
                woven.refused[number] = error["message"]
