"""The package `python-statemachine`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chart import START, STATES, TABLE
from contestants import Contestant, Loop
from statemachine.io import create_machine_class_from_definition


def _definition() -> dict[str, Any]:
    states: dict[str, Any] = {state: {"initial": state == START, "on": {}} for state in STATES}
    for (source, event), target in TABLE.items():
        states[source]["on"].setdefault(event, []).append({"target": target})
    return states


_Lease: type[Any] = create_machine_class_from_definition(
    "Lease", states=_definition(), allow_event_without_transition=True, catch_errors_as_events=False
)


def _answers(events: Sequence[str]) -> list[str]:
    machine = _Lease()
    states = []
    for event in events:
        machine.send(event)
        (state,) = machine.configuration
        states.append(str(state.id))
    return states


def _loop(events: Sequence[str]) -> Loop:
    def loop() -> None:
        send = _Lease().send
        for event in events:
            send(event)

    return loop


CONTESTANTS = [Contestant("python-statemachine", "peer", "the map alone; what the chart does not have is ignored", _loop, _answers, most=1500)]
