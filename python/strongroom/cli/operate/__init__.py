"""What an operator uses every day: the commands on a journal file.

The one who acts is the operating system's user, whom the directory says who they are; nobody says so on the command line.
"""

from __future__ import annotations

import click

from . import completion, drain, init, pending, second, show, status, tickets, verbs

COMMANDS: tuple[click.Command, ...] = (
    init.init,
    status.status,
    tickets.ticket,
    verbs.request,
    pending.pending,
    show.show,
    verbs.approve,
    verbs.deny,
    verbs.revoke,
    verbs.lease,
    verbs.explain,
    second.second,
    drain.drain,
    completion.completion,
)
