"""What to do about a refusal, where the rule alone does not say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...room import Explanation
from ...rules import Rule

if TYPE_CHECKING:
    from .acting import Deed
    from .desk import Desk

_REMEDIES = {
    "TwoPersons": "say it again with --propose: a second person then takes it up with strongroom second",
    "LogHasRoom": "make room with strongroom drain; with [logs] in the directory every command does it by itself",
}
"""By the name of the rule, where it is the same for everybody."""

_ROLE_RULE = "RoleMayNot"
"""Which refuses what is another role's."""


def remedy_of(at: Desk, deed: Deed, rule: Rule) -> str | None:
    """What to do about a refusal by that rule; `None` where nothing is known."""
    return _who_may(at, deed) if rule.name == _ROLE_RULE else _REMEDIES.get(rule.name)


def _who_may(at: Desk, deed: Deed) -> str | None:
    """Whose role a command is, of the people in the directory; `None` where two persons asked, or nobody has such a role."""
    if deed.second is not None:
        return None
    able: list[str] = []
    for person in at.directory.people.values():
        for role in person.roles:
            would: Explanation = getattr(at.room.explain, deed.verb)(by=person.acting_as(role), **deed.arguments)
            if any(each.rule.name == _ROLE_RULE and each.held for each in would.consulted):
                able.append(f"{person.name} ({role})")
    return f"who may: {', '.join(able)}" if able else None
