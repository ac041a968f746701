"""The package `transitions`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chart import START, STATES, TABLE
from contestants import Contestant, Loop
from transitions import Machine


class _Model:
    """What the machine puts its state and its triggers on."""

    state: str
    trigger: Callable[[str], bool]


def _machine() -> tuple[Machine, _Model]:
    model = _Model()
    rows = [[event, source, target] for (source, event), target in TABLE.items()]
    machine = Machine(model, states=STATES, transitions=rows, initial=START, auto_transitions=False, ignore_invalid_triggers=True)
    return machine, model


def _answers(events: Sequence[str]) -> list[str]:
    _, model = _machine()
    states = []
    for event in events:
        model.trigger(event)
        states.append(str(model.state))
    return states


def _loop(events: Sequence[str]) -> Loop:
    machine, model = _machine()
    trigger = model.trigger

    def loop() -> None:
        machine.set_state(START, model)
        for event in events:
            trigger(event)

    return loop


CONTESTANTS = [Contestant("transitions", "peer", "the map alone; what the chart does not have is ignored", _loop, _answers, most=20_000)]
