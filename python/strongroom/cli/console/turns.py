"""The guard's turns with the room: each holds the journal, says what is to be done, and leaves room in the logs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from ...console.events import ConsoleOutput
from ...exceptions import StrongroomError
from ...console import Guard
from ...room import Strongroom
from ...values import LogState
from ...words import LogName
from .. import draining
from .journal import Journal

LONGEST = 1.0
"""Seconds at most from a revocation, by another command on the journal, to the end of the session."""

_LITTLE_ROOM = 6
"""Records that a log still takes, at which it is acknowledged: a turn may leave several, where a poll finds much or a grant ends."""


class Turns:
    """Turns with the room, one at a time; the journal is free between two."""

    def __init__(self, guard: Guard, journal: Journal, deliver: Callable[[ConsoleOutput], None], complain: Callable[[str], None]) -> None:
        """`deliver` sends both sides their bytes, while the room is still held: nobody waits for a disk to learn that a session ends."""
        self._guard, self._journal = guard, journal
        self._deliver, self._complain = deliver, complain
        self._deadline: float | None = None
        self._stamp: int | None = None
        self._drained: dict[LogName, LogState] | None = None
        self._wrong: str | None = None
        self.next_at = 0.0
        """When the room is to be asked again, by the monotonic clock."""
        self.is_lost = False
        """Whether something could not be stored: the guard decides nothing any more."""

    def take(self, calls: Iterable[Callable[[], ConsoleOutput]]) -> list[ConsoleOutput]:
        """One turn, for calls that the room may be asked in: what came of them, delivered already.

        What cannot be stored is refused, and ends the guard.
        """
        outputs: list[ConsoleOutput] = []
        try:
            if self.is_lost:
                # The room is closed: what needs it raises, the rest goes on.
                outputs.extend(self._ask(call) for call in calls)
                return outputs
            with self._journal.open() as self._guard.room:
                for call in calls:
                    self._make_room(self._guard.room)
                    outputs.append(self._ask(call))
                self._drain(self._guard.room)
                self._plan(self._guard.room)
        except StrongroomError as error:
            if not self.is_lost:
                self._complain(str(error))
            self.is_lost = True
            outputs.append(self._ask(self._guard.end))
        return outputs

    def _ask(self, call: Callable[[], ConsoleOutput]) -> ConsoleOutput:
        output = call()
        self._deliver(output)
        return output

    def is_called_for(self) -> bool:
        """Whether anything can have changed: a deadline is over, or somebody else has asked something."""
        is_due = self._deadline is not None and self._deadline <= time.time()
        if is_due or self._stamp is None or self._stamp != self._journal.stamp():
            return True
        self._wait()
        return False

    def _make_room(self, room: Strongroom) -> None:
        if any(room.log(log).room <= _LITTLE_ROOM for log in LogName):
            self._drain(room)

    def _drain(self, room: Strongroom) -> None:
        if self._journal.directory.logs is None or self._drained == _logs(room):
            return
        wrong = draining.by_itself(room, self._journal.directory, _LITTLE_ROOM)
        self._drained = _logs(room) if wrong is None else None
        if wrong is not None and wrong != self._wrong:
            self._complain(f"the logs are not drained: {wrong}")
        self._wrong = wrong

    def _plan(self, room: Strongroom) -> None:
        """What the room waits for, and what the journal looks like as long as nobody else has asked anything."""
        deadline = room.next_deadline
        self._deadline = None if deadline is None else deadline.timestamp()
        self._stamp = self._journal.stamp()
        self._wait()

    def _wait(self) -> None:
        """The next look at the room is when a deadline passes, and a second from now at the latest."""
        left = LONGEST if self._deadline is None else self._deadline - time.time()
        # One that has passed and still stands waits for something else.
        self.next_at = time.monotonic() + (min(left, LONGEST) if left > 0 else LONGEST)


def _logs(room: Strongroom) -> dict[LogName, LogState]:
    return {log: room.log(log) for log in LogName}
