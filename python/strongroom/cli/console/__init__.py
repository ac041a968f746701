"""The commands `strongroom console`."""

from __future__ import annotations

import click

from ..lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    lazy={"check": f"{__name__}.check:check", "guard": f"{__name__}.guard:guard", "read": f"{__name__}.read:read"},
)
def console() -> None:
    """Guard a device's serial console, and read what it prints."""
