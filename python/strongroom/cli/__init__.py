"""The command `strongroom`.

Exit codes: 0 done; 1 the input cannot be read or is not well formed; 2 the command line is wrong;
3 a log, a proof or a certificate does not verify; 4 a rule refuses what was asked.
"""

from __future__ import annotations

import click

from ..version import __version__
from . import operate
from .sections import Sections

_COMMANDS = {
    "board": "board:board",
    "chart": "chart:chart",
    "console": "console:console",
    "evidence": "evidence:evidence",
    "log": "log:log",
    "monitor": "monitor:monitor",
    "policy": "reference:policy",
    "replay": "replay:replay",
    "report": "report:report",
    "route": "reference:route",
    "rules": "reference:rules",
    **{name: f"operate.{place}" for name, place in operate.COMMANDS.items()},
}


@click.group(
    cls=Sections,
    lazy={name: f"{__name__}.{place}" for name, place in _COMMANDS.items()},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="strongroom")
def main() -> None:
    """Who may touch a leased HSM: decided, enforced and proved.

    \b
    Examples:
      strongroom init --journal hsm-a.journal --serial 700022 --provider north --customer contoso
      strongroom status --journal hsm-a.journal
      strongroom replay lease.jsonl

    Ends with 0 where it is done, 1 where the input is wrong, 2 where the command line is, 3 where something does not verify, and 4
    where a rule refuses.
    """
