"""Between two uses of a word it does not matter when it is turned: one moment stands for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from machine import REGISTERS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from faults import Attack
    from machine import Moment

# With a register turned like this, or to zero, an instruction that reads it does something else: in arithmetic the highest bit of
# the result turns, a test against a mask finds another bit, a branch at zero is taken, an address is nowhere.
_TURNS = (0xFFFF_FFFF, 0x8000_0000, 0x0000_0001, 0x5555_5555)


class Uses:
    """Follows words along the moments that are looked at, and says which were used, or became others, since the last of them."""

    def __init__(self, attack: Attack) -> None:
        self._attack = attack
        self._last: tuple[int, Moment] | None = None
        self._places: set[int] = set()
        self._touched: set[int] = set()

    def touched(self, words: AbstractSet[int]) -> None:
        """These words of RAM were read or written."""
        self._touched |= words

    def fresh(self, number: int, moment: Moment, places: set[int]) -> set[int]:
        """Those of the places, registers or words of RAM, in which a fault is another one than at the moment before.

        Where steps lie between the two, each register may have been used.
        """
        last, kept, touched = self._last, places & self._places, self._touched
        self._last, self._places, self._touched = (number, moment), places, set()
        if last is None:
            return places
        before = last[1]
        same = {place for place in kept if before.word(place) == moment.word(place)}
        used = same & touched
        for register in (place for place in same if place < REGISTERS):
            if last[0] + 1 < number or self._is_used(before, moment, register):
                used.add(register)
        return (places - same) | used

    def _is_used(self, before: Moment, after: Moment, register: int) -> bool:
        """Whether the instruction between the two does anything else where the register is another one."""
        turns = {*_TURNS, before.word(register)} - {0}
        return any(self._attack.once(before.turned(register, bits)) != after.turned(register, bits) for bits in turns)
