"""The directory: who is who around one device. The core knows ids; names, and which account of the host is whose, stand here.

It is a TOML file, as `strongroom init` writes one:

    strongroom = 1

    [device]
    serial = "700022"
    provider = "north"            # one of the organisations
    vendor = "luna"
    deployment = "firmware"       # or "board"; may be left out
    policy = "azure"              # of a new journal; may be left out

    [organisations]
    north = "b0000000-0000-4000-8000-000000000001"
    luna = "d0000000-0000-4000-8000-000000000001"
    contoso = "c0000000-0000-4000-8000-000000000001"

    [people.erik]
    organisation = "north"
    id = "b0000000-0000-4000-8000-0000000000b3"
    roles = ["Engineer"]
    accounts = ["erik"]           # of the operating system: names or numbers

    [host]                        # may be left out
    account = "strongroom"        # people come through sudo to this account, which is nobody's own

    [logs]                        # may be left out
    folder = "logs"
    key = "device.pem"
    auditor = "audrey"            # in whose name the tenant's log is acknowledged
    pool = "pia"                  # in whose name the lifecycle log is
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Self
from uuid import UUID

from .exceptions import DirectoryError
from .policies import POLICIES
from .table import Table
from .values import NOBODY, Device, Principal
from .words import Deployment, Party, Role

VERSION = 1
"""Of the format."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or a part of the device that an account of the host speaks for."""

    name: str
    organisation: UUID
    id: UUID
    roles: tuple[Role, ...]
    accounts: tuple[str, ...]
    """Of the operating system."""

    def acting_as(self, role: Role) -> Principal:
        """As the core knows them in that role."""
        return Principal(role) if role.party is Party.DEVICE else Principal(role, self.organisation, self.id)


@dataclass(frozen=True, slots=True)
class Logs:
    """Where drained logs go."""

    folder: Path
    key: Path
    """The private key that signs their heads."""
    auditor: Person | None
    """In whose name the tenant's log is acknowledged."""
    pool: Person | None
    """In whose name the lifecycle log is acknowledged."""


@dataclass(frozen=True)
class Directory:
    """Who is who around one device."""

    path: Path
    device: Device
    policy: str
    """Of a new journal."""
    organisations: Mapping[str, UUID] = field(hash=False)
    people: Mapping[str, Person] = field(hash=False)
    host_account: str | None
    """The account of the host that people come to through sudo."""
    logs: Logs | None

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Self:
        """The directory in a file.

        Raises `DirectoryError`, which names the place and the remedy; `OSError` where the file cannot be read.
        """
        file = Path(path)
        try:
            told = tomllib.loads(file.read_bytes().decode())
        except tomllib.TOMLDecodeError as error:
            raise DirectoryError(f"{file}: {_lowered(error)}") from None
        except UnicodeDecodeError:
            raise DirectoryError(f"{file}: this is not UTF-8 text") from None
        return cls._of(file, Table(file, "", told))

    @classmethod
    def _of(cls, file: Path, top: Table) -> Self:
        top.only("strongroom", "device", "organisations", "people", "host", "logs")
        if (version := top.number("strongroom")) != VERSION:
            raise top.wrong("strongroom", f"format {version} is not known; this is format {VERSION}")
        organisations = _organisations(top.table("organisations"))
        device, policy = _device(top.table("device"), organisations)
        people = _people(top.table("people"), organisations, device)
        host = top.maybe_table("host")
        host.only("account")
        account = host.maybe_text("account")
        for person in people.values():
            if account is not None and account in person.accounts:
                raise host.wrong("account", f"{account} is {person.name}'s own; the host's account is nobody's")
        logs = _logs(top.table("logs"), people) if "logs" in top.told else None
        return cls(file, device, policy, organisations, people, account, logs)

    @cached_property
    def names(self) -> Mapping[UUID, str]:
        """The name of every person and organisation, by their ids."""
        people = {person.id: person.name for person in self.people.values() if person.id != NOBODY}
        return MappingProxyType({id: name for name, id in self.organisations.items()} | people)

    def name_of(self, id: UUID | None) -> str | None:
        """The name of a person or an organisation; the id itself where the directory does not have it."""
        return None if id is None else self.names.get(id, str(id))

    def person(self, account: str, uid: int) -> Person | None:
        """Whose account of the operating system this is; a name of digits only is none, since numbers are.

        Raises `DirectoryError` where one person has its name and another its number.
        """
        known = {str(uid)} if account.isdecimal() else {account, str(uid)}
        found = [person for person in self.people.values() if known & set(person.accounts)]
        if len(found) > 1:
            names = " and ".join(person.name for person in found)
            raise DirectoryError(f"{self.path}: [people] {names} have the same account, {account} ({uid}); an account is one person's")
        return found[0] if found else None


