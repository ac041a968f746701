"""One command, asked: who asks it, its texts kept first, and what came of it."""

from __future__ import annotations

import keyword
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from ... import encoding
from ...directory import Person
from ...replay import EngineState
from ...room import Explanation
from ...values import Reply
from ...words import EffectKind
from .. import draining
from ..ending import Exit, fail
from . import told, who
from .desk import Desk, Options, desk
from .fields import Place
from .forms import Form
from .who import Actor

_LEAVES_NO_COPY = ("acknowledge", "detached", "register")
"""What may take records out of a log: a copy has to be there before."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody asks."""

    verb: str
    arguments: Mapping[str, Any]
    """By the names of the method's parameters."""
    by: Actor
    second: Actor | None = None

    @property
    def plain(self) -> dict[str, Any]:
        """The arguments by the core's names."""
        return {name.rstrip("_"): value for name, value in self.arguments.items()}

    @property
    def command(self) -> str:
        """As the core reads it: JSON."""
        second = None if self.second is None else self.second.principal
        return encoding.command(self.verb, self.plain, self.by.principal, second)


def act(form: Form, options: Options, given: dict[str, Any], *, propose: bool = False) -> None:
    """Asks it, or keeps it for a second person; ends with 4 where a rule refuses it."""
    given = form.fetched(given)
    with desk(options) as at:
        acting = who.person(at.directory)
        arguments = form.arguments(given, Place(at.directory, lambda: at.room.challenge))
        texts = form.texts(given)
        by = choose(at, acting, form.verb, arguments)
        deed = Deed(form.verb, arguments, by)
        if propose:
            number = at.cases.propose(deed.command, texts)
            told.proposed(at, deed, number)
            return
        ok = carry_out(at, deed, texts)
    if not ok:
        sys.exit(Exit.REFUSED)


def carry_out(at: Desk, deed: Deed, texts: Mapping[str, str]) -> bool:
    """Keeps the texts, asks, and tells what came of it; says whether it happened."""
    logs = at.directory.logs
    if deed.verb in _LEAVES_NO_COPY and logs is not None:
        draining.copy(at.room, logs)
    before = at.room.state
    if texts:
        at.cases.ask(deed.command, texts)
    if _erases_cases(deed, before):
        at.cases.erase()
    ok = True
    for reply in _ask(at, deed):
        ok = ok and reply.ok
        told.reply(at, deed, reply, before)
        before = at.room.state
    return ok


def _ask(at: Desk, deed: Deed) -> list[Reply]:
    by = deed.by.principal
    if deed.verb == "read_health":
        # What was read may call for more than its record: a tamper, say.
        return list(at.room.sense(deed.arguments["reading"], by))
    second = None if deed.second is None else deed.second.principal
    reply: Reply = getattr(at.room, deed.verb)(by=by, second=second, **deed.arguments)
    return [reply]


def _erases_cases(deed: Deed, state: EngineState) -> bool:
    """Whether it confirms that what is stored of the tenant is erased; then the texts go with it (H-68)."""
    if deed.verb != "confirm":
        return False
    kinds = {entry.number: entry.kind for entry in state.pending}
    return kinds.get(deed.arguments["effect"]) is EffectKind.ERASE_TENANT_AREA


def explain(at: Desk, deed: Deed) -> Explanation:
    """What would come of it."""
    second = None if deed.second is None else deed.second.principal
    would: Explanation = getattr(at.room.explain, deed.verb)(by=deed.by.principal, second=second, **deed.arguments)
    return would


_ROLE_RULE = "RoleMayNot"


def choose(at: Desk, acting: Person, verb: str, arguments: Mapping[str, Any], first: Actor | None = None) -> Actor:
    """The person in the role that was asked for, or else in the first of theirs that the rules allow it in.

    Where none is, it is the first that they have a place for: the refusal goes on record. With `first`, they are that
    person's second.
    """
    if at.options.role is not None:
        return who.in_role(at.directory, acting, at.options.role)
    roles = [Actor(acting, role) for role in acting.roles]
    if len(roles) == 1:
        return roles[0]
    would = {actor: explain(at, Deed(verb, arguments, first or actor, actor if first else None)) for actor in roles}
    allowed = [actor for actor, explained in would.items() if explained.ok]
    placed = [actor for actor, explained in would.items() if explained.rule.name != _ROLE_RULE]
    return (allowed or placed or roles)[0]


def parameters_of(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments by the names of the method's parameters, of those by the core's names."""
    return {f"{name}_" if keyword.iskeyword(name) else name: value for name, value in arguments.items()}


def confirm_destruction(form: Form, options: Options, yes: bool) -> None:
    """Asks whether it is meant, on a terminal; elsewhere `--yes` says so."""
    if not form.destroys or yes:
        return
    if not sys.stdin.isatty():
        fail(f"{form.name} destroys what is on the device: say --yes where nobody can be asked", Exit.USAGE)
    click.confirm(f"{form.name} destroys what is on the device of {options.journal}. Is it meant?", abort=True, err=True)
