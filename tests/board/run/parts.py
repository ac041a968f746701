"""The processes: QEMU with the image in it, and the device at its console."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[3]
CAPACITY = 32 * 1024
"""Bytes of the EEPROM, a 24C256."""


class Missing(Exception):
    """Something that this machine lacks; says how to get it."""


def build() -> tuple[Path, Path]:
    """The board's image and the simulated device, built."""
    if shutil.which("qemu-system-arm") is None:
        raise Missing("No QEMU. Install it by\n  apt-get install qemu-system-arm")
    print("Builds the firmware, then the device: minutes the first time, a second later on.", flush=True)
    image = _built([str(ROOT / "firmware" / "board.sh")])
    cargo = os.environ.get("CARGO", "cargo")
    _built([cargo, "build", "--quiet", "--locked", "-p", "strongroom-simulator"])
    return Path(image), Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "strongroom-simulator"


def _built(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(done.stderr.strip())
    return done.stdout.strip()


class Processes:
    """What was started, and ends with it."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, command: list[str], *, stdin: int | IO[bytes], stdout: IO[bytes]) -> None:
        """Starts it apart from the terminal: Ctrl-C is for the one in the foreground. Where this process is killed, so is that one."""
        with_us = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        self._running.append(subprocess.Popen([*with_us, *command], stdin=stdin, stdout=stdout, stderr=subprocess.STDOUT, start_new_session=True))

    def check(self, log: Path) -> None:
        """Ends with what they have said where one of them has ended."""
        for process in self._running:
            if process.poll() is not None:
                sys.exit(f"{process.args!r} has ended with {process.returncode}; what it said is in {log}")

    def end(self) -> None:
        """Ends all of them."""
        for process in reversed(self._running):
            process.terminate()
        for process in self._running:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def qemu(image: Path, eeprom: Path, sockets: Path) -> list[str]:
    """The board: host's line, device's console, technician's terminal, and QEMU's own monitor, with which its buttons are pressed."""
    if not eeprom.exists():
        eeprom.write_bytes(b"\xff" * CAPACITY)

    def served(name: str) -> str:
        return f"unix:{sockets / name},server=on,wait=off"

    serial = [served("host"), f"unix:{sockets / 'device'}", served("technician")]
    return [
        *(str(ROOT / "firmware" / "qemu.sh"), "--eeprom", str(eeprom), str(image)),
        # Not running yet: whatever it says first is heard.
        *("-S", "-monitor", served("buttons")),
        *(each for line in serial for each in ("-serial", line)),
    ]
