"""The command `strongroom board time`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from ...moments import NOW
from ..operate.acting import Deed
from ..times import Moment
from .options import AS_JSON, actor, opened, parameters, person_parameters, principal, take, take_directory, with_parameters
from .send import tell


@click.command()
@click.option("--at", type=Moment(), metavar="TIME", help="The time; this machine's where not named.")
@click.option("--second", metavar="NAME", help="The second person, where two have to.")
@with_parameters(parameters(), person_parameters(), [AS_JSON])
def time(at: datetime | None, second: str | None, by: str | None, role: str | None, as_json: bool, **given: Any) -> None:
    """Tell a board the time, which nobody knows after its power was cut (D-18).

    Two of the provider's Pool do while there is no customer's account, else the customer's Auditor does. Until then nothing opens.

    \b
    Examples:
      strongroom board time --port /dev/ttyUSB0 --key provider.key --by pia --second paul
      strongroom board time --port /dev/ttyUSB0 --key customer.key --as customer --by aud
    """
    options, directory = take(given), take_directory(given)
    first = actor(directory, by, role, options.party)
    other = None if second is None else actor(directory, second, role, options.party, "--second")
    with opened(options, directory.device.serial) as board:
        reply = board.set_time(by=first.principal, second=principal(other), at=NOW if at is None else at)
    tell(Deed("set_time", {}, first, other), reply, as_json=as_json)
