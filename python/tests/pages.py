"""Runs the examples of a page in the order in which a reader meets them.

What is run, by the language of the block:

- `console`: a line after `$ ` goes to a shell, and what follows is what it must print; ` [N]` after a command is its exit code. All
  commands of a page are one reader's: where they went, what they exported and defined stays.
- `python`: a dialogue of `>>>` is run as one, anything else as a program; all blocks of a page share their names.
- `toml` and others with a file's name after the language: are written to that file.

In what is expected, `...` stands for anything.

A page that goes on where another one is says so before its first example: `<!-- after tutorial.md "A heading" -->` runs what stands
there above that heading first.
"""

from __future__ import annotations

import contextlib
import doctest
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*?)(?: \[(\d+)\])?$", re.DOTALL)
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page."""

    language: str
    file: str | None
    text: str
    line: int
    """Of its first line in the page."""


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    for found in _FENCE.finditer(text):
        yield Block(found[1], found[2], found[3], text.count("\n", 0, found.start()) + 2)


def run(page: Path, folder: Path, environment: Mapping[str, str]) -> int:
    """Runs a page's examples in `folder`; how many there were. Raises `AssertionError` with the place of what went wrong."""
    names: dict[str, Any] = {"__name__": "__main__"}
    ran = 0
    text = page.read_text()
    with Shell(folder, environment) as shell:
        for block in [*_before(page, text), *blocks(text)]:
            place = f"{page.name}:{block.line}"
            if block.file is not None:
                (shell.folder / block.file).write_text(block.text)
            elif block.language == "console":
                ran += _console(block, place, shell)
            elif block.language == "python":
                with contextlib.chdir(shell.folder):
                    _python(block, place, names)
                ran += 1
    return ran


def _before(page: Path, text: str) -> list[Block]:
    """The blocks of another page that this one begins after."""
    after = re.search(r'^<!-- after (\S+) "(.+)" -->$', text, re.MULTILINE)
    if after is None:
        return []
    other = (page.parent / after[1]).read_text()
    above, heading, _ = other.partition(f"\n## {after[2]}\n")
    assert heading, f"{page.name}: {after[1]} has no heading {after[2]!r}"
    return list(blocks(above))


class Shell:
    """A shell that remembers, from one command to the next, the folder, the mask, what was exported and what was defined."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._environment = environment
        self._memory = tempfile.TemporaryDirectory()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._memory.cleanup()

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """The command, with what it prints and what it says in one."""
        known, went = (Path(self._memory.name, name) for name in ("known", "went"))
        known.touch()
        remember = f"{{ export -p; declare -f; umask -p; }} > {known}; pwd > {went}"
        done = subprocess.run(
            ["bash", "-c", f". {known}\ntrap '{remember}' EXIT\n{command}"],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=120,
        )
        self.folder = Path(went.read_text().rstrip("\n"))
        return done


def _console(block: Block, place: str, shell: Shell) -> int:
    parts = re.split(r"^(?=\$ )", block.text, flags=re.MULTILINE)
    assert not parts[0].strip(), f"{place}: a block of console begins with a command: $ ..."
    for part in parts[1:]:
        typed, _, expected = part.partition("\n")
        while typed.endswith("\\"):
            more, _, expected = expected.partition("\n")
            typed += f"\n{more}"
        command = _COMMAND.match(typed)
        assert command is not None, f"{place}: {typed}"
        done = shell.run(command[1])
        assert done.returncode == int(command[2] or 0), f"{place}: {command[1]}\nended with {done.returncode}:\n{done.stdout}"
        if not doctest.OutputChecker().check_output(_marked(expected), _marked(done.stdout), _FLAGS):
            raise AssertionError(f"{place}: {command[1]}\nexpected:\n{expected}\nprinted:\n{done.stdout}")
    return len(parts) - 1


def _marked(text: str) -> str:
    """The text with a mark at its end, so that an `...` in the last line is not cut."""
    return text.strip() + "\n"


def _python(block: Block, place: str, names: dict[str, Any]) -> None:
    if ">>>" not in block.text:
        exec(compile("\n" * (block.line - 1) + block.text, place, "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(block.text, names, place, place, block.line - 1)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=_FLAGS).run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    assert result.failed == 0, "".join(said)
