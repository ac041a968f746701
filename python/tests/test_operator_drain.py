"""Draining: by itself and by hand, cut off anywhere, and checked by what others would use."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bench_operator import DEVICE, Bench, id_of, made, pending, principal
from conftest import COMMAND
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from strongroom import POLICIES, KeyFormatError, LogDirectory, LogError, LogName, Principal, Role, SignedLog, StorageError, Strongroom, activity, logs
from strongroom.cases import CaseFile

LOGS = '[logs]\nfolder = "logs"\nkey = "device.pem"\nauditor = "audrey"\npool = "pia"\n'


def keyed(folder: Path) -> Path:
    """A private key; the public one stands beside it."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    file = folder / "device.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    file.chmod(0o600)
    (folder / "device.pub").write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return file


@pytest.fixture(name="bench")
def _bench(tmp_path: Path) -> Bench:
    keyed(tmp_path)
    return made(tmp_path, LOGS)


def sound(bench: Bench) -> dict[str, int]:
    """How many records each log has; all verify, and none is unsigned."""
    reports = logs.verify(bench.folder / "logs", key=(bench.folder / "device.pub").read_text())
    assert all(report.is_sound and not report.findings for report in reports), reports
    return {report.name: report.there for report in reports}


def test_every_command_drains_by_itself_and_the_rings_never_fill(bench: Bench) -> None:
    for number in range(10):
        bench.ok("ada", "lease", "set-monitoring", "--allowed" if number % 2 else "--no-allowed")
    status = bench.json("ada", "status")
    assert status["logs"]["tenant"]["size"] >= 12 and status["logs"]["tenant"]["room"] > 2
    assert sound(bench) == {"lifecycle": status["logs"]["lifecycle"]["size"], "tenant-1": status["logs"]["tenant"]["size"]}
    verbs = [event.verb for event in activity.events(bench.folder / "logs")]
    assert verbs.count("set_monitoring") == 10 and "acknowledge" in verbs


def test_a_request_is_shown_whole_though_its_records_left_the_engine(bench: Bench) -> None:
    bench.ok("uma", "ticket", "open", "SR-1", "--text", "Broken.", "--troubleshot")
    bench.ok("erik", "lease", "triage", 1)
    bench.ok("audrey", "drain")
    with bench.room() as room:
        assert not list(room.records(LogName.TENANT))
    told = bench.json("anna", "show", 1)
    assert [step["verb"] for step in told["life"]] == ["open_ticket", "triage"]


def test_drain_makes_room_once_and_says_so(bench: Bench) -> None:
    bench.write_directory()
    for arguments in (["drain"], ["drain", "--log", "logs"]):
        done = bench.run("audrey", *arguments)
        assert done.returncode == 1 and "[logs] names no folder and key; add it, or say --log DIR --sign PEM" in done.stderr
    named = ["drain", "--log", bench.folder / "logs", "--sign", bench.folder / "device.pem"]
    told = bench.ok("audrey", *named)
    assert "log signed: 2 records of strongroom/700022/tenant/1 in" in told
    assert "tenant log: acknowledged, room for 12" in told and "lifecycle log: not acknowledged" in told
    assert "lifecycle log: acknowledged" in bench.ok("pia", *named)
    sizes = sound(bench)
    assert "lifecycle log: not acknowledged" in bench.ok("pia", *named)
    assert sound(bench) == sizes


HINDRANCES: list[tuple[Callable[[Bench], object], str]] = [
    (lambda bench: (bench.folder / "device.pem").unlink(), "device.pem: no such file or directory"),
    (lambda bench: (bench.folder / "device.pem").chmod(0o644), "others can read the key (mode 0644); chmod go-rwx"),
    (lambda bench: (bench.folder / "device.pem").write_text("no key"), "this is no key"),
    (lambda bench: (bench.folder / "logs").write_text("a file"), "logs"),
]


@pytest.mark.parametrize(("change", "said"), HINDRANCES)
def test_what_cannot_be_drained_is_said_and_the_command_happens_all_the_same(
    bench: Bench, change: Callable[[Bench], object], said: str
) -> None:
    change(bench)
    done = bench.inside("ada", "lease", "set-monitoring", "--no-allowed")
    assert done.exit_code == 0 and "allowed by MonitoringSwitched" in done.stdout
    assert done.stderr.startswith("the logs were not drained: ") and said.lower() in done.stderr.lower(), done
    by_hand = bench.run("audrey", "drain")
    assert by_hand.returncode == 1 and said.lower() in by_hand.stderr.lower()


