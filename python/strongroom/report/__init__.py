"""A report of one device's log folder: one HTML file that needs nothing else."""

from __future__ import annotations

from .journey import Move, journey
from .names import Names
from .page import page
from .readings import Poll, read_polls
from .requests import Phase, RequestStory
from .story import Story

__all__ = ["Move", "Names", "Phase", "Poll", "RequestStory", "Story", "journey", "page", "read_polls"]
