"""Support: which way an issue goes, as the core states it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from . import _native
from .rules import Rule, rule
from .words import Contact, Issue, Party, Reach


@dataclass(frozen=True, slots=True)
class Route:
    """Which way the issues of one class go."""

    issue: Issue
    rule: Rule
    """The rule that says so."""
    party: Party
    """Who answers for it."""
    contact: Contact
    """Whom to call."""
    supports: Party | None
    """Who else has a part in it."""
    engaged: Party
    """Who stays engaged whoever is called."""
    needs: tuple[Rule, ...]
    """What must hold before, in this order."""
    reach: Reach
    """What whoever answers may do on the device itself."""


def _route(told: dict[str, Any]) -> Route:
    return Route(
        issue=Issue(told["issue"]),
        rule=rule(told["rule"]),
        party=Party(told["party"]),
        contact=Contact(told["contact"]),
        supports=None if told["supports"] is None else Party(told["supports"]),
        engaged=Party(told["engaged"]),
        needs=tuple(map(rule, told["needs"])),
        reach=Reach(told["reach"]),
    )


ROUTES: Mapping[Issue, Route] = MappingProxyType({route.issue: route for route in map(_route, json.loads(_native.routes()))})
"""The route of every issue."""
