"""The words that decide, found by what they are: `core/src/codeword.rs` and `core/src/opening/words.rs`."""

from __future__ import annotations

_ALL = 0xFFFF_FFFF


def _word(place: int) -> int:
    """The word of RM(1,5) at a place: bit u is the parity of `place AND u`."""
    return sum(((place & bit).bit_count() & 1) << bit for bit in range(32))


_SHARES = (_word(29), _word(30))
_EXACT = frozenset({_word(31)} | {_word(place) ^ _ALL for place in (1, 2, 3, 4)})


def decides(word: int) -> bool:
    """Whether it is a share that lets something through, a share that does not, or how far something is open."""
    return word in _EXACT or any(word ^ share < 1 << 16 for share in _SHARES)
