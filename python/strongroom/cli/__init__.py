"""The command `strongroom`.

Exit codes: 0 done; 1 the input cannot be read or is not well formed; 2 the command line is wrong;
3 a log, a proof or a certificate does not verify; 4 a rule refuses what was asked.
"""

from __future__ import annotations

import click

from .. import __version__
from . import chart, console, evidence, log, log_show, operate, reference, replay, report


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="strongroom")
def main() -> None:
    """Who may touch a leased HSM: decided, enforced and proved."""


log.log.add_command(log_show.show)
for command in (
    chart.chart,
    console.console,
    evidence.evidence,
    log.log,
    reference.policy,
    reference.route,
    reference.rules,
    replay.replay,
    report.report,
    *operate.COMMANDS,
):
    main.add_command(command)
