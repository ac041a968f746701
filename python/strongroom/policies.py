"""The policies that the core brings: every number, threshold and list that a rule compares with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

from . import _native
from .frozen import Frozen

Number = bool | int | str | None | tuple[str, ...]
"""A value of a policy; lengths of time are in seconds, sets are names, `None` is off."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A preset."""

    name: str
    version: int
    digest: str
    """What a log names the policy by."""
    numbers: Mapping[str, Number] = field(hash=False)
    """By their paths, such as `lockbox.decide_within`."""

    def differences(self, other: Policy) -> dict[str, tuple[Number, Number]]:
        """The paths that differ, each with this policy's value and the other's."""
        return {path: (mine, other.numbers[path]) for path, mine in self.numbers.items() if mine != other.numbers[path]}


def _policy(name: str, text: str) -> Policy:
    told = json.loads(text)
    return Policy(name, told["version"], told["digest"], Frozen(dict(_flat("", told["numbers"]))))


def _flat(path: str, value: Any) -> Iterator[tuple[str, Number]]:
    if isinstance(value, Mapping):
        for key, inner in cast("Mapping[str, Any]", value).items():
            yield from _flat(f"{path}.{key}" if path else key, inner)
    else:
        yield path, tuple(cast("list[str]", value)) if isinstance(value, list) else value


POLICIES: Mapping[str, Policy] = MappingProxyType({name: _policy(name, text) for name, text in _native.policies().items()})
"""Every preset, by its name."""
