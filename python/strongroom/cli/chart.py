"""The command `strongroom chart`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from .. import activity
from ..chart import CHART, LOCKBOX_CHART, Transition
from ..exceptions import LogError, PermissionsError, StorageError
from ..pictures.chart_svg import Marks, chart_svg
from ..pictures.dot import dot
from ..pictures.edges import edges
from ..pictures.mermaid import mermaid
from ..pictures.places import LEASE, LOCKBOX
from ..report.journey import journey, marks, once
from ..words import Health, State, Status
from .ending import fail, fail_by
from .journals import DIRECTORY_OPTION, directory_beside, open_journal, read_directory, require_journal
from .output import beside, page, write, write_json
from .through_sudo import OwnPath

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("which", type=click.Choice(["lease", "lockbox"]), default="lease")
@click.option("--format", type=click.Choice(["table", "mermaid", "dot", "svg"]), help="How; a table on a terminal, mermaid in a pipe.")
@click.option("-o", "--output", type=OwnPath(), metavar="FILE", help="Write to FILE; its ending says the format where --format does not.")
@click.option("--current", metavar="NAME", help="Mark this state, or status, as where it stands now.")
@click.option("--log", "folder", type=_PATH, metavar="DIR", help="Mark the path that the device took, by the logs in DIR.")
@click.option("--journal", type=_PATH, metavar="FILE", help="Mark the state that the device in this journal is in.")
@click.option("--directory", **DIRECTORY_OPTION)
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each transition.")
def chart(
    which: str,
    format: str | None,
    output: Path | None,
    current: str | None,
    folder: Path | None,
    journal: Path | None,
    directory: Path | None,
    as_json: bool,
) -> None:
    """Show how a lease may move, or a request in the lockbox.

    What is not in the chart is refused. Mermaid is what GitHub draws in a README, DOT what Graphviz takes. With --journal the
    table tells the device's health, too.

    \b
    Examples:
      strongroom chart lease --format svg -o lease.svg
      strongroom chart lease --journal hsm-a.journal
      strongroom chart lockbox
    """
    said = {"--current": current, "--log": folder, "--journal": journal}
    given = [name for name, value in said.items() if value is not None]
    if which == "lockbox" and given and given != ["--current"]:
        raise click.UsageError(f"{given[-1]} is for the lease's chart")
    if len(given) > 1:
        raise click.UsageError(f"{' and '.join(given)} {'both' if len(given) == 2 else 'all'} say where the device stands")
    if as_json and (format is not None or output is not None):
        raise click.UsageError("--json prints the table; it has no format and no file")
    health = None
    if current is not None:
        current = _place(current, State if which == "lease" else Status)
    if journal is not None:
        current, health = _stands(journal, directory_beside(journal, directory))
    marked = Marks(current) if folder is None else _path(folder)
    transitions: Sequence[Transition[Any]] = CHART if which == "lease" else LOCKBOX_CHART
    if as_json:
        for each in transitions:
            now = {} if marked.current is None else {"now": marked.current in each.sources}
            write_json({**_plain(each), **now})
        return
    format = format or _format(output)
    if format == "table":
        if output is not None:
            raise click.UsageError("a table goes to standard output; take mermaid, dot or svg for a file")
        _table(transitions, marked, health)
        return
    text = _drawn(which, format, transitions, marked)
    if output is None:
        write(text)
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        fail_by(output, error)


def _format(output: Path | None) -> str:
    endings = {".svg": "svg", ".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".mermaid": "mermaid"}
    if output is not None:
        if output.suffix not in endings:
            raise click.UsageError(f"{output.name} does not say the format; end it in .svg, .dot or .mmd, or give --format")
        return endings[output.suffix]
    return "table" if sys.stdout.isatty() else "mermaid"


def _drawn(which: str, format: str, transitions: Sequence[Transition[Any]], marked: Marks) -> str:
    start = State.IN_TRANSIT if which == "lease" else None
    match format:
        case "mermaid":
            return mermaid(edges(transitions, start), marked.current, marked.visited)
        case "dot":
            return dot(edges(transitions, start), which, marked.current, marked.visited)
        case _:
            plan, title = (LEASE, "How a lease may move") if which == "lease" else (LOCKBOX, "How a request for access may move")
            return chart_svg(edges(transitions), plan, title, marked)


def _path(folder: Path) -> Marks:
    try:
        return marks(journey(once(activity.events(folder))))
    except LogError as error:
        fail(beside(folder, error))


def _stands(journal: Path, directory: Path) -> tuple[State, Health]:
    known = read_directory(directory)
    try:
        journal = require_journal(journal)
        with open_journal(journal, known) as room:
            state = room.state
    except (PermissionsError, StorageError) as error:
        fail(beside(journal, error))
    return state.state, state.health


def _place(name: str, places: type[StrEnum]) -> str:
    spelled = {place.value.casefold(): place.value for place in places}
    found = spelled.get(name.casefold().replace("-", "_"))
    if found is None:
        (nearest,) = get_close_matches(name.casefold(), spelled, n=1, cutoff=0)
        raise click.BadParameter(f'unknown name "{name}"; did you mean "{spelled[nearest]}"?', param_hint="--current")
    return found


def _table(transitions: Sequence[Transition[Any]], marked: Marks, health: Health | None) -> None:
    """A heading for each place, what leads on from there, and what only is recorded."""
    out = page()
    now = "  · now" if health is None else f"  · now, health {health}"
    there = {source for each in transitions for source in each.sources}
    order = [place for place in (*State, *Status) if place in there]
    for place in (*([None] if any(not each.sources for each in transitions) else []), *order):
        here = place is not None and place.value == marked.current
        out.line()
        out.line(Text(place or "where a request begins", "bold reverse" if here else "bold").append(now if here else ""))
        stays: list[str] = []
        for each in transitions:
            if place not in (each.sources or (None,)):
                continue
            if each.target in (None, place):
                stays.append(each.event)
                continue
            rule = "" if each.rule is None else each.rule.name
            leads = Text(f"→ {each.target}").append(f"  {', '.join(each.roles) or 'by itself'}", "").append(f"  {rule}", "dim")
            out.block(f"  {each.event:<25}", leads)
        if stays:
            out.flow(f"  {'moves nothing':<25}", stays, "dim")


def _plain(transition: Transition[Any]) -> dict[str, Any]:
    told = asdict(transition)
    told["rule"] = None if transition.rule is None else transition.rule.name
    told["guards"] = [guard.name for guard in transition.guards]
    return {"from": told.pop("sources"), "event": told.pop("event"), "to": told.pop("target"), **told}
