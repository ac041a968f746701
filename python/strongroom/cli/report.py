"""The command `strongroom report`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..directory import Directory
from ..exceptions import DirectoryError, KeyFormatError, LogError, ReportError
from ..policies import POLICIES, Policy
from ..report import Names, Poll, Story, page, read_polls
from .ending import Exit, fail, fail_by, key_of, text_of
from .folders import nearby
from .output import beside, write, write_json
from .reference import known
from .progress import verifying
from .through_sudo import OwnPath

_PATH = click.Path(path_type=Path)

READINGS = "readings.jsonl"
"""The file of readings that is taken from a log folder where there is one."""


@click.command()
@click.argument("folder", type=_PATH, metavar="DIR")
@click.option("-o", "--output", type=OwnPath(), metavar="FILE", help="Write the page to FILE instead of standard output.")
@click.option("--key", metavar="KEY", help="The device's public key, or a file with it; without it signatures are not checked.")
@click.option("--names", "directory", type=_PATH, metavar="FILE", help="Names for ids: the directory.toml beside a journal, or JSON with `people` and `organisations`, as in a scenario's first line.")
@click.option("--readings", type=_PATH, multiple=True, metavar="FILE", help=f"Readings with an `at`, a line of JSON each; {READINGS} in DIR without this.")
@click.option("--policy", "name", callback=known("policy", POLICIES), metavar="NAME", help="The policy whose thresholds health is drawn against; azure without this.")
@click.option("--json", "as_json", is_flag=True, help="Print what the report found as JSON; wants -o.")
def report(
    folder: Path,
    output: Path | None,
    key: str | None,
    directory: Path | None,
    readings: tuple[Path, ...],
    name: str | None,
    as_json: bool,
) -> None:
    """Make one HTML page of the logs in DIR.

    The path that the device took, requests and grants, health, every refusal with its rule, and whether the logs are as they
    were signed. The page needs no network. Ends with 3 where a log is damaged; the page is written all the same, and says where.

    \b
    Examples:
      strongroom report logs/hsm-a --key device.pub -o report.html
      strongroom report logs --key device.pub --names directory.toml -o report.html
    """
    if output is None and (as_json or sys.stdout.isatty()):
        raise click.UsageError("-o FILE is needed: a page of HTML is nothing for a terminal, nor beside JSON")
    policy = POLICIES[name or "azure"]
    names = Names() if directory is None else _names(directory)
    polls = _polls(folder, readings, policy)
    try:
        with verifying() as progress:
            story = Story.from_folder(folder, key=None if key is None else key_of(key), progress=progress)
    except KeyFormatError as error:
        fail(f"--key: {error}")
    except LogError as error:
        fail(f"{beside(folder, error)}{nearby(folder)}")
    text = page(story, policy, policy_given=name is not None, names=names, polls=polls)
    _put(text, output)
    if as_json:
        write_json(_found(story, output))
    if not story.is_sound:
        fail(f"{folder}: a log is not as it was signed; the report says where", Exit.NOT_VERIFIED)
    if output is not None and not as_json:
        checked = "verified" if story.key_given else "fit their checkpoints; give --key to check signatures"
        click.echo(f"{output}: device {_plain(story.device or 'unknown')}, logs {checked}", err=True)


def _put(text: str, output: Path | None) -> None:
    if output is None:
        write(text)
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        fail_by(output, error)


def _found(story: Story, output: Path | None) -> dict[str, object]:
    return {
        "file": str(output),
        "device": story.device,
        "sound": story.is_sound,
        "signatures_checked": story.key_given,
        "state": story.state,
        "health": story.last_health,
        "until": None if story.ends is None else story.ends.isoformat().replace("+00:00", "Z"),
        "moves": len(story.moves),
        "requests": {str(request.number): request.status for request in story.requests},
        "refusals": sum(count for _, count in story.refusals),
        "findings": [{"log": log.name, "what": each.what, "record": each.record, "message": each.message} for log in story.logs for each in log.findings],
    }


def _names(file: Path) -> Names:
    text = text_of(file)
    try:
        return Names.of(Directory.read(file)) if file.suffix == ".toml" else Names.from_text(text)
    except ReportError as error:
        fail(f"{file}: {error}")
    except DirectoryError as error:
        fail(str(error))


def _polls(folder: Path, files: tuple[Path, ...], policy: Policy) -> tuple[Poll, ...]:
    beside_logs = folder / READINGS
    some = files or ((beside_logs,) if beside_logs.is_file() else ())
    try:
        return read_polls([(str(file), text_of(file)) for file in some], policy)
    except ReportError as error:
        fail(str(error))


def _plain(text: str) -> str:
    """A serial number comes from a file; it does not steer the terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
