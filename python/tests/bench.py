"""What a just-in-time decision costs from Python: `make bench-python`. It asserts nothing about time."""

from __future__ import annotations

import os
import sys
import timeit
from collections.abc import Callable, Mapping

from strongroom import JitRequest, Permission, Scope, jit_rule

SMOKE = "--smoke" in sys.argv[1:]
"""So few repetitions that a test has the time for it; its times say nothing."""
REPETITIONS = 1 if SMOKE else 15


def by_hand(request: Mapping[str, object]) -> str:
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


def nanoseconds(call: Callable[[], object] | str, names: dict[str, object], number: int) -> float:
    """The median time of a call."""
    number = max(1, number // 10_000) if SMOKE else number
    times = sorted(timeit.repeat(call, globals=names, number=number, repeat=REPETITIONS))
    return times[REPETITIONS // 2] / number * 1e9


def main() -> None:
    rule, request = jit_rule(), JitRequest("resource", "read", multi_factor=True)
    asked = {"scope": "resource", "permission": "read", "isolated": False, "factors": True}
    many = bytes(byte & 63 for byte in os.urandom(1000))
    names: dict[str, object] = {
        "evaluate": rule.evaluate,
        "decide": rule.decide,
        "batch": rule.batch,
        "request": request,
        "by_hand": by_hand,
        "asked": asked,
        "many": many,
        "scope": Scope.RESOURCE,
        "permission": Permission.READ,
    }
    hand = nanoseconds("by_hand(asked)", names, 500_000)
    rows = [
        ("hand-written Python", hand),
        ("evaluate(request)", nanoseconds("evaluate(request)", names, 1_000_000)),
        ("decide(scope=..., ...)", nanoseconds("decide(scope=scope, permission=permission, multi_factor=True)", names, 500_000)),
        ("batch(1000 requests), each", nanoseconds("batch(many)", names, 5_000) / 1000),
    ]
    for name, time in rows:
        print(f"{name:<28}{time:8.1f} ns   {hand / time:6.1f} times as fast as by hand")


if __name__ == "__main__":
    main()
