"""Many threads on one object of each kind. The native module runs without Python's lock wherever it works, here as well."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from conftest import ROOT, STORY
from device import Device as Signer
from device import records
from strongroom import Device, LogDirectory, LogName, Outcome, Principal, Replay, Role, State, StorageError, Strongroom, _native, jit_rule
from strongroom.activity import Format, lines

THREADS = 8
PROVIDER = UUID(int=0xB0)
DEVICE = Device("700022", PROVIDER, UUID(int=0xD0))
HANA = Principal(Role.HANDS, PROVIDER, UUID(int=1))
MORNING = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def restless() -> Iterator[None]:
    """Lets the interpreter change threads all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def together(work: Callable[[int], None]) -> None:
    """Does it in every thread at the same moment; what one raises, the test raises."""
    start = threading.Barrier(THREADS)
    raised: list[BaseException] = []

    def one(number: int) -> None:
        start.wait()
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001  (a panic is no `Exception`)
            raised.append(error)

    threads = [threading.Thread(target=one, args=(number,), daemon=True) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "a thread waits for ever"
    for error in raised:
        raise error


@pytest.mark.parametrize("kept", [False, True])
def test_an_engine_takes_one_step_after_another(tmp_path: Path, kept: bool) -> None:
    room = Strongroom.open(tmp_path / "journal", DEVICE) if kept else Strongroom(DEVICE)
    accepted: list[bool] = []

    def work(number: int) -> None:
        for _ in range(20):
            accepted.append(room.arrive(by=HANA, serial="700022", at=MORNING).ok)
            room.explain.unbound(by=HANA, at=MORNING)
            assert room.state.state is State.RECEIVED
            assert len(list(room.records(LogName.LIFECYCLE))) <= room.log(LogName.LIFECYCLE).size
            if kept and number == 0:
                room.compact()

    together(work)
    assert accepted.count(True) == 1 and len(accepted) == 20 * THREADS
    state, digest = room.log(LogName.LIFECYCLE), room.state.digest
    room.close()
    if kept:
        with Strongroom.open(tmp_path / "journal", DEVICE) as again:
            assert (again.log(LogName.LIFECYCLE), again.state.digest) == (state, digest)


def test_an_engine_that_one_thread_closes_is_closed_for_all(tmp_path: Path) -> None:
    for round in range(10):
        room = Strongroom.open(tmp_path / f"{round}.journal", DEVICE)

        def work(number: int, room: Strongroom = room) -> None:
            if number == 0:
                room.close()
                return
            with pytest.raises(StorageError, match="it is closed"):
                while True:
                    room.challenge.int.bit_length()

        together(work)


def test_a_guard_takes_lines_from_each_thread_and_shows_all_that_is_printed() -> None:
    guard = _native.Guard()
    guard.open("monitor")
    guard.device(b"\r\nlunash:>")
    guard.quiet()
    decided: list[str] = []
    shown: list[bytes] = []

    def work(number: int) -> None:
        for _ in range(200):
            if number % 2:
                _, (sent, _, event) = guard.technician(b"hsm zeroize\r", 0)
                assert sent in (b"", b"\r"), "an empty line at most: the rest of one that another thread's refusal dropped"
                if event is not None:
                    decided.append(event)
                    shown.append(guard.refuse("refused: it is not")[1])
            else:
                shown.append(guard.device(b"\r\nprinted\r\nlunash:>")[1])
                guard.quiet()
                assert guard.mode == "monitor" and guard.session in ("unknown", "shell", "running")

    together(work)
    assert len(decided) > 10 and {json.loads(event)["event"] for event in decided} == {"line"}
    # What the device prints in between drops a line that waits; then there is nothing to refuse.
    assert 0 < b"".join(shown).count(b"refused: it is not") <= len(decided)
    assert b"".join(shown).count(b"printed") == 200 * THREADS // 2


def test_a_rule_answers_each_thread(tmp_path: Path) -> None:
    rule = jit_rule()
    request = _native.JitRequest("resource", "read", multi_factor=True)
    outcomes = tuple(Outcome)

    def work(number: int) -> None:
        packed = bytes((number + place) % 64 for place in range(64))
        for _ in range(500):
            assert rule.evaluate(request) is Outcome.PASS
            assert rule.decide(scope="resource", permission="read") is Outcome.REJECT_IDENTITY
            answers = rule.batch(packed)
            assert outcomes[answers[packed.index(int(request))]] is Outcome.PASS

    together(work)


def test_a_replay_tells_each_thread_the_same() -> None:
    replay = Replay.from_file(STORY)
    whole, wire = replay.jsonl(), replay.wire()

    def work(number: int) -> None:
        for _ in range(3):
            assert (replay.jsonl(), replay.wire()) == (whole, wire)
            assert all(not log.erased or log.records for log in replay.verify())
            assert not replay.compare(replay)

    together(work)


def test_every_event_is_told_to_one_thread_only() -> None:
    folder = ROOT / "tests" / "activity" / "log"
    expected = "".join(lines(folder, Format.JSONL)).splitlines()
    native = _native.activity(folder, "jsonl", [], [], None, None, None, None, False, None)
    told: list[str] = []

    def work(number: int) -> None:
        while (batch := native.batch(1)) is not None:
            told.append(batch.rstrip("\n"))

    together(work)
    assert sorted(told) == sorted(expected) and native.told == len(expected)


def test_a_log_directory_takes_each_record_once(tmp_path: Path) -> None:
    directory = LogDirectory.create(tmp_path / "lifecycle")
    signer = Signer()

    def work(number: int) -> None:
        for last in range(1 + number, 90, 3):
            directory.append(records(0, last))
            assert directory.size >= last and len(directory.records()) % 118 == 0

    together(work)
    assert directory.records() == records(0, 89)
    directory.publish(signer.sign(directory.records()))
