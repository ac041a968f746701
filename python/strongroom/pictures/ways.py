"""Which way a move goes from one place on the grid to another."""

from __future__ import annotations

from .places import Face, Plan, Spot, Way


def way_of(source: str, target: str, plan: Plan) -> Way:
    """The way that the plan says, else straight, else round the side or along the bottom."""
    planned = plan.ways.get((source, target))
    if planned is not None:
        return planned
    start, end = plan.spots[source], plan.spots[target]
    if start.column == end.column:
        if _is_free(start, end, plan):
            return Way(Face.BOTTOM, Face.TOP) if start.top < end.top else Way(Face.TOP, Face.BOTTOM)
        return Way(Face.RIGHT, Face.RIGHT)
    if _level_rows(start, end, plan):
        return Way(Face.RIGHT, Face.LEFT) if start.column < end.column else Way(Face.LEFT, Face.RIGHT)
    return Way(Face.RIGHT if start.column < end.column else Face.LEFT, Face.RIGHT, Face.BOTTOM)


def is_straight(way: Way) -> bool:
    """Whether it is one line."""
    return way.along is None and {way.out, way.into} in ({Face.LEFT, Face.RIGHT}, {Face.TOP, Face.BOTTOM})


def level_row(source: str, target: str, plan: Plan) -> float:
    """The row of a level line between two places that both have several."""
    rows = _level_rows(plan.spots[source], plan.spots[target], plan)
    return (rows[0] + rows[-1]) / 2


def _level_rows(one: Spot, other: Spot, plan: Plan) -> list[int]:
    """The rows that both have, with nothing between them."""
    columns = range(min(one.column, other.column) + 1, max(one.column, other.column))
    between = [spot for spot in plan.spots.values() if spot.column in columns]
    rows = range(max(one.top, other.top), min(one.bottom, other.bottom) + 1)
    return [row for row in rows if not any(spot.top <= row <= spot.bottom for spot in between)]


def _is_free(one: Spot, other: Spot, plan: Plan) -> bool:
    """Whether nothing stands between two places of a column."""
    low, high = min(one.bottom, other.bottom), max(one.top, other.top)
    return not any(spot.column == one.column and low < spot.top < high for spot in plan.spots.values())
