"""What the figures were measured with."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path


def machine() -> list[str]:
    """The processor, the system and the compilers, a line each."""
    told = [f"{os.cpu_count() or 1} processors, {_processor()}", f"{platform.system()} {platform.release()}, {platform.machine()}"]
    tools = [_first_line("rustc", "--version"), _first_line(os.environ.get("CC", "cc"), "--version"), f"Python {platform.python_version()}"]
    told += [", ".join(tool for tool in tools if tool)]
    told += [f"instructions by {_first_line('valgrind', '--version') or 'nobody: valgrind is not there'}"]
    return told


def busy() -> str | None:
    """A warning, where others use the machine too."""
    load = os.getloadavg()[0]
    return f"the machine is busy (load {load:.1f}): its times say little" if load > 1.5 else None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "processor")


def _first_line(*command: str) -> str | None:
    if shutil.which(command[0]) is None:
        return None
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return told[0] if told else None
