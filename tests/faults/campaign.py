"""What is attacked, and the faults that are tried at each step of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from faults import PAIRS, SINGLES, Attack, Kind, Tally, chosen
from image import Image
from machine import REGISTERS
from uses import Uses

if TYPE_CHECKING:
    from pathlib import Path

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
    """Part of the work: steps of a situation, in order, and which of them the faults of a kind are tried at."""

    path: Path
    situation: int
    steps: tuple[int, ...]
    skips: frozenset[int]
    words: frozenset[int]
    registers: frozenset[int]
    quick: bool


@lru_cache(maxsize=1)
def attack_of(path: Path, choice: int) -> Attack:
    """The image, prepared for a situation, or for the same where it is allowed."""
    return Attack(Image.read(path), choice, SITUATIONS[NAMES[choice // 2]])


def pieces_of(path: Path, situation: int, *, quick: bool, size: int) -> list[Piece]:
    """The work that a situation makes."""
    attack = attack_of(path, 2 * situation)
    trail = attack.path()
    few = frozenset(chosen(trail, attack.is_gate, True))
    if quick:
        skips, words, registers = few, few, frozenset[int]()
    else:
        skips = frozenset(chosen(trail, attack.is_gate, False))
        words = few.union(number for number, address in enumerate(trail) if attack.is_gate(address))
        registers = few
    steps = sorted(skips | words)
    parts = (tuple(steps[at : at + size]) for at in range(0, len(steps), size))
    return [Piece(path, situation, part, skips, words, registers, quick) for part in parts]


def carry_out(piece: Piece) -> dict[Kind, Tally]:
    """Tries every fault of a piece."""
    attack = attack_of(piece.path, 2 * piece.situation)
    tallies = {kind: Tally() for kind in Kind}
    words, registers = Uses(attack), Uses(attack)
    for number, moment, touched in attack.walk(piece.steps):
        words.touched(touched)
        if number in piece.skips:
            attack.skip(tallies[Kind.SKIP], moment)
        live = set(attack.live(moment)) if number in piece.words else set()
        if number in piece.words:
            for place in sorted(words.fresh(number, moment, live)):
                attack.flip(tallies[Kind.BIT], moment, place, SINGLES)
                attack.flip(tallies[Kind.PAIR], moment, place, PAIRS[:: 97 if piece.quick else 1])
        if number in piece.registers and attack.is_gate(moment.address):
            attack.skip(tallies[Kind.TWO_SKIPS], moment, 2)
            if attack.drives(moment):
                continue
            for register in sorted(registers.fresh(number, moment, set(range(REGISTERS))) - live):
                attack.flip(tallies[Kind.REGISTER], moment, register, SINGLES)
    return tallies
