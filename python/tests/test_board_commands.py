"""`strongroom board` and `strongroom monitor`, as real processes at a board's own application."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import stat
import subprocess
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from bench_board import CUSTOMER, OWN_KEY, PROVIDER, PROVIDER_KEY, SEED, SERIAL, VENDOR, Bench, person
from conftest import COMMAND, ROOT, Run

from strongroom import LogDirectory, Role, _native, logs, write_key

PUBLIC = _native.device_public_key(SEED)

PEOPLE = {
    "hana": (Role.HANDS, 1),
    "pia": (Role.POOL, 2),
    "paul": (Role.POOL, 3),
    "erik": (Role.ENGINEER, 4),
    "jit": (Role.JIT_SERVICE, 5),
    "una": (Role.USER, 1),
    "ada": (Role.ADMIN, 2),
    "alma": (Role.ADMIN, 5),
    "bea": (Role.APPROVER, 3),
    "aud": (Role.AUDITOR, 4),
}
"""With the numbers that the bench knows them by."""


def directory(serial: str = SERIAL) -> str:
    """Who is who at the bench."""
    lines = ["strongroom = 1", "[device]", f'serial = "{serial}"', 'provider = "north"', 'vendor = "luna"', 'deployment = "board"', "[organisations]"]
    lines += [f'{name} = "{id}"' for name, id in (("north", PROVIDER), ("luna", VENDOR), ("contoso", CUSTOMER))]
    for name, (role, number) in PEOPLE.items():
        someone = person(role, number)
        organisation = "north" if someone.organisation == PROVIDER else "contoso"
        lines += [f"[people.{name}]", f'organisation = "{organisation}"', f'id = "{someone.id}"', f'roles = ["{role}"]', "accounts = []"]
    return "\n".join([*lines, ""])


class Desk:
    """A folder with keys and a directory, and a board."""

    def __init__(self, bench: Bench, run: Run, folder: Path) -> None:
        self.bench, self._run, self.folder = bench, run, folder
        (folder / "directory.toml").write_text(directory())
        for name, key in (("provider.key", PROVIDER_KEY), ("customer.key", OWN_KEY)):
            if not (folder / name).exists():
                write_key(folder / name, key)
        (folder / "device.pub").write_text(f"{PUBLIC}\n")

    def run(self, *arguments: object, code: int = 0) -> str:
        """What the command prints; it ends with this code, and says why where it is not 0."""
        done = self._run(*arguments, "--port", self.bench.port)
        assert done.returncode == code, done.stderr.decode()
        assert b"Traceback" not in done.stderr
        if code not in (0, 4):
            assert done.stdout == b"" and (code == 2 or done.stderr.count(b"\n") == 1), (done.stdout, done.stderr)
            return done.stderr.decode()
        return done.stdout.decode()

    def provider(self, *arguments: object, code: int = 0) -> str:
        """Under the provider's key."""
        return self.run(*arguments, "--key", "provider.key", code=code)

    def customer(self, *arguments: object, code: int = 0) -> str:
        """Under the customer's."""
        return self.run(*arguments, "--key", "customer.key", "--as", "customer", code=code)

    def send(self, *arguments: object, code: int = 0) -> dict[str, Any]:
        """What came of a provider's command."""
        told: dict[str, Any] = json.loads(self.provider("board", "send", *arguments, "--json", code=code))
        return told


@pytest.fixture
def new(run: Run, tmp_path: Path) -> Generator[Desk]:
    with Bench("new") as bench:
        yield Desk(bench, run, tmp_path)


@pytest.fixture
def operational(run: Run, tmp_path: Path) -> Generator[Desk]:
    with Bench("operational") as bench:
        yield Desk(bench, run, tmp_path)


def test_a_board_is_provisioned_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("watching\n")
    with Bench("blank") as bench:
        desk = Desk(bench, run, tmp_path)
        provision = ("board", "provision", "--account", "monitor", "--password-file", "password")
        (tmp_path / "password").chmod(0o640)
        assert "others can read the password's file" in desk.run(*provision, "--keys", "keys", code=1)
        assert not (tmp_path / "keys").exists()
        (tmp_path / "password").chmod(0o600)
        told = json.loads(desk.run(*provision, "--keys", "keys", "--json"))
        for name in ("provider.key", "device.seed"):
            assert stat.S_IMODE((tmp_path / "keys" / name).stat().st_mode) == 0o600
        assert (tmp_path / "keys" / "device.pub").read_text() == f"{told['public']}\n"
        assert "time" in desk.run("monitor", "--key", "keys/provider.key", "--device-key", "keys/device.pub", "--once")
        assert "is provisioned" in desk.run(*provision, "--keys", "keys"), "cut off, it goes on with the same keys"
        assert "something already" in desk.run(*provision, "--keys", "others", code=1)
        assert "none: no such file" in desk.run("board", "provision", "--keys", "k", "--account", "m", "--password-file", "none", code=1)


