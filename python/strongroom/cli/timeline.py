"""A replay as a story that a person reads: who did what, allowed or refused, by which rule, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from rich.text import Text

from ..phrases import phrase
from ..replay import Effect, EngineState, Pending, Replay, Step, VerifiedLog
from ..words import EffectKind, Health, Origin, State, Status
from .page import Page

ASKS: dict[EffectKind, str] = {
    EffectKind.NOTIFY_APPROVERS: "tell the approvers",
    EffectKind.OPEN_ACCESS: "open access",
    EffectKind.CLOSE_ACCESS: "close access, and confirm it",
    EffectKind.NOTIFY_CUSTOMER: "tell the customer",
    EffectKind.ERASE: "erase all areas",
    EffectKind.ERASE_TENANT_AREA: "erase the tenant's area",
    EffectKind.HALT: "halt cryptography and sessions",
    EffectKind.RESET: "reset the device",
}

_MARGIN = " " * 12
"""As wide as a time of day with its blanks."""

_HOUSEKEEPING = frozenset({Origin.DRAIN, Origin.CONFIRM})
"""What the host does by itself, told in one quiet line."""


@dataclass(slots=True)
class _Seen:
    """What was last said of an engine, so that only changes are told."""

    health: Health = Health.UNKNOWN
    requests: dict[int, Status] = field(default_factory=dict[int, Status])


class Timeline:
    """Tells replays on a page."""

    def __init__(self, page: Page, *, explain: bool = False, line: int | None = None) -> None:
        """With `explain`, every step names the rules that it consulted; with `line`, only that line's steps are told."""
        self._page = page
        self._explain = explain
        self._line = line

    def story(self, replay: Replay) -> None:
        """The steps, a heading for each day."""
        self._page.line(Text(replay.title, "bold"))
        several = len(replay.engines) > 1
        for engine in replay.engines:
            self._page.line(Text(f"{engine.name}, policy {replay.policy}", "dim"))
        seen = {engine.name: _Seen() for engine in replay.engines}
        day: date | None = None
        for quiet, group in groupby(replay.steps, _is_housekeeping):
            steps = list(group)
            if quiet:
                self._housekeeping([step for step in steps if self._is_told(step)])
                continue
            for step in steps:
                changes = "; ".join(_changes(step, seen[step.engine]))
                if not self._is_told(step):
                    continue
                if step.at is not None and step.at.date() != day:
                    day = step.at.date()
                    self._page.heading(f"{day:%A} {day.day} {day:%B %Y}")
                self._step(step, changes, several)
        told = [step.ok for step in replay.steps if self._is_told(step)]
        self._page.line()
        self._page.line(f"{_count(len(told), 'step')}: {told.count(True)} allowed, {told.count(False)} refused")

    def final_states(self, engines: Iterable[EngineState]) -> None:
        """Where each engine stands at the end."""
        for engine in engines:
            self._page.heading(f"{engine.name} at the end")
            requests = [
                f"{request.number} {request.status}" + (f" until {moment(request.deadline)}" if request.deadline else "")
                for request in engine.requests
            ]
            pending = [
                f"{entry.number} {_ask(entry)}" + (f", again at {moment(entry.due)}" if entry.due else ", no answer")
                for entry in engine.pending
            ]
            for name, value in (
                ("policy", engine.policy),
                ("state", engine.state),
                ("health", engine.health),
                ("requests", "; ".join(requests) or "none"),
                ("pending", "; ".join(pending) or "nothing"),
                ("digest", engine.digest),
            ):
                self._page.block(f"  {name:<10}", Text(value))

    def verified(self, logs: Sequence[VerifiedLog]) -> None:
        """One line for each log that was verified."""
        self._page.line()
        for log in logs:
            which = f"{log.engine} {log.log}" + (", erased since" if log.erased else "")
            line = f"log verified: {log.records} records, root {log.root} ({which})"
            self._page.line(Text(line, "green"))

    def _is_told(self, step: Step) -> bool:
        return self._line in (None, step.line)

    def _step(self, step: Step, changes: str, several: bool) -> None:
        time = f"{step.at:%H:%M:%S}" if step.at else "??:??:??"
        quiet = step.origin is Origin.TICK
        lines: list[Text] = []
        if step.note:
            lines.append(Text(_sentence(step.note), "italic"))
        lines.append(deed(step, several))
        verdict = "allowed" if step.ok else "refused"
        if quiet:
            lines.append(Text(f"{step.rule.name}: “{step.rule.text}”", "dim"))
        else:
            decided = Text.assemble((f"{verdict} by {step.rule.name}", "green" if step.ok else "red"))
            decided.append(": " if step.ok else ", which demands: ").append(f"“{step.rule.text}”").append(f" [{', '.join(step.rule.rows)}]", "dim")
            lines.append(decided)
        if changes:
            lines.append(Text(changes, "bold" if step.ok else ""))
        if step.effects:
            asks = "; ".join(_ask(effect) for effect in step.effects)
            lines.append(Text.assemble(("the host is asked to: ", "cyan"), asks))
        self._page.line()
        self._page.block(f"  {time}  ", *lines)
        self._consulted(step)

    def _consulted(self, step: Step) -> None:
        if self._explain and step.consulted:
            rules = [f"{'✓' if each.held else '✗'} {each.rule.name}" for each in step.consulted]
            self._page.flow(_MARGIN, ["consulted:", *rules], "dim")

    def _housekeeping(self, steps: Sequence[Step]) -> None:
        """Consecutive steps that the host took by itself, in one line."""
        carried_out = sum(step.ok and step.origin is Origin.CONFIRM for step in steps)
        done = [f"the host confirms {_count(carried_out, 'effect')}"] if carried_out else []
        drained = [step for step in steps if step.ok and step.origin is Origin.DRAIN]
        done += [f"{step.by} takes the {step.arguments['log']} log up to record {step.arguments['next']}" for step in drained]
        if done:
            self._page.block(_MARGIN, Text(f"· {'; '.join(done)}", "dim"))
        for step in steps:
            if not step.ok:
                tried = f"✗ {step.by} {phrase(step.verb, step.arguments)}"
                self._page.block(_MARGIN, Text(f"{tried}: refused by {step.rule.name}, which demands: “{step.rule.text}”", "red"))
                self._consulted(step)


