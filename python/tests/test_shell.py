"""The commands of the device's shell, and what a typed line would come to; the command as a real process."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from conftest import Run

from strongroom import POLICIES, CommandError, ConsoleArguments, DeviceRole, Permission, Scope, _native
from strongroom.console.shell import SHELL, LineKind, check, typed


def test_the_shell_has_the_devices_commands() -> None:
    assert [command.name for command in SHELL] == _native.commands() and len(SHELL) == 300
    roles = [sum(command.role is role for command in SHELL) for role in DeviceRole]
    assert roles == [92, 245 - 92, 300 - 245]
    assert [command.name for command in SHELL if command.polled][:2] == ["hsm information show", "hsm show"]


@pytest.mark.parametrize(
    ("line", "kind", "name", "arguments"),
    [
        ("status sensors", LineKind.COMMAND, "status sensors", ConsoleArguments.NONE),
        ("STAT  sens", LineKind.COMMAND, "status sensors", ConsoleArguments.NONE),
        ("hsm show -v", LineKind.COMMAND, "hsm show", ConsoleArguments.PLAIN),
        ("hsm show; id", LineKind.UNKNOWN, None, ConsoleArguments.NONE),
        ("hsm show `id`", LineKind.COMMAND, "hsm show", ConsoleArguments.NOT_PLAIN),
        ("hsm sho", LineKind.AMBIGUOUS, None, ConsoleArguments.NONE),
        ("s s", LineKind.AMBIGUOUS, None, ConsoleArguments.NONE),
        ("frobnicate", LineKind.UNKNOWN, None, ConsoleArguments.NONE),
        ("x" * 129, LineKind.SPOILT, None, ConsoleArguments.NONE),
        ("hsm show\x1b[", LineKind.SPOILT, None, ConsoleArguments.NONE),
        ("hsm \x1b[A\x07show\x7fw\xff", LineKind.COMMAND, "hsm show", ConsoleArguments.NONE),
        ("hsm zeroize\x15exit", LineKind.LOGOUT, None, ConsoleArguments.NONE),
        ("hsm zeroize\x03", LineKind.EMPTY, None, ConsoleArguments.NONE),
        ("", LineKind.EMPTY, None, ConsoleArguments.NONE),
    ],
)
def test_a_line_is_what_a_guard_makes_of_it(line: str, kind: LineKind, name: str | None, arguments: ConsoleArguments) -> None:
    told = typed(line)
    assert (told.kind, told.command and told.command.name, told.arguments) == (kind, name, arguments)
    assert (told.digest is None) == (kind in (LineKind.SPOILT, LineKind.LOGOUT, LineKind.EMPTY))
    assert typed(line.encode("latin-1")).kind is kind
    if kind is LineKind.COMMAND and line.isprintable():
        assert told.digest == sha256(line.encode()).digest()


@pytest.mark.parametrize("policy", list(POLICIES))
def test_every_command_is_checked_as_the_policy_lists_it(policy: str) -> None:
    numbers = POLICIES[policy].numbers

    def listed(name: str) -> tuple[str, ...]:
        commands = numbers[f"console.{name}"]
        assert isinstance(commands, tuple)
        return commands

    for command in SHELL[::7]:
        checked = check(command.name, policy=policy)
        assert checked.monitor is not None and checked.monitor.ok == (command.name in listed("monitor"))
        for permission in (Permission.READ, Permission.WRITE, Permission.ADMINISTER):
            granted = command.name in listed(permission) and command.name not in listed("never")
            assert checked.grants[permission].ok == granted, command.name
        assert checked.grants[Permission.KEY_MATERIAL].rule.name == "JitRejectsLevel"


def test_a_scope_that_no_request_may_have_opens_nothing() -> None:
    for scope in Scope:
        answers = check("network show", scope=scope).grants
        assert answers[Permission.READ].ok == (scope is not Scope.MANAGEMENT_GROUP)
    answers = check("network show", scope=Scope.MANAGEMENT_GROUP).grants
    assert {each.rule.name for each in answers.values()} == {"JitRejectsScope"}
    with pytest.raises(CommandError, match='unknown policy "azur"; there are azure, '):
        check("network show", policy="azur")
    with pytest.raises(CommandError, match="more than one line"):
        check("status sensors\rhsm zeroize")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["status sensors"], 0, "✓ the monitoring role    passes by MonitorPasses: “the monitoring role may run this command”"),
        (["net sho"], 4, "network show; the device itself lets its role monitor run it\n  ✗ the monitoring role    refused by MonitorMay"),
        (["net sho", "--grant", "read"], 0, "✓ a grant: read          passes by GrantPasses: “the grant opens"),
        (["net sho", "--grant", "read", "--policy", "dual-control"], 0, "passes by GrantPasses"),
        (["hsm zeroize", "--grant", "administer"], 4, "✗ a grant: administer    refused by NeverKeys, which demands: “"),
        (["net sho", "--grant", "read", "--scope", "management_group"], 4, "refused by JitRejectsScope: “"),
        (["network hostname x", "--grant", "read"], 4, "network hostname, with arguments; the device itself"),
        (["hsm show `id`"], 4, "hsm show, with arguments that are not plain;"),
        (["s s"], 4, "the beginning of more than one command\n"),
        (["frob"], 4, "no command of the console's\n"),
        (["x" * 200], 4, "refused: not a whole line"),
        (["exit"], 0, "passes: it logs out\n"),
        (["  "], 0, "nothing is typed"),
    ],
)
def test_a_check_says_whether_a_line_passes_and_why(run: Run, arguments: list[str], code: int, says: str) -> None:
    result = run("console", "check", *arguments)
    assert (result.returncode, result.stderr) == (code, b"") and says in result.stdout.decode()


def test_a_check_as_json_has_every_answer(run: Run) -> None:
    result = run("console", "check", "net hostn x", "--grant", "write", "--json")
    told = json.loads(result.stdout)
    assert (result.returncode, told["typed"], told["kind"], told["command"]) == (0, "net hostn x", "command", "network hostname")
    assert (told["arguments"], told["device_role"], told["by"], told["passes"]) == ("plain", "operator", "write", True)
    rules = {name: (each["passes"], each["rule"]) for name, each in told["answers"].items()}
    assert rules == {
        "monitor": (False, "MonitorMay"),
        "read": (False, "GrantCovers"),
        "write": (True, "GrantPasses"),
        "administer": (True, "GrantPasses"),
        "key_material": (False, "JitRejectsLevel"),
    }
    assert told["answers"]["monitor"]["rows"] == ["H-05", "H-53", "H-54"] and told["answers"]["read"]["text"]
    spoilt = run("console", "check", "x" * 129, "--json")
    assert (spoilt.returncode, json.loads(spoilt.stdout)["answers"]) == (4, {})


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Missing argument 'COMMAND'"),
        (["status", "sensors"], "unexpected extra argument (sensors)"),
        (["status\rsensors"], "Invalid value for COMMAND: more than one line; each is decided by itself"),
        (["x", "--policy", "azur"], "'azur' is not one of 'azure'"),
        (["x", "--scope", "world"], "'world' is not one of 'resource'"),
        (["x", "--grant", "all"], "'all' is not one of 'read'"),
    ],
)
def test_a_check_of_nothing_is_told(run: Run, arguments: list[str], says: str) -> None:
    result = run("console", "check", *arguments)
    assert (result.returncode, result.stdout) == (2, b"") and says in result.stderr.decode()
