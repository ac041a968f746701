"""The package is typed, and the stub says what the native module has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from strongroom import _native

CLIENT = """
from datetime import datetime
from strongroom import Replay, Rule, State

replay = Replay.from_file("lease.jsonl")
times: list[datetime | None] = [step.at for step in replay.steps]
rules: set[Rule] = {step.rule for step in replay.steps}
states: list[State] = [engine.state for engine in replay.engines]
wire: bytes = replay.wire()
"""


def check(folder: Path, *command: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("MYPYPATH", "PYTHONPATH")}
    result = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """mypy, which reads the package once for all tests."""
    return ("mypy", "--strict", "--cache-dir", str(tmp_path_factory.mktemp("mypy")))


def test_the_package_is_strictly_typed(tmp_path: Path, strict: tuple[str, ...]) -> None:
    check(tmp_path, *strict, "-p", "strongroom")


def test_the_stub_is_what_the_native_module_has(tmp_path: Path) -> None:
    check(tmp_path, "mypy.stubtest", "strongroom._native")


def test_everything_of_the_native_module_says_what_it_is() -> None:
    for name in _native.__all__:
        thing = getattr(_native, name)
        assert thing.__doc__, name
        if isinstance(thing, type):
            for method, of in vars(thing).items():
                assert method.startswith("__") or of.__doc__, f"{name}.{method}"


def test_a_program_that_uses_it_is_strictly_typed(tmp_path: Path, strict: tuple[str, ...]) -> None:
    (tmp_path / "client.py").write_text(CLIENT)
    check(tmp_path, *strict, "client.py")
    (tmp_path / "client.py").write_text(CLIENT.replace("wire: bytes", "wire: str"))
    with pytest.raises(AssertionError, match="Incompatible types"):
        check(tmp_path, *strict, "client.py")
