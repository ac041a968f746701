"""The commands `strongroom board`."""

from __future__ import annotations

import click

from ..lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    lazy={
        "key": f"{__name__}.key:key",
        "provision": f"{__name__}.provision:provision",
        "seat": f"{__name__}.seat:seat",
        "send": f"{__name__}.send:send",
        "time": f"{__name__}.time:time",
    },
)
def board() -> None:
    """Make a serial monitor board what it is, and ask something of it under a party's key.

    PORT is its host line: a serial port, or an address such as socket://host:4000. Nobody on the way has to be trusted. A party's key
    is a file that only you can read; whoever has it speaks for everybody of that party.

    \b
    Examples:
      strongroom board provision --port /dev/ttyUSB0 --directory directory.toml --keys keys
      strongroom board time --port /dev/ttyUSB0 --key keys/provider.key --by pia --second paul
      strongroom board send arrive --port /dev/ttyUSB0 --key keys/provider.key --serial 700022
      strongroom monitor --port /dev/ttyUSB0 --key keys/provider.key
    """
