"""A chart as SVG: boxes and lines, the current place marked, and the path that was taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..words import Party
from .colours import PARTY, PARTY_DARK
from .edges import Edge
from .layout import LINE, TEXT, Box, Drawing, Line, Point, lay_out
from .metrics import width
from .places import BEGIN, Plan
from .svg import element, picture, text_of


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a chart."""

    current: str | None = None
    visited: frozenset[str] = frozenset()
    taken: Mapping[tuple[str, str], Sequence[int]] = field(default_factory=dict[tuple[str, str], Sequence[int]])
    """The moves that were made, and when in the order of moves, counted from 1."""


NOTHING = Marks()


def styles(scope: str = "") -> str:
    """The style sheet of pictures of charts, in light and dark."""
    parties = "\n".join(_coloured(scope, PARTY))
    dark = "\n".join(_coloured(scope, PARTY_DARK))
    return f"""{scope}.chart {{ font-family: Helvetica, Arial, "Liberation Sans", sans-serif; font-size: {TEXT}px; }}
.ground {{ fill: #ffffff; }}
.place rect {{ fill: #f9fafb; stroke: #374151; stroke-width: 1.2; }}
.place text {{ fill: #111827; font-size: {TEXT + 1}px; text-anchor: middle; }}
.visited rect {{ fill: #dbeafe; stroke: #1d4ed8; }}
.current rect {{ fill: #1d4ed8; stroke: #1e3a8a; stroke-width: 2.5; }}
.current text {{ fill: #ffffff; font-weight: bold; }}
.move path {{ fill: none; stroke: currentColor; stroke-width: 1.2; }}
.move .head {{ fill: currentColor; stroke: none; }}
.move text, .legend text {{ fill: currentColor; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }}
.marked .move {{ opacity: 0.45; }}
.marked .taken {{ opacity: 1; }}
.taken path {{ stroke-width: 3; }}
.step rect {{ fill: #1d4ed8; }}
.step text {{ fill: #ffffff; text-anchor: middle; font-weight: bold; font-size: 10px; }}
{parties}
@media screen and (prefers-color-scheme: dark) {{
.ground {{ fill: #111827; }}
.place rect {{ fill: #1f2937; stroke: #9ca3af; }}
.place text {{ fill: #f3f4f6; }}
.visited rect {{ fill: #1e3a8a; stroke: #93c5fd; }}
.current rect {{ fill: #93c5fd; stroke: #dbeafe; }}
.current text {{ fill: #111827; }}
.move text, .legend text {{ stroke: #111827; }}
.step rect {{ fill: #93c5fd; }}
.step text {{ fill: #111827; }}
{dark}
}}
"""


def _coloured(scope: str, colours: Mapping[Party | None, str]) -> Iterable[str]:
    return (f"{scope}.{_class(party)} {{ color: {colour}; }}" for party, colour in colours.items())


def _class(party: Party | None) -> str:
    return f"of-{party or 'several'}"


def chart_svg(graph: Sequence[Edge], plan: Plan, title: str, marks: Marks = NOTHING, *, alone: bool = True) -> str:
    """The picture; `alone` with its style sheet, else the page around it has that."""
    drawing = lay_out(graph, plan)
    root = picture(drawing.width, drawing.height + 28, title, class_="chart" + (" marked" if marks.taken else ""))
    if alone:
        root.set("width", f"{drawing.width:.0f}")
        root.set("height", f"{drawing.height + 28:.0f}")
        # In a narrow window it shrinks instead of being cut off.
        element(root, "style", styles() + ".chart { max-width: 100%; height: auto; }\n")
    element(root, "rect", class_="ground", width=drawing.width, height=drawing.height + 28)
    # What was taken lies above what was not.
    lines = sorted(drawing.lines, key=lambda line: _key(line.edge) in marks.taken)
    for line in lines:
        _move(root, line, marks)
    # Texts lie above all lines, so that none strikes one through.
    for line in lines:
        _words(root, line, marks)
    for box in drawing.boxes.values():
        _place(root, box, marks)
    for line in lines:
        _steps(root, line, marks)
    if plan.start is not None:
        _begin(root, drawing.boxes[plan.start])
    _legend(root, drawing)
    return text_of(root)


def _key(edge: Edge) -> tuple[str, str]:
    return edge.source or "", edge.target


def _place(root: Element, box: Box, marks: Marks) -> None:
    if box.name == BEGIN:
        element(root, "circle", class_="begin of-several", cx=box.middle[0], cy=box.middle[1], r=5, fill="currentColor")
        return
    state = " current" if box.name == marks.current else " visited" if box.name in marks.visited else ""
    group = element(root, "g", class_=f"place{state}")
    element(group, "rect", x=box.x, y=box.y, width=box.w, height=box.h, rx=6)
    element(group, "text", box.name, x=box.x + box.w / 2, y=box.y + box.h / 2 + 4)


