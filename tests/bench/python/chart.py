"""The chart of a lease: which event leads from a state to which, and nothing more.

Peers know the map alone. An engine's command also looks at who acts and under which guards, and leaves its record in the log.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from contestants import Contestant, Loop

from strongroom import CHART, State

Table = dict[tuple[str, str], str]
Walk = Callable[[str, Sequence[str]], list[str]]
"""From that state through these events: the states after each. An event that the chart does not have there changes nothing."""

START = str(State.POOL_CONFIG)
ILLEGAL = 0.26
"""How many of a walk's events the chart does not have where they come."""


def identifier(event: str) -> str:
    """An event as a machine's method can be named."""
    return re.sub(r"\W+", "_", event).strip("_")


def _table() -> Table:
    """The states from which there is a way back to the start, so that a walk never ends."""
    table: Table = {}
    for row in CHART:
        for source in row.sources:
            table.setdefault((str(source), identifier(row.event)), str(row.target or source))

    def reached(forward: bool) -> set[str]:
        seen = {START}
        while more := {
            (target if forward else source)
            for (source, _), target in table.items()
            if (source if forward else target) in seen and (target if forward else source) not in seen
        }:
            seen |= more
        return seen

    both = reached(True) & reached(False)
    return {(source, event): target for (source, event), target in table.items() if source in both and target in both}


TABLE = _table()
STATES = sorted({source for source, _ in TABLE})
EVENTS = sorted({event for _, event in TABLE})


def walk(count: int) -> list[str]:
    """Events that nobody foresees, the same in every run."""
    chance = random.Random(8)
    legal = {state: [event for source, event in TABLE if source == state] for state in STATES}
    illegal = {state: [event for event in EVENTS if (state, event) not in TABLE] for state in STATES}
    state, events = START, []
    for _ in range(count):
        event = chance.choice(illegal[state] if chance.random() < ILLEGAL else legal[state])
        state = TABLE.get((state, event), state)
        events.append(event)
    return events


def by_dict(start: str, events: Sequence[str]) -> list[str]:
    state, states = start, []
    for event in events:
        state = TABLE.get((state, event), state)
        states.append(state)
    return states


def _loop(events: Sequence[str]) -> Loop:
    get = TABLE.get

    def loop() -> None:
        state = START
        for event in events:
            state = get((state, event), state)

    return loop


CONTESTANTS = [Contestant("dict of (state, event)", "peer", "the map alone", _loop, lambda events: by_dict(START, events))]
