"""A serial monitor board, over its host line: what a party asks of it, sealed under the party's key."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from .. import _native, encoding, records
from ..commands import Commands
from ..exceptions import (
    BoardError,
    BoardForgedError,
    BoardIdentityError,
    BoardNotYoursError,
    BoardProvisionedError,
    BoardSessionError,
    BoardStorageError,
    CommandError,
)
from .keys import make_key
from .line import BAUD, Line, LineState
from ..moments import NOW, Now, moment, seconds
from ..records import Record
from ..replay import Pending, pending_of
from ..room import reply_of
from ..values import Principal, Reply
from ..words import Health, LogName, Party, State

TIMEOUT = 10.0
"""Seconds after which a board that says nothing is given up."""

_TRIES = 5


@dataclass(frozen=True, slots=True)
class BoardStatus:
    """How a board stands."""

    serial: str
    """Of the device that it guards."""
    state: State
    health: Health
    """`UNKNOWN` where nothing was read yet, or the customer restricts monitoring."""
    at: datetime | None
    """The board's time; `None` where nobody has told it since it was switched on."""
    sizes: Mapping[LogName, int] = field(hash=False)
    """Records of each log, those acknowledged included."""
    effects: int
    """How many things wait to be done."""
    access: datetime | None
    """Until when the engineer in the seat has access; `None` without one."""
    challenge: UUID
    """The nonce that the next destruction asked by the customer has to carry."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """What a board has not heard since it was switched on."""

    broken: int
    """Frames that were none, as noise makes them."""
    no_key: int
    """Asked for a party that has no key there."""
    forged: int
    """Not sealed under the party's key for this session."""
    replayed: int
    """Asked before."""
    not_theirs: int
    """Asked under a key of another party than who acts."""


class _Sealed(Commands[Reply]):
    """Commands that bring a key with them, or are sealed by a second party too."""

    __slots__ = ("_board", "_key", "_second")

    def __init__(self, board: Board, key: tuple[bytes, str] | None = None, second: bytes | None = None) -> None:
        self._board, self._key, self._second = board, key, second

    def _ask(
        self, verb: str, arguments: dict[str, Any], by: Principal, second: Principal | None, at: datetime | Now | None
    ) -> Reply:
        return self._board._command(verb, arguments, by, second, at, key=self._key, second_key=self._second)  # pyright: ignore[reportPrivateUsage]


