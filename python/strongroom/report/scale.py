"""From times to places: long pauses are drawn shorter, so that what happened has room."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

_BEND = 0.4
"""The power of a pause that it gets of the picture: 1 would be to scale."""


class Scale:
    """Times from left to right."""

    def __init__(self, times: Iterable[datetime], left: float, right: float) -> None:
        """`times` are those of what is drawn; between them nothing is."""
        self._times = sorted(set(times))
        pauses = [(late - early).total_seconds() ** _BEND for early, late in pairwise(self._times)]
        # What follows soon must still be told apart.
        least = max(pauses, default=0) / 60
        widths = [max(pause, least) for pause in pauses]
        part = (right - left) / sum(widths) if widths else 0
        self._places = [left]
        for width in widths:
            self._places.append(self._places[-1] + width * part)
        if len(self._times) < 2:
            self._places = [(left + right) / 2] * len(self._times)

    def at(self, time: datetime) -> float:
        """Where a time is."""
        after = bisect_right(self._times, time)
        if after == 0:
            return self._places[0]
        if after == len(self._times):
            return self._places[-1]
        start, end = self._times[after - 1], self._times[after]
        share = (time - start) / (end - start)
        return self._places[after - 1] + share * (self._places[after] - self._places[after - 1])

    def days(self, apart: float) -> list[tuple[datetime, float]]:
        """The first time of each day and its place, those left out that would stand too close."""
        found: list[tuple[datetime, float]] = []
        day = None
        for time, place in zip(self._times, self._places, strict=True):
            if time.date() != day and (not found or place - found[-1][1] >= apart):
                day = time.date()
                found.append((time, place))
        return found
