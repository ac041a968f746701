"""An argument of a command as options of the command line: made from its type, so that every argument the core has is here."""

from __future__ import annotations

import os
import re
import stat
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import click

from ... import console
from ...cases import text_digest
from ...directory import Directory
from ...exceptions import TranscriptError
from ...policies import POLICIES
from ...table import unknown
from ...reading import Reading
from ...values import NOBODY, Statement, Terms
from ...words import State
from ..through_sudo import invoker
from ..times import Moment, Span
from . import complete
from .word import Word

NUMBERED = ("request", "exclusion", "effect")
"""Numbers of something that is there: they stand without an option's name."""

TEXTS = ("reason", "justification", "finding")
"""Arguments that are digests of texts; the texts stay on the host, in the case file."""

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """What values are looked up in."""

    directory: Directory
    challenge: Callable[[], UUID]
    """Asks the engine for the nonce of the next destruction."""


class Field(ABC):
    """One argument."""

    def __init__(self, name: str, required: bool, told: str) -> None:
        """`told` says what it is, as the core does."""
        self.name = name
        self.option = name.rstrip("_").replace("_", "-")
        self.required = required
        self.told = told

    @abstractmethod
    def parameters(self) -> list[click.Parameter]:
        """Its options."""

    def fetched(self, given: Given) -> dict[str, Any]:
        """What was given for its options and stands elsewhere, in a file, say, by the options' names: what is there."""
        return {}

    def value(self, given: Given, place: Place) -> Any:
        """Its value, of what was given for the options, all of it fetched; `None` where it was left out."""
        return given[self.name]

    def texts(self, given: Given) -> dict[str, str]:
        """The texts that it is the digest of."""
        return {}

    def _option(self, **more: Any) -> click.Option:
        names = [f"--{self.option}", self.name]
        settings: dict[str, Any] = {"required": self.required, "help": self.told, **more}
        return click.Option(names, **settings)

    def wrong(self, why: str) -> click.BadParameter:
        """An error at its option."""
        return click.BadParameter(why, param_hint=f"--{self.option}")


class Plain(Field):
    """A value that click reads."""

    def __init__(self, name: str, required: bool, told: str, kind: type) -> None:
        super().__init__(name, required, told)
        self._kind = kind

    def parameters(self) -> list[click.Parameter]:
        if self.name in NUMBERED and self._kind is int:
            number = click.IntRange(min=1)
            return [click.Argument([self.name], type=number, metavar=self.name.upper(), shell_complete=complete.of(self.name))]
        if self._kind is bool:
            # What may be left out has the core's own value then. What may not has no default: click takes even None for a value.
            default: dict[str, Any] = {} if self.required else {"default": None}
            return [click.Option([f"--{self.option}/--no-{self.option}", self.name], required=self.required, help=self.told, **default)]
        kind = _click_type(self._kind)
        # The core counts seconds; here a length of time has its units.
        said = self.told.replace(", in seconds", "") if self._kind is timedelta else self.told
        told = f"{said} {kind.told}" if isinstance(kind, Word) else said
        return [self._option(type=kind, metavar=_metavar(self._kind), help=told, shell_complete=complete.of(self.name))]


class Named(Field):
    """An id, by its name in the directory."""

    def parameters(self) -> list[click.Parameter]:
        if self.name == "nonce":
            return [self._option(required=False, metavar="UUID", help=f"{self.told} Asked of the engine where not named.")]
        return [self._option(metavar="NAME", shell_complete=complete.of(self.name), help=self.told)]

    def value(self, given: Given, place: Place) -> UUID | None:
        text = given[self.name]
        if self.name == "nonce" and text is None:
            return place.challenge()
        return None if text is None else _id(self, text, place.directory)


class Many(Field):
    """Several of one kind, the option once for each."""

    def __init__(self, name: str, required: bool, told: str, kind: type[Any]) -> None:
        super().__init__(name, False, told)
        self._kind = kind

    def parameters(self) -> list[click.Parameter]:
        kind = _click_type(self._kind) if issubclass(self._kind, StrEnum) else click.STRING
        metavar = "WORD" if issubclass(self._kind, StrEnum) else "NAME"
        told = f"{self.told} Once for each."
        return [self._option(type=kind, multiple=True, metavar=metavar, help=told, shell_complete=complete.of(self.name))]

    def value(self, given: Given, place: Place) -> Any:
        if self._kind is UUID:
            return [_id(self, text, place.directory) for text in given[self.name]]
        return list(given[self.name])


