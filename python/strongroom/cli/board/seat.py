"""The command `strongroom board seat`."""

from __future__ import annotations

from typing import Any

import click

from ...directory import Person
from ...words import Role
from ..ending import fail
from ..output import page, write_json
from .options import AS_JSON, opened, parameters, person_parameters, take, take_directory, with_parameters


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME [NAME]]")
@with_parameters(parameters(), person_parameters()[:1], [AS_JSON])
def seat(names: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Say that NAME sits at the technician's line, or without a name that nobody does: the provider vouches for it.

    While a grant of an engineer's is in force, the console is open to them as far as it reaches. Two of the pool's prepare a device that
    nobody has leased: to them everything is open.

    \b
    Examples:
      strongroom board seat --port /dev/ttyUSB0 --key provider.key erik
      strongroom board seat --port /dev/ttyUSB0 --key provider.key pia paul
    """
    options, directory = take(given), take_directory(given)
    if len(names) > 2 or len(set(names)) < len(names):
        raise click.UsageError("name nobody, one engineer, or two persons of the pool")
    role = Role.ENGINEER if len(names) == 1 else Role.POOL
    people: list[Person] = []
    for name in names:
        person = directory.people.get(name)
        if person is None or role not in person.roles:
            fail(f"{name}: the directory knows no {role} of that name ({directory.path})")
        people.append(person)
    with opened(options, directory.device.serial) as board:
        match people:
            case [first, second]:
                board.seat_pool(first.id, second.id)
            case _:
                board.seat(people[0].id if people else None)
    if as_json:
        write_json({"seat": [person.name for person in people]})
        return
    who = " and ".join(person.name for person in people)
    page().line(f"{who or 'nobody'} {'sit' if len(people) > 1 else 'sits'} at the technician's line")
