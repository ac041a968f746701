"""Who is timed, and that all of them say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Loop = Callable[[], int | None]
"""Asks everything once; the nanoseconds that it took where not all of it counts."""


@dataclass(frozen=True)
class Contestant:
    """One row: a way to ask the same question."""

    row: str
    kind: Literal["ours", "peer", "floor"]
    note: str
    prepare: Callable[[Sequence[Any]], Loop]
    """A loop over these inputs, made ready beforehand as the contestant wants them."""
    answers: Callable[[Sequence[Any]], list[str]] | None = None
    """What it says of each; `None` of a floor, which answers nothing."""
    most: int | None = None
    """How many inputs it takes at a time, where all of them would take it minutes."""
    each: int = 1
    """How many operations an input of the loop stands for."""


class DisagreementError(Exception):
    """Two contestants answer differently, so that nothing is worth timing."""


def agree(contestants: Sequence[Contestant], inputs: Sequence[Any]) -> None:
    """Compares all answers with those of the first that has some."""
    said: list[str] | None = None
    for contestant in contestants:
        if contestant.answers is None:
            continue
        answers = contestant.answers(inputs)
        said = answers if said is None else said
        if len(answers) != len(said):
            raise DisagreementError(f"{contestant.row} answers {len(answers)} of {len(inputs)} inputs")
        for place, (given, theirs, first) in enumerate(zip(inputs, answers, said, strict=True)):
            if theirs != first:
                raise DisagreementError(f"{contestant.row}: input {place}, {given!r}: it says {theirs}, the others {first}")
