"""What somebody does, as the rest of a sentence that begins with their name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from . import _native
from .plain import Json
from .policies import POLICIES

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
    "set_customer_id": "hands out customer id {id} for the vendor's portal",
    "set_policy": "puts {policy} in force",
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
    "parts_out": "takes out the data-bearing parts {parts}, filmed under {camera}",
    "shred": "shreds the data-bearing parts {parts} with {method} at {place}",
    "chassis_out": "sends the empty chassis away",
    "quarantine": "quarantines the device",
    "zeroized_seen": "sees the device zeroized",
    "boot": "boots",
    "tamper_cause_gone": "sees the cause of the tamper gone: {class}",
    "read_health": "reads the device's health",
    "set_inventory": "writes down the data-bearing parts {parts}",
    "poll_unanswered": "reports a poll without an answer",
    "error_soft": "reports a recoverable error",
    "error_recovered": "reports the error over",
    "replacement_out": "states that {peer}, is handed out in place of this one",
    "ha_join": "adds the device to an HA group with {peers} in service",
    "ha_sync_start": "begins synchronization with the HA group",
    "ha_sync_ok": "reports synchronization done, {peers} in service",
    "ha_sync_fail": "reports that synchronization failed",
    "ha_peer_change": "reports that the HA group changed, {peers} in service",
    "ha_recover": "asks for synchronization with the HA group",
    "ha_leave": "takes the device out of its HA group",
    "plan_swap": "asks what taking the {component} out would do",
    "recover_login": "tries to log in to the recovery account",
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
    "record_exclusion": "puts an access outside the lockbox on record: {kind}, to {subject}",
    "review_exclusion": "reviews access {exclusion} outside the lockbox",
    "ask_support": "asks who answers for {issue}",
    "acknowledge": "acknowledges the {log} log up to record {next}",
    "confirm": "confirms effect {effect}",
    "tick": "lets time pass",
    "set_time": "sets the time",
    "console_line": "types {command} at the console",
}
"""A phrase for each action; what stands in braces are arguments."""

_COMMANDS: tuple[str, ...] = tuple(_native.commands())
"""The commands of the device's shell, by their numbers."""

_POLICY_NAMES = {policy.digest: policy.name for policy in POLICIES.values()}

_STATEMENTS = ("peer", "replaces")
"""What is said of another device; told in one piece."""

_LABELS = ("ticket", "serial", "region", "network", "firmware", "camera", "method", "place", "id")
"""Somebody's own words, told to the letter."""

_SAID: Mapping[tuple[str, bool], str | None] = {
    ("succeeded", True): "and succeeds",
    ("succeeded", False): "and fails",
    ("soft", True): "classed soft",
    ("soft", False): None,
    ("ssh_test", True): "SSH test passed",
    ("ssh_test", False): "SSH test failed",
}
"""Yes and no, where the argument's name alone does not read well."""

_OPAQUE = re.compile(r"[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Digests and ids: exact, and nothing that a person reads."""

_LAST_SECOND = 253_402_300_799
"""The end of the year 9999, after which Python has no dates."""


def phrase(verb: str, arguments: Mapping[str, Any]) -> str:
    """The verb with its arguments, those in braces in place and the others after it."""
    template = PHRASES.get(verb, verb.replace("_", " "))
    if verb == "read_health":
        return f"{template}: {_reading(arguments['reading'])}"
    if verb == "register" and not arguments["organisation"].strip("0-"):
        return "closes the customer's account"
    flat = dict(_flat(arguments))
    head = template.format_map({key: _value(key, value) for key, value in flat.items()})
    rest = (_after(key, value) for key, value in flat.items() if f"{{{key}}}" not in template)
    return ", ".join([head, *filter(None, rest)])


def _flat(arguments: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    for key, value in arguments.items():
        if isinstance(value, Mapping) and key not in _STATEMENTS:
            yield from _flat(value)
        else:
            yield key, value


def _value(key: str, value: Json) -> str:
    """An argument where the template has a place for it."""
    match key, value:
        case _, bool():
            return "on" if value else "off"
        case "areas", int():
            return str(value.bit_count())
        case "peers", int():
            return "1 other member" if value == 1 else f"{value} other members"
        case "command", int():
            return f"“{_COMMANDS[value]}”" if value < len(_COMMANDS) else "an unknown command"
        case "policy", str():
            name = _POLICY_NAMES.get(value, value)
            return f"policy {name}" if name in POLICIES else "an unknown policy"
        case "parts", list():
            return ", ".join(map(str, value)) or "(none named)"
        case _, list():
            return str(len(value))
        case _, Mapping():
            return _statement(value)
        case _, str() if value.startswith("text:"):
            return f"“{value.removeprefix('text:')}”"
        case "organisation", str():
            return value.removeprefix("@")
        case _, str() if key not in _LABELS:
            return value.replace("_", " ")
        case _:
            return str(value)


def _after(key: str, value: Json) -> str | None:
    """An argument that the template has no place for; nothing where a person would learn nothing."""
    words = key.replace("_", " ").replace("ssh", "SSH")
    match key, value:
        case _, None | "" | []:
            return None
        case "nonce", _:
            return None
        case _, bool() if (key, value) in _SAID:
            return _SAID[key, value]
        case _, bool():
            return words if value else f"not {words}"
        case "reason", str() if not value.startswith("text:"):
            return "with a reason" if value.strip("0") else None
        case "reason", str():
            return f"with the reason {_value(key, value)}"
        case "duration", int():
            return f"for {duration(value)}"
        case "follows", int():
            return f"after request {value}"
        case "previews", int():
            names = [name.replace("_", " ") for bit, name in enumerate(_native.subjects()) if value >> bit & 1]
            return f"with the previews {', '.join(names)}" if names else None
        case "proof", int():
            at = datetime.fromtimestamp(min(value, _LAST_SECOND), UTC)
            return f"with the proof of {at:%Y-%m-%d %H:%M:%S} checked"
        case "replaces", Mapping():
            return f"in place of {_statement(value)}"
        case "arguments", "none":
            return None
        case "arguments", str():
            return "with arguments" if value == "plain" else "with arguments that are not plain"
        case _, str() if _OPAQUE.fullmatch(value):
            return None
        case _:
            return f"{words} {_value(key, value)}"


def _statement(said: Mapping[str, Any]) -> str:
    """What is said of another device."""
    whose = said["organisation"]
    owner = "" if _OPAQUE.fullmatch(whose) else f" of {_value('organisation', whose)}"
    return f"device {said['serial']}{owner}, said to be {said['state']}"


def _reading(reading: Mapping[str, Json]) -> str:
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
    parts: list[str] = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts) or "0 s"
