"""The commands that ask the core something: `lease` has every one of them, the others are those of every day."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from typing import Any

import click

from ..ending import Exit
from ..suggesting import SuggestingGroup
from . import acting, told, who
from .desk import Options, desk, parameters, take_options
from .fields import Place
from .forms import VERBS, Form

_Run = Callable[[Form, Options, dict[str, Any]], None]


class _Verbs(SuggestingGroup):
    """A command for each verb of the core, made when it is asked for, in the core's order."""

    def __init__(self, name: str, run: _Run, more: Callable[[Form], list[click.Parameter]], **rest: Any) -> None:
        super().__init__(name, **rest)
        self._run = run
        self._more = more

    def list_commands(self, ctx: click.Context) -> list[str]:
        """As they are typed."""
        return [verb.replace("_", "-") for verb in VERBS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; hyphens and underscores are the same."""
        verb = cmd_name.replace("-", "_")
        if verb not in VERBS:
            return None
        form = Form(verb)
        return command(form, self._run, f"strongroom {self.name} {form.name}", self._more(form))


def command(
    form: Form, run: _Run, typed: str, more: Collection[click.Parameter] = (), name: str | None = None, help: str | None = None, example: str = ""
) -> click.Command:
    """A command that takes a form's options and the desk's; `example` follows what is `typed`, or is made of the options."""

    def callback(**given: Any) -> None:
        options = take_options(given)
        run(form, options, given)

    epilog = f"\b\nExample:\n  {f'{typed} {example}' if example else form.example(typed)}"
    return click.Command(
        name or form.name,
        callback=callback,
        params=[*form.parameters(), *more, *parameters(acts=True)],
        help=help or form.told,
        short_help=form.told.partition(" (")[0].rstrip(".") if help is None else None,
        epilog=epilog,
    )


def _act(form: Form, options: Options, given: dict[str, Any]) -> None:
    yes, propose = given.pop("yes", False), given.pop("propose", False)
    if not propose:
        acting.confirm_destruction(form, options, yes)
    acting.act(form, options, given, propose=propose)


def _explain(form: Form, options: Options, given: dict[str, Any]) -> None:
    given = form.fetched(given)
    with desk(options, changes=False) as at:
        person = who.person(at.directory)
        arguments = form.arguments(given, Place(at.directory, lambda: at.room.challenge))
        by = acting.choose(at, person, form.verb, arguments)
        deed = acting.Deed(form.verb, arguments, by)
        would = acting.explain(at, deed)
        told.explanation(at, deed, would)
    if not would:
        sys.exit(Exit.REFUSED)


def _lease_options(form: Form) -> list[click.Parameter]:
    propose = click.Option(["--propose"], is_flag=True, help="Where two persons act: keep it for the second one, who says strongroom second.")
    yes = click.Option(["--yes"], is_flag=True, help="Do not ask whether the destruction is meant.")
    return [propose, yes] if form.destroys else [propose]


lease = _Verbs(
    "lease",
    _act,
    _lease_options,
    help="""Ask the core anything, in its own words: one subcommand for each of its commands.

    You act as the person whose account of the operating system is yours in the directory. Ends with 4 where a rule refuses.

    \b
    Examples:
      strongroom lease arrive --serial 700022
      strongroom lease triage 1
      strongroom lease confirm 3
      strongroom lease set-policy --policy m365 --propose
    """,
)

explain = _Verbs(
    "explain",
    _explain,
    lambda _form: [],
    help="""Say what would come of a command, and which rules say so; nothing happens.

    Takes what `strongroom lease` takes. Ends with 4 where the command would be refused.

    \b
    Example:
      strongroom explain approve 1 --duration 2h
    """,
)

request = command(
    Form("request_access", positional=("ticket",)),
    _act,
    "strongroom request",
    name="request",
    help="""Ask for access under TICKET (L-13): what an engineer does when standard tools are not enough.

    The justification is kept on this host, and its digest is in the request: whoever decides reads it with strongroom show.
    """,
    example="""SR-100 --subject vm-linux --scope resource --permission read \\
      --justification @why.txt --multi-factor --standard-tools-failed --customer-data --duration 4h""",
)

approve = command(
    Form("approve"),
    _act,
    "strongroom approve",
    help="""Approve the request REQUEST (L-39): access begins now, and ends by itself.

    Look at it before: strongroom show REQUEST. With --duration it ends sooner than was asked for.
    """,
    example="1 --duration 2h",
)

deny = command(
    Form("deny"),
    _act,
    "strongroom deny",
    help="Deny the request REQUEST (L-41), with a reason. That is final; nothing was granted.",
    example='1 --reason "Send us the query; we look ourselves."',
)

revoke = command(
    Form("revoke"),
    _act,
    "strongroom revoke",
    help="""Take back the access of REQUEST (D-04), with a reason: it ends at once.

    The grant stays visible as Revoking until the point that closes access confirms it.
    """,
    example='1 --reason "The VM boots again."',
)
