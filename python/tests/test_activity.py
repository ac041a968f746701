"""The activity log: the package's events, and `strongroom log show` as a real process."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import shutil
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from conftest import COMMAND, ROOT, Run

from strongroom import FilterError, LogError, LogName, Party, Role, activity
from strongroom.activity import COLUMNS, Event, Format, Occurrence, Region, Verdict

CHECKED_IN = ROOT / "tests" / "activity"
FOLDER = CHECKED_IN / "log"
BEA = UUID("c0000000-0000-4000-8000-0000000000a4")
CONTOSO = UUID("c0000000-0000-4000-8000-000000000001")


def events(**filter: object) -> list[Event]:
    return list(activity.events(FOLDER, **filter))  # type: ignore[arg-type]


def show(run: Run, *arguments: object) -> tuple[str, str]:
    """What it prints, and what it says beside that."""
    result = run("log", "show", FOLDER, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout.decode(), result.stderr.decode()


@pytest.mark.parametrize("format", [*Format, "table"])
def test_every_format_is_as_checked_in(run: Run, format: str) -> None:
    expected = (CHECKED_IN / f"lockbox.{format}").read_bytes()
    result = run("log", "show", FOLDER, "--format", format)
    remedy = f"strongroom log show tests/activity/log --format {format} > tests/activity/lockbox.{format}"
    assert result.stdout == expected, f"lockbox.{format} differs; if that is meant: {remedy}"
    assert result.returncode == 0


def test_an_event_has_everything_that_its_line_says(run: Run) -> None:
    lines = [json.loads(line) for line in show(run)[0].splitlines()]
    assert len(lines) == len(events())
    assert all(tuple(line) == COLUMNS for line in lines)
    for line, event in zip(lines, events(), strict=True):
        assert event.time == datetime.fromisoformat(line["time"]) and event.time.utcoffset() == timedelta(0)
        assert (event.log, event.sequence) == (line["log"], line["sequence"])
        assert (str(event.id), event.action, event.operation) == (line["event_id"], line["action"], line["operation"])
        assert (event.verb, event.occurrence, event.verdict) == (line["verb"], line["occurrence"], line["verdict"])
        assert (event.actor.party, event.actor.role) == (line["party"], line["role"])
        named = (event.actor.organisation, event.actor.person, event.actor.second)
        assert [None if id is None else str(id) for id in named] == [line["organisation"], line["person"], line["second"]]
        assert (event.request, event.exclusion, event.region) == (line["request"], line["exclusion"], line["region"])
        assert (event.before, event.after) == (line["from"], line["to"])
        assert (event.detail_of, event.detail, event.count) == (line["detail_of"], line["detail"], line["count"])
        assert (event.rule.name, event.rule.code, event.rule.text) == (line["rule"], line["rule_number"], line["rule_text"])
        assert event.at_last_good_time is line["at_last_good_time"]
        assert (event.epoch, event.boot, event.time_epoch) == (line["epoch"], line["boot"], line["time_epoch"])
        assert event.command == line["command"]


def test_events_are_values() -> None:
    once, again = events(), events()
    assert once == again and len(set(once)) == len(once)
    with pytest.raises(AttributeError):
        once[0].action = "other"  # type: ignore[misc]


def test_the_sources_four_actions_keep_their_names() -> None:
    names = Counter(event.action for event in events())
    assert names["Create Lockbox Request"] == 4
    assert names["Approve Lockbox Request"] == names["Deny Lockbox Request"] == names["Lockbox Request Expiry"] == 1
    (approved,) = events(actions=["Approve Lockbox Request"])
    assert (approved.actor.role, approved.request, approved.verdict) == (Role.APPROVER, 1, Verdict.ACCEPTED)
    assert (approved.region, approved.before, approved.after) == (Region.STATUS, "CustomerNotified", "Approved")
    assert approved.time == datetime(2026, 7, 13, 10, 5, tzinfo=UTC)


def test_repeated_refusals_are_one_event_with_a_count() -> None:
    (repeated,) = [event for event in events() if event.occurrence is Occurrence.REPEATED]
    assert (repeated.verb, repeated.verdict, repeated.count) == ("approve", Verdict.REFUSED, 1)
    assert (repeated.rule.name, repeated.actor.person) == ("ApprovesOnce", BEA)


def test_each_part_of_a_filter_is_the_packages_too() -> None:
    everything = events()
    early, late = datetime(2026, 7, 14, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=timezone(timedelta(hours=2)))
    for picked, expected in (
        (events(request=2), [event for event in everything if event.request == 2]),
        (events(log=LogName.LIFECYCLE), [event for event in everything if event.log is LogName.LIFECYCLE]),
        (events(refused=True), [event for event in everything if event.verdict is Verdict.REFUSED]),
        (events(actors=[str(BEA)]), [event for event in everything if event.actor.person == BEA]),
        (events(actors=["vendor", "Device"]), [event for event in everything if event.actor.party is Party.DEVICE]),
        (events(actors=[str(CONTOSO)]), [event for event in everything if event.actor.organisation == CONTOSO]),
        (events(actions=["deny", "triage"]), [event for event in everything if event.verb in ("deny", "triage")]),
        (events(since=early, until=late), [event for event in everything if early <= event.time < late]),
    ):
        assert picked == expected
        assert 0 < len(picked) < len(everything)


def test_a_time_within_a_second_is_after_its_beginning() -> None:
    at = datetime(2026, 7, 13, 10, 5, tzinfo=UTC)
    half = timedelta(seconds=0.5)

    def within(**filter: object) -> bool:
        return any(event.time == at for event in events(**filter))

    assert within(since=at) and within(since=at - half) and not within(since=at + half)
    assert not within(until=at) and not within(until=at - half) and within(until=at + half)


def test_a_time_without_a_zone_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        events(since=datetime(2026, 7, 13))  # noqa: DTZ001


def test_names_that_nothing_has_are_told_with_the_nearest() -> None:
    with pytest.raises(FilterError, match='did you mean "Approve Lockbox Request"'):
        events(actions=["Aprove Lockbox Request"])
    with pytest.raises(FilterError, match='did you mean "Approver"'):
        events(actors=["Aprover"])


def test_a_folder_without_a_log_is_told(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="holds no log"):
        list(activity.events(tmp_path))
    with pytest.raises(LogError, match="no such file"):
        list(activity.events(tmp_path / "nowhere"))


def test_a_spreadsheet_reads_the_table(run: Run) -> None:
    told, _ = show(run, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told, newline="")))
    assert tuple(rows[0]) == COLUMNS and len(rows) == len(events())
    assert [row["action"] for row in rows] == [event.action for event in events()]
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_what_azure_has_no_name_for_is_counted_beside(run: Run) -> None:
    told, beside = show(run, "--format", "azure")
    assert beside == "left out 41 events that the Azure Activity Log has no name for\n"
    operations = Counter(json.loads(line)["operationName"].split("/")[-2] for line in told.splitlines())
    assert operations == Counter(event.operation.split("/")[-2] for event in events() if event.operation)
    told, beside = show(run, "--format", "azure", "--action", "deny", "--subscription", str(CONTOSO).upper())
    assert (len(told.splitlines()), beside) == (2, "")
    assert all(f"/subscriptions/{CONTOSO}/" in line for line in told.splitlines())


def test_filters_of_the_command_are_those_of_the_package(run: Run) -> None:
    for arguments, filter in (
        (["--action", "Create Lockbox Request"], {"actions": ["Create Lockbox Request"]}),
        (["--action", "deny", "--action", "cancel"], {"actions": ["deny", "cancel"]}),
        (["--actor", "approver", "--request", "1", "--refused"], {"actors": ["Approver"], "request": 1, "refused": True}),
        (["--log", "lifecycle"], {"log": LogName.LIFECYCLE}),
        (
            ["--since", "2026-07-14T00:00:00Z", "--until", "2026-07-15T02:00:00+02:00"],
            {"since": datetime(2026, 7, 14, tzinfo=UTC), "until": datetime(2026, 7, 15, tzinfo=UTC)},
        ),
    ):
        picked = [json.loads(line)["event_id"] for line in show(run, *arguments)[0].splitlines()]
        assert picked == [str(event.id) for event in events(**filter)]
        assert picked


@pytest.mark.parametrize("format", [*Format, "table"])
def test_no_event_is_told_and_no_error(run: Run, format: str) -> None:
    told, beside = show(run, "--request", 99, "--format", format)
    assert (told, beside) == (",".join(COLUMNS) + "\r\n" if format == "csv" else "", "no event is as asked for\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--action", "aprove"], 'unknown action "aprove"; did you mean "approve"?'),
        (["--actor", "Pol"], 'unknown actor "Pol"; did you mean "Pool"?'),
        (["--since", "yesterday"], '"yesterday" is not a time; write it as RFC 3339, such as 2026-01-05T09:00:00Z'),
        (["--until", "2026-07-14T00:00:00"], "is not a time"),
        (["--until", "2026-07-14T25:00:00Z"], "is not a time"),
        (["--since", "0001-01-01T00:00:00+14:00"], "is not a time"),
        (["--log", "audit"], "'audit' is not one of 'tenant', 'lifecycle'"),
        (["--format", "xml"], "is not one of"),
        (["--request", "0"], "0 is not in the range"),
        (["--subscription", str(CONTOSO)], "--subscription is for --format azure"),
    ],
)
def test_a_wrong_command_line_ends_with_two(run: Run, arguments: list[str], message: str) -> None:
    result = run("log", "show", FOLDER, *arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert message in result.stderr.decode()


def test_a_folder_that_cannot_be_read_is_named(run: Run, tmp_path: Path) -> None:
    result = run("log", "show", tmp_path)
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"holds no log" in result.stderr and b"Traceback" not in result.stderr


def test_what_can_be_read_is_told_before_what_cannot(run: Run, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "log")
    bundle = tmp_path / "log" / "tenant-1" / "tile" / "entries" / "000.p" / "49"
    damaged = bytearray(bundle.read_bytes())
    damaged[120 * 40 + 2] = 9
    bundle.write_bytes(damaged)
    result = run("log", "show", "log")
    assert result.returncode == 1
    assert sum(b'"log":"tenant"' in line for line in result.stdout.splitlines()) == 40
    assert b"log: tenant-1/tile/entries/000.p/49 has no record at place 40" in result.stderr


def test_on_a_terminal_it_is_a_table_and_a_refusal_is_red(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen([COMMAND, "log", "show", FOLDER, "--refused"], stdout=follower, cwd=tmp_path, env=environment):
        os.close(follower)
        told = b""
        while piece := _read(leader):
            told += piece
    os.close(leader)
    assert b"Monday 13 July 2026" in told
    assert b"\x1b[31mrequest 1, refused" in told


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # what Linux says when the other side is closed
        return b""


@pytest.mark.parametrize("format", [*Format, "table"])
def test_a_reader_that_leaves_is_no_error(format: str) -> None:
    with subprocess.Popen(
        [COMMAND, "log", "show", FOLDER, "--format", format], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert b"Traceback" not in said and b"Exception" not in said
