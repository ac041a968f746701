"""The command, as a real process."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import ARRIVAL, COMMAND, HEADER, ROOT, STORY, TRANSCRIPTS, Run, scenario

from strongroom import POLICIES, Replay, VerificationError
from strongroom.cli import main

EXPECTED = ROOT / "tests" / "scenarios" / "lease.expected.jsonl"


def test_the_story_is_told_and_its_logs_are_verified(run: Run) -> None:
    result = run("replay", STORY)
    told = result.stdout.decode()
    assert (result.returncode, result.stderr) == (0, b"")
    assert "Monday 5 January 2026\n" in told
    assert "✓ hana (Hands, provider) takes in device 700022\n" in told
    assert "allowed by T01: “the device arrives at the data centre” [H-42, D-27]\n" in told
    assert "✗ erik, guest of contoso (Approver, customer) approves request 1\n" in told
    assert "refused by NotOneself, which demands: “nobody approves a request of their own” [D-06,\n" in told
    assert "the host is asked to: tell the approvers (request 1)\n" in told
    assert "the device goes POOL_CONFIG → POOL_FREE\n" in told
    assert "  state     POOL_FREE\n" in told
    verified = [line for line in told.splitlines() if line.startswith("log verified: ")]
    assert verified == [
        f"log verified: {log.records} records, root {log.root} ({log.engine} {log.log}{', erased since' * log.erased})"
        for log in Replay.from_file(STORY).verify()
    ]
    assert verified


def test_in_a_pipe_the_story_is_plain_and_at_most_a_hundred_columns_wide(run: Run) -> None:
    others = (["rules"], ["route"], ["route", "firmware"], ["policy", "show", "azure"], ["policy", "diff", "azure", "azure-2024"])
    for command in (["replay", STORY, "--explain", "--policy", "m365"], *others):
        told = run(*command, COLUMNS="40", FORCE_COLOR="").stdout.decode()
        assert "\x1b" not in told
        wide = [line for line in told.splitlines() if len(line) > 100 or line != line.rstrip()]
        assert all(line.startswith("log verified: ") for line in wide)


def test_on_a_terminal_a_refusal_is_red(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen([COMMAND, "replay", STORY], stdout=follower, cwd=tmp_path, env=environment):
        os.close(follower)
        told = b""
        while piece := _read(leader):
            told += piece
    os.close(leader)
    assert b"\x1b[31mrefused by TwoPersons" in told
    assert b"\x1b[32mallowed by T01" in told


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # what Linux says when the other side is closed
        return b""


def test_a_terminal_without_the_signs_gets_others(run: Run) -> None:
    result = run("replay", STORY, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 0
    assert b'x pia (Pool, provider) verifies secure transport mode' in result.stdout
    assert result.stdout.isascii()


def test_a_note_does_not_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    file.write_text(scenario({**ARRIVAL, "note": "\x1b[2Jgone\r\x07\x9b1m"}))
    told = run("replay", file).stdout.decode()
    assert "gone" in told
    assert not any(sign in told for sign in "\x1b\r\x07\x9b")


def test_json_is_the_canonical_output_to_the_byte(run: Run) -> None:
    printed = run("replay", STORY, "--json").stdout
    assert printed == Replay.from_file(STORY).jsonl().encode()
    assert all(json.loads(line) for line in printed.splitlines())


def test_the_story_gives_what_is_checked_in(run: Run) -> None:
    assert run("replay", STORY, "--json").stdout == EXPECTED.read_bytes()


def test_the_wire_form_is_written(run: Run, tmp_path: Path) -> None:
    result = run("replay", STORY, "--json", "--wire", "story.bin")
    assert result.returncode == 0
    assert (tmp_path / "story.bin").read_bytes() == Replay.from_file(STORY).wire()


def test_a_wire_form_that_cannot_be_written_is_told(run: Run) -> None:
    result = run("replay", STORY, "--wire", "nowhere/story.bin")
    assert (result.returncode, result.stderr) == (1, b"nowhere/story.bin: no such file or directory\n")


def test_the_rules_consulted_are_named_on_demand(run: Run) -> None:
    plain, explained = (run("replay", STORY, *options).stdout.decode() for options in ([], ["--explain"]))
    assert "consulted:" not in plain
    refusal = next(step for step in Replay.from_file(STORY).steps if step.rule.name == "NotOneself")
    rules = [f"{'✓' if each.held else '✗'} {each.rule.name}" for each in refusal.consulted]
    assert rules[-1] == "✗ NotOneself"
    assert f"consulted:  {'  '.join(rules)}" in "  ".join(line.strip() for line in explained.splitlines())
    assert [line for line in explained.splitlines() if len(line) > 100 and not line.startswith("log verified: ")] == []


def test_one_line_is_told_by_itself(run: Run) -> None:
    step = next(step for step in Replay.from_file(STORY).steps if step.rule.name == "NotOneself")
    told = run("replay", STORY, "--line", step.line).stdout.decode()
    assert "refused by NotOneself" in told and "stays CustomerNotified" in told
    assert told.count(" by ") == 1 and told.endswith("\n1 step: 0 allowed, 1 refused\n")
    result = run("replay", STORY, "--line", "9999")
    assert (result.returncode, result.stdout) == (2, b"") and b"no command stands in line 9999" in result.stderr


@pytest.mark.parametrize("option", [["--explain"], ["--line", "2"]])
def test_the_canonical_output_is_never_told_in_part(run: Run, option: list[str]) -> None:
    assert run("replay", STORY, "--json", *option).returncode == 2


def test_another_policy_is_compared_with_the_scenarios_own(run: Run) -> None:
    told = run("replay", STORY, "--policy", "m365").stdout.decode()
    own, other = Replay.from_file(STORY), Replay.from_file(STORY, policy="m365")
    _, _, comparison = told.partition("\nUnder m365 instead of azure\n")
    assert comparison.endswith(f"\n{len(own.compare(other))} decisions change\n")
    assert "            allowed by AccessApproved, request 2 Approved until 2026-01-08 23:00:00\n" in comparison
    assert "            → allowed by AccessApproved, request 2 Approved until 2026-01-08 19:00:00\n" in comparison
    assert "            → does not happen\n" in comparison
    same = run("replay", STORY, "--policy", "azure").stdout.decode()
    assert same.endswith("\nUnder azure instead of azure\n\nno decision changes\n")
    assert run("replay", STORY, "--policy", "m365", "--json").stdout == other.jsonl().encode()


ROLE = {"party": "provider", "role": "Hand", "organisation": "north", "id": "b0000000-0000-4000-8000-0000000000b1"}


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({**ARRIVAL, "by": ROLE}, 'unknown role "Hand"; did you mean "Hands"?'),
        ({**ARRIVAL, "by": "hanna"}, 'unknown person "hanna"; did you mean "hana"?'),
        ({**ARRIVAL, "do": "arive"}, 'unknown action "arive"; did you mean "arrive"?'),
        ({**ARRIVAL, "serail": "1"}, 'unknown argument of "arrive" "serail"; did you mean "serial"?'),
        ({**ARRIVAL, "engine": "hsm-b"}, 'unknown engine "hsm-b"; did you mean "hsm-a"?'),
        ({**ARRIVAL, "at": "yesterday"}, '"yesterday" is not a time'),
        ({"at": None, "by": "hana"}, '"do" is missing'),
        ({**ARRIVAL, "do": "read", "transcript": "no.txt", "serial": "1"}, 'unknown argument of "read" "serial"'),
        ("{", "not a JSON object"),
        ("[]", "a command must be an object"),
        ("\x00", "not a JSON object"),
    ],
)
def test_a_line_that_is_not_well_formed_is_named(run: Run, tmp_path: Path, bad: object, message: str) -> None:
    (tmp_path / "s.jsonl").write_text(scenario(ARRIVAL, "", bad))
    result = run("replay", "s.jsonl")
    error = result.stderr.decode()
    assert (result.returncode, result.stdout) == (1, b"")
    assert error.startswith(f"s.jsonl:4: {message}")
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "s.jsonl: the scenario is empty"),
        (b"{}\n", "s.jsonl:1: the first line is a header"),
        (scenario(header={**HEADER, "policy": "azur"}).encode(), 's.jsonl:1: unknown policy "azur"; did you mean "azure"?'),
        (b"\n\n\xff\n", "s.jsonl:3: this is not UTF-8 text"),
        (bytes(range(256)) * 16, "s.jsonl:"),
    ],
)
def test_a_file_that_is_no_scenario_is_told(run: Run, tmp_path: Path, text: bytes, message: str) -> None:
    (tmp_path / "s.jsonl").write_bytes(text)
    result = run("replay", "s.jsonl")
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.decode().startswith(message)
    assert b"Traceback" not in result.stderr


def test_a_missing_file_is_told(run: Run) -> None:
    result = run("replay", "missing.jsonl")
    assert (result.returncode, result.stderr) == (1, b"missing.jsonl: no such file or directory\n")


@pytest.mark.parametrize(
    ("transcript", "message"),
    [
        (None, "No such file or directory"),
        (b"lunash:>hsm show\r\n\r\n   Appliance Details:\r\n", "ends in line 3, before 'Command Result'"),
        (bytes(range(128, 256)), "says anything about the device"),
    ],
)
def test_a_transcript_that_cannot_be_read_is_named(run: Run, tmp_path: Path, transcript: bytes | None, message: str) -> None:
    reading = {"at": "2026-01-05T09:00:00Z", "by": "hana", "do": "read", "transcript": "t.txt"}
    (tmp_path / "s.jsonl").write_text(scenario(ARRIVAL, reading))
    if transcript is not None:
        (tmp_path / "t.txt").write_bytes(transcript)
    result = run("replay", "s.jsonl")
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.decode().startswith('s.jsonl:3: transcript "t.txt": ')
    assert message in result.stderr.decode()


def test_time_that_goes_backwards_is_refused_and_told(run: Run, tmp_path: Path) -> None:
    early = {**ARRIVAL, "at": "2025-01-05T08:00:00Z", "by": "pia", "do": "recheck"}
    early.pop("serial")
    (tmp_path / "s.jsonl").write_text(scenario(ARRIVAL, early))
    result = run("replay", "s.jsonl")
    assert result.returncode == 0
    assert "refused by TimeForward, which demands: “time does not go backwards”" in result.stdout.decode()
    assert "log verified: " in result.stdout.decode()


@pytest.mark.parametrize(
    "arguments", ["replay", "replay a b", "rewind", "replay --xml a", "replay --line x a", "console read", "policy", "policy diff azure"]
)
def test_a_wrong_command_line_ends_with_two(run: Run, arguments: str) -> None:
    assert run(*arguments.split()).returncode == 2


def test_a_log_that_does_not_verify_ends_with_three(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Replay) -> None:
        raise VerificationError("hsm-a", "tenant", 7, "record 7 is missing or out of order: found record 8")

    monkeypatch.setattr(Replay, "verify", fail)
    for options in ([], ["--json"]):
        result = CliRunner().invoke(main, ["replay", str(STORY), *options])
        assert result.exit_code == 3
        assert "hsm-a tenant log: record 7 is missing" in result.stderr
        assert "log verified" not in result.stdout


def test_a_transcript_becomes_a_line_of_json(run: Run) -> None:
    files = [TRANSCRIPTS / "status_sensors.1.txt", TRANSCRIPTS / "hsm_tamper_show.1.hsm-is-in-a-tamper-state.txt"]
    result = run("console", "read", *files)
    sensors, tamper = map(json.loads, result.stdout.splitlines())
    assert (result.returncode, result.stderr) == (0, b"")
    assert (sensors["file"], sensors["power_supplies"]["worst"]) == (str(files[0]), "critical")
    assert (tamper["tampered"], tamper["outcome"]["result"]) == (True, 0)


def test_a_cut_transcript_is_told(run: Run, tmp_path: Path) -> None:
    whole = (TRANSCRIPTS / "status_sensors.1.txt").read_bytes()
    (tmp_path / "cut.txt").write_bytes(whole[: len(whole) // 2])
    result = run("console", "read", "cut.txt")
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.startswith(b"cut.txt: the transcript ends in line ")


def test_every_rule_is_listed(run: Run) -> None:
    listed = run("rules").stdout.decode()
    assert "  1  T01 " in listed
    assert "263  NotOneself " in listed


def test_a_terminal_without_the_signs_gets_others_in_a_comparison_too(run: Run) -> None:
    for command in (["replay", STORY, "--explain", "--policy", "m365"], ["policy", "diff", "azure", "m365"]):
        result = run(*command, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert result.returncode == 0 and result.stdout.isascii() and b"?" not in result.stdout


def test_a_reader_that_leaves_is_no_error() -> None:
    with subprocess.Popen([COMMAND, "replay", STORY], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and group, by what is typed; of those that ask the core anything, some."""
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


