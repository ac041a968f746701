"""The command `strongroom second`: where two persons act, the second one (D-23)."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from rich.text import Text

from ...cases import Proposal
from ...directory import Directory
from ...phrases import duration, phrase
from ...values import NOBODY
from ...words import Role
from ..ending import Exit, fail
from ..output import page, write_json
from ..timeline import moment
from . import acting, told, who
from .desk import Options, desk, desk_options


@click.command()
@click.argument("number", type=click.IntRange(min=1), required=False, metavar="N")
@desk_options(acts=True)
def second(number: int | None, options: Options) -> None:
    """Take up the command N that another person proposed; list what is proposed without N.

    The first person says `strongroom lease … --propose`. Within an hour a second one, with an account of their own, says this;
    only then is the core asked, with both, once.

    \b
    Example:
      strongroom lease set-policy --policy m365 --propose     # pia
      strongroom second 1                                     # piet
    """
    with desk(options) as at:
        proposals = {each.number: each for each in at.cases.read().proposals}
        now = datetime.now(UTC)
        if number is None:
            _list(at.directory, told.open_proposals(at), options.as_json)
            return
        acting_person = who.person(at.directory)
        proposal = proposals.get(number)
        if proposal is None:
            fail(f"{at.cases.path}: nothing is proposed under {number}; strongroom second lists what is")
        if not proposal.is_open(now):
            fail(f"{at.cases.path}: {number} {'was taken up already' if proposal.seconded else 'was proposed over an hour ago'}; propose it again")
        first = _first(at.directory, proposal)
        if first.person == acting_person:
            fail(f"{at.cases.path}: you proposed {number} yourself; the second person is another one")
        verb, arguments = proposal.asked.verb, acting.parameters_of(proposal.asked.arguments)
        mine = acting.choose(at, acting_person, verb, arguments, first)
        at.cases.take_up(number)
        ok = acting.carry_out(at, acting.Deed(verb, arguments, first, mine), proposal.asked.texts)
    if not ok:
        sys.exit(Exit.REFUSED)


def _first(directory: Directory, proposal: Proposal) -> who.Actor:
    """Who proposed it; only somebody whom the directory still gives that role."""
    by = proposal.asked.command["by"]
    for person in directory.people.values():
        if str(person.id) == by.get("id", str(NOBODY)) and by["role"] in person.roles:
            return who.Actor(person, Role(by["role"]))
    fail(f"{directory.path}: [people] has nobody any more who proposed {proposal.number} as {by['role']}")


def _list(directory: Directory, proposals: list[Proposal], as_json: bool) -> None:
    out = page()
    for each in proposals:
        asked = each.asked
        if as_json:
            write_json(told.proposal_json(each))
            continue
        by = _first(directory, each)
        out.block(f"{each.number:>4}  ", Text.assemble((by.person.name, "bold"), f" ({by.role}) {phrase(asked.verb, asked.arguments)}"), Text(f"since {moment(asked.at)} UTC", "dim"))
    if not proposals and not as_json:
        out.line(f"nothing waits for a second person; proposals wait for {duration(3600)}")
