"""Readings from what a device prints on its serial console."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import _native
from .frozen import Frozen


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a console's output says, and how much of it was understood."""

    reading: Mapping[str, Any] = field(hash=False)
    """Fans, power supplies, voltages and so on; `None` or `unread` for what no line mentioned."""
    outcome: Mapping[str, Any] = field(hash=False)
    """Lines read, not understood and garbled, and the code of the last command's result."""


def read(transcript: bytes) -> Transcript:
    """Reads a transcript as the device printed it.

    Raises `TranscriptError` where it is cut or says nothing.
    """
    told = json.loads(_native.read_console(transcript))
    return Transcript(Frozen(told["reading"]), Frozen(told["outcome"]))
