"""Certificates: the package's, and `strongroom evidence` as a real process."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from conftest import COMMAND, ROOT, Run, Validator
from jsonschema import Draft202012Validator

from strongroom import Certificate, CertificateError, KeyFormatError, LogError
from strongroom.evidence import EvidenceClass

CHECKED_IN = ROOT / "tests" / "evidence"
DETAILS = CHECKED_IN / "details.json"
KEY = CHECKED_IN / "verified" / "key.pub"
CLASSES = ["verified", "reported", "witnessed"]


def path(name: str) -> Path:
    return CHECKED_IN / f"{name}.json"


def value(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path(name).read_text())
    return told


@pytest.fixture(scope="module")
def schema() -> Validator:
    content = json.loads((CHECKED_IN / "certificate.schema.json").read_text())
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)


@pytest.mark.parametrize("name", CLASSES)
def test_a_certificate_is_made_and_verified(run: Run, tmp_path: Path, name: str) -> None:
    result = run("evidence", "export", CHECKED_IN / name, "--details", DETAILS, "-o", "made.json")
    assert (result.returncode, result.stdout) == (0, b"")
    assert result.stderr.decode() == f"made.json: {name.capitalize()}, device 700022\n"
    assert (tmp_path / "made.json").read_bytes() == path(name).read_bytes()
    result = run("evidence", "verify", "made.json", "--key", KEY)
    told = result.stdout.decode()
    assert (result.returncode, result.stderr) == (0, b"")
    assert told.count("  ✓ ") == 8 and "✗" not in told
    assert "and not proved: destination.details, destination.to, media.backed_up," in told
    assert told.endswith(f"\ncertificate verified: {name.capitalize()}, device 700022, {value(name)['proved']['at']}\n")


def test_without_a_file_it_goes_to_standard_output(run: Run) -> None:
    result = run("evidence", "export", CHECKED_IN / "witnessed", "--details", DETAILS)
    assert (result.returncode, result.stdout, result.stderr) == (0, path("witnessed").read_bytes(), b"")


@pytest.mark.parametrize("name", CLASSES)
def test_the_schema_takes_what_the_program_makes(schema: Validator, name: str) -> None:
    schema.validate(value(name))
    schema.validate(json.loads(Certificate.export(CHECKED_IN / name).text))


def damaged(whole: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The certificate without each thing that it has, and with each one of another kind."""

    def ways(value: Any, way: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
        inner: Iterable[tuple[str | int, Any]] = ()
        if isinstance(value, dict):
            inner = cast("dict[str, Any]", value).items()
        elif isinstance(value, list):
            inner = enumerate(cast("list[object]", value))
        for step, member in inner:
            yield (*way, step)
            yield from ways(member, (*way, step))

    for *above, last in ways(whole, ()):
        others: tuple[Any, ...] = (object, 7.5, [[]])
        for other in others:
            changed = copy.deepcopy(whole)
            place: Any = changed
            for step in above:
                place = place[step]
            if other is object:
                del place[last]
            else:
                place[last] = other
            yield ".".join(map(str, (*above, last))), changed


@pytest.mark.parametrize("name", CLASSES)
def test_what_the_schema_refuses_is_no_certificate(schema: Validator, name: str) -> None:
    refused = 0
    for place, changed in damaged(value(name)):
        if schema.is_valid(changed):
            continue
        refused += 1
        text = json.dumps(changed)
        try:
            verification = Certificate.from_text(text).verify(KEY.read_text())
        except CertificateError:
            continue
        assert not verification.verified, place
    assert refused > 150


def test_every_field_of_a_statement_is_in_the_schema(schema: Validator) -> None:
    content = json.loads((CHECKED_IN / "certificate.schema.json").read_text())
    for section, fields in content["$defs"]["stated"]["properties"].items():
        for field in fields["properties"]:
            choices = {"backed_up": "no", "method_type": "Clear", "to": "other"}
            details = {section: {field: choices.get(field, "something")}}
            certificate = Certificate.export(CHECKED_IN / "verified", details=details)
            assert certificate.stated == details
            schema.validate(json.loads(certificate.text))
    changed = value("verified")
    changed["stated"]["person"]["nickname"] = "Hana"
    assert not schema.is_valid(changed)


def test_a_certificate_is_a_value() -> None:
    certificate = Certificate.from_file(path("witnessed"))
    assert certificate == Certificate.from_text(path("witnessed").read_text())
    assert hash(certificate) == hash(Certificate.from_file(path("witnessed")))
    assert (certificate.evidence_class, certificate.device) == (EvidenceClass.WITNESSED, "700022")
    assert certificate.proved["parts"] == ["SSD-11", "SSD-12", "NVRAM-7"]
    assert certificate.stated["person"]["name"] == "Hana Ito"
    with pytest.raises(TypeError):
        certificate.proved["class"] = "Verified"  # type: ignore[index]
    with pytest.raises(TypeError):
        certificate.stated["person"]["name"] = "Somebody"  # type: ignore[index]


def test_an_edited_class_is_rejected_and_both_are_named(run: Run, tmp_path: Path) -> None:
    changed = value("reported")
    changed["proved"]["class"] = "Verified"
    (tmp_path / "c.json").write_text(json.dumps(changed))
    result = run("evidence", "verify", "c.json", "--key", KEY)
    told = result.stdout.decode()
    assert (result.returncode, result.stderr) == (3, b"c.json: rejected\n")
    assert '  ✗ fields      proved.class says "Verified", the records prove "Reported"\n' in told
    assert told.endswith("\ncertificate rejected\n")
    result = run("evidence", "verify", "c.json", "--key", KEY, "--json")
    told = json.loads(result.stdout)
    assert (result.returncode, told["verified"]) == (3, False)
    failed = [check for check in told["checks"] if not check["passed"]]
    assert failed == [{"what": "fields", "passed": False, "says": 'proved.class says "Verified", the records prove "Reported"'}]
    result = run("evidence", "show", "c.json", "--key", KEY)
    assert result.returncode == 3 and b"CERTIFICATE OF SANITIZATION" not in result.stdout


def test_another_devices_key_is_told(run: Run) -> None:
    result = run("evidence", "verify", path("verified"), "--key", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert result.returncode == 3
    assert "✗ signature   log.inclusion[0]: the checkpoint is not signed by this key" in result.stdout.decode()


def test_what_was_checked_can_be_read_by_a_program(run: Run) -> None:
    told = json.loads(run("evidence", "verify", path("verified"), "--key", KEY.read_text().strip(), "--json").stdout)
    assert told["verified"] is True and told["missing"] == {}
    assert [check["what"] for check in told["checks"]] == [
        "records",
        "signature",
        "inclusion",
        "device",
        "commands",
        "evidence",
        "fields",
        "statements",
    ]
    verification = Certificate.from_file(path("verified")).verify(KEY.read_text())
    assert [check.says for check in verification.checks] == [check["says"] for check in told["checks"]]
    assert list(verification.stated) == told["stated"]


def test_without_the_commands_less_is_proved_and_it_says_so(run: Run, tmp_path: Path) -> None:
    shutil.copytree(CHECKED_IN / "witnessed", tmp_path / "log")
    shutil.rmtree(tmp_path / "log" / "lifecycle" / "evidence")
    certificate = Certificate.export(tmp_path / "log")
    verification = certificate.verify(KEY.read_text())
    assert verification.verified
    assert set(verification.missing) == {"parts", "method", "place", "camera"}
    certificate.write(tmp_path / "c.json")
    told = run("evidence", "verify", "c.json", "--key", KEY).stdout.decode()
    assert "  · parts       not proved: the command shred was not kept with the log\n" in told


@pytest.mark.parametrize("name", CLASSES)
def test_a_page_is_for_people(run: Run, name: str) -> None:
    shown = run("evidence", "show", path(name))
    assert (shown.returncode, shown.stdout) == (0, (CHECKED_IN / f"{name}.txt").read_bytes())
    told = run("evidence", "show", path(name), "--key", KEY).stdout.decode()
    assert f"yes, with the key of {KEY}" in " ".join(told.split())
    assert "  proved  " in told and "  claimed " not in told
    # How many lines the part before takes depends on where the key lies.
    _, _, body = told.replace("proved  ", "claimed ").partition("PERSON PERFORMING")
    assert body == (CHECKED_IN / f"{name}.txt").read_text().partition("PERSON PERFORMING")[2] != ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "not a certificate: EOF"),
        (b"{}", "it does not say \"strongroom_certificate\": 1"),
        (b"\xff", "this is not UTF-8 text"),
        (None, "no such file or directory"),
    ],
)
def test_what_is_no_certificate_is_named(run: Run, tmp_path: Path, text: bytes | None, message: str) -> None:
    if text is not None:
        (tmp_path / "c.json").write_bytes(text)
    for command in (["verify", "c.json", "--key", KEY], ["show", "c.json"]):
        result = run("evidence", *command)
        assert (result.returncode, result.stdout) == (1, b"")
        assert result.stderr.decode().startswith("c.json: ") and message in result.stderr.decode()


