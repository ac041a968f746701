"""How far long work is."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from .. import logs

LONG = 5000
"""Records from which on a verification takes long enough to show how far it is."""


@contextmanager
def verifying() -> Generator[logs.Progress]:
    """Shows on a terminal how far the verification of a long log is, on standard error; what comes of it goes to standard output."""
    console = Console(stderr=True)
    columns = (TextColumn("verifying {task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        tasks: dict[str, TaskID] = {}

        def tell(name: str, done: int, total: int) -> None:
            if total >= LONG:
                if name not in tasks:
                    tasks[name] = shown.add_task(name, total=total)
                shown.update(tasks[name], completed=done)

        yield tell
