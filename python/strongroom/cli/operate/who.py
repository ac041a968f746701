"""Who acts: the operating system's user, as the directory knows them."""

from __future__ import annotations

import os
from dataclasses import dataclass

from ...directory import Directory, Person
from ...exceptions import DirectoryError
from ...permissions import account_name
from ...table import unknown
from ...values import Principal
from ...words import Role
from ..ending import fail
from ..through_sudo import invoker


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a role."""

    person: Person
    role: Role

    @property
    def principal(self) -> Principal:
        """As the core knows them."""
        return self.person.acting_as(self.role)


def account(directory: Directory) -> tuple[str, int]:
    """The operating system's user: the process's real one.

    For root, and for the host's own account, it is the user who came there through sudo: whoever can set that variable
    otherwise is root, or can write the journal anyhow.
    """
    uid = os.getuid()
    through = invoker()
    if through is not None and (uid == 0 or directory.host_account in (account_name(uid), str(uid))):
        uid = through
    return account_name(uid), uid


def person(directory: Directory) -> Person:
    """The person who acts; ends the command where the directory knows none."""
    name, uid = account(directory)
    try:
        found = directory.person(name, uid)
    except DirectoryError as error:
        fail(str(error))
    if found is None:
        known = "" if name == str(uid) else f" ({uid})"
        fail(f'{directory.path}: [people] knows nobody whose account is {name}{known}; add "{name}" to a person\'s accounts')
    return found


def in_role(directory: Directory, acting: Person, role: str) -> Actor:
    """The person in a role that the directory gives them."""
    for mine in acting.roles:
        if mine.value.casefold() == role.casefold():
            return Actor(acting, mine)
    why = unknown(f"role of {acting.name}'s", role, [each.value for each in acting.roles])
    fail(f"--role: {why} ({directory.path}: [people.{acting.name}] roles)")
