"""The commands `strongroom log`, as real processes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest
from conftest import COMMAND, Run
from device import LIFECYCLE, Device, records
from test_logs import DEVICE, drained


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log folder with one log, and the key beside it."""
    drained(tmp_path / "hsm-a" / "lifecycle", 3, 12)
    (tmp_path / "key.pem").write_text(DEVICE.pem)
    return tmp_path / "hsm-a"


def test_a_sound_log_is_verified(run: Run, folder: Path) -> None:
    result = run("log", "verify", folder, "--key", "key.pem")
    assert (result.returncode, result.stderr) == (0, b"")
    (line,) = result.stdout.decode().splitlines()
    assert line.startswith("log verified: 12 records, root ")
    assert line.endswith(f" ({LIFECYCLE}, 2 checkpoints signed by the key)")
    for key in (DEVICE.vkey, DEVICE.public.hex()):
        assert run("log", "verify", folder / "lifecycle", "--key", key).stdout == result.stdout
    assert run("log", "verify", folder, "--key", "key.pem", "--threads", "3").stdout == result.stdout


def test_without_a_key_it_is_said_that_signatures_were_not_checked(run: Run, folder: Path) -> None:
    result = run("log", "verify", folder)
    first, last = result.stdout.decode().splitlines()
    assert (result.returncode, first.endswith(", 2 checkpoints not checked)")) == (0, True)
    assert last == "signatures were not checked: whoever can write these files can write others that fit; give --key"


def test_a_log_that_is_not_as_it_was_signed_ends_with_3(run: Run, folder: Path) -> None:
    bundle = folder / "lifecycle" / "tile" / "entries" / "000.p" / "12"
    data = bytearray(bundle.read_bytes())
    data[5 * 120 + 40] ^= 1
    bundle.write_bytes(data[: 10 * 120])
    result = run("log", "verify", folder, "--key", "key.pem")
    assert result.returncode == 3
    assert result.stdout.decode().splitlines() == [
        f"log not verified: {folder / 'lifecycle'} ({LIFECYCLE})",
        "  cut: tile/entries/000.p/12 has 10 whole records, not 12",
        "  changed: record 5 is not the one that was written: its leaf is not in tile/0/000.p/12 (tile/entries/000.p/12)",
        "  cut: the checkpoint counts 12 records, and 10 are there (tile/entries/000.p/12)",
    ]
    wrong = run("log", "verify", folder, "--key", Device(seed=2).public.hex())
    assert wrong.returncode == 3
    assert b"  signature: checkpoint is not signed by this key\n" in wrong.stdout


def test_unsigned_records_are_named_and_no_error(run: Run, folder: Path) -> None:
    from strongroom import LogDirectory

    LogDirectory.open(folder / "lifecycle").append(records(12, 15))
    result = run("log", "verify", folder, "--key", "key.pem")
    assert (result.returncode, result.stdout.decode().splitlines()[1]) == (
        0,
        "  unsigned: records 12 to 14 are not signed yet (tile/entries)",
    )


def test_reports_are_json_on_request(run: Run, folder: Path) -> None:
    result = run("log", "verify", folder, "--key", "key.pem", "--json")
    (line,) = result.stdout.splitlines()
    told = json.loads(line)
    assert (told["name"], told["folder"], told["is_sound"]) == ("lifecycle", str(folder / "lifecycle"), True)
    assert (told["origin"], told["signed"], told["signatures"], told["findings"]) == (LIFECYCLE, 12, "checked", [])


def test_a_proof_is_made_and_checked_elsewhere(run: Run, folder: Path, tmp_path: Path) -> None:
    made = run("log", "prove", "7", folder, "-o", "7.tlog-proof")
    assert (made.returncode, made.stdout, made.stderr) == (0, b"", b"")
    assert run("log", "prove", "7", folder).stdout == (tmp_path / "7.tlog-proof").read_bytes()
    checked = run("log", "check", "7.tlog-proof", "--key", "key.pem")
    assert (checked.returncode, checked.stderr) == (0, b"")
    first, second, third, fourth, last = checked.stdout.decode().splitlines()
    assert first == f"proved: record 7 is in {LIFECYCLE}, signed at 12 records"
    assert second == "  2026-01-05 08:07:00Z  register, lifecycle log, epoch 3"
    assert third == "  by Pool (provider) 01010101-0101-0101-0101-010101010101 b0b0b0b0-b0b0-b0b0-b0b0-b0b0b0b0b0b0"
    assert fourth.startswith("  accepted by T01: ")
    assert last.startswith("  root ")
    told = json.loads(run("log", "check", "7.tlog-proof", "--key", "key.pem", "--json").stdout)
    assert (told["origin"], told["size"], told["record"]["sequence"], told["record"]["rule"]["name"]) == (LIFECYCLE, 12, 7, "T01")