class Digest(Field):
    """SHA-256 of something, or of a file's bytes."""

    def parameters(self) -> list[click.Parameter]:
        if self.name == "policy":
            return [self._option(type=click.Choice(list(POLICIES)), help="The policy.")]
        return [self._option(metavar="HEX|@FILE", help=f"{self.told} 64 hexadecimal digits, or @FILE for that of a file's bytes.")]

    def fetched(self, given: Given) -> dict[str, Any]:
        text: str | None = given[self.name]
        return {} if text is None or not text.startswith("@") else {self.name: sha256(_bytes(self, text[1:])).hexdigest()}

    def value(self, given: Given, place: Place) -> bytes | None:
        text: str | None = given[self.name]
        if text is None:
            return None
        if self.name == "policy":
            return bytes.fromhex(POLICIES[text].digest)
        if re.fullmatch(r"[0-9a-fA-F]{64}", text) is None:
            raise self.wrong(f'"{text}" is no SHA-256; write 64 hexadecimal digits, or @FILE for that of a file\'s bytes')
        return bytes.fromhex(text)


class Text(Field):
    """A text, of which the core keeps the digest."""

    def parameters(self) -> list[click.Parameter]:
        return [self._option(metavar="TEXT", help="The text, @FILE for what is in a file, or - for standard input. It stays on this host; the core keeps its digest.")]

    def fetched(self, given: Given) -> dict[str, Any]:
        text: str | None = given[self.name]
        return {} if text is None else {self.name: read_text(self, text)}

    def value(self, given: Given, place: Place) -> bytes | None:
        texts = self.texts(given)
        return text_digest(texts[self.name]) if texts else None

    def texts(self, given: Given) -> dict[str, str]:
        text: str | None = given[self.name]
        return {} if text is None else {self.name: text}


class Asked(Field):
    """Terms, an option for each part."""

    def __init__(self, name: str, required: bool, told: str) -> None:
        super().__init__(name, required, told)
        kinds = get_type_hints(Terms)
        self._parts: dict[str, Field] = {}
        for part in fields(Terms):
            words = _TERMS.get(part.name, "")
            self._parts[part.name] = make(part.name, kinds[part.name], part.name in _NEEDED, words)

    def parameters(self) -> list[click.Parameter]:
        return [parameter for part in self._parts.values() for parameter in part.parameters()]

    def fetched(self, given: Given) -> dict[str, Any]:
        return {name: what for part in self._parts.values() for name, what in part.fetched(given).items()}

    def value(self, given: Given, place: Place) -> Terms:
        told = {name: part.value(given, place) for name, part in self._parts.items()}
        return Terms(**{name: value for name, value in told.items() if value is not None})

    def texts(self, given: Given) -> dict[str, str]:
        return {name: text for part in self._parts.values() for name, text in part.texts(given).items()}


class Said(Field):
    """What is said of another device."""

    def parameters(self) -> list[click.Parameter]:
        told = self.told.rstrip(".")
        return [
            click.Option([f"--{self.option}-{part.replace('_', '-')}", f"{self.name}_{part}"], required=self.required, type=kind, metavar=metavar, help=f"{told}: {words}.")
            for part, kind, metavar, words in _STATEMENT
        ]

    def value(self, given: Given, place: Place) -> Statement | None:
        parts = [given[f"{self.name}_{part}"] for part, *_ in _STATEMENT]
        if parts == [None] * len(parts):
            return None
        if None in parts:
            raise click.UsageError(" and ".join(f"--{self.option}-{part}" for part, *_ in _STATEMENT) + " go together")
        serial, organisation, state = parts
        return Statement(serial, _id(self, organisation, place.directory), state)


