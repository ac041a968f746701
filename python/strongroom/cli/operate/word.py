"""A word of the core's, as it is typed."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from ...table import unknown

if TYPE_CHECKING:
    _OfWords = click.ParamType[StrEnum]
else:
    # Older releases of click do not say of what.
    _OfWords = click.ParamType


class Word(_OfWords):
    """A word of the core's, however it is capitalised and hyphened."""

    name = "word"

    def __init__(self, kind: type[StrEnum]) -> None:
        self._kind = kind

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> StrEnum:
        """The word."""
        typed = str(value).casefold().replace("-", "_")
        for each in self._kind:
            if each.value.casefold() == typed:
                return each
        self.fail(unknown("word", str(value), [each.value for each in self._kind]), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The words that begin so."""
        typed = incomplete.casefold()
        return [CompletionItem(each.value) for each in self._kind if each.value.casefold().startswith(typed)]

    @property
    def told(self) -> str:
        """The words, where they are few; else how to see them."""
        words = [each.value for each in self._kind]
        return f"One of {', '.join(words)}." if len(words) <= _FEW else f"A word such as {words[0]} or {words[-1]}; a wrong one names the nearest."


_FEW = 12
"""Words that are listed in full."""
