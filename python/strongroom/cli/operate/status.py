"""The command `strongroom status`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click
from rich.text import Text

from ...cases import SECOND_WITHIN, Proposal
from ...directory import Directory
from ...phrases import phrase
from ...replay import EngineState, Request
from ...room import Strongroom
from ...values import Found
from ...words import Health, LogName, State, Status
from ..output import page, write_json
from . import told
from .desk import Desk, Options, desk, desk_options

GRANTED = (Status.APPROVED, Status.ENDING, Status.REVOKING)
"""Statuses of a request whose access is open, or not closed for sure yet."""

SETTLED = (Status.JIT_REJECTED, Status.DENIED, Status.EXPIRED, Status.CANCELLED, Status.ENDED, Status.REVOKED)
"""Statuses that nothing follows."""


@click.command()
@desk_options(acts=False)
def status(options: Options) -> None:
    """Show at a glance how it stands: device, requests, grants, what is to be done, the logs' room.

    \b
    Example:
      strongroom status --journal hsm-a.journal
    """
    with desk(options) as at:
        state = at.room.state
        if options.as_json:
            write_json(_json(at, state))
            return
        _tell(at, state)


def _tell(at: Desk, state: EngineState) -> None:
    out = page()
    directory = at.directory
    device = directory.device
    out.line(Text.assemble((f"device {device.serial}", "bold"), (f", {directory.name_of(device.provider)}, {device.deployment}, policy {state.policy}", "dim")))
    told.ticks(at, out)
    out.block("  state     ", Text(state.state, "bold red" if state.state is State.INVALID else "bold"))
    out.block("  health    ", Text(state.health, "green" if state.health is Health.IN_SERVICE else "yellow"))
    out.block("  customer  ", _customer(directory, state))
    open_requests = [each for each in state.requests if each.status not in (*SETTLED, *GRANTED)]
    grants = [each for each in state.requests if each.status in GRANTED]
    out.block("  requests  ", *([_request(directory, each) for each in open_requests] or [Text("none is open", "dim")]))
    out.block("  grants    ", *([_request(directory, each) for each in grants] or [Text("nobody has access", "dim")]))
    if state.exclusions:
        lines = [
            Text(f"{each.number} {each.kind} to {each.subject}, by {directory.name_of(each.by)}: review ").append_text(
                told.until(each.due) if each.due else Text("overdue", "bold red")
            )
            for each in state.exclusions
        ]
        out.block("  outside   ", *lines)
    if proposals := told.open_proposals(at):
        out.block("  proposed  ", *(_proposal(directory, each) for each in proposals))
    out.block("  to do     ", *(_todo(each, out) for each in state.pending) if state.pending else [Text("nothing", "dim")])
    out.block("  logs      ", *(_log(at.room, log) for log in LogName))
    if at.room.found is not None:
        out.block("  journal   ", _found(at.room.found))


def _customer(directory: Directory, state: EngineState) -> Text:
    account = state.account
    if account is None:
        return Text("no account is open", "dim")
    approvers = ", ".join(directory.name_of(id) or "" for id in account.roster) or "nobody"
    monitoring = "" if account.monitoring else ", monitoring restricted"
    return Text.assemble((directory.name_of(account.organisation) or "", "bold"), (f", plan {account.plan}, approvers: {approvers}{monitoring}", "dim"))


def _request(directory: Directory, request: Request) -> Text:
    text = Text.assemble((f"{request.number} {request.status}", "bold"), f" {request.ticket}")
    if request.requester is not None and request.terms is not None:
        text.append(f", {directory.name_of(request.requester.id)} to {request.terms.subject}, {request.terms.permission}")
    return text.append(" ").append_text(told.until(request.deadline)) if request.deadline else text


def _proposal(directory: Directory, proposal: Proposal) -> Text:
    asked = proposal.asked
    by = directory.name_of(UUID(asked.command["by"]["id"]))
    # Every one of them has less than an hour, so none stands out.
    left = told.left(asked.at + SECOND_WITHIN).plain
    return Text.assemble((str(proposal.number), "bold"), f" {by} {phrase(asked.verb, asked.arguments)} ({left}): strongroom second {proposal.number}")


def _todo(entry: Any, _out: object) -> Text:
    text = Text(f"{entry.number} {told.asked_for(entry)}")
    return text.append(", no answer: see to it" if entry.due is None else "", "bold red")


def _log(room: Strongroom, log: LogName) -> Text:
    state = room.log(log)
    held = state.size - state.first
    records = "1 record" if state.size == 1 else f"{state.size} records"
    text = Text(f"{log}: {records}, {held} not acknowledged, room for {state.room} more")
    return text.append("; drain it: strongroom drain", "bold red") if state.room <= 1 and held else text


def _found(found: Found) -> Text:
    match found.found:
        case "fresh":
            return Text("new")
        case "restored":
            torn = "; the last step was torn by a power cut and never answered" if found.torn else ""
            return Text(f"read back, {found.steps} steps after the last snapshot{torn}")
        case _:
            why = f"cannot be read ({found.why}): every access is closed; the way on is strongroom lease quarantine"
            return Text(why, "bold red")


def _json(at: Desk, state: EngineState) -> dict[str, Any]:
    found = at.room.found
    account = state.account
    return {
        "device": state.name,
        "policy": state.policy,
        "state": state.state,
        "health": state.health,
        "customer": None if account is None else at.directory.name_of(account.organisation),
        "requests": [request_json(at, each) for each in state.requests],
        "exclusions": [
            {"number": each.number, "kind": each.kind, "subject": each.subject, "by": at.directory.name_of(each.by), "due": told.time(each.due)}
            for each in state.exclusions
        ],
        "proposals": [told.proposal_json(each) for each in told.open_proposals(at)],
        "pending": [told.effect(each) for each in state.pending],
        "logs": {log.value: {"first": each.first, "size": each.size, "root": each.root, "room": each.room} for log in LogName for each in [at.room.log(log)]},
        "journal": None if found is None else {"found": found.found, "steps": found.steps, "torn": found.torn, "why": found.why},
        "ticks": [{"rule": each.rule.name, "request": each.request, "status": each.status} for each in at.ticks],
        "digest": state.digest,
    }


def request_json(at: Desk, request: Request) -> dict[str, Any]:
    """A request as JSON, with names."""
    name, terms = at.directory.name_of, request.terms
    return {
        "number": request.number,
        "status": request.status,
        "ticket": request.ticket,
        "since": told.time(request.since),
        "deadline": told.time(request.deadline),
        "requester": None if request.requester is None else name(request.requester.id),
        "follows": request.follows,
        "terms": None
        if terms is None
        else {
            "subject": terms.subject,
            "scope": terms.scope,
            "permission": terms.permission,
            "isolated_identity": terms.isolated_identity,
            "multi_factor": terms.multi_factor,
            "standard_tools_failed": terms.standard_tools_failed,
            "customer_data": terms.customer_data,
            "duration": None if terms.duration is None else int(terms.duration.total_seconds()),
            "justification": terms.justification.hex(),
        },
        "approvers": [name(id) for id in request.roster],
        "approved_by": [name(id) for id in request.approved_by],
        "approvals_needed": request.approvals_needed,
        "longest": int(request.longest.total_seconds()),
    }
