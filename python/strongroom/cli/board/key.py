"""The command `strongroom board key`."""

from __future__ import annotations

from pathlib import Path

import click

from ...board import make_key, write_key
from ..output import page, write_json
from ..through_sudo import OwnPath
from .options import AS_JSON, errors, with_parameters


@click.command()
@click.argument("file", type=OwnPath(), metavar="FILE")
@with_parameters([AS_JSON])
def key(file: Path, as_json: bool) -> None:
    """Make a party's key, in a new FILE that only you can read.

    A customer makes two: the provider is handed the first one, which opens their account at the board and ends with the claim, which
    brings their own.

    \b
    Example:
      strongroom board key customer.key
    """
    with errors():
        write_key(file, make_key())
    if as_json:
        write_json({"key": str(file)})
        return
    page().line(f"{file}: a key of 32 bytes; keep a copy where nobody else reads it")
