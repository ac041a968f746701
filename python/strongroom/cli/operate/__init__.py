"""What an operator uses every day: the commands on a journal file.

The one who acts is the operating system's user, whom the directory says who they are; nobody says so on the command line.
"""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "init": "init:init",
    "status": "status:status",
    "ticket": "tickets:ticket",
    "request": "verbs:request",
    "pending": "pending:pending",
    "show": "show:show",
    "approve": "verbs:approve",
    "deny": "verbs:deny",
    "revoke": "verbs:revoke",
    "lease": "verbs:lease",
    "explain": "verbs:explain",
    "second": "second:second",
    "drain": "drain:drain",
    "completion": "completion:completion",
}
"""Their modules here, by their names; each is loaded when it is called."""
