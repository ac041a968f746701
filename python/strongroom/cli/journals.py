"""A journal and the directory beside it: where they are, who could have written them, and whose they are."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ..directory import Directory
from ..exceptions import DirectoryError, JournalHeldError, PermissionsError, StorageError
from ..permissions import require_unforgeable
from ..room import Strongroom
from .ending import fail, fail_by, say

DIRECTORY = "directory.toml"
"""What the directory beside a journal is called."""

WAIT = 10.0
"""Seconds that are waited for another process that holds a journal, where not said otherwise."""

_FILE = click.Path(path_type=Path)
_AT_ONCE = 0.2
"""Seconds after which somebody at a terminal is told what is waited for."""


JOURNAL_OPTION: Mapping[str, Any] = {
    "type": _FILE,
    "envvar": "STRONGROOM_JOURNAL",
    "metavar": "FILE",
    "help": "The journal; or STRONGROOM_JOURNAL.",
}
"""What `--journal` is, wherever it is."""

DIRECTORY_OPTION: Mapping[str, Any] = {
    "type": _FILE,
    "envvar": "STRONGROOM_DIRECTORY",
    "metavar": "FILE",
    "help": f"Who is who; {DIRECTORY} beside the journal where not named; or STRONGROOM_DIRECTORY.",
}
"""What `--directory` is."""


def directory_option(told: str) -> dict[str, Any]:
    """What it is where no journal is: the one in this folder where not named."""
    return {**DIRECTORY_OPTION, "help": f"{told}; {DIRECTORY} where not named; or STRONGROOM_DIRECTORY."}


def directory_beside(journal: Path, named: Path | None) -> Path:
    """The directory that is named, or the one beside the journal."""
    return named or journal.parent / DIRECTORY


def read_directory(file: Path) -> Directory:
    """The directory, if nobody else could have written it; ends the command otherwise."""
    try:
        require_unforgeable(file, "the directory")
        return Directory.read(file)
    except FileNotFoundError:
        fail(f"{file}: no such file; strongroom init makes one, or name it with --directory")
    except (DirectoryError, PermissionsError) as error:
        fail(str(error))
    except OSError as error:
        fail_by(file, error)


def require_journal(journal: Path) -> Path:
    """The journal; what a link of this name leads to, so that there is one lock and one case file by whatever name. Ends the
    command where there is none: none is made by the way.

    Raises `PermissionsError` where somebody else could have written it, or could have its lock opened elsewhere.
    """
    require_unforgeable(journal, "the journal")
    if not journal.exists():
        fail(f"{journal}: no such file; strongroom init makes a journal")
    whole = Path(os.path.realpath(journal)) if journal.is_symlink() else journal
    require_unforgeable(whole.with_name(f"{whole.name}.lock"), "the journal's lock")
    return whole


def open_journal(journal: Path, directory: Directory, wait: float = WAIT) -> Strongroom:
    """Opens it; ends the command where it cannot be, and where it is another device's.

    Somebody at a terminal is told what is waited for.
    """

    def attempt(wait: float) -> Strongroom:
        return Strongroom.open(journal, directory.device, directory.policy, wait=wait)

    try:
        try:
            room = attempt(min(wait, _AT_ONCE) if sys.stderr.isatty() else wait)
        except JournalHeldError as error:
            if wait <= _AT_ONCE or not sys.stderr.isatty():
                raise
            say(f"waiting up to {wait:g} s: {str(error).partition(';')[0]}")
            room = attempt(wait - _AT_ONCE)
    except StorageError as error:
        said = str(error)
        fail(said if str(journal) in said else f"{journal}: {said}")
    return room
