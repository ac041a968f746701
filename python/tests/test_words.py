"""The words that the package spells out are the core's."""

from __future__ import annotations

from string import Formatter
from uuid import UUID

import pytest

from strongroom import _native, words
from strongroom.phrases import PHRASES, duration, phrase
from strongroom.policies import POLICIES
from strongroom.rules import ROWS, RULES, rule
from strongroom.cli.timeline import ASKS

TERMS = {"subject", "scope", "permission"}
"""Parts of `terms` that a phrase may name."""

CONTOSO = "c0000000-0000-4000-8000-000000000001"
PEER = {"serial": "700023", "organisation": "@contoso", "state": "POOL_FREE"}


@pytest.mark.parametrize(("name", "values"), _native.words().items())
def test_enumerations_are_the_cores(name: str, values: list[str]) -> None:
    assert [str(member) for member in getattr(words, name)] == values


def test_no_enumeration_is_the_packages_own() -> None:
    """But for what no part of the core is: where a line of a replay's output comes from, and what a rule does."""
    own = {name for name, thing in vars(words).items() if isinstance(thing, type) and thing.__module__ == words.__name__}
    assert own - _native.words().keys() == {"Origin", "RuleKind"}
    assert {kind for _, _, _, kind, _ in _native.rules()} == set(words.RuleKind)


def test_every_action_has_a_phrase_about_its_own_arguments() -> None:
    verbs = {name: set(arguments) for _, name, arguments in _native.verbs()}
    assert PHRASES.keys() == verbs.keys()
    for name, template in PHRASES.items():
        places = {place for _, place, _, _ in Formatter().parse(template) if place}
        assert places <= verbs[name] | (TERMS if "terms" in verbs[name] else set()), name


def test_rules_are_found_by_name() -> None:
    assert [rule.code for rule in RULES] == sorted({rule.code for rule in RULES})
    assert all(rule(each.name) is each and each.rows and each.text for each in RULES)


def test_rows_know_the_rules_that_enforce_them() -> None:
    assert {"H-00", "L-74", "D-28"} <= ROWS.keys() and len(ROWS) == 83 + 75 + 28
    assert {(row.id, rule) for row in ROWS.values() for rule in row.rules} == {(id, rule) for rule in RULES for id in rule.rows}
    assert "NotOneself" in {rule.name for rule in ROWS["D-06"].rules} and ROWS["H-03"].information


def test_every_effect_is_told_in_words() -> None:
    assert ASKS.keys() == set(words.EffectKind)


def test_phrases_leave_out_what_nobody_reads() -> None:
    digest, nobody = "ab" * 32, "0" * 64
    assert phrase("deny", {"request": 2, "reason": digest}) == "denies request 2, with a reason"
    assert phrase("deny", {"request": 2, "reason": nobody}) == "denies request 2"
    assert phrase("approve", {"request": 2, "duration": 5400}) == "approves request 2, for 1 h 30 min"
    assert phrase("erase_done", {"areas": 0b111}) == "reports 3 areas erased"
    assert phrase("set_monitoring", {"allowed": False}) == "switches the provider's monitoring off"
    assert phrase("stm_ok", {"expected": digest, "seals_whole": False}) == "verifies secure transport mode, not seals whole"


@pytest.mark.parametrize(
    ("verb", "arguments", "told"),
    [
        ("register", {"organisation": "@contoso", "approved": True}, "registers the customer, organisation contoso, approved"),
        ("register", {"organisation": str(UUID(int=0)), "approved": False}, "closes the customer's account"),
        ("set_customer_id", {"id": "C_1"}, "hands out customer id C_1 for the vendor's portal"),
        ("set_policy", {"policy": POLICIES["m365"].digest}, "puts policy m365 in force"),
        ("set_policy", {"policy": "m365"}, "puts policy m365 in force"),
        ("set_policy", {"policy": "ab" * 32}, "puts an unknown policy in force"),
        ("set_opt_ins", {"lockbox": True, "previews": 1 << 8 | 1 << 9}, "switches the lockbox on, with the previews storage, sql database"),
        ("set_opt_ins", {"lockbox": False, "previews": 0}, "switches the lockbox off"),
        ("replacement_out", {"peer": PEER}, "states that device 700023 of contoso, said to be POOL_FREE, is handed out in place of this one"),
        (
            "allocate",
            {"organisation": "@fabrikam", "region": "r", "network": "n", "replaces": {**PEER, "organisation": CONTOSO}},
            "allocates the device in region r, network n, organisation fabrikam, in place of device 700023, said to be POOL_FREE",
        ),
        ("allocate", {"organisation": CONTOSO, "region": "r", "network": "n", "replaces": None}, "allocates the device in region r, network n"),
        ("set_inventory", {"parts": ["D1", "D_2"]}, "writes down the data-bearing parts D1, D_2"),
        ("parts_out", {"parts": [], "camera": "K_7"}, "takes out the data-bearing parts (none named), filmed under K_7"),
        ("shred", {"parts": ["D1"], "method": "mill", "place": "hall 2"}, "shreds the data-bearing parts D1 with mill at hall 2"),
        ("plan_swap", {"component": "power_supply"}, "asks what taking the power supply out would do"),
        ("recover_login", {"succeeded": False}, "tries to log in to the recovery account, and fails"),
        ("ha_join", {"cloning_domain": "ab" * 32, "peers": 1}, "adds the device to an HA group with 1 other member in service"),
        ("ha_peer_change", {"peers": 2}, "reports that the HA group changed, 2 other members in service"),
        ("ask_support", {"issue": "network_access", "ssh_test": False}, "asks who answers for network access, SSH test failed"),
        ("ask_support", {"issue": "firmware", "ssh_test": None}, "asks who answers for firmware"),
        ("fault_hard", {"code": 3, "soft": False}, "reports a hard fault, code 3"),
        ("claim", {"credential_replaced": True, "proof": 0}, "claims the device, credential replaced, with the proof of 1970-01-01 00:00:00 checked"),
        ("claim", {"proof": 2**64 - 1}, "claims the device, with the proof of 9999-12-31 23:59:59 checked"),
        ("deny", {"request": 2, "reason": "text:too late"}, "denies request 2, with the reason “too late”"),
        ("factory_reset", {"nonce": "challenge"}, "resets the device to factory state"),
        (
            "record_exclusion",
            {"kind": "break_glass", "subject": "vm_linux", "justification": "ab" * 32},
            "puts an access outside the lockbox on record: break glass, to vm linux",
        ),
        ("review_exclusion", {"exclusion": 4, "finding": "text:fine"}, "reviews access 4 outside the lockbox, finding “fine”"),
    ],
)
def test_arguments_read_well(verb: str, arguments: dict[str, object], told: str) -> None:
    assert phrase(verb, arguments) == told


def test_console_lines_name_their_command() -> None:
    show = _native.commands().index("hsm show")
    line = {"command": show, "arguments": "none", "line": "ab" * 32}
    assert phrase("console_line", line) == "types “hsm show” at the console"
    assert phrase("console_line", {**line, "arguments": "not_plain"}).endswith(", with arguments that are not plain")
    assert phrase("console_line", {**line, "command": 65_535}) == "types an unknown command at the console"
    assert len(_native.commands()) == 300


def test_durations_are_told_in_their_units() -> None:
    assert [duration(seconds) for seconds in (0, 59, 3600, 345_601)] == ["0 s", "59 s", "1 h", "4 d 1 s"]
