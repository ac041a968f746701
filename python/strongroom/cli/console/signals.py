"""Signals that ask for the end, as something that can be waited for beside ports."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager

_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ends() -> Generator[int]:
    """A file that can be read once a signal has asked for the end: a byte for each."""
    read, write = os.pipe()
    os.set_blocking(read, False)
    os.set_blocking(write, False)
    former = {each: signal.signal(each, lambda _signal, _frame: None) for each in _ENDS}
    wakeup = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    try:
        yield read
    finally:
        signal.set_wakeup_fd(wakeup)
        for each, handler in former.items():
            signal.signal(each, handler)
        os.close(read)
        os.close(write)
