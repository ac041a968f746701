"""Boxes and lines: a plan and a graph become coordinates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .edges import Edge, Label
from .metrics import width
from .places import Face, Plan, Spot, Way

BOX = 36
"""Height of a box of one row."""
ROW = 84
TRACK = 13
"""Between lines that run side by side."""
BUS = 19
"""Between lines along the edge, with their texts."""
TEXT = 11
"""Size of the texts at lines; in boxes they are one larger."""
LINE = 13
"""From one line of text to the next."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A place, drawn."""

    name: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Words:
    """The texts at a line: below one another, the first with its baseline at `y`."""

    x: float
    y: float
    anchor: str
    """`start`, `middle` or `end`."""
    labels: tuple[tuple[Label, ...], ...]
    """The labels of each line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A move, drawn."""

    edge: Edge
    points: tuple[Point, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything in its place."""

    width: float
    height: float
    boxes: dict[str, Box]
    lines: tuple[Line, ...]


def lay_out(graph: Sequence[Edge], plan: Plan) -> Drawing:
    """Finds the coordinates. Every place of the graph needs its spot; `KeyError` names one without."""
    return _Layout(graph, plan).drawing()


class _Layout:
    def __init__(self, graph: Sequence[Edge], plan: Plan) -> None:
        self.plan = plan
        self.graph = sorted(graph, key=lambda edge: (self._spot(edge.target), self._spot(edge.source or edge.target)))
        self.ways = {(edge.source, edge.target): self._way(edge) for edge in graph}
        along = [way.along for way in self.ways.values()]
        self.top = 24 + BUS * along.count("top") + (22 if any(edge.source is None for edge in graph) else 0)
        self.boxes = {box.name: box for box in self._boxes()}
        self.below = max(box.y + box.h for box in self.boxes.values())
        self.height = self.below + 24 + BUS * along.count("bottom")
        self._tracks: dict[tuple[int, Face], int] = defaultdict(int)
        self._along: dict[str | None, int] = defaultdict(int)
        self._ports = self._all_ports()

    def _spot(self, name: str) -> tuple[int, int]:
        spot = self.plan.spots[name]
        return spot.column, spot.top

    def drawing(self) -> Drawing:
        lines = tuple(self._line(edge) for edge in self.graph)
        rightmost = max(box.x + box.w for box in self.boxes.values()) + self.plan.gaps[-1]
        return Drawing(rightmost, self.height, self.boxes, lines)

    def _boxes(self) -> list[Box]:
        columns: dict[int, float] = {}
        for name, spot in self.plan.spots.items():
            columns[spot.column] = max(columns.get(spot.column, 96), width(name, TEXT + 1) + 20)
        left, x = {}, 0.0
        for column in sorted(columns):
            x += self.plan.gaps[column]
            left[column] = x
            x += columns[column]
        return [
            Box(name, left[spot.column], self.top + spot.top * ROW, columns[spot.column], (spot.bottom - spot.top) * ROW + BOX)
            for name, spot in self.plan.spots.items()
        ]

    def _way(self, edge: Edge) -> Way:
        """The way that the plan says, else straight, else round the side."""
        if edge.source is None:
            return Way("left", "left")
        planned = self.plan.ways.get((edge.source, edge.target))
        if planned is not None:
            return planned
        source, target = self.plan.spots[edge.source], self.plan.spots[edge.target]
        if source.column == target.column:
            if self._is_free(source, target):
                return Way("bottom", "top") if source.top < target.top else Way("top", "bottom")
            return Way("right", "right")
        if min(source.bottom, target.bottom) >= max(source.top, target.top):
            return Way("right", "left") if source.column < target.column else Way("left", "right")
        return Way("right" if source.column < target.column else "left", "right", "bottom")

    def _is_free(self, one: Spot, other: Spot) -> bool:
        """Whether nothing stands between two places of a column."""
        low, high = min(one.bottom, other.bottom), max(one.top, other.top)
        between = (spot for spot in self.plan.spots.values() if spot.column == one.column and low < spot.top < high)
        return not any(between)

    def _all_ports(self) -> dict[tuple[Edge, bool], float]:
        """Where on its face each end of each edge is: of straight lines where the smaller box says."""
        faces: dict[tuple[str, Face], list[tuple[Edge, bool]]] = defaultdict(list)
        for edge in self.graph:
            way = self.ways[edge.source, edge.target]
            if edge.source is not None:
                faces[edge.source, way.out].append((edge, True))
            faces[edge.target, way.into].append((edge, False))
        ports: dict[tuple[Edge, bool], float] = {}
        for (name, face), ends in faces.items():
            box = self.boxes[name]
            flat = face in ("top", "bottom")
            ends.sort(key=lambda end: self._other(end, flat))
            start, length = (box.x, box.w) if flat else (box.y, box.h)
            for place, end in enumerate(ends, 1):
                ports[end] = start + length * place / (len(ends) + 1)
        for edge in self.graph:
            if edge.source is not None and self._is_straight(edge):
                narrow = self._smaller(edge)
                ports[edge, True] = ports[edge, False] = ports[edge, narrow]
        return ports

    def _other(self, end: tuple[Edge, bool], flat: bool) -> tuple[float, float]:
        edge, out = end
        other = self.boxes[edge.target if out or edge.source is None else edge.source]
        middle = (other.x + other.w / 2, other.y + other.h / 2)
        return (middle[0], middle[1]) if flat else (middle[1], middle[0] * (1 if out else 1.001))

    def _is_straight(self, edge: Edge) -> bool:
        way = self.ways[edge.source, edge.target]
        return way.along is None and way.out != way.into

    def _smaller(self, edge: Edge) -> bool:
        """Whether it is the source, of a straight line's two boxes."""
        assert edge.source is not None
        source, target = self.boxes[edge.source], self.boxes[edge.target]
        flat = self.ways[edge.source, edge.target].out in ("top", "bottom")
        return source.w <= target.w if flat else source.h <= target.h

    def _line(self, edge: Edge) -> Line:
        way, target = self.ways[edge.source, edge.target], self.boxes[edge.target]
        into = self._end(target, way.into, self._ports[edge, False])
        if edge.source is None:
            out = (into[0] - 60, into[1])
            return Line(edge, (out, into), self._above(edge, out, into))
        out = self._end(self.boxes[edge.source], way.out, self._ports[edge, True])
        if self._is_straight(edge):
            words = self._beside(edge, out, into) if out[0] == into[0] else self._above(edge, out, into)
            return Line(edge, (out, into), words)
        first = self._track(edge.source, way.out, out)
        if way.along is None:
            points = (out, (first, out[1]), (first, into[1]), into)
            return Line(edge, points, self._at_track(edge, first, way.out, out[1], into[1]))
        second = self._track(edge.target, way.into, into)
        self._along[way.along] += 1
        far = BUS * self._along[way.along]
        y = self.below + 12 + far if way.along == "bottom" else self.top - 10 - far
        points = (out, (first, out[1]), (first, y), (second, y), (second, into[1]), into)
        return Line(edge, points, self._along_edge(edge, first, second, y))

    @staticmethod
    def _end(box: Box, face: Face, port: float) -> Point:
        match face:
            case "left":
                return box.x, port
            case "right":
                return box.x + box.w, port
            case "top":
                return port, box.y
            case "bottom":
                return port, box.y + box.h

    def _track(self, name: str, face: Face, at: Point) -> float:
        """Where a line runs up or down that leaves a face sideways."""
        if face in ("top", "bottom"):
            return at[0]
        column = (self.plan.spots[name].column, face)
        self._tracks[column] += 1
        away = 8 + TRACK * self._tracks[column]
        return at[0] + away if face == "right" else at[0] - away

    def _above(self, edge: Edge, out: Point, into: Point) -> Words:
        """On a level line; below it where another line to the same place runs just above."""
        lines = tuple((label,) for label in edge.labels)
        x = (out[0] + into[0]) / 2 + self._shift(edge, out, into)
        back = (edge.target, edge.source)
        under = back in self.ways and self._is_under(edge)
        y = out[1] + LINE if under else out[1] - 5 - LINE * (len(lines) - 1)
        return Words(x, y, "middle", lines)

    def _is_under(self, edge: Edge) -> bool:
        other = next(each for each in self.graph if (each.source, each.target) == (edge.target, edge.source))
        return self._ports[edge, False] > self._ports[other, False]

    def _shift(self, edge: Edge, out: Point, into: Point) -> float:
        """Away from where lines run up and down."""
        return 0.0

    @staticmethod
    def _beside(edge: Edge, out: Point, into: Point) -> Words:
        """At the right of an upright line."""
        y = (out[1] + into[1]) / 2 + 4 - LINE * (len(edge.labels) - 1) / 2
        return Words(out[0] + 6, y, "start", tuple((label,) for label in edge.labels))

    @staticmethod
    def _at_track(edge: Edge, x: float, face: Face, one: float, other: float) -> Words:
        """Beside a line that runs round the side, in a gap between rows."""
        y = min(one, other) + ROW / 2 + 4
        right = face == "right"
        return Words(x + (6 if right else -6), y, "start" if right else "end", tuple((label,) for label in edge.labels))

    @staticmethod
    def _along_edge(edge: Edge, first: float, second: float, y: float) -> Words:
        """On the line along the picture's edge, all in one row."""
        return Words((first + second) / 2, y - 4, "middle", (edge.labels,))
