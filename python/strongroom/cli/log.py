"""The commands `strongroom log`: whether a log is as it was signed, and proofs for others."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from .. import logs
from ..exceptions import KeyFormatError, LogError, ProofError
from ..logs import InclusionProof, LogFinding, LogReport, Signatures
from ..records import Record
from .ending import Exit, fail, fail_by, key_of, text_of
from .folders import nearby
from .lazy import LazyGroup
from .output import page, write, write_json
from .page import Page
from .progress import verifying
from .through_sudo import OwnPath

_PATH = click.Path(path_type=Path)

_as_json = click.option("--json", "as_json", is_flag=True, help="Print the proof as a text in JSON.")


@click.group(cls=LazyGroup, lazy={"show": f"{__package__}.log_show:show"})
def log() -> None:
    """Verify drained logs, and prove to others what is in them.

    FOLDER is a log folder with `lifecycle` and `tenant-EPOCH` in it, or one of these. KEY is the device's public key, or a file with
    it: PEM, 64 hexadecimal digits, or NAME+HASH+KEY.

    \b
    Examples:
      strongroom log verify logs --key device.pub
      strongroom log show logs --refused
      strongroom log prove 17 logs/tenant-1 -o 17.tlog-proof
    """


@log.command()
@click.argument("folder", type=_PATH)
@click.option("--key", metavar="KEY", help="The public key; without it signatures are not checked.")
@click.option("--threads", type=click.IntRange(min=1), metavar="N", help="Work on N threads; on all cores where not given.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each log.")
def verify(folder: Path, key: str | None, threads: int | None, as_json: bool) -> None:
    """Verify the logs in FOLDER.

    Every hash, tile, checkpoint and record is checked, and what is changed, cut, reordered or added is named with its place. Ends with
    3 where a log is not as it was signed.

    \b
    Example:
      strongroom log verify logs --key device.pub
    """
    with _input_errors(folder), verifying() as progress:
        reports = logs.verify(folder, key=None if key is None else key_of(key), progress=progress, threads=threads)
    if as_json:
        for report in reports:
            write_json(_plain(report))
    else:
        out = page()
        for report in reports:
            _tell(out, report)
        if key is None:
            out.line(Text("signatures were not checked: whoever can write these files can write others that fit; give --key", "yellow"))
    if not all(report.is_sound for report in reports):
        sys.exit(Exit.NOT_VERIFIED)


@log.command()
@click.argument("record", type=click.IntRange(min=0), metavar="N")
@click.argument("folder", type=_PATH)
@click.option("-o", "--output", type=OwnPath(), metavar="FILE", help="Write the proof to FILE; N.tlog-proof is the usual name.")
@_as_json
def prove(record: int, folder: Path, output: Path | None, as_json: bool) -> None:
    """Prove that record N is in the log in FOLDER.

    The proof holds the record, and anybody can check it with the public key alone: `strongroom log check`.

    \b
    Example:
      strongroom log prove 17 logs/tenant-1 -o 17.tlog-proof
    """
    with _input_errors(folder):
        _put(logs.prove(folder, record), output, as_json)


@log.command()
@click.argument("old", type=click.IntRange(min=0), metavar="M")
@click.argument("new", type=click.IntRange(min=0), metavar="N")
@click.argument("folder", type=_PATH)
@click.option("-o", "--output", type=OwnPath(), metavar="FILE", help="Write the proof to FILE.")
@_as_json
def consistency(old: int, new: int, folder: Path, output: Path | None, as_json: bool) -> None:
    """Prove that from M to N records the log in FOLDER only grew.

    M and N are sizes that were signed.

    \b
    Example:
      strongroom log consistency 12 40 logs/lifecycle -o 12-40.proof
    """
    with _input_errors(folder):
        _put(logs.prove_consistency(folder, old, new), output, as_json)


@log.command()
@click.argument("proof", type=_PATH)
@click.option("--key", metavar="KEY", required=True, help="The public key.")
@click.option("--json", "as_json", is_flag=True, help="Print what is proved as JSON.")
def check(proof: Path, key: str, as_json: bool) -> None:
    """Check the proof in the file PROOF, and say what it proves.

    Ends with 3 where it proves nothing.

    \b
    Example:
      strongroom log check 17.tlog-proof --key device.pub
    """
    with _input_errors():
        public = key_of(key)
        text = text_of(proof)
        try:
            proved = logs.check(text, key=public)
        except ProofError as error:
            fail(f"{proof}: not proved: {error}", Exit.NOT_VERIFIED)
    if as_json:
        write_json(_plain(proved))
        return
    out = page()
    if isinstance(proved, InclusionProof):
        out.line(Text(f"proved: record {proved.record.sequence} is in {proved.origin}, signed at {proved.size} records", "green"))
        _tell_record(out, proved.record)
        out.line(f"  root {proved.root}")
    else:
        grew = f"begins with its {proved.old} records of before; in between, records were only added"
        out.line(Text(f"proved: {proved.origin} of {proved.new} records {grew}", "green"))
        out.line(f"  root {proved.old_root} of {proved.old}")
        out.line(f"  root {proved.new_root} of {proved.new}")


def _tell(out: Page, report: LogReport) -> None:
    which = report.origin or str(report.folder)
    if report.is_sound:
        checkpoints = "1 checkpoint" if report.checkpoints == 1 else f"{report.checkpoints} checkpoints"
        signed = "signed by the key" if report.signatures is Signatures.CHECKED else "not checked"
        line = f"log verified: {report.signed} records, root {report.root} ({which}, {checkpoints} {signed})"
        out.line(Text(line, "green"))
    else:
        out.line(Text(f"log not verified: {report.folder} ({which})", "red"))
    for finding in report.findings:
        out.line(Text.assemble("  ", (finding.what.value, "red" if finding.what.is_error else "yellow"), f": {_place(finding)}"))
    if report.more:
        out.line(f"  and {report.more} more")


def _place(finding: LogFinding) -> str:
    # What is said of a file as a whole begins with what it does.
    about_record = finding.message.startswith(("record", "the record", "hash", "the checkpoint", "beyond"))
    return f"{finding.message} ({finding.file})" if about_record else f"{finding.file} {finding.message}"


def _tell_record(out: Page, record: Record) -> None:
    by = f"{record.role} ({record.party})" + "".join(f" {who}" for who in (record.person, record.organisation) if who)
    about = f", request {record.request}" if record.request else ""
    verdict = "refused" if record.refused else "accepted"
    at = f"{record.at:%Y-%m-%d %H:%M:%S}Z" if record.at else "beyond the year 9999"
    out.line(f"  {at}  {record.what or 'unknown to this release'}{about}, {record.log} log, epoch {record.epoch}")
    out.line(f"  by {by}" + (f", with {record.second}" if record.second else ""))
    out.line(f"  {verdict} by {record.rule.name}: {record.rule.text}")


def _plain(value: object) -> object:
    """What JSON can say of a value class."""
    return json.loads(json.dumps(asdict(value), default=_text))  # type: ignore[call-overload]


def _text(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _put(proof: str, output: Path | None, as_json: bool) -> None:
    if output is not None:
        try:
            output.write_bytes(proof.encode())
        except OSError as error:
            fail_by(output, error)
    if as_json:
        write_json({"file": None if output is None else str(output), "proof": proof})
    elif output is None:
        write(proof)


@contextmanager
def _input_errors(folder: Path | None = None) -> Generator[None]:
    try:
        yield
    except LogError as error:
        fail(f"{error}{'' if folder is None else nearby(folder)}")
    except KeyFormatError as error:
        fail(f"--key: {error}")

