"""Rego, by regopy, which is rego-cpp; regorus has no package for Python."""

from __future__ import annotations

from pathlib import Path

import regopy
from contestants import Contestant
from decision import EVERY, answering, asking

from strongroom import Permission, Scope

POLICIES = Path(__file__).parents[1] / "policies"
ENTRY = "jit/outcome"

_interpreter = regopy.Interpreter()
_interpreter.add_module("jit", (POLICIES / "jit.rego").read_text())
_bundle = _interpreter.build(None, [ENTRY])
_inputs = {
    packed: regopy.Input(
        {
            "isolated_identity": isolated,
            "multi_factor": factors,
            "scope": list(Scope).index(scope),
            "permission": list(Permission).index(permission),
        }
    )
    for packed, (scope, permission, isolated, factors) in EVERY.items()
}


def _ask(request: regopy.Input) -> str:
    _interpreter.set_input(request)
    # Its nodes are in the output's memory, and do not keep it.
    output = _interpreter.query_bundle_entrypoint(_bundle, ENTRY)
    return str(output.expressions()[0]).strip('"')


CONTESTANTS = [Contestant("regopy", "peer", "a built bundle, input ready", asking(_ask, _inputs), answering(_ask, _inputs), most=500)]
