"""The commands `strongroom ticket`: what somebody reports, and what is found out about it."""

from __future__ import annotations

import sys

import click
from rich.text import Text

from ..ending import Exit, fail
from ..output import page, write_json
from ..timeline import moment
from . import acting, complete, told, who
from .desk import Options, desk, desk_options
from .fields import Field, make, read_text

_TEXT: Field = make("reason", bytes, True, "")


_text_option = click.option("--text", required=True, metavar="TEXT", help="The text, @FILE for what is in a file, or - for standard input.")
_ticket_argument = click.argument("ticket", metavar="TICKET", shell_complete=complete.of("ticket"))


@click.group()
def ticket() -> None:
    """Report a problem, and keep the history that an approver sees (L-07 to L-10, L-36, L-37).

    \b
    Examples:
      strongroom ticket open SR-100 --text "The VM does not boot." --severity B --troubleshot
      strongroom ticket show SR-100
    """


@ticket.command("open")
@_ticket_argument
@_text_option
@click.option("--severity", metavar="WORD", help="How bad it is, in your support plan's words.")
@click.option("--troubleshot/--no-troubleshot", required=True, help="Whether you troubleshot first (L-08).")
@desk_options(acts=True)
def open_ticket(ticket: str, text: str, severity: str | None, troubleshot: bool, options: Options) -> None:
    """Open TICKET, and say what the problem is.

    \b
    Example:
      strongroom ticket open SR-100 --text "The VM does not boot." --severity B --troubleshot
    """
    written = read_text(_TEXT, text)
    with desk(options) as at:
        acting_person = who.person(at.directory)
        arguments = {"ticket": ticket, "troubleshot": troubleshot}
        deed = acting.Deed("open_ticket", arguments, acting.choose(at, acting_person, "open_ticket", arguments))
        # The text first: no ticket is without it.
        at.cases.note(acting_person.id, ticket, written, severity)
        ok = acting.carry_out(at, deed, {})
    if not ok:
        sys.exit(Exit.REFUSED)


@ticket.command()
@_ticket_argument
@_text_option
@desk_options(acts=False)
def note(ticket: str, text: str, options: Options) -> None:
    """Write down what was found out about TICKET.

    \b
    Example:
      strongroom ticket note SR-100 --text "Serial console shows a broken boot loader."
    """
    written = read_text(_TEXT, text)
    with desk(options) as at:
        acting_person = who.person(at.directory)
        known = {each.ticket for each in at.room.state.requests} | {each.ticket for each in at.cases.read().notes}
        if ticket not in known:
            fail(f"{options.journal}: no ticket {ticket} is known here; known are: {', '.join(sorted(known)) or 'none'}")
        at.cases.note(acting_person.id, ticket, written)
        if options.as_json:
            write_json({"ticket": ticket, "by": acting_person.name, "text": written})
        else:
            page().line(f"kept in {at.cases.path}")


@ticket.command("show")
@_ticket_argument
@desk_options(acts=False)
def show_ticket(ticket: str, options: Options) -> None:
    """Show TICKET with its history and its requests.

    \b
    Example:
      strongroom ticket show SR-100
    """
    with desk(options) as at:
        notes = at.cases.read().ticket(ticket)
        requests = [each for each in at.room.state.requests if each.ticket == ticket]
        if not notes and not requests:
            fail(f"{options.journal}: no ticket {ticket} is known here")
        name = at.directory.name_of
        if options.as_json:
            history = [{"at": told.time(each.at), "by": name(each.by), "severity": each.severity, "text": each.text} for each in notes]
            write_json({"ticket": ticket, "history": history, "requests": [each.number for each in requests]})
            return
        out = page()
        out.line(Text(f"Ticket {ticket}", "bold"))
        for each in notes:
            severity = f", severity {each.severity}" if each.severity else ""
            out.block("  ", Text(f"{moment(each.at)} {name(each.by)}{severity}", "dim"), *told.lines(each.text))
        for request in requests:
            out.block("  ", Text(f"request {request.number}: {request.status}", "bold"))
