"""What somebody might ask: arguments in the core's JSON, and the same for Python's methods.

The two are made apart from each other and from the package's own encoding, so that a method that passes something else
than it was given is noticed.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from strongroom import NOBODY, POLICIES, Commands, Party, Principal, Reading, Role, _native

PROVIDER, VENDOR, CUSTOMER, OTHER = (UUID(int=number) for number in (0xB0, 0xD0, 0xC0, 0xC1))
ORGANISATIONS = {Party.CUSTOMER: CUSTOMER, Party.PROVIDER: PROVIDER, Party.VENDOR: VENDOR}
VERBS = {name: tuple(arguments) for _, name, arguments in _native.verbs()}
HINTS = {
    verb: {name.rstrip("_"): hint for name, hint in typing.get_type_hints(getattr(Commands, verb)).items()} for verb in VERBS
}

NUMBERS = POLICIES["azure"].numbers
STRING, OTHER_STRING, DOMAIN, REASON, NONE = (bytes([byte] * 32).hex() for byte in (7, 8, 2, 5, 0))
PARTS = {"worst": "good", "seen": 6, "bad": 0}

Wire = dict[str, Any]


def person(role: Role, number: int) -> Principal:
    """The id does not name the role, so that one person can act in several."""
    return Principal(role) if role.party == "device" else Principal(role, ORGANISATIONS[role.party], UUID(int=number))


def wire_principal(who: Principal | None) -> Wire | None:
    return None if who is None else {"role": who.role.value, "organisation": str(who.organisation), "id": str(who.id)}


def python(hint: Any, wire: Any) -> Any:
    """The value of this type that the JSON stands for."""
    if isinstance(hint, types.UnionType):
        (hint,) = (each for each in typing.get_args(hint) if each is not types.NoneType)
    if wire is None:
        return None
    if typing.get_origin(hint) is not None:
        (inner,) = typing.get_args(hint)
        return tuple(python(inner, each) for each in wire)
    if hint is Reading:
        return Reading.from_json(wire)
    if is_dataclass(hint):
        hints, make = typing.get_type_hints(hint), typing.cast(Callable[..., object], hint)
        return make(**{name: python(hints[name], each) for name, each in wire.items()})
    convert: Mapping[Any, Callable[[Any], object]] = {
        UUID: UUID,
        bytes: bytes.fromhex,
        timedelta: lambda seconds: timedelta(seconds=seconds),
        datetime: lambda seconds: datetime.fromtimestamp(seconds, UTC),
    }
    return convert[hint](wire) if hint in convert else hint(wire)


def arguments(verb: str, wire: Wire) -> dict[str, Any]:
    """As the method takes them."""
    hints = typing.get_type_hints(getattr(Commands, verb))
    return {name if name in hints else f"{name}_": python(HINTS[verb][name], each) for name, each in wire.items()}


TERMS = {
    "subject": "device",
    "scope": "resource",
    "permission": "read",
    "justification": bytes([3] * 32).hex(),
    "isolated_identity": True,
    "multi_factor": False,
    "standard_tools_failed": True,
    "customer_data": True,
}
GOOD: Wire = {
    **dict.fromkeys(("expected", "shown"), STRING),
    **dict.fromkeys(("reason", "justification", "finding", "line"), REASON),
    **dict.fromkeys(("cloning_domain", "found", "ha_sync_ok.expected"), DOMAIN),
    "stm_mismatch.shown": OTHER_STRING,
    "owner_key": bytes([1] * 32).hex(),
    "serial": "700022",
    "firmware": "7.1.0",
    "ticket": "T-1",
    "id": "C-0001",
    "region": "japaneast",
    "network": "vnet",
    "organisation": str(CUSTOMER),
    "plan": "developer",
    "approvers": [str(UUID(int=number)) for number in (21, 22, 1)],
    "previews": ["storage"],
    "destroys": False,
    "policy": POLICIES["azure"].digest,
    "replaces": None,
    "proof": None,
    "class": "fan",
    "code": 30,
    "areas": NUMBERS["lease.erase_list"],
    "read_back": NUMBERS["lease.erased"],
    "parts": ["SSD-1", "CARD-1"],
    "camera": "C-1",
    "method": "shredder",
    "place": "hall 3",
    "reading": {"fans": PARTS, "service": "ISO"},
    "peer": {"serial": "700033", "organisation": str(CUSTOMER), "state": "OPERATIONAL"},
    "peers": 2,
    "component": "fan",
    "request": 1,
    "exclusion": 1,
    "effect": 1,
    "follows": None,
    "terms": TERMS,
    "duration": None,
    "kind": "break_glass",
    "subject": "vm_linux",
    "issue": "firmware",
    "ssh_test": None,
    "log": "tenant",
    "next": 0,
    "command": 0,
    "arguments": "none",
}


def good(verb: str, **known: Any) -> Wire:
    """Arguments that fit; what is not listed is a condition that holds."""
    return {name: known.get(name, GOOD.get(f"{verb}.{name}", GOOD.get(name, True))) for name in VERBS[verb]}


WHO: Mapping[Role, str] = {
    Role.POOL: "register set_plan set_customer_id set_policy stm_ok stm_mismatch baseline_ok zeroize_local allocate recheck"
    " detached give_up_local replacement_out set_inventory quarantine set_time",
    Role.HANDS: "arrive enter_maintenance exit_maintenance parts_out shred chassis_out plan_swap",
    Role.NET: "mapped alloc_fail",
    Role.ADMIN: "set_roster set_opt_ins set_tamper_bit set_monitoring set_vendor_registration set_place request_allocation claim"
    " abandon init zeroize factory_reset tamper_clear reinit deprovision soft_recover give_up ha_join ha_recover ha_leave"
    " ask_support revoke",
    Role.CORE: "erase_done erase_fail verify_ok verify_fail unbound boot login_failed login_succeeded poll_unanswered error_soft"
    " error_recovered ha_sync_start ha_sync_ok ha_sync_fail ha_peer_change recover_login",
    Role.SENSOR: "tamper tamper_cause_gone fault_hard zeroized_seen",
    Role.MONITOR: "read_health console_line",
    Role.USER: "open_ticket",
    Role.ENGINEER: "triage request_access ask_customer use_access end_access cancel record_exclusion console_line",
    Role.JIT_SERVICE: "evaluate",
    Role.INTERNAL_APPROVER: "approve_internally reject_internally review_exclusion",
    Role.APPROVER: "approve deny revoke",
    Role.AUDITOR: "acknowledge set_time",
    Role.ENFORCER: "confirm",
    Role.CLOCK: "tick",
}
ROLES = {verb: [role for role, verbs in WHO.items() if verb in verbs.split()] for verb in VERBS}
NUMBERED = {Role.POOL: 1, Role.ADMIN: 11, Role.APPROVER: 21, Role.INTERNAL_APPROVER: 31, Role.USER: 41, Role.AUDITOR: 90}
WITH_ANOTHER = frozenset(
    ["stm_ok", "stm_mismatch", "zeroize_local", "baseline_ok", "enter_maintenance", "exit_maintenance", "set_policy", "set_inventory", "give_up_local", "parts_out", "shred", "quarantine", "set_time"]
)
DEVICE = ["tamper", "fault_hard", "boot", "error_soft", "poll_unanswered", "read_health", "read_health", "console_line", "set_tamper_bit", "set_monitoring", "plan_swap"]
BESIDE = ["open_ticket", "request_access", "cancel", "record_exclusion", "review_exclusion"]
LIKELY: Mapping[str, str] = {
    "IN_TRANSIT": "arrive arrive arrive stm_ok",
    "RECEIVED": "stm_ok stm_ok stm_ok stm_mismatch",
    "POOL_CONFIG": "zeroize_local baseline_ok baseline_ok set_inventory enter_maintenance register",
    "POOL_FREE": "allocate allocate allocate recheck register set_plan set_place request_allocation set_roster set_opt_ins",
    "ALLOCATING": "mapped mapped mapped alloc_fail",
    "TENANT_UNCLAIMED": "claim claim claim abandon",
    "OWNED_UNINIT": "init init init zeroize",
    "OPERATIONAL": "ha_join ha_sync_start ha_sync_ok ha_sync_fail ha_peer_change ha_recover ha_leave login_failed login_failed"
    " login_succeeded error_recovered zeroize factory_reset ask_support set_inventory",
    "TAMPER_LATCHED": "tamper_cause_gone tamper_clear tamper_clear zeroize",
    "ZEROIZING": "erase_done erase_done zeroized_seen erase_fail verify_fail",
    "ZEROIZED_UNVERIFIED": "verify_ok verify_ok zeroized_seen zeroized_seen verify_fail erase_fail",
    "ZEROIZED": "reinit deprovision deprovision unbound",
    "DEPROVISIONING": "detached detached unbound",
    "MAINTENANCE": "exit_maintenance exit_maintenance boot",
    "FAILED": "soft_recover soft_recover zeroize give_up replacement_out give_up_local zeroize_local tamper",
    "QUARANTINED": "parts_out parts_out set_inventory",
    "PARTS_REMOVED": "shred",
    "PARTS_DESTROYED": "chassis_out",
}
LOCKBOX: Mapping[str | None, str] = {
    None: "open_ticket",
    "Ticketed": "triage",
    "Triaged": "request_access",
    "JitSubmitted": "evaluate",
    "InternalApproval": "approve_internally approve_internally reject_internally",
    "JitPassed": "ask_customer",
    "CustomerNotified": "approve approve approve deny",
    "Approved": "use_access console_line revoke end_access",
}


def typed(verb: str, name: str) -> st.SearchStrategy[Any]:
    """Anything of the argument's type, in JSON."""
    return _of(HINTS[verb][name])