def test_a_grant_from_the_ticket_to_the_technician(operational: Desk) -> None:
    send = operational.send
    opened = json.loads(operational.customer("board", "send", "open-ticket", "--ticket", "SR-1", "--troubleshot", "--by", "una", "--json"))
    request = opened["request"]
    send("triage", request, "--by", "erik")
    access = ("--subject", "device", "--scope", "resource", "--permission", "read", "--isolated-identity", "--standard-tools-failed", "--customer-data")
    send("request-access", "--ticket", "SR-1", *access, "--justification", "It does not answer.", "--by", "erik")
    send("evaluate", request, "--by", "jit")
    assert send("ask-customer", request, "--by", "erik")["status"] == "CustomerNotified"
    borrowed = operational.provider("board", "send", "approve", request, "--by", "bea", code=1)
    assert "bea is of the customer, and the key is the provider's" in borrowed
    approved = operational.customer("board", "send", "approve", request, "--by", "bea")
    assert approved.startswith("✓ bea (Approver, customer) approves") and f"request {request} is Approved" in approved
    assert operational.provider("board", "seat", "erik") == "erik sits at the technician's line\n"
    operational.bench.do("wait 4")
    seen = json.loads(operational.provider("monitor", "--once", "--json"))
    assert seen["access"] is not None and seen["state"] == "OPERATIONAL"
    operational.customer("board", "send", "revoke", request, "--reason", "Done.", "--by", "bea")
    assert json.loads(operational.provider("monitor", "--once", "--json"))["access"] is None
    assert operational.provider("board", "seat") == "nobody sits at the technician's line\n"
    assert "knows no Engineer of that name" in operational.provider("board", "seat", "pia", code=1)


def test_the_time_takes_two_and_refusals_name_their_rule(new: Desk) -> None:
    assert "refused by TwoPersons" in new.provider("board", "time", "--by", "pia", code=4)
    assert "sets the time" in new.provider("board", "time", "--by", "pia", "--second", "paul", "--at", "2026-01-05T08:00:00Z")
    refused = new.send("arrive", "--serial", "700023", "--by", "hana", code=4)
    assert (refused["ok"], refused["state"]) == (False, "IN_TRANSIT") and refused["rule"]["name"]
    seen = json.loads(new.provider("monitor", "--once", "--json"))
    assert seen["time"].startswith("2026-01-05T08:0")
    assert "behind this host's clock: strongroom board time sets it" in new.provider("monitor", "--once")


def test_logs_are_collected_verified_and_acknowledged(new: Desk) -> None:
    new.provider("board", "time", "--by", "pia", "--second", "paul")
    collect = ("monitor", "--log", "logs", "--device-key", "device.pub", "--once")
    told = new.provider(*collect, "--acknowledge", "pia")
    assert "signed by the device, collected in logs/lifecycle" in told and "TimeSet" in told
    assert "this host's clock" not in told
    assert new.send("arrive", "--serial", SERIAL, "--by", "hana")["state"] == "RECEIVED"
    head = json.loads(new.provider(*collect, "--json"))["heads"]["lifecycle"]
    assert head["verified"] and head["size"] == LogDirectory.open(new.folder / "logs" / "lifecycle").size
    assert all(report.is_sound for report in logs.verify(new.folder / "logs", key=PUBLIC))
    with Bench("new") as another:
        new.bench = another
        assert "NOT VERIFIED: the log strongroom/700022/lifecycle went back" in new.provider(*collect, code=3)


def test_what_does_not_verify_ends_with_3(new: Desk) -> None:
    other = _native.device_public_key(OWN_KEY)
    assert "is not signed by this key" in new.provider("monitor", "--once", "--device-key", other, code=3)
    assert not (new.folder / "logs").exists()
    assert "what answers does not have this party's key" in new.run("monitor", "--once", "--key", "customer.key", code=3)
    new.provider("monitor", "--log", "logs", "--device-key", "device.pub", "--once")
    tile = next(path for path in sorted((new.folder / "logs" / "lifecycle" / "tile" / "entries").rglob("*")) if path.is_file())
    tile.write_bytes(tile.read_bytes()[:-1] + b"\x00")
    assert "the log is not as it was signed" in new.provider("monitor", "--log", "logs", "--device-key", "device.pub", "--once", code=3)


