"""The command `strongroom init`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from uuid import uuid4

import click

from ...directory import Directory
from ...exceptions import PermissionsError, StorageError
from ...permissions import account_name, require_unforgeable
from ...policies import POLICIES
from ...room import Strongroom
from ...words import Deployment, Party, Role
from ..ending import fail, fail_by
from ..journals import DIRECTORY_OPTION, directory_beside, read_directory
from ..output import page, write_json

_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--journal", type=_FILE, required=True, envvar="STRONGROOM_JOURNAL", metavar="FILE", help="The journal to make; or STRONGROOM_JOURNAL.")
@click.option("--directory", **DIRECTORY_OPTION)
@click.option("--serial", metavar="WORDS", help="The device's serial number; the directory's, where there is one.")
@click.option("--provider", default="provider", metavar="NAME", help="What to call who leases the device out.")
@click.option("--vendor", default="vendor", metavar="NAME", help="What to call who made it.")
@click.option("--customer", default="customer", metavar="NAME", help="What to call who leases it.")
@click.option("--deployment", type=click.Choice([each.value for each in Deployment]), default=Deployment.FIRMWARE.value, help="Where the core runs.")
@click.option("--policy", type=click.Choice(list(POLICIES)), default="azure", help="The policy of the journal.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def init(
    journal: Path,
    directory: Path | None,
    serial: str | None,
    provider: str,
    vendor: str,
    customer: str,
    deployment: str,
    policy: str,
    as_json: bool,
) -> None:
    """Make a journal for a device, and a directory of people where there is none yet.

    The directory has ids for the three organisations and you as the provider's; add the other people to it. Only you should be
    able to write the two, or an account that people come to through sudo: the directory says how.

    \b
    Example:
      strongroom init --journal hsm-a.journal --serial 700022 --provider north --customer contoso
    """
    file = directory_beside(journal, directory)
    if journal.exists():
        fail(f"{journal}: there is a journal already; name another file, or go on with this one: strongroom status")
    try:
        require_unforgeable(journal, "the journal")
        require_unforgeable(file, "the directory")
        made = not file.exists()
        if made:
            if serial is None:
                raise click.UsageError("--serial is needed: what does the device have on it?")
            _write(file, _template(serial, provider, vendor, customer, deployment, policy))
        known = _checked(file, made)
        if serial is not None and known.device.serial != serial:
            fail(f"{file}: [device] serial is {known.device.serial}, not {serial}; name another directory, or leave --serial out")
        # The journal is whoever makes it's alone, whatever the umask.
        os.umask(0o077)
        with Strongroom.open(journal, known.device, known.policy) as room:
            room.compact()
            state = room.state
    except (PermissionsError, StorageError) as error:
        fail(str(error))
    except OSError as error:
        fail_by(error.filename or journal, error)
    if as_json:
        write_json({"journal": str(journal), "directory": str(file), "directory_made": made, "device": state.name, "state": state.state, "policy": state.policy})
        return
    out = page()
    out.line(f"{journal}: made, device {state.name} is {state.state}, policy {state.policy}")
    out.line(f"{file}: {'made; add people to it' if made else 'was there'}")
    out.line(f"next: strongroom lease arrive --serial {state.name} --journal {journal}")


def _checked(file: Path, made: bool) -> Directory:
    """The directory; one that was just made and is none, for its names, say, goes again."""
    try:
        return read_directory(file)
    except SystemExit:
        if made:
            file.unlink()
        raise


def _write(file: Path, text: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        os.fchmod(handle, 0o644)
        out.write(text)
        out.flush()
        os.fsync(handle)


def _template(serial: str, provider: str, vendor: str, customer: str, deployment: str, policy: str) -> str:
    you = account_name(os.getuid())
    roles = {party: ", ".join(f'"{role.value}"' for role in Role if role.party is party) for party in Party}
    return _TEMPLATE.format(
        serial=_quoted(serial),
        provider=_quoted(provider),
        vendor=_quoted(vendor),
        customer=_quoted(customer),
        provider_id=uuid4(),
        vendor_id=uuid4(),
        customer_id=uuid4(),
        deployment=deployment,
        policy=policy,
        you=_quoted(you),
        your_key=_key(you),
        provider_key=_key(provider),
        vendor_key=_key(vendor),
        customer_key=_key(customer),
        your_id=uuid4(),
        other_id=uuid4(),
        roles_provider=roles[Party.PROVIDER],
        roles_customer=roles[Party.CUSTOMER],
        roles_vendor=roles[Party.VENDOR],
        roles_device=roles[Party.DEVICE],
    )


def _key(text: str) -> str:
    """As a TOML key."""
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _quoted(text)


def _quoted(text: str) -> str:
    """As a TOML string."""
    escaped = "".join(f"\\u{ord(sign):04x}" if sign in '"\\' or ord(sign) < 0x20 or ord(sign) == 0x7F else sign for sign in text)
    return f'"{escaped}"'


_TEMPLATE = """\
# Who is who around this device. The core knows ids; names, and which account of this host is whose, stand here.
# Who can write this file can act as anybody: keep it yours (or root's) alone.

strongroom = 1

[device]
serial = {serial}
provider = {provider}
vendor = {vendor}
deployment = "{deployment}"
policy = "{policy}"          # of the journal when it is made

[organisations]
{provider_key} = "{provider_id}"
{vendor_key} = "{vendor_id}"
{customer_key} = "{customer_id}"

# Roles of the provider: {roles_provider}
# of the customer:       {roles_customer}
# of the vendor:         {roles_vendor}
# and of the device's own parts, for whatever speaks for them: {roles_device}

[people.{your_key}]
organisation = {provider}
id = "{your_id}"
roles = ["Hands", "Pool"]
accounts = [{you}]

# [people.anna]
# organisation = {customer}
# id = "{other_id}"          # uuidgen makes one
# roles = ["Approver"]
# accounts = ["anna"]

# [people.enforcement]
# roles = ["Enforcer"]           # confirms what was carried out, such as access closed
# accounts = ["enforcerd"]

# Several people need an account that owns the journal and is nobody's own. They come to it through sudo, for some of
# the commands alone (docs/python/people.md), and are known by SUDO_UID.
# [host]
# account = "strongroom"

# With a folder and a key every command drains the logs by itself.
# [logs]
# folder = "logs"
# key = "device.pem"             # openssl genpkey -algorithm ed25519 -out device.pem
# auditor = "audrey"             # in whose name the tenant's log is acknowledged when it gets full
# pool = {you}                   # and the lifecycle log
"""
