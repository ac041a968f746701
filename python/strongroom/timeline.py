"""A replay as a story that a person reads: who did what, allowed or refused, by which rule, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from rich.text import Text

from .page import Page
from .phrases import phrase
from .replay import Effect, EngineState, Replay, Step, VerifiedLog
from .words import EffectKind, Health, Origin, State, Status

_ASKS: dict[EffectKind, str] = {
    EffectKind.NOTIFY_APPROVERS: "tell the approvers",
    EffectKind.OPEN_ACCESS: "open access",
    EffectKind.CLOSE_ACCESS: "close access, and confirm it",
    EffectKind.NOTIFY_CUSTOMER: "tell the customer",
    EffectKind.ERASE: "erase all areas",
    EffectKind.ERASE_TENANT_AREA: "erase the tenant's area",
    EffectKind.HALT: "halt cryptography and sessions",
    EffectKind.RESET: "reset the device",
}

_NOTICES: tuple[str, ...] = ("tamper", "health", "lease", "zeroization", "failure")
"""What a notice to the customer is about, a bit each."""

_HOUSEKEEPING = frozenset({Origin.DRAIN, Origin.CONFIRM})
"""What the host does by itself, told in one quiet line."""


@dataclass(slots=True)
class _Seen:
    """What was last said of an engine, so that only changes are told."""

    health: Health = Health.UNKNOWN
    requests: dict[int, Status] = field(default_factory=dict)


class Timeline:
    """Tells replays on a page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def story(self, replay: Replay) -> None:
        """The steps, a heading for each day."""
        self._page.line(Text(replay.title, "bold"))
        several = len(replay.engines) > 1
        for engine in replay.engines:
            self._page.line(Text(f"{engine.name}, policy {engine.policy}", "dim"))
        seen = {engine.name: _Seen() for engine in replay.engines}
        day: date | None = None
        for quiet, group in groupby(replay.steps, _is_housekeeping):
            steps = list(group)
            if quiet:
                self._housekeeping(steps)
                continue
            for step in steps:
                if step.at is not None and step.at.date() != day:
                    day = step.at.date()
                    self._page.heading(f"{day:%A} {day.day} {day:%B %Y}")
                self._step(step, seen[step.engine], several)
        allowed = sum(step.ok for step in replay.steps)
        self._page.line()
        self._page.line(f"{_count(len(replay.steps), 'step')}: {allowed} allowed, {len(replay.steps) - allowed} refused")

    def final_states(self, engines: Iterable[EngineState]) -> None:
        """Where each engine stands at the end."""
        for engine in engines:
            self._page.heading(f"{engine.name} at the end")
            requests = [
                f"{request.number} {request.status}" + (f" until {_moment(request.deadline)}" if request.deadline else "")
                for request in engine.requests
            ]
            pending = [
                f"{entry.number} {_ask(entry.kind, _about(entry.kind, entry.about))}"
                + (f", again at {_moment(entry.due)}" if entry.due else ", no answer")
                for entry in engine.pending
            ]
            for name, value in (
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

    def _step(self, step: Step, seen: _Seen, several: bool) -> None:
        time = f"{step.at:%H:%M:%S}" if step.at else "??:??:??"
        quiet = step.origin is Origin.TICK
        lines: list[Text] = []
        if step.note:
            lines.append(Text(_sentence(step.note), "italic"))
        lines.append(_deed(step, several))
        verdict = "allowed" if step.ok else "refused"
        if quiet:
            lines.append(Text(f"{step.rule.name}: “{step.rule.text}”", "dim"))
        else:
            decided = Text.assemble((f"{verdict} by {step.rule.name}", "green" if step.ok else "red"))
            decided.append(": " if step.ok else ", which demands: ").append(f"“{step.rule.text}”").append(f" [{', '.join(step.rule.rows)}]", "dim")
            lines.append(decided)
        changes = "; ".join(_changes(step, seen))
        if changes:
            lines.append(Text(changes, "bold" if step.ok else ""))
        if step.effects:
            asks = "; ".join(_ask(effect.kind, _detail(effect)) for effect in step.effects)
            lines.append(Text.assemble(("the host is asked to: ", "cyan"), asks))
        self._page.line()
        self._page.block(f"  {time}  ", *lines)

    def _housekeeping(self, steps: Sequence[Step]) -> None:
        """Consecutive steps that the host took by itself, in one line."""
        carried_out = sum(step.ok and step.origin is Origin.CONFIRM for step in steps)
        done = [f"the host confirms {_count(carried_out, 'effect')}"] if carried_out else []
        drained = [step for step in steps if step.ok and step.origin is Origin.DRAIN]
        for step in drained:
            done.append(f"{step.by} takes the {step.arguments['log']} log up to record {step.arguments['next']}")
        margin = " " * 12
        if done:
            self._page.block(margin, Text(f"· {'; '.join(done)}", "dim"))
        for step in steps:
            if not step.ok:
                deed = f"✗ {step.by} {phrase(step.verb, step.arguments)}"
                self._page.block(margin, Text(f"{deed}: refused by {step.rule.name}, which demands: “{step.rule.text}”", "red"))


def _is_housekeeping(step: Step) -> bool:
    return step.origin in _HOUSEKEEPING


def _deed(step: Step, several: bool) -> Text:
    """Who did what."""
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
            yield f"request {step.request} begins as {step.status}"
        elif before is not step.status:
            yield f"request {step.request} goes {_arrow(before, step.status)}"
        elif not step.ok:
            yield f"request {step.request} stays {step.status}"
        seen.requests[step.request] = step.status


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _arrow(before: State | Status | Health, after: State | Status | Health) -> str:
    return f"{before} → {after}"


def _detail(effect: Effect) -> str:
    """What stands in the parentheses of an effect's detail."""
    _, _, about = effect.detail.partition(" (")
    return about.removesuffix(")")


def _about(kind: EffectKind, about: int) -> str:
    if kind in (EffectKind.NOTIFY_APPROVERS, EffectKind.OPEN_ACCESS, EffectKind.CLOSE_ACCESS):
        return f"request {about}"
    return ", ".join(word for bit, word in enumerate(_NOTICES) if about >> bit & 1)


def _ask(kind: EffectKind, about: str) -> str:
    return f"{_ASKS[kind]} ({about})" if about else _ASKS[kind]


def _sentence(note: str) -> str:
    note = note.strip()
    return note if note.endswith((".", "!", "?", ":")) else f"{note}."


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
