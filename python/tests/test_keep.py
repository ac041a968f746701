"""A replay that is kept: journals, drained and signed logs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, STORY, Run
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from strongroom import KeyFormatError, LogError, Replay, StorageError, logs

SCENARIOS = ROOT / "tests" / "scenarios"


@pytest.fixture(name="key")
def _key(tmp_path: Path) -> Path:
    """A private key's file; its public key stands beside it with the ending `.pub`."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    file = tmp_path / "device.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    file.with_suffix(".pub").write_bytes(public)
    return file


def test_the_logs_that_are_kept_are_those_that_the_replay_verified(tmp_path: Path, key: Path) -> None:
    replay = Replay.from_file(STORY)
    signed = replay.keep(logs=tmp_path / "logs", key=key.read_text())
    reports = logs.verify(tmp_path / "logs" / "hsm-a", key=key.with_suffix(".pub").read_text())
    assert all(report.is_sound for report in reports)
    assert {(report.signed, report.root) for report in reports} == {(log.records, log.root) for log in replay.verify()}
    assert sorted((log.origin, log.size) for log in signed) == sorted((report.origin or "", report.signed) for report in reports)


def test_a_drain_that_is_begun_again_finds_the_same(tmp_path: Path, key: Path) -> None:
    replay = Replay.from_file(STORY)
    first = replay.keep(logs=tmp_path, key=key.read_text())
    assert replay.keep(logs=tmp_path, key=key.read_text()) == first
    other = Replay.from_file(SCENARIOS / "board.jsonl")
    (tmp_path / "hsm-a").rename(tmp_path / other.engines[0].name)
    with pytest.raises(LogError):
        other.keep(logs=tmp_path, key=key.read_text())


def test_a_journal_is_kept_once_and_never_written_over(tmp_path: Path) -> None:
    replay = Replay.from_file(STORY)
    assert replay.keep(journals=tmp_path) == ()
    journal = tmp_path / "hsm-a.journal"
    kept = journal.read_bytes()
    assert len(kept) == 32 * 1024
    with pytest.raises(StorageError, match="holds something already"):
        replay.keep(journals=tmp_path)
    assert journal.read_bytes() == kept


def test_a_journal_that_another_process_holds_is_waited_for(tmp_path: Path) -> None:
    lock = tmp_path / "hsm-a.journal.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", f"import fcntl, time; f = open({str(lock)!r}, 'w'); fcntl.flock(f, 2); print('held', flush=True); time.sleep(1)"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    Replay.from_file(STORY).keep(journals=tmp_path)
    holder.communicate()


def test_what_does_not_go_together_is_said(tmp_path: Path, key: Path) -> None:
    replay = Replay.from_file(STORY)
    with pytest.raises(ValueError, match="logs and key go together"):
        replay.keep(logs=tmp_path)
    with pytest.raises(KeyFormatError):
        replay.keep(logs=tmp_path, key=key.with_suffix(".pub").read_text())
    with pytest.raises(StorageError, match="begins with stored state that cannot be read"):
        Replay.from_file(SCENARIOS / "decisions" / "d-28-stored-state-is-invalid.jsonl").keep(journals=tmp_path)


def test_the_command_keeps_and_says_what_it_kept(run: Run, tmp_path: Path, key: Path) -> None:
    arguments = ["replay", STORY, "--log", tmp_path / "logs", "--sign", key, "--journal", tmp_path / "journals"]
    told = run(*arguments)
    assert (told.returncode, told.stderr) == (0, b"")
    assert b"log signed: 46 records of strongroom/700022/lifecycle in" in told.stdout
    assert (tmp_path / "journals" / "hsm-a.journal").exists()
    again = run(*arguments)
    assert again.returncode == 1
    assert b"take it away, or name another folder" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--log", "logs"], 2, b"--log and --sign go together"),
        (["--sign", "no-such.pem"], 2, b"--log and --sign go together"),
        (["--log", "logs", "--sign", "no-such.pem"], 1, b"no-such.pem: no such file or directory"),
    ],
)
def test_wrong_options_are_told_in_one_line(run: Run, arguments: list[str], code: int, said: bytes) -> None:
    told = run("replay", STORY, *arguments)
    assert told.returncode == code
    assert said in told.stderr
