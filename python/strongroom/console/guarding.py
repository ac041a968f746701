"""What a guard decides and does, from one call to the next."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from typing import Any

from .. import _native, encoding
from .events import (
    AccessConfirmed,
    ClosingReason,
    ConfirmationAnswered,
    ConsoleEvent,
    ConsoleOpened,
    ConsoleOutput,
    LineDecided,
    LineSpoilt,
    LoginDecided,
    PromptSeen,
    RecoveryRefused,
    SessionClosed,
    SessionClosing,
    TimePassed,
)
from ..exceptions import StrongroomError
from ..moments import NOW, Now
from .polling import Poll
from ..room import Strongroom
from ..rules import rule
from .shell import line_of
from ..values import Principal
from ..words import ConsoleAnswer, ConsoleMode, ConsoleSession, EffectKind, Role, Subject


class GuardState(StrEnum):
    """How the guard stands to the device."""

    AWAY = "away"
    """The device is not there."""
    CLOSING = "closing"
    """The device was told to end its session."""
    CLOSED = "closed"
    """The device has said that nobody is logged in, and nobody types."""
    OPEN = "open"
    """A technician types, and the guard is open as far as they may."""


class Guarding:
    """How a guard stands to the device and the room, and what follows from what both say; the calls are `Guard`'s."""

    def __init__(self, room: Strongroom, monitor: Principal, engineer: Principal | None, account: str) -> None:
        self.room = room
        """Who decides. One that lets go of its journal between two calls is followed by another opening of the same journal."""
        self._monitor, self._engineer, self._account = monitor, engineer, account
        self._native = _native.Guard()
        self._state = GuardState.AWAY
        self._present = self._ending = False
        self._poll: Poll | None = None
        self._to_device, self._to_technician = bytearray(), bytearray()
        self._events: list[ConsoleEvent] = []

    @property
    def state(self) -> GuardState:
        """How it stands to the device."""
        return self._state

    @property
    def mode(self) -> ConsoleMode:
        """How far the technician's side is open."""
        return ConsoleMode(self._native.mode)

    @property
    def session(self) -> ConsoleSession:
        """What the device is doing, as far as it can be told."""
        return ConsoleSession(self._native.session)

    @property
    def is_polling(self) -> bool:
        """Whether the guard itself has the turn."""
        return self._poll is not None

    # What a call has collected.

    def _output(self) -> ConsoleOutput:
        output = ConsoleOutput(bytes(self._to_device), bytes(self._to_technician), tuple(self._events))
        self._to_device.clear()
        self._to_technician.clear()
        self._events.clear()
        return output

    def _tell(self, text: str) -> None:
        self._to_technician += text.encode() + b"\r\n"

    def _did(self, done: tuple[bool, bytes, bytes]) -> bool:
        did, to_device, to_technician = done
        self._to_device += to_device
        self._to_technician += to_technician
        return did

    def _take(self, turn: tuple[bytes, bytes, str | None], at: datetime | Now = NOW) -> None:
        to_device, to_technician, event = turn
        self._to_device += to_device
        self._to_technician += to_technician
        if event is not None:
            self._act(json.loads(event), at)

    # Decisions.

    def _act(self, event: dict[str, Any], at: datetime | Now) -> None:
        match event["event"]:
            case "line":
                self._decide_line(event, at)
            case "login":
                self._decide_login(event["name"], at)
            case "recover_login":
                self._refuse_recovery(at)
            case "spoilt":
                self._events.append(LineSpoilt())
            case "answered":
                self._events.append(ConfirmationAnswered(ConsoleAnswer(event["answer"])))
            case "closed":
                self._state = GuardState.CLOSED
                self._events.append(SessionClosed())
            case "prompt":
                session = ConsoleSession(event["session"])
                if self._poll is None:
                    self._events.append(PromptSeen(session))
                else:
                    self._poll_on(session, at)
            case _:
                pass

    def _decide_line(self, event: dict[str, Any], at: datetime | Now) -> None:
        line = line_of(event)
        by = self._engineer if self._engineer is not None and self.mode is ConsoleMode.GRANT else self._monitor
        try:
            self._tick(at)
            reply = self.room.console_line(by=by, command=line.number, arguments=line.arguments, line=line.digest or b"", at=at)
        except StrongroomError:
            self._take(self._native.refuse("refused: what is decided cannot be stored"))
            raise
        sent = bool(reply) and self._did(self._native.pass_on())
        if not reply:
            # The rule's text is what it demands, and not what is the case.
            self._take(self._native.refuse(f"refused by {reply.rule.name}, which demands: {reply.rule.text}"))
        self._events.append(LineDecided(by, line, reply, sent))

    def _decide_login(self, name: str, at: datetime | Now) -> None:
        ok = name == self._account
        try:
            ok = ok or (self.mode is ConsoleMode.GRANT and self._granted(at))
        finally:
            if ok:
                self._did(self._native.pass_on())
            else:
                self._take(self._native.refuse("refused: without a grant, only the account that monitors"))
        self._events.append(LoginDecided(ok, None if ok else rule("GrantOpen")))

    def _refuse_recovery(self, at: datetime | Now) -> None:
        text = "refused"
        try:
            reply = self.room.recover_login(by=Principal(Role.SENSOR), succeeded=False, at=at)
            self._events.append(RecoveryRefused(reply))
            text = f"refused: {reply.rule.text}"
        finally:
            self._take(self._native.refuse(text))

    # What the room asks for.

    def _follow(self, at: datetime | Now) -> None:
        self._tick(at)
        while any(self._serve(*effect, at) for effect in self._effects()):
            pass  # each confirmation changes what is pending
        granted = self._granted(at)
        if self._state is GuardState.OPEN and self.mode is ConsoleMode.GRANT and not granted:
            self._close(ClosingReason.GRANT_OVER)
        wanted = ConsoleMode.GRANT if granted else ConsoleMode.MONITOR
        may_open = self._present and not self._ending and self._state in (GuardState.CLOSED, GuardState.OPEN)
        if may_open and self.mode is not wanted and self._native.open(wanted):
            self._state = GuardState.OPEN
            self._events.append(ConsoleOpened(wanted))

    def _tick(self, at: datetime | Now) -> None:
        self._events.extend(map(TimePassed, self.room.tick_overdue(at)))

    def _granted(self, at: datetime | Now) -> bool:
        return self._engineer is not None and self.room.access(self._engineer.id, Subject.DEVICE, at) is not None

    def _effects(self) -> list[tuple[int, str, int]]:
        if self._engineer is None:
            return []
        # The native guard and the native engine are of one package.
        return _native.console_effects(self.room._native, encoding.value(self._engineer.id))  # pyright: ignore[reportPrivateUsage]

    def _serve(self, effect: int, name: str, request: int, at: datetime | Now) -> bool:
        """Does what is asked, and confirms it once it is so; whether it was."""
        kind = EffectKind(name)
        if kind is EffectKind.CLOSE_ACCESS and self._state is GuardState.OPEN:
            # Also where another grant is in force: by which of them the session was opened, nobody knows.
            self._close(ClosingReason.GRANT_OVER)
        if kind is EffectKind.CLOSE_ACCESS:
            done = self._state is GuardState.CLOSED
        else:
            done = self._state is not GuardState.AWAY and self._granted(at)
        if not done:
            return False
        reply = self.room.confirm(by=Principal(Role.ENFORCER), effect=effect, at=at)
        self._events.append(AccessConfirmed(kind, request, reply))
        return reply.ok

    def _close(self, why: ClosingReason | None) -> None:
        self._poll = None
        if why is not None:
            self._events.append(SessionClosing(why))
        self._state = GuardState.CLOSING
        self._take(self._native.close())

    # The guard's own turn.

    def _poll_on(self, session: ConsoleSession, at: datetime | Now) -> None:
        if self._poll is not None and not self._did(self._poll.next(self._native, session)):
            self._end_poll(at, answered=True)

    def _end_poll(self, at: datetime | Now, *, answered: bool) -> None:
        poll, self._poll = self._poll, None
        self._take(self._native.end_poll())
        if poll is None:
            return
        if poll.logged_in:
            self._close(ClosingReason.POLLED)
        self._events.append(poll.told(self.room, self._monitor, at, answered=answered))
