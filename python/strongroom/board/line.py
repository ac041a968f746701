"""The line to a board: a question is sent, and again, until what is heard answers it or patience ends."""

from __future__ import annotations

import errno
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import _native
from ..exceptions import BoardError, BoardForgedError, BoardKeyError, BoardPortError, BoardSilentError

BAUD = 115_200
"""Of a board's host line."""

_AGAIN = 2.0
"""Seconds after which a question is sent again: a step that begins a new image on the EEPROM takes as long."""

_HEARINGS = 3
"""How often somebody has to say that the question was not heard: anybody on the line can say it once."""

_GRACE = 0.25
"""Seconds that are waited for another answer then, before the question is sent again."""

_SLICE = 0.1


@dataclass(frozen=True, slots=True)
class LineState:
    """What came over a line since it was opened."""

    bytes: int
    broken: int
    """Frames that were none: noise, or bytes that were lost."""
    forged: int
    """Answers that the board did not seal."""
    others: int
    """Answers to others, or to questions before."""


class Line:
    """An open port with a party's client on it."""

    def __init__(self, port: str, client: _native.BoardClient, *, timeout: float, baud: int = BAUD) -> None:
        """Opens it. Raises `BoardPortError`."""
        # It makes whatever imports it begin later, and most who import the package have no board.
        import serial

        self.port, self._client, self._timeout = port, client, timeout
        try:
            # Nobody else's program is to read half of what is said.
            self._serial = serial.serial_for_url(port, baud, timeout=_SLICE, write_timeout=timeout, exclusive=True)
        except (OSError, ValueError) as error:
            raise BoardPortError(f"{port}: it cannot be opened: {_plain(error)}; name the board's host line, which nobody else has open") from None

    def close(self) -> None:
        """Lets go of the port."""
        self._serial.close()

    @property
    def state(self) -> LineState:
        """What came so far."""
        return LineState(*self._client.counts)

    def exchange(self, frame: bytes) -> Mapping[str, Any]:
        """Sends a question until it is answered: what is heard.

        Raises `BoardSilentError`, `BoardForgedError`, `BoardKeyError` and `BoardPortError`.
        """
        end = time.monotonic() + self._timeout
        again, hearings = 0.0, 0
        heard: dict[str, Any] | None = None
        while (now := time.monotonic()) < end:
            if now >= again:
                hearings += heard is not None
                if heard is not None and hearings >= _HEARINGS:
                    return self._unanswered(heard)
                self._send(frame)
                heard, again = None, now + _AGAIN
            for each in json.loads(self._client.take(self._receive())):
                if each["heard"] in ("met", "said", "provisioned"):
                    return dict(each)
                # On a shared line, it may be the answer to somebody else of the party: what is waited for may still come.
                again = min(again, now + _GRACE) if heard is None else again
                heard = dict(each)
        if heard is not None:
            return self._unanswered(heard)
        raise BoardSilentError(
            f"{self.port}: no answer in {self._timeout:g} s; is the board on, and is this its host line? A blank one takes only strongroom board provision"
        )

    def _unanswered(self, heard: Mapping[str, Any]) -> Mapping[str, Any]:
        if heard["heard"] == "refused":
            return heard
        raise self._unproved(heard["heard"])

    def _unproved(self, heard: str) -> BoardError:
        if heard == "no_key":
            return BoardKeyError(f"{self.port}: the board has no key of this party's; a customer gets one with register, and their own with claim")
        return BoardForgedError(
            f"{self.port}: what answers does not have this party's key; is it the right key file and the right board? If both are, somebody else is at the line"
        )

    def _send(self, frame: bytes) -> None:
        try:
            self._serial.write(frame)
            self._serial.flush()
        except OSError as error:
            raise BoardPortError(f"{self.port}: it is gone: {_plain(error)}") from None

    def _receive(self) -> bytes:
        """What has come, or what comes within a moment."""
        try:
            return bytes(self._serial.read(max(1, self._serial.in_waiting)))
        except (OSError, TypeError) as error:
            # pyserial's own way to say that the port was closed meanwhile is a TypeError.
            raise BoardPortError(f"{self.port}: it is gone: {_plain(error)}") from None


def _plain(error: Exception) -> str:
    """What is wrong, in the words of the operating system: pyserial has them within its own."""
    if getattr(error, "errno", None) == errno.EAGAIN:
        return "another program has it"
    cause = error if getattr(error, "errno", None) is not None else error.__context__ or error
    said = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return said[:1].lower() + said[1:]
