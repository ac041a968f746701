"""Runs board, device and monitor on this machine: the firmware on QEMU, a simulated device at its console.

Everything that is kept is in one folder: the EEPROM, keys, logs, and links to the pseudo-terminals. Another run goes on from there.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from types import FrameType
from typing import NoReturn

import people
from parts import ROOT, Missing, Processes, build, qemu
from story import ACCOUNT, PASSWORD, Files, Story
from wires import Wires, connect

from strongroom import StrongroomError

_STRONGROOM = Path(sysconfig.get_path("scripts")) / "strongroom"


def main() -> int:
    parser = argparse.ArgumentParser(prog="run", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "target" / "board", help="where everything is kept; target/board where not named")
    parser.add_argument("--once", action="store_true", help="look once at the end, instead of watching")
    parser.add_argument("--patience", type=float, default=120, metavar="SECONDS", help="how long the story waits for the device to be read; 120 where not named")
    options = parser.parse_args()
    # Before anything is begun: what is begun is ended.
    signal.signal(signal.SIGTERM, _end)
    try:
        image, simulator = build()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    folder: Path = options.folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with _alone(folder), _running(folder, image, simulator):
            return _run(Files(folder), once=options.once, patience=options.patience, image=image)
    except KeyboardInterrupt:
        return 0
    except StrongroomError as error:
        print(f"{error}\nwhat the board has logged: {folder / 'defmt.log'}", file=sys.stderr)
        return 1


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


@contextlib.contextmanager
def _alone(folder: Path) -> Generator[None]:
    """One run in a folder at a time: there is one EEPROM in it."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"{folder}: another run has it; end that one, or name another folder: --folder DIR")
        yield


@contextlib.contextmanager
def _running(folder: Path, image: Path, simulator: Path) -> Generator[None]:
    """Board and device, with their wires; nothing of it is left afterwards."""
    faults = folder / "faults"
    faults.unlink(missing_ok=True)
    os.mkfifo(faults, 0o600)
    processes, wires = Processes(), Wires()
    with contextlib.ExitStack() as stack:
        # A socket's path has few characters.
        sockets = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="strongroom-board-")))
        stack.callback(faults.unlink, missing_ok=True)
        stack.callback(wires.close)
        stack.callback(processes.end)
        # Open for writing, too: so it does not end with the first one who has said something.
        said = stack.enter_context(os.fdopen(os.open(faults, os.O_RDWR), "rb", buffering=0))
        device, log = (stack.enter_context((folder / name).open("wb")) for name in ("device.log", "defmt.log"))
        processes.start([str(simulator), "--unix", str(sockets / "device"), "--account", f"{ACCOUNT}:{PASSWORD}"], stdin=said, stdout=device)
        _wait_for(sockets / "device", processes, folder / "device.log")
        processes.start(qemu(image, folder / "eeprom", sockets), stdin=subprocess.DEVNULL, stdout=log)
        _wait_for(sockets / "buttons", processes, folder / "defmt.log")
        wires.join(connect(sockets / "host"), folder / "host", folder / "host-2", frames=True)
        wires.join(connect(sockets / "technician"), folder / "technician")
        buttons = connect(sockets / "buttons")
        buttons.sendall(b"cont\n")
        wires.join(buttons, folder / "buttons")
        wires.begin()
        yield


def _wait_for(path: Path, processes: Processes, log: Path) -> None:
    for _ in range(3000):
        if path.exists():
            return
        processes.check(log)
        time.sleep(0.01)
    sys.exit(f"{path} is not there after 30 s; what was said is in {log}")


def _run(files: Files, *, once: bool, patience: float, image: Path) -> int:
    folder = files.folder
    people.write(files.directory)

    def fault(name: str, on: bool) -> None:
        (folder / "faults").write_text(f"fault {name} {'on' if on else 'off'}\n")

    print(f"The board runs; what is kept is in {folder}.", flush=True)
    story = Story((str(folder / "host"), str(folder / "host-2")), files, fault, patience=patience)
    state = story.tell()
    print(f"  the device is {state}")
    if not once:
        _tell(folder, image, story.request)
    command = [str(_STRONGROOM), "monitor", "--port", str(folder / "host"), "--key", str(folder / "provider.key")]
    command += ["--log", str(files.logs), "--device-key", str(files.public), "--acknowledge", "pia", "--told", "--directory", str(files.directory)]
    return _foreground([*command, "--timeout", "40", *(["--once"] if once else [])])


def _foreground(command: list[str]) -> int:
    """Ctrl-C is the monitor's, which ends by it; then everything else does."""
    process = subprocess.Popen(command)
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait()
        signal.signal(signal.SIGINT, former)


def _tell(folder: Path, image: Path, request: int) -> None:
    path = Path(os.path.relpath(folder))
    board = f"--port {path}/host-2 --directory {path}/directory.toml"
    customer = f"{board} --key {path}/customer.key --as customer"
    print(f"""
In other terminals, from here, with {Path(os.path.relpath(_STRONGROOM))} as strongroom:
  the technician's terminal   screen {path}/technician
                              type Enter, status sensors, hsm zeroize
  the customer decides        strongroom board send approve {request} {customer} --by bea
  who sits at the terminal    strongroom board seat erik {board} --key {path}/provider.key
  the customer watches        strongroom monitor {customer} --device-key {path}/device.pub --log {path}/logs --acknowledge aud
  something is wrong          echo fault tamper on > {path}/faults      (psu, fan, battery, tamper, zeroized, silent, noise; off ends it)
  a contact opens             echo sendkey up 1 > {path}/buttons        (up chassis, down fan bay, left battery door, right decommission)
  what the firmware logs      defmt-print -e {Path(os.path.relpath(image))} < {path}/defmt.log      (cargo install defmt-print)
  the logs, as anybody can    strongroom log verify {path}/logs --key {path}/device.pub
An alert comes of three bad polls that are ten minutes apart; a tamper is told at once. To begin anew: rm -r {path}
""", flush=True)


if __name__ == "__main__":
    sys.exit(main())
