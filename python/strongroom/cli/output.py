"""Standard output."""

from __future__ import annotations

import json
import sys
from io import TextIOWrapper
from typing import cast

import click
from rich.console import Console

from .page import Page


def page() -> Page:
    """A page on standard output."""
    out = sys.stdout
    if isinstance(out, TextIOWrapper):
        # A sign that the terminal's encoding lacks is no reason to stop.
        cast("TextIOWrapper", out).reconfigure(errors="replace")
    return Page(Console(highlight=False, markup=False, emoji=False))


def write(text: str) -> None:
    """Exactly this text, with its own line ends."""
    click.echo(text.encode(), nl=False)


def write_json(value: object) -> None:
    """A line of JSON."""
    write(json.dumps(value) + "\n")


def beside(path: object, error: Exception) -> str:
    """What an error says, with the path that it is about before it where it does not name it."""
    said = str(error)
    return said if str(path) in said else f"{path}: {said}"
