"""What an operator does every day, through real processes: the life of a request, from ticket to revocation."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bench_operator import BECAUSE, PEOPLE, Bench, made, pending, principal

from strongroom import LogName
from strongroom.cli.operate import who
from strongroom.directory import Directory
from strongroom.cases import CaseFile, text_digest

ASK = ["--subject", "vm-linux", "--scope", "resource", "--permission", "read"]
FACTS = ["--multi-factor", "--standard-tools-failed", "--customer-data"]


@pytest.fixture(name="bench")
def _bench(tmp_path: Path) -> Bench:
    return made(tmp_path)


def test_a_request_lives_from_its_ticket_to_its_revocation(bench: Bench) -> None:
    bench.processes = True
    bench.ok("uma", "ticket", "open", "SR-100", "--text", "The VM does not boot.", "--severity", "B", "--troubleshot")
    bench.ok("erik", "lease", "triage", 1)
    bench.ok("erik", "request", "SR-100", *ASK, "--justification", BECAUSE, *FACTS, "--duration", "4h")
    bench.ok("jit", "lease", "evaluate", 1)
    bench.ok("erik", "lease", "ask-customer", 1)
    waiting = bench.ok("anna", "pending")
    assert "erik asks for read access to vm_linux, scope resource for 4 h" in waiting and "3 d 23 h left" in waiting
    approved = bench.ok("anna", "approve", 1, "--duration", "2h", "--reason", "Only for the disk.")
    assert "allowed by ShortenedByApprover" in approved and "access until" in approved and "1 h 59 min left" in approved
    assert "to be done: open access (request 1); then: strongroom lease confirm 2" in approved
    bench.ok("gate", "lease", "confirm", 2)
    revoked = bench.json("ada", "revoke", 1, "--reason", "Enough.")
    assert (revoked["ok"], revoked["role"], revoked["status"]) == (True, "Admin", "Revoking")
    (close,) = revoked["effects"]
    assert bench.json("gate", "lease", "confirm", close["number"])["status"] == "Revoked"
    told = bench.json("uma", "show", 1)
    assert [step["action"] for step in told["life"]] == [
        "open_ticket",
        "triage",
        "request_access",
        "evaluate",
        "Create Lockbox Request",
        "Approve Lockbox Request",
        "revoke",
        "confirm",
    ]
    assert [step["by"] for step in told["life"]] == ["uma", "erik", "erik", "jit", "erik", "anna", "ada", None]
    assert told["life"][5]["texts"] == {"reason": {"text": "Only for the disk.", "matches": True}}
    assert told["reason"] == {"text": BECAUSE, "matches": True}


def test_show_has_details_reason_ticket_and_history(bench: Bench) -> None:
    pending(bench)
    note = bench.folder / "note.txt"
    note.write_text("The console\nshows nothing.\n")
    bench.ok("erik", "ticket", "note", "SR-100", "--text", "@note.txt")
    told = bench.ok("anna", "show", 1)
    for words in (
        "Request 1, ticket SR-100",
        "asked by   erik (Engineer of north)",
        "4 h asked for, at most 4 h",
        "with multi-factor authentication",
        "decided by 1 of ada, anna",
        BECAUSE,
        "uma, severity B",
        "The VM does not boot.",
        "  The console\n  shows nothing.\n",
        "JitPassed → CustomerNotified, accepted by CustomerAsked",
    ):
        assert words in told, (words, told)
    assert "does not match" not in told
    ticket = bench.json("anna", "ticket", "show", "SR-100")
    assert [(note["by"], note["severity"]) for note in ticket["history"]] == [("uma", "B"), ("erik", None)]


def test_a_text_that_was_changed_is_said_to_be_so(bench: Bench) -> None:
    pending(bench)
    bench.cases.write_text(bench.cases.read_text().replace("boot loader", "whole disk"))
    told = bench.ok("anna", "show", 1)
    assert "whole disk" in told and "does not match the digest" in told
    assert bench.json("anna", "show", 1)["reason"]["matches"] is False
    bench.cases.unlink()
    assert f"it has the SHA-256 {text_digest(BECAUSE).hex()}" in " ".join(bench.ok("anna", "show", 1).split())


def test_a_line_that_was_torn_is_named_and_nothing_else_is_lost(bench: Bench) -> None:
    pending(bench)
    with bench.cases.open("ab") as file:
        file.write(b'{"at": "2026-01-05T09:00')
    bench.ok("erik", "ticket", "note", "SR-100", "--text", "After the cut.")
    told = bench.ok("anna", "show", 1)
    assert "cannot be read in line 3; it was torn or changed" in told and "After the cut." in told and BECAUSE in told


def test_a_refusal_ends_with_4_and_names_its_rule(bench: Bench) -> None:
    pending(bench)
    for name, arguments, rule in (
        ("erik", ["approve", 1], "RoleMayNot"),
        ("anna", ["deny", 1], "ReasonGiven"),
        ("anna", ["approve", 7], "RequestKnown"),
        ("anna", ["revoke", 1, "--reason", "No."], "StatusAllows"),
    ):
        done = bench.inside(name, *arguments)
        assert done.exit_code == 4 and f"refused by {rule}" in done.stdout, done.output
    told = bench.json("anna", "deny", 1)
    assert (told["ok"], told["rule"]["name"], told["rule"]["rows"], told["status"]) == (False, "ReasonGiven", ["D-08"], "CustomerNotified")


def test_a_refusal_for_its_role_names_who_may(bench: Bench) -> None:
    pending(bench)
    assert "  who may: ada (Approver), anna (Approver)\n" in bench.inside("erik", "approve", 1).stdout
    told = bench.inside("pia", "lease", "confirm", 1).stdout
    assert "refused by RoleMayNot" in told and "who may: " in told and "gate (Enforcer)" in told, told
    assert "who may" not in bench.inside("anna", "deny", 1).stdout


def test_explain_takes_the_same_and_nothing_happens(bench: Bench) -> None:
    pending(bench)
    before = bench.journal.read_bytes()
    told = bench.ok("anna", "explain", "approve", 1, "--duration", "2h")
    assert "decided by ShortenedByApprover; nothing happened" in told
    lines = [line for line in told.splitlines() if line.lstrip().startswith(("✓", "✗"))]
    assert [line.split()[1] for line in lines][:4] == ["PolicyIsCurrent:", "PrincipalNamed:", "OrganisationMatches:", "RoleMayNot:"]
    assert bench.run("erik", "explain", "approve", 1).returncode == 4
    told = bench.json("erik", "explain", "approve", 1)
    assert (told["ok"], told["rule"]["name"], told["consulted"][-1]) == (False, "RoleMayNot", {"rule": "RoleMayNot", "held": False})
    assert bench.journal.read_bytes() == before


def test_deadlines_that_are_over_become_steps_before_each_command(tmp_path: Path) -> None:
    past = datetime.now(UTC) - timedelta(days=5)
    bench = made(tmp_path, at=past)
    pending(bench, past)
    done = bench.run("anna", "approve", 1)
    assert done.returncode == 4
    assert "time passed: request 1 is Expired now: RequestExpired" in " ".join(done.stdout.split())
    assert "refused by StatusAllows" in done.stdout
    assert "no request waits" in bench.ok("anna", "pending")
    assert bench.json("anna", "show", 1)["life"][-2]["action"] == "Lockbox Request Expiry"


def test_what_is_asked_for_again_is_no_new_status(tmp_path: Path) -> None:
    past = datetime.now(UTC) - timedelta(minutes=2)
    bench = made(tmp_path, at=past)
    pending(bench, past)
    told = " ".join(bench.ok("anna", "status").split())
    assert "time passed: request 1: EffectRetried:" in told, told


def test_one_approver_decides_alone(bench: Bench) -> None:
    bench.ok("ada", "lease", "set-roster", "--approvers", "anna")
    pending(bench)
    assert "decided by anna\n" in bench.ok("anna", "show", 1)


def test_a_length_of_time_has_its_units(bench: Bench) -> None:
    told = bench.ok("anna", "approve", "--help")
    assert "A shorter duration (D-02)." in told and "seconds (D-02)" not in told


def test_status_is_one_glance(bench: Bench) -> None:
    pending(bench)
    told = bench.ok("mona", "status")
    for words in ("device 700022, north, firmware, policy azure", "IN_TRANSIT", "contoso, plan developer, approvers: ada, anna"):
        assert words in told, told
    assert "1 CustomerNotified SR-100, erik to vm_linux, read" in told and "1 tell the approvers (request 1)" in told
    plain = bench.json("mona", "status")
    assert (plain["customer"], plain["requests"][0]["requester"], plain["journal"]["found"]) == ("contoso", "erik", "restored")
    assert plain["logs"]["tenant"]["size"] == 7
    assert "\x1b" not in told


def test_an_access_outside_the_lockbox_is_shown_with_its_reason(bench: Bench) -> None:
    bench.ok("erik", "lease", "record-exclusion", "--kind", "break-glass", "--subject", "storage", "--justification", "The region was down.")
    told = bench.ok("anna", "show", 1)
    assert "Access 1 outside the lockbox" in told and "The region was down." in told and "until" in told
    bench.ok("ilse", "lease", "review-exclusion", 1, "--finding", "It was as said.")
    told = bench.ok("anna", "show", 1)
    assert "reviewed" in told and "It was as said." in told
    assert bench.json("anna", "show", 1)["outside"] is True


def test_two_persons_act_one_after_the_other(bench: Bench) -> None:
    bench.processes = True
    bench.journal.unlink()
    with bench.room():
        pass
    bench.journal.chmod(0o600)
    alone = bench.run("pia", "lease", "set-policy", "--policy", "m365")
    assert alone.returncode == 4 and "say it again with --propose" in alone.stdout
    assert "strongroom second 1" in bench.ok("pia", "lease", "set-policy", "--policy", "m365", "--propose")
    assert "puts policy m365 in force" in bench.ok("piet", "second")
    assert "proposed  1 pia puts policy m365 in force (59 min left): strongroom second 1" in bench.ok("piet", "status")
    assert [(each["number"], each["verb"]) for each in bench.json("piet", "status")["proposals"]] == [(1, "set_policy")]
    own = bench.run("pia", "second", 1)
    assert own.returncode == 1 and "you proposed 1 yourself" in own.stderr
    assert "pia with piet (Pool, provider) puts policy m365 in force" in bench.ok("piet", "second", 1)
    assert "proposed" not in bench.ok("piet", "status")
    told = bench.json("piet", "status")
    assert (told["policy"], told["proposals"]) == ("m365", [])
    again = bench.run("piet", "second", 1)
    assert again.returncode == 1 and "taken up already" in again.stderr
    assert "nothing is proposed under 9" in bench.run("piet", "second", 9).stderr


def test_a_proposal_waits_an_hour_and_no_longer(bench: Bench) -> None:
    bench.ok("pia", "lease", "set-policy", "--policy", "m365", "--propose")
    entry = json.loads(bench.cases.read_text())
    entry["at"] = (datetime.now(UTC) - timedelta(minutes=61)).isoformat()
    bench.cases.write_text(json.dumps(entry) + "\n")
    late = bench.run("piet", "second", 1)
    assert late.returncode == 1 and "over an hour ago" in late.stderr
    assert "nothing waits" in bench.ok("piet", "second")
    assert "proposed" not in bench.ok("piet", "status")


def test_roles_are_those_of_the_directory(bench: Bench) -> None:
    pending(bench)
    assert PEOPLE["ada"][1] == ["Admin", "Approver"]
    denied = bench.json("ada", "deny", 1, "--reason", "No.")
    assert (denied["role"], denied["ok"]) == ("Approver", True)
    wrong = bench.run("ada", "deny", 1, "--reason", "No.", "--role", "Auditor")
    assert wrong.returncode == 1
    assert "unknown role of ada's" in wrong.stderr and "[people.ada] roles" in wrong.stderr
    nobody = bench.run("4999", "deny", 1, "--reason", "No.")
    assert nobody.returncode == 1 and nobody.stderr.endswith('knows nobody whose account is 4999; add "4999" to a person\'s accounts\n')


def test_sudo_counts_only_where_the_directory_says_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = Directory.read(bench.directory)
    monkeypatch.setenv("SUDO_UID", "4005")
    assert who.account(directory)[1] == 4005
    monkeypatch.setattr(os, "getuid", lambda: 4242)
    assert who.account(directory)[1] == 4242
    bench.directory.write_text(bench.directory.read_text().replace("[host]\naccount = ", "[host]\naccount = 4242 #"))
    assert who.account(Directory.read(bench.directory))[1] == 4005
    monkeypatch.setenv("SUDO_UID", "-1")
    assert who.account(Directory.read(bench.directory))[1] == 4242


def test_a_lease_ends_and_the_texts_with_it(bench: Bench) -> None:
    pending(bench)
    bench.ok("erik", "lease", "cancel", 1)
    with bench.room() as room:
        room.acknowledge(by=principal("audrey"), log=LogName.TENANT, next=room.log(LogName.TENANT).size).require()
    closed = bench.json("pia", "lease", "register", "--organisation", "none", "--no-approved")
    assert closed["ok"], closed
    (entry,) = [each for each in closed["effects"] if each["kind"] == "erase_tenant_area"]
    assert CaseFile(bench.cases).read().notes
    bench.ok("gate", "lease", "confirm", entry["number"])
    assert not bench.cases.exists()
