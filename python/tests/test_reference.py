"""What the command looks up: rules and rows, routes of support, policies."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Run

from strongroom import POLICIES, ROUTES, ROWS, RULES, Contact, Issue, Party, Reach
from strongroom.cli.reference import shown


def told(run: Run, *arguments: str) -> str:
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode()


def lines(run: Run, *arguments: str) -> list[Any]:
    return [json.loads(line) for line in told(run, *arguments, "--json").splitlines()]


def test_rules_are_lines_of_json(run: Run) -> None:
    listed = lines(run, "rules")
    assert [(each["code"], each["name"]) for each in listed] == [(rule.code, rule.name) for rule in RULES]
    assert listed[0] == {
        "code": 1, "name": "T01", "text": "the device arrives at the data centre", "kind": "grants", "rows": ["H-42", "D-27"],
    }


def test_a_row_has_its_rules_or_says_where_it_stands(run: Run) -> None:
    enforced = told(run, "rules", "--row", "h-65")
    assert enforced.startswith("H-65  the customer zeroizes at the end of use\n")
    assert enforced.count("\n") == 1 + len(ROWS["H-65"].rules) and " T30 " in enforced
    assert told(run, "rules", "--row", "H-03").endswith("no rule enforces it; see docs/BACKGROUND.md: Scope\n")
    (row,) = lines(run, "rules", "--row", "H-03")
    assert (row["id"], row["rules"], row["information"]) == ("H-03", [], "docs/BACKGROUND.md: Scope")


def test_every_issue_has_a_route_and_the_provider_stays_engaged(run: Run) -> None:
    assert set(ROUTES) == set(Issue)
    assert {route.engaged for route in ROUTES.values()} == {Party.PROVIDER}
    listed = told(run, "route").splitlines()[1:]
    assert [line.split()[:2] for line in listed] == [[route.issue, route.party] for route in ROUTES.values()]
    assert [each["issue"] for each in lines(run, "route")] == list(Issue)


def test_a_route_says_what_must_hold_before_and_what_the_party_may_do(run: Run) -> None:
    route = ROUTES[Issue.FIRMWARE]
    assert (route.party, route.contact, route.supports, route.reach) == (
        Party.CUSTOMER, Contact.VENDOR_PORTAL, Party.VENDOR, Reach.ADMINISTERS,
    )
    text = told(run, "route", "firmware")
    for line in ("who answers       customer", "whom to call      vendor portal", "who else helps    vendor", "stays engaged     provider [H-24]"):
        assert f"  {line}\n" in text
    for need in route.needs:
        assert f"{need.name}: “{need.text[:30]}" in text
    assert "rule              RouteFirmware: “" in text
    (line,) = lines(run, "route", "network-access")
    assert (line["issue"], [need["name"] for need in line["needs"]]) == ("network_access", ["SshTestFirst"])


def test_an_unknown_name_is_told_with_the_nearest(run: Run) -> None:
    for arguments, message in (
        (["route", "firmwear"], 'unknown issue "firmwear"; did you mean "firmware"?'),
        (["rules", "--row", "H-650"], 'unknown row "H-650"; did you mean "H-65"?'),
        (["policy", "show", "azur"], 'unknown policy "azur"; did you mean "azure"?'),
        (["route", "\x1b"], 'unknown issue "'),
    ):
        result = run(*arguments)
        assert (result.returncode, result.stdout) == (2, b"")
        assert message in result.stderr.decode()


def test_policies_show_their_numbers(run: Run) -> None:
    assert [line.split()[:3] for line in told(run, "policy", "show").splitlines()] == [
        [policy.name, "version", str(policy.version)] for policy in POLICIES.values()
    ]
    azure = told(run, "policy", "show", "azure")
    assert POLICIES["azure"].digest in azure.splitlines()[0]
    for path, value in (("lockbox.decide_within", "4 d"), ("lease.claim_within", "off"), ("lease.erase_list", "7 areas"), ("lockbox.opt_in_needed", "no")):
        assert f"  {path:<33}{value}\n" in azure
    (m365,) = lines(run, "policy", "show", "m365")
    assert (m365["version"], m365["numbers"]["lockbox.decide_within"]) == (3, 43_200)
    assert "teams" in m365["numbers"]["catalogue.general"]


def test_sets_are_names_and_lengths_of_time_are_in_their_units() -> None:
    for policy in POLICIES.values():
        numbers = policy.numbers
        assert all(isinstance(value, tuple) for path, value in numbers.items() if path.startswith("console."))
        assert "status sensors" in numbers["console.monitor"]  # type: ignore[operator]
        assert numbers["lease.firmware"] == ("7.1.0", "7.0.1")
        # What is not a length of time is small; a length of time shown as a bare number would be seconds.
        bare = {path: value for path, value in numbers.items() if type(value) is int and shown(path, value) == str(value)}
        assert all(value < 60 for value in bare.values()), bare


def test_a_difference_is_told_path_by_path(run: Run) -> None:
    changes = POLICIES["azure"].differences(POLICIES["m365"])
    assert changes["lockbox.decide_within"] == (345_600, 43_200)
    text = told(run, "policy", "diff", "azure", "m365")
    assert f"  {'lockbox.decide_within':<33}4 d → 12 h\n" in text
    assert f"  {'catalogue.general':<33}+ exchange, share_point, one_drive, teams\n" in text
    assert text.count("\n") == 2 + len(changes)
    back = told(run, "policy", "diff", "m365", "azure")
    assert f"  {'catalogue.general':<33}- exchange, share_point, one_drive, teams\n" in back
    assert f"  {'lockbox.access_maximum':<33}8 h → no limit\n" in told(run, "policy", "diff", "azure", "azure-2024")
    assert told(run, "policy", "diff", "azure", "azure").endswith("no number differs\n")


def test_a_table_is_not_to_be_changed() -> None:
    with pytest.raises(TypeError):
        POLICIES["azure"].numbers["health.alert"] = 1  # type: ignore[index]
    with pytest.raises(TypeError):
        ROUTES[Issue.FIRMWARE] = ROUTES[Issue.HARDWARE]  # type: ignore[index]
