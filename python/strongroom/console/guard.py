"""The guard between a technician's terminal and the console of a leased device (H-04, H-05, H-53)."""

from __future__ import annotations

import threading
from datetime import datetime

from .. import _native
from .events import ClosingReason, ConsoleOutput
from ..exceptions import CommandError
from .guarding import Guarding, GuardState
from ..moments import NOW, Now
from .polling import Poll
from ..room import Strongroom
from ..values import Principal
from ..words import ConsoleSession, Role

__all__ = ["QUIET_SECONDS", "Guard", "GuardState"]

QUIET_SECONDS = _native.quiet_milliseconds() / 1000
"""How long the device must have printed nothing before `Guard.quiet` is called: some fifty characters at 9600 baud."""


class Guard(Guarding):
    """Stands between a technician's terminal and a device's console; a room decides what passes.

    No byte that the technician types goes to the device but for a password's: a line is collected and decided, and what passes goes
    out by the command's own name. Without a grant the monitoring role reads the device's health; while a grant of the engineer's is in
    force it opens what was granted; when it ends, in the middle of whatever, the session at the device is ended and the end confirmed.

    The guard has no ports of its own. Tell it what both sides say, and send each side what it answers:

    | Call | When |
    |---|---|
    | `connect`, `disconnect` | the device's line is there; it is gone |
    | `technician`, `device` | bytes came from that side |
    | `quiet` | the device has printed nothing for `QUIET_SECONDS` |
    | `turn` | every second or so: grants begin and end, deadlines pass |
    | `close` | again after a second without `SessionClosed`: a device may miss the first |
    | `poll`, `give_up_poll` | the guard's own turn to read the device's health |
    | `end` | nothing is to pass any more |

    >>> from uuid import UUID
    >>> from strongroom import Device, Strongroom
    >>> from strongroom.console.events import LoginDecided
    >>> provider = UUID(int=0xB0)
    >>> room = Strongroom(Device("700022", provider, vendor=UUID(int=0xD0)))
    >>> guard = Guard(room, monitor=Principal(Role.MONITOR, provider, UUID(int=1)))
    >>> _ = guard.connect(), guard.device(b"hsm login: "), guard.quiet()
    >>> output = guard.technician(b"admin\\r")
    >>> [(event.ok, event.rule.name) for event in output.events if isinstance(event, LoginDecided)]
    [(False, 'GrantOpen')]
    >>> output.to_device
    b''

    Threads may share one. Where a call raises, what was to be sent until then comes with the next call: call `end`.
    """

    def __init__(self, room: Strongroom, *, monitor: Principal, engineer: Principal | None = None, account: str = "monitor") -> None:
        """Shut, and without a device.

        `monitor` is who monitors, `engineer` who sits at the terminal while a grant of theirs is in force: the caller vouches for it.
        `account` is the device's account that monitors, the only one that may log in without a grant. Raises `CommandError` where one of
        them acts in another role.
        """
        for who, role in ((monitor, Role.MONITOR), (engineer, Role.ENGINEER)):
            if who is not None and who.role is not role:
                raise CommandError(f"{who.role} is not the role {role}")
        super().__init__(room, monitor, engineer, account)
        self._lock = threading.RLock()

    def connect(self) -> ConsoleOutput:
        """The device's line is there. Whatever was before, its session is ended first."""
        with self._lock:
            self._native = _native.Guard()
            self._close(ClosingReason.CONNECTED)
            return self._output()

    def disconnect(self) -> ConsoleOutput:
        """The device's line is gone."""
        with self._lock:
            if self._present:
                self._tell("the device has hung up")
            self._state, self._poll = GuardState.AWAY, None
            return self._output()

    def technician(self, typed: bytes, at: datetime | Now = NOW) -> ConsoleOutput:
        """Takes what the technician typed.

        Raises `StorageError` where a decision cannot be stored; the line is refused.
        """
        with self._lock:
            self._present = self._present or bool(typed)
            if self._state is GuardState.AWAY:
                self._tell("the device is away")
                return self._output()
            self._follow(at)
            taken = 0
            while taken < len(typed):
                taken, turn = self._native.technician(typed, taken)
                self._take(turn, at)
            return self._output()

    def device(self, printed: bytes) -> ConsoleOutput:
        """Takes what the device printed."""
        with self._lock:
            to_device, to_technician, polled = self._native.device(printed)
            self._to_device += to_device
            self._to_technician += to_technician
            if self._poll is not None:
                self._poll.text += polled
            return self._output()

    def quiet(self, at: datetime | Now = NOW) -> ConsoleOutput:
        """The device has printed nothing for `QUIET_SECONDS`, and nothing of it waits to be read. More calls do nothing."""
        with self._lock:
            self._take(self._native.quiet(), at)
            self._follow(at)
            return self._output()

    def turn(self, at: datetime | Now = NOW) -> ConsoleOutput:
        """Follows the room: turns deadlines into steps, ends the session where a grant is over, opens where one is in force."""
        with self._lock:
            self._follow(at)
            return self._output()

    def line_break(self) -> ConsoleOutput:
        """The technician's line was held in BREAK. The device does not learn of it."""
        with self._lock:
            self._take(self._native.line_break())
            return self._output()

    def close(self) -> ConsoleOutput:
        """Ends the device's session, or asks again for its end: interrupts what runs, and sends a CR for the prompt."""
        with self._lock:
            if self._state is not GuardState.AWAY:
                self._close(None if self._state is GuardState.CLOSING else ClosingReason.ASKED)
            return self._output()

    def end(self) -> ConsoleOutput:
        """Ends the device's session for good: nothing opens any more. It is over once `state` is closed, or away."""
        with self._lock:
            if self._state is GuardState.OPEN or self._poll is not None:
                self._close(ClosingReason.ASKED)
            self._ending = True
            return self._output()

    def poll(self, password: bytes | None = None, at: datetime | Now = NOW) -> ConsoleOutput:
        """Begins to read the device's health at an idle prompt; `is_polling` says whether it has the turn.

        At the login prompt it logs in with `password`, and out again after; without one only a session that a technician has
        opened is used. What the device answers comes to `HealthPolled`. What a technician types meanwhile is dropped.
        """
        with self._lock:
            if self._state is GuardState.AWAY or self._ending:
                return self._output()
            if self.session is ConsoleSession.UNKNOWN:
                self._did(self._native.wake())
            at_shell = self.session is ConsoleSession.SHELL
            if self._poll is None and (at_shell or password is not None) and self._native.begin_poll():
                self._poll = Poll(self._account.encode(), password)
                self._poll_on(self.session, at)
            return self._output()

    def give_up_poll(self, at: datetime | Now = NOW) -> ConsoleOutput:
        """Gives the turn back to the technician: the device does not answer."""
        with self._lock:
            if self._poll is not None:
                self._end_poll(at, answered=False)
            return self._output()
