"""The just-in-time rule: single, by keywords and in batches, and as the engine has it."""

from __future__ import annotations

from itertools import product

import pytest

from strongroom import CommandError, JitRequest, Outcome, Permission, Scope, Subject, Terms, jit_request, jit_rule
from strongroom.policies import POLICIES

EVERY = list(product(Scope, Permission, (False, True), (False, True)))


def expected(policy: str, scope: Scope, permission: Permission, isolated: bool, factors: bool) -> Outcome:
    """As the requirements have it (D-12, D-13): the first that applies."""
    numbers = POLICIES[policy].numbers
    wide, high = list(Scope).index(scope), list(Permission).index(permission)
    limit = {name: numbers[f"jit.{name}"] for name in ("widest_scope", "highest_permission")}
    asks = {name: numbers[f"jit.{name}"] for name in ("internal_from_scope", "internal_from_permission")}
    if not isolated and not factors:
        return Outcome.REJECT_IDENTITY
    if wide > [str(each) for each in Scope].index(str(limit["widest_scope"])):
        return Outcome.REJECT_SCOPE
    if high > [str(each) for each in Permission].index(str(limit["highest_permission"])):
        return Outcome.REJECT_PERMISSION
    inside = wide >= [str(each) for each in Scope].index(str(asks["internal_from_scope"]))
    inside |= high >= [str(each) for each in Permission].index(str(asks["internal_from_permission"]))
    return Outcome.ASK_INTERNAL if inside else Outcome.PASS


@pytest.mark.parametrize("policy", POLICIES)
def test_every_request_under_every_policy(policy: str) -> None:
    rule = jit_rule(policy)
    packed = bytes(int(JitRequest(*request)) for request in EVERY)
    answers = [tuple(Outcome)[number] for number in rule.batch(packed)]
    for request, answer in zip(EVERY, answers, strict=True):
        scope, permission, isolated, factors = request
        single = rule.evaluate(JitRequest(*request))
        keywords = rule.decide(scope=scope, permission=permission, isolated_identity=isolated, multi_factor=factors)
        assert single is keywords is answer is expected(policy, *request), request


def test_a_request_is_a_value() -> None:
    terms = Terms(Subject.DEVICE, Scope.RESOURCE_GROUP, Permission.WRITE, bytes(32), multi_factor=True)
    request = jit_request(terms)
    assert request == JitRequest("resource_group", "write", multi_factor=True) != JitRequest("resource", "write")
    assert hash(request) == hash(jit_request(terms)) and len({int(JitRequest(*each)) for each in EVERY}) == 64
    assert repr(request) == "JitRequest('resource_group', 'write', isolated_identity=False, multi_factor=True)"
    with pytest.raises(AttributeError):
        request.scope = "resource"  # type: ignore[misc]


def test_what_is_no_request_is_named() -> None:
    with pytest.raises(CommandError, match="unknown scope \"planet\"; there are resource, "):
        JitRequest("planet", "read")
    with pytest.raises(CommandError, match="unknown permission"):
        jit_rule().decide(scope=Scope.RESOURCE, permission="all")
    with pytest.raises(CommandError, match="byte 1 is no request"):
        jit_rule().batch(b"\x00\x40")
    with pytest.raises(CommandError, match="unknown policy"):
        jit_rule("none")
    assert jit_rule().batch(b"") == b""