def test_notices_are_handed_over_only_where_it_is_asked_for(operational: Desk) -> None:
    operational.bench.do("switch 0 on")
    operational.bench.do("wait 2")
    waiting = json.loads(operational.provider("monitor", "--once", "--json"))
    assert any(each["kind"] == "notify_customer" for each in waiting["effects"]) and waiting["told"] == []
    told = operational.provider("monitor", "--once", "--told")
    assert "told" in told and "tell the customer (tamper" in told
    after = json.loads(operational.provider("monitor", "--once", "--told", "--json"))
    assert not any(each["kind"] == "notify_customer" for each in after["effects"])


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["monitor", "--once", "--key", "nowhere"], 1, "nowhere: no such file or directory\n"),
        (["monitor", "--once", "--key", "open.key"], 1, "others can read the key"),
        (["monitor", "--once", "--key", "short.key"], 1, "short.key: this is no party's key"),
        (["monitor", "--once", "--key", "provider.key", "--log", "logs"], 2, "--log needs --device-key"),
        (["monitor", "--once", "--key", "provider.key", "--acknowledge", "pia"], 2, "--acknowledge needs --log"),
        (["monitor", "--once", "--key", "provider.key", "--device-key", "zz"], 1, "this is no key"),
        (["board", "send", "arrive", "--serial", "700022", "--key", "provider.key", "--by", "nobody"], 1, "knows nobody called nobody"),
        (["board", "send", "arive", "--key", "provider.key"], 2, "did you mean 'arrive'?"),
        (["board", "time", "--key", "provider.key", "--by", "pia", "--at", "noon"], 2, "is not a time"),
    ],
)
def test_what_is_wrong_is_said(new: Desk, arguments: list[str], code: int, message: str) -> None:
    write_key(new.folder / "open.key", PROVIDER_KEY)
    (new.folder / "open.key").chmod(0o644)
    (new.folder / "short.key").write_text("abcd\n")
    (new.folder / "short.key").chmod(0o600)
    assert message in new.run(*arguments, code=code)


def test_another_devices_board_and_a_dead_port_are_told(new: Desk) -> None:
    (new.folder / "directory.toml").write_text(directory("700023"))
    assert "this is the board of device 700022, not of 700023" in new.provider("board", "seat", code=1)
    new.bench.do("line cut")
    assert "no answer in 1 s" in new.provider("monitor", "--once", "--timeout", "1", code=1)
    new.bench.port = "/dev/null"
    assert "/dev/null: it cannot be opened" in new.provider("monitor", "--once", code=1)


def test_the_screen_follows_and_ctrl_c_ends_it(new: Desk) -> None:
    master, slave = pty.openpty()
    arguments = [str(COMMAND), "monitor", "--port", new.bench.port, "--key", "provider.key", "--every", "0.2", "--timeout", "1"]
    environment = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1", "COLUMNS": "100", "LINES": "40"}
    with subprocess.Popen(arguments, stdin=slave, stdout=slave, stderr=slave, cwd=new.folder, env=environment) as process:
        os.close(slave)
        try:
            _await(master, "IN_TRANSIT", "not read yet", "BootRecorded")
            new.provider("board", "time", "--by", "pia", "--second", "paul")
            _await(master, "TimeSet")
            new.bench.do("line cut")
            _await(master, "no answer in 1 s")
            new.bench.do("line clean")
            _await(master, "IN_TRANSIT")
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        finally:
            process.kill()
    os.close(master)


def test_the_readmes_lines_run(run: Run, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text()
    (block,) = (each for each in re.findall(r"^```sh\n(.*?)^```", readme, re.MULTILINE | re.DOTALL) if "board provision" in each)
    (tmp_path / "monitor.password").touch(mode=0o600)
    (tmp_path / "monitor.password").write_text("watching\n")
    with Bench("blank") as bench:
        desk, told = Desk(bench, run, tmp_path), ""
        for line in block.splitlines():
            strongroom, *words = line.replace("--port /dev/ttyUSB0 ", "").split()
            assert strongroom == "strongroom" and "/dev/ttyUSB0" not in words
            told = desk.run(*words)
    assert "state          RECEIVED" in told and "signed by the device, collected in logs/lifecycle" in told


def _await(master: int, *texts: str) -> None:
    """Reads the screen until all of this was on it."""
    seen, until = "", time.monotonic() + 20
    while not all(text in seen for text in texts):
        assert time.monotonic() < until, seen
        if select.select([master], [], [], 0.1)[0]:
            seen += os.read(master, 65_536).decode(errors="replace")


def test_a_customer_destroys_what_is_theirs_without_naming_the_challenge(operational: Desk) -> None:
    done = operational.customer("board", "send", "zeroize", "--by", "ada", "--second", "alma")
    assert "the device is ZEROIZING" in done
