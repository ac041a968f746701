"""The rows as bars on a logarithmic scale, readable on light and on dark ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10

from rows import GROUPS, Kind, Row, number

_WIDTH, _NAMES, _LINE, _HEAD = 960, 350, 20, 34

_STYLE = """
.speed { font: 12px Helvetica, Arial, "Liberation Sans", sans-serif; }
.speed .ground { fill: #ffffff; }
.speed text { fill: #111827; }
.speed .title { font-weight: bold; font-size: 14px; }
.speed .scale { stroke: #d1d5db; }
.speed .small { fill: #4b5563; font-size: 11px; }
.speed .ours { fill: #1d4ed8; }
.speed .peer { fill: #9ca3af; }
.speed .floor { fill: none; stroke: #6b7280; stroke-dasharray: 3 2; }
.speed .spread { stroke: #111827; }
@media (prefers-color-scheme: dark) {
.speed .ground { fill: #111827; }
.speed text { fill: #f3f4f6; }
.speed .scale { stroke: #374151; }
.speed .small { fill: #d1d5db; }
.speed .ours { fill: #60a5fa; }
.speed .peer { fill: #6b7280; }
.speed .floor { stroke: #d1d5db; }
.speed .spread { stroke: #f3f4f6; }
}
"""

_LEGEND: dict[Kind, str] = {"ours": "Strongroom", "peer": "what somebody would take instead", "floor": "a floor: what it cannot go under"}


def picture(rows: Sequence[Row]) -> str:
    """An SVG document."""
    told = [row for row in rows if row.best > 0]
    least = min((floor(log10(row.best)) for row in told), default=0)
    most = max((ceil(log10(row.worst)) for row in told), default=1)
    scale = _Scale(least, max(most, least + 1))
    groups = [(title, [row for row in told if row.group == group]) for group, title in GROUPS.items()]
    body: list[str] = list(_legend())
    top = 2 * _LINE + 8
    for title, members in groups:
        if members:
            body += _group(title, members, scale, top)
            top += _HEAD + _LINE * len(members) + 26
    label = "What each takes, in nanoseconds, on a logarithmic scale"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" height="{top}" role="img" '
        f'aria-label="{label}" class="speed"><title>{label}</title><style>{_STYLE}</style>\n'
        f'<rect class="ground" width="{_WIDTH}" height="{top}"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


class _Scale:
    """Where a time stands: each power of ten is as wide."""

    def __init__(self, least: int, most: int) -> None:
        self.powers = range(least, most + 1)
        self._least, self._wide = least, (_WIDTH - _NAMES - 90) / (most - least)

    def at(self, value: float) -> float:
        """How far to the right."""
        return _NAMES + (log10(value) - self._least) * self._wide


def _legend() -> Iterator[str]:
    left = 14
    for kind, text in _LEGEND.items():
        yield f'<rect class="{kind}" x="{left}" y="12" width="22" height="11"/><text x="{left + 30}" y="22">{escape(text)}</text>'
        left += 60 + 7 * len(text)
    yield f'<text class="small" x="{left}" y="22">median, and the line from best to worst</text>'


def _group(title: str, members: Sequence[Row], scale: _Scale, top: int) -> Iterator[str]:
    yield f'<text class="title" x="14" y="{top + 14}">{escape(title)}</text>'
    begin, end = top + 22, top + _HEAD + _LINE * len(members)
    for power in scale.powers:
        x = scale.at(10.0**power)
        yield f'<line class="scale" x1="{x:.1f}" y1="{begin}" x2="{x:.1f}" y2="{end}"/>'
        yield f'<text class="small" x="{x:.1f}" y="{end + 13}" text-anchor="middle">{_power(power)}</text>'
    for place, row in enumerate(members):
        y = top + _HEAD + _LINE * place - 4
        left, right, middle = scale.at(10.0 ** scale.powers[0]), scale.at(row.median), y + 7.5
        yield f'<text x="{_NAMES - 8}" y="{y + 12}" text-anchor="end">{escape(row.name)}</text>'
        yield f'<rect class="{row.kind}" x="{left:.1f}" y="{y + 1.5}" width="{right - left:.1f}" height="12"/>'
        yield f'<line class="spread" x1="{scale.at(row.best):.1f}" y1="{middle}" x2="{scale.at(row.worst):.1f}" y2="{middle}"/>'
        yield f'<text class="small" x="{max(right, scale.at(row.worst)) + 6:.1f}" y="{y + 12}">{number(row.median)}</text>'


def _power(power: int) -> str:
    units = [(9, "s"), (6, "ms"), (3, "µs"), (0, "ns")]
    base, unit = next(((base, unit) for base, unit in units if power >= base), (-3, "ps"))
    return f"{10 ** (power - base)} {unit}"
