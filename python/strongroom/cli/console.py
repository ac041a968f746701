"""The commands `strongroom console`."""

from __future__ import annotations

from pathlib import Path

import click

from .. import console as consoles
from .ending import input_errors
from .output import write_json

_FILE = click.Path(path_type=Path)


@click.group()
def console() -> None:
    """Read what a device prints on its serial console."""


@console.command("read")
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="FILE...")
def read(files: tuple[Path, ...]) -> None:
    """Print the reading of each transcript in FILE... as a line of JSON."""
    for file in files:
        with input_errors(file):
            transcript = consoles.read(file.read_bytes())
        write_json({"file": str(file), **transcript.reading, "outcome": dict(transcript.outcome)})
