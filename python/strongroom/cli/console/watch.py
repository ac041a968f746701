"""The loop between two ports and a guard: whatever comes next happens, and nothing waits for anybody."""

from __future__ import annotations

import os
import re
import select
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from ...console.events import ConsoleEvent, ConsoleOutput, SessionClosing
from ...console import QUIET_SECONDS, Guard, GuardState
from .journal import Journal
from .ports import Port, PortGone
from .signals import ends
from .turns import LONGEST, Turns

_BURST = 64
"""Bytes that a technician types between two looks at everything else."""

_LINE = re.compile(rb"[^\r\n]*[\r\n]|[^\r\n]+")

_RETRY = 1.0
"""Seconds before a device that has not ended its session is told again."""

_PATIENCE = 10.0
"""Seconds for the device to end its session when the command ends."""

_ANSWER = 30.0
"""Seconds without a word from the device after which a poll is given up."""


@dataclass(frozen=True, slots=True)
class Polling:
    """How the device's health is read."""

    every: float
    """Seconds."""
    password: bytes | None
    """Of the account that monitors; without it only a session that somebody has opened is used."""


class Watch:
    """A guard at work."""

    def __init__(
        self,
        guard: Guard,
        journal: Journal,
        device: Port,
        technician: Port,
        polling: Polling | None,
        tell: Callable[[ConsoleEvent], None],
        complain: Callable[[str], None],
    ) -> None:
        self._guard = guard
        self._turns = Turns(guard, journal, self._deliver, complain)
        self._device, self._technician = device, technician
        self._polling, self._tell, self._complain = polling, tell, complain
        self._failed = self._stopping = self._has_ended = False
        self._is_mute = False
        self._end_at: float | None = None
        self._quiet_at: float | None = None
        self._retry_at = self._heard_at = 0.0
        self._poll_at = time.monotonic()

    def run(self) -> bool:
        """Until a signal, or until a port is gone or nothing can be stored; whether all went well, to the end of the device's session."""
        with ends() as stopped, self._closing_at_the_least():
            self._send(self._guard.connect())
            while not self._is_over():
                waited: list[int | Port] = [stopped, *self._ports()]
                ready, _, _ = select.select(waited, [], [], self._timeout())
                if stopped in ready:
                    self._stop(len(os.read(stopped, 16)))
                if self._device in ready:
                    self._printed()
                if self._technician in ready:
                    self._typed()
                self._work()
        if self._guard.state is not GuardState.CLOSED:
            self._complain(f"{self._device.path}: the device has not said that its session has ended; look at it")
        return not self._failed and self._guard.state is GuardState.CLOSED

    @contextmanager
    def _closing_at_the_least(self) -> Generator[None]:
        """Whatever goes wrong here, the device is told to end its session."""
        try:
            yield
        except BaseException:
            with suppress(PortGone):
                self._device.write(self._guard.end().to_device, keep=False)
            raise

    def _stop(self, signals: int) -> None:
        """The first signal asks for the end; another one waits for nobody."""
        if self._stopping or signals > 1:
            self._end_at = time.monotonic()
        self._stopping = True

    # Both sides.

    def _ports(self) -> list[Port]:
        return [port for port in (self._device, self._technician) if not port.is_gone]

    def _printed(self) -> None:
        with self._while_there(self._device):
            printed = self._device.read(1024)
            self._quiet_at = (now := time.monotonic()) + QUIET_SECONDS
            self._heard_at = now
            self._send(self._guard.device(printed))

    def _typed(self) -> None:
        with self._while_there(self._technician):
            typed = self._technician.read(_BURST)
            # A line each: before every one the logs get room.
            self._with_room(*(partial(self._guard.technician, line) for line in _LINE.findall(typed)))

    def _send(self, output: ConsoleOutput) -> None:
        self._deliver(output)
        self._say(output)

    def _deliver(self, output: ConsoleOutput) -> None:
        if any(isinstance(event, SessionClosing) for event in output.events):
            self._retry_at = time.monotonic() + _RETRY
        with self._while_there(self._device):
            self._device.write(output.to_device, keep=True)
        with self._while_there(self._technician):
            self._technician.write(output.to_technician, keep=False)

    def _say(self, output: ConsoleOutput) -> None:
        for event in output.events:
            if self._is_mute:
                return
            try:
                self._tell(event)
            except (OSError, SystemExit):
                # Nobody reads any more, so nobody watches.
                self._is_mute = self._failed = self._stopping = True
                self._complain("standard output: it cannot be written any more")

    @contextmanager
    def _while_there(self, port: Port) -> Generator[None]:
        """A port that is gone ends the command: nobody knows who is at its other end when it comes back."""
        try:
            yield
        except PortGone as gone:
            if port.is_gone:
                return
            port.is_gone = self._failed = self._stopping = True
            self._complain(f"{port.path}: {gone}; plug it in again and start the guard again")
            if port is self._device:
                self._send(self._guard.disconnect())

    def _with_room(self, *calls: Callable[[], ConsoleOutput]) -> None:
        outputs = self._turns.take(calls)
        if self._turns.is_lost:
            self._failed = self._stopping = True
        for output in outputs:
            self._say(output)

    # What is due.

    def _work(self) -> None:
        now = time.monotonic()
        self._send(self._end(now))
        if self._quiet_at is not None and now >= self._quiet_at and not self._more():
            self._quiet_at = None
            self._with_room(self._guard.quiet)
        if now >= self._turns.next_at and not self._turns.is_lost and self._turns.is_called_for():
            self._with_room(self._guard.turn)
        if self._guard.state is GuardState.CLOSING and now >= self._retry_at:
            self._retry_at = now + _RETRY
            self._send(self._guard.close())
        self._poll(now)

    def _more(self) -> bool:
        """Only a device of which nothing waits to be read is quiet."""
        return not self._device.is_gone and bool(select.select([self._device], [], [], 0)[0])

    def _end(self, now: float) -> ConsoleOutput:
        if not self._stopping or self._has_ended:
            return ConsoleOutput(b"", b"", ())
        self._has_ended = True
        self._end_at = self._end_at or now + _PATIENCE
        return self._guard.end()

    def _poll(self, now: float) -> None:
        if self._polling is None or self._stopping:
            return
        if self._guard.is_polling and now - self._heard_at >= _ANSWER:
            self._with_room(self._guard.give_up_poll)
        elif not self._guard.is_polling and now >= self._poll_at:
            self._heard_at = now
            self._with_room(lambda: self._guard.poll(self._polling.password if self._polling else None))
            # What is busy is asked again soon.
            self._poll_at = now + (self._polling.every if self._guard.is_polling else LONGEST)

    def _timeout(self) -> float:
        now = time.monotonic()
        moments = [moment for moment in (self._quiet_at, self._end_at) if moment is not None]
        if not self._turns.is_lost:
            moments.append(self._turns.next_at)
        if self._guard.state is GuardState.CLOSING:
            moments.append(self._retry_at)
        if self._device.is_waiting:
            moments.append(now + 0.02)
        return max(0.0, min([LONGEST, *(moment - now for moment in moments)]))

    def _is_over(self) -> bool:
        if self._end_at is None:
            return False
        return self._guard.state in (GuardState.CLOSED, GuardState.AWAY) or time.monotonic() >= self._end_at
