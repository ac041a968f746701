"""The commands `strongroom evidence`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import click
from rich.text import Text

from ..evidence import Certificate, Verification
from ..exceptions import CertificateError, KeyFormatError, LogError
from .ending import Exit, fail, fail_by, key_of
from .folders import nearby
from .output import beside, page, write, write_json
from .through_sudo import OwnPath

_FILE = click.Path(path_type=Path)


@click.group("evidence")
def evidence() -> None:
    """Certificates of a zeroization or a destruction.

    \b
    Examples:
      strongroom evidence export logs -o zeroized.json
      strongroom evidence verify zeroized.json --key device.pub
    """


@evidence.command()
@click.argument("folder", type=_FILE)
@click.option("--record", type=click.IntRange(min=0), metavar="N", help="The record that proves it; the last one that does, without this.")
@click.option("--details", type=_FILE, metavar="FILE", help="What is to be stated: JSON with an object of texts for each section of the form.")
@click.option("-o", "--output", type=OwnPath(), metavar="OUT", help="Write it to OUT instead of standard output.")
@click.option("--json", "as_json", is_flag=True, help="With -o: print what it certifies as JSON. Without, it is JSON itself.")
def export(folder: Path, record: int | None, details: Path | None, output: Path | None, as_json: bool) -> None:
    """Make a certificate from the logs in FOLDER.

    Of the last zeroization or destruction that the lifecycle log proves, as far as its checkpoint goes.

    \b
    Example:
      strongroom evidence export logs --details form.json -o zeroized.json
    """
    stated = None if details is None else _details(details)
    try:
        certificate = Certificate.export(folder, record=record, details=stated)
    except (CertificateError, LogError) as error:
        fail(f"{beside(folder, error)}{nearby(folder)}")
    if output is None:
        write(certificate.text)
        return
    try:
        certificate.write(output)
    except OSError as error:
        fail_by(output, error)
    if as_json:
        write_json({"file": str(output), "class": certificate.evidence_class, "device": certificate.device})
    else:
        click.echo(f"{output}: {certificate.evidence_class}, device {certificate.device}", err=True)


@evidence.command()
@click.argument("file", type=_FILE)
@click.option("--key", required=True, metavar="KEY", help="The log's public key, or a file with it.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def verify(file: Path, key: str, as_json: bool) -> None:
    """Check the certificate in FILE with the public key and nothing else.

    Ends with 3 where it does not prove what it says.

    \b
    Example:
      strongroom evidence verify zeroized.json --key device.pub
    """
    certificate = _read(file)
    outcome = _verify(certificate, key)
    if as_json:
        checks = [{"what": check.what, "passed": check.passed, "says": check.says} for check in outcome.checks]
        write_json({"verified": outcome.verified, "checks": checks, "stated": outcome.stated, "missing": dict(outcome.missing)})
    else:
        _tell(certificate, outcome)
    if not outcome.verified:
        fail(f"{file}: rejected", Exit.NOT_VERIFIED)


@evidence.command()
@click.argument("file", type=_FILE)
@click.option("--key", metavar="KEY", help="Verify it first with this public key, or the one in a file.")
@click.option("--json", "as_json", is_flag=True, help="Print the certificate in a line of JSON, and whether it was verified.")
def show(file: Path, key: str | None, as_json: bool) -> None:
    """Show the certificate in FILE on one page of text.

    \b
    Example:
      strongroom evidence show zeroized.json --key device.pub
    """
    certificate = _read(file)
    if key is not None:
        outcome = _verify(certificate, key)
        if not outcome.verified:
            _tell(certificate, outcome)
            fail(f"{file}: rejected", Exit.NOT_VERIFIED)
    if as_json:
        write_json({"verified": key is not None, "certificate": json.loads(certificate.text)})
        return
    write(certificate.page(key))


def _tell(certificate: Certificate, outcome: Verification) -> None:
    out = page()
    for check in outcome.checks:
        mark = "✓" if check.passed else "✗"
        out.block(f"  {mark} {check.what:<12}", Text(check.says, "" if check.passed else "red"))
    for name, why in outcome.missing.items():
        out.block(f"  · {name:<12}", Text(f"not proved: {why}", "dim"))
    if outcome.stated:
        out.block(f"  · {'stated':<12}", Text(f"and not proved: {', '.join(outcome.stated)}", "dim"))
    out.line()
    if outcome.verified:
        out.line(Text(f"certificate verified: {certificate.evidence_class}, device {certificate.device}, {certificate.proved['at']}", "green"))
    else:
        out.line(Text("certificate rejected", "red"))


def _read(file: Path) -> Certificate:
    try:
        return Certificate.from_file(file)
    except CertificateError as error:
        fail(f"{file}: {error}")
    except OSError as error:
        fail_by(file, error)


def _verify(certificate: Certificate, key: str) -> Verification:
    try:
        return certificate.verify(key_of(key))
    except KeyFormatError as error:
        fail(f"--key: {error}")


def _details(file: Path) -> dict[str, dict[str, str]]:
    try:
        told = json.loads(file.read_bytes())
    except OSError as error:
        fail_by(file, error)
    except ValueError as error:
        fail(f"{file}: not JSON: {error}")
    if not isinstance(told, dict) or not all(isinstance(fields, dict) for fields in cast("dict[str, object]", told).values()):
        fail(f"{file}: an object with an object of texts for each section is needed")
    return cast("dict[str, dict[str, str]]", told)