class Board(Commands[Reply]):
    """A board, as one party sees it. Every command is a method, as a `Strongroom` has them; its time is the board's own.

    Whoever has a party's key speaks for everybody of that party; `by` says who it is. Nothing is believed but what the board
    sealed for this question, so that nobody on the line has to be trusted: `port` may be a serial port, a pseudo-terminal or an
    address such as `socket://host:4000`. Threads may share one: a call waits for another to end.

    Every call raises `BoardSilentError` where no answer comes in time, `BoardForgedError` where what answers does not have the
    key, `BoardKeyError` where the board has none of this party's, `BoardPortError` where the port is gone. What changes
    something raises `BoardSessionError` where it is not known whether it did.

    >>> with Board("/dev/ttyUSB0", Party.PROVIDER, read_key("provider.key")) as board:  # doctest: +SKIP
    ...     print(board.status().state)
    """

    __slots__ = ("_is_met", "_line", "_lock", "_native", "_serial")

    def __init__(self, port: str, party: Party, key: bytes, *, serial: str | None = None, timeout: float = TIMEOUT, baud: int = BAUD) -> None:
        """Opens the port; the board is met with the first question. With `serial`, only the board of that device is spoken to.

        Raises `BoardPortError`, and `KeyFormatError` for what is no key.
        """
        self._native = _native.BoardClient(party.value, key)
        self._line = Line(port, self._native, timeout=timeout, baud=baud)
        self._lock = threading.RLock()
        self._serial, self._is_met = serial, False

    def close(self) -> None:
        """Lets go of the port."""
        self._line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def port(self) -> str:
        """As it was named."""
        return self._line.port

    @property
    def line(self) -> LineState:
        """What came over the line so far."""
        return self._line.state

    def meet(self) -> str:
        """Asks who is there, and has it proved: the serial number of the device. Raises `BoardIdentityError` for another one's."""
        with self._lock:
            self._line.exchange(self._native.hello(os.urandom(16)))
            serial = self._native.serial
            if self._serial not in (None, serial):
                raise BoardIdentityError(f"{self.port}: this is the board of device {serial}, not of {self._serial}; take the other line")
            self._is_met = True
            return serial

    # What is only looked at: asked again where others asked meanwhile.

    def status(self) -> BoardStatus:
        """How it stands."""
        said = self._look(self._native.status)
        return BoardStatus(
            serial=self._native.serial,
            state=State(said["state"]),
            health=Health(said["health"]),
            at=_maybe(said["at"]),
            sizes={LogName.TENANT: said["tenant"], LogName.LIFECYCLE: said["lifecycle"]},
            effects=said["effects"],
            access=_maybe(said["access"]),
            challenge=UUID(said["challenge"]),
        )

    def record(self, log: LogName, number: int) -> Record | None:
        """The record of this number; `None` where the board does not hold it: not yet, or no more.

        Raises `BoardNotYoursError` for the tenant's log, which is the customer's (D-22).
        """
        name = encoding.value(log)
        said = self._look(lambda: self._native.record(name, number))
        return None if said["said"] == "nothing" else next(records.read(bytes.fromhex(said["record"])))

    def records(self, log: LogName, start: int = 0) -> Iterator[Record]:
        """The records from `start` on that the board still holds, oldest first. Raises as `record` does."""
        held: list[Record] = []
        # The oldest were acknowledged, so they are looked for from the newest on.
        for number in range(self.status().sizes[log] - 1, start - 1, -1):
            if (found := self.record(log, number)) is None:
                break
            held.append(found)
        yield from reversed(held)

    def head(self, log: LogName) -> str:
        """The head of a log as a signed note (C2SP `tlog-checkpoint`), over what the board has stored. Its signature is not checked.

        Raises as `record` does, and `BoardStorageError`.
        """
        for _ in range(_TRIES):
            parts = self._parts(log)
            text = b"".join(parts)
            # A step between two parts makes another head.
            covering = text.find(b"\n\n") // max(1, len(parts[0])) + 1
            if all(self._part(log, place) == part for place, part in enumerate(parts[:covering])):
                return text.decode(errors="replace")
        raise BoardError(f"{self.port}: the {log} log grows faster than its head can be read; ask again")

    def _parts(self, log: LogName) -> list[bytes]:
        parts: list[bytes] = []
        while (part := self._part(log, len(parts))) is not None:
            parts.append(part)
            if len(part) < len(parts[0]):
                break
        if not parts:
            raise BoardStorageError(f"{self.port}: the board has no head of the {log} log")
        return parts

    def _part(self, log: LogName, place: int) -> bytes | None:
        name = encoding.value(log)
        said = self._look(lambda: self._native.head(name, place))
        return None if said["said"] == "nothing" else bytes.fromhex(said["part"])

    def effects(self) -> tuple[Pending, ...]:
        """What waits to be done, for whoever does it."""
        waiting: list[Pending] = []
        while (said := self._look(lambda: self._native.effect(len(waiting))))["said"] != "nothing":
            waiting.append(pending_of(said["effect"]))
        return tuple(waiting)

    # What changes something: asked once.

    def _ask(
        self, verb: str, arguments: dict[str, Any], by: Principal, second: Principal | None, at: datetime | Now | None
    ) -> Reply:
        return self._command(verb, arguments, by, second, at)

    def bind(self, key: bytes, device_key: str) -> Commands[Reply]:
        """The same commands, with a key that the command brings: `board.bind(key, device_key).register(...)` gives the customer
        their first one, `board.bind(key, device_key).claim(...)` is how they bring their own.

        It is covered for the device of that public key, which provisioning has told: nobody else learns it, not even who has
        brought the key before it.
        """
        return _Sealed(self, key=(key, device_key))

    def together(self, second_key: bytes) -> Commands[Reply]:
        """The same commands, where the second person is of another party (D-28), whose key this is."""
        return _Sealed(self, second=second_key)

    def seat(self, engineer: UUID | None) -> None:
        """Says which engineer sits at the technician's line, or that nobody does: the provider vouches for it.

        Raises `BoardNotYoursError` for another party.
        """
        id = None if engineer is None else str(engineer)
        self._change(lambda: self._native.seat(id))

    def seat_pool(self, first: UUID, second: UUID) -> None:
        """Says that two of the pool's sit there, to prepare a device that nobody has leased: everything passes.

        Raises `BoardNotYoursError` for another party.
        """
        self._change(lambda: self._native.seat(str(first), str(second)))

    def unheard(self) -> Unheard:
        """What the board has not heard since it was switched on."""
        return Unheard(**self._look(self._native.unheard)["unheard"])

    def told(self, effect: int) -> Reply | None:
        """Says that people did what the effect of this number asks for; `None` where none waits under it. The provider's carry
        notices to whom they are for, and open and close access to what is not the device; the customer's reset the device.

        Raises `BoardNotYoursError` for another party, and for what the board or the device does itself.
        """
        said = self._change(lambda: self._native.told(effect))
        return None if said["said"] == "nothing" else reply_of(said["reply"])

    def _command(
        self,
        verb: str,
        arguments: dict[str, Any],
        by: Principal,
        second: Principal | None,
        at: datetime | Now | None,
        *,
        key: tuple[bytes, str] | None = None,
        second_key: bytes | None = None,
    ) -> Reply:
        if verb == "set_time":
            time = seconds(at)
            if time is None:
                raise CommandError("set_time: it sets a time; name one, or none to set the present one")
        elif at is not NOW:
            raise CommandError(f"{verb}: a board has its own time; only set_time brings one")
        else:
            time = None
        command = encoding.command(verb, arguments, by, second)
        if key is not None:
            said = self._change(lambda: self._native.bind(command, *key, make_key()))
        else:
            said = self._change(lambda: self._native.command(time, command, second_key))
        if said["said"] != "reply":
            raise CommandError(f"{verb}: it brings no key that the board takes")
        return reply_of(said["reply"])

    def _look(self, frame: Callable[[], bytes]) -> Mapping[str, Any]:
        with self._lock:
            why = ""
            for _ in range(_TRIES):
                if not self._is_met:
                    self.meet()
                heard = self._line.exchange(frame())
                if heard["heard"] == "said":
                    return self._said(heard)
                # Switched off and on, or somebody else asked with the same key: it is met anew.
                self._is_met = False
                why = str(heard["why"])
            raise self._refused(why)

    def _change(self, frame: Callable[[], bytes]) -> Mapping[str, Any]:
        with self._lock:
            # As late as can be, so that the counter is still free.
            self.meet()
            heard = self._line.exchange(frame())
            if heard["heard"] == "said":
                return self._said(heard)
            self._is_met = False
            raise self._refused(heard["why"])

    def _said(self, heard: Mapping[str, Any]) -> Mapping[str, Any]:
        said: Mapping[str, Any] = heard["say"]
        if said["said"] == "not_yours":
            raise BoardNotYoursError(f"{self.port}: this party may not ask for that; it is another party's, or the board's own")
        if said["said"] == "not_stored":
            raise BoardStorageError(f"{self.port}: the board could not store it, and nothing happened; look at its EEPROM")
        return said

    def _refused(self, why: str) -> BoardError:
        if why in ("session", "counter"):
            what = "the board was switched off and on" if why == "session" else "others asked with the same key"
            return BoardSessionError(f"{self.port}: {what} meanwhile; whether it happened is not known: look at its state, then ask again")
        if why == "not_theirs":
            return BoardNotYoursError(f"{self.port}: whoever acts is of another party than the key; act as somebody of the key's party")
        return BoardForgedError(f"{self.port}: the question was refused by whoever is at the line, who does not say why in the board's words")


