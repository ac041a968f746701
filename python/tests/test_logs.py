"""Drained logs: written, verified, proved; signed by a stand-in for a device."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from device import LIFECYCLE, START, Device, record, records

from strongroom import (
    ConsistencyProof,
    InclusionProof,
    KeyFormatError,
    LogDirectory,
    LogError,
    LogName,
    LogReport,
    Party,
    ProofError,
    Role,
    logs,
)
from strongroom.logs import Finding, Signatures

DEVICE = Device()


def drained(folder: Path, *sizes: int) -> LogDirectory:
    """A log that was drained and signed at these sizes."""
    directory = LogDirectory.create(folder)
    for size in sizes:
        directory.append(records(directory.size, size))
        directory.publish(DEVICE.sign(records(0, size)))
    return directory


def only(folder: Path, key: str | None = None) -> LogReport:
    (report,) = logs.verify(folder, key=key)
    return report


def test_what_a_device_gives_is_kept_and_verifies(tmp_path: Path) -> None:
    directory = drained(tmp_path / "lifecycle", 3, 300)
    assert (directory.size, directory.origin, directory.signed_sizes) == (300, LIFECYCLE, (3, 300))
    assert directory.records() == records(0, 300)
    assert repr(directory) == "<LogDirectory strongroom/700022/lifecycle: 300 records>"
    assert LogDirectory.open(tmp_path / "lifecycle").records() == records(0, 300)
    for key in (DEVICE.pem, DEVICE.vkey, DEVICE.public.hex()):
        report = only(tmp_path, key=key)
        assert report.is_sound and not report.findings
        assert (report.name, report.folder, report.origin) == ("lifecycle", tmp_path / "lifecycle", LIFECYCLE)
        assert (report.signed, report.there, report.checkpoints) == (300, 300, 2)
        assert report.signatures is Signatures.CHECKED
    assert only(tmp_path).signatures is Signatures.NOT_CHECKED
    assert hash(only(tmp_path)) == hash(only(tmp_path))


def test_a_drain_that_is_repeated_goes_on(tmp_path: Path) -> None:
    directory = drained(tmp_path, 5)
    directory.append(records(2, 9))
    other = LogDirectory.open(tmp_path)
    other.append(records(8, 12))  # nobody is kept out between two calls
    with pytest.raises(LogError, match="record 3 differs from the one that is there"):
        directory.append(record(3, detail=7))
    with pytest.raises(LogError, match="record 20 leaves a gap: record 12 comes next"):
        directory.append(record(20))
    with pytest.raises(LogError, match="118 bytes each, and 117 are left over"):
        directory.append(record(12)[:-1])
    with pytest.raises(LogError, match="the bytes from 118 on are no record"):
        directory.append(record(12) + bytes(118))
    assert directory.records() == records(0, 12)
    with pytest.raises(LogError, match="the note counts 13 records, and 12 are here"):
        directory.publish(DEVICE.sign(records(0, 13)))
    directory.publish(DEVICE.sign(records(0, 12)))
    assert only(tmp_path, key=DEVICE.pem).is_sound


def test_several_logs_are_verified_together(tmp_path: Path) -> None:
    drained(tmp_path / "lifecycle", 4)
    tenant = LogDirectory.create(tmp_path / "tenant-3")
    own = b"".join(record(sequence, log=0) for sequence in range(2))
    tenant.append(own)
    tenant.publish(Device("strongroom/700022/tenant/3").sign(own))
    assert [report.origin for report in logs.verify(tmp_path, key=DEVICE.pem)] == [LIFECYCLE, "strongroom/700022/tenant/3"]
    assert all(report.is_sound for report in logs.verify(tmp_path, key=DEVICE.pem))
    assert logs.trees(tmp_path) == {name: tmp_path / name for name in ("lifecycle", "tenant-3")}
    with pytest.raises(LogError, match="holds several logs; name one of lifecycle, tenant-3"):
        logs.prove(tmp_path, 0)
    (tmp_path / "tenant-3").rename(tmp_path / "tenant-4")
    wrong = logs.verify(tmp_path, key=DEVICE.pem)[1]
    assert (wrong.is_sound, wrong.findings[0].what) == (False, Finding.FOREIGN)


def test_damage_is_found_with_its_place(tmp_path: Path) -> None:
    drained(tmp_path, 300)
    bundle = tmp_path / "tile" / "entries" / "000"
    data = bytearray(bundle.read_bytes())
    data[17 * 120 + 30] ^= 1
    bundle.write_bytes(data)
    report = only(tmp_path, key=DEVICE.pem)
    (finding,) = report.findings
    assert (report.is_sound, finding.what, finding.file, finding.record) == (False, Finding.CHANGED, "tile/entries/000", 17)
    assert finding.message == "record 17 is not the one that was written: its leaf is not in tile/0/000"
    assert finding.what.is_error and not Finding.UNSIGNED.is_error


def test_another_key_signed_nothing(tmp_path: Path) -> None:
    drained(tmp_path, 3)
    report = only(tmp_path, key=Device(seed=2).pem)
    assert [finding.what for finding in report.findings][:2] == [Finding.SIGNATURE] * 2
    assert report.findings[0].message == "is not signed by this key"


def test_what_is_no_key_is_said(tmp_path: Path) -> None:
    drained(tmp_path, 3)
    with pytest.raises(KeyFormatError, match="this is no key"):
        logs.verify(tmp_path, key="nonsense")
    with pytest.raises(KeyFormatError, match="hash does not fit"):
        logs.check("", key=DEVICE.vkey.replace("+", "x+", 1))
    assert KeyFormatError.code == "key"


def test_a_folder_without_a_log_is_an_error(tmp_path: Path) -> None:
    for what in (logs.verify, logs.trees, LogDirectory.open):
        with pytest.raises(LogError, match="holds no log"):
            what(tmp_path)
        with pytest.raises(LogError, match="none: no such file or directory"):
            what(tmp_path / "none")
    drained(tmp_path, 1)
    with pytest.raises(LogError, match="holds a log already"):
        LogDirectory.create(tmp_path)


def test_progress_is_told_and_what_it_raises_ends_it(tmp_path: Path) -> None:
    drained(tmp_path / "lifecycle", 9000)
    told: list[tuple[str, int, int]] = []
    logs.verify(tmp_path, progress=lambda name, done, total: told.append((name, done, total)))
    assert told == [("lifecycle", 4096, 9000), ("lifecycle", 8192, 9000), ("lifecycle", 9000, 9000)]

    class Enough(Exception):
        pass

    def stop(name: str, done: int, total: int) -> None:
        raise Enough(name)

    with pytest.raises(Enough, match="lifecycle"):
        logs.verify(tmp_path, progress=stop)


def test_the_number_of_threads_changes_nothing_but_the_time(tmp_path: Path) -> None:
    drained(tmp_path / "lifecycle", 3000, 9000)
    bundle = tmp_path / "lifecycle" / "tile" / "entries" / "017"
    bundle.write_bytes(bundle.read_bytes()[:-1] + b"x")
    one, two, five, all_cores = (logs.verify(tmp_path, key=DEVICE.pem, threads=threads) for threads in (1, 2, 5, None))
    assert one == two == five == all_cores
    assert [finding.record for finding in one[0].findings] == [17 * 256 + 255]
    with pytest.raises(ValueError, match="threads: at least one is needed"):
        logs.verify(tmp_path, threads=0)


def test_others_run_while_a_log_is_verified(tmp_path: Path) -> None:
    drained(tmp_path, 9000)
    ran = threading.Event()
    waited: list[bool] = []

    def wait(name: str, done: int, total: int) -> None:
        threading.Thread(target=ran.set).start()
        waited.append(ran.wait(10))

    logs.verify(tmp_path, progress=wait)
    assert waited and all(waited)


def test_a_record_is_proved_to_whoever_has_the_key(tmp_path: Path) -> None:
    drained(tmp_path, 3, 300)
    text = logs.prove(tmp_path, 17)
    assert text.startswith("c2sp.org/tlog-proof@v1\nextra ") and text.endswith(DEVICE.sign(records(0, 300)))
    proved = logs.check(text, key=DEVICE.pem)
    assert isinstance(proved, InclusionProof)
    assert (proved.origin, proved.size, proved.record.data) == (LIFECYCLE, 300, record(17))
    assert (proved.record.log, proved.record.sequence) == (LogName.LIFECYCLE, 17)
    assert proved.record.at == datetime.fromtimestamp(START + 17 * 60, UTC)
    assert (proved.record.party, proved.record.role, proved.record.rule.code) == (Party.PROVIDER, Role("Pool"), 1)
    assert (proved.record.person, proved.record.second) == (UUID(bytes=b"\x01" * 16), None)
    assert (proved.record.refused, proved.record.request, proved.record.epoch) == (False, None, 3)
    with pytest.raises(LogError, match="there is no record 300: the last one is 299"):
        logs.prove(tmp_path, 300)
    with pytest.raises(ProofError, match="the checkpoint is not signed by this key"):
        logs.check(text, key=Device(seed=2).pem)
    with pytest.raises(ProofError, match="from this record at place 18 to the root"):
        logs.check(text.replace("index 17", "index 18"), key=DEVICE.pem)
    with pytest.raises(ProofError, match="no empty line"):
        logs.check("", key=DEVICE.pem)


def test_a_time_that_no_calendar_has_is_none(tmp_path: Path) -> None:
    directory = LogDirectory.create(tmp_path)
    directory.append(record(0, at=2**64 - 1))
    directory.publish(DEVICE.sign(record(0, at=2**64 - 1)))
    proved = logs.check(logs.prove(tmp_path, 0), key=DEVICE.pem)
    assert isinstance(proved, InclusionProof) and proved.record.at is None


def test_growth_is_proved_between_signed_sizes(tmp_path: Path) -> None:
    drained(tmp_path, 3, 7, 300)
    proved = logs.check(logs.prove_consistency(tmp_path, 7, 300), key=DEVICE.vkey)
    assert isinstance(proved, ConsistencyProof)
    assert (proved.origin, proved.old, proved.new) == (LIFECYCLE, 7, 300)
    with pytest.raises(LogError, match="nobody signed a log of 8 records; signed are 3, 7, 300"):
        logs.prove_consistency(tmp_path, 8, 300)


def test_one_process_writes_at_a_time(tmp_path: Path) -> None:
    directory = drained(tmp_path, 3)
    if os.name != "posix":
        pytest.skip("folders are locked on POSIX systems only")
    import fcntl

    held = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(LogError, match="another process is writing this log"):
        directory.append(records(3, 4))
    os.close(held)
    directory.append(records(3, 4))
