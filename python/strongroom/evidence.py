"""Certificates of a zeroization or a destruction: what the log proves, and what somebody states."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Self

from . import _native
from .exceptions import CertificateError
from .frozen import Frozen


class EvidenceClass(StrEnum):
    """How a piece of evidence came about; never upgraded."""

    VERIFIED = "Verified"
    """The core erased and read back itself."""
    REPORTED = "Reported"
    """It was seen from outside, by a monitor board."""
    WITNESSED = "Witnessed"
    """People watched: shredding."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked."""

    what: str
    """One of `records`, `signature`, `inclusion`, `device`, `commands`, `evidence`, `fields`, `statements`."""
    passed: bool
    says: str
    """What was found, or precisely what differs."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of verifying a certificate."""

    checks: tuple[Check, ...]
    """Each thing that was checked, in order; what rests on a failed check is not checked any more."""
    stated: tuple[str, ...]
    """Fields that are stated and not proved, as `section.field`."""
    missing: Mapping[str, str] = field(hash=False)
    """What a certificate of its class could prove and this one does not, each with the reason."""

    @property
    def verified(self) -> bool:
        """Whether the certificate proves what it says."""
        return all(check.passed for check in self.checks)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate. What it says is only proved once it is verified."""

    text: str
    """As it stands in a file: JSON, after `tests/evidence/certificate.schema.json`."""
    evidence_class: EvidenceClass
    device: str
    """The device's serial number."""
    proved: Mapping[str, Any] = field(hash=False)
    """What follows from the log; `None` is what this certificate does not prove."""
    stated: Mapping[str, Mapping[str, str]] = field(hash=False)
    """What whoever issued it says, by section and field of the form."""

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Reads a certificate. Raises `CertificateError` for a text that is none."""
        _native.evidence_read(text)
        told = json.loads(text)
        proved = told["proved"]
        stated = {name: Frozen(fields) for name, fields in told["stated"].items()}
        kind = EvidenceClass(proved["class"])
        return cls(text, kind, proved["device"], Frozen(proved), Frozen(stated))

    @classmethod
    def from_file(cls, path: str | PathLike[str]) -> Self:
        """Reads the certificate in a file."""
        return cls.from_text(_text(Path(path)))

    @classmethod
    def export(
        cls, folder: str | PathLike[str], *, record: int | None = None, details: Mapping[str, Mapping[str, str]] | None = None
    ) -> Self:
        """A certificate of the last destruction that the log in `folder` proves, or of the one that `record` proves.

        `details` are what is to be stated, by section and field. Raises `CertificateError` where nothing is proved or
        a detail has no place on the form, and `LogError` where the log cannot be read.
        """
        stated = None if details is None else json.dumps({name: dict(fields) for name, fields in details.items()})
        return cls.from_text(_native.evidence_export(fspath(folder), record, stated))

    def verify(self, key: str) -> Verification:
        """Checks everything that the certificate says is proved, with the log's public key and nothing else.

        `key` is PEM, 64 hexadecimal digits, or `NAME+HASH+KEY`. Raises `KeyFormatError` where it is none.
        """
        told = json.loads(_native.evidence_verify(self.text, key))
        checks = tuple(Check(check["what"], check["passed"], check["says"]) for check in told["checks"])
        return Verification(checks, tuple(told["stated"]), Frozen(told["missing"]))

    def page(self, checked_with: str | None = None) -> str:
        """The certificate on one page of text; `checked_with` names the key that it was verified with, if it was."""
        return _native.evidence_page(self.text, checked_with)

    def write(self, path: str | PathLike[str]) -> None:
        """Writes the certificate to a file."""
        Path(path).write_text(self.text, encoding="utf-8", newline="\n")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        raise CertificateError("not a certificate: this is not UTF-8 text") from None
