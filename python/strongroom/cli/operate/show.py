"""The command `strongroom show`: all that is known of a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
from rich.text import Text

from ...cases import Asked, Cases, Note
from ...phrases import duration
from ...replay import ExcludedAccess, Request
from ..ending import fail
from ..output import page, write_json
from ..page import Page
from ..timeline import moment
from . import complete, history, told
from .desk import Desk, Options, desk, desk_options
from .history import Happened
from .status import request_json


@click.command()
@click.argument("request", type=click.IntRange(min=1), metavar="REQUEST", shell_complete=complete.of("request"))
@desk_options(acts=False)
def show(request: int, options: Options) -> None:
    """Show everything about REQUEST: what is asked, why, its ticket, and every step of its life (L-35 to L-37). An access
    outside the lockbox is shown by its number in the same way (D-11).

    Texts are checked against the digests that the core and its records hold. Notes of the ticket are what people wrote.

    \b
    Example:
      strongroom show 1 --journal hsm-a.journal
    """
    with desk(options) as at:
        state = at.room.state
        known = state.request(request)
        outside = next((each for each in state.exclusions if each.number == request), None)
        cases = at.cases.read()
        steps = history.of_number(at, request, cases)
        if known is None and not steps:
            remembered = [each.number for each in state.requests] + [each.number for each in state.exclusions]
            numbers = ", ".join(map(str, remembered)) or "none"
            fail(f"{options.journal}: no request {request} is known here; remembered are: {numbers}")
        ticket = known.ticket if known is not None else next((name for each in steps if each.asked for name in [_ticket(each.asked)] if name), None)
        notes = cases.ticket(ticket) if ticket else ()
        if options.as_json:
            write_json(_json(at, request, known, cases, steps, notes))
            return
        out = page()
        told.ticks(at, out)
        if known is None and any(each.event.exclusion for each in steps):
            _outside(out, at, request, outside)
        else:
            _details(out, at, request, known, ticket)
            _reason(out, at, known, cases)
            _notes(out, at, ticket, notes)
        _life(out, at, steps)
        if cases.damaged:
            lines = ", ".join(map(str, cases.damaged))
            out.line(Text(f"{at.cases.path}: cannot be read in line {lines}; it was torn or changed", "yellow"))


def _ticket(asked: Asked) -> str | None:
    ticket = asked.arguments.get("ticket")
    return ticket if isinstance(ticket, str) else None


def _details(out: Page, at: Desk, number: int, known: Request | None, ticket: str | None) -> None:
    out.line(Text.assemble((f"Request {number}", "bold"), f", ticket {ticket or 'not known'}"))
    if known is None:
        out.block("  ", Text("the engine does not remember it any more; what follows is from the log and the case file", "yellow"))
        return
    name = at.directory.name_of
    status = Text(f"{known.status} since {moment(known.since)} UTC")
    if known.deadline is not None:
        status.append(", ").append_text(told.until(known.deadline))
    rows: list[tuple[str, Text]] = [("status", status)]
    if known.requester is not None:
        rows.append(("asked by", Text(f"{name(known.requester.id)} ({known.requester.role} of {name(known.requester.organisation)})")))
    if known.terms is not None:
        terms = known.terms
        signed_in = [words for words, said in (("an isolated identity", terms.isolated_identity), ("multi-factor authentication", terms.multi_factor)) if said]
        rows += [
            ("subject", Text(terms.subject)),
            ("scope", Text(terms.scope)),
            ("permission", Text(terms.permission)),
            ("duration", Text(_length(known))),
            ("data", Text("direct access to customer data" if terms.customer_data else "no direct access to customer data")),
            ("signed in", Text(f"with {' and '.join(signed_in)}" if signed_in else "with neither an isolated identity nor multi-factor authentication")),
            ("tools", Text("standard tools were not enough" if terms.standard_tools_failed else "standard tools were not said to be too little")),
        ]
    if known.roster:
        so_far = f"; so far: {told.names(at, known.approved_by)}" if known.approved_by else ""
        of = f"{known.approvals_needed} of " if known.approvals_needed < len(known.roster) else ""
        rows.append(("decided by", Text(f"{of}{told.names(at, known.roster)}{so_far}")))
    if known.follows is not None:
        rows.append(("follows", Text(f"request {known.follows}")))
    for title, text in rows:
        out.block(f"  {title:<11}", text)


def _outside(out: Page, at: Desk, number: int, outside: ExcludedAccess | None) -> None:
    out.line(Text(f"Access {number} outside the lockbox", "bold"))
    if outside is None:
        out.block("  ", Text("reviewed", "green"))
        return
    review = told.until(outside.due) if outside.due else Text("is overdue", "bold red")
    name = at.directory.name_of(outside.by)
    for title, text in (("kind", Text(outside.kind)), ("subject", Text(outside.subject)), ("by", Text(name or "")), ("review", review)):
        out.block(f"  {title:<11}", text)


def _length(request: Request) -> str:
    asked = None if request.terms is None else request.terms.duration
    longest = duration(int(request.longest.total_seconds()))
    if asked is None:
        return f"{longest}, the policy's"
    return f"{duration(int(asked.total_seconds()))} asked for, at most {longest}"


def _reason(out: Page, at: Desk, known: Request | None, cases: Cases) -> None:
    if known is None or known.terms is None:
        return
    out.heading("Reason")
    asked = cases.of_text("justification", known.terms.justification)
    _text(out, "  ", asked, "justification", known.terms.justification.hex())
    if known.reason is not None:
        out.heading("Reason of the decision")
        _text(out, "  ", cases.of_text("reason", known.reason), "reason", known.reason.hex())


def _text(out: Page, margin: str, asked: Asked | None, name: str, digest: str) -> None:
    """A text, and whether it is the one that the digest is of."""
    if asked is None:
        out.block(margin, Text(f"its text is not on this host; it has the SHA-256 {digest}", "yellow"))
        return
    out.block(margin, *told.lines(asked.texts[name], "italic"))
    if not asked.matches(name):
        out.block(margin, Text(f"this is not the text that was given: it does not match the digest {digest}", "bold red"))


def _notes(out: Page, at: Desk, ticket: str | None, notes: tuple[Note, ...]) -> None:
    out.heading(f"Ticket {ticket or ''}".rstrip())
    if not notes:
        out.block("  ", Text("nothing was written about it on this host", "dim"))
    for note in notes:
        severity = f", severity {note.severity}" if note.severity else ""
        out.block("  ", Text(f"{moment(note.at)} {at.directory.name_of(note.by)}{severity}", "dim"), *told.lines(note.text))


def _life(out: Page, at: Desk, steps: list[Happened]) -> None:
    out.heading("Life")
    if not steps:
        out.block("  ", Text("its records were taken out of the engine, and no log folder is named in the directory", "dim"))
    for step in steps:
        event = step.event
        who = at.directory.name_of(event.actor.person) or event.actor.role
        with_second = "" if event.actor.second is None else f" with {at.directory.name_of(event.actor.second)}"
        lines = [Text.assemble((f"{who}{with_second}", "bold"), f" ({event.actor.role}) {event.action}")]
        came = f"{event.verdict} by {event.rule.name}"
        if event.region is not None and event.after is not None:
            came = f"{event.before} → {event.after}, {came}" if event.before and event.before != event.after else f"{event.after}, {came}"
        lines.append(Text(came, "red" if event.verdict == "refused" else "dim"))
        out.block(f"  {moment(event.time)}  ", *lines)
        if step.asked is not None:
            for name in step.asked.texts:
                _text(out, " " * 23, step.asked, name, step.asked.claimed(name) or "")


def _json(
    at: Desk, number: int, known: Request | None, cases: Cases, steps: list[Happened], notes: tuple[Note, ...]
) -> Mapping[str, Any]:
    name = at.directory.name_of
    asked = None if known is None or known.terms is None else cases.of_text("justification", known.terms.justification)
    return {
        "number": number,
        "request": None if known is None else request_json(at, known),
        "outside": any(step.event.exclusion for step in steps),
        "reason": None if asked is None else {"text": asked.texts["justification"], "matches": asked.matches("justification")},
        "ticket": [{"at": told.time(note.at), "by": name(note.by), "severity": note.severity, "text": note.text} for note in notes],
        "life": [
            {
                "at": told.time(step.event.time),
                "log": step.event.log,
                "sequence": step.event.sequence,
                "by": name(step.event.actor.person),
                "role": step.event.actor.role,
                "second": name(step.event.actor.second),
                "action": step.event.action,
                "verb": step.event.verb,
                "verdict": step.event.verdict,
                "rule": step.event.rule.name,
                "before": step.event.before,
                "after": step.event.after,
                "texts": {}
                if step.asked is None
                else {key: {"text": text, "matches": step.asked.matches(key)} for key, text in step.asked.texts.items()},
            }
            for step in steps
        ],
        "damaged": list(cases.damaged),
    }
