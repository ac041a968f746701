"""What came of each request for access."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..activity import Event, Occurrence, Region, Verdict
from ..words import Status
from .journey import known

OVER = frozenset({Status.JIT_REJECTED, Status.DENIED, Status.EXPIRED, Status.CANCELLED, Status.ENDED, Status.REVOKED})
"""Where nothing leads on from."""


@dataclass(frozen=True, slots=True)
class Phase:
    """How long a request had a status."""

    status: Status
    start: datetime
    end: datetime | None
    """`None` where the log ends before it does."""


@dataclass(frozen=True, slots=True)
class RequestStory:
    """One request, from its first record to its last."""

    number: int
    epoch: int
    """Of the lease."""
    events: tuple[Event, ...]
    """All that concerns it, refusals included."""
    phases: tuple[Phase, ...]

    @property
    def status(self) -> Status | None:
        """Its last status that the log tells."""
        return self.phases[-1].status if self.phases else None

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.status in OVER

    @property
    def grant(self) -> Phase | None:
        """The window of access, where there was one."""
        return next((phase for phase in self.phases if phase.status is Status.APPROVED), None)

    @property
    def uses(self) -> int:
        """How often the access was used."""
        return sum(event.verb == "use_access" and event.verdict is Verdict.ACCEPTED for event in self.events)

    @property
    def refusals(self) -> int:
        """How many steps on it were refused."""
        return sum(_refused(event) for event in self.events)


def requests(events: Iterable[Event]) -> tuple[RequestStory, ...]:
    """Every request that the events tell of, in the order of their first records."""
    by_number: dict[tuple[int, int], list[Event]] = {}
    for event in events:
        if event.request is not None:
            by_number.setdefault((event.epoch, event.request), []).append(event)
    return tuple(RequestStory(number, epoch, tuple(some), _phases(some)) for (epoch, number), some in by_number.items())


def _refused(event: Event) -> int:
    if event.occurrence is Occurrence.REPEATED:
        return event.count or 0
    return int(event.verdict is Verdict.REFUSED)


def _phases(events: Iterable[Event]) -> tuple[Phase, ...]:
    phases: list[Phase] = []
    for event in events:
        if event.region is not Region.STATUS or event.verdict is Verdict.REFUSED:
            continue
        before, status = known(Status, event.before), known(Status, event.after)
        if status is None or (phases and phases[-1].status is status):
            continue
        if before is not None and (not phases or phases[-1].status is not before):
            # It ended by itself with the lease, or its records before were not kept.
            _begin(phases, before, event.time)
        _begin(phases, status, event.time)
    return tuple(phases)


def _begin(phases: list[Phase], status: Status, at: datetime) -> None:
    if phases:
        last = phases[-1]
        phases[-1] = Phase(last.status, last.start, at)
    phases.append(Phase(status, at, None))