def test_other_records_than_these_are_not_written_over(bench: Bench) -> None:
    bench.ok("ada", "lease", "set-monitoring", "--no-allowed")
    bench.journal.unlink()
    with bench.room() as room:
        room.register(by=principal("pia"), organisation=id_of("pia"), approved=False)
    bench.journal.chmod(0o600)
    before = sound(bench)
    done = bench.run("audrey", "drain")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert sound(bench) == before


def test_the_library_drains_and_what_is_wrong_is_an_exception(tmp_path: Path) -> None:
    key = keyed(tmp_path).read_text()
    with Strongroom.open(tmp_path / "a.journal", DEVICE) as room:
        room.arrive(by=principal("hana"), serial="700022").require()
        (log,) = room.drain(tmp_path / "logs", key)
        assert (log.origin, log.size, log.folder) == ("strongroom/700022/lifecycle", 1, tmp_path / "logs" / "lifecycle")
        assert room.drain(tmp_path / "logs", key) == (log,)
        with pytest.raises(KeyFormatError):
            room.drain(tmp_path / "logs", "no key")
        (tmp_path / "file").write_text("")
        with pytest.raises(LogError):
            room.drain(tmp_path / "file", key)
    with pytest.raises(StorageError, match="only what a journal keeps"):
        Strongroom(DEVICE).drain(tmp_path / "logs", key)


def test_what_proves_a_destruction_is_kept_beside_the_log(tmp_path: Path) -> None:
    key, pia, core = keyed(tmp_path).read_text(), principal("pia"), Principal(Role.CORE)
    with Strongroom.open(tmp_path / "a.journal", DEVICE) as room:
        room.arrive(by=principal("hana"), serial="700022").require()
        room.stm_ok(by=pia, second=principal("piet"), expected=bytes([1]) * 32, shown=bytes([1]) * 32, seals_whole=True).require()
        room.zeroize_local(by=pia, second=principal("piet")).require()
        room.drain(tmp_path / "logs", key)
        areas, erased = (POLICIES["azure"].numbers[f"lease.{name}"] for name in ("erase_list", "erased"))
        assert isinstance(areas, int) and isinstance(erased, str)
        room.erase_done(by=core, areas=areas).require()
        room.verify_ok(by=core, read_back=bytes.fromhex(erased)).require()
        room.drain(tmp_path / "logs", key)
    kept = [file.read_text() for file in sorted((tmp_path / "logs" / "lifecycle" / "evidence").glob("*.json"))]
    assert [erased in text for text in kept] == [False, True] and "erase_done" in kept[0]


def test_whatever_kills_a_command_nothing_is_lost_or_twice(bench: Bench) -> None:
    """Commands are killed at any moment; afterwards every text has its place and every record is in its log once."""
    chance = random.Random(700022)
    killed = 0
    for number in range(12):
        ticket = f"SR-{number}"
        command: list[str | Path] = [COMMAND, "ticket", "open", ticket, "--text", f"Problem {number}.", "--troubleshot"]
        running = subprocess.Popen(command, env=bench.environment("uma"), cwd=bench.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, 0.4))
        running.send_signal(signal.SIGKILL)
        killed += running.wait() == -signal.SIGKILL
        with bench.room() as room:
            texts = {note.ticket for note in CaseFile(bench.cases).read().notes}
            tickets = {request.ticket for request in room.state.requests}
            assert tickets <= texts
            for request in room.state.requests:
                if request.status == "Ticketed":
                    room.cancel(by=principal("erik"), request=request.number).require()
    assert killed >= 3
    bench.ok("audrey", "drain")
    sound(bench)
    events = list(activity.events(bench.folder / "logs"))
    with bench.room() as room:
        for log in LogName:
            mine = [event.sequence for event in events if event.log is log]
            assert mine == list(range(room.log(log).size))
    assert len({event.id for event in events}) == len(events)


