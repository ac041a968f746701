"""The case file: the texts that the core knows only the digests of, kept on the host beside the journal.

The core keeps the SHA-256 of a justification, a reason or a finding; the text, the ticket and its history stay here: JSON
Lines that only grow, `hsm-a.cases.jsonl` beside `hsm-a.journal`. A text is on the disk before its command is asked, so that
no request is without its text, whenever the power fails. What a command's record proves is checked when it is shown: the
record holds the digest of the whole command, and the command the digest of the text. Tickets and notes are what people
wrote, and nothing proves them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Any
from uuid import UUID

from . import encoding
from .exceptions import CaseError, CommandError
from .plain import Json

SECOND_WITHIN = timedelta(hours=1)
"""How long a proposal waits for its second person."""

@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about a ticket; the first of a ticket says what the problem is."""

    at: datetime
    by: UUID
    ticket: str
    text: str
    severity: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A command that was about to be asked, with its texts."""

    at: datetime
    command: Mapping[str, Any] = field(hash=False)
    """As the core reads it: `by`, `second`, `action`."""
    texts: Mapping[str, str] = field(hash=False)
    """The texts, by the names of the arguments that are their digests."""

    @property
    def verb(self) -> str:
        """The command's verb."""
        return str(next(iter(self.command["action"])))

    @property
    def arguments(self) -> Mapping[str, Any]:
        """The command's arguments, as JSON."""
        arguments: Mapping[str, Any] = self.command["action"][self.verb]
        return arguments

    @property
    def digest(self) -> str | None:
        """What its record carries; `None` where it is no command any more."""
        try:
            return encoding.digest(json.dumps(self.command))
        except CommandError:
            return None

    def claimed(self, name: str) -> str | None:
        """The digest that the command holds of the text called `name`."""
        terms: Json = self.arguments.get("terms")
        said = self.arguments.get(name, terms.get(name) if isinstance(terms, Mapping) else None)
        return said if isinstance(said, str) else None

    def matches(self, name: str) -> bool:
        """Whether the text called `name` is the one that the command holds the digest of."""
        return text_digest(self.texts[name]).hex() == self.claimed(name)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A command of one person that waits for the second one (D-23)."""

    number: int
    asked: Asked
    seconded: bool
    """Whether somebody took it up, whatever came of it."""

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be taken up."""
        return not self.seconded and timedelta(0) <= now - self.asked.at < SECOND_WITHIN


@dataclass(frozen=True, slots=True)
class Cases:
    """What a case file holds."""

    notes: tuple[Note, ...] = ()
    asked: tuple[Asked, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    damaged: tuple[int, ...] = ()
    """Lines, counted from 1, that are not as they were written."""

    def ticket(self, name: str) -> tuple[Note, ...]:
        """The history of a ticket, oldest first."""
        return tuple(note for note in self.notes if note.ticket == name)

    def of_record(self, digest: str | None) -> Asked | None:
        """The command whose record carries this digest."""
        return None if digest is None else next((each for each in reversed(self.asked) if each.digest == digest), None)

    def of_text(self, name: str, digest: bytes) -> Asked | None:
        """The command that holds this digest of a text called `name`."""
        return next((each for each in reversed(self.asked) if name in each.texts and each.claimed(name) == digest.hex()), None)


class CaseFile:
    """The case file of one journal. Whoever holds the journal may add to it."""

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = Path(path)

    @classmethod
    def beside(cls, journal: str | PathLike[str]) -> CaseFile:
        """The case file of a journal."""
        return cls(Path(journal).with_suffix(".cases.jsonl"))

    def read(self) -> Cases:
        """What is there; a file that is not there holds nothing. Raises `CaseError` where it cannot be read."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return Cases()
        except OSError as error:
            raise CaseError(f"{self.path}: {(error.strerror or str(error)).lower()}") from None
        return _read(data)

    def note(self, by: UUID, ticket: str, text: str, severity: str | None = None) -> None:
        """Adds to the history of a ticket."""
        self._append({"what": "note", "by": str(by), "ticket": ticket, "text": text, "severity": severity})

    def ask(self, command: str, texts: Mapping[str, str]) -> None:
        """Keeps the texts of a command that is about to be asked."""
        self._append({"what": "asked", "command": json.loads(command), "texts": dict(texts)})

    def propose(self, command: str, texts: Mapping[str, str]) -> int:
        """Keeps a command for a second person; its number."""
        # What cannot be read any more may have had a number, too.
        known = self.read()
        number = max(len(known.proposals) + len(known.damaged), *(each.number for each in known.proposals), 0) + 1
        self._append({"what": "proposed", "number": number, "command": json.loads(command), "texts": dict(texts)})
        return number

    def take_up(self, number: int) -> None:
        """Takes a proposal up, before it is asked: so it is asked once at most."""
        self._append({"what": "seconded", "number": number})

    def erase(self) -> None:
        """Removes the file: nothing of a customer stays after the lease (H-68)."""
        try:
            self.path.unlink(missing_ok=True)
            _sync(self.path.parent)
        except OSError as error:
            raise CaseError(f"{self.path}: {(error.strerror or str(error)).lower()}") from None

    def _append(self, entry: Mapping[str, Any]) -> None:
        """One line, forced to the medium."""
        line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **entry}).encode() + b"\n"
        try:
            new = not self.path.exists()
            file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                # A line that a power cut tore stays alone.
                size = os.fstat(file).st_size
                if size and os.pread(file, 1, size - 1) != b"\n":
                    line = b"\n" + line
                while line:
                    line = line[os.write(file, line) :]
                os.fsync(file)
            finally:
                os.close(file)
            if new:
                _sync(self.path.parent)
        except OSError as error:
            raise CaseError(f"{self.path}: {(error.strerror or str(error)).lower()}") from None


def text_digest(text: str) -> bytes:
    """What the core keeps of a text: SHA-256 over its UTF-8."""
    return sha256(text.encode()).digest()


def _sync(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _read(data: bytes) -> Cases:
    notes: list[Note] = []
    asked: list[Asked] = []
    proposed: dict[int, Asked] = {}
    seconded: set[int] = set()
    damaged: list[int] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            match told["what"]:
                case "note":
                    notes.append(Note(_moment(told), UUID(told["by"]), str(told["ticket"]), str(told["text"]), told["severity"]))
                case "asked":
                    asked.append(_asked(told))
                case "proposed":
                    proposed[int(told["number"])] = _asked(told)
                    asked.append(_asked(told))
                case "seconded":
                    seconded.add(int(told["number"]))
                case _:
                    damaged.append(number)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
            damaged.append(number)
    proposals = tuple(Proposal(number, each, number in seconded) for number, each in proposed.items())
    return Cases(tuple(notes), tuple(asked), proposals, tuple(damaged))


def _asked(told: Mapping[str, Any]) -> Asked:
    command, texts = told["command"], told["texts"]
    ((_, arguments),) = command["action"].items()
    if not isinstance(arguments, dict) or not isinstance(command["by"]["role"], str):
        raise ValueError("no command of somebody's")
    for text in texts.values():
        text.encode()
    return Asked(_moment(told), command, texts)


def _moment(told: Mapping[str, Any]) -> datetime:
    at = datetime.fromisoformat(told["at"])
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at
