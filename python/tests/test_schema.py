"""The scenario format's JSON Schema, against scenarios that are right and lines that are not."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import Validator

SCENARIOS = Path(__file__).parents[2] / "tests" / "scenarios"


@pytest.fixture(scope="module")
def schema() -> Validator:
    content = json.loads((SCENARIOS / "scenario.schema.json").read_text())
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)


def lines(path: Path) -> list[dict[str, Any]]:
    text = path.read_text().splitlines()
    return [json.loads(line) for line in text if line.strip() and not line.startswith("//")]


def scenarios() -> list[Path]:
    return [path for path in sorted(SCENARIOS.rglob("*.jsonl")) if ".expected." not in path.name]


@pytest.mark.parametrize("path", scenarios(), ids=lambda path: path.stem)
def test_every_line_is_as_the_schema_says(schema: Validator, path: Path) -> None:
    for line in lines(path):
        schema.validate(line)


def test_what_the_reader_refuses_the_schema_refuses_too(schema: Validator) -> None:
    header, *commands = lines(SCENARIOS / "lease.jsonl")
    arrive = commands[0]
    assert arrive["do"] == "arrive"
    for change in (
        {"do": "arive"},
        {"serial": 7},
        {"serial": "12345678901234567"},
        {"serail": "700022"},
        {"by": {"role": "Hnds", "party": "provider"}},
        {"at": 5},
    ):
        wrong = {**arrive, **change}
        assert not schema.is_valid(wrong), change
    for missing in ("at", "by", "serial"):
        wrong = {key: value for key, value in arrive.items() if key != missing}
        assert not schema.is_valid(wrong), missing
    broken = copy.deepcopy(header)
    del broken["engines"]["hsm-a"]["serial"]
    assert not schema.is_valid(broken)
    assert not schema.is_valid({**header, "strongroom": 2})
    assert not schema.is_valid({**header, "polcy": "azure"})
