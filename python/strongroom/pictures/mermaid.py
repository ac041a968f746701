"""A chart as a Mermaid state diagram, which GitHub, GitLab and many wikis draw."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .edges import Edge


def mermaid(graph: Sequence[Edge], current: str | None = None, visited: Collection[str] = ()) -> str:
    """The text of a `stateDiagram-v2`; the current place is marked, and those that were visited are tinted."""
    lines = ["stateDiagram-v2", "    direction TB"]
    for edge in graph:
        what = ", ".join(label.event for label in edge.labels)
        lines.append(f"    {edge.source or '[*]'} --> {edge.target}" + (f" : {what}" if what else ""))
    sources = {edge.source for edge in graph}
    lines += [f"    {name} --> [*]" for name in dict.fromkeys(edge.target for edge in graph) if name not in sources]
    if tinted := sorted(set(visited) - {current}):
        lines += ["    classDef visited fill:#dbeafe,stroke:#1d4ed8,color:#111827", f"    class {','.join(tinted)} visited"]
    if current is not None:
        lines += ["    classDef current fill:#1d4ed8,stroke:#1e3a8a,color:#ffffff", f"    class {current} current"]
    return "\n".join(lines) + "\n"
