"""What a shell completes: numbers of requests and effects from the journal, names from the directory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from ...directory import Directory
from ...exceptions import StrongroomError
from ...room import Strongroom
from ..journals import directory_beside

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def of(name: str) -> Complete | None:
    """What completes the argument of this name; `None` where nothing is known of it."""
    known: dict[str, Callable[[click.Context], Iterable[tuple[str, str]]]] = {
        "request": _requests,
        "exclusion": _exclusions,
        "effect": _effects,
        "organisation": _organisations,
        "approvers": _people,
        "ticket": _tickets,
    }
    found = known.get(name)
    if found is None:
        return None

    def complete(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
        try:
            return [CompletionItem(value, help=told) for value, told in found(context) if value.startswith(typed)]
        except (StrongroomError, OSError):
            # A shell that completes is no place for errors.
            return []

    return complete


def _journal(context: click.Context) -> Path:
    # Options that are not typed yet come from the environment.
    named = context.params.get("journal") or os.environ.get("STRONGROOM_JOURNAL")
    if not named:
        raise FileNotFoundError
    return Path(named)


def _directory(context: click.Context) -> Directory:
    named = context.params.get("directory") or os.environ.get("STRONGROOM_DIRECTORY")
    return Directory.read(named or directory_beside(_journal(context), None))


def _room(context: click.Context) -> Strongroom:
    journal, directory = _journal(context), _directory(context)
    if not journal.exists():
        raise FileNotFoundError
    return Strongroom.open(journal, directory.device, directory.policy, wait=0)


def _requests(context: click.Context) -> Iterable[tuple[str, str]]:
    with _room(context) as room:
        return [(str(each.number), f"{each.ticket} {each.status}") for each in room.state.requests]


def _tickets(context: click.Context) -> Iterable[tuple[str, str]]:
    with _room(context) as room:
        return [(each.ticket, f"request {each.number} {each.status}") for each in room.state.requests]


def _exclusions(context: click.Context) -> Iterable[tuple[str, str]]:
    with _room(context) as room:
        return [(str(each.number), each.kind.value) for each in room.state.exclusions]


def _effects(context: click.Context) -> Iterable[tuple[str, str]]:
    with _room(context) as room:
        return [(str(each.number), each.detail) for each in room.state.pending]


def _organisations(context: click.Context) -> Iterable[tuple[str, str]]:
    return [(name, str(id)) for name, id in _directory(context).organisations.items()]


def _people(context: click.Context) -> Iterable[tuple[str, str]]:
    return [(person.name, ", ".join(person.roles)) for person in _directory(context).people.values()]
