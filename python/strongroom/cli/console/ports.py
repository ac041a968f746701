"""Serial ports: opened and set by pyserial, never waited for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from ..ending import fail

_WAITING = 512
"""Bytes that wait for a port that takes no more at present."""

_REMEDIES = {
    errno.ENOENT: "; is it plugged in?",
    errno.EACCES: "; whoever uses it needs to be in the group that owns it, often dialout",
    errno.EAGAIN: "; end the program that has it open",
}


class PortGone(Exception):
    """A port that was there is not any more."""


class Port:
    """One open port: raw, eight bits, no parity, nobody else's."""

    def __init__(self, path: str, baud: int) -> None:
        """Opens it; ends the command where it cannot be."""
        # Of all commands only this one's needs it, which would make the others begin later.
        import serial

        self.path = path
        try:
            if not stat.S_ISCHR(Path(path).stat().st_mode):
                fail(f"{path}: it is no serial port")
            # Nobody else's program is to read half of what is said.
            self._serial = serial.Serial(path, baud, timeout=0, exclusive=True)
        except serial.SerialException as error:
            fail(f"{path}: {_why(error)}")
        except OSError as error:
            fail(f"{path}: {_said(error.errno, str(error))}")
        except (ValueError, OverflowError) as error:
            fail(f"{path}: {error}")
        self._waiting = bytearray()
        self.is_gone = False
        """Whether whoever uses it has found it gone."""

    def fileno(self) -> int:
        """To wait for what it says."""
        return int(self._serial.fileno())

    def read(self, most: int) -> bytes:
        """What is there. Raises `PortGone`."""
        try:
            read = os.read(self.fileno(), most)
        except (BlockingIOError, InterruptedError):
            return b""
        except OSError as error:
            raise PortGone(_said(error.errno, str(error))) from None
        if not read:
            raise PortGone("hung up")
        return read

    def write(self, data: bytes = b"", *, keep: bool) -> None:
        """Sends it, where it is there. What the port does not take at once is kept for the next call, or lost, as on a line that nobody reads.

        Raises `PortGone`, also where more is kept than any prompt is answered with: such a port takes nothing.
        """
        if self.is_gone:
            return
        self._waiting += data
        while self._waiting:
            try:
                del self._waiting[: os.write(self.fileno(), self._waiting)]
            except InterruptedError:
                continue
            except BlockingIOError:
                break
            except OSError as error:
                raise PortGone(_said(error.errno, str(error))) from None
        if not keep:
            self._waiting.clear()
        if len(self._waiting) > _WAITING:
            raise PortGone("it takes nothing")

    @property
    def is_waiting(self) -> bool:
        """Whether something is kept for it."""
        return bool(self._waiting)

    def close(self) -> None:
        """Lets go of it."""
        self._serial.close()


def _why(error: OSError) -> str:
    """What is wrong, in the words of the operating system: pyserial has them within its own."""
    if error.errno is not None:
        return _said(error.errno, str(error))
    cause = error.__context__
    return "it is no serial port" if not isinstance(cause, OSError) else _said(cause.errno, str(error))


def _said(number: int | None, otherwise: str) -> str:
    if number == errno.EAGAIN:
        return f"another program has it{_REMEDIES[errno.EAGAIN]}"
    if number == errno.ENOTTY:
        return "it is no serial port"
    return otherwise if number is None else os.strerror(number).lower() + _REMEDIES.get(number, "")
