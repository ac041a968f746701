"""A group of commands of which only the one that is called is loaded: the others' modules would make it begin later."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from .suggesting import SuggestingGroup


class LazyGroup(SuggestingGroup):
    """Loads a command when it is asked for."""

    def __init__(self, *arguments: Any, lazy: Mapping[str, str], **more: Any) -> None:
        """`lazy` says where each command is, by its name: `module:attribute`."""
        super().__init__(*arguments, **more)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all of them, in the order of the alphabet."""
        return sorted({*super().list_commands(ctx), *self._lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        place = self._lazy.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = place.partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found
