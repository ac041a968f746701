"""Who sits at a console, by the names of the directory beside the journal."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from ..values import Device, Principal
from ..words import Deployment, Role
from .ending import fail, text_of

DIRECTORY = "directory.toml"
"""What the directory beside a journal is called."""


@dataclass(frozen=True, slots=True)
class Post:
    """The device, and who is posted at its console."""

    device: Device
    policy: str
    """Of a new journal."""
    monitor: Principal
    engineer: Principal | None


def post(directory: Path, monitor: str | None, engineer: str | None) -> Post:
    """Reads it in the directory; ends the command where it is not there.

    Without a name the one person monitors who has that role.
    """
    try:
        told = tomllib.loads(text_of(directory))
    except tomllib.TOMLDecodeError as error:
        fail(f"{directory}: {str(error)[:1].lower()}{str(error)[1:]}")
    try:
        organisations = {name: UUID(id) for name, id in told["organisations"].items()}
        device = told["device"]
        people: dict[str, dict[str, Any]] = told["people"]
        return Post(
            Device(
                device["serial"],
                organisations[device["provider"]],
                organisations[device["vendor"]],
                Deployment(device.get("deployment", Deployment.FIRMWARE)),
            ),
            device.get("policy", "azure"),
            _person(directory, people, organisations, _only(directory, people) if monitor is None else monitor, Role.MONITOR),
            None if engineer is None else _person(directory, people, organisations, engineer, Role.ENGINEER),
        )
    except KeyError as error:
        fail(f"{directory}: {error.args[0]} is missing")
    except (AttributeError, TypeError, ValueError) as error:
        fail(f"{directory}: {error}")


def _only(directory: Path, people: dict[str, dict[str, Any]]) -> str:
    monitors = [name for name, person in people.items() if Role.MONITOR in person["roles"]]
    if len(monitors) == 1:
        return monitors[0]
    if not monitors:
        fail(f"{directory}: [people] has nobody with the role {Role.MONITOR}; add whoever monitors for the provider")
    fail(f"{directory}: several people have the role {Role.MONITOR}: {', '.join(monitors)}; name one with --monitor")


def _person(
    directory: Path, people: dict[str, dict[str, Any]], organisations: dict[str, UUID], name: str, role: Role
) -> Principal:
    if name not in people:
        fail(f"{directory}: [people] has no {name}; there are {', '.join(people)}")
    person = people[name]
    if role not in person["roles"]:
        fail(f"{directory}: {name} has not the role {role}; it has {', '.join(person['roles'])}")
    return Principal(role, organisations[person["organisation"]], UUID(person["id"]))
