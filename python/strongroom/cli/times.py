"""Times on the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import click


def moment(_context: click.Context, _parameter: click.Parameter, value: str | None) -> datetime | None:
    """A callback that takes a time in RFC 3339."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        if re.match(r"\d{4}-\d\d-\d\d[Tt ]", value) and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise click.BadParameter(f'"{value}" is not a time; write it as RFC 3339, such as 2026-01-05T09:00:00Z')
