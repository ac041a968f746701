"""The guard as a real process between real pseudo-terminals, with a device that prints what a real one prints."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import COMMAND
from serial import Serial
from stand import DIRECTORY, LOGS, NO_LOGS, Stand, wait_for
from test_room import person

from strongroom import LogName, Role, activity, logs
from strongroom.rules import rule


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    stand = Stand(tmp_path)
    yield stand
    stand.close()


def refuses(stand: Stand, line: bytes, name: str) -> None:
    stand.types(line + b"\r")
    stand.sees(rule(name).text.encode())
    stand.sees(b"lunash:>")


def test_monitoring_reads_and_nothing_else_reaches_the_device(stand: Stand) -> None:
    with stand.lease().room() as room:
        before = room.log(LogName.TENANT).size
    stand.start("--json")
    assert stand.device.received() == b"\x03", "before anybody comes, whatever session there was is ended"
    stand.types(b"\r")
    stand.sees(b"login: ")
    stand.types(b"admin\r")
    stand.sees(b"only the account that monitors")
    stand.types(b"recover\r")
    stand.sees(rule("RecoverLoginSeen").text.encode())
    assert stand.device.received() == b"\r"
    stand.log_in()
    assert stand.device.received() == b"\rmonitor\rsecret\r"
    stand.types(b"status  sens\r")
    shown = stand.sees(b"lunash:>")
    assert b"Fan1A          . | 3700.000   | RPM        | ok " in shown
    assert stand.device.received() == b"status sensors\r", "by the command's own name"

    refuses(stand, b"hsm zeroize", "MonitorMay")
    refuses(stand, b"hsm z", "MonitorMay")
    refuses(stand, b"status sensors -all", "MonitorMay")
    refuses(stand, b"h", "CommandKnown")
    refuses(stand, b"status sensors;hsm init", "CommandKnown")
    refuses(stand, b"status sysstat code `id`", "ArgumentsPlain")
    refuses(stand, b"\x1b[A\x1b[200~hsm show\x1b[201~", "MonitorMay")
    refuses(stand, b"status sens\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7fhsm zero", "MonitorMay")
    stand.types(b"x" * 300 + b"\r")
    stand.sees(b"refused: not a whole line")
    stand.types(b"hsm \x1b[\rzeroize\r")
    stand.sees(b"refused: not a whole line")
    assert stand.device.received() == b"", "what is refused never reaches the device"

    assert stand.end() == 0 and stand.wrong == ""
    assert (stand.device.received(), stand.device.session) == (b"\x03exit\r", "login")
    told = [json.loads(line) for line in stand.said.splitlines()]
    lines = [each for each in told if each["event"] == "line"]
    assert [(each["command"], each["ok"], each["sent"], each["rule"]) for each in lines[:3]] == [
        ("status sensors", True, True, "MonitorPasses"),
        ("hsm zeroize", False, False, "MonitorMay"),
        ("hsm zeroize", False, False, "MonitorMay"),
    ]
    assert {each["role"] for each in lines} == {"Monitor"} and {each["by"] for each in lines} == {str(person(Role.MONITOR, 5).id)}
    assert [each["ok"] for each in told if each["event"] == "login"] == [False, True]
    assert "admin" not in stand.said, "people type passwords there"
    assert {each["event"] for each in told} >= {"recovery", "spoilt", "open", "closing", "closed", "prompt"}
    assert all(datetime.fromisoformat(each["at"]).tzinfo is not None for each in told)
    with stand.room() as room:
        assert room.log(LogName.TENANT).size >= before + 5, "decisions are in the log; equal refusals are counted"


def test_pasted_text_is_one_line_and_the_rest_is_dropped(stand: Stand) -> None:
    stand.lease().start()
    stand.log_in()
    stand.device.received()
    stand.types(b"status sensors\rhsm zeroize\rproceed\rhsm init -label x\r")
    stand.sees(b"Fan1A")
    stand.sees(b"lunash:>")
    stand.sees_at_last()
    assert stand.device.received() == b"status sensors\r"
    stand.types(b"\x15\x03\r")
    stand.sees(b"lunash:>")
    assert stand.device.received().strip(b"\r") == b""


def test_a_hostile_technician_gets_nothing_to_the_device(stand: Stand) -> None:
    stand.lease().start()
    stand.log_in()
    stand.device.received()
    chance = random.Random(7)
    alphabet = b"\r\n\x1b[]Oexit hsm;|&`$proceed\x03\x15\x7f\x00\xff"
    for round in range(24):
        size = chance.randrange(1, 50)
        noise = bytes(chance.choice(alphabet) if chance.random() < 0.7 else chance.randrange(256) for _ in range(size))
        stand.terminal.write(noise)
        time.sleep(0.08 if round % 2 else 0.005)
        stand.terminal.read()
    stand.types(b"\x15\x03\r")
    time.sleep(1)
    assert stand.device.received().strip(b"\r") == b"", "only the line ends that ask for a prompt"
    stand.sees_at_last()
    stand.drain()
    stand.types(b"\r")
    stand.sees(b"lunash:>")
    stand.types(b"status sensors\r")
    stand.sees(b"Fan1A")
    assert stand.said.count("refused by ") >= 2
    assert stand.end() == 0 and stand.wrong == ""


REFUSED = 24
"""More lines than any log has room for."""


def types_what_is_refused(stand: Stand) -> None:
    time.sleep(0.15)  # until the prompt has settled
    for number in range(REFUSED):
        stand.terminal.write(b"hsm zeroize -%d\r" % number)
        stand.sees(b"lunash:>")


def test_many_refused_lines_never_block_a_guard_that_drains(stand: Stand, signing_key: Path) -> None:
    stand.with_logs(signing_key).lease().start()
    stand.log_in()
    types_what_is_refused(stand)
    # At once, too: one line each has its turn.
    stand.terminal.write(b"".join(b"a%d\r" % number for number in range(REFUSED)))
    wait_for("as many refusals", lambda: stand.said.count("refused by CommandKnown") == REFUSED)
    stand.sees_at_last()
    stand.types(b"status sensors\r")
    assert b"Fan1A" in stand.sees(b"lunash:>")
    assert stand.said.count("refused by MonitorMay") == REFUSED
    assert stand.end() == 0 and stand.wrong == ""
    with stand.room() as room:
        assert room.log(LogName.TENANT).size > 2 * REFUSED
    reports = logs.verify(stand.folder / "logs", key=signing_key.with_name("key.pub").read_text())
    assert all(report.is_sound and not report.findings for report in reports) and len(reports) == 2
    lines = [event for event in activity.events(stand.folder / "logs") if event.verb == "console_line"]
    assert len(lines) == 2 * REFUSED + 1, "every one of them is on record, once"


def test_a_guard_that_cannot_drain_says_so_once_and_goes_on(stand: Stand, signing_key: Path) -> None:
    stand.with_logs(signing_key).lease()
    (stand.folder / "device.pem").unlink()
    stand.start()
    stand.log_in()
    refuses(stand, b"hsm zeroize", "MonitorMay")
    refuses(stand, b"hsm init", "MonitorMay")
    (stand.folder / "device.pem").write_bytes(signing_key.read_bytes())
    (stand.folder / "device.pem").chmod(0o600)
    types_what_is_refused(stand)
    stand.types(b"status sensors\r")
    assert b"Fan1A" in stand.sees(b"lunash:>")
    assert stand.end() == 0
    assert stand.wrong == f"the logs are not drained: {stand.folder / 'device.pem'}: no such file or directory\n"


def test_without_a_folder_it_is_said_what_follows_and_it_does(stand: Stand) -> None:
    stand.lease().start()
    (said,) = (stand.folder / "wrong").read_text().splitlines()
    assert said.endswith(f"{NO_LOGS}once it is full, lines are refused that would pass, until strongroom drain has made room")
    stand.log_in()
    types_what_is_refused(stand)
    refuses(stand, b"status sensors", "LogHasRoom")
    assert stand.end() == 0


@pytest.mark.parametrize(("key", "log"), [("auditor", LogName.TENANT), ("pool", LogName.LIFECYCLE)])
def test_logs_that_nobody_acknowledges_are_told_of_at_the_start(stand: Stand, signing_key: Path, key: str, log: LogName) -> None:
    more = "".join(line for line in LOGS.splitlines(keepends=True) if not line.startswith(key))
    stand.with_logs(signing_key, more).lease().start()
    assert stand.wrong.startswith(f"{stand.folder / 'directory.toml'}: [logs] has no {key}, so nobody acknowledges the {log} log; ")
    assert stand.end() == 0 and stand.wrong.count("\n") == 1


def test_a_grant_opens_what_was_granted_and_ends_in_the_middle_of_a_line(stand: Stand) -> None:
    stand.lease().start("--engineer", "erik")
    stand.log_in()
    refuses(stand, b"network show", "MonitorMay")
    stand.device.received()
    # Asked and approved by other processes' hands, beside the guard.
    end = stand.approve(stand.ask(), timedelta(seconds=5))
    stand.wait_until_said("request 1: open_access confirmed by EffectConfirmed")
    stand.wait_until_said("the console is open: a grant")
    stand.types(b"network show\r")
    assert b"192.20.9.109" in stand.sees(b"lunash:>")
    refuses(stand, b"network hostname tower", "GrantCovers")
    refuses(stand, b"partition create -partition p2", "NeverKeys")
    assert stand.device.received() == b"network show\r"
    stand.types(b"network sho")
    stand.sees(b"network sho")
    assert datetime.now(UTC) < end
    wait_for("the grant's end", lambda: datetime.now(UTC) >= end)
    stand.wait_until_said("request 1: close_access confirmed by ClosedConfirmed")
    assert datetime.now(UTC) < end + timedelta(seconds=2)
    assert (stand.device.received(), stand.device.session) == (b"\x03exit\r", "login")
    stand.types(b"w\r")
    assert b"192." not in stand.sees(b"login: ")
    assert stand.device.received() in (b"", b"\r"), "nor is the line that was begun sent"

    # Monitoring is what is left.
    stand.types(b"erik\r")
    stand.sees(b"only the account that monitors")
    stand.log_in()
    refuses(stand, b"network show", "MonitorMay")
    assert stand.end() == 0
    assert "time: request 1: " in stand.said and "engineer: network show: passed by GrantPasses" in stand.said


def test_what_runs_is_interrupted_when_the_grant_is_revoked(stand: Stand) -> None:
    stand.lease()
    number = stand.ask()
    stand.approve(number)
    stand.start("--engineer", "erik")
    stand.log_in(b"operator")
    stand.types(b"syslog tail -logname lunalogs\r")
    wait_for("a command that prints on", lambda: stand.device.session == "endless")
    time.sleep(1.3)  # by now the guard looks at the journal only where it has changed
    stand.sees_at_last()
    stand.device.received()
    with stand.room() as room:
        room.revoke(by=person(Role.APPROVER, 3), request=number, reason=bytes([7] * 32)).require()
    stand.wait_until_said("close_access confirmed")
    closed = stand.device.received()
    assert closed.startswith(b"\x03") and closed.endswith(b"exit\r") and stand.device.session == "login"
    assert stand.sees_at_last() == b"", "what the device still printed belonged to the grant"
    assert stand.end(signal.SIGINT) == 0


@pytest.mark.parametrize("session", ["login", "shell"])
def test_health_is_polled_at_an_idle_prompt(stand: Stand, session: str) -> None:
    (stand.folder / "password").touch(mode=0o600)
    (stand.folder / "password").write_text("secret\n")
    stand.lease()
    if session == "login":
        stand.start("--json", "--poll", "60", "--password-file", "password")
    else:
        stand.start("--json", "--poll", "1")
        stand.log_in()
    stand.wait_until_said('"event": "health"')
    (told, *_) = (json.loads(line) for line in stand.said.splitlines() if '"health"' in line)
    assert told["health"] == "Trouble" and told["reading"]["power_supplies"]["worst"] == "critical"
    assert told["reading"]["fans"]["seen"] > 0 and told["reading"]["codes"][0] > 0
    assert told["reading"]["tampered"] and {each["rule"] for each in told["replies"]} == {"HealthNotice", "T27"}
    assert b"Fan1A" not in stand.sees_at_last(), "what a poll reads is not the technician's"
    if session == "login":
        wait_for("its own session's end", lambda: stand.said.count('"closed"') == 2)
        assert stand.device.session == "login" and b"monitor\rsecret\rhsm information show\r" in stand.device.received()
    with stand.room() as room:
        assert (room.state.health, room.state.state) == ("Trouble", "TAMPER_LATCHED")
    assert stand.end() == 0


def test_a_wrong_password_of_the_poll_is_told_once_and_not_repeated(stand: Stand) -> None:
    (stand.folder / "password").touch(mode=0o600)
    (stand.folder / "password").write_text("wrong\n")
    stand.lease().start("--poll", "60", "--password-file", "password")
    stand.wait_until_said("health: the device did not answer")
    assert stand.device.received().count(b"wrong\r") == 1
    assert stand.end() == 0


def test_a_device_that_is_unplugged_ends_the_guard(stand: Stand) -> None:
    stand.lease().start()
    stand.log_in()
    path = stand.device.port.path
    stand.device.unplug()
    stand.sees(b"the device has hung up")
    assert stand.ends() == 1
    first, second = stand.wrong.splitlines()
    assert first.startswith(f"{path}: ") and first.endswith("; plug it in again and start the guard again")
    assert second == f"{path}: the device has not said that its session has ended; look at it"


def test_a_terminal_that_is_unplugged_ends_the_devices_session_too(stand: Stand) -> None:
    stand.lease().start()
    stand.log_in()
    stand.device.received()
    path = stand.terminal.path
    stand.terminal.unplug()
    assert stand.ends() == 1
    assert stand.wrong.startswith(f"{path}: ") and stand.wrong.count("\n") == 1
    assert (stand.device.received(), stand.device.session) == (b"\x03exit\r", "login")


def test_a_device_that_says_nothing_is_reported_at_the_end(stand: Stand) -> None:
    stand.lease().start()
    stand.log_in()
    stand.device.session = "silent"
    assert stand.guard is not None
    stand.guard.terminate()
    wait_for("an end that is asked for again", lambda: stand.device.received_so_far(b"\x03") > 2)
    assert stand.guard.poll() is None
    since = time.monotonic()
    assert stand.end(signal.SIGINT) == 1 and time.monotonic() - since < 3, "a second signal waits for nobody"
    assert stand.wrong == f"{stand.device.port.path}: the device has not said that its session has ended; look at it\n"


def test_a_journal_that_another_process_keeps_ends_the_session(stand: Stand) -> None:
    stand.lease().start()
    stand.log_in()
    stand.device.received()
    with stand.room():
        stand.types(b"status sensors\r")
        assert stand.ends() == 1
    assert "is held by process" in stand.wrong and stand.wrong.count("\n") == 1
    assert (stand.device.received(), stand.device.session) == (b"\x03exit\r", "login")


def test_a_journal_that_is_gone_is_not_made_anew(stand: Stand) -> None:
    stand.lease().start()
    stand.log_in()
    stand.journal.unlink()
    assert stand.ends() == 1
    assert stand.wrong == f"{stand.journal}: no such file; strongroom init makes a journal\n"
    assert not stand.journal.exists() and stand.device.session == "login"


def fails(stand: Stand, message: str, *more: object, code: int = 1, **changes: object) -> None:
    result = subprocess.run(
        stand.arguments(*more, **changes), capture_output=True, text=True, check=False, timeout=30, cwd=stand.folder
    )
    assert (result.returncode, result.stdout) == (code, ""), result.stderr
    assert message in result.stderr and "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1 or code == 2
    assert stand.device.received() == b"", "the device is left as it is"


def test_a_wrong_command_line_is_told(stand: Stand) -> None:
    result = subprocess.run([COMMAND, "console", "guard", "--device", "x"], capture_output=True, text=True, check=False, timeout=30)
    assert result.returncode == 2 and "Missing option '--technician'" in result.stderr
    fails(stand, "--device and --technician are the same port", code=2, technician=stand.device.port.path)
    fails(stand, "--password-file goes with --poll", "--password-file=x", code=2)
    fails(stand, "0 is not in the range", "--baud=0", code=2)
    fails(stand, "'soon' is not a valid float", "--poll=soon", code=2)


def test_a_port_that_cannot_be_used_is_named(stand: Stand) -> None:
    stand.lease()
    for option in ("device", "technician"):
        changes: dict[str, Any] = {option: "nowhere"}
        fails(stand, "nowhere: no such file or directory; is it plugged in?\n", **changes)
    fails(stand, "hsm-a.journal: it is no serial port\n", device=stand.journal)
    fails(stand, "/dev/null: it is no serial port\n", technician="/dev/null")
    with Serial(stand.terminal.path, exclusive=True):
        fails(stand, f"{stand.terminal.path}: another program has it; end the program that has it open\n")


def test_a_port_that_one_may_not_open_is_named(stand: Stand) -> None:
    stand.lease()
    Path(stand.device.port.path).chmod(0)
    # Root may open everything: then the command becomes somebody else once it is loaded, in a folder of theirs.
    become = "import os, serial\nfrom strongroom.cli import main\nimport strongroom.cli.console.guard\n"
    if os.geteuid() == 0:
        become += "os.setgroups([])\nos.setgid(65534)\nos.setuid(65534)\n"
    with tempfile.TemporaryDirectory() as folder:
        for file in (stand.journal, stand.folder / "directory.toml"):
            shutil.copy(file, folder)
        if os.geteuid() == 0:
            for file in (Path(folder), *Path(folder).iterdir()):
                os.chown(file, 65534, 65534)
        Path(stand.terminal.path).chmod(0o666)
        _, *arguments = stand.arguments(journal=Path(folder) / "hsm-a.journal")
        command = [sys.executable, "-c", f"{become}main()", *arguments]
        result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, timeout=30)
    assert (result.returncode, result.stdout) == (1, "")
    path = stand.device.port.path
    assert result.stderr == f"{path}: permission denied; whoever uses it needs to be in the group that owns it, often dialout\n"


def test_a_journal_or_password_that_cannot_be_used_is_named(stand: Stand) -> None:
    fails(stand, "nowhere.toml: no such file; strongroom init makes one, or name it with --directory\n", "--directory=nowhere.toml")
    fails(stand, "hsm-a.journal: no such file; strongroom init makes a journal\n")
    assert not stand.journal.exists()
    stand.journal.write_text("short")
    fails(stand, "hsm-a.journal has 5 bytes, which is no journal's size")
    stand.journal.unlink()
    stand.lease()
    fails(stand, "password: no such file or directory\n", "--poll=60", "--password-file=password")
    (stand.folder / "password").touch(mode=0o640)
    fails(stand, "password: others can read the password's file (mode 0640); chmod go-rwx ", "--poll=60", "--password-file=password")
    (stand.folder / "password").chmod(0o600)
    fails(stand, "password: it is empty; its first line is the password\n", "--poll=60", "--password-file=password")
    (stand.folder / "directory.toml").write_text(DIRECTORY.replace("700022", "700023"))
    fails(stand, "hsm-a.journal: it was made for device 700022, with its provider, vendor and deployment; nothing was changed\n")


def test_what_others_could_have_written_is_not_believed(stand: Stand) -> None:
    stand.lease()
    for file, what in ((stand.folder / "directory.toml", "the directory"), (stand.journal, "the journal")):
        mode = file.stat().st_mode
        file.chmod(0o666)
        fails(stand, f"{file}: others can write {what} (mode 0666); chmod go-w {file}\n")
        file.chmod(mode)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (("strongroom = 1", "strongroom ="), [], "directory.toml: invalid value (at line 2"),
        (("[device]", "[thing]"), [], 'directory.toml: thing: unknown key "thing"; there are '),
        (('provider = "north"', 'provider = "west"'), [], 'directory.toml: [device] provider: unknown name "west"'),
        (('["Monitor"]', '["Hands"]'), [], "directory.toml: [people] has nobody with the role Monitor; add whoever monitors"),
        (('["Engineer"]', '["Monitor"]'), [], "several people have the role Monitor: rosa, erik; name one with --monitor"),
        (("", ""), ["--monitor=erik"], "--monitor: erik does not have the role Monitor, but Engineer ("),
        (("", ""), ["--engineer=erika"], '--engineer: unknown person "erika"; did you mean "erik"? ('),
    ],
)
def test_a_directory_that_does_not_say_who_is_who_is_named(
    stand: Stand, change: tuple[str, str], options: list[str], message: str
) -> None:
    stand.lease()
    (stand.folder / "directory.toml").write_text(DIRECTORY.replace(*change, 1))
    fails(stand, message, *options)


def test_a_reader_that_leaves_ends_the_devices_session(stand: Stand) -> None:
    stand.lease()
    with subprocess.Popen(stand.arguments(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=stand.folder) as guard:
        assert guard.stdout is not None and guard.stderr is not None
        wait_for("the end of whatever session there was", lambda: b"has ended" in guard.stdout.readline())  # type: ignore[union-attr]
        guard.stdout.close()
        stand.types(b"\r")
        said = guard.stderr.read().splitlines()
    assert (guard.returncode, said[1:]) == (1, [b"standard output: it cannot be written any more"])
    assert stand.device.session == "login"
