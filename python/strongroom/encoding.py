"""Values as the native module reads them: JSON with the core's own names."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, cast
from uuid import UUID

from . import _native
from .exceptions import CommandError
from .moments import seconds
from .reading import Reading
from .values import Principal


def command(verb: str, arguments: Mapping[str, Any], by: Principal, second: Principal | None) -> str:
    """The command's JSON. An argument that is `None` is left out."""
    given = {name: _value(f"{verb}: {name}", value) for name, value in arguments.items() if value is not None}
    action = {verb: given}
    return json.dumps({"by": _value("by", by), "second": _value("second", second), "action": action})


def digest(command: str) -> str:
    """The digest that the record of a command carries, given its JSON."""
    return _native.command_digest(command)


def value(of: object) -> str:
    """The JSON of one value."""
    return json.dumps(_value("value", of))


def _value(place: str, of: Any) -> Any:
    match of:
        case None | bool() | int() | str() if not isinstance(of, Enum):
            return of
        case Enum():
            return of.value
        case UUID():
            return str(of)
        case bytes():
            return of.hex()
        case datetime():
            return seconds(of)
        case timedelta():
            return _whole(place, of)
        case Reading():
            return of.as_json()
        case Mapping():
            items = cast("Mapping[object, object]", of)
            return {_name(place, name): _value(f"{place}.{name}", inner) for name, inner in items.items()}
        case Collection():
            return [_value(place, item) for item in cast("Collection[object]", of)]
        case _ if is_dataclass(of) and not isinstance(of, type):
            parts = {field.name: getattr(of, field.name) for field in fields(of)}
            return {name: _value(f"{place}.{name}", inner) for name, inner in parts.items() if inner is not None}
        case _:
            raise CommandError(f"{place} is a {type(of).__name__}, which no argument is")


def _name(place: str, of: object) -> str:
    if isinstance(of, str):
        return of
    raise CommandError(f"{place} has a key that is a {type(of).__name__}; keys are names")


def _whole(place: str, span: timedelta) -> int:
    whole, rest = divmod(span, timedelta(seconds=1))
    if rest or not 0 <= whole < 1 << 32:
        raise CommandError(f"{place} is {span}; it has to be whole seconds, from none to 136 years")
    return whole
