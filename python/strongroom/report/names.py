"""Names of people and organisations, which logs only know by their ids."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self
from uuid import UUID

from ..activity import Actor
from ..directory import Directory
from ..exceptions import ReportError
from ..plain import Json
from ..values import NOBODY


@dataclass(frozen=True, slots=True)
class Names:
    """Names by ids."""

    people: Mapping[UUID, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    organisations: Mapping[UUID, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Reads JSON with `people` and `organisations` as a scenario's first line has them; such a file is read as well.

        Raises `ReportError` where it is not of that shape.
        """
        told: Json
        try:
            told, _ = json.JSONDecoder().raw_decode(text.lstrip())
        except ValueError as error:
            raise ReportError(f"not JSON: {error}") from None
        if not isinstance(told, Mapping):
            raise ReportError("an object with `people` and `organisations` is needed")
        return cls(MappingProxyType(_ids("people", told)), MappingProxyType(_ids("organisations", told)))

    @classmethod
    def of(cls, directory: Directory) -> Self:
        """The names of a directory."""
        people = {person.id: person.name for person in directory.people.values() if person.id != NOBODY}
        organisations = {id: name for name, id in directory.organisations.items()}
        return cls(MappingProxyType(people), MappingProxyType(organisations))

    def person(self, actor: Actor) -> str:
        """The name of whoever acted; the end of the id where there is no name, and the role where there is no id."""
        if actor.person is None:
            return actor.role.value
        return self.people.get(actor.person) or f"{actor.role} {short(actor.person)}"

    def second(self, actor: Actor) -> str | None:
        """The same of the second person, where two acted."""
        return None if actor.second is None else self.people.get(actor.second) or short(actor.second)

    def title(self, actor: Actor) -> str:
        """What somebody is, of which organisation where its name is known; the party alone of a part of the device."""
        if actor.person is None and actor.organisation is None:
            return actor.party.value
        organisation = None if actor.organisation is None else self.organisations.get(actor.organisation)
        return f"{actor.role}, {organisation or actor.party}"


def short(id: UUID) -> str:
    """Enough of an id to tell people apart."""
    return f"…{str(id)[-4:]}"


def _ids(what: str, told: Mapping[str, Json]) -> dict[UUID, str]:
    entries = told.get(what, {})
    if not isinstance(entries, Mapping):
        raise ReportError(f"{what}: an object by names is needed")
    return {_id(f"{what}.{name}", entry): name for name, entry in entries.items()}


def _id(place: str, entry: Json) -> UUID:
    text = entry.get("id") if isinstance(entry, Mapping) else entry
    try:
        return UUID(text if isinstance(text, str) else "")
    except ValueError:
        raise ReportError(f"{place}: a UUID is needed, such as c0000000-0000-4000-8000-0000000000a1") from None
