"""Drained logs: directories of C2SP `tlog-tiles`, their verification, and proofs that need only the public key."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from os import PathLike
from pathlib import Path
from typing import Any, Self

from . import _native
from .records import Record, decoded

Progress = Callable[[str, int, int], object]
"""Is called with a log's name, how many of its records are done, and how many there are. What it raises ends the verification."""


class LogDirectory:
    """One log on disk: a static tree that any web server can serve, with the records beside it.

    What is appended is forced to the medium; whatever cuts a writer off, the next one goes on.
    """

    __slots__ = ("_native",)

    def __init__(self, native: _native.LogDirectory) -> None:
        self._native = native

    @classmethod
    def create(cls, folder: str | PathLike[str]) -> Self:
        """Makes the folder and begins an empty log in it. Raises `LogError` where there is one."""
        return cls(_native.LogDirectory.create(folder))

    @classmethod
    def open(cls, folder: str | PathLike[str]) -> Self:
        """Opens the log in a folder. Raises `LogError` where there is none."""
        return cls(_native.LogDirectory.open(folder))

    @property
    def size(self) -> int:
        """How many records are there, those that nobody has signed yet included."""
        return self._native.size

    @property
    def origin(self) -> str | None:
        """The log's name, once a checkpoint has told it."""
        return self._native.origin

    @property
    def signed_sizes(self) -> tuple[int, ...]:
        """Every size that was signed, smallest first."""
        return tuple(self._native.signed_sizes())

    def records(self) -> bytes:
        """The records one after another, 118 bytes each; not verified."""
        return self._native.records()

    def append(self, records: bytes) -> None:
        """Appends records that stand one after another, unsigned as yet; those that are there are compared and skipped.

        Raises `LogError` for a record that leaves a gap or differs from the one that is there; then nothing is written.
        """
        self._native.append(records)

    def publish(self, note: str) -> None:
        """Makes this signed note the checkpoint. Its signature is checked by those who read.

        Raises `LogError` where the note is not of these records; then nothing is written.
        """
        self._native.publish(note)

    def __repr__(self) -> str:
        return f"<LogDirectory {self.origin or 'unsigned'}: {self.size} records>"


class Finding(StrEnum):
    """What kind of thing a verification found."""

    CHANGED = "changed"
    REORDERED = "reordered"
    CUT = "cut"
    MISSING = "missing"
    EXTENDED = "extended"
    RECORD = "record"
    CHECKPOINT = "checkpoint"
    SIGNATURE = "signature"
    FOREIGN = "foreign"
    UNSIGNED = "unsigned"
    """Records follow the checkpoint that nobody has signed yet. No error."""
    LEFTOVER = "leftover"
    """A writer that was cut off may have left it so. No error."""

    @property
    def is_error(self) -> bool:
        """Whether the log is not as it was signed."""
        return self not in (Finding.UNSIGNED, Finding.LEFTOVER)


class Signatures(StrEnum):
    """Whether signatures were checked."""

    CHECKED = "checked"
    NOT_CHECKED = "not_checked"
    """There was no key; whoever can write the files can write others that fit."""


@dataclass(frozen=True, slots=True)
class LogFinding:
    """One thing that a verification found, and where."""

    what: Finding
    file: str
    """The file where it shows, within the log's directory."""
    record: int | None
    """The record where it shows or begins, where one can be named."""
    message: str


@dataclass(frozen=True, slots=True)
class LogReport:
    """What the verification of one log says."""

    name: str
    """`lifecycle` or `tenant-<epoch>`, as its folder is named."""
    folder: Path
    is_sound: bool
    """Whether the log is as it was signed."""
    origin: str | None
    """The log's name, where a checkpoint could be believed."""
    signed: int
    """How many records the newest checkpoint counts."""
    there: int
    """How many records are there."""
    checkpoints: int
    """How many checkpoints could be believed."""
    root: str | None
    signatures: Signatures
    findings: tuple[LogFinding, ...]
    """Errors first."""
    more: int
    """How much more was found than is told."""


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That a record is in a log: proved."""

    origin: str
    size: int
    """How many records the signed log has."""
    root: str
    record: Record


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """That a log only grew: proved."""

    origin: str
    old: int
    new: int
    old_root: str
    new_root: str


def verify(
    folder: str | PathLike[str],
    *,
    key: str | None = None,
    progress: Progress | None = None,
    threads: int | None = None,
) -> tuple[LogReport, ...]:
    """Verifies every log in a folder, or the one that it is; with a key (PEM, hexadecimal, C2SP) the signatures too.

    It works on all cores, or on so many threads; what is found does not depend on their number. `progress` is called on the thread that
    called this.

    A log that does not verify is no error: its report says where. Raises `LogError` where there is no log or a file cannot
    be read, `KeyFormatError` for a text that is no public key, and `ValueError` for no threads.
    """
    return tuple(_report(*verified) for verified in _native.verify_logs(folder, key, progress, threads))


def prove(folder: str | PathLike[str], record: int) -> str:
    """A `.tlog-proof` that a record is in the log. Raises `LogError` where it is not, or nobody has signed it yet."""
    return _native.prove_inclusion(folder, record)


def prove_consistency(folder: str | PathLike[str], old: int, new: int) -> str:
    """A proof that the log only grew between two signed sizes. Raises `LogError` where a size was not signed."""
    return _native.prove_consistency(folder, old, new)


def check(proof: str, *, key: str) -> InclusionProof | ConsistencyProof:
    """Checks a proof of either kind with nothing but the public key.

    Raises `ProofError` where it proves nothing, and `KeyFormatError` for a text that is no public key.
    """
    told = json.loads(_native.check_proof(proof, key))
    if "record" in told:
        return InclusionProof(told["origin"], told["size"], told["root"], decoded(told["record"]))
    return ConsistencyProof(**told)


def trees(folder: str | PathLike[str]) -> dict[str, Path]:
    """The logs in a folder by their names. Raises `LogError` where there is none."""
    return dict(_native.log_trees(folder))


def _report(name: str, folder: Path, is_sound: bool, report: str) -> LogReport:
    told = json.loads(report)
    signatures = Signatures(told.pop("signatures"))
    findings = tuple(map(_finding, told.pop("findings")))
    return LogReport(name=name, folder=folder, is_sound=is_sound, signatures=signatures, findings=findings, **told)


def _finding(told: dict[str, Any]) -> LogFinding:
    told["what"] = Finding(told["what"])
    return LogFinding(**told)
