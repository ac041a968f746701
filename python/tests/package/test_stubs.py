"""The stub that is checked in is the one that the native module makes."""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path

from conftest import ROOT

STUB = ROOT / "python" / "strongroom" / "_native.pyi"


def test_the_stub_is_what_the_native_module_makes() -> None:
    command: list[str | Path] = [ROOT / "python" / "stubs.sh", sysconfig.get_path("scripts")]
    made = subprocess.run(command, capture_output=True, check=False, text=True, timeout=600)
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines() == STUB.read_text().splitlines(), f"{STUB} is not what the module makes\nrun: make python-stubs"
