"""How wide a text is, before anything draws it."""

from __future__ import annotations

_NARROW = {**dict.fromkeys("ijl'|", 222), **dict.fromkeys("ft[]().,:;!/I ·", 278), **dict.fromkeys('r-"', 345)}
_WIDE = {**dict.fromkeys("mM", 833), **dict.fromkeys("wW", 800), **dict.fromkeys("→✓✗…", 1000)}
_THIN = {**_NARROW, **_WIDE, **dict.fromkeys("ckvsxyz", 500)}
_CAPITAL, _OTHER = 710, 560
"""Thousandths of the size; those of Helvetica, Arial and Liberation Sans."""


def width(text: str, size: float) -> float:
    """How wide `text` is at most, about, in Helvetica or one of its kin."""
    return sum(_THIN.get(letter, _CAPITAL if letter.isupper() else _OTHER) for letter in text) * size / 1000
