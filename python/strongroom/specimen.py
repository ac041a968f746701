"""A lease in operation with an engineer for each permission: the scenario that a line of the console is tried in."""

from __future__ import annotations

import json
from typing import Any

from .policies import Policy
from .words import ConsoleArguments, Permission, Scope

_ORGANISATIONS = {"contoso": "c0000000-0000-4000-8000-000000000001", "northcloud": "b0000000-0000-4000-8000-000000000001"}

_CUSTOMERS = {"una": "User", "ada": "Admin", "bea": "Approver", "ben": "Approver", "aud": "Auditor"}
_PROVIDERS: dict[str, str] = {
    "hana": "Hands",
    "pia": "Pool",
    "paul": "Pool",
    "nils": "Net",
    "jit": "JitService",
    "ina": "InternalApprover",
    "monitor": "Monitor",
    **dict.fromkeys(Permission, "Engineer"),
}


def scenario(policy: Policy, scope: Scope, command: int, arguments: ConsoleArguments, line: str) -> str:
    """Its text: at its end the monitoring role types the line, and then each engineer, whose name is their permission."""
    steps = _lease(policy)
    for number, permission in enumerate(Permission, 1):
        steps += _request(number, permission, scope)
    typed = {"do": "console_line", "command": command, "arguments": arguments, "line": line}
    steps += [{"by": who, **typed} for who in ("monitor", *Permission)]
    times = (f"2026-03-02T{8 + minute // 60:02}:{minute % 60:02}:00Z" for minute in range(len(steps)))
    lines = [_header(), *({"at": at, **step} for at, step in zip(times, steps, strict=True))]
    return "".join(json.dumps(line) + "\n" for line in lines)


def _header() -> dict[str, Any]:
    people = {}
    for party, organisation, roles in (("customer", "contoso", _CUSTOMERS), ("provider", "northcloud", _PROVIDERS)):
        for number, (name, role) in enumerate(roles.items(), 1):
            id = f"{_ORGANISATIONS[organisation][:-12]}{number:012}"
            people[name] = {"party": party, "role": role, "organisation": organisation, "id": id}
    return {
        "strongroom": 1,
        "title": "A line of the console",
        "organisations": _ORGANISATIONS,
        "people": people,
        "engines": {"hsm": {"serial": "1", "provider": "@northcloud", "vendor": "@northcloud", "deployment": "firmware"}},
        "host": {
            "drain": {"tenant": "aud", "lifecycle": "pia"},
            "confirm": ["notify_customer", "notify_approvers", "open_access", "halt", "erase"],
        },
    }


def _lease(policy: Policy) -> list[dict[str, Any]]:
    lease = policy.numbers
    baseline = {"password_discarded": True, "logs_cleared": True, "self_test_passed": True, "reset_checked": False}
    firmware = lease["lease.firmware"]
    assert isinstance(firmware, tuple)
    return [
        {"by": "hana", "do": "arrive", "serial": "1"},
        {"by": "pia", "second": "paul", "do": "stm_ok", "expected": "text:1", "shown": "text:1", "seals_whole": True},
        {"by": "pia", "second": "paul", "do": "zeroize_local"},
        {"by": "Core", "do": "erase_done", "areas": lease["lease.erase_list"]},
        {"by": "Core", "do": "verify_ok", "read_back": lease["lease.erased"]},
        {"by": "Core", "do": "unbound"},
        {"by": "pia", "do": "baseline_ok", "firmware": firmware[0], **baseline},
        {"by": "pia", "do": "register", "organisation": "@contoso", "approved": True},
        {"by": "ada", "do": "set_place", "region": "r", "network": "n"},
        {"by": "ada", "do": "request_allocation"},
        {"by": "pia", "do": "allocate", "organisation": "@contoso", "region": "r", "network": "n"},
        {"by": "nils", "do": "mapped", "network": "n", "ssh_test_passed": True},
        {"by": "ada", "do": "claim", "credential_replaced": True, "owner_key": "text:owner"},
        {"by": "ada", "do": "init", "cloning_domain": "text:domain"},
        {"by": "pia", "do": "set_plan", "plan": "developer"},
        {"by": "ada", "do": "set_opt_ins", "lockbox": True, "previews": []},
        {"by": "ada", "do": "set_roster", "approvers": ["@bea", "@ben"]},
    ]


def _request(number: int, permission: Permission, scope: Scope) -> list[dict[str, Any]]:
    """What a policy does not ask for is refused, and changes nothing."""
    ticket, reason = f"T-{number}", "text:a fault"
    terms = {
        "subject": "device",
        "scope": scope,
        "permission": permission,
        "isolated_identity": True,
        "multi_factor": True,
        "standard_tools_failed": True,
        "customer_data": True,
        "justification": reason,
    }
    return [
        {"by": "una", "do": "open_ticket", "ticket": ticket, "troubleshot": True},
        {"by": permission, "do": "triage", "request": number},
        {"by": permission, "do": "request_access", "ticket": ticket, "terms": terms},
        {"by": "jit", "do": "evaluate", "request": number},
        {"by": "ina", "do": "approve_internally", "request": number},
        {"by": permission, "do": "ask_customer", "request": number},
        {"by": "bea", "do": "approve", "request": number, "reason": reason},
        {"by": "ben", "do": "approve", "request": number, "reason": reason},
    ]
