"""The command `strongroom console guard`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ...console.events import ConsoleEvent
from ...directory import Directory
from ...exceptions import PermissionsError
from ...console import Guard
from ...room import Strongroom
from ...words import LogName
from ..ending import Exit, fail, say
from ..journals import DIRECTORY_OPTION, JOURNAL_OPTION, directory_beside, open_journal, read_directory, require_journal
from ..output import page, write_json
from .journal import WAIT, Journal
from ..passwords import password_of
from .ports import Port
from .post import post
from .told import as_json, as_text, now
from .watch import Polling, Watch

_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--device", required=True, metavar="PORT", help="The serial port of the device's console.")
@click.option("--technician", required=True, metavar="PORT", help="The serial port of the technician's terminal.")
@click.option("--journal", required=True, **JOURNAL_OPTION)
@click.option("--directory", **DIRECTORY_OPTION)
@click.option("--monitor", metavar="NAME", help="Who monitors; may be left out where one person has that role.")
@click.option("--engineer", metavar="NAME", help="Who sits at the terminal while a grant of theirs is in force; nobody where not named.")
@click.option("--account", default="monitor", show_default=True, metavar="NAME", help="The device's account that monitors.")
@click.option("--baud", type=click.IntRange(min=1), default=9600, show_default=True, help="The speed of both ports: 8N1.")
@click.option("--poll", type=click.FloatRange(min=1), metavar="SECONDS", help="Read the device's health so often, at an idle prompt.")
@click.option("--password-file", type=_FILE, metavar="FILE", help="With --poll: the account's password, to log in where nobody has.")
@click.option("--json", "as_lines", is_flag=True, help="Print JSON lines.")
def guard(
    device: str,
    technician: str,
    journal: Path,
    directory: Path | None,
    monitor: str | None,
    engineer: str | None,
    account: str,
    baud: int,
    poll: float | None,
    password_file: Path | None,
    as_lines: bool,
) -> None:
    """Guard a device's console: stand between the ports DEVICE and TECHNICIAN until a signal.

    No byte that is typed goes to the device. Each line is decided by the engine in the journal and sent by the command's own name, or
    refused with the reason. Without a grant the monitoring role reads the device's health; while a grant of the engineer's is in force, it
    opens what was granted, and when it ends, or is revoked, the session at the device is ended at once. The guard cannot see
    who sits at the terminal: name the engineer you have let in.

    Prints what passes and what is refused. The journal is free between two steps, for strongroom approve and the others. Where the
    directory has [logs], the guard drains them as it goes, as every command does; else they fill, and strongroom drain is yours. Ctrl-C and
    SIGTERM end the device's session, and then the command: with 0 once the device has said so, else with 1; a second one waits for nothing.

    \b
    Examples:
      strongroom console guard --device /dev/ttyUSB0 --technician /dev/ttyUSB1 --journal hsm-a.journal
      strongroom console guard --device /dev/ttyUSB0 --technician /dev/ttyUSB1 --journal hsm-a.journal \\
          --engineer erik --poll 600 --password-file monitor.password --json
    """
    if device == technician:
        raise click.UsageError("--device and --technician are the same port; the guard stands between two")
    if password_file is not None and poll is None:
        raise click.UsageError("--password-file goes with --poll")
    polling = None if poll is None else Polling(poll, None if password_file is None else password_of(password_file))
    known = read_directory(directory_beside(journal, directory))
    posted = post(known, monitor, engineer)
    journal, room = _first(journal, known)
    ports = [Port(path, baud) for path in (technician, device)]
    out = page()

    def tell(event: ConsoleEvent) -> None:
        if as_lines:
            write_json(as_json(now(), event))
        elif (text := as_text(now(), event)) is not None:
            out.line(text)

    guarded = Guard(room, monitor=posted.monitor, engineer=posted.engineer, account=account)
    _warn(known)
    watch = Watch(guarded, Journal(journal, known), ports[1], ports[0], polling, tell, say)
    try:
        well = watch.run()
    finally:
        for port in ports:
            port.close()
    if not well:
        sys.exit(Exit.BAD_INPUT)


def _first(journal: Path, directory: Directory) -> tuple[Path, Strongroom]:
    """Opens the journal once, before any port: what is wrong with it leaves the device as it is."""
    try:
        whole = require_journal(journal)
        with open_journal(whole, directory, WAIT) as room:
            return whole, room
    except PermissionsError as error:
        fail(str(error))


def _warn(directory: Directory) -> None:
    """Says what will go wrong later where nobody makes room in the logs."""
    logs = directory.logs
    follows = "once it is full, lines are refused that would pass, until strongroom drain has made room"
    if logs is None:
        click.echo(f"{directory.path}: it has no [logs], so nothing drains the log that every line goes to; {follows}", err=True)
        return
    for key, log, by in (("auditor", LogName.TENANT, logs.auditor), ("pool", LogName.LIFECYCLE, logs.pool)):
        if by is None:
            click.echo(f"{directory.path}: [logs] has no {key}, so nobody acknowledges the {log} log; {follows}", err=True)
