"""The pictures of polls: bad ones against the policy's thresholds, and the parts that were read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from ..pictures.svg import element, picture, text_of
from ..policies import Policy
from .lanes import LEFT, RIGHT, WIDTH, Lane, Sign, days, lanes
from .overview import moment
from .readings import PARTS, Poll
from .scale import Scale

_HEIGHT, _BASE, _CEILING = 190, 150, 40


def thresholds(polls: Sequence[Poll], policy: Policy) -> str:
    """Bad polls within the window, and polls without an answer, against what the policy takes for an alert and for silence."""
    alert, window, silent = (_number(policy, name) for name in ("alert", "window", "silent"))
    scale = Scale([poll.at for poll in polls], LEFT + 10, WIDTH - RIGHT - 10)
    most = max([alert, silent, *(poll.bad for poll in polls), *(min(poll.unanswered, 12) for poll in polls)]) + 1
    root = picture(WIDTH, _HEIGHT, f"Bad polls of the last {window}, and polls in a row without an answer", class_="lanes")
    days(root, scale, _BASE)

    def level(count: int) -> float:
        return _BASE - (_BASE - _CEILING) * min(count, most) / most

    for count in range(most + 1):
        element(root, "text", str(count), class_="date", x=LEFT - 6, y=level(count) + 4, text_anchor="end")
    for name, count, kind in ((f"alert at {alert}", alert, "warning"), (f"silent at {silent}", silent, "critical")):
        if count > 0:
            line = element(root, "g", class_=f"threshold {kind}")
            element(line, "line", x1=LEFT, x2=WIDTH - RIGHT, y1=level(count), y2=level(count))
            element(line, "text", name, x=LEFT + 4 if kind == "warning" else WIDTH - RIGHT - 4, y=level(count) - 4, text_anchor="start" if kind == "warning" else "end")
    for kind, counts in (("bad", [poll.bad for poll in polls]), ("unanswered", [poll.unanswered for poll in polls])):
        points = [(scale.at(poll.at), level(count)) for poll, count in zip(polls, counts, strict=True)]
        _steps(root, kind, points)
    for poll in polls:
        mark = element(root, "g", class_="sign alert" if poll.alert else "sign")
        element(mark, "title", f"{moment(poll.at)} {poll.health}: {poll.bad} bad of the last {window}, {poll.unanswered} without an answer")
        element(mark, "circle", cx=scale.at(poll.at), cy=level(poll.bad), r=3.5)
    key = element(root, "g", class_="key")
    for x, kind, text in ((LEFT, "bad", f"bad polls of the last {window}"), (LEFT + 230, "unanswered", "polls in a row without an answer")):
        element(element(key, "g", class_=f"course {kind}"), "path", d=f"M{x} 176h26")
        element(key, "text", text, x=x + 32, y=180)
    return text_of(root)


def _steps(root: Element, kind: str, points: Sequence[tuple[float, float]]) -> None:
    (x, y), *rest = points
    path = f"M{x:.1f} {y:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in rest)
    element(element(root, "g", class_=f"course {kind}"), "path", d=path)


def parts(polls: Sequence[Poll]) -> str:
    """A lane for each kind of part, with a sign for each poll that read it."""
    some = [Lane(kind.replace("_", " "), signs=[_part(poll, kind) for poll in polls if _level(poll, kind) != "unread"]) for kind in PARTS]
    unanswered = [Sign(poll.at, "refused", f"{moment(poll.at)} no answer") for poll in polls if poll.reading is None]
    return lanes("What was read of the parts", [*some, *([Lane("no answer", signs=unanswered)] if unanswered else [])])


def _part(poll: Poll, kind: str) -> Sign:
    told = _told(poll, kind)
    return Sign(poll.at, _level(poll, kind), f"{moment(poll.at)} {kind.replace('_', ' ')}: {told['worst']}, {told['bad']} of {told['seen']} not good")


def _level(poll: Poll, kind: str) -> str:
    return str(_told(poll, kind)["worst"])


def _told(poll: Poll, kind: str) -> dict[str, Any]:
    told: dict[str, Any] = (poll.reading or {}).get(kind) or {"worst": "unread", "seen": 0, "bad": 0}
    return told


def _number(policy: Policy, name: str) -> int:
    value = policy.numbers[f"health.{name}"]
    return value if isinstance(value, int) else 0
