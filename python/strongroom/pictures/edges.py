"""A chart as a graph: what leads from one place to another is one edge, with a list of what causes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..chart import Place, Transition
from ..words import Party


@dataclass(frozen=True, slots=True)
class Label:
    """What causes a move, and whose it is to cause."""

    event: str
    party: Party | None
    """`None` where several parties may, or it follows from another step."""
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """All that leads from one place to another."""

    source: str | None
    """`None` where it begins."""
    target: str
    labels: tuple[Label, ...]

    @property
    def party(self) -> Party | None:
        """Whose edge it is, where it is one party's alone."""
        parties = {label.party for label in self.labels}
        return parties.pop() if len(parties) == 1 else None


def edges(transitions: Sequence[Transition[Place]], start: StrEnum | None = None) -> tuple[Edge, ...]:
    """The graph of a chart, without what stays in its place; `start` is where everything begins, if one row does not say."""
    found: dict[tuple[str | None, str], list[Label]] = {} if start is None else {(None, start.value): []}
    for transition in transitions:
        for source, target in _moves(transition):
            found.setdefault((source, target), []).append(_label(transition))
    variants = _variants(transitions)
    return tuple(Edge(source, target, _merged(labels, variants)) for (source, target), labels in found.items())


def _moves(transition: Transition[Place]) -> Iterator[tuple[str | None, str]]:
    if transition.target is None:
        return
    for source in transition.sources or (None,):
        if source != transition.target:
            yield None if source is None else source.value, transition.target.value


def _label(transition: Transition[Place]) -> Label:
    parties = {role.party for role in transition.roles}
    # The core may act for the customer, as where a log-in fails; then it is the customer's doing.
    party = Party.CUSTOMER if Party.CUSTOMER in parties and parties <= {Party.CUSTOMER, Party.DEVICE} else None
    return Label(
        transition.event,
        parties.pop() if len(parties) == 1 else party,
        () if transition.rule is None else (transition.rule.name,),
    )


def _variants(transitions: Sequence[Transition[Place]]) -> dict[str, set[str]]:
    """The events of each base, such as both kinds of tamper."""
    events: dict[str, set[str]] = {}
    for transition in transitions:
        events.setdefault(_base(transition.event), set()).add(transition.event)
    return events


def _base(event: str) -> str:
    return event.partition("[")[0]


def _merged(labels: Sequence[Label], variants: dict[str, set[str]]) -> tuple[Label, ...]:
    """One label an event; where all variants of an event lead the same way, its base alone."""
    there = {label.event for label in labels}
    merged: dict[str, Label] = {}
    for label in labels:
        base = _base(label.event)
        event = base if variants[base] <= there else label.event
        before = merged.get(event)
        if before is None:
            merged[event] = Label(event, label.party, label.rules)
        else:
            rules = dict.fromkeys((*before.rules, *label.rules))
            merged[event] = Label(event, label.party if label.party == before.party else None, tuple(rules))
    return tuple(merged.values())
