"""The command `strongroom console check`."""

from __future__ import annotations

import sys
from typing import Any

import click
from rich.text import Text

from ...exceptions import CommandError
from ...policies import POLICIES
from ...room import Explanation
from ...console import LineCheck, LineKind, TypedLine
from ...console import check as check_line
from ...words import ConsoleArguments, Permission, Scope
from ..ending import Exit
from ..output import page, write_json
from ..page import Page

_MONITOR = "monitor"


@click.command()
@click.argument("command")
@click.option(
    "--grant",
    type=click.Choice([permission.value for permission in Permission]),
    help="Typed by an engineer with a grant of this permission, instead of the monitoring role.",
)
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in Scope]),
    default=Scope.RESOURCE.value,
    show_default=True,
    help="The scope that the grant was asked for.",
)
@click.option("--policy", type=click.Choice(list(POLICIES)), default="azure", show_default=True, help="The policy in force.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(command: str, grant: str | None, scope: str, policy: str, as_json: bool) -> None:
    """Say whether COMMAND, typed at the console of a device in operation, would pass, and why.

    Nothing is sent anywhere: an engine with a leased device and a grant of each permission decides. Ends with 4 where it is refused.

    \b
    Examples:
      strongroom console check "status sensors"
      strongroom console check "net sho" --grant read
      strongroom console check "hsm zeroize" --grant administer --scope subscription
    """
    try:
        checked = check_line(command, policy=policy, scope=Scope(scope))
    except CommandError as error:
        raise click.BadParameter(str(error), param_hint="COMMAND") from None
    asked = checked.monitor if grant is None else checked.grants.get(Permission(grant))
    passes = asked.ok if asked is not None else checked.line.kind is not LineKind.SPOILT
    if as_json:
        write_json(_as_json(command, checked, grant, passes))
    else:
        _tell(page(), checked, grant)
    if not passes:
        sys.exit(Exit.REFUSED)


def _all(checked: LineCheck) -> dict[str, Explanation]:
    """Every answer, by the name of who types."""
    monitor = {} if checked.monitor is None else {_MONITOR: checked.monitor}
    return monitor | {permission.value: explained for permission, explained in checked.grants.items()}


def _as_json(typed: str, checked: LineCheck, grant: str | None, passes: bool) -> dict[str, Any]:
    line = checked.line
    answers = {
        name: {"passes": each.ok, "rule": each.rule.name, "text": each.rule.text, "rows": each.rule.rows}
        for name, each in _all(checked).items()
    }
    return {
        "typed": typed,
        "kind": line.kind,
        "command": line.command and line.command.name,
        "arguments": line.arguments,
        "device_role": line.command and line.command.role,
        "by": grant or _MONITOR,
        "passes": passes,
        "answers": answers,
    }


def _tell(out: Page, checked: LineCheck, grant: str | None) -> None:
    out.block("", _what(checked.line))
    answers = _all(checked)
    asked = answers.pop(grant or _MONITOR, None)
    if asked is None:
        return
    _answer(out, _whose(grant or _MONITOR), asked, told=True)
    for name, each in answers.items():
        _answer(out, _whose(name), each, told=False)


def _what(line: TypedLine) -> Text:
    match line.kind:
        case LineKind.SPOILT:
            return Text("refused: not a whole line; it is too long, or torn by a broken escape sequence", "red")
        case LineKind.LOGOUT:
            return Text("passes: it logs out", "green")
        case LineKind.EMPTY:
            return Text("nothing is typed: the device shows its prompt again")
        case LineKind.COMMAND | LineKind.AMBIGUOUS | LineKind.UNKNOWN:
            pass
    if line.command is None:
        return Text("no command of the console's" if line.kind is LineKind.UNKNOWN else "the beginning of more than one command", "bold")
    text = Text(line.command.name, "bold")
    if line.arguments is not ConsoleArguments.NONE:
        plain = line.arguments is ConsoleArguments.PLAIN
        text.append(f", with arguments{'' if plain else ' that are not plain'}")
    return text.append(f"; the device itself lets its role {line.command.role} run it", "dim")


def _whose(name: str) -> str:
    return "the monitoring role" if name == _MONITOR else f"a grant: {name.replace('_', ' ')}"


def _answer(out: Page, whose: str, answer: Explanation, *, told: bool) -> None:
    """What one of those who may type gets; with the rule's own words where it was asked for."""
    mark, style, word = ("✓", "green", "passes by") if answer.ok else ("✗", "red", "refused by")
    text = Text(f"{word} {answer.rule.name}", style)
    if told:
        demands = "" if answer.ok or answer.rule.kind != "refuses" else ", which demands"
        text.append(f"{demands}: “{answer.rule.text}”", "").append(f" [{', '.join(answer.rule.rows)}]", "dim")
    out.block(f"  {mark} {whose:<23}", text)
