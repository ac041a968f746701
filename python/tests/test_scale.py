"""What `make scale` says of engines from Python, with so few that a test has the time for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "tests" / "scale" / "engines.py"


def test_engines_are_made_and_asked() -> None:
    told = subprocess.run([sys.executable, SCRIPT, "300"], check=True, capture_output=True, text=True).stdout.splitlines()
    assert (told[0], len(told)) == ("| 300 engines from Python | |", 4)
    each = int("".join(filter(str.isdigit, told[2])))
    assert 5000 < each < 20_000, "an engine has 6664 bytes"
