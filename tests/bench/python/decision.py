"""The just-in-time rule of the preset azure: the package, and what somebody would write in Python.

A request is a byte, as the package's batches have it; whoever wants it otherwise gets it so before the clock runs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

from contestants import Contestant, Loop

from strongroom import JitRequest, Outcome, Permission, Scope, jit_rule

Fields = tuple[Scope, Permission, bool, bool]

EVERY: dict[int, Fields] = {int(JitRequest(*fields)): fields for fields in product(Scope, Permission, (False, True), (False, True))}
"""All requests that the rule tells apart, by their byte."""

BATCH = 1000
OUTCOMES = tuple(Outcome)


def requests(count: int) -> bytes:
    """Requests that nobody foresees, the same in every run."""
    return bytes(byte & 63 for byte in random.Random(8).randbytes(count))


def asking(ask: Callable[[Any], object], arguments: Mapping[int, Any]) -> Callable[[Sequence[int]], Loop]:
    """A loop that asks with one argument, which stands for the request."""

    def prepare(packed: Sequence[int]) -> Loop:
        ready = [arguments[request] for request in packed]

        def loop() -> None:
            for argument in ready:
                ask(argument)

        return loop

    return prepare


def answering(ask: Callable[[Any], str], arguments: Mapping[int, Any]) -> Callable[[Sequence[int]], list[str]]:
    """What the same says of each."""
    return lambda packed: [str(ask(arguments[request])) for request in packed]


RULE = jit_rule("azure")
REQUESTS = {packed: JitRequest(*fields) for packed, fields in EVERY.items()}
DICTS = {packed: dict(zip(("scope", "permission", "isolated", "factors"), fields, strict=True)) for packed, fields in EVERY.items()}


def by_keywords(packed: Sequence[int]) -> Loop:
    ready = [EVERY[request] for request in packed]
    decide = RULE.decide

    def loop() -> None:
        for scope, permission, isolated, factors in ready:
            decide(scope=scope, permission=permission, isolated_identity=isolated, multi_factor=factors)

    return loop


def answers_by_keywords(packed: Sequence[int]) -> list[str]:
    every = (EVERY[request] for request in packed)
    return [RULE.decide(scope=scope, permission=permission, isolated_identity=isolated, multi_factor=factors) for scope, permission, isolated, factors in every]


def in_batches(packed: Sequence[int]) -> Loop:
    ready = [bytes(packed[begin : begin + BATCH]) for begin in range(0, len(packed), BATCH)]
    batch = RULE.batch

    def loop() -> None:
        for many in ready:
            batch(many)

    return loop


def by_hand(request: Mapping[str, Any]) -> str:
    """The same rule, as somebody would write it in Python."""
    if not request["isolated"] and not request["factors"]:
        return "reject_identity"
    if request["scope"] not in ("resource", "resource_group", "subscription"):
        return "reject_scope"
    if request["permission"] not in ("read", "write", "administer"):
        return "reject_permission"
    if request["scope"] == "subscription" or request["permission"] == "administer":
        return "ask_internal"
    return "pass"


TABLE = {fields: by_hand(DICTS[packed]) for packed, fields in EVERY.items()}


def nothing(packed: Sequence[int]) -> Loop:
    ready = [REQUESTS[request] for request in packed]

    def loop() -> None:
        for _ in ready:
            pass

    return loop


def getter(packed: Sequence[int]) -> Loop:
    ready = [REQUESTS[request] for request in packed]

    def loop() -> None:
        for request in ready:
            _ = request.multi_factor

    return loop


def same(argument: int) -> int:
    return argument


CONTESTANTS = [
    Contestant(
        "JitRule.evaluate(request)", "ours", "a frozen request that is ready",
        asking(RULE.evaluate, REQUESTS), answering(RULE.evaluate, REQUESTS),
    ),
    Contestant("JitRule.decide(four keywords)", "ours", "enum members by name", by_keywords, answers_by_keywords),
    Contestant(
        "JitRule.batch(1000 requests), each", "ours", "bytes in, bytes out",
        in_batches, lambda packed: [OUTCOMES[answer] for answer in RULE.batch(bytes(packed))],
    ),
    Contestant("empty loop", "floor", "in every row but the batch", nothing),
    Contestant("builtin abs", "floor", "an integer", asking(abs, {packed: packed for packed in EVERY})),
    Contestant("Python function", "floor", "gives its argument back", asking(same, {packed: packed for packed in EVERY})),
    Contestant("getter of a PyO3 object", "floor", "JitRequest.multi_factor", getter),
    Contestant("hand-written Python", "peer", "ifs over a dict that is ready", asking(by_hand, DICTS), answering(by_hand, DICTS)),
    Contestant(
        "dict of all 64 answers", "peer", "a tuple that is ready; somebody has to make the table, and again with each policy",
        asking(TABLE.__getitem__, EVERY), answering(TABLE.__getitem__, EVERY),
    ),
]  # fmt: skip
