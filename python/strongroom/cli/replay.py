"""The command `strongroom replay`."""

from __future__ import annotations

from pathlib import Path

import click

from ..exceptions import KeyFormatError, LogError, StorageError, VerificationError
from ..replay import Replay, SignedLog
from . import comparison
from .ending import Exit, fail, input_errors, text_of
from .output import page, write
from .timeline import Timeline
from .through_sudo import OwnPath

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the canonical JSON Lines instead of the timeline.")
@click.option("--wire", type=OwnPath(), metavar="OUT", help="Also write the scenario's wire form to OUT.")
@click.option("--policy", metavar="NAME", help="A policy preset instead of the scenario's, and what it changes.")
@click.option("--explain", is_flag=True, help="Name the rules that every step consulted.")
@click.option("--line", type=int, metavar="N", help="Tell only the steps of line N.")
@click.option("--log", "logs", type=OwnPath(), metavar="DIR", help="Keep its logs in DIR, a log folder for each engine; wants --sign.")
@click.option("--sign", type=OwnPath(), metavar="PEM", help="The Ed25519 key that signs the logs' heads, as openssl genpkey writes it.")
@click.option("--journal", "journals", type=OwnPath(), metavar="DIR", help="Keep its engines in DIR, a journal for each.")
def replay(
    file: Path,
    as_json: bool,
    wire: Path | None,
    policy: str | None,
    explain: bool,
    line: int | None,
    logs: Path | None,
    sign: Path | None,
    journals: Path | None,
) -> None:
    """Replay the scenario in FILE and verify its logs.

    \b
    Examples:
      strongroom replay lease.jsonl
      strongroom replay lease.jsonl --line 12 --explain
      strongroom replay lease.jsonl --policy m365
    """
    if (logs is None) != (sign is None):
        raise click.UsageError("--log and --sign go together: the heads of kept logs are signed")
    if as_json and (explain or line is not None):
        raise click.UsageError("--json prints the whole output; --explain and --line are for the timeline")
    with input_errors(file):
        outcome = Replay.from_file(file, policy=policy)
        own = outcome if policy is None or as_json else Replay.from_file(file)
    if line is not None and all(step.line != line for step in (*outcome.steps, *own.steps)):
        raise click.BadParameter(f"no command stands in line {line}", param_hint="--line")
    if wire is not None:
        with input_errors(wire):
            wire.write_bytes(outcome.wire())
    out = page()
    timeline = Timeline(out, explain=explain, line=line)
    if as_json:
        write(outcome.jsonl())
    else:
        timeline.story(outcome)
        if line is None:
            timeline.final_states(outcome.engines)
    try:
        verified = outcome.verify()
    except VerificationError as error:
        fail(f"{file}: log not verified: {error}", Exit.NOT_VERIFIED)
    kept = _keep(outcome, logs, sign, journals)
    if as_json:
        return
    if line is None:
        timeline.verified(verified)
    for log in kept:
        out.line(f"log signed: {log.size} records of {log.origin} in {log.folder}")
    if policy is not None:
        comparison.tell(out, own, outcome, line)


def _keep(outcome: Replay, logs: Path | None, sign: Path | None, journals: Path | None) -> tuple[SignedLog, ...]:
    """Keeps what is to be kept."""
    if logs is None and journals is None:
        return ()
    try:
        return outcome.keep(logs=logs, key=None if sign is None else text_of(sign), journals=journals)
    except KeyFormatError as error:
        fail(f"{sign}: {error}")
    except (StorageError, LogError) as error:
        fail(str(error))