def _move(root: Element, line: Line, marks: Marks) -> None:
    taken = " taken" if _key(line.edge) in marks.taken else ""
    group = element(root, "g", class_=f"move {_class(line.edge.party)}{taken}")
    rules = dict.fromkeys(rule for label in line.edge.labels for rule in label.rules)
    told = ", ".join(label.event for label in line.edge.labels)
    element(group, "title", f"{line.edge.source or 'begin'} to {line.edge.target}: {told}" + (f" ({', '.join(rules)})" if rules else ""))
    element(group, "path", d=_path(line.points))
    element(group, "path", class_="head", d=_head(*line.points[-2:]))

def _words(root: Element, line: Line, marks: Marks) -> None:
    taken = " taken" if _key(line.edge) in marks.taken else ""
    group = element(root, "g", class_=f"move {_class(line.edge.party)}{taken}")
    for row, labels in enumerate(line.words.labels):
        text = element(group, "text", x=line.words.x, y=line.words.y + LINE * row, text_anchor=line.words.anchor)
        for place, label in enumerate(labels):
            between = ", " if place + 1 < len(labels) else ""
            element(text, "tspan", label.event + between, class_=_class(label.party))


def _steps(root: Element, line: Line, marks: Marks) -> None:
    """The numbers of the moves that were made, near where the line begins."""
    numbers = marks.taken.get(_key(line.edge), ())
    if not numbers:
        return
    told = " ".join(map(str, numbers)) if len(numbers) < 5 else f"{numbers[0]} {numbers[1]} … {numbers[-1]}"
    half = max(8.0, width(told, 10) / 2 + 5)
    x, y = _near_the_start(line.points, half)
    group = element(root, "g", class_="step")
    element(group, "rect", x=x - half, y=y - 8, width=2 * half, height=16, rx=8)
    element(group, "text", told, x=x, y=y + 3.5)


def _near_the_start(points: Sequence[Point], half: float) -> Point:
    """Where a sign of that half width stands on a line: beside the box of a straight one, in the midst of one that turns."""
    (x, y), (next_x, next_y) = points[:2] if len(points) == 2 else points[1:3]
    if len(points) > 2:
        return (x + next_x) / 2, (y + next_y) / 2
    if next_x == x:
        return x, y + (11 if next_y > y else -11)
    return x + (half + 3 if next_x > x else -half - 3), y


def _begin(root: Element, box: Box) -> None:
    x = box.x + box.w / 2
    group = element(root, "g", class_="move of-several")
    element(group, "circle", cx=x, cy=box.y - 22, r=5, fill="currentColor")
    element(group, "path", d=_path(((x, box.y - 22), (x, box.y))))
    element(group, "path", class_="head", d=_head((x, box.y - 22), (x, box.y)))


def _legend(root: Element, drawing: Drawing) -> None:
    group, x, y = element(root, "g", class_="legend"), 24.0, drawing.height + 14
    for party, told in (
        (Party.CUSTOMER, "customer"),
        (Party.PROVIDER, "provider"),
        (Party.DEVICE, "the device itself, or its clock"),
        (None, "several, or it follows"),
    ):
        entry = element(group, "g", class_=_class(party))
        element(entry, "rect", x=x, y=y - 9, width=18, height=9, fill="currentColor", rx=2)
        element(entry, "text", told, x=x + 24, y=y)
        x += width(told, TEXT) + 52


def _path(points: Sequence[Point]) -> str:
    """A line whose corners are round."""
    x, y = points[0]
    parts = [f"M{x:.1f} {y:.1f}"]
    for (x0, y0), (x1, y1), (x2, y2) in zip(points, points[1:], points[2:], strict=False):
        before = _towards((x1, y1), (x0, y0))
        after = _towards((x1, y1), (x2, y2))
        parts.append(f"L{before[0]:.1f} {before[1]:.1f}Q{x1:.1f} {y1:.1f} {after[0]:.1f} {after[1]:.1f}")
    parts.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return "".join(parts)


def _towards(corner: Point, other: Point, radius: float = 5) -> Point:
    (x, y), (ox, oy) = corner, other
    far = max(abs(ox - x), abs(oy - y))
    part = min(radius, far / 2) / far if far else 0
    return x + (ox - x) * part, y + (oy - y) * part


def _head(before: Point, end: Point) -> str:
    """An arrow's head at `end`; the lines are level or upright."""
    (x0, y0), (x, y) = before, end
    if x0 == x:
        back = -8 if y > y0 else 8
        return f"M{x:.1f} {y:.1f}l-4 {back}h8z"
    back = -8 if x > x0 else 8
    return f"M{x:.1f} {y:.1f}l{back} -4v8z"
