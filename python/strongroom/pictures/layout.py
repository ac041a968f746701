"""Boxes and lines: a plan and a graph become coordinates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .edges import Edge, Label
from .metrics import width
from .places import BEGIN, Face, Plan, Spot
from .ways import is_straight, level_row, way_of

BOX = 36
"""Height of a box of one row."""
TRACK = 13
"""Between lines that run side by side."""
BUS = 19
"""Between lines along the picture's edge, with their texts."""
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

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.x + self.w / 2, self.y + self.h / 2

    def at(self, face: Face, port: float) -> Point:
        """The point of a face."""
        match face:
            case Face.LEFT:
                return self.x, port
            case Face.RIGHT:
                return self.x + self.w, port
            case Face.TOP:
                return port, self.y
            case Face.BOTTOM:
                return port, self.y + self.h


@dataclass(frozen=True, slots=True)
class Words:
    """The texts at a line: below one another, the first with its baseline at `y`."""

    x: float
    y: float
    anchor: str
    """`start`, `middle` or `end`."""
    labels: tuple[tuple[Label, ...], ...]
    """The labels of each line of text."""


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
        self.graph = sorted(graph, key=lambda edge: (self._rank(edge.target), self._rank(_source(edge))))
        self.ways = {(_source(edge), edge.target): way_of(_source(edge), edge.target, plan) for edge in graph}
        along = [way.along for way in self.ways.values()]
        self.top = 24 + BUS * along.count(Face.TOP) + (0 if plan.start is None else 22)
        self.boxes = {box.name: box for box in self._boxes()}
        self.below = max(box.y + box.h for box in self.boxes.values())
        self.height = self.below + 24 + BUS * along.count(Face.BOTTOM)
        self._tracks: dict[tuple[int, Face], int] = defaultdict(int)
        self._along: dict[str | None, int] = defaultdict(int)
        self._ports = self._all_ports()

    def drawing(self) -> Drawing:
        right = max(box.x + box.w for box in self.boxes.values()) + self.plan.gaps[-1]
        return Drawing(right, self.height, self.boxes, tuple(map(self._line, self.graph)))

    def _rank(self, name: str) -> tuple[int, int]:
        spot = self.plan.spots[name]
        return spot.column, spot.top

    def _boxes(self) -> list[Box]:
        widths: dict[int, float] = {}
        for name, spot in self.plan.spots.items():
            widths[spot.column] = max(widths.get(spot.column, self.plan.least), width(name, TEXT + 1) + 20)
        left: dict[int, float] = {}
        x = 0.0
        for column in sorted(widths):
            x += self.plan.gaps[column]
            left[column] = x
            x += widths[column]
        return [self._box(name, spot, left[spot.column], widths[spot.column]) for name, spot in self.plan.spots.items()]

    def _box(self, name: str, spot: Spot, x: float, w: float) -> Box:
        y = self.top + spot.top * self.plan.row
        if name == BEGIN:
            return Box(name, x + w / 2 - 5, y + BOX / 2 - 5, 10, 10)
        return Box(name, x, y, w, (spot.bottom - spot.top) * self.plan.row + BOX)

    def _all_ports(self) -> dict[tuple[Edge, bool], float]:
        """Where on its face each end of each edge is: of straight lines where the smaller box says."""
        faces: dict[tuple[str, Face], list[tuple[Edge, bool]]] = defaultdict(list)
        for edge in self.graph:
            way = self.ways[_source(edge), edge.target]
            faces[_source(edge), way.out].append((edge, True))
            faces[edge.target, way.into].append((edge, False))
        ports: dict[tuple[Edge, bool], float] = {}
        for (name, face), ends in faces.items():
            box, flat = self.boxes[name], face in (Face.TOP, Face.BOTTOM)
            ends.sort(key=lambda end: self._other_end(end, flat))
            start, length = (box.x, box.w) if flat else (box.y, box.h)
            for place, end in enumerate(ends, 1):
                ports[end] = start + length * place / (len(ends) + 1)
        for edge in filter(self._is_straight, self.graph):
            ports[edge, True] = ports[edge, False] = self._straight(edge, ports)
        return ports

    def _other_end(self, end: tuple[Edge, bool], flat: bool) -> Point:
        edge, out = end
        x, y = self.boxes[edge.target if out else _source(edge)].middle
        # There and back between two boxes keep apart in the same order on both.
        return (x, y) if flat else (y, x + (0 if out == (edge.target < _source(edge)) else 0.1))

    def _is_straight(self, edge: Edge) -> bool:
        return is_straight(self.ways[_source(edge), edge.target])

    def _straight(self, edge: Edge, ports: dict[tuple[Edge, bool], float]) -> float:
        source, target = self.boxes[_source(edge)], self.boxes[edge.target]
        if self.ways[_source(edge), edge.target].out in (Face.TOP, Face.BOTTOM):
            return ports[edge, source.w <= target.w]
        if min(source.h, target.h) <= BOX:
            return ports[edge, source.h <= target.h]
        return self.top + level_row(_source(edge), edge.target, self.plan) * self.plan.row + BOX / 2

    def _line(self, edge: Edge) -> Line:
        way = self.ways[_source(edge), edge.target]
        out = self.boxes[_source(edge)].at(way.out, self._ports[edge, True])
        into = self.boxes[edge.target].at(way.into, self._ports[edge, False])
        if self._is_straight(edge):
            upright = out[0] == into[0]
            return Line(edge, (out, into), self._beside(edge, out, into) if upright else self._above(edge, out, into))
        if way.along is None and way.out in (Face.TOP, Face.BOTTOM):
            corner = (out[0], into[1])
            return Line(edge, (out, corner, into), self._above(edge, corner, into))
        first = self._track(_source(edge), way.out, out)
        if way.along is None:
            around = (out, (first, out[1]), (first, into[1]), into)
            return Line(edge, around, self._at_track(edge, first, out, into))
        second = self._track(edge.target, way.into, into)
        self._along[way.along] += 1
        far = BUS * self._along[way.along]
        y = self.below + 12 + far if way.along == Face.BOTTOM else self.top - 10 - far
        points = (out, (first, out[1]), (first, y), (second, y), (second, into[1]), into)
        left = second < first
        return Line(edge, points, Words(first - 18 if left else first + 18, y - 4, "end" if left else "start", (edge.labels,)))

    def _track(self, name: str, face: Face, at: Point) -> float:
        """Where a line runs up or down that leaves a face sideways."""
        if face in (Face.TOP, Face.BOTTOM):
            return at[0]
        column = (self.plan.spots[name].column, face)
        self._tracks[column] += 1
        away = 8 + TRACK * self._tracks[column]
        return at[0] + away if face == Face.RIGHT else at[0] - away

    def _above(self, edge: Edge, out: Point, into: Point) -> Words:
        """On a level line, in the gap where it begins; below it where its counterpart runs just above."""
        under = (edge.target, _source(edge)) in self.ways and self._follows(edge)
        y = out[1] + LINE if under else out[1] - 5 - LINE * (len(edge.labels) - 1)
        return Words(self._clear_middle(edge, out[0], into[0]), y, "middle", _below_one_another(edge))

    def _clear_middle(self, edge: Edge, out: float, into: float) -> float:
        """The middle of the gap that the line begins in, as far as no line runs up or down there."""
        column = self.plan.spots[_source(edge)].column
        low, high = min(out, into), max(out, into)
        edges = [box.x if out < into else box.x + box.w for box in self.boxes.values() if low < box.middle[0] < high and box.w > 10]
        if out < into:
            high = min([high, *edges])
            low += self._room(column, Face.RIGHT)
            high -= self._room(column + 1, Face.LEFT)
        else:
            low = max([low, *edges])
            low += self._room(column - 1, Face.RIGHT)
            high -= self._room(column, Face.LEFT)
        return (low + high) / 2

    def _room(self, column: int, face: Face) -> float:
        """How much the lines take that run up and down beside a column."""
        ends = 0
        for (source, target), way in self.ways.items():
            if way.along is None and way.out != way.into:
                continue
            ends += self.plan.spots[source].column == column and way.out == face
            ends += way.along is not None and self.plan.spots[target].column == column and way.into == face
        return 8.0 + TRACK * ends if ends else 0.0

    def _follows(self, edge: Edge) -> bool:
        """Whether it is the lower, or the right one, of there and back."""
        other = next(each for each in self.graph if (each.source, each.target) == (edge.target, edge.source))
        return self._ports[edge, False] > self._ports[other, False]

    def _beside(self, edge: Edge, out: Point, into: Point) -> Words:
        """At the right of an upright line; at the left of one whose counterpart is there."""
        y = (out[1] + into[1]) / 2 + 4 - LINE * (len(edge.labels) - 1) / 2
        left = (edge.target, edge.source) in self.ways and not self._follows(edge)
        return Words(out[0] + (-6 if left else 6), y, "end" if left else "start", _below_one_another(edge))

    def _at_track(self, edge: Edge, x: float, out: Point, into: Point) -> Words:
        """Beside a line that runs round the side, between the rows where it begins."""
        y = out[1] + self.plan.row / 2 * (1 if into[1] > out[1] else -1) + 4
        right = x > out[0]
        return Words(x + (6 if right else -6), y, "start" if right else "end", _below_one_another(edge))


def _source(edge: Edge) -> str:
    return BEGIN if edge.source is None else edge.source


def _below_one_another(edge: Edge) -> tuple[tuple[Label, ...], ...]:
    return tuple((label,) for label in edge.labels)