def _of(hint: Any) -> st.SearchStrategy[Any]:
    if isinstance(hint, types.UnionType):
        (inner,) = (each for each in typing.get_args(hint) if each is not types.NoneType)
        return st.none() | _of(inner)
    if typing.get_origin(hint) is not None:
        (inner,) = typing.get_args(hint)
        return st.lists(_of(inner), min_size=1, max_size=3, unique=True)
    if hint is Reading:
        return READINGS
    if is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return st.fixed_dictionaries({name: _of(each) for name, each in hints.items()}).map(_without_nothing)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from([each.value for each in hint])
    return PLAIN[hint]


def _without_nothing(wire: Wire) -> Wire:
    return {name: each for name, each in wire.items() if each is not None}


_level = st.sampled_from(["unread", "good", "warning", "critical"])
_parts: st.SearchStrategy[Wire] = st.fixed_dictionaries({"worst": _level, "seen": st.just(6), "bad": st.integers(0, 6)})
_said = st.sampled_from([True, False, None])
READINGS: st.SearchStrategy[Wire] = st.fixed_dictionaries(
    {},
    optional={
        "fans": _parts,
        "batteries": _parts,
        "service": st.sampled_from(["ISO", "IST", "OFL", "OOS", None]),
        "tampered": _said,
        "chassis_open": _said,
        "zeroized": _said,
    },
)
PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    # The first ones are requests, effects and exclusions; all areas; and what is a number at all.
    int: st.integers(0, 8) | st.sampled_from([127, 126, 255]),
    str: st.sampled_from(["700022", "700033", "japaneast", "vnet", "T-1", "T-2", "T-3", "7.1.0", "6.0.0", "SSD-1", "A b-c_9.9", ""]),
    bytes: st.sampled_from([STRING, OTHER_STRING, DOMAIN, NONE, *(policy.digest for policy in POLICIES.values())]),
    UUID: st.sampled_from([str(each) for each in (CUSTOMER, OTHER, PROVIDER, NOBODY, UUID(int=1), UUID(int=21))]),
    timedelta: st.sampled_from([0, 300, 7_200, 28_800, 80_000, (1 << 32) - 1]),
    datetime: st.integers(1_000_000, 1_100_000),
}


