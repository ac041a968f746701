"""Text set on a page: wrapped and indented, coloured on a terminal and plain in a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

WIDEST = 100
"""Columns at most; longer lines are hard to read."""

_SIGNS = "✓✗·→…“”"
_PLAINER = str.maketrans(_SIGNS, '+x->.""')
"""Stand-ins, one for one, where the output's encoding does not have the signs."""

_NO_BREAK = "\N{NO-BREAK SPACE}"

CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "�")
"""A scenario comes from somebody else; its notes and names do not steer the reader's terminal."""


class Page:
    """Where texts are printed, below one another."""

    def __init__(self, console: Console) -> None:
        self._console = console
        # A pipe has no width of its own.
        self._width = min(console.width, WIDEST) if console.is_terminal else WIDEST
        self._plainer = not _has_signs(console.encoding)

    def heading(self, words: str) -> None:
        """A heading, after an empty line."""
        self.line()
        self.line(Text(words, "bold underline"))

    def line(self, text: Text | str = "") -> None:
        """One line, never wrapped."""
        self._console.print(self._plain(Text(text) if isinstance(text, str) else text), soft_wrap=True)

    def lines(self, texts: Iterable[Text]) -> None:
        """Many lines at once, none of them wrapped: faster than one after another."""
        self._console.print(Text("\n").join(self._plain(text) for text in texts), soft_wrap=True)

    def wrapped(self, margin: str, words: str, style: str) -> list[Text]:
        """The lines of words beside a margin that stands on the first of them."""
        lines = textwrap.wrap(words, self._beside(margin), break_on_hyphens=False) or [""]
        before = [margin, *[" " * len(margin)] * (len(lines) - 1)]
        return [Text.assemble((each, "dim"), (line, style)) for each, line in zip(before, lines, strict=True)]

    def block(self, margin: str, *texts: Text) -> None:
        """Texts below one another, each wrapped, beside a margin that stands on the first line."""
        indent = len(margin)
        before = Text(margin, "dim")
        for text in texts:
            for line in self._plain(text).wrap(self._console, self._beside(margin)):
                line.rstrip()
                self._console.print(Text.assemble(before, line), soft_wrap=True)
                before = Text(" " * indent)

    def flow(self, margin: str, items: Sequence[str], style: str) -> None:
        """Items one after another, none of them broken, beside a margin."""
        text = "  ".join(item.replace(" ", _NO_BREAK) for item in items)
        lines = textwrap.wrap(text, self._beside(margin), break_on_hyphens=False)
        self.block(margin, *(Text(line.replace(_NO_BREAK, " "), style) for line in lines))

    def _beside(self, margin: str) -> int:
        return max(self._width - len(margin), 20)

    def _plain(self, text: Text) -> Text:
        text.plain = text.plain.translate(CONTROLS)
        if self._plainer:
            text.plain = text.plain.translate(_PLAINER)
        return text


def _has_signs(encoding: str) -> bool:
    try:
        _SIGNS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
