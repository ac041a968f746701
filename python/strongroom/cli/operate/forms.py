"""A command of the core as a command of the command line."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection
from typing import Any, get_type_hints

import click

from ... import _native
from ...commands import Commands
from .fields import Field, Given, Place, make

VERBS: tuple[str, ...] = tuple(verb for _, verb, _ in _native.verbs() if verb != "tick")
"""Every verb in the core's order. Time passes by itself: what is over becomes a step before every command."""

_NOT_ARGUMENTS = ("self", "by", "second", "at")


class Form:
    """The options of one verb, and what was given for them."""

    def __init__(self, verb: str, positional: Collection[str] = ()) -> None:
        """Arguments that are `positional` stand without an option's name."""
        self.verb = verb
        method = getattr(Commands, verb)
        self.told, said = _doc(inspect.getdoc(method) or "")
        hints = get_type_hints(method)
        self._positional = positional
        self.fields: list[Field] = [
            make(name, hints[name], parameter.default is inspect.Parameter.empty, said.get(name, ""))
            for name, parameter in inspect.signature(method).parameters.items()
            if name not in _NOT_ARGUMENTS
        ]

    @property
    def name(self) -> str:
        """As it is typed."""
        return self.verb.replace("_", "-")

    def parameters(self) -> list[click.Parameter]:
        """Its options; arguments come first."""
        made = [parameter for field in self.fields for parameter in field.parameters()]
        made = [_argument(each) if each.name in self._positional else each for each in made]
        return sorted(made, key=lambda parameter: not isinstance(parameter, click.Argument))

    def take(self, given: dict[str, Any]) -> dict[str, Any]:
        """Takes what is its own out of what a command was given."""
        return {name: given.pop(name) for name in [parameter.name for parameter in self.parameters()]}

    def fetched(self, given: Given) -> dict[str, Any]:
        """What was given, with what stands in files or comes on standard input: before the journal is held, since that may take long."""
        return {**given, **{name: what for field in self.fields for name, what in field.fetched(given).items()}}

    def arguments(self, given: Given, place: Place) -> dict[str, Any]:
        """The arguments of the method of that name."""
        values = {field.name: field.value(given, place) for field in self.fields}
        return {name: value for name, value in values.items() if value is not None}

    def texts(self, given: Given) -> dict[str, str]:
        """The texts that it holds the digests of."""
        return {name: text for field in self.fields for name, text in field.texts(given).items()}

    @property
    def destroys(self) -> bool:
        """Whether what is a customer's is gone afterwards: what wants the engine's challenge."""
        return any(field.name == "nonce" for field in self.fields)

    def example(self, command: str) -> str:
        """How it may be typed."""
        words = [command]
        for parameter in self.parameters():
            if isinstance(parameter, click.Argument):
                words.append(parameter.metavar or "")
            elif isinstance(parameter, click.Option) and parameter.required:
                words.append(parameter.opts[0] if parameter.secondary_opts else f"{parameter.opts[0]} {parameter.metavar or '…'}")
        return " ".join(words)


def _argument(parameter: click.Parameter) -> click.Argument:
    name = parameter.name or ""
    return click.Argument([name], type=parameter.type, metavar=name.upper(), required=parameter.required)


def _doc(text: str) -> tuple[str, dict[str, str]]:
    """What a method's docstring says of it and of its arguments."""
    told, _, arguments = text.partition("\n\nArgs:\n")
    said: dict[str, str] = {}
    name = ""
    for line in arguments.splitlines():
        begins = re.match(r"    (\w+): (.*)", line)
        if begins:
            name = begins[1]
            said[name] = begins[2]
        elif line.strip() and name:
            said[name] += f" {line.strip()}"
    return " ".join(told.split()), said
