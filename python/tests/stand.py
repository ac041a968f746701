"""A stand for the guard: a device that prints what a real one prints, a technician's terminal, and a journal with a lease."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import threading
import time
import tty
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from conftest import COMMAND, TRANSCRIPTS
from test_room import CUSTOMER, DEVICE, PROVIDER, VENDOR, Walk, person

from strongroom import Role, Strongroom

PATIENCE = 20.0
LOGIN, SHELL = b"[hsm-a] ttyS0 login: ", b"[hsm-a] lunash:>"


def wait_for(what: str, is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, f"it never came: {what}"
        time.sleep(0.005)


class Pty:
    """A pseudo-terminal: whoever is at the other end of a serial line."""

    def __init__(self) -> None:
        self.master, slave = os.openpty()
        self.path = os.ttyname(slave)
        tty.setraw(slave)
        os.set_blocking(self.master, False)
        self._slave: int | None = slave

    def is_used(self) -> None:
        """The other side is open: it is theirs alone."""
        if self._slave is not None:
            os.close(self._slave)
            self._slave = None

    def read(self) -> bytes:
        try:
            return os.read(self.master, 4096)
        except OSError:
            return b""

    def write(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self.master, data) :]
            except BlockingIOError:
                select.select([], [self.master], [], 1)

    def unplug(self) -> None:
        self.is_used()
        if self.master >= 0:
            os.close(self.master)
            self.master = -1


class SimulatedDevice(threading.Thread):
    """Prints what the transcripts have, and keeps every byte that it is sent."""

    def __init__(self, session: str = "login") -> None:
        super().__init__(daemon=True)
        self.port, self.session, self.password = Pty(), session, b"secret"
        self._received = bytearray()
        self._line = bytearray()
        self._lock = threading.Lock()
        self._ends = threading.Event()
        self.start()

    def received(self) -> bytes:
        """Every byte that came since this was asked before."""
        with self._lock:
            received = bytes(self._received)
            self._received.clear()
            return received

    def received_so_far(self, byte: bytes) -> int:
        """How often that byte is among them."""
        with self._lock:
            return self._received.count(byte)

    def run(self) -> None:
        while not self._ends.is_set():
            for byte in self.port.read():
                with self._lock:
                    self._take(byte)
            time.sleep(0.002)

    def unplug(self) -> None:
        self._ends.set()
        self.join()
        self.port.unplug()

    def _take(self, byte: int) -> None:
        self._received.append(byte)
        if self.session == "silent":
            return
        if byte == 0x03:
            self._line.clear()
            self.session = {"password": "login", "endless": "shell"}.get(self.session, self.session)
            self.port.write(b"^C\r\n")
            self._prompt()
        elif byte == 0x0D:
            line = bytes(self._line)
            self._line.clear()
            self.port.write(b"\r\n")
            self._enter(line)
            self._prompt()
        else:
            self._line.append(byte)
            if self.session != "password":
                self.port.write(bytes([byte]))

    def _enter(self, line: bytes) -> None:
        match self.session, line:
            case _, b"":
                pass
            case "login", _:
                self.session = "password"
            case "password", _:
                self.session = "shell" if line == self.password else "login"
            case "shell", b"exit":
                self.session = "login"
            case "shell", _:
                self.port.write(_output(line.decode()))
                if line.startswith(b"syslog tail"):
                    self.session = "endless"
            case _:
                pass

    def _prompt(self) -> None:
        self.port.write({"login": LOGIN, "password": b"Password: ", "shell": SHELL}.get(self.session, b""))


def _output(line: str) -> bytes:
    """What a real device printed after its echo."""
    words = line.split(" -")[0].replace(" ", "_")
    files = sorted(TRANSCRIPTS.glob(f"{words}.*"))
    lines = files[0].read_bytes().splitlines()[1:] if files else [b"Command Result : 0 (Success)"]
    return b"".join(each + b"\r\n" for each in lines)


DIRECTORY = f"""
strongroom = 1

[device]
serial = "{DEVICE.serial}"
provider = "north"
vendor = "luna"

