"""The budgets of the design, and whether they are met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rows import Row, number


@dataclass(frozen=True, slots=True)
class Budget:
    """What a row may take at most: so many nanoseconds, or so many times what another row takes."""

    what: str
    group: str
    row: str
    most: float
    of: str | None = None


_COMPRESSIONS = "the compressions that it needs, nothing else"
_ONE_BY_ONE = "its leaves and nodes, sha2 one by one"

BUDGETS = [
    Budget("a just-in-time decision, request struct in", "decision", "strongroom, jit::evaluate", 5),
    Budget("one step of the chart, with the check of who acts", "chart", "strongroom, chart::next", 2.5),
    Budget("decide and commit, without hashing", "record", "strongroom, decide and commit with nothing to hash", 40),
    Budget("appending a record, beside its bare compressions", "record", "strongroom, append a record to the tree", 1.2, _COMPRESSIONS),
    Budget("verifying a log in one thread, beside sha2 one by one", "log", "strongroom, verify a log in one thread", 1, _ONE_BY_ONE),
    Budget("a decision from C by pointer, static", "c", "strongroom_jit_evaluate, static", 9),
    Budget("a decision from C by pointer, shared", "c", "strongroom_jit_evaluate, shared", 10.5),
    Budget("a decision from Python, request ready", "python", "JitRule.evaluate(request)", 60),
    Budget("a decision from Python, with keywords", "python", "JitRule.decide(four keywords)", 330),
    Budget("a decision from Python, in a batch", "python", "JitRule.batch(1000 requests), each", 6),
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a budget: as texts, and whether it is met; `None` where a row is missing."""

    budget: Budget
    most: str
    found: str
    met: bool | None

    @property
    def word(self) -> str:
        """Met or not."""
        return {True: "met", False: "NOT met", None: "not measured"}[self.met]


def judge(rows: Sequence[Row]) -> list[Verdict]:
    """Each budget beside what was measured."""
    return [_judge(budget, {(row.group, row.name): row for row in rows}) for budget in BUDGETS]


def _judge(budget: Budget, rows: dict[tuple[str, str], Row]) -> Verdict:
    row = rows.get((budget.group, budget.row))
    if budget.of is None:
        most = f"{budget.most:g} ns"
        return Verdict(budget, most, "-", None) if row is None else Verdict(budget, most, f"{number(row.median)} ns", row.median <= budget.most)
    of = rows.get((budget.group, budget.of))
    most = f"{budget.most:g} x"
    if row is None or of is None or of.median <= 0:
        return Verdict(budget, most, "-", None)
    times = row.median / of.median
    return Verdict(budget, most, f"{times:.2f} x ({number(row.median)} of {number(of.median)} ns)", times <= budget.most)
