"""Cedar, by cedarpy. It says allow or deny and which policies say so; the first of them is the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cedarpy
from contestants import Contestant, Loop
from decision import EVERY, answering, asking

from strongroom import Permission, Scope

POLICIES = Path(__file__).parents[1] / "policies"
ORDER = ("reject_identity", "reject_scope", "reject_permission", "ask_internal", "pass")
"""Its policies in the order of the file, by which cedarpy names them."""
BATCH = 300

_policies = cedarpy.PolicySet.from_str((POLICIES / "jit.cedar").read_text())
_entities = cedarpy.Entities.from_json_str("[]")
_requests: dict[int, dict[str, Any]] = {
    packed: {
        "principal": 'Engineer::"erik"',
        "action": 'Action::"elevate"',
        "resource": 'Device::"700022"',
        "context": {
            "isolated_identity": isolated,
            "multi_factor": factors,
            "scope": list(Scope).index(scope),
            "permission": list(Permission).index(permission),
        },
    }
    for packed, (scope, permission, isolated, factors) in EVERY.items()
}


def _outcome(result: cedarpy.AuthzResult) -> str:
    return ORDER[min(int(reason.removeprefix("policy")) for reason in result.diagnostics.reasons)]


def _ask(request: dict[str, Any]) -> str:
    return _outcome(cedarpy.is_authorized(request, _policies, _entities))


def _in_batches(packed: Sequence[int]) -> Loop:
    ready = [[_requests[request] for request in packed[begin : begin + BATCH]] for begin in range(0, len(packed), BATCH)]

    def loop() -> None:
        for many in ready:
            for result in cedarpy.is_authorized_batch(many, _policies, _entities):
                _outcome(result)

    return loop


def _answers_in_batches(packed: Sequence[int]) -> list[str]:
    return [_outcome(each) for each in cedarpy.is_authorized_batch([_requests[one] for one in packed], _policies, _entities)]


CONTESTANTS = [
    Contestant("cedarpy", "peer", "policies and entities parsed before", asking(_ask, _requests), answering(_ask, _requests), most=1000),
    Contestant("cedarpy, 300 at once, each", "peer", "policies and entities parsed before", _in_batches, _answers_in_batches, most=1200),
]
