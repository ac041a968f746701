"""The command `strongroom board key`."""

from __future__ import annotations

from pathlib import Path

import click

from ...keys import make_key, write_key
from ..output import page
from ..through_sudo import OwnPath
from .options import errors


@click.command()
@click.argument("file", type=OwnPath(), metavar="FILE")
def key(file: Path) -> None:
    """Make a party's key, in a new FILE that only you can read.

    A customer makes two: the provider is handed the first one, which opens their account at the board and ends with the claim, which
    brings their own.

    \b
    Example:
      strongroom board key customer.key
    """
    with errors():
        write_key(file, make_key())
    page().line(f"{file}: a key of 32 bytes; keep a copy where nobody else reads it")