def test_a_proof_of_growth_is_made_and_checked(run: Run, folder: Path) -> None:
    assert run("log", "consistency", "3", "12", folder, "-o", "grew").returncode == 0
    checked = run("log", "check", "grew", "--key", "key.pem")
    assert checked.returncode == 0
    grew = "begins with its 3 records of before; in between, records were only added"
    assert checked.stdout.decode().splitlines()[0] == f"proved: {LIFECYCLE} of 12 records {grew}"
    told = json.loads(run("log", "check", "grew", "--key", "key.pem", "--json").stdout)
    assert (told["old"], told["new"]) == (3, 12)


def test_what_proves_nothing_ends_with_3(run: Run, folder: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    proof.write_bytes(run("log", "prove", "7", folder).stdout.replace(b"index 7", b"index 8"))
    result = run("log", "check", "proof", "--key", "key.pem")
    assert (result.returncode, result.stdout) == (3, b"")
    assert result.stderr == b"proof: not proved: the hashes do not lead from this record at place 8 to the root that was signed\n"
    proof.write_text("hello")
    assert run("log", "check", "proof", "--key", "key.pem").returncode == 3
    proof.write_bytes(b"\xff")
    assert run("log", "check", "proof", "--key", "key.pem").stderr == b"proof: this is not UTF-8 text\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("verify", "none"), 1, "none: no such file or directory\n"),
        (("verify", "."), 1, ". holds no log: neither a checkpoint, nor lifecycle, nor tenant-EPOCH; did you mean hsm-a?\n"),
        (("prove", "3", "."), 1, "nor tenant-EPOCH; did you mean hsm-a?\n"),
        (("show", "."), 1, "nor tenant-EPOCH; did you mean hsm-a?\n"),
        (("verify", "hsm-a", "--key", "none.pem"), 1, "--key: this is no key: a public key is PEM, 64 hexadecimal digits, or NAME+HASH+KEY;"),
        (("prove", "12", "hsm-a"), 1, "there is no record 12: the last one is 11\n"),
        (("prove", "x", "hsm-a"), 2, "'x' is not a valid integer"),
        (("prove", "7", "hsm-a", "-o", "none/7"), 1, "none/7: no such file or directory\n"),
        (("consistency", "4", "12", "hsm-a"), 1, "nobody signed a log of 4 records; signed are 3, 12\n"),
        (("consistency", "12", "3", "hsm-a"), 1, "the old size comes first: 3 12\n"),
        (("verify", "--threads", "0", "."), 2, "0 is not in the range x>=1"),
        (("check", "none", "--key", "key.pem"), 1, "none: no such file or directory\n"),
        (("check", "key.pem"), 2, "Missing option '--key'"),
        (("check", "key.pem", "--key", "key.pem"), 3, "key.pem: not proved: "),
    ],
)
def test_what_goes_wrong_is_said_in_a_line(run: Run, folder: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    result = run("log", *arguments)
    assert (result.returncode, result.stdout) == (code, b"")
    assert message in result.stderr.decode()
    assert code == 2 or len(result.stderr.splitlines()) == 1


def _on_a_terminal(*arguments: object) -> bytes:
    """What is shown on standard error, which is a terminal."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    command = [str(COMMAND), *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=follower, env=environment):
        os.close(follower)
        shown = b""
        while piece := _read(leader):
            shown += piece
    os.close(leader)
    return shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # what Linux says when the other side is closed
        return b""


def test_a_bar_is_shown_for_a_long_log_on_a_terminal_only(run: Run, folder: Path, tmp_path: Path) -> None:
    drained(tmp_path / "long" / "lifecycle", 9000)
    for command in (["log", "verify"], ["report", "-o", tmp_path / "report.html"]):
        shown = _on_a_terminal(*command, tmp_path / "long", "--key", DEVICE.pem)
        assert b"verifying lifecycle" in shown and b"/9000" in shown, command
        assert b"verifying" not in _on_a_terminal(*command, folder)
    assert run("log", "verify", tmp_path / "long", "--key", DEVICE.pem).stderr == b""
