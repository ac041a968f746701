"""A chart as a DOT graph for Graphviz."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .colours import PARTY
from .edges import Edge

_HEAD = """digraph {name} {{
  rankdir=TB; nodesep=0.5; ranksep=0.7;
  node [shape=box, style="rounded,filled", fillcolor="#ffffff", fontname="Helvetica", fontsize=12];
  edge [fontname="Helvetica", fontsize=10];
"""


def dot(graph: Sequence[Edge], name: str, current: str | None = None, visited: Collection[str] = ()) -> str:
    """The text of a directed graph; the current place is marked, and those that were visited are tinted."""
    lines: list[str] = []
    if any(edge.source is None for edge in graph):
        lines.append('  begin [shape=circle, label="", width=0.15, fillcolor="#111827"];')
    for place in dict.fromkeys(each for edge in graph for each in (edge.source, edge.target) if each is not None):
        if place == current:
            lines.append(f'  {place} [fillcolor="#1d4ed8", fontcolor="#ffffff", penwidth=2];')
        elif place in visited:
            lines.append(f'  {place} [fillcolor="#dbeafe", color="#1d4ed8"];')
        else:
            lines.append(f"  {place};")
    for edge in graph:
        label = "\\n".join(each.event for each in edge.labels)
        colour = PARTY[edge.party]
        lines.append(f'  {edge.source or "begin"} -> {edge.target} [label="{label}", color="{colour}", fontcolor="{colour}"];')
    return _HEAD.format(name=name) + "\n".join(lines) + "\n}\n"
