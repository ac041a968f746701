"""What happens at a guarded console."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .transcript import TranscriptOutcome
from ..reading import Reading
from ..rules import Rule
from .shell import TypedLine
from ..values import Principal, Reply
from ..words import ConsoleAnswer, ConsoleMode, ConsoleSession, EffectKind


class ClosingReason(StrEnum):
    """Why the device's session is ended."""

    CONNECTED = "nobody knows what session the device has"
    GRANT_OVER = "the grant has ended"
    POLLED = "the poll is over"
    ASKED = "the guard ends"


@dataclass(frozen=True, slots=True)
class LineDecided:
    """A line typed at the shell's prompt was decided by the engine."""

    by: Principal
    """For whom: the monitoring role, or the engineer whose grant is in force."""
    line: TypedLine
    reply: Reply
    """Whether it passes, and by which rule."""
    sent: bool
    """Whether it went to the device; what passes does not where the device has printed something since."""


@dataclass(frozen=True, slots=True)
class LineSpoilt:
    """A line was refused because something of it is missing: too long, or torn by a broken escape sequence."""


@dataclass(frozen=True, slots=True)
class LoginDecided:
    """A log-in at the device was decided. The name is not told: people type passwords there by mistake."""

    ok: bool
    rule: Rule | None
    """What refuses it."""


@dataclass(frozen=True, slots=True)
class RecoveryRefused:
    """Somebody tried the account that resets the administrator's password (H-04). The customer is told."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class ConfirmationAnswered:
    """A confirmation prompt was answered; `quit` is the guard's own."""

    answer: ConsoleAnswer


@dataclass(frozen=True, slots=True)
class PromptSeen:
    """The device waits, and for what."""

    session: ConsoleSession


@dataclass(frozen=True, slots=True)
class ConsoleOpened:
    """The technician's side was opened so far."""

    mode: ConsoleMode


@dataclass(frozen=True, slots=True)
class SessionClosing:
    """The device was told to end its session; until it has, nothing passes either way."""

    why: ClosingReason


@dataclass(frozen=True, slots=True)
class SessionClosed:
    """The device has said that nobody is logged in."""


@dataclass(frozen=True, slots=True)
class AccessConfirmed:
    """What the engine asked for was done, and confirmed: access was opened, or closed (D-04)."""

    kind: EffectKind
    request: int
    reply: Reply


@dataclass(frozen=True, slots=True)
class TimePassed:
    """A deadline was over (D-26)."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class HealthPolled:
    """The device's health was read (H-54)."""

    reading: Reading
    outcome: TranscriptOutcome
    replies: tuple[Reply, ...]
    """What the engine said to what the reading calls for."""


@dataclass(frozen=True, slots=True)
class PollUnanswered:
    """A poll told nothing about the device's health."""

    reply: Reply


ConsoleEvent = (
    LineDecided
    | LineSpoilt
    | LoginDecided
    | RecoveryRefused
    | ConfirmationAnswered
    | PromptSeen
    | ConsoleOpened
    | SessionClosing
    | SessionClosed
    | AccessConfirmed
    | TimePassed
    | HealthPolled
    | PollUnanswered
)
"""Anything that happens; `match` it."""


@dataclass(frozen=True, slots=True)
class ConsoleOutput:
    """What came of a call: bytes for both sides, and what has happened, in order."""

    to_device: bytes
    to_technician: bytes
    events: tuple[ConsoleEvent, ...]
