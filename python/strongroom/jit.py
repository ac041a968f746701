"""The provider's just-in-time rule, asked a great many times (L-16 to L-22).

>>> from strongroom import Permission, Scope, jit_rule
>>> rule = jit_rule("azure")
>>> rule.decide(scope=Scope.RESOURCE, permission=Permission.READ, multi_factor=True)
<Outcome.PASS: 'pass'>

A `JitRequest` that is made once and asked often is the fastest way for single decisions; `batch` for many at once, with a byte
`int(request)` each, answers with the numbers of the outcomes, by which `tuple(Outcome)` is indexed.
"""

from __future__ import annotations

from ._native import JitRequest, JitRule
from .exceptions import CommandError
from .policies import POLICIES
from .values import Terms
from .words import Outcome

__all__ = ["JitRequest", "JitRule", "jit_request", "jit_rule"]


_RULES = {name: JitRule(name, list(Outcome)) for name in POLICIES}


def jit_rule(policy: str = "azure") -> JitRule:
    """The rule of a preset. Raises `CommandError` where there is none of that name."""
    try:
        return _RULES[policy]
    except KeyError:
        raise CommandError(f"unknown policy {policy!r}; there are {', '.join(_RULES)}") from None


def jit_request(terms: Terms) -> JitRequest:
    """What the rule looks at of these terms."""
    return JitRequest(terms.scope, terms.permission, terms.isolated_identity, terms.multi_factor)