def provision(
    port: str,
    *,
    serial: str,
    provider: UUID,
    vendor: UUID,
    key: bytes,
    seed: bytes,
    account: str,
    password: str,
    poll_every: timedelta = timedelta(minutes=10),
    timeout: float = TIMEOUT,
    baud: int = BAUD,
) -> str:
    """Makes a blank board what it is, once: the public key of the device, in hexadecimal.

    Args:
        port: Its host line, where nobody else is: everything goes over it as it is.
        serial: The serial number of the device that it guards.
        provider: The provider.
        vendor: The vendor.
        key: The provider's key, of 32 bytes; `make_key` makes one.
        seed: The seed of the device's signing key, likewise. Whoever has it can sign in the device's name; nobody needs it again.
        account: The account of the device's monitoring role, as its console asks for it.
        password: Its password.
        poll_every: From one reading of the device's health to the next.

    Raises `BoardProvisionedError` where it is something already, and as `Board` does. It has then the key that is given here, or
    none of it.
    """
    client = _native.BoardClient(Party.PROVIDER.value, key)
    with_ = {
        "serial": serial,
        "provider": str(provider),
        "vendor": str(vendor),
        "account": account,
        "poll_every": int(poll_every.total_seconds()),
    }
    public = _native.device_public_key(seed)
    frame = client.provision(json.dumps(with_), key, seed, password)
    line = Line(port, client, timeout=timeout, baud=baud)
    try:
        heard = line.exchange(frame)
    finally:
        line.close()
    is_ours = heard["heard"] == "provisioned" and heard["key"] == public
    try:
        # Only whoever took the key can prove that they have it, also where the first answer was lost.
        with Board(port, Party.PROVIDER, key, serial=serial, timeout=timeout, baud=baud) as board:
            board.meet()
    except BoardForgedError:
        if is_ours:
            raise
        raise BoardProvisionedError(f"{port}: this board is something already; it is made once, on an empty EEPROM") from None
    return public


def _maybe(at: int | None) -> datetime | None:
    return None if at is None else moment(at)
