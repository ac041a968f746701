"""Pictures over time: lanes below one another, with bars and signs in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from ..pictures.metrics import width
from ..pictures.svg import element, picture, text_of
from .scale import Scale

WIDTH, LEFT, RIGHT = 1100, 128, 16
LANE, BAR, TOP = 36, 20, 24
TEXT = 11


@dataclass(frozen=True, slots=True)
class Bar:
    """What lasts."""

    start: datetime
    end: datetime
    kind: str
    """Its class in the style sheet."""
    text: str
    says: str
    """What a pointer over it shows."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What happens at once."""

    at: datetime
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane."""

    name: str
    bars: Sequence[Bar] = ()
    signs: Sequence[Sign] = ()


def lanes(title: str, some: Sequence[Lane], left: float = LEFT) -> str:
    """The picture of some lanes on one scale of time; signs stand above bars."""
    times = [time for lane in some for bar in lane.bars for time in (bar.start, bar.end)]
    times += [sign.at for lane in some for sign in lane.signs]
    scale = Scale(times, left + 6, WIDTH - RIGHT)
    height = TOP + LANE * len(some) + 6
    root = picture(WIDTH, height, title, class_="lanes")
    days(root, scale, height)
    for row, lane in enumerate(some):
        y = TOP + LANE * row + LANE - BAR
        element(root, "text", _fitting(lane.name, left - 8), class_="name", x=left - 4, y=y + 14, text_anchor="end")
        for bar in lane.bars:
            _bar(root, scale, bar, y)
        for sign in lane.signs:
            _sign(root, scale.at(sign.at), y - 7 if lane.bars else y + BAR / 2, sign)
    return text_of(root)


def days(root: Element, scale: Scale, height: float) -> None:
    """A line and a date where a day begins."""
    for time, x in scale.days(76):
        element(root, "line", class_="day", x1=x, x2=x, y1=20, y2=height)
        element(root, "text", f"{time:%Y-%m-%d}", class_="date", x=min(x, WIDTH - 62), y=14)


def _bar(root: Element, scale: Scale, bar: Bar, y: float) -> None:
    x, end = scale.at(bar.start), scale.at(bar.end)
    wide = max(end - x, 2.5)
    group = element(root, "g", class_=f"bar {bar.kind}")
    element(group, "title", bar.says)
    element(group, "rect", x=x, y=y, width=wide, height=BAR)
    if width(bar.text, TEXT) + 8 <= wide:
        element(group, "text", bar.text, x=x + 5, y=y + 14)


def _sign(root: Element, x: float, middle: float, sign: Sign) -> None:
    group = element(root, "g", class_=f"sign {sign.kind}")
    element(group, "title", sign.says)
    match sign.kind:
        case "refused" | "critical":
            element(group, "path", d=f"M{x - 4:.1f} {middle - 4:.1f}l8 8m0 -8l-8 8")
        case "alert" | "warning":
            element(group, "path", d=f"M{x:.1f} {middle - 6:.1f}l6 11h-12z")
        case _:
            element(group, "circle", cx=x, cy=middle, r=4)


def _fitting(text: str, room: float) -> str:
    if width(text, TEXT) <= room:
        return text
    while text and width(text + "…", TEXT) > room:
        text = text[:-1]
    return text + "…"
