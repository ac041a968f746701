"""The classes that a replay returns."""

from __future__ import annotations

import dataclasses
import json
import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from conftest import ARRIVAL, STORY, TRANSCRIPTS, scenario

from strongroom import (
    EffectKind,
    Health,
    LogName,
    Origin,
    Party,
    Replay,
    Role,
    RuleKind,
    ScenarioError,
    State,
    Status,
    StrongroomError,
    TranscriptError,
    VerificationError,
    console,
)


def test_a_step_has_words_times_and_rules_of_their_own_types() -> None:
    step = Replay.from_text(scenario({**ARRIVAL, "note": "It is here"})).steps[0]
    assert (step.line, step.origin, step.ok, step.note) == (2, Origin.LINE, True, "It is here")
    assert (step.by, step.role, step.party, step.second) == ("hana", Role.HANDS, Party.PROVIDER, None)
    assert (step.verb, dict(step.arguments)) == ("arrive", {"serial": "700022"})
    assert step.at == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert step.at is not None and step.at.utcoffset() == timedelta(0)
    assert (step.rule.code, step.rule.name, step.rule.kind, step.rule.rows) == (1, "T01", RuleKind.GRANTS, ("H-42", "D-27"))
    assert (step.previous_state, step.state, step.health) == (State.IN_TRANSIT, State.RECEIVED, Health.UNKNOWN)
    assert (step.request, step.status, step.until, step.effects) == (None, None, None, ())
    assert step.consulted and all(each.held for each in step.consulted)


def test_a_refusal_consults_the_rule_that_refuses_last() -> None:
    for step in Replay.from_file(STORY).steps:
        missing = [each.rule for each in step.consulted if not each.held]
        if not step.ok and missing:
            assert (step.consulted[-1].rule, missing[-1]) == (step.rule, step.rule)
    assert any(not each.held for step in Replay.from_file(STORY).steps for each in step.consulted)


def test_a_request_says_until_when_it_stands() -> None:
    granted = next(step for step in Replay.from_file(STORY).steps if step.status is Status.APPROVED)
    assert granted.at is not None and granted.until == granted.at + timedelta(hours=8)


def test_another_policy_changes_decisions() -> None:
    own, other = Replay.from_file(STORY), Replay.from_file(STORY, policy="m365")
    assert (own.policy, other.policy) == ("azure", "m365")
    assert own.compare(own) == () and own.compare(other)
    for difference in own.compare(other):
        assert difference.before in (None, *own.steps) and difference.after in (None, *other.steps)
        assert difference.before != difference.after
    granted = next(each for each in own.compare(other) if each.before and each.before.status is Status.APPROVED)
    assert granted.before and granted.after and granted.before.until and granted.after.until
    assert granted.before.until - granted.after.until == timedelta(hours=4)
    assert {(each.after, each.before) for each in other.compare(own)} == {(each.before, each.after) for each in own.compare(other)}


def test_values_are_frozen_equal_hashable_and_printable() -> None:
    first, second = (Replay.from_file(STORY) for _ in range(2))
    for mine, yours in zip((*first.steps, *first.engines), (*second.steps, *second.engines), strict=True):
        assert mine == yours and hash(mine) == hash(yours) and repr(mine) == repr(yours)
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.steps[0].ok = False  # type: ignore[misc]
    with pytest.raises(TypeError):
        first.steps[0].arguments["serial"] = "1"  # type: ignore[index]
    assert repr(first) == f"<Replay {first.title!r}: {len(first.steps)} steps, 1 engines>"


def test_the_story_ends_where_the_device_began_its_lease() -> None:
    replay = Replay.from_file(STORY)
    (engine,) = replay.engines
    assert (engine.name, engine.policy, engine.state) == ("hsm-a", "azure", State.POOL_FREE)
    assert f'"digest":"{engine.digest}"' in replay.jsonl()
    asked = {effect.kind for step in replay.steps for effect in step.effects}
    assert {EffectKind.OPEN_ACCESS, EffectKind.CLOSE_ACCESS, EffectKind.ERASE, EffectKind.HALT} <= asked
    assert {Status.DENIED, Status.EXPIRED, Status.APPROVED} <= {step.status for step in replay.steps}


def test_an_engine_shows_its_open_requests_and_what_is_pending() -> None:
    lines = STORY.read_text().splitlines()
    approval = next(place for place, line in enumerate(lines) if '"do": "approve"' in line and '"by": "bea"' in line)
    header = json.loads(lines[0])
    header["host"]["confirm"].remove("open_access")
    text = "\n".join([json.dumps(header), *lines[1 : approval + 1]])
    (engine,) = Replay.from_text(text, STORY.parent).engines
    granted = engine.requests[-1]
    assert granted.status is Status.APPROVED
    assert granted.deadline == granted.since + timedelta(hours=8)
    assert [(entry.kind, entry.about) for entry in engine.pending] == [(EffectKind.OPEN_ACCESS, granted.number)]
    assert engine.pending[0].detail == f"open_access (request {granted.number})"
    assert engine.pending[0].due == engine.pending[0].asked + timedelta(minutes=1)


def test_logs_are_verified_and_named() -> None:
    logs = Replay.from_file(STORY).verify()
    assert {log.log for log in logs} == {LogName.TENANT, LogName.LIFECYCLE}
    assert [log.records for log in logs if log.erased] and all(len(log.root) == 64 for log in logs)


def test_transcripts_are_looked_up_beside_the_scenario(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_bytes((TRANSCRIPTS / "status_sensors.1.txt").read_bytes())
    (tmp_path / "s.jsonl").write_text(scenario(ARRIVAL, {**ARRIVAL, "do": "read", "transcript": "t.txt", "serial": None}))
    with pytest.raises(ScenarioError, match="argument of"):
        Replay.from_file(tmp_path / "s.jsonl")
    (tmp_path / "s.jsonl").write_text(scenario({"at": ARRIVAL["at"], "by": "pia", "do": "read", "transcript": "t.txt"}))
    assert Replay.from_file(tmp_path / "s.jsonl").steps[0].verb == "read_health"


def test_errors_have_a_line_a_code_and_survive_pickling() -> None:
    with pytest.raises(ScenarioError) as caught:
        Replay.from_text(scenario({**ARRIVAL, "by": "hanna"}))
    error = caught.value
    assert (error.line, error.code, error.rule) == (2, "scenario", None)
    assert str(error) == 'line 2: unknown person "hanna"; did you mean "hana"?'
    wrong = VerificationError("hsm-a", "tenant", 3, "older")
    assert isinstance(error, StrongroomError) and isinstance(wrong, StrongroomError)
    for raised in (error, wrong):
        copy = pickle.loads(pickle.dumps(raised))
        assert type(copy) is type(raised) and vars(copy) == vars(raised) and str(copy) == str(raised)


def test_an_unknown_policy_is_told_with_what_was_meant() -> None:
    with pytest.raises(ScenarioError, match='unknown policy "azur"; did you mean "azure"') as caught:
        Replay.from_text(scenario(), policy="azur")
    assert caught.value.line == 0


@pytest.mark.parametrize("noise", [b"", b"\x00" * 4096, bytes(range(256)) * 64, b"\xff" * 100_000])
def test_noise_is_no_transcript(noise: bytes) -> None:
    with pytest.raises(TranscriptError):
        console.read(noise)


def test_replays_do_not_disturb_one_another() -> None:
    outputs: list[str] = []
    threads = [Thread(target=lambda: outputs.append(Replay.from_file(STORY).jsonl())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outputs) == 4 and len(set(outputs)) == 1
