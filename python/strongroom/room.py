"""An engine, in memory or kept by a journal file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from . import _native, encoding, records
from .commands import Commands
from .exceptions import StorageError
from .moments import NOW, Now, moment, seconds
from .policies import Policy
from .reading import Reading
from .records import Record
from .replay import Consulted, EngineState, SignedLog, engine_state
from .rules import Rule, rule
from .values import Device, Found, LogState, Principal, Reply
from .words import Health, LogName, Role, State, Status, Subject

_NOT_MOUNTED = 1041
"""The number of what is not there to go on with."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What would come of a command, and why; nothing has happened. Its truth is whether it would be accepted."""

    ok: bool
    rule: Rule
    """The rule that decides."""
    consulted: tuple[Consulted, ...]
    """The rules that are consulted, in order."""

    def __bool__(self) -> bool:
        return self.ok


class Explain(Commands[Explanation]):
    """As `Strongroom`, but nothing happens: each command says what would come of it, and why."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Engine) -> None:
        self._native = native

    def _ask(
        self, verb: str, arguments: dict[str, Any], by: Principal, second: Principal | None, at: datetime | Now | None
    ) -> Explanation:
        ok, decided, consulted = self._native.explain(seconds(at), encoding.command(verb, arguments, by, second))
        return Explanation(ok, rule(decided), tuple(Consulted(rule(name), held) for name, held in consulted))


class Strongroom(Commands[Reply]):
    """One device and the lockbox of one customer: decides, and remembers.

    `Strongroom(device)` keeps everything in memory; `Strongroom.open(path, device)` in a journal file, which survives a power
    cut at any time. Every command is a method. Threads may share one: a call waits for another to end.

    >>> provider, vendor = UUID(int=0xB0), UUID(int=0xD0)
    >>> hana = Principal(Role.HANDS, provider, UUID(int=1))
    >>> with Strongroom.open("hsm-a.journal", Device("700022", provider, vendor)) as room:
    ...     reply = room.unbound(by=hana)
    ...     if not reply:
    ...         print(reply.rule.text)
    the chart has such a step from this state
    """

    __slots__ = ("_native", "found")

    found: Found | None
    """What was found in the journal; `None` in memory."""

    def __init__(self, device: Device, policy: str | Policy = "azure") -> None:
        """An engine in memory for a device on its way. Raises `CommandError` for what is no device or preset."""
        self._native = _native.Engine(encoding.value(device), _name(policy))
        self.found = None

    @classmethod
    def open(
        cls, path: str | PathLike[str], device: Device, policy: str | Policy = "azure", *, wait: float = 10.0
    ) -> Self:
        """Opens the journal at `path`, or makes one, for this device.

        One process holds a journal at a time; another waits up to `wait` seconds. What is stored has its own policy. Raises
        `StorageError` where the file cannot be opened or is not this device's and release's to go on with, which leaves it as it is,
        and `JournalHeldError` where another process still holds it, and says which.
        """
        room = cls.__new__(cls)
        room._native, found = _native.Engine.open(path, encoding.value(device), _name(policy), wait)
        told = json.loads(found)
        if told["found"] == "held":
            room.close()
            raise StorageError(f"{Path(path)}: {told['why']}; nothing was changed", _NOT_MOUNTED)
        room.found = Found(**told)
        return room

    def close(self) -> None:
        """Lets go of the journal; nothing can be asked any more."""
        self._native.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _ask(
        self, verb: str, arguments: dict[str, Any], by: Principal, second: Principal | None, at: datetime | Now | None
    ) -> Reply:
        return reply_of(self._native.apply(seconds(at), encoding.command(verb, arguments, by, second)))

    @property
    def explain(self) -> Explain:
        """The same commands, asked without consequence: `room.explain.approve(by=..., request=1)`."""
        return Explain(self._native)

    def tick_overdue(self, at: datetime | Now = NOW) -> Iterator[Reply]:
        """Turns overdue deadlines into steps, the earliest first, until none is (D-26); each step's reply."""
        now = seconds(at)
        while (deadline := self._native.next_deadline()) is not None and now is not None and deadline <= now:
            reply = reply_of(self._native.tick(now))
            yield reply
            if not reply:
                break

    @property
    def next_deadline(self) -> datetime | None:
        """When it has to be ticked at the latest, which may have passed; `None` where nothing waits for time."""
        deadline = self._native.next_deadline()
        return None if deadline is None else moment(deadline)

    def access(self, engineer: UUID, subject: Subject, at: datetime | Now = NOW) -> datetime | None:
        """Until when this engineer has access by grants that are in force; `None` where there is none.

        The end is the first second without access. A journal that failed gives nobody access.
        """
        now = seconds(at)
        end = None if now is None else self._native.access(now, encoding.value(engineer), encoding.value(subject))
        return None if end is None else moment(end)

    @property
    def state(self) -> EngineState:
        """Lease, health, requests and what has to be done, as they stand."""
        return engine_state(json.loads(self._native.state()))

    @property
    def challenge(self) -> UUID:
        """The nonce that the next destruction asked by the customer has to carry."""
        return UUID(self._native.challenge())

    def log(self, log: LogName) -> LogState:
        """How a log stands."""
        return LogState(*self._native.log(encoding.value(log)))

    def records(self, log: LogName) -> Iterator[Record]:
        """The records that a log still holds, oldest first. What drains them takes `bytes(record)`."""
        return records.read(self._native.records(encoding.value(log)))

    def checkpoint(self, log: LogName, key: str) -> str:
        """The head of a log as a signed note (C2SP `tlog-checkpoint`), over what the journal has stored.

        `key` is an Ed25519 private key in PEM. Raises `StorageError` in memory, and where the journal failed; `KeyFormatError`.
        """
        return self._native.checkpoint(encoding.value(log), key)

    def drain(self, folder: str | PathLike[str], key: str) -> tuple[SignedLog, ...]:
        """Copies the records that the logs hold into a log folder, and signs the heads over them (D-22).

        Nothing is acknowledged yet: `acknowledge` makes room once the copy is safe. Whatever cuts this off, the next call
        goes on: what is there already is compared, so that nothing is lost and nothing is there twice. `key` is an Ed25519
        private key in PEM. Raises `StorageError` in memory, `KeyFormatError`, and `LogError` where the folder cannot be
        written or holds other records than these.
        """
        return tuple(SignedLog(path, origin, size) for path, origin, size in self._native.drain(folder, key))

    def compact(self) -> None:
        """Writes a snapshot, so that no steps are left to replay: what an update of the package asks for."""
        self._native.compact()

    def sense(self, reading: Reading, by: Principal, at: datetime | Now | None = NOW) -> Iterator[Reply]:
        """Reports a reading and whatever it calls for, health first (H-54); each step's reply.

        Health is told by whoever read it, the rest by the device's own sensor. Danger that is already known is not told again.
        """
        now = seconds(at)
        for action in json.loads(self._native.sense(now, encoding.value(reading))):
            ((verb, arguments),) = action.items()
            reporter = by if verb == "read_health" else Principal(Role.SENSOR)
            yield reply_of(self._native.apply(now, encoding.command(verb, arguments, reporter, None)))

    def __repr__(self) -> str:
        state = self.state
        return f"<Strongroom {state.name}: {state.state}>"


def _name(policy: str | Policy) -> str:
    return policy.name if isinstance(policy, Policy) else policy


def reply_of(answer: tuple[bool, str, str, str, int | None, str | None, bool]) -> Reply:
    """For the package's own use: a reply as the native module tells it."""
    ok, name, state, health, request, status, due = answer
    return Reply(ok, rule(name), State(state), Health(health), request, None if status is None else Status(status), due)
