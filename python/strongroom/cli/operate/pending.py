"""The command `strongroom pending`: what waits for a decision."""

from __future__ import annotations

import click
from rich.text import Text

from ...phrases import duration
from ...replay import Request
from ...values import Terms
from ...words import Status
from ..output import page, write_json
from ..page import Page
from . import told
from .desk import Desk, Options, desk, desk_options
from .status import SETTLED, request_json


@click.command()
@desk_options(acts=False)
def pending(options: Options) -> None:
    """List all requests of the organisation that wait for a decision (L-31), the most urgent first.

    A request that nobody decides in time expires, and no access is granted (L-32 to L-34).

    \b
    Example:
      strongroom pending --journal hsm-a.journal
    """
    with desk(options) as at:
        waiting = sorted((each for each in at.room.state.requests if each.status not in (*SETTLED, Status.APPROVED)), key=_urgency)
        if options.as_json:
            for each in waiting:
                write_json(request_json(at, each))
            return
        out = page()
        told.ticks(at, out)
        yours = [each for each in waiting if each.status is Status.CUSTOMER_NOTIFIED]
        others = [each for each in waiting if each.status is not Status.CUSTOMER_NOTIFIED]
        if not yours:
            out.line("no request waits for the customer's decision")
        for each in yours:
            _entry(out, at, each)
        if others:
            out.heading("With the provider, or ending")
            for each in others:
                _entry(out, at, each)


def _urgency(request: Request) -> tuple[bool, float, int]:
    return (request.deadline is None, request.deadline.timestamp() if request.deadline else 0, request.number)


def _entry(out: Page, at: Desk, request: Request) -> None:
    name = at.directory.name_of
    head = Text.assemble((request.ticket, "bold"), f"  {request.status}")
    if request.deadline is not None:
        head.append(" ").append_text(told.until(request.deadline))
    lines = [head]
    if request.terms is not None and request.requester is not None:
        lines.append(Text(f"{name(request.requester.id)} asks for {_wants(request.terms)}"))
    if request.status is Status.CUSTOMER_NOTIFIED:
        approved = f"; approved so far by {told.names(at, request.approved_by)}" if request.approved_by else ""
        lines.append(Text(f"decided by {told.names(at, request.roster)}{approved}: strongroom show {request.number}", "dim"))
    out.block(f"{request.number:>4}  ", *lines)


def _wants(terms: Terms) -> str:
    length = "" if terms.duration is None else f" for {duration(int(terms.duration.total_seconds()))}"
    return f"{terms.permission} access to {terms.subject}, scope {terms.scope}{length}"
