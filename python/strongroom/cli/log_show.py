"""The command `strongroom log show`: the activity log, for people, spreadsheets and SIEM rules."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from rich.text import Text

from .. import activity
from ..activity import Event, Format, Occurrence, Region, Verdict
from ..exceptions import FilterError, LogError
from ..words import LogName
from .ending import fail
from .folders import nearby
from .output import beside, page, write
from .page import Page
from .times import Moment

_TABLE = "table"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--action", "actions", multiple=True, metavar="NAME", help="The source's name, a verb, or Azure's operation; several times: any of them.")
@click.option("--actor", "actors", multiple=True, metavar="WHO", help="A role, a party, or the UUID of a person or an organisation; likewise.")
@click.option("--request", type=click.IntRange(min=1), metavar="N", help="Only of this request or excluded access.")
@click.option("--since", type=Moment(), metavar="TIME", help="Only at this time or later, in RFC 3339.")
@click.option("--until", type=Moment(), metavar="TIME", help="Only before this time, in RFC 3339.")
@click.option("--log", type=click.Choice([name.value for name in LogName]), help="Only of one of the two logs.")
@click.option("--refused", is_flag=True, help="Only refusals.")
@click.option("--format", type=click.Choice([_TABLE, *(each.value for each in Format)]), help="How; a table on a terminal, jsonl in a pipe.")
@click.option("--subscription", type=click.UUID, metavar="UUID", help="The subscription that --format azure tells of.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each event, as --format jsonl does.")
def show(
    folder: Path,
    actions: tuple[str, ...],
    actors: tuple[str, ...],
    request: int | None,
    since: datetime | None,
    until: datetime | None,
    log: str | None,
    refused: bool,
    format: str | None,
    subscription: UUID | None,
    as_json: bool,
) -> None:
    """Show the activity log: the records of the logs in FOLDER, as they happened.

    A step that moves the device stands in both logs; the lifecycle log does not name the customer. Nothing is verified
    here: `strongroom log verify` does that.

    \b
    Examples:
      strongroom log show logs --since 2026-01-05T00:00:00Z --refused
      strongroom log show logs --request 3 --json
    """
    if as_json and format not in (None, Format.JSONL):
        raise click.UsageError(f"--json is --format jsonl, not {format}")
    if as_json:
        format = Format.JSONL.value
    elif format is None:
        format = _TABLE if sys.stdout.isatty() else Format.JSONL.value
    if subscription is not None and format != Format.AZURE:
        raise click.UsageError("--subscription is for --format azure")
    picked: dict[str, Any] = {
        "actions": actions,
        "actors": actors,
        "request": request,
        "since": since,
        "until": until,
        "log": None if log is None else LogName(log),
        "refused": refused,
    }
    try:
        if format == _TABLE:
            told, left_out = _table(folder, picked), 0
        else:
            lines = activity.lines(folder, Format(format), subscription=subscription, **picked)
            for batch in lines:
                write(batch)
            told, left_out = lines.told, lines.left_out
    except FilterError as error:
        raise click.UsageError(str(error)) from None
    except LogError as error:
        fail(f"{beside(folder, error)}{nearby(folder)}")
    if left_out:
        click.echo(f"left out {_count(left_out, 'event')} that the Azure Activity Log has no name for", err=True)
    elif not told:
        click.echo("no event to show" if not any(picked.values()) else "no event is as asked for", err=True)


_PIECE = 200
"""Rows that are printed at once."""


def _table(folder: Path, picked: dict[str, Any]) -> int:
    """One event a row under a heading for each day; says how many."""
    out, day, count = page(), None, 0
    rows: list[Text] = []
    for event in activity.events(folder, **picked):
        if event.time.date() != day:
            day = event.time.date()
            rows += [Text(), Text(f"{day:%A} {day.day} {day:%B %Y}", "bold underline")]
        rows += _row(out, event)
        count += 1
        if len(rows) >= _PIECE:
            out.lines(rows)
            rows = []
    if rows:
        out.lines(rows)
    return count


_COLUMNS = "  {:<9} {:<13} {:<23} {:<18} "
"""Time of day, place in the log, action, actor; the rest of the line is for what came of it."""


def _row(out: Page, event: Event) -> list[Text]:
    time = f"{event.time:%H:%M:%S}{'?' if event.at_last_good_time else ''}"
    who = f"{event.actor.role} {_short(event.actor.person)}".rstrip()
    margin = _COLUMNS.format(time, f"{event.log} {event.sequence}", event.action, who)
    return out.wrapped(margin, _came(event), "red" if event.verdict is Verdict.REFUSED else "")


def _came(event: Event) -> str:
    """What came of it, and by which rule."""
    parts: list[str] = []
    if event.request is not None:
        parts.append(f"request {event.request}")
    if event.exclusion is not None:
        parts.append(f"exclusion {event.exclusion}")
    if event.region is Region.LOG:
        parts.append(f"{event.after} log")
    elif event.after is not None:
        moved = event.before != event.after
        parts.append(f"{event.before} → {event.after}" if moved and event.before else event.after)
    if event.detail is not None:
        parts.append(f"{event.detail} records" if event.detail_of == "records" else f"{event.detail_of} {event.detail}")
    if event.occurrence is Occurrence.REPEATED:
        parts.append(f"{_count(event.count or 0, 'time')} more refused by {event.rule.name}")
    elif event.occurrence is Occurrence.UNLOGGED:
        parts.append(f"no place in the log for {_count(event.count or 0, 'record')}")
    elif event.verdict is Verdict.REFUSED:
        parts.append(f"refused by {event.rule.name}")
    else:
        parts.append(event.rule.name)
    return ", ".join(parts)


def _short(person: UUID | None) -> str:
    """Enough of an id to tell people apart; `--format jsonl` has it in full."""
    return "" if person is None else f"…{str(person)[-4:]}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
