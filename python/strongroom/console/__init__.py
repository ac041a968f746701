"""The device's serial console: what it prints, what may be typed, and the guard between it and a technician."""

from .guard import QUIET_SECONDS, Guard, GuardState
from .shell import SHELL, LineCheck, LineKind, TypedLine, check
from .transcript import Transcript, TranscriptOutcome, read

__all__ = [
    "QUIET_SECONDS",
    "SHELL",
    "Guard",
    "GuardState",
    "LineCheck",
    "LineKind",
    "Transcript",
    "TranscriptOutcome",
    "TypedLine",
    "check",
    "read",
]
