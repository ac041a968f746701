"""The desk that every operator's command works at: a journal, its directory, its case file."""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from ...cases import CaseFile
from ...directory import Directory
from ...exceptions import CaseError, CommandError, KeyFormatError, LogError, PermissionsError, StorageError
from ...permissions import require_unforgeable
from ...room import Strongroom
from ...values import Reply
from .. import draining
from ..ending import fail, fail_by, say
from ..journals import DIRECTORY_OPTION, JOURNAL_OPTION, WAIT, directory_beside, open_journal, read_directory, require_journal


@dataclass(frozen=True, slots=True)
class Options:
    """What every operator's command is told."""

    journal: Path
    directory: Path
    wait: float
    role: str | None
    as_json: bool


@dataclass(slots=True)
class Desk:
    """An open journal with all that belongs to it."""

    options: Options
    directory: Directory
    room: Strongroom
    cases: CaseFile
    ticks: list[Reply] = field(default_factory=list[Reply])
    """What time brought before the command."""


def desk_options(*, acts: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options of a command that works at a desk; the command gets them as `options`."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(function)
        def wrapper(*args: Any, **given: Any) -> None:
            options = take_options(given)
            function(*args, options=options, **given)

        for parameter in reversed(parameters(acts=acts)):
            _add(wrapper, parameter)
        return wrapper

    return decorate


def parameters(*, acts: bool) -> list[click.Parameter]:
    """The options themselves."""
    role = click.Option(["--role"], metavar="ROLE", help="Act in this role, of those that the directory gives you; else in the first that the rules allow.")
    return [
        click.Option(["--journal"], **JOURNAL_OPTION),
        click.Option(["--directory"], **DIRECTORY_OPTION),
        *([role] if acts else []),
        click.Option(
            ["--wait"],
            type=click.FloatRange(0, 86_400),
            default=WAIT,
            metavar="SECONDS",
            help="How long to wait for another process that holds the journal; 10 where not named.",
        ),
        click.Option(["--json", "as_json"], is_flag=True, help="Print JSON."),
    ]


def take_options(given: dict[str, Any]) -> Options:
    """Takes them out of what a command was given."""
    journal: Path | None = given.pop("journal")
    if journal is None:
        raise click.UsageError("name the journal: --journal FILE, or STRONGROOM_JOURNAL in the environment")
    directory: Path | None = given.pop("directory")
    return Options(
        journal=journal,
        directory=directory_beside(journal, directory),
        wait=given.pop("wait"),
        role=given.pop("role", None),
        as_json=given.pop("as_json"),
    )


def _add(function: Callable[..., None], parameter: click.Parameter) -> None:
    # As click's own decorators do.
    listed: list[click.Parameter] = function.__dict__.setdefault("__click_params__", [])
    listed.append(parameter)


@contextmanager
def desk(options: Options, *, changes: bool = True) -> Generator[Desk]:
    """Opens the journal. Before anything else, deadlines that are over become steps (D-26), and at the end, logs that have a
    folder are drained; neither where nothing `changes`.

    Errors of the host end the command with one line.
    """
    directory = read_directory(options.directory)
    try:
        journal = require_journal(options.journal)
        cases = CaseFile.beside(journal)
        require_unforgeable(cases.path, "the case file")
        with open_journal(journal, directory, options.wait) as room:
            open_desk = Desk(options, directory, room, cases)
            try:
                if changes:
                    open_desk.ticks.extend(room.tick_overdue())
                yield open_desk
            finally:
                # Also where the command was refused: that, too, is on record.
                if changes and (wrong := draining.by_itself(room, directory)) is not None:
                    say(f"the logs were not drained: {wrong}")
    except CommandError as error:
        # What the core takes nowhere: a label that is too long, say.
        raise click.UsageError(str(error)) from None
    except (StorageError, CaseError, PermissionsError, KeyFormatError, LogError) as error:
        fail(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        fail_by(error.filename or options.journal, error)
