"""What every command at a board's line is told, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from ...board import BAUD, TIMEOUT, Board, read_key
from ...directory import Directory
from ...exceptions import BoardError, BoardForgedError, CommandError, HeadError, KeyFormatError, LogError, PermissionsError
from ...values import Principal
from ...words import Party, Role
from ..ending import Exit, fail, fail_by
from ..journals import DIRECTORY, directory_option, read_directory
from ..operate import who
from ..operate.who import Actor

_FILE = click.Path(path_type=Path)
_Command = TypeVar("_Command", bound=Callable[..., Any])

PARTIES = {"customer": Party.CUSTOMER, "provider": Party.PROVIDER}
"""Who has keys."""

AS_JSON = click.Option(["--json", "as_json"], is_flag=True, help="Print JSON.")


@dataclass(frozen=True, slots=True)
class Options:
    """Which line, and under whose key."""

    port: str
    key: Path
    party: Party
    timeout: float
    baud: int


def line_parameters() -> list[click.Parameter]:
    """The options of the line alone."""
    return [
        click.Option(["--port"], required=True, envvar="STRONGROOM_PORT", metavar="PORT", help="The board's host line; or STRONGROOM_PORT."),
        click.Option(["--timeout"], type=click.FloatRange(min=0.1), default=TIMEOUT, metavar="SECONDS", help="How long to wait for an answer; 10 where not named."),
        click.Option(["--baud"], type=click.IntRange(min=1), default=BAUD, metavar="N", help="The speed of a serial port; 115200 where not named."),
    ]


def parameters() -> list[click.Parameter]:
    """The options of the line, and whose key it is."""
    port, *rest = line_parameters()
    return [
        port,
        click.Option(["--key"], type=_FILE, required=True, envvar="STRONGROOM_KEY", metavar="FILE", help="The party's key; or STRONGROOM_KEY."),
        click.Option(["--as", "party"], type=click.Choice(list(PARTIES)), default="provider", help="Whose key it is; the provider's where not named."),
        *rest,
    ]


def person_parameters() -> list[click.Parameter]:
    """Who acts, by the directory."""
    return [
        click.Option(["--directory"], **directory_option("Who is who")),
        click.Option(["--by"], metavar="NAME", help="Who acts; you, by your account of the operating system, where not named."),
        click.Option(["--role"], metavar="ROLE", help="In which of their roles; needed where they have several."),
    ]


def with_parameters(*lists: list[click.Parameter]) -> Callable[[_Command], _Command]:
    """A decorator that gives a command these, in this order, after its own."""

    def decorate(function: _Command) -> _Command:
        listed: list[click.Parameter] = function.__dict__.setdefault("__click_params__", [])
        # click reads decorators from the last to the first.
        listed[:0] = [each for some in reversed(lists) for each in reversed(some)]
        return function

    return decorate


def take(given: dict[str, Any]) -> Options:
    """Takes them out of what a command was given."""
    party = PARTIES[given.pop("party")]
    return Options(given.pop("port"), given.pop("key"), party, given.pop("timeout"), given.pop("baud"))


def take_directory(given: dict[str, Any]) -> Directory:
    """The directory that was named, or the one here."""
    file: Path | None = given.pop("directory")
    return read_directory(file or Path(DIRECTORY))


@contextmanager
def opened(options: Options, serial: str | None = None) -> Generator[Board]:
    """The board at the line; errors end the command with one line."""
    with errors():
        key = read_key(options.key)
        with Board(options.port, options.party, key, serial=serial, timeout=options.timeout, baud=options.baud) as board:
            yield board


@contextmanager
def errors() -> Generator[None]:
    """Ends the command with one line that names the place, where something is wrong."""
    try:
        yield
    except CommandError as error:
        raise click.UsageError(str(error)) from None
    except (BoardForgedError, HeadError) as error:
        fail(f"NOT VERIFIED: {error}", Exit.NOT_VERIFIED)
    except (BoardError, KeyFormatError, LogError, PermissionsError) as error:
        fail(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        fail_by(error.filename or "the key", error)


def actor(directory: Directory, name: str | None, role: str | None, party: Party, option: str = "--by") -> Actor:
    """Who acts: somebody of the key's party, in the role that was named or in their only one."""
    if name is None:
        person = who.person(directory)
    elif (found := directory.people.get(name)) is None:
        fail(f"{option}: the directory knows nobody called {name} ({directory.path})")
    else:
        person = found
    if role is not None:
        return who.in_role(directory, person, role)
    roles: list[Role] = [each for each in person.roles if each.party is party]
    if not roles:
        theirs = " and ".join(sorted({each.party for each in person.roles}))
        fail(f"{option}: {person.name} is of the {theirs}, and the key is the {party}'s; name somebody of the {party}'s ({directory.path})")
    if len(roles) > 1:
        raise click.UsageError(f"{person.name} has several roles; name one with --role: {', '.join(roles)}")
    return Actor(person, roles[0])


def principal(acts: Actor | None) -> Principal | None:
    """As the core knows them."""
    return None if acts is None else acts.principal
