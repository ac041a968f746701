"""The command `strongroom console read`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from ... import console as consoles
from ..ending import input_errors
from ..output import write_json
from ..times import Moment

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--at", type=Moment(), metavar="TIME", help="When it was read, in RFC 3339: what `strongroom report` draws needs it.")
@click.option("--json", "_as_json", is_flag=True, help="Print JSON Lines, as it does without this.")
def read(files: tuple[Path, ...], at: datetime | None, _as_json: bool) -> None:
    """Print the reading of each transcript in FILE... as a line of JSON.

    \b
    Example:
      strongroom console read sensors.txt
    """
    told = {} if at is None else {"at": at.isoformat().replace("+00:00", "Z")}
    for file in files:
        with input_errors(file):
            transcript = consoles.read(file.read_bytes())
        outcome = dict(sorted(asdict(transcript.outcome).items()))
        write_json({**told, "file": str(file), **transcript.reading.as_json(), "outcome": outcome})
