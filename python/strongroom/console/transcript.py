"""Readings from what a device prints on its serial console."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .. import _native
from ..reading import Reading


@dataclass(frozen=True, slots=True)
class TranscriptOutcome:
    """How much of a console's output was understood, and whether it is all there."""

    lines: int
    """Lines, blank ones included."""
    unknown: int
    """Lines with text that told nothing: headings, fields that are not kept, words that are not known."""
    garbled: int
    """Lines not read because they hold bytes that no output has; many of them mean a bad link."""
    overlong: int
    """Lines of which only the head was kept."""
    untracked: int
    """Lines about parts for which there was no place."""
    result: int | None
    """The code of the last `Command Result`, 0 for success."""
    truncated: int | None
    """The line after which the output of a command ends without its result, counted from 1."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a console's output says, and how much of it was understood."""

    reading: Reading
    outcome: TranscriptOutcome


def read(transcript: bytes) -> Transcript:
    """Reads a transcript as the device printed it.

    >>> read(b"lunash:>hsm tamper show\\r\\n\\r\\nNo active tampers.\\r\\n\\r\\nCommand Result : 0 (Success)\\r\\n").reading.tampered
    False

    Raises `TranscriptError` where it is cut or says nothing.
    """
    told: dict[str, Any] = json.loads(_native.read_console(transcript))
    return Transcript(Reading.from_json(told["reading"]), TranscriptOutcome(**told["outcome"]))
