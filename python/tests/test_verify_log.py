"""The independent script agrees with the package, and finds every kind of change."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from conftest import ROOT, STORY

from strongroom import Replay

Lines = list[dict[str, Any]]


def script(lines: Lines) -> subprocess.CompletedProcess[str]:
    text = "".join(json.dumps(line) + "\n" for line in lines)
    command = [sys.executable, "-I", str(ROOT / "tests" / "verify_log.py")]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60)


@cache
def output() -> str:
    return Replay.from_file(STORY).jsonl()


def exported() -> Lines:
    return [json.loads(line) for line in output().splitlines()]


def records(lines: Lines, log: str) -> Iterator[int]:
    return (place for place, line in enumerate(lines) if "record" in line and line["log"] == log)


def test_it_finds_the_same_roots() -> None:
    result = script(exported())
    assert (result.returncode, result.stderr) == (0, "")
    expected = {
        f"log verified: {log.records} records, root {log.root} ({log.engine} {log.log}{', erased since' * log.erased})"
        for log in Replay.from_file(STORY).verify()
    }
    assert set(result.stdout.splitlines()) >= {line for line in expected if " 0 records" not in line}


def at(byte: int, change: int) -> Callable[[Lines, int], None]:
    """Changes one byte of a record."""

    def edit(lines: Lines, place: int) -> None:
        record = bytearray.fromhex(lines[place]["record"])
        record[byte] = record[byte] + change & 0xFF
        lines[place]["record"] = record.hex()

    return edit


def drop(lines: Lines, place: int) -> None:
    del lines[place]


def swap(lines: Lines, place: int) -> None:
    other = next(later for later in records(lines, lines[place]["log"]) if later > place)
    lines[place], lines[other] = lines[other], lines[place]


def cut(lines: Lines, place: int) -> None:
    lines[place]["record"] = lines[place]["record"][:-2]


def age(lines: Lines, place: int) -> None:
    """Sets the time back to 1970."""
    record = bytearray.fromhex(lines[place]["record"])
    record[14:22] = bytes(8)
    lines[place]["record"] = record.hex()


def end_here(lines: Lines, place: int) -> None:
    del lines[place + 1 :]


@pytest.mark.parametrize("log", ["tenant", "lifecycle"])
@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (at(0, 1), "version 2, not 1"),
        (at(1, 1), "of the other log"),
        (at(2, 1), "it says that it is record"),
        (at(30, 1), "from here on the root"),
        (at(117, 255), "from here on the root"),
        (cut, "117 bytes, not 118"),
        (age, "older than the record before it"),
        (drop, "should be here"),
        (swap, "should be here"),
        (end_here, "no head covers the records"),
    ],
)
def test_it_finds_a_changed_record(log: str, edit: Callable[[Lines, int], None], what: str) -> None:
    lines = exported()
    # A record with another of its log after it before the next head, so that a missing one is seen by its successor.
    places = list(records(lines, log))
    heads = [number for number, line in enumerate(lines) if "root" in line and line["log"] == log]
    place = next(here for here, after in pairwise(places[5:]) if not any(here < head < after for head in heads))
    edit(lines, place)
    result = script(lines)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("log not verified: hsm-a, ") and what in result.stderr


@pytest.mark.parametrize("key", ["size", "root"])
def test_it_finds_a_changed_head(key: str) -> None:
    lines = exported()
    head = next(line for line in lines if "root" in line and line["log"] == "lifecycle")
    head[key] = head[key] + 1 if key == "size" else "0" * 64
    result = script(lines)
    assert result.returncode == 1 and "hsm-a, lifecycle log" in result.stderr


def test_the_lifecycle_log_is_never_erased() -> None:
    lines = exported()
    again = dict(lines[next(records(lines, "lifecycle"))])
    assert script([*lines, again]).returncode == 1


@pytest.mark.parametrize("text", ["", "{", "[]\n", '{"log": "tenant"}\n', '{"log": "other", "engine": "a"}\n'])
def test_what_is_no_output_is_told(text: str) -> None:
    command = [sys.executable, "-I", str(ROOT / "tests" / "verify_log.py")]
    result = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 1
    assert result.stderr.startswith("log not verified: ") and result.stderr.count("\n") == 1
