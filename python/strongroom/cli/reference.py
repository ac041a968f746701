"""The commands that look something up: rules and rows, routes of support, policies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from difflib import get_close_matches
from re import search

import click
from rich.text import Text

from ..phrases import duration
from ..policies import POLICIES, Number, Policy
from ..rules import ROWS, RULES, Rule
from ..support import ROUTES, Route
from ..words import Issue, Reach
from .output import page, write_json
from .page import Page

_LENGTH_OF_TIME = r"_(within|every|default|maximum)$|\.proof_fresh_"
"""Paths of a policy that hold seconds."""

_NO_LIMIT = 2**32 - 1

_MANY = 50
"""Longer lists are counted; `--json` has them in full."""

_REACH = {
    Reach.ADVISES: "do nothing: it advises, supplies or directs",
    Reach.MONITORS: "read the serial port",
    Reach.SERVICES: "work on hardware, power, network and allocation, without any administrative access",
    Reach.ADMINISTERS: "administer it",
}


def known(what: str, names: Collection[str]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """A callback that takes one of the names, however it is capitalised; of any other it names the nearest."""
    spelled = {name.casefold(): name for name in names}

    def check(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
        if value is None:
            return None
        typed = value.casefold()
        found = spelled.get(typed) or spelled.get(typed.replace("-", "_"))
        if found is None:
            (nearest,) = get_close_matches(typed, spelled, n=1, cutoff=0)
            raise click.BadParameter(f'unknown {what} "{value}"; did you mean "{spelled[nearest]}"?')
        return found

    return check


_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
_POLICY = known("policy", POLICIES)


@click.command()
@click.option("--row", "id", callback=known("row", ROWS), metavar="ROW", help="Only what enforces this row, such as H-65.")
@_as_json
def rules(id: str | None, as_json: bool) -> None:
    """List every rule that can decide.

    \b
    Example:
      strongroom rules --row H-65
    """
    if as_json:
        for each in RULES if id is None else [ROWS[id]]:
            write_json(asdict(each))
        return
    out = page()
    if id is None:
        _rules(out, RULES)
        return
    row = ROWS[id]
    out.block(f"{row.id}  ", Text(row.subject, "bold"))
    _rules(out, row.rules)
    places = [*([] if row.rules else ["no rule enforces it"]), *([f"see {row.information}"] if row.information else [])]
    if places:
        out.block("     ", Text("; ".join(places)))


def _rules(out: Page, some: Collection[Rule]) -> None:
    longest = max((len(rule.name) for rule in some), default=0)
    for rule in some:
        out.block(f"{rule.code:>3}  {rule.name:<{longest}}  ", Text(rule.text).append(f" [{', '.join(rule.rows)}]", "dim"))


@click.command()
@click.argument("issue", callback=known("issue", ROUTES), required=False)
@_as_json
def route(issue: str | None, as_json: bool) -> None:
    """Say who answers for ISSUE and whom to call; list all issues without it.

    \b
    Example:
      strongroom route device_failure
    """
    routes = list(ROUTES.values()) if issue is None else [ROUTES[Issue(issue)]]
    if as_json:
        for each in routes:
            write_json(asdict(each))
    elif issue is None:
        _routes(page(), routes)
    else:
        _route(page(), routes[0])


def _routes(out: Page, routes: Iterable[Route]) -> None:
    out.line(Text(f"{'issue':<25}{'who answers':<13}whom to call", "bold"))
    for each in routes:
        out.line(f"{each.issue:<25}{each.party:<13}{_words(each.contact)}")


def _route(out: Page, route: Route) -> None:
    out.line(Text(_words(route.issue), "bold"))
    before = [_sentence(need) for need in route.needs] or [Text("nothing")]
    for name, texts in (
        ("who answers", [Text(route.party)]),
        ("whom to call", [Text(_words(route.contact))]),
        ("who else helps", [Text(route.supports or "nobody")]),
        ("stays engaged", [Text(route.engaged).append(" [H-24]", "dim")]),
        ("must hold before", before),
        ("on the device", [Text(f"the {route.party} may {_REACH[route.reach]}")]),
        ("rule", [_sentence(route.rule)]),
    ):
        out.block(f"  {name:<18}", *texts)


def _sentence(rule: Rule) -> Text:
    return Text(f"{rule.name}: “{rule.text}”").append(f" [{', '.join(rule.rows)}]", "dim")


@click.group()
def policy() -> None:
    """Show the numbers that the rules compare with.

    \b
    Examples:
      strongroom policy show azure
      strongroom policy diff azure m365
    """


@policy.command()
@click.argument("name", callback=_POLICY, required=False)
@_as_json
def show(name: str | None, as_json: bool) -> None:
    """Show the policy NAME; list all of them without it.

    \b
    Example:
      strongroom policy show azure
    """
    some = list(POLICIES.values()) if name is None else [POLICIES[name]]
    if as_json:
        for each in some:
            write_json({"name": each.name, "version": each.version, "digest": each.digest, "numbers": dict(each.numbers)})
        return
    out = page()
    for each in some:
        _heading(out, each)
        for path, value in each.numbers.items() if name is not None else ():
            out.block(f"  {path:<33}", Text(shown(path, value)))


@policy.command()
@click.argument("before", callback=_POLICY)
@click.argument("after", callback=_POLICY)
@_as_json
def diff(before: str, after: str, as_json: bool) -> None:
    """Show where the policies BEFORE and AFTER differ.

    \b
    Example:
      strongroom policy diff azure m365
    """
    mine, theirs = POLICIES[before], POLICIES[after]
    if as_json:
        for path, (one, other) in mine.differences(theirs).items():
            write_json({"path": path, "before": one, "after": other})
        return
    out = page()
    _heading(out, mine)
    _heading(out, theirs)
    changes = mine.differences(theirs)
    for path, (one, other) in changes.items():
        out.block(f"  {path:<33}", *_change(path, one, other))
    if not changes:
        out.line("no number differs")


def _heading(out: Page, policy: Policy) -> None:
    out.line(Text(f"{policy.name:<16}", "bold").append(f"version {policy.version}  {policy.digest}", "dim"))


def _change(path: str, before: Number, after: Number) -> list[Text]:
    if not (isinstance(before, tuple) and isinstance(after, tuple)):
        return [Text(f"{shown(path, before)} → {shown(path, after)}")]
    gone = [name for name in before if name not in after]
    new = [name for name in after if name not in before]
    return [Text(f"{sign} {', '.join(names)}", style) for sign, names, style in (("-", gone, "red"), ("+", new, "green")) if names]


def shown(path: str, value: Number) -> str:
    """A value of a policy, with its unit."""
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return "off"
        case tuple():
            return f"{len(value)} in all" if len(value) > _MANY else ", ".join(value) or "none"
        case int() if search(_LENGTH_OF_TIME, path):
            return "no limit" if value == _NO_LIMIT else duration(value)
        case int() if path == "lease.erase_list":
            return f"{value.bit_count()} areas"
        case _:
            return str(value)


def _words(name: str) -> str:
    return name.replace("_", " ")
