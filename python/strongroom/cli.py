"""The command `strongroom`.

Exit codes: 0 done; 1 the input cannot be read or is not well formed; 2 the command line is wrong;
3 a log, a proof or a certificate does not verify.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from . import __version__, comparison, evidence_commands, log_commands, log_show, reference
from . import console as consoles
from .ending import Exit, fail, fail_by, text_of
from .exceptions import KeyFormatError, LogError, ScenarioError, StorageError, TranscriptError, VerificationError
from .output import page, write, write_json
from .replay import Replay, SignedLog
from .timeline import Timeline


_FILE = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="strongroom")
def main() -> None:
    """Who may touch a leased HSM: decided, enforced and proved."""


log_commands.log.add_command(log_show.show)
for command in (evidence_commands.evidence, log_commands.log, reference.rules, reference.route, reference.policy):
    main.add_command(command)


@main.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the canonical JSON Lines instead of the timeline.")
@click.option("--wire", type=_FILE, metavar="OUT", help="Also write the scenario's wire form to OUT.")
@click.option("--policy", metavar="NAME", help="A policy preset instead of the scenario's, and what it changes.")
@click.option("--explain", is_flag=True, help="Name the rules that every step consulted.")
@click.option("--line", type=int, metavar="N", help="Tell only the steps of line N.")
@click.option("--log", "logs", type=_FILE, metavar="DIR", help="Keep its logs in DIR, a log folder for each engine; wants --sign.")
@click.option("--sign", type=_FILE, metavar="PEM", help="The Ed25519 key that signs the logs' heads, as openssl genpkey writes it.")
@click.option("--journal", "journals", type=_FILE, metavar="DIR", help="Keep its engines in DIR, a journal for each.")
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
    """Replay the scenario in FILE and verify its logs."""
    if (logs is None) != (sign is None):
        raise click.UsageError("--log and --sign go together: the heads of kept logs are signed")
    if as_json and (explain or line is not None):
        raise click.UsageError("--json prints the whole output; --explain and --line are for the timeline")
    with _input_errors(file):
        outcome = Replay.from_file(file, policy=policy)
        own = outcome if policy is None or as_json else Replay.from_file(file)
    if line is not None and all(step.line != line for step in (*outcome.steps, *own.steps)):
        raise click.BadParameter(f"no command stands in line {line}", param_hint="--line")
    if wire is not None:
        with _input_errors(wire):
            wire.write_bytes(outcome.wire())
    if as_json:
        write(outcome.jsonl())
    else:
        out = page()
        timeline = Timeline(out, explain=explain, line=line)
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


@main.group("console")
def console_group() -> None:
    """Read what a device prints on its serial console."""


@console_group.command("read")
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="FILE...")
def console_read(files: tuple[Path, ...]) -> None:
    """Print the reading of each transcript in FILE... as a line of JSON."""
    for file in files:
        with _input_errors(file):
            transcript = consoles.read(file.read_bytes())
        write_json({"file": str(file), **transcript.reading, "outcome": dict(transcript.outcome)})


@contextmanager
def _input_errors(file: Path) -> Iterator[None]:
    """Ends the command with one line that names the place, where the input is not as it must be."""
    try:
        yield
    except ScenarioError as error:
        place = f"{file}:{error.line}" if error.line else f"{file}"
        fail(f"{place}: {error.message}")
    except TranscriptError as error:
        fail(f"{file}: {error}")
    except OSError as error:
        fail_by(file, error)