@st.composite
def people(draw: st.DrawFn, verb: str) -> tuple[Principal, Principal | None]:
    """Who asks, and a second person: often who may, sometimes anybody, now and then a stranger or nobody."""
    role = draw(st.sampled_from(ROLES[verb]) | st.sampled_from(Role), label="role")
    by = person(role, draw(st.sampled_from([NUMBERED.get(role, 1), 1, 2, 11, 21, 22, 31, 41]), label="person"))
    other = Principal(by.role, by.organisation, UUID(int=77))
    strangers = [Principal(role, OTHER, by.id), Principal(role, by.organisation, NOBODY), Principal(role, NOBODY, by.id)]
    by = draw(st.sampled_from([*[by] * 15, *strangers]), label="by")
    anybody = person(draw(st.sampled_from(Role), label="second's role"), 78)
    return by, draw(st.sampled_from([None, other, None, other, None, by, anybody]), label="second")


def times(last: int, deadline: int | None) -> st.SearchStrategy[int | None]:
    soon = st.integers(last, last + 60)
    long = st.sampled_from([300, 600, 3_600, 8 * 3_600, 86_400, 4 * 86_400, 90 * 86_400]).map(lambda span: last + span)
    around = st.sampled_from([-1, 0, 1]).map(lambda off: max(last, (deadline or last) + off))
    odd = st.sampled_from([None, last - 1, last - 100_000])
    return st.one_of(*[soon] * 12, long, around, around, odd)
