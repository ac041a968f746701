"""What somebody does, as the rest of a sentence that begins with their name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

PHRASES: Mapping[str, str] = {
    "register": "registers the customer",
    "set_plan": "sets the support plan to {plan}",
    "set_roster": "writes the roster of approvers, {approvers} in all",
    "set_opt_ins": "switches the lockbox {lockbox}",
    "set_tamper_bit": "switches destruction at any tamper {destroys}",
    "set_monitoring": "switches the provider's monitoring {allowed}",
    "set_vendor_registration": "notes the registration with the vendor",
    "set_place": "names region {region} and network {network}",
    "request_allocation": "asks for a device",
    "arrive": "takes in device {serial}",
    "stm_ok": "verifies secure transport mode",
    "stm_mismatch": "reports that secure transport mode does not match",
    "baseline_ok": "reports the device prepared with firmware {firmware}",
    "enter_maintenance": "begins maintenance under ticket {ticket}",
    "exit_maintenance": "ends the maintenance",
    "zeroize_local": "zeroizes the device, which has no tenant",
    "allocate": "allocates the device in region {region}, network {network}",
    "recheck": "takes the device back for another check",
    "mapped": "maps the device into network {network}",
    "alloc_fail": "reports that the mapping failed",
    "claim": "claims the device",
    "abandon": "gives the unclaimed device back",
    "init": "initializes the HSM",
    "zeroize": "zeroizes the device",
    "factory_reset": "resets the device to factory state",
    "login_failed": "failed to log in as security officer",
    "login_succeeded": "logged in as security officer",
    "tamper": "reports a tamper: {class}",
    "fault_hard": "reports a hard fault, code {code}",
    "tamper_clear": "clears the tamper",
    "erase_done": "reports {areas} areas erased",
    "erase_fail": "reports that the erasure failed",
    "verify_ok": "reports that everything reads back erased",
    "verify_fail": "reports that something reads back different",
    "reinit": "begins anew on the zeroized device",
    "deprovision": "asks to give the device back",
    "unbound": "reports that the zeroized device has no tenant",
    "detached": "detaches the device from the lease",
    "soft_recover": "recovers the failed device",
    "give_up": "gives the failed device up",
    "give_up_local": "gives up the device, which has no tenant",
    "parts_out": "takes the data-bearing parts out",
    "shred": "shreds the data-bearing parts",
    "chassis_out": "sends the empty chassis away",
    "quarantine": "quarantines the device",
    "zeroized_seen": "sees the device zeroized",
    "boot": "boots",
    "tamper_cause_gone": "sees the cause of the tamper gone: {class}",
    "read_health": "reads the device's health",
    "open_ticket": "opens ticket {ticket}",
    "triage": "reviews the ticket of request {request}",
    "request_access": "requests {permission} access to {subject}, scope {scope}, under ticket {ticket}",
    "evaluate": "evaluates request {request}",
    "approve_internally": "approves request {request} inside the provider",
    "reject_internally": "rejects request {request} inside the provider",
    "ask_customer": "asks the customer about request {request}",
    "approve": "approves request {request}",
    "deny": "denies request {request}",
    "use_access": "uses the access of request {request}",
    "revoke": "revokes the access of request {request}",
    "end_access": "ends the access of request {request}",
    "cancel": "withdraws request {request}",
    "acknowledge": "acknowledges the {log} log up to record {next}",
    "confirm": "confirms effect {effect}",
    "tick": "lets time pass",
    "set_time": "sets the time",
}
"""A phrase for each action; what stands in braces are arguments."""

_OPAQUE = re.compile(r"[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Digests and ids: exact, and nothing that a person reads."""


def phrase(verb: str, arguments: Mapping[str, Any]) -> str:
    """The verb with its arguments, those in braces in place and the others after it."""
    template = PHRASES.get(verb, verb.replace("_", " "))
    if verb == "read_health":
        return f"{template}: {_reading(arguments['reading'])}"
    flat = dict(_flat(arguments))
    head = template.format_map({key: _value(key, value) for key, value in flat.items()})
    rest = (_after(key, value) for key, value in flat.items() if f"{{{key}}}" not in template)
    return ", ".join([head, *filter(None, rest)])


def _flat(arguments: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in arguments.items():
        if isinstance(value, Mapping):
            yield from _flat(value)
        else:
            yield key, value


def _value(key: str, value: object) -> str:
    """An argument where the template has a place for it."""
    match value:
        case bool():
            return "on" if value else "off"
        case int() if key == "areas":
            return str(value.bit_count())
        case list():
            return str(len(value))
        case str() if key not in ("ticket", "serial", "region", "network", "firmware"):
            return value.replace("_", " ")
    return str(value)


def _after(key: str, value: object) -> str | None:
    """An argument that the template has no place for; nothing where a person would learn nothing."""
    words = key.replace("_", " ")
    match key, value:
        case _, None | "" | []:
            return None
        case _, bool():
            return words if value else f"not {words}"
        case "reason", str():
            return "with a reason" if value.strip("0") else None
        case "duration", int():
            return f"for {duration(value)}"
        case "follows", int():
            return f"after request {value}"
        case _, str() if _OPAQUE.fullmatch(value):
            return None
    return f"{words} {_value(key, value)}"


def _reading(reading: Mapping[str, Any]) -> str:
    """What a reading mentions, the parts that are not good first."""
    bad: list[str] = []
    good: list[str] = []
    said: list[str] = []
    for key, value in reading.items():
        words = key.replace("_", " ")
        match value:
            case {"worst": "unread"} | None:
                continue
            case {"worst": "good"}:
                good.append(words)
            case {"worst": worst, "seen": seen, "bad": count}:
                bad.append(f"{words} {worst} ({count} of {seen})" if count else f"{words} {worst}")
            case bool():
                said.append(words if value else f"not {words}")
            case list():
                if any(value):
                    said.append(f"{words} {', '.join(str(code) for code in value if code)}")
            case _:
                said.append(f"{words} {_value(key, value)}")
    if good:
        good = [f"{', '.join(good)} good"]
    return "; ".join(bad + good + said) or "nothing said"


def duration(seconds: int) -> str:
    """A length of time in the largest units that fit it."""
    parts = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts) or "0 s"
