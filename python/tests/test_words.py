"""The words that the package spells out are the core's."""

from __future__ import annotations

from string import Formatter

import pytest

from strongroom import _native, words
from strongroom.phrases import PHRASES, duration, phrase
from strongroom.rules import RULES, rule

TERMS = {"subject", "scope", "permission"}
"""Parts of `terms` that a phrase may name."""


@pytest.mark.parametrize(("name", "values"), _native.words().items())
def test_enumerations_are_the_cores(name: str, values: list[str]) -> None:
    assert [str(member) for member in getattr(words, name)] == values


def test_every_action_has_a_phrase_about_its_own_arguments() -> None:
    verbs = {name: set(arguments) for _, name, arguments in _native.verbs()}
    assert PHRASES.keys() == verbs.keys()
    for name, template in PHRASES.items():
        places = {place for _, place, _, _ in Formatter().parse(template) if place}
        assert places <= verbs[name] | (TERMS if "terms" in verbs[name] else set()), name


def test_rules_are_found_by_name() -> None:
    assert [rule.code for rule in RULES] == sorted({rule.code for rule in RULES})
    assert all(rule(each.name) is each and each.rows and each.text for each in RULES)


def test_phrases_leave_out_what_nobody_reads() -> None:
    digest, nobody = "ab" * 32, "0" * 64
    assert phrase("deny", {"request": 2, "reason": digest}) == "denies request 2, with a reason"
    assert phrase("deny", {"request": 2, "reason": nobody}) == "denies request 2"
    assert phrase("approve", {"request": 2, "duration": 5400}) == "approves request 2, for 1 h 30 min"
    assert phrase("erase_done", {"areas": 0b111}) == "reports 3 areas erased"
    assert phrase("set_monitoring", {"allowed": False}) == "switches the provider's monitoring off"
    assert phrase("stm_ok", {"expected": digest, "seals_whole": False}) == "verifies secure transport mode, not seals whole"


def test_durations_are_told_in_their_units() -> None:
    assert [duration(seconds) for seconds in (0, 59, 3600, 345_601)] == ["0 s", "59 s", "1 h", "4 d 1 s"]
