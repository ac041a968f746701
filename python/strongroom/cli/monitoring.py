"""What a look at a board has shown: on a terminal as a screen that is drawn anew, elsewhere as lines, and as JSON."""

from __future__ import annotations

from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ..moments import EPOCH
from ..board import Head, Seen
from ..phrases import duration
from ..records import Record
from ..words import Health, LogName, Party
from .operate import told
from .timeline import moment

NOT_READ = "not read yet"

_CLOCKS_APART = timedelta(minutes=1)
"""The difference between the board's clock and the host's from which it is told: deadlines are counted by the board's."""

_GOOD, _TROUBLE, _BAD = "bold green", "bold yellow", "bold red"

_HEALTH = {Health.IN_SERVICE: _GOOD, Health.UNKNOWN: "dim", Health.TROUBLE: _TROUBLE, Health.SILENT: _TROUBLE}


class Screen:
    """Where it is shown."""

    def __init__(self, party: Party) -> None:
        self._party = party
        self._console = Console(highlight=False, markup=False, emoji=False)
        self._live = Live(console=self._console, auto_refresh=False) if self._console.is_terminal else None
        self._last: Seen | None = None
        self._said: object = None

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, seen: Seen | None, trouble: str | None) -> None:
        """Draws it anew; without a terminal, prints what has changed. Without anything seen, what was seen last stays, with the trouble."""
        self._last = seen or self._last
        if self._live is not None:
            parts = [] if self._last is None else [_panel(self._last, self._party)]
            if trouble is not None:
                parts.append(Panel(Text(trouble, _BAD), title="no answer", border_style="red"))
            self._live.update(Group(*parts), refresh=True)
            return
        said = trouble or (seen and (seen.status.state, seen.status.health, seen.status.access, seen.effects, seen.status.sizes))
        if said != self._said:
            self._said = said
            if seen is not None:
                self.print(seen)
            elif trouble is not None:
                self._console.print(Text(trouble), soft_wrap=True)

    def print(self, seen: Seen) -> None:
        """Prints it, as lines."""
        for name, value in _rows(seen, self._party):
            self._console.print(Text.assemble((f"{name:<15}", "dim"), value), soft_wrap=True)
        for line in _recent(seen):
            self._console.print(Text.assemble((f"{'':<15}", ""), line), soft_wrap=True)


def _panel(seen: Seen, party: Party) -> Panel:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, value in _rows(seen, party):
        table.add_row(name, value)
    recent = Text("\n").join(_recent(seen))
    title = Text.assemble("device ", (seen.status.serial, "bold"), f", as the {party} sees it")
    return Panel(Group(table, Text(), recent) if recent else table, title=title, subtitle=f"{moment(seen.at)} UTC", border_style="red" if _is_bad(seen) else "cyan")


def _is_bad(seen: Seen) -> bool:
    return seen.status.health not in (Health.IN_SERVICE, Health.UNKNOWN)


def _rows(seen: Seen, party: Party) -> list[tuple[str, Text]]:
    status = seen.status
    rows = [
        ("state", Text(status.state, "bold")),
        ("health", health(status.health)),
        ("time", _time(seen)),
        ("access", Text("nobody in the seat has access") if status.access is None else told.until(status.access)),
        ("to be done", _effects(seen)),
    ]
    rows += [(f"{log} log", _head(head)) for log, head in seen.heads.items()]
    if party is not Party.CUSTOMER:
        rows.append(("tenant log", Text(f"{status.sizes[LogName.TENANT]} records, which are the customer's")))
    rows += [("told", Text(told.asked_for(each), _TROUBLE)) for each in seen.told]
    line = seen.line
    rows.append(("line", Text(f"{line.bytes} bytes, {line.broken} frames broken, {line.forged} answers forged", _BAD if line.forged else "")))
    return rows


def _time(seen: Seen) -> Text:
    at = seen.status.at
    if at is None:
        return Text("nobody has told it the time since it was switched on: strongroom board time", _TROUBLE)
    text = Text(f"{moment(at)} UTC")
    apart = at - seen.at
    if abs(apart) > _CLOCKS_APART:
        text.append(f", {duration(int(abs(apart).total_seconds()))} {'ahead of' if apart > timedelta(0) else 'behind'} this host's clock: strongroom board time sets it", _TROUBLE)
    return text


def health(of: Health) -> Text:
    """A health, as a person reads it."""
    return Text(NOT_READ if of is Health.UNKNOWN else of, _HEALTH.get(of, _BAD))


def _effects(seen: Seen) -> Text:
    if not seen.effects:
        return Text("nothing")
    return Text("; ").join(Text(f"{each.number}: {told.asked_for(each)}") for each in seen.effects)


def _head(head: Head) -> Text:
    text = Text(f"{head.size} records, root {head.root[:16]}… ")
    text.append("signed by the device" if head.is_verified else "signature not checked: give --device-key", "green" if head.is_verified else "yellow")
    return text if head.folder is None or not head.size else text.append(f", collected in {head.folder}")


def _recent(seen: Seen) -> list[Text]:
    return [_record(record) for record in seen.recent]


def _record(record: Record) -> Text:
    # A board that nobody has told the time records none.
    at = moment(None if record.at == EPOCH else record.at)
    text = Text.assemble((f"{record.sequence:>5} {at:<19} ", "dim"), f"{record.what or '?'} ", (f"({record.role}) ", "dim"))
    text.append(f"refused by {record.rule.name}" if record.refused else record.rule.name, "red" if record.refused else "green")
    if record.before is not None and record.after is not None and record.before != record.after:
        text.append(f" {record.before} → {record.after}")
    return text


def as_json(seen: Seen) -> dict[str, Any]:
    """A look as JSON."""
    status = seen.status
    return {
        "at": told.time(seen.at),
        "serial": status.serial,
        "state": status.state,
        "health": None if status.health is Health.UNKNOWN else status.health,
        "time": told.time(status.at),
        "access": told.time(status.access),
        "sizes": {log.value: size for log, size in status.sizes.items()},
        "effects": [told.effect(each) for each in seen.effects],
        "told": [told.effect(each) for each in seen.told],
        "heads": {log.value: _head_json(head) for log, head in seen.heads.items()},
        "recent": [{"log": each.log, "sequence": each.sequence, "at": told.time(each.at), "what": each.what, "rule": each.rule.name, "refused": each.refused} for each in seen.recent],
        "line": {"bytes": seen.line.bytes, "broken": seen.line.broken, "forged": seen.line.forged, "others": seen.line.others},
    }


def _head_json(head: Head) -> dict[str, Any]:
    return {"origin": head.origin, "size": head.size, "root": head.root, "verified": head.is_verified, "folder": None if head.folder is None else str(head.folder)}
