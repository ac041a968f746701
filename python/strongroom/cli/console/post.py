"""Who sits at a console, by the names of the directory beside the journal."""

from __future__ import annotations

from dataclasses import dataclass

from ...directory import Directory
from ...table import unknown
from ...values import Principal
from ...words import Role
from ..ending import fail


@dataclass(frozen=True, slots=True)
class Post:
    """Who is posted at a device's console."""

    monitor: Principal
    engineer: Principal | None


def post(directory: Directory, monitor: str | None, engineer: str | None) -> Post:
    """Reads it in the directory; ends the command where it is not there.

    Without a name the one person monitors who has that role.
    """
    return Post(
        _person(directory, "--monitor", _only(directory) if monitor is None else monitor, Role.MONITOR),
        None if engineer is None else _person(directory, "--engineer", engineer, Role.ENGINEER),
    )


def _only(directory: Directory) -> str:
    monitors = [person.name for person in directory.people.values() if Role.MONITOR in person.roles]
    if not monitors:
        fail(f"{directory.path}: [people] has nobody with the role {Role.MONITOR}; add whoever monitors for the provider")
    if len(monitors) > 1:
        fail(f"{directory.path}: several people have the role {Role.MONITOR}: {', '.join(monitors)}; name one with --monitor")
    return monitors[0]


def _person(directory: Directory, option: str, name: str, role: Role) -> Principal:
    person = directory.people.get(name)
    if person is None:
        fail(f"{option}: {unknown('person', name, directory.people)} ({directory.path}: [people])")
    if role not in person.roles:
        fail(f"{option}: {name} does not have the role {role}, but {', '.join(person.roles)} ({directory.path}: [people.{name}] roles)")
    return person.acting_as(role)
