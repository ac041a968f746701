"""The package's version, which is the core's."""

from __future__ import annotations

from ._native import __version__

__all__ = ["__version__"]
