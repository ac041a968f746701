"""What another policy would have decided otherwise, as a person reads it."""

from __future__ import annotations

from rich.text import Text

from ..replay import Replay, Step
from .page import Page
from .timeline import deed, moment


def tell(page: Page, own: Replay, other: Replay, line: int | None = None) -> None:
    """The decisions that come out otherwise in `other`, or those of one line."""
    page.heading(f"Under {other.policy} instead of {own.policy}")
    several = len(own.engines) > 1
    count = 0
    for difference in own.compare(other):
        step = difference.before or difference.after
        if step is None or line not in (None, step.line):
            continue
        count += 1
        before = _outcome(difference.before, difference.after)
        after = Text.assemble("→ ", _outcome(difference.after, difference.before))
        page.line()
        page.block(f"  line {step.line:<5}", Text(moment(step.at), "dim"), deed(step, several), before, after)
    page.line()
    page.line("no decision changes" if not count else "1 decision changes" if count == 1 else f"{count} decisions change")


def _outcome(step: Step | None, other: Step | None) -> Text:
    if step is None:
        return Text("does not happen", "dim")
    text = Text(f"{'allowed' if step.ok else 'refused'} by {step.rule.name}", "green" if step.ok else "red")
    if other is not None and step.state is not other.state:
        text.append(f", {step.state}")
    if step.request is not None and step.status is not None:
        text.append(f", request {step.request} {step.status}")
    if step.until is not None:
        text.append(f" until {moment(step.until)}")
    return text
