"""The command `strongroom`.

Exit codes: 0 done; 1 the input cannot be read or is not well formed; 2 the command line is wrong;
3 a log does not verify.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.text import Text

from . import __version__
from . import console as consoles
from .exceptions import ScenarioError, TranscriptError, VerificationError
from .page import Page
from .replay import Replay
from .rules import RULES
from .timeline import Timeline


class Exit(IntEnum):
    """What the command ends with."""

    DONE = 0
    BAD_INPUT = 1
    USAGE = 2
    NOT_VERIFIED = 3


_FILE = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="strongroom")
def main() -> None:
    """Who may touch a leased HSM: decided, enforced and proved."""


@main.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the canonical JSON Lines instead of the timeline.")
@click.option("--wire", type=_FILE, metavar="OUT", help="Also write the scenario's wire form to OUT.")
@click.option("--policy", metavar="NAME", help="A policy preset instead of the scenario's.")
def replay(file: Path, as_json: bool, wire: Path | None, policy: str | None) -> None:
    """Replay the scenario in FILE and verify its logs."""
    with _input_errors(file):
        outcome = Replay.from_file(file, policy=policy)
    if wire is not None:
        with _input_errors(wire):
            wire.write_bytes(outcome.wire())
    if as_json:
        _write(outcome.jsonl())
    else:
        timeline = Timeline(_page())
        timeline.story(outcome)
        timeline.final_states(outcome.engines)
    try:
        logs = outcome.verify()
    except VerificationError as error:
        _fail(f"{file}: log not verified: {error}", Exit.NOT_VERIFIED)
    if not as_json:
        timeline.verified(logs)


@main.command()
def rules() -> None:
    """List every rule that can decide."""
    page = _page()
    longest = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        text = Text(rule.text).append(f" [{', '.join(rule.rows)}]", "dim")
        page.block(f"{rule.code:>3}  {rule.name:<{longest}}  ", text)


@main.group("console")
def console_group() -> None:
    """Read what a device prints on its serial console."""


@console_group.command("read")
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="FILE...")
def console_read(files: tuple[Path, ...]) -> None:
    """Print the reading of each transcript in FILE... as a line of JSON."""
    for file in files:
        with _input_errors(file):
            transcript = consoles.read(file.read_bytes())
        _write(json.dumps({"file": str(file), **transcript.reading, "outcome": dict(transcript.outcome)}) + "\n")


@contextmanager
def _input_errors(file: Path) -> Iterator[None]:
    """Ends the command with one line that names the place, where the input is not as it must be."""
    try:
        yield
    except ScenarioError as error:
        place = f"{file}:{error.line}" if error.line else f"{file}"
        _fail(f"{place}: {error.message}", Exit.BAD_INPUT)
    except TranscriptError as error:
        _fail(f"{file}: {error}", Exit.BAD_INPUT)
    except OSError as error:
        _fail(f"{file}: {(error.strerror or str(error)).lower()}", Exit.BAD_INPUT)


def _fail(message: str, code: Exit) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


def _write(text: str) -> None:
    """Exactly this text, with its own line ends."""
    click.echo(text.encode(), nl=False)


def _page() -> Page:
    if isinstance(sys.stdout, TextIOWrapper):
        # A sign that the terminal's encoding lacks is no reason to stop.
        sys.stdout.reconfigure(errors="replace")
    return Page(Console(highlight=False, markup=False, emoji=False))
