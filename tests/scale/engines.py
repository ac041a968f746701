"""What ten thousand engines take of a Python process's memory: `engines.py [COUNT]`, with the package installed."""

from __future__ import annotations

import sys
from pathlib import Path

from strongroom import Engine  # type: ignore[attr-defined]


def resident() -> int:
    """Bytes of this process that are in memory, as Linux tells it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("this system does not tell how much memory a process takes")
