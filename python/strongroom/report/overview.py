"""The whole lease in one picture: states, health, requests, refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from ..activity import Event, Verdict

from ..words import Health, State, Status
from .lanes import Bar, Lane, Sign, lanes
from .requests import Phase, RequestStory
from .story import Story

_Word = TypeVar("_Word", State, Health)

STATES: dict[State, str] = {
    **dict.fromkeys((State.IN_TRANSIT, State.RECEIVED, State.POOL_CONFIG, State.POOL_FREE, State.ALLOCATING, State.MAINTENANCE), "pool"),
    **dict.fromkeys((State.TENANT_UNCLAIMED, State.OWNED_UNINIT, State.OPERATIONAL), "leased"),
    **dict.fromkeys((State.ZEROIZING, State.ZEROIZED_UNVERIFIED, State.ZEROIZED, State.DEPROVISIONING), "erased"),
    **dict.fromkeys((State.TAMPER_LATCHED, State.FAILED, State.INVALID), "bad"),
    **dict.fromkeys((State.QUARANTINED, State.PARTS_REMOVED, State.PARTS_DESTROYED, State.CHASSIS_RETURNED), "gone"),
}
"""The class of each state in the style sheet."""

HEALTH: dict[Health, str] = {
    Health.UNKNOWN: "unknown",
    Health.IN_SERVICE: "good",
    Health.TROUBLE: "warning",
    Health.OUT_OF_SERVICE: "critical",
    Health.OFF_LINE: "warning",
    Health.SILENT: "critical",
}
"""The class of each health."""

STATUSES: dict[Status, str] = {
    **dict.fromkeys((Status.TICKETED, Status.TRIAGED), "pool"),
    **dict.fromkeys((Status.JIT_SUBMITTED, Status.INTERNAL_APPROVAL, Status.JIT_PASSED), "provider"),
    Status.CUSTOMER_NOTIFIED: "asked",
    Status.APPROVED: "granted",
    **dict.fromkeys((Status.ENDING, Status.REVOKING), "ending"),
}
"""The class of each status that lasts."""


def overview(story: Story) -> str:
    """The picture; empty where there is nothing to draw."""
    if story.ends is None:
        return ""
    some = [lane for lane in (_states(story, story.ends), _health(story, story.ends)) if lane.bars]
    some += [request_lane(request, story.ends) for request in story.requests]
    refused = [Sign(event.time, "refused", f"{moment(event.time)} {event.action}: refused by {event.rule.name}") for event, _ in story.refusals]
    if refused:
        some.append(Lane("refusals", signs=refused))
    notable = [Sign(event.time, "alert", f"{moment(event.time)} {event.action} {event.detail or ''}".rstrip()) for event in story.notable]
    if notable:
        some.append(Lane("of note", signs=notable))
    return lanes("What happened, over time", some) if some else ""


def _states(story: Story, ends: datetime) -> Lane:
    starts = [(move.event.time, move.target) for move in story.moves]
    if story.moves:
        starts.insert(0, (story.begins or ends, story.moves[0].source))
    return Lane("state", list(_bars(starts, ends, STATES)))


def _health(story: Story, ends: datetime) -> Lane:
    changes = [(event.time, Health(event.after or "")) for event in story.health if event.after not in (None, event.before)]
    alerts = [Sign(event.time, "alert", f"{moment(event.time)} {event.rule.text}") for event in alerts_of(story)]
    return Lane("health", list(_bars(changes, ends, HEALTH)), alerts)


def _bars(starts: Sequence[tuple[datetime, _Word]], ends: datetime, kinds: Mapping[_Word, str]) -> Iterator[Bar]:
    """What lasts until the next begins."""
    stops = [*(time for time, _ in starts[1:]), ends]
    for (start, word), end in zip(starts, stops, strict=False):
        if start < end or end == ends:
            yield Bar(start, end, kinds[word], word.value, f"{word} from {moment(start)} to {moment(end)}")


def alerts_of(story: Story) -> Iterator[Event]:
    """What the customer was told of the device's health."""
    return (event for event in story.health if event.rule.name in ("HealthAlert", "DeviceSilent"))


def request_lane(request: RequestStory, ends: datetime, name: str | None = None) -> Lane:
    """One request's phases, and the refusals on it."""
    refused = [
        Sign(event.time, "refused", f"{moment(event.time)} {event.action}: refused by {event.rule.name}")
        for event in request.events
        if event.verdict is Verdict.REFUSED
    ]
    return Lane(name or f"request {request.number}", list(_phases(request.phases, ends)), refused)


def _phases(phases: Sequence[Phase], ends: datetime) -> Iterator[Bar]:
    for phase in phases:
        end = phase.end or (ends if phase.status in STATUSES else phase.start)
        kind = STATUSES.get(phase.status, "over")
        yield Bar(phase.start, end, kind, phase.status.value, f"{phase.status} from {moment(phase.start)}" + (f" to {moment(phase.end)}" if phase.end else ""))


def moment(at: datetime) -> str:
    """A date and a time of day, in UTC."""
    return f"{at:%Y-%m-%d %H:%M:%S}"
