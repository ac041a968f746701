"""The reference model: a second implementation of the policy, written from the requirements alone, as a child process.

It is built by `make test-python`, and no part of the package.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "examples" / "oracle"
BUILD = "cargo build --locked -p strongroom-model --example oracle"


class Oracle:
    """Answers a line of JSON with a line of JSON."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        atexit.register(self._process.kill)

    def ask(self, kind: str, **asked: Any) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({kind: asked}).encode() + b"\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, (answer, asked)
        return answer


@cache
def oracle() -> Oracle:
    """One process for all tests. Skips the test where the model is not built."""
    if not PROGRAM.exists():
        why = f"the reference model is not built; run {BUILD}"
        if os.environ.get("STRONGROOM_REQUIRE_ALL") == "1":
            pytest.fail(why)
        pytest.skip(why)
    return Oracle()