def _is_housekeeping(step: Step) -> bool:
    return step.origin in _HOUSEKEEPING


def deed(step: Step, several: bool) -> Text:
    """Who did what, on which engine where there are several."""
    if step.origin is Origin.TICK:
        text = Text("· time passes", "dim")
        return text.append(f" on {step.engine}") if several else text
    text = Text.assemble(("✓ ", "bold green") if step.ok else ("✗ ", "bold red"))
    text.append(step.by, "bold")
    if step.second:
        text.append(" with ").append(step.second, "bold")
    title = f"{step.role}, {step.party}" if step.by != step.role else f"{step.party}"
    text.append(f" ({title}) ", "dim")
    text.append(phrase(step.verb, step.arguments), "" if step.ok else "red")
    if step.origin is Origin.READING:
        text.append(" (read from its console)", "dim")
    return text.append(f" on {step.engine}", "dim") if several else text


def _changes(step: Step, seen: _Seen) -> Iterator[str]:
    if step.state is not step.previous_state:
        yield f"the device goes {_arrow(step.previous_state, step.state)}"
    if step.health is not seen.health:
        yield f"health {_arrow(seen.health, step.health)}"
        seen.health = step.health
    if step.request is not None and step.status is not None:
        before = seen.requests.get(step.request)
        if before is None:
            yield f"request {step.request} begins as {step.status}{_until(step)}"
        elif before is not step.status:
            yield f"request {step.request} goes {_arrow(before, step.status)}{_until(step)}"
        elif not step.ok:
            yield f"request {step.request} stays {step.status}"
        seen.requests[step.request] = step.status


def _until(step: Step) -> str:
    return f" until {moment(step.until)}" if step.until else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _arrow(before: State | Status | Health, after: State | Status | Health) -> str:
    return f"{before} → {after}"


def _ask(asked: Effect | Pending) -> str:
    """What is asked for, and what it is about."""
    _, bracket, about = asked.detail.partition(" (")
    return f"{ASKS[asked.kind]}{bracket}{about}"


def _sentence(note: str) -> str:
    note = note.strip()
    return note if note.endswith((".", "!", "?", ":", ",", ";")) else f"{note}."


def moment(at: datetime | None) -> str:
    """A date and a time of day."""
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else "time not known"