@pytest.mark.parametrize(
    ("details", "message"),
    [
        ("{", "details.json: not JSON"),
        ("[]", "an object with an object of texts for each section is needed"),
        ('{"persn": {}}', 'unknown section "persn"; did you mean "person"?'),
        ('{"media": {"backed_up": "maybe"}}', 'unknown value of media.backed_up "maybe"'),
        ('{"person": {"name": 7}}', "an object with an object of texts"),
    ],
)
def test_details_that_have_no_place_are_told(run: Run, tmp_path: Path, details: str, message: str) -> None:
    (tmp_path / "details.json").write_text(details)
    result = run("evidence", "export", CHECKED_IN / "verified", "--details", "details.json")
    assert (result.returncode, result.stdout) == (1, b"")
    assert message in result.stderr.decode() and b"Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["export", CHECKED_IN / "verified", "--record", "7"], 1, "record 7 proves no zeroization and no destruction"),
        (["export", CHECKED_IN / "nowhere"], 1, "nowhere: no such file or directory"),
        (["export", CHECKED_IN / "verified", "-o", "no/where.json"], 1, "no/where.json: no such file or directory"),
        (["export", CHECKED_IN / "verified", "--details", "none.json"], 1, "none.json: no such file or directory"),
        (["export", CHECKED_IN / "verified", "--record", "-1"], 2, "is not in the range"),
        (["verify", path("verified"), "--key", "nowhere.pub"], 1, "--key: this is no key"),
        (["verify", path("verified")], 2, "Missing option '--key'"),
        (["verify", path("verified"), "--key", path("verified")], 1, "--key: this is no key"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(run: Run, arguments: list[object], code: int, message: str) -> None:
    result = run("evidence", *arguments)
    assert (result.returncode, result.stdout) == (code, b"")
    assert message in result.stderr.decode() and b"Traceback" not in result.stderr


def test_errors_of_the_package_are_its_own() -> None:
    with pytest.raises(CertificateError, match="not a certificate"):
        Certificate.from_text("{}")
    with pytest.raises(CertificateError, match="proves a zeroization or a destruction"):
        Certificate.export(ROOT / "tests" / "activity" / "log")
    with pytest.raises(LogError, match="no such file"):
        Certificate.export(CHECKED_IN / "nowhere")
    with pytest.raises(KeyFormatError, match="this is no key"):
        Certificate.from_file(path("verified")).verify("none")


@pytest.mark.parametrize("command", [["show"], ["verify", "--key", KEY], ["verify", "--json", "--key", KEY]])
def test_a_reader_that_leaves_is_no_error(command: list[object]) -> None:
    name, *options = command
    with subprocess.Popen(
        [COMMAND, "evidence", str(name), path("verified"), *map(str, options)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