@pytest.mark.parametrize(("path", "command"), [pytest.param(path, command, id=" ".join(path) or "whole") for path, command in commands(main)])
def test_every_help_teaches_with_an_example_and_what_is_printed_comes_as_json_too(path: tuple[str, ...], command: click.Command) -> None:
    told = command.get_help(click.Context(command, info_name="it"))
    assert re.search(rf"Examples?:\n(?: +.+\n)*? +strongroom {' '.join(path)}", told), told
    # What completes in a shell is the shell's.
    if not isinstance(command, click.Group) and path != ("completion",):
        assert "--json" in told


def test_a_command_loads_no_other() -> None:
    code = "import sys, strongroom.cli; strongroom.cli.main(['policy', 'show', 'azure'], standalone_mode=False); print([m for m in sys.modules if m.startswith('strongroom.cli.')])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "strongroom.cli.reference" in result.stdout
    assert not {"chart", "console", "log", "report", "operate.verbs"} & set(re.findall(r"strongroom\.cli\.([\w.]+)", result.stdout))


def test_where_two_policies_differ_comes_as_json(run: Run) -> None:
    told = [json.loads(line) for line in run("policy", "diff", "azure", "m365", "--json").stdout.splitlines()]
    azure, m365 = POLICIES["azure"].numbers, POLICIES["m365"].numbers
    assert {each["path"] for each in told} == {path for path, value in azure.items() if m365[path] != value} != set()
    (decide,) = (each for each in told if each["path"] == "lockbox.decide_within")
    assert decide == {"path": "lockbox.decide_within", "before": 345_600, "after": 43_200}
    assert run("policy", "diff", "azure", "azure", "--json").stdout == b""


@pytest.mark.parametrize(
    ("typed", "meant"), [(["stauts"], "status"), (["lease", "arive"], "arrive"), (["lease", "factory_resett"], "factory-reset")]
)
def test_a_command_that_is_mistyped_is_named(run: Run, typed: list[str], meant: str) -> None:
    result = run(*typed)
    assert (result.returncode, result.stdout) == (2, b"")
    assert f"did you mean '{meant}'?".encode() in result.stderr
    assert b"did you mean" not in run("something-else-altogether").stderr
