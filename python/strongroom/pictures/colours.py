"""Colours of pictures, dark enough on white to read as text (WCAG AA)."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import Party

PARTY: Mapping[Party | None, str] = {
    Party.CUSTOMER: "#1d4ed8",
    Party.PROVIDER: "#9a3412",
    Party.VENDOR: "#6d28d9",
    Party.DEVICE: "#0f766e",
    None: "#4b5563",
}
"""Whose move it is; `None` is several parties' or nobody's."""

PARTY_DARK: Mapping[Party | None, str] = {
    Party.CUSTOMER: "#93c5fd",
    Party.PROVIDER: "#fdba74",
    Party.VENDOR: "#c4b5fd",
    Party.DEVICE: "#5eead4",
    None: "#cbd5e1",
}
"""The same on a dark ground."""
