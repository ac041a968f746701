"""The page: a story set as HTML."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from .. import __version__
from ..chart import CHART
from ..phrases import duration
from ..pictures.chart_svg import chart_svg, styles
from ..pictures.edges import edges
from ..pictures.places import LEASE
from ..pictures.svg import readable
from ..policies import Policy
from .journey import marks
from .lanes import lanes
from .names import Names
from .overview import HEALTH, moment, overview, request_lane
from .polls import parts, thresholds
from .readings import Poll
from .story import Story

if TYPE_CHECKING:
    from jinja2 import Environment


def page(story: Story, policy: Policy, *, policy_given: bool = True, names: Names | None = None, polls: Sequence[Poll] = ()) -> str:
    """One HTML file: no script, nothing that is loaded. The same story makes the same bytes.

    `policy` is the one whose thresholds health is drawn against; logs do not name it.
    """
    # Only here, because every other command would wait for it.
    from markupsafe import Markup

    environment = _environment()
    css = _css()
    return environment.get_template("report.html").render(
        story=story,
        names=names or Names(),
        polls=polls,
        policy=policy,
        policy_given=policy_given,
        numbers={name: policy.numbers[f"health.{name}"] for name in ("poll_every", "alert", "window", "silent")},
        version=__version__,
        css=Markup(css),
        policy_of_content=f"default-src 'none'; style-src 'sha256-{_digest(css)}'; base-uri 'none'; form-action 'none'",
        sections=list(_sections(story)),
        findings=[(log, finding) for log in story.logs for finding in log.findings],
        more=sum(log.more for log in story.logs),
        refusals=story.refusals,
        refused=sum(count for _, count in story.refusals),
        granted=sum(request.grant is not None for request in story.requests),
        epochs=len({request.epoch for request in story.requests}),
        requests=[
            (request, Markup(lanes(f"Request {request.number}", [request_lane(request, story.ends, " ")], 12)))
            for request in story.requests
            if story.ends is not None
        ],
        overview=Markup(overview(story)),
        chart=Markup(chart_svg(edges(CHART), LEASE, "The lease's chart with the path that the device took", marks(story.moves), alone=False)),
        thresholds=Markup(thresholds(polls, policy)) if polls else "",
        parts=Markup(parts(polls)) if polls else "",
        health_class={health.value: kind for health, kind in HEALTH.items()},
        moment=moment,
        duration=duration,
    )


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("strongroom.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Controls and signs that turn the direction of writing have no place in a page, whoever wrote them into a name.
        finalize=_readable,
    )


def _readable(value: object) -> object:
    return readable(value) if type(value) is str else value


def _css() -> str:
    source = files("strongroom.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
    return f"\n{source}{styles()}"


def _digest(css: str) -> str:
    return b64encode(sha256(css.encode()).digest()).decode()


def _sections(story: Story) -> Iterator[tuple[str, str]]:
    yield "logs", "Verification"
    if story.events:
        yield "overview", "Over time"
    if story.moves:
        yield "path", "Path"
    yield "requests", "Requests"
    yield "health", "Health"
    yield "refusals", "Refusals"
    if story.notable:
        yield "notable", "Of note"
    if story.certificate:
        yield "certificate", "Certificate"
