"""Where each place of a chart stands in the picture, and which way the moves go that are not straight.

The places stand on a grid. Where many lead to one, that one is a tall box, so that each of them has a straight line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..words import State, Status

BEGIN = "begin"
"""Stands for where a move begins something."""


class Face(StrEnum):
    """A side of a box, or of the picture."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the grid: a column, and the rows from `top` to `bottom`."""

    column: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Way:
    """Out of one face, along the edge of the picture where `along` says so, and into another."""

    out: Face
    into: Face
    along: Face | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart's grid."""

    spots: Mapping[str, Spot]
    gaps: tuple[int, ...]
    """How far apart columns stand, for the texts between them: one more than there are columns, the margins included."""
    row: int
    """From one row to the next."""
    least: int
    """How wide boxes are at least."""
    start: str | None = None
    """Where everything begins, if no row of the chart says."""
    ways: Mapping[tuple[str, str], Way] = field(default_factory=dict[tuple[str, str], Way])
    """Of moves that no straight line can show."""


def _spots(*columns: Mapping[str, tuple[int, int] | int]) -> dict[str, Spot]:
    return {
        name: Spot(column, *(rows if isinstance(rows, tuple) else (rows, rows)))
        for column, places in enumerate(columns)
        for name, rows in places.items()
    }


_F, _S = Face, State

LEASE = Plan(
    spots=_spots(
        {_S.INVALID: 0, _S.QUARANTINED: (1, 2), _S.PARTS_REMOVED: 4, _S.PARTS_DESTROYED: 6, _S.CHASSIS_RETURNED: 8},
        {_S.FAILED: (2, 9)},
        {
            _S.IN_TRANSIT: 0,
            _S.RECEIVED: 1,
            _S.POOL_CONFIG: 2,
            _S.MAINTENANCE: 3,
            _S.POOL_FREE: 4,
            _S.ALLOCATING: 5,
            _S.TENANT_UNCLAIMED: 6,
            _S.OWNED_UNINIT: 7,
            _S.OPERATIONAL: 8,
            _S.TAMPER_LATCHED: 9,
        },
        {_S.ZEROIZING: (2, 9)},
        {_S.ZEROIZED_UNVERIFIED: 3, _S.ZEROIZED: 5, _S.DEPROVISIONING: 7},
    ),
    gaps=(24, 150, 156, 196, 116, 84),
    row=84,
    least=96,
    start=_S.IN_TRANSIT,
    ways={
        (_S.POOL_CONFIG, _S.POOL_FREE): Way(_F.RIGHT, _F.RIGHT),
        (_S.POOL_FREE, _S.POOL_CONFIG): Way(_F.LEFT, _F.LEFT),
        (_S.ALLOCATING, _S.POOL_CONFIG): Way(_F.LEFT, _F.LEFT),
        (_S.ZEROIZED, _S.POOL_CONFIG): Way(_F.RIGHT, _F.RIGHT, _F.TOP),
        (_S.DEPROVISIONING, _S.POOL_CONFIG): Way(_F.RIGHT, _F.RIGHT, _F.TOP),
        (_S.ZEROIZED, _S.OWNED_UNINIT): Way(_F.RIGHT, _F.RIGHT, _F.BOTTOM),
        (_S.ZEROIZED, _S.FAILED): Way(_F.RIGHT, _F.BOTTOM, _F.BOTTOM),
        (_S.DEPROVISIONING, _S.FAILED): Way(_F.BOTTOM, _F.BOTTOM, _F.BOTTOM),
        (_S.FAILED, _S.ZEROIZING): Way(_F.BOTTOM, _F.BOTTOM, _F.BOTTOM),
        (_S.ZEROIZING, _S.QUARANTINED): Way(_F.BOTTOM, _F.RIGHT, _F.BOTTOM),
        (_S.ZEROIZED_UNVERIFIED, _S.QUARANTINED): Way(_F.RIGHT, _F.RIGHT, _F.BOTTOM),
    },
)
"""The lease's chart: the way to the customer in the middle, what breaks on the left, what is destroyed on the right."""

_Q = Status

LOCKBOX = Plan(
    spots=_spots(
        {_Q.EXPIRED: (3, 8)},
        {BEGIN: 0, _Q.JIT_REJECTED: (4, 5), _Q.DENIED: 9},
        {
            _Q.TICKETED: 0,
            _Q.TRIAGED: 1,
            _Q.JIT_SUBMITTED: (2, 4),
            _Q.INTERNAL_APPROVAL: (5, 6),
            _Q.JIT_PASSED: 7,
            _Q.CUSTOMER_NOTIFIED: (8, 9),
            _Q.APPROVED: 10,
            _Q.ENDING: 12,
            _Q.ENDED: 13,
        },
        {_Q.CANCELLED: (0, 9), _Q.REVOKING: 10, _Q.REVOKED: 13},
    ),
    gaps=(24, 80, 130, 140, 24),
    row=66,
    least=160,
    ways={(BEGIN, _Q.JIT_SUBMITTED): Way(_F.BOTTOM, _F.LEFT)},
)
"""The lockbox's chart: the way to an access in the middle, the provider's no and time on the left."""
