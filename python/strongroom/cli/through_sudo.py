"""What a person who comes through sudo to the host's account may not have it do for them."""

from __future__ import annotations

import os
from pathlib import Path

import click

_ROOT = 0


def invoker() -> int | None:
    """The number of the account that sudo was called from; `None` where it was not called."""
    through = os.environ.get("SUDO_UID", "")
    return int(through) if through.isascii() and through.isdigit() else None


class OwnPath(click.Path):
    """A file or folder that the person themselves could open: none, through sudo, where the host's account would open it for
    them, and write over the journal or sign with the device's key."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path."""
        if os.getuid() not in (_ROOT, invoker() or os.getuid()):
            self.fail(f"{os.fspath(value)}: not through sudo, where another account than yours would open it; leave it out", param, ctx)
        return Path(os.fspath(value))
