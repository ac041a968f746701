"""The commands `strongroom console`."""

from __future__ import annotations

import click

from ..lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    lazy={"check": f"{__name__}.check:check", "guard": f"{__name__}.guard:guard", "read": f"{__name__}.read:read"},
)
def console() -> None:
    """Guard a device's serial console, and read what it prints.

    \b
    Examples:
      strongroom console guard --device /dev/ttyUSB0 --technician /dev/ttyUSB1 --journal hsm-a.journal
      strongroom console check "hsm zeroize" --grant administer
      strongroom console read sensors.txt
    """
