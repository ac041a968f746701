"""The commands `strongroom board send`: every command of the core, at a board."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from ...board import read_key
from ...values import Reply
from ...words import Party
from ..ending import Exit, key_of
from ..operate import told
from ..operate.acting import Deed
from ..operate.fields import Place
from ..operate.forms import VERBS, Form
from ..output import page, write_json
from ..suggesting import SuggestingGroup
from .options import AS_JSON, Options, actor, opened, parameters, person_parameters, take, take_directory

_KEY = click.Path(path_type=Path)

_BRINGS_KEY = ("register", "claim")
"""Commands that may bring the customer's key."""


class _Send(SuggestingGroup):
    """A command for each verb of the core, made when it is asked for, in the core's order."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """As they are typed."""
        return [Form(verb).name for verb in VERBS if verb != "set_time"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; hyphens and underscores are the same."""
        verb = cmd_name.replace("-", "_")
        return _command(Form(verb)) if verb in VERBS and verb != "set_time" else None


def _command(form: Form) -> click.Command:
    def callback(**given: Any) -> None:
        _run(form, given)

    bring = click.Option(["--bring"], type=_KEY, metavar="FILE", help="The customer's key that comes with it: their first one with register, their own with claim.")
    device = click.Option(["--device-key"], metavar="KEY", help="With --bring: the device's public key, which provisioning has told; nobody else can uncover the key.")
    return click.Command(
        form.name,
        callback=callback,
        params=[
            *form.parameters(),
            *([bring, device] if form.verb in _BRINGS_KEY else []),
            *parameters(),
            *person_parameters(),
            click.Option(["--second"], metavar="NAME", help="The second person, where two act together."),
            click.Option(["--second-role"], metavar="ROLE", help="In which of their roles."),
            click.Option(["--second-key"], type=_KEY, metavar="FILE", help="The key of the second person's party, where that is another one (D-28)."),
            AS_JSON,
        ],
        help=form.told,
        short_help=form.told.partition(" (")[0].rstrip("."),
        epilog=f"\b\nExample:\n  {form.example(f'strongroom board send {form.name} --port /dev/ttyUSB0 --key party.key')}",
    )


def _run(form: Form, given: dict[str, Any]) -> None:
    options, directory, name, role = take(given), take_directory(given), given.pop("by"), given.pop("role")
    bring, second_key, as_json = given.pop("bring", None), given.pop("second_key"), given.pop("as_json")
    device_key: str | None = given.pop("device_key", None)
    if bring is not None and device_key is None:
        raise click.UsageError("--bring needs --device-key: the key is covered for the device alone")
    second_name, second_role = given.pop("second"), given.pop("second_role")
    by = actor(directory, name, role, options.party)
    second = None
    if second_name is not None:
        party = options.party if second_key is None else _other(options)
        second = actor(directory, second_name, second_role, party, "--second")
    given = form.fetched(given)
    with opened(options, directory.device.serial) as board:
        deed = Deed(form.verb, form.arguments(given, Place(directory, lambda: board.status().challenge)), by, second)
        if bring is not None and device_key is not None:
            commands = board.bind(read_key(bring), key_of(device_key))
        elif second_key is not None:
            commands = board.together(read_key(second_key))
        else:
            commands = board
        reply: Reply = getattr(commands, form.verb)(by=by.principal, second=None if second is None else second.principal, **deed.arguments)
    tell(deed, reply, as_json=as_json)


def _other(options: Options) -> Party:
    return Party.CUSTOMER if options.party is Party.PROVIDER else Party.PROVIDER


def tell(deed: Deed, reply: Reply, *, as_json: bool) -> None:
    """Tells what came of it; ends with 4 where a rule refused it."""
    if as_json:
        said = {"ok": reply.ok, "rule": told.rule_json(reply.rule), "state": reply.state, "health": reply.health, "request": reply.request, "status": reply.status}
        write_json({**told.said(deed), **said})
    else:
        out = page()
        mark = ("✓ ", "bold green") if reply.ok else ("✗ ", "bold red")
        out.block("", Text.assemble(mark).append_text(told.deed_text(deed)))
        decided = Text("allowed by ", "green") if reply.ok else Text("refused by ", "red")
        lines = [decided.append_text(told.rule_text(reply.rule, ":" if reply.ok else ", which demands:"))]
        if reply.request is not None and reply.status is not None:
            lines.append(Text(f"request {reply.request} is {reply.status}", "bold"))
        lines.append(Text(f"the device is {reply.state}"))
        out.block("  ", *lines)
    if not reply.ok:
        sys.exit(Exit.REFUSED)


send = _Send(
    "send",
    help="""Ask a board anything, in the core's own words: one subcommand for each of its commands.

    You act as the person whose account is yours in the directory, or as --by says: whoever has a party's key speaks for everybody of it.
    Reasons and justifications go as digests; their texts stay with you. Ends with 4 where a rule refuses.

    \b
    Examples:
      strongroom board send arrive --port /dev/ttyUSB0 --key provider.key --by hana --serial 700022
      strongroom board send approve 1 --port /dev/ttyUSB0 --key customer.key --as customer --by bea --duration 2h
    """,
)