class Read(Field):
    """What a device printed on its console."""

    def parameters(self) -> list[click.Parameter]:
        return [self._option(metavar="FILE", help="What the device printed on its console, as a file.")]

    def fetched(self, given: Given) -> dict[str, Any]:
        try:
            return {self.name: console.read(_bytes(self, given[self.name])).reading}
        except TranscriptError as error:
            raise self.wrong(f"{given[self.name]}: {error}") from None


def make(name: str, annotation: Any, required: bool, told: str) -> Field:
    """The field for an argument of this type."""
    inner = [each for each in get_args(annotation) if each is not type(None)] if _is_union(annotation) else [annotation]
    (kind,) = inner
    if kind is bytes:
        return Text(name, required, told) if name in TEXTS else Digest(name, required, told)
    if kind is UUID:
        return Named(name, required, told)
    if get_origin(kind) is not None:
        return Many(name, required, told, get_args(kind)[0])
    composed: dict[Any, type[Field]] = {Terms: Asked, Statement: Said, Reading: Read}
    if kind in composed:
        return composed[kind](name, required, told)
    return Plain(name, required, told, kind)


def read_text(field: Field, text: str) -> str:
    """The text itself, what is in the file, or what is on standard input; ends with its last line."""
    if text == "-":
        data = sys.stdin.buffer.read()
    elif text.startswith("@"):
        data = _bytes(field, text[1:])
    else:
        data = text.encode(errors="surrogateescape")
    try:
        whole = data.decode().rstrip("\n")
    except UnicodeDecodeError:
        raise field.wrong("this is not UTF-8 text") from None
    if not whole.strip():
        raise field.wrong("the text is empty; say why, in a sentence that another person understands")
    return whole


def _is_union(annotation: Any) -> bool:
    return type(None) in get_args(annotation)


def _click_type(kind: type) -> click.ParamType[Any]:
    if issubclass(kind, StrEnum):
        return Word(kind)
    types: dict[type, click.ParamType[Any]] = {str: click.STRING, int: click.IntRange(min=0), datetime: Moment(), timedelta: Span()}
    return types[kind]


def _metavar(kind: type) -> str:
    if issubclass(kind, StrEnum):
        return "WORD"
    return {str: "WORDS", int: "N", datetime: "TIME", timedelta: "DURATION"}[kind]


def _id(field: Field, text: str, directory: Directory) -> UUID:
    """The id of a name, or the id itself; of `none`, nobody's."""
    if field.name == "organisation" and text == "none":
        return NOBODY
    organisations = field.name == "organisation" or isinstance(field, Said)
    names = dict(directory.organisations) if organisations else {person.name: person.id for person in directory.people.values()}
    if text in names:
        return names[text]
    try:
        return UUID(text)
    except ValueError:
        raise field.wrong(f"{unknown('name', text, names)} ({directory.path})") from None


def _bytes(field: Field, file: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            _require_theirs(field, file, os.fstat(opened.fileno()))
            return opened.read()
    except OSError as error:
        raise field.wrong(f"{file}: {(error.strerror or str(error)).lower()}") from None


def _require_theirs(field: Field, file: str, status: os.stat_result) -> None:
    """Through sudo, the host's account reads for a person: only what that person may read anyhow, and not the journal's key, say."""
    if invoker() in (None, os.getuid(), status.st_uid) or status.st_mode & stat.S_IROTH:
        return
    raise field.wrong(f"{file}: it is neither yours nor readable by everybody, and read by another account than yours; pipe it in, and say -")


_NEEDED = ("subject", "scope", "permission", "justification")

_TERMS = {
    "subject": "The device or the service.",
    "scope": "How far it reaches (L-17).",
    "permission": "What it allows (L-20).",
    "isolated_identity": "Whether you use an isolated identity (L-18).",
    "multi_factor": "Whether you use multi-factor authentication (L-19).",
    "standard_tools_failed": "Whether standard tools and telemetry were not enough (L-12).",
    "customer_data": "Whether direct access to customer data is needed (L-23).",
    "duration": "How long; the policy's default where not named (D-02).",
}

_STATEMENT: tuple[tuple[str, click.ParamType[Any], str, str], ...] = (
    ("serial", click.STRING, "WORDS", "its serial number"),
    ("organisation", click.STRING, "NAME", "whose it is"),
    ("state", Word(State), "STATE", "where it stands"),
)
