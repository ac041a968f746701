"""The command `strongroom board provision`."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from ... import board
from ...exceptions import BoardProvisionedError
from ...board import make_key, read_key, write_key
from ..ending import fail
from ..journals import directory_option
from ..output import page, write_json
from ..passwords import password_of
from ..through_sudo import OwnPath
from ..times import Span
from .options import AS_JSON, errors, line_parameters, take_directory, with_parameters

PROVIDER_KEY, SEED, PUBLIC = "provider.key", "device.seed", "device.pub"
"""The files that are made."""


@click.command()
@click.option("--keys", "folder", required=True, type=OwnPath(), metavar="DIR", help=f"Where {PROVIDER_KEY}, {SEED} and {PUBLIC} go.")
@click.option("--directory", **directory_option("Serial number, provider and vendor"))
@click.option("--account", metavar="NAME", help="The account of the device's monitoring role; asked for where not named.")
@click.option("--password-file", type=click.Path(path_type=Path), metavar="FILE", help="Its password is the first line; asked for, unseen, where not named.")
@click.option("--poll", type=Span(), default="10min", metavar="DURATION", help="From one reading of the device's health to the next; 10min where not named.")
@with_parameters(line_parameters(), [AS_JSON])
def provision(folder: Path, account: str | None, password_file: Path | None, poll: timedelta, port: str, timeout: float, baud: int, as_json: bool, **given: Any) -> None:
    """Make a blank board what it is, once: with the provider's key and the seed of the device's signing key, both made here of the operating
    system's randomness.

    Everything goes over the line as it is: have nobody else at it. Called again after it was cut off, it goes on with the keys that are
    there. device.pub is the public key that verifies the logs: give it to whoever reads them.

    \b
    Example:
      strongroom board provision --port /dev/ttyUSB0 --directory directory.toml --keys keys
    """
    directory = take_directory(given)
    account = account or click.prompt("The device's monitoring account", err=True)
    password = password_of(password_file).decode(errors="replace") if password_file is not None else click.prompt("Its password", hide_input=True, err=True)
    device = directory.device
    with errors():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key, seed = _kept(folder / PROVIDER_KEY), _kept(folder / SEED)
        try:
            public = board.provision(
                port,
                serial=device.serial,
                provider=device.provider,
                vendor=device.vendor,
                key=key,
                seed=seed,
                account=account,
                password=password,
                poll_every=poll,
                timeout=timeout,
                baud=baud,
            )
        except BoardProvisionedError as error:
            fail(f"{error}; the keys in {folder} are not its")
        (folder / PUBLIC).write_text(f"{public}\n")
    if as_json:
        write_json({"serial": device.serial, "key": str(folder / PROVIDER_KEY), "seed": str(folder / SEED), "public": public})
        return
    out = page()
    out.line(f"the board of device {device.serial} is provisioned")
    out.line(f"  {folder / PROVIDER_KEY}: the provider's key; whoever has it speaks for the provider")
    out.line(f"  {folder / SEED}: whoever has it can sign in the device's name; nothing here needs it again: lock it away, or destroy it")
    out.line(f"  {folder / PUBLIC}: the device's public key, {public}")


def _kept(file: Path) -> bytes:
    """The key that is there, or a new one: it is on the disk before the board has it."""
    if not os.path.lexists(file):
        write_key(file, make_key())
    return read_key(file)
