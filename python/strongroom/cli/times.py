"""Times and lengths of time, as they are typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    _OfMoments = click.ParamType[datetime]
    _OfSpans = click.ParamType[timedelta]
else:
    # Older releases of click do not say of what.
    _OfMoments = _OfSpans = click.ParamType

_UNITS = {"d": 86_400, "h": 3_600, "min": 60, "m": 60, "s": 1}
_SPAN = re.compile(r"(\d{1,9})\s*(d|h|min|m|s)\s*")


class Moment(_OfMoments):
    """A time in RFC 3339."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The time, in UTC."""
        if isinstance(value, datetime):
            return value
        text = str(value)
        try:
            moment = datetime.fromisoformat(text)
            if re.match(r"\d{4}-\d\d-\d\d[Tt ]", text) and moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        self.fail(f'"{text}" is not a time; write it as RFC 3339, such as 2026-01-05T09:00:00Z', param, ctx)


class Span(_OfSpans):
    """A length of time, such as `90min` or `1d 12h`."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length of time."""
        if isinstance(value, timedelta):
            return value
        text = str(value).strip()
        parts = _SPAN.findall(text)
        if not parts or _SPAN.sub("", text):
            self.fail(f'"{text}" is not a length of time; write it with units, such as 4h, 90min or 1h30min', param, ctx)
        return timedelta(seconds=sum(int(count) * _UNITS[unit] for count, unit in parts))
