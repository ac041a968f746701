"""How a command ends: its exit codes, and the one line that says what is wrong and where."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import NoReturn

import click

from ..exceptions import ScenarioError, TranscriptError
from .page import CONTROLS


class Exit(IntEnum):
    """What the command ends with."""

    DONE = 0
    BAD_INPUT = 1
    USAGE = 2
    NOT_VERIFIED = 3
    REFUSED = 4
    """By a rule, which is named."""


def fail(message: str, code: Exit = Exit.BAD_INPUT) -> NoReturn:
    """Ends the command with `message` on standard error."""
    say(message)
    sys.exit(code)


def say(message: str) -> None:
    """A line on standard error. Names in it come from others' files and commands, and do not steer the reader's terminal."""
    click.echo(message.translate(CONTROLS), err=True)


def fail_by(file: object, error: OSError) -> NoReturn:
    """Ends the command with what the operating system says of `file`."""
    fail(f"{file}: {(error.strerror or str(error)).lower()}")


def text_of(file: Path) -> str:
    """What is in `file`."""
    try:
        return file.read_bytes().decode()
    except UnicodeDecodeError:
        fail(f"{file}: this is not UTF-8 text")
    except OSError as error:
        fail_by(file, error)


def key_of(text: str) -> str:
    """The key itself, or what is in the file of that name."""
    file = Path(text)
    return text_of(file) if len(text) < 256 and file.is_file() else text


@contextmanager
def input_errors(file: Path) -> Generator[None]:
    """Ends the command with one line that names the place, where the input is not as it must be."""
    try:
        yield
    except ScenarioError as error:
        place = f"{file}:{error.line}" if error.line else f"{file}"
        fail(f"{place}: {error.message}")
    except TranscriptError as error:
        fail(f"{file}: {error}")
    except OSError as error:
        fail_by(file, error)
