"""What is attacked, and the faults that are tried at each step of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from faults import Attack, Kind, Tally, pairs, singles
from image import Image

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Moment

# What is decided, and what must not come to the device. The numbers are the image's.
SITUATIONS = {
    "a command that is refused": b"hsm zeroize",
    "a line after the window": b"network show",
    "another account's name": b"admin",
    "a side that stays shut": b"admin",
    "a board that is not well": b"\xff",
}
NAMES = tuple(SITUATIONS)


@dataclass(frozen=True)
class Piece:
    """Part of the work: these steps of a situation, and which of them are looked at closely."""

    path: Path
    situation: int
    steps: tuple[int, ...]
    marked: frozenset[int]
    quick: bool


def attack_of(path: Path, choice: int) -> Attack:
    """The image, prepared for a situation, or for the same where it is allowed."""
    return Attack(Image.read(path), choice, SITUATIONS[NAMES[choice // 2]])


def carry_out(piece: Piece) -> dict[Kind, Tally]:
    """Tries every fault of a piece."""
    attack = attack_of(piece.path, 2 * piece.situation)
    tallies = {kind: Tally() for kind in Kind}
    steps = iter(piece.steps)
    visits = count()
    before: set[int] = set()

    def visit(moment: Moment) -> None:
        nonlocal before
        attack.skip(tallies[Kind.SKIP], moment)
        if next(steps) not in piece.marked:
            return
        gate, check = attack.is_gate(moment.address), attack.is_check(moment.address)
        if piece.quick and next(visits) % 48:
            check = False
        if not piece.quick:
            attack.skip(tallies[Kind.TWO_SKIPS], moment, 2)
        live = set(attack.live(moment))
        for place in sorted(live):
            fresh = place not in before or check
            if fresh or (gate and not piece.quick):
                for bits in singles():
                    attack.flip(tallies[Kind.BIT], moment, place, bits)
            if fresh:
                for bits in pairs(97 if piece.quick else 1):
                    attack.flip(tallies[Kind.PAIR], moment, place, bits)
        before = live
        if gate and not piece.quick:
            for register in range(13):
                for bits in singles():
                    attack.flip(tallies[Kind.REGISTER], moment, register, bits)

    attack.walk(piece.steps, visit)
    return tallies
