"""Log folders, as people name them."""

from __future__ import annotations

from pathlib import Path

from .. import logs
from ..exceptions import LogError

_FEW = 3


def nearby(folder: Path) -> str:
    """What to say after that `folder` holds no log: the log folders in it, where there are some."""
    if _has_logs(folder):
        return ""
    found = [str(each) for each in _within(folder) if _has_logs(each)]
    return f"; did you mean {' or '.join(found[:_FEW])}?" if found else ""


def _within(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.is_dir())
    except OSError:
        return []


def _has_logs(folder: Path) -> bool:
    try:
        logs.trees(folder)
    except LogError:
        return False
    return True
