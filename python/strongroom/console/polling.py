"""A guard's own turn at the console: it reads the device's health (H-54)."""

from __future__ import annotations

from datetime import datetime

from .. import _native
from .transcript import read
from .events import HealthPolled, PollUnanswered
from ..exceptions import TranscriptError
from ..moments import Now
from ..room import Strongroom
from .shell import SHELL
from ..values import Principal
from ..words import ConsoleSession, Role

_NOTHING = (False, b"", b"")


class Poll:
    """The commands that are left to send, and what the device has printed."""

    __slots__ = ("_account", "_commands", "_password", "logged_in", "text")

    def __init__(self, account: bytes, password: bytes | None) -> None:
        self._account, self._password = account, password
        self._commands = [command.number for command in SHELL if command.polled]
        self.logged_in = False
        self.text = bytearray(b"lunash:>")
        """The prompt that stood there before is part of what is read: the first command's echo follows it."""

    def next(self, guard: _native.Guard, session: ConsoleSession) -> tuple[bool, bytes, bytes]:
        """The next thing to send at this prompt; whether there is one."""
        match session:
            case ConsoleSession.SHELL if self._commands:
                return guard.send_poll(self._commands.pop(0))
            case ConsoleSession.LOGIN if self._password is not None and not self.logged_in:
                self.logged_in = True
                return guard.log_in(self._account)
            case ConsoleSession.PASSWORD if self._password is not None:
                self.text[:] = b"lunash:>"
                return guard.give_password(self._password)
            case _:
                return _NOTHING

    def told(self, room: Strongroom, monitor: Principal, at: datetime | Now, *, answered: bool) -> HealthPolled | PollUnanswered:
        """What the device has told, once the room knows it."""
        if answered:
            try:
                transcript = read(bytes(self.text))
            except TranscriptError:
                pass
            else:
                return HealthPolled(transcript.reading, transcript.outcome, tuple(room.sense(transcript.reading, monitor, at)))
        # Nobody of the provider's can make a device silent by saying so.
        return PollUnanswered(room.poll_unanswered(by=Principal(Role.SENSOR), at=at))
