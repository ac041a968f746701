"""A table of a TOML file, read with errors that name the file, the table, the key and the remedy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from uuid import UUID

from .exceptions import DirectoryError


@dataclass(frozen=True, slots=True)
class Table:
    """One table, and where it stands."""

    file: Path
    name: str
    told: Mapping[str, Any]

    def wrong(self, key: str, why: str) -> DirectoryError:
        """An error at `key`."""
        place = f"[{self.name}] {key}" if self.name else key
        return DirectoryError(f"{self.file}: {place}: {why}")

    def only(self, *keys: str) -> None:
        """Raises for a key that is none of these."""
        for key in self.told:
            if key not in keys:
                raise self.wrong(key, unknown("key", key, keys))

    def table(self, key: str) -> Table:
        """The table at `key`."""
        inner = self._get(key, dict, "a table")
        return Table(self.file, f"{self.name}.{key}" if self.name else key, inner)

    def maybe_table(self, key: str) -> Table:
        """The table at `key`, or an empty one."""
        return self.table(key) if key in self.told else Table(self.file, key, {})

    def text(self, key: str) -> str:
        """The text at `key`."""
        return str(self._get(key, str, "a text"))

    def maybe_text(self, key: str) -> str | None:
        """The text at `key`, where there is one; a number, such as an account's, is one, too."""
        if isinstance(self.told.get(key), int):
            return str(self.told[key])
        return self.text(key) if key in self.told else None

    def number(self, key: str) -> int:
        """The whole number at `key`."""
        return int(self._get(key, int, "a whole number"))

    def texts(self, key: str) -> list[str]:
        """The texts at `key`; numbers, such as an account's, are texts, too."""
        listed = self._get(key, list, "a list of texts")
        for each in listed:
            if not isinstance(each, str | int) or isinstance(each, bool):
                raise self.wrong(key, f"must be a list of texts, found {each!r} in it")
        return [str(each) for each in listed]

    def uuid(self, key: str) -> UUID:
        """The id at `key`."""
        text = self.text(key)
        try:
            id = UUID(text)
        except ValueError:
            raise self.wrong(key, f'"{text}" is no UUID; uuidgen makes one') from None
        if id.int == 0:
            raise self.wrong(key, "is the id of nobody; uuidgen makes one")
        return id

    def choice(self, key: str, known: Collection[str], default: str | None = None) -> str:
        """The name at `key`, one of those that are known."""
        if default is not None and key not in self.told:
            return default
        return self._known(key, self.text(key), known)

    def choices(self, key: str, known: Collection[str]) -> list[str]:
        """The names at `key`, each one of those that are known."""
        return [self._known(key, name, known) for name in self.texts(key)]

    def _known(self, key: str, name: str, known: Collection[str]) -> str:
        if name not in known:
            raise self.wrong(key, unknown("name", name, known))
        return name

    def _get(self, key: str, kind: type, what: str) -> Any:
        if key not in self.told:
            place = f"[{self.name}]" if self.name else "the file"
            raise DirectoryError(f"{self.file}: {place} has no {key}; it needs {what} there")
        value = self.told[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.wrong(key, f"must be {what}, found {value!r}")
        return value


def unknown(what: str, name: str, known: Collection[str]) -> str:
    """Says that nothing is called so, and what is nearest or known."""
    nearest = get_close_matches(name, known, n=1)
    hint = f'; did you mean "{nearest[0]}"?' if nearest else f"; there are {', '.join(known)}" if known else "; there is none"
    return f'unknown {what} "{name}"{hint}'