def _organisations(table: Table) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for name in table.told:
        id = table.uuid(name)
        for other, known in found.items():
            if known == id:
                raise table.wrong(name, f"has the id of {other}; every organisation has its own")
        found[name] = id
    return found


def _device(table: Table, organisations: Mapping[str, UUID]) -> tuple[Device, str]:
    table.only("serial", "provider", "vendor", "deployment", "policy")
    serial = table.text("serial")
    if not (0 < len(serial) <= 16 and serial.isascii() and serial.isprintable()):
        raise table.wrong("serial", "a serial number has 1 to 16 printable ASCII characters")
    deployment = table.choice("deployment", [each.value for each in Deployment], Deployment.FIRMWARE.value)
    provider, vendor = (organisations[table.choice(key, organisations)] for key in ("provider", "vendor"))
    if provider == vendor:
        raise table.wrong("vendor", "is the provider, too; they are two organisations")
    return Device(serial, provider, vendor, Deployment(deployment)), table.choice("policy", POLICIES, "azure")


def _people(table: Table, organisations: Mapping[str, UUID], device: Device) -> dict[str, Person]:
    people: dict[str, Person] = {}
    ids: dict[UUID, str] = {}
    accounts: dict[str, str] = {}
    for name in table.told:
        entry = table.table(name)
        person = _person(entry, name, organisations, device)
        if (other := ids.setdefault(person.id, name)) != name and person.id != NOBODY:
            raise entry.wrong("id", f"is the id of {other}, too; every person has their own")
        for account in person.accounts:
            if (other := accounts.setdefault(account, name)) != name:
                raise entry.wrong("accounts", f"{account} is {other}'s, too; an account is one person's")
        people[name] = person
    return people


def _person(entry: Table, name: str, organisations: Mapping[str, UUID], device: Device) -> Person:
    entry.only("organisation", "id", "roles", "accounts")
    roles = tuple(Role(role) for role in entry.choices("roles", [role.value for role in Role]))
    accounts = tuple(entry.texts("accounts"))
    parties = {role.party for role in roles}
    if not roles:
        raise entry.wrong("roles", f"is empty; name at least one, such as {Role.APPROVER.value}")
    if parties == {Party.DEVICE}:
        entry.only("roles", "accounts")
        return Person(name, NOBODY, NOBODY, roles, accounts)
    if len(parties) > 1:
        raise entry.wrong("roles", f"{', '.join(roles)} belong to several parties: {', '.join(sorted(parties))}; a person has one")
    (party,) = parties
    organisation = organisations[entry.choice("organisation", organisations)]
    theirs = {device.provider: Party.PROVIDER, device.vendor: Party.VENDOR}.get(organisation, Party.CUSTOMER)
    if party is not theirs:
        raise entry.wrong("roles", f"{roles[0].value} is a role of the {party}'s, and {entry.text('organisation')} is the {theirs}")
    return Person(name, organisation, entry.uuid("id"), roles, accounts)


def _logs(table: Table, people: Mapping[str, Person]) -> Logs:
    table.only("folder", "key", "auditor", "pool")

    def whose(key: str, role: Role) -> Person | None:
        if key not in table.told:
            return None
        person = people[table.choice(key, people)]
        if role not in person.roles:
            raise table.wrong(key, f"{person.name} has no role {role.value}, which acknowledges this log")
        return person

    beside = table.file.parent
    folder, key = beside / table.text("folder"), beside / table.text("key")
    return Logs(folder, key, whose("auditor", Role.AUDITOR), whose("pool", Role.POOL))


def _lowered(error: Exception) -> str:
    said = str(error)
    return said[:1].lower() + said[1:]