def test_two_processes_at_once_wait_for_one_another(bench: Bench) -> None:
    bench.ok("uma", "ticket", "open", "SR-1", "--text", "Broken.", "--troubleshot")
    commands = [
        subprocess.Popen(
            [COMMAND, "ticket", "note", "SR-1", "--text", f"Note {number}."], env=bench.environment("erik"), cwd=bench.folder, stdout=subprocess.DEVNULL
        )
        for number in range(4)
    ]
    assert [command.wait(timeout=60) for command in commands] == [0] * 4
    history = bench.json("anna", "ticket", "show", "SR-1")["history"]
    assert sorted(note["text"] for note in history) == ["Broken.", *(f"Note {number}." for number in range(4))]


def test_the_text_is_there_before_the_command_is_asked(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    pending(bench)
    monkeypatch.setattr(Strongroom, "_ask", cut)
    assert bench.inside("uma", "ticket", "open", "SR-2", "--text", "Late.", "--troubleshot").exit_code == 1
    assert bench.inside("anna", "deny", "1", "--reason", "Not now.").exit_code == 1
    monkeypatch.undo()
    cases = CaseFile(bench.cases).read()
    assert [note.text for note in cases.ticket("SR-2")] == ["Late."]
    assert cases.asked[-1].texts == {"reason": "Not now."} and cases.asked[-1].matches("reason")
    assert bench.json("anna", "show", "1")["request"]["status"] == "CustomerNotified"


@pytest.mark.parametrize("place", ["take", "sign", "acknowledge"])
def test_a_drain_that_is_cut_off_is_gone_on_with(bench: Bench, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    whole = Strongroom.drain

    def cut(room: Strongroom, folder: Path, key: str) -> tuple[SignedLog, ...]:
        if place == "sign":
            # As far as it comes without its head: records are there that nobody has signed.
            (folder / "tenant-1").mkdir(parents=True, exist_ok=True)
            LogDirectory.create(folder / "tenant-1").append(b"".join(map(bytes, room.records(LogName.TENANT))))
        if place != "acknowledge":
            raise KeyboardInterrupt
        return whole(room, folder, key)

    def acknowledge(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Strongroom, "drain", cut)
    monkeypatch.setattr(Strongroom, "acknowledge", acknowledge)
    assert bench.inside("audrey", "drain").exit_code == 1
    monkeypatch.undo()
    with bench.room() as room:
        held = [(room.log(log).first, room.log(log).size) for log in LogName]
    assert held == [(0, 2), (0, 1)]
    bench.ok("audrey", "drain")
    sizes = sound(bench)
    assert sizes["tenant-1"] == 2 and sizes["lifecycle"] >= 2


def test_what_is_not_copied_is_not_acknowledged(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> tuple[SignedLog, ...]:
        raise LogError("the folder is full")

    monkeypatch.setattr(Strongroom, "drain", fail)
    done = bench.inside("audrey", "drain")
    assert done.exit_code == 1 and "the folder is full" in done.output
    assert bench.inside("pia", "lease", "acknowledge", "--log", "lifecycle", "--next", "1").exit_code == 1
    with bench.room() as room:
        assert [room.log(log).first for log in LogName] == [0, 0]


def test_explain_drains_nothing(bench: Bench) -> None:
    assert bench.run("ada", "explain", "set-monitoring", "--no-allowed").returncode == 0
    assert not (bench.folder / "logs").exists()


def test_a_full_log_says_how_to_make_room(bench: Bench) -> None:
    bench.write_directory()
    done = [bench.inside("ada", "lease", "set-monitoring", "--allowed") for _ in range(12)][-1]
    assert done.exit_code == 4 and "refused by LogHasRoom" in done.stdout and "make room with strongroom drain" in done.stdout
    assert "log signed" in bench.ok("audrey", "drain", "--log", bench.folder / "logs", "--sign", bench.folder / "device.pem")
    assert "allowed by" in bench.ok("ada", "lease", "set-monitoring", "--allowed")


def test_a_folder_of_ones_own_choice_takes_nothing_in_anothers_name(bench: Bench) -> None:
    for who in ("mona", "4999"):
        assert bench.json(who, "drain", "--log", "away")["acknowledged"] == []
    key = keyed(bench.folder).rename(bench.folder / "other.pem")
    keyed(bench.folder)
    assert bench.json("mona", "drain", "--log", "further", "--sign", key)["acknowledged"] == []
    # In one's own name, where one may.
    assert bench.json("pia", "drain", "--log", "away")["acknowledged"] == ["lifecycle"]
