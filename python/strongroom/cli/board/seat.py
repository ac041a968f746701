"""The command `strongroom board seat`."""

from __future__ import annotations

from typing import Any

import click

from ...words import Role
from ..ending import fail
from ..output import page, write_json
from .options import AS_JSON, opened, parameters, person_parameters, take, take_directory, with_parameters


@click.command()
@click.argument("engineer", required=False, metavar="[NAME]")
@with_parameters(parameters(), person_parameters()[:1], [AS_JSON])
def seat(engineer: str | None, as_json: bool, **given: Any) -> None:
    """Say that NAME sits at the technician's line, or without a name that nobody does: the provider vouches for it.

    While a grant of theirs is in force, the console is open to them as far as it reaches.

    \b
    Example:
      strongroom board seat --port /dev/ttyUSB0 --key provider.key erik
    """
    options, directory = take(given), take_directory(given)
    person = None
    if engineer is not None:
        person = directory.people.get(engineer)
        if person is None or Role.ENGINEER not in person.roles:
            fail(f"{engineer}: the directory knows no {Role.ENGINEER} of that name ({directory.path})")
    with opened(options, directory.device.serial) as board:
        board.seat(None if person is None else person.id)
    if as_json:
        write_json({"seat": None if person is None else person.name})
        return
    page().line("nobody sits at the technician's line" if person is None else f"{person.name} sits at the technician's line")
