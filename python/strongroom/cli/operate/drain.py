"""The command `strongroom drain`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from ...activity import tell
from ...directory import Directory, Logs, Person
from ...exceptions import DirectoryError
from ...room import Strongroom
from ...words import LogName
from .. import draining
from ..ending import fail
from ..output import page, write_json
from ..through_sudo import OwnPath
from . import who
from .desk import Options, desk, desk_options


@click.command()
@click.option("--log", "folder", type=OwnPath(), metavar="DIR", help="The log folder; the directory's where not named.")
@click.option("--sign", type=OwnPath(), metavar="PEM", help="The Ed25519 key that signs the logs' heads; the directory's where not named.")
@desk_options(acts=False)
def drain(folder: Path | None, sign: Path | None, options: Options) -> None:
    """Copy the records that the logs hold into a log folder, sign the heads, and make room.

    The engine holds few records and refuses what opens access once they are full (D-17). They are acknowledged in your name
    where you may, the tenant's log as Auditor and the lifecycle log as Pool, or in that of those whom the directory names
    for it, where the folder and the key are the directory's, too; and only once their copy is on the disk under a signed head. Cut off anywhere, it goes on where it was.

    \b
    Example:
      openssl genpkey -algorithm ed25519 -out device.pem && chmod 600 device.pem
      strongroom drain --log logs --sign device.pem
    """
    with desk(options) as at:
        logs = _logs(at.directory, folder, sign)
        copied = draining.copy(at.room, logs)
        done = [log for log in draining.READERS if _worth(at.room, log) and _acknowledge(at.room, at.directory, logs, log, copied)]
        if done:
            # The acknowledgements are on record, too.
            copied = draining.copy(at.room, logs)
        rooms = {log: at.room.log(log).room for log in LogName}
    if options.as_json:
        told: list[dict[str, Any]] = [{"folder": str(log.folder), "origin": log.origin, "size": log.size} for log in copied.signed]
        write_json({"signed": told, "acknowledged": list(done), "room": rooms})
        return
    out = page()
    for log in copied.signed:
        out.line(Text(f"log signed: {log.size} records of {log.origin} in {log.folder}", "green"))
    for name in LogName:
        said = "acknowledged" if name in done else "not acknowledged"
        out.line(f"  {name} log: {said}, room for {rooms[name]}")


def _logs(directory: Directory, folder: Path | None, sign: Path | None) -> Logs:
    told = directory.logs
    if told is not None:
        return replace(told, folder=folder or told.folder, key=sign or told.key)
    if folder is None or sign is None:
        fail(f"{directory.path}: [logs] names no folder and key; add it, or say --log DIR --sign PEM")
    return Logs(folder, sign, None, None)


def _worth(room: Strongroom, log: LogName) -> bool:
    """Whether there is anything to acknowledge but acknowledgements, which leave a record each."""
    return any(event.verb != "acknowledge" for event in tell(b"".join(map(bytes, room.records(log)))))


def _acknowledge(room: Strongroom, directory: Directory, logs: Logs, log: LogName, copied: draining.Copied) -> bool:
    role = draining.READERS[log]
    name, uid = who.account(directory)
    try:
        mine = directory.person(name, uid)
    except DirectoryError as error:
        fail(str(error))
    # They have agreed to that folder. What is copied elsewhere could be gone from it for good.
    theirs = logs if logs == directory.logs else None
    standing = None if theirs is None else theirs.auditor if log is LogName.TENANT else theirs.pool
    by: Person | None = mine if mine is not None and role in mine.roles else standing
    return by is not None and draining.acknowledge(room, log, by, copied)
