"""The wires around QEMU: each of its lines, a socket, at pseudo-terminals that people and programs attach to."""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import threading
import time
import tty
from pathlib import Path

_PATIENCE = 30.0
_MOST = 4096


def connect(path: Path) -> socket.socket:
    """A socket of QEMU's, once it is there."""
    until = time.monotonic() + _PATIENCE
    while True:
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(str(path))
        except OSError:
            line.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            line.setblocking(False)
            return line


class _End:
    """A pseudo-terminal; its path is a link of its name."""

    def __init__(self, link: Path) -> None:
        self.master, self._kept = os.openpty()
        # Kept open, and as a line is: no echo, no line ends, and no hanging up with whoever leaves.
        tty.setraw(self._kept)
        os.set_blocking(self.master, False)
        link.unlink(missing_ok=True)
        link.symlink_to(os.ttyname(self._kept))
        self.link = link
        self.frame = bytearray()

    def write(self, data: bytes) -> None:
        # What nobody reads is lost, as on a line.
        with contextlib.suppress(BlockingIOError):
            os.write(self.master, data)

    def close(self) -> None:
        self.link.unlink(missing_ok=True)
        os.close(self.master)
        os.close(self._kept)


class Wires:
    """Carries bytes until it is closed."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._ends: list[_End] = []
        self._lines: list[socket.socket] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._over = threading.Event()

    def join(self, line: socket.socket, *links: Path, frames: bool = False) -> None:
        """Joins a line and pseudo-terminals: what the line says goes to all of them, and what one of them says to the line, whole
        frames at a time where several programs share it."""
        ends = [_End(link) for link in links]
        self._ends += ends
        self._lines.append(line)
        self._selector.register(line, selectors.EVENT_READ, (line, ends, None, frames))
        for end in ends:
            self._selector.register(end.master, selectors.EVENT_READ, (line, ends, end, frames))

    def begin(self) -> None:
        """Begins to carry."""
        self._thread.start()

    def close(self) -> None:
        """Ends it."""
        self._over.set()
        self._thread.join(5)
        for end in self._ends:
            end.close()
        for line in self._lines:
            line.close()

    def _run(self) -> None:
        while not self._over.is_set():
            for key, _ in self._selector.select(0.2):
                line, ends, end, frames = key.data
                try:
                    data = line.recv(_MOST) if end is None else os.read(end.master, _MOST)
                except OSError:
                    continue
                if end is not None:
                    self._to_line(line, end, data, frames=frames)
                elif data:
                    for each in ends:
                        each.write(data)
                else:
                    self._selector.unregister(line)

    @staticmethod
    def _to_line(line: socket.socket, end: _End, data: bytes, *, frames: bool) -> None:
        if frames:
            end.frame += data
            whole = end.frame.rfind(0) + 1
            data = bytes(end.frame[:whole])
            # No frame is that long: it is noise, and passed on as such.
            end.frame = end.frame[whole:][-_MOST:]
        with contextlib.suppress(OSError):
            line.sendall(data)