[organisations]
north = "{PROVIDER}"
luna = "{VENDOR}"
contoso = "{CUSTOMER}"
""" + "".join(
    f'\n[people.{name}]\norganisation = "north"\nid = "{person(role, number).id}"\nroles = ["{role}"]\naccounts = []\n'
    for name, role, number in (("rosa", Role.MONITOR, 5), ("erik", Role.ENGINEER, 1), ("pia", Role.POOL, 9))
)

AUDREY = f"""
[people.audrey]
organisation = "contoso"
id = "{person(Role.AUDITOR).id}"
roles = ["Auditor"]
accounts = []
"""

LOGS = '\n[logs]\nfolder = "logs"\nkey = "device.pem"\nauditor = "audrey"\npool = "pia"\n'
"""Where the guard drains to, with `AUDREY`."""

NO_LOGS = "directory.toml: it has no [logs], so nothing drains the log that every line goes to; "
"""What the guard says at its start without them."""


class LiveWalk(Walk):
    """Asks at the time of the clock."""

    def at(self) -> datetime:
        return datetime.now(UTC)


class DrainedWalk(Walk):
    """Copies what it acknowledges."""

    def __init__(self, room: Strongroom, folder: Path, key: str) -> None:
        super().__init__(room)
        self._folder, self._key = folder, key

    def copy(self) -> None:
        self.room.drain(self._folder, self._key)


class Stand:
    """A folder with a journal, both ports, and the command."""

    def __init__(self, folder: Path, session: str = "login") -> None:
        self.folder = folder
        self.device, self.terminal = SimulatedDevice(session), Pty()
        self.journal = folder / "hsm-a.journal"
        (folder / "directory.toml").write_text(DIRECTORY)
        self.guard: subprocess.Popen[bytes] | None = None
        self._screen = b""

    def with_logs(self, key: Path, more: str = LOGS) -> Stand:
        """The guard has a folder to drain to, and a key."""
        (self.folder / "device.pem").write_bytes(key.read_bytes())
        (self.folder / "device.pem").chmod(0o600)
        (self.folder / "directory.toml").write_text(DIRECTORY + AUDREY + more)
        return self

    def lease(self) -> Stand:
        """The device is in operation, as of a few minutes ago."""
        key = self.folder / "device.pem"
        with self.room() as room:
            walk = DrainedWalk(room, self.folder / "logs", key.read_text()) if key.exists() else Walk(room)
            walk.now = datetime.now(UTC) - timedelta(seconds=200)
            walk.operational()
        return self

    def room(self) -> Strongroom:
        return Strongroom.open(self.journal, DEVICE)

    def ask(self) -> int:
        """Erik asks for access to read, now."""
        with self.room() as room:
            return LiveWalk(room).asked()

    def drain(self) -> None:
        """The records leave the journal, so that there is room for more."""
        with self.room() as room:
            LiveWalk(room).settle()

    def approve(self, number: int, duration: timedelta | None = None) -> datetime:
        """Until when access lasts."""
        with self.room() as room:
            at = datetime.now(UTC)
            room.approve(by=person(Role.APPROVER, 3), request=number, duration=duration, at=at).require()
            return at + (duration or timedelta(hours=8))

    def arguments(self, *more: object, **changes: object) -> list[str]:
        """The command line of the guard."""
        options = {"device": self.device.port.path, "technician": self.terminal.path, "journal": self.journal, **changes}
        return [str(COMMAND), "console", "guard", *(f"--{name}={value}" for name, value in options.items()), *map(str, more)]

    def start(self, *more: object) -> Stand:
        """Starts it, and waits until whatever session there was has ended."""
        environment = {**os.environ, "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"}
        with (self.folder / "said").open("wb") as said, (self.folder / "wrong").open("wb") as wrong:
            self.guard = subprocess.Popen(self.arguments(*more), cwd=self.folder, env=environment, stdout=said, stderr=wrong)
        wait_for("the end of whatever session there was", lambda: self._has_ended(self.guard))
        self.device.port.is_used()
        self.terminal.is_used()
        return self

    def _has_ended(self, guard: subprocess.Popen[bytes] | None) -> bool:
        assert guard is not None and guard.poll() is None, self.wrong
        return "session has ended" in self.said or '"closed"' in self.said

    @property
    def said(self) -> str:
        return (self.folder / "said").read_text()

    @property
    def wrong(self) -> str:
        """What it complains of, but that there are no `[logs]`."""
        lines = (self.folder / "wrong").read_text().splitlines(keepends=True)
        return "".join(line for line in lines if NO_LOGS not in line)

    def wait_until_said(self, text: str) -> None:
        wait_for(f"{text!r} in {self.said}{self.wrong}", lambda: text in self.said)

    def end(self, by: int = signal.SIGTERM) -> int:
        assert self.guard is not None
        self.guard.send_signal(by)
        return self.guard.wait(PATIENCE)

    def ends(self) -> int:
        assert self.guard is not None
        return self.guard.wait(PATIENCE)

    def types(self, text: bytes) -> None:
        """Types after the device's prompt has settled, as people do."""
        time.sleep(0.15)
        self.terminal.write(text)

    def sees(self, text: bytes) -> bytes:
        """Waits until that is on the screen, and takes all up to it away."""
        until = time.monotonic() + PATIENCE
        while text not in self._screen:
            assert time.monotonic() < until, f"no {text!r} on the screen: {self._screen!r}\n{self.said}{self.wrong}"
            self._screen += self.terminal.read()
            time.sleep(0.005)
        seen, _, self._screen = self._screen.partition(text)
        return seen + text

    def sees_at_last(self) -> bytes:
        """Everything on the screen that was not taken away yet, after a while."""
        time.sleep(0.3)
        seen, self._screen = self._screen + self.terminal.read(), b""
        return seen

    def log_in(self, account: bytes = b"monitor") -> None:
        self.types(b"\r")
        self.sees(b"login: ")
        self.types(account + b"\r")
        self.sees(b"Password: ")
        self.types(b"secret\r")
        self.sees(b"lunash:>")

    def close(self) -> None:
        if self.guard is not None and self.guard.poll() is None:
            self.guard.kill()
            self.guard.wait()
        self.device.unplug()
        self.terminal.unplug()
