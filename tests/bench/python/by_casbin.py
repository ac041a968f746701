"""Casbin for Python: a table of which the first row that applies decides. It says allow or deny; the outcome is the row's own."""

from __future__ import annotations

from pathlib import Path

import casbin
from contestants import Contestant
from decision import EVERY, answering, asking

POLICIES = Path(__file__).parents[1] / "policies"

_enforcer = casbin.Enforcer(str(POLICIES / "casbin.conf"), str(POLICIES / "casbin.csv"))
_requests = {
    packed: ("yes" if isolated else "no", "yes" if factors else "no", str(scope), str(permission))
    for packed, (scope, permission, isolated, factors) in EVERY.items()
}


def _ask(request: tuple[str, ...]) -> str:
    return str(_enforcer.enforce_ex(*request)[1][-1])


CONTESTANTS = [Contestant("casbin", "peer", "enforce_ex over six rows", asking(_ask, _requests), answering(_ask, _requests), most=300)]
