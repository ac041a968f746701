"""Readings as typed values, and the lines of JSON that the command prints of them."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import TRANSCRIPTS, Run

from strongroom import Health, Level, Parts, Reading, Service, Tamper, _native, console
from strongroom.exceptions import TranscriptError


def test_a_reading_has_fields_of_their_own_types() -> None:
    told = console.read((TRANSCRIPTS / "status_sensors.1.txt").read_bytes())
    assert told.reading.power_supplies.worst is Level.CRITICAL and told.reading.fans.seen > 0
    assert (told.reading.health, told.reading.tampered, told.reading.service) == (Health.TROUBLE, None, None)
    tamper = console.read((TRANSCRIPTS / "hsm_tamper_show.1.hsm-is-in-a-tamper-state.txt").read_bytes())
    assert tamper.reading.tampered is True and isinstance(tamper.reading.tamper, Tamper) and tamper.outcome.result == 0
    service = console.read((TRANSCRIPTS / "status_sysstat_show.1.txt").read_bytes()).reading
    assert isinstance(service.service, Service) and service.codes and 0 not in service.codes
    assert len({told, tamper}) == 2 and hash(told.reading) == hash(Reading.from_json(told.reading.as_json()))
    with pytest.raises(AttributeError):
        told.reading.fans = Parts()  # type: ignore[misc]


def test_what_nobody_read_is_the_cores_own_default() -> None:
    assert Reading().health is Health.UNKNOWN and Reading.from_json({}) == Reading()
    told = json.loads(_native.read_console((TRANSCRIPTS / "hsm_stm_show.1.txt").read_bytes()))["reading"]
    assert Reading().as_json() == {**told, "transport_mode": None} and {field.name for field in fields(Reading)} == told.keys()


def test_the_command_prints_what_the_core_has_read(run: Run) -> None:
    lines = ""
    files: list[Path] = []
    for file in sorted(TRANSCRIPTS.glob("*.txt")):
        try:
            told = json.loads(_native.read_console(file.read_bytes()))
        except TranscriptError as error:
            with pytest.raises(TranscriptError, match=str(error)):
                console.read(file.read_bytes())
            continue
        assert Reading.from_json(told["reading"]).as_json() == told["reading"]
        files.append(file)
        lines += json.dumps({"file": str(file), **told["reading"], "outcome": told["outcome"]}) + "\n"
    assert len(files) > 8 and run("console", "read", *files).stdout.decode() == lines
