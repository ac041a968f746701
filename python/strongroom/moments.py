"""Time at the border: the core counts whole seconds, Python has `datetime`s with a zone."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from .exceptions import CommandError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Now(Enum):
    """The time of the call."""

    NOW = "now"

    def __repr__(self) -> str:
        return "NOW"


NOW: Final = Now.NOW
"""The time of the call, by the system's clock."""


def seconds(at: datetime | Now | None) -> int | None:
    """Whole seconds since 1970; `None` where the time is not known.

    Raises `CommandError` for a `datetime` without a zone or before 1970.
    """
    if at is None:
        return None
    if isinstance(at, Now):
        return int(time.time())
    if at.tzinfo is None:
        raise CommandError(f"{at.isoformat()} has no time zone; write datetime(..., tzinfo=UTC), or datetime.now(UTC)")
    # In whole numbers: a float rounds the last microsecond of a second up, some centuries from now.
    whole = (at - EPOCH) // SECOND
    if whole < 0:
        raise CommandError(f"{at.isoformat()} is before 1970")
    return whole


def moment(whole: int) -> datetime:
    """The `datetime`, in UTC; the last one that Python has for what is later."""
    try:
        return datetime.fromtimestamp(whole, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.max.replace(microsecond=0, tzinfo=UTC)
