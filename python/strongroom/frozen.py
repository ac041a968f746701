"""A mapping for frozen values: it stays as it is, and can be copied and pickled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

Value = TypeVar("Value", covariant=True)


class Frozen(Mapping[str, Value]):
    """A copy of a mapping that nobody changes. It looks like a `dict`, and equals one."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Value] | None = None) -> None:
        self._items = dict(items or {})

    def __getitem__(self, key: str) -> Value:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __reduce__(self) -> tuple[Any, ...]:
        return Frozen, (dict(self._items),)

    def __repr__(self) -> str:
        return repr(self._items)
