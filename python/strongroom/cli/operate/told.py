"""What came of a command, as a person reads it and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from rich.text import Text

from ...cases import SECOND_WITHIN, Proposal
from ...phrases import duration, phrase
from ...replay import EngineState, Pending, Request
from ...room import Explanation
from ...rules import Rule
from ...values import Reply
from ...words import Status
from ..output import page, write_json
from ..page import Page
from ..timeline import ASKS, moment
from .remedies import remedy_of

if TYPE_CHECKING:
    from .acting import Deed
    from .desk import Desk

_AGAIN = ("EffectRetried", "EffectAlarmed")
"""What is about a request and moves nothing: the host is asked once more, or no more."""

_SOON = 3_600
"""Seconds that are left at which a deadline stands out."""


def left(deadline: datetime | None) -> Text:
    """How long it is until a deadline."""
    if deadline is None:
        return Text()
    seconds = int((deadline - datetime.now(UTC)).total_seconds())
    if seconds <= 0:
        return Text("over", "bold red")
    coarse = seconds if seconds < 60 else seconds - seconds % 60 if seconds < 86_400 else seconds - seconds % 3_600
    return Text(f"{duration(coarse)} left", "bold red" if seconds < _SOON else "")


def until(deadline: datetime) -> Text:
    """A deadline, and how long it is until then."""
    return Text(f"until {moment(deadline)} UTC (").append_text(left(deadline)).append(")")


def asked_for(entry: Pending) -> str:
    """What the host is asked to do, and about what."""
    _, bracket, about = entry.detail.partition(" (")
    return f"{ASKS[entry.kind]}{bracket}{about}"


def rule_text(rule: Rule, between: str = ":") -> Text:
    """A rule, what it says, and the rows that it enforces."""
    return Text(f"{rule.name}{between} “{rule.text}”").append(f" [{', '.join(rule.rows)}]", "dim")


def ticks(at: Desk, out: Page) -> None:
    """What time brought before the command (D-26)."""
    for each in at.ticks:
        about = ""
        if each.request is not None and each.status is not None:
            about = f" request {each.request}:" if each.rule.name in _AGAIN else f" request {each.request} is {each.status} now:"
        out.block("  · ", Text(f"time passed:{about} ", "dim").append_text(rule_text(each.rule)))


def reply(at: Desk, deed: Deed, came: Reply, before: EngineState) -> None:
    """Tells a reply."""
    after = at.room.state
    if at.options.as_json:
        write_json(_json(at, deed, came, before, after))
        return
    out = page()
    ticks(at, out)
    at.ticks.clear()
    verdict = ("✓ ", "bold green") if came.ok else ("✗ ", "bold red")
    out.block("", Text.assemble(verdict).append_text(deed_text(deed)))
    decided = Text("allowed by ", "green") if came.ok else Text("refused by ", "red")
    decided.append_text(rule_text(came.rule, ":" if came.ok else ", which demands:"))
    lines = [decided]
    if came.request is not None and came.status is not None:
        lines.append(_request(came, before.request(came.request), after.request(came.request)))
    if before.state is not after.state:
        lines.append(Text(f"the device goes {before.state} → {after.state}", "bold"))
    if before.health is not after.health:
        lines.append(Text(f"health {before.health} → {after.health}"))
    lines += [Text.assemble(("to be done: ", "cyan"), f"{asked_for(each)}; then: strongroom lease confirm {each.number}") for each in _new(before, after)]
    if not came.ok and (remedy := remedy_of(at, deed, came.rule)) is not None:
        lines.append(Text(remedy, "yellow"))
    out.block("  ", *lines)


def _request(came: Reply, before: Request | None, after: Request | None) -> Text:
    name = f"request {came.request}"
    if before is None:
        text = Text(f"{name} begins as {came.status}", "bold")
    elif came.ok and before.status is not came.status:
        text = Text(f"{name} goes {before.status} → {came.status}", "bold")
    else:
        text = Text(f"{name} stays {came.status}")
    if came.ok and after is not None and after.deadline is not None:
        text.append(", access" if came.status is Status.APPROVED else "").append(" ").append_text(until(after.deadline))
    return text


def proposed(at: Desk, deed: Deed, number: int) -> None:
    """Tells that a command waits for its second person."""
    if at.options.as_json:
        write_json({"proposed": number, **said(deed)})
        return
    out = page()
    out.block("", Text("· ").append_text(deed_text(deed)).append(": proposed, and nothing happened yet"))
    out.block("  ", Text(f"within an hour, another person of the same organisation says: strongroom second {number}"))


def open_proposals(at: Desk) -> list[Proposal]:
    """What waits for a second person now."""
    now = datetime.now(UTC)
    return [each for each in at.cases.read().proposals if each.is_open(now)]


def proposal_json(each: Proposal) -> dict[str, Any]:
    """A proposal as JSON."""
    asked = each.asked
    return {"number": each.number, "at": time(asked.at), "until": time(asked.at + SECOND_WITHIN), "by": asked.command["by"]["id"], "verb": asked.verb, "arguments": asked.arguments}


def explanation(at: Desk, deed: Deed, would: Explanation) -> None:
    """Tells what would come of a command, and the rules that were consulted."""
    if at.options.as_json:
        consulted = [{"rule": each.rule.name, "held": each.held} for each in would.consulted]
        write_json({**said(deed), "ok": would.ok, "rule": rule_json(would.rule), "consulted": consulted})
        return
    out = page()
    out.block("", deed_text(deed).append(": would be allowed" if would.ok else ": would be refused", "bold green" if would.ok else "bold red"))
    for each in would.consulted:
        mark, style = ("✓", "green") if each.held else ("✗", "red")
        out.block(f"  {mark} ", Text(f"{each.rule.name}: ", style).append(each.rule.text).append(f" [{', '.join(each.rule.rows)}]", "dim"))
    out.block("  ", Text("decided by ", "bold").append(would.rule.name, "bold").append("; nothing happened"))


def deed_text(deed: Deed) -> Text:
    """Who asks what."""
    text = Text.assemble((deed.by.person.name, "bold"))
    if deed.second is not None:
        text.append(" with ").append(deed.second.person.name, "bold")
    text.append(f" ({deed.by.role}, {deed.by.role.party}) ", "dim")
    return text.append(phrase(deed.verb, _plain(deed)))


def _plain(deed: Deed) -> Mapping[str, Any]:
    """The arguments as phrases read them."""
    arguments: Mapping[str, Any] = json.loads(deed.command)["action"][deed.verb]
    return arguments


def _new(before: EngineState, after: EngineState) -> list[Pending]:
    known = {entry.number for entry in before.pending}
    return [entry for entry in after.pending if entry.number not in known]


def _json(at: Desk, deed: Deed, came: Reply, before: EngineState, after: EngineState) -> dict[str, Any]:
    request = None if came.request is None else after.request(came.request)
    ticked, at.ticks = [_ticked(each) for each in at.ticks], []
    return {
        **said(deed),
        "ok": came.ok,
        "rule": rule_json(came.rule),
        "state": came.state,
        "health": came.health,
        "request": came.request,
        "status": came.status,
        "until": None if request is None else time(request.deadline),
        "effects": [effect(each) for each in _new(before, after)],
        "ticks": ticked,
    }


def said(deed: Deed) -> dict[str, Any]:
    """Who asks what, as JSON."""
    second = None if deed.second is None else deed.second.person.name
    return {"by": deed.by.person.name, "role": deed.by.role, "second": second, "verb": deed.verb, "arguments": _plain(deed)}


def rule_json(rule: Rule) -> dict[str, Any]:
    """A rule as JSON."""
    return {"name": rule.name, "text": rule.text, "rows": rule.rows}


def _ticked(came: Reply) -> dict[str, Any]:
    return {"rule": rule_json(came.rule), "request": came.request, "status": came.status}


def effect(entry: Pending) -> dict[str, Any]:
    """An effect as JSON."""
    return {"number": entry.number, "kind": entry.kind, "detail": entry.detail, "asked": time(entry.asked), "due": time(entry.due)}


def time(at: datetime | None) -> str | None:
    """A time in RFC 3339."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def lines(text: str, style: str = "") -> list[Text]:
    """What somebody wrote, line by line."""
    return [Text(line.expandtabs(4), style) for line in text.splitlines()] or [Text()]


def names(at: Desk, ids: tuple[UUID, ...]) -> str:
    """Names of people, one after another."""
    return ", ".join(at.directory.name_of(id) or "" for id in ids) or "nobody"


