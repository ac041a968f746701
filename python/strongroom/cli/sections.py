"""The help of the whole: commands by what they are for."""

from __future__ import annotations

from collections.abc import Mapping

import click

from .lazy import LazyGroup

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "Access to a customer's data": {
        "ticket": "Report a problem, and keep its history.",
        "request": "Ask for access under a ticket.",
        "pending": "List what waits for a decision.",
        "show": "Show everything about a request.",
        "approve": "Approve a request; access begins now.",
        "deny": "Deny a request, with a reason.",
        "revoke": "Take an access back, with a reason.",
    },
    "The device": {
        "init": "Make a journal, and a directory of people.",
        "status": "Show how it stands.",
        "lease": "Ask the core anything: a subcommand for each of its commands.",
        "second": "Take up what another person proposed.",
        "explain": "Say what would come of a command.",
        "chart": "Show how a lease, or a request, may move.",
        "console": "Guard the serial console, and read what the device prints.",
    },
    "A board beside it": {
        "board": "Make a board what it is, and ask something of it.",
        "monitor": "Watch a board: health, state, and its logs, verified.",
    },
    "What was recorded": {
        "drain": "Copy the records into a log folder, and make room.",
        "log": "Verify and show drained logs, and prove what is in them.",
        "evidence": "Certificates of a zeroization or a destruction.",
        "report": "Make one HTML page of a log folder.",
    },
    "Look up": {
        "replay": "Replay a scenario, also under another policy.",
        "route": "Say who answers for an issue, and whom to call.",
        "rules": "List every rule that can decide.",
        "policy": "Show the numbers of policies, and where they differ.",
        "completion": "Print what makes a shell complete this command.",
    },
}
"""Every command under its heading, in a few words; so that this help loads none of them."""


class Sections(LazyGroup):
    """A group whose help lists its commands under headings."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes them."""
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl(list(commands.items()))
