"""`make board`: firmware on QEMU, a device, and the monitor, together and gone together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from conftest import COMMAND, ROOT, tool

SCRIPT = ROOT / "tests" / "board" / "run"


@pytest.fixture
def folder(tmp_path: Path) -> Generator[Path]:
    """Where it is kept; afterwards nothing is left of it. Skips the test where this machine cannot build or run the image."""
    tool("qemu-system-arm")
    built = subprocess.run([ROOT / "firmware" / "board.sh"], capture_output=True, text=True, check=False)
    if built.returncode:
        (pytest.fail if os.environ.get("STRONGROOM_REQUIRE_ALL") == "1" else pytest.skip)(built.stderr.strip())
    yield tmp_path / "kept"
    assert _left(tmp_path) == []


def _left(folder: Path) -> list[str]:
    """The processes that name the folder, or have a file in it open."""
    lines: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            files = [str(each.readlink()) for each in (process / "fd").iterdir()]
        except OSError:
            continue
        if int(process.name) != os.getpid() and any(str(folder) in each for each in (line, *files)):
            lines.append(line)
    return lines


def run(folder: Path, *more: str) -> str:
    command = [sys.executable, str(SCRIPT), "--folder", str(folder), "--once", "--patience", "0", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def test_it_runs_once_and_comes_back_as_it_was(folder: Path) -> None:
    told = run(folder)
    assert "it arrives" in told and "signed by the device, collected in" in told
    assert "state          ZEROIZING" in told, told
    again = run(folder)
    assert "provisioned" not in again and "it arrives" not in again, again
    verified = subprocess.run(
        [COMMAND, "log", "verify", folder / "logs", "--key", folder / "device.pub"], capture_output=True, text=True, check=True
    )
    assert verified.stdout.startswith("log verified: ")
    assert {path.name for path in folder.iterdir() if path.is_symlink() or path.is_fifo()} == set()


def test_ctrl_c_ends_all_of_it(folder: Path) -> None:
    command = [sys.executable, str(SCRIPT), "--folder", str(folder), "--patience", "0"]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        timer = threading.Timer(200, process.kill)
        timer.start()
        assert process.stdout is not None
        told = ""
        while "lifecycle log" not in told:
            line = process.stdout.readline()
            assert line, told
            told += line
        assert "the technician's terminal" in told
        assert _left(folder.parent)
        other = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert other.returncode == 1 and "another run has it" in other.stderr
        # As a terminal does: everybody in the foreground gets it.
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(30) == 0
        timer.cancel()
        time.sleep(0.1)
