"""Values on their way into the core and back, and what is no value: nothing is passed as something else."""

from __future__ import annotations

import copy
import datetime as datetime_module
import inspect
import pickle
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import strongroom
from hypothesis import example, given
from hypothesis import strategies as st
from menu import CUSTOMER, PROVIDER, VENDOR, person
from strongroom import (
    _native,
    NOW,
    POLICIES,
    CommandError,
    Device,
    JitRequest,
    LogName,
    Outcome,
    Permission,
    Plan,
    Principal,
    Role,
    Scope,
    State,
    Statement,
    Strongroom,
    Subject,
    Terms,
    encoding,
    jit_rule,
)
from strongroom.moments import moment, seconds

DEVICE = Device("700022", PROVIDER, VENDOR)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(-timedelta(hours=11, minutes=59)), ZoneInfo("Europe/Berlin")])
YEAR_1970 = datetime(1970, 1, 2, 12)  # noqa: DTZ001 - hypothesis wants its bounds without a zone


@given(st.datetimes(min_value=YEAR_1970, timezones=ZONES, allow_imaginary=False))
@example(datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=ZoneInfo("Europe/Berlin")))
@example(datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")))
@example(datetime.max.replace(tzinfo=UTC))
def test_a_time_is_its_second_in_every_zone(at: datetime) -> None:
    whole = seconds(at)
    assert whole is not None
    since = at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    assert whole == since.days * 86_400 + since.seconds
    assert moment(whole) == at.astimezone(UTC).replace(microsecond=0)


_BEFORE_1970 = datetime(1969, 12, 30)  # noqa: DTZ001


@given(st.datetimes(max_value=_BEFORE_1970, timezones=ZONES, allow_imaginary=False) | st.datetimes())
def test_a_time_before_1970_or_without_a_zone_is_refused(at: datetime) -> None:
    with pytest.raises(CommandError, match="is before 1970" if at.tzinfo else "has no time zone"):
        seconds(at)


def test_an_engine_tells_of_times_that_python_has_none_for() -> None:
    room = Strongroom(DEVICE)
    room.tamper(by=Principal(Role.SENSOR), class_=strongroom.Tamper.FAN, at=datetime.max.replace(tzinfo=UTC)).require()
    room.arrive(by=person(Role.HANDS, 1), serial="700022", at=datetime.max.replace(tzinfo=UTC)).require()
    room.error_soft(by=Principal(Role.CORE), at=datetime.max.replace(tzinfo=UTC)).require()
    (halt,) = room.state.pending
    assert halt.asked == halt.due == room.next_deadline == datetime.max.replace(microsecond=0, tzinfo=UTC)


@given(st.timedeltas())
@example(timedelta(seconds=(1 << 32) - 1))
@example(timedelta(seconds=1 << 32))
@example(-timedelta(microseconds=1))
def test_a_span_is_whole_seconds_or_refused(span: timedelta) -> None:
    whole, rest = divmod(span, timedelta(seconds=1))
    if rest or not 0 <= whole < 1 << 32:
        with pytest.raises(CommandError, match="it has to be whole seconds"):
            encoding.value(span)
    else:
        assert encoding.value(span) == str(whole)


@given(organisation=st.uuids(), id=st.uuids())
def test_ids_come_back_as_they_were(organisation: UUID, id: UUID) -> None:
    room = Strongroom(Device("700022", organisation, VENDOR))
    room.arrive(by=Principal(Role.HANDS, organisation, id), serial="700022", at=NOW)
    (record,) = room.records(LogName.LIFECYCLE)
    assert (record.organisation or UUID(int=0), record.person or UUID(int=0)) == (organisation, id)


@given(st.binary(max_size=80))
def test_a_digest_has_32_bytes(digest: bytes) -> None:
    room, pool = Strongroom(DEVICE), person(Role.POOL, 1)
    if len(digest) == 32:
        room.explain.stm_ok(by=pool, expected=digest, shown=digest, seals_whole=True)
    else:
        with pytest.raises(CommandError, match=r"^stm_ok\.expected: "):
            room.explain.stm_ok(by=pool, expected=digest, shown=bytes(32), seals_whole=True)


@given(st.integers(-(1 << 70), 1 << 70))
@example(-1)
@example((1 << 32) - 1)
@example(1 << 32)
@example(10**400)
def test_a_number_is_in_its_range_or_refused(number: int) -> None:
    room, engineer = Strongroom(DEVICE), person(Role.ENGINEER, 1)
    if 0 <= number < 1 << 32:
        assert not room.explain.triage(by=engineer, request=number)
    else:
        with pytest.raises(CommandError):
            room.explain.triage(by=engineer, request=number)


@given(st.text(alphabet=st.characters(codec=None), max_size=20))
@example("\ud800")
@example("\0")
@example("700022\udfff")
def test_a_label_is_printable_or_refused(text: str) -> None:
    room = Strongroom(DEVICE)
    if len(text) <= 16 and all(" " <= letter <= "~" for letter in text):
        assert room.explain.arrive(by=person(Role.HANDS, 1), serial=text).ok == (text == "700022")
    else:
        with pytest.raises(CommandError):
            room.explain.arrive(by=person(Role.HANDS, 1), serial=text)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=5) | st.uuids()
ANYTHING = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3))


@given(verb=st.sampled_from([name for _, name, arguments in _native.verbs() if arguments]), data=st.data())
def test_whatever_is_passed_is_an_answer_or_a_command_error(verb: str, data: st.DataObject) -> None:
    room = Strongroom(DEVICE)
    before = room.state
    method = getattr(room.explain, verb)
    names = [name for name in inspect.signature(method).parameters if name not in ("by", "second", "at")]
    passed = {name: data.draw(ANYTHING, label=name) for name in names}
    try:
        method(by=person(Role.POOL, 1), **passed)
    except CommandError as error:
        assert str(error)
    assert room.state == before


PACKED = [JitRequest(*request) for request in product(Scope, Permission, (False, True), (False, True))]


@given(policy=st.sampled_from(list(POLICIES)), batch=st.lists(st.sampled_from(PACKED), max_size=300))
def test_a_batch_is_its_single_requests(policy: str, batch: list[JitRequest]) -> None:
    rule = jit_rule(policy)
    answers = rule.batch(bytes(map(int, batch)))
    assert [tuple(Outcome)[answer] for answer in answers] == [rule.evaluate(request) for request in batch]


def test_the_rule_of_values_is_the_engines() -> None:
    """Every request under every policy, as the engine itself evaluates it."""
    for policy, request in product(POLICIES, PACKED):
        room = _at_evaluation(policy, request)
        verdict = jit_rule(policy).evaluate(request)
        reply = room.evaluate(by=person(Role.JIT_SERVICE, 51), request=1, at=_LATER).require()
        expected = {Outcome.PASS: "JitPassed", Outcome.ASK_INTERNAL: "InternalApproval"}.get(verdict, "JitRejected")
        assert reply.status == expected, (policy, request, verdict)


_LATER = datetime(2026, 1, 5, tzinfo=UTC)


def _at_evaluation(policy: str, request: JitRequest) -> Strongroom:
    """An account without a device, and a request of another subject."""
    room, admin, pool = Strongroom(DEVICE, policy), person(Role.ADMIN, 11), person(Role.POOL, 1)
    engineer = person(Role.ENGINEER, 1)
    room.register(by=pool, organisation=CUSTOMER, approved=True, at=_LATER).require()
    room.set_plan(by=pool, plan=Plan.DEVELOPER, at=_LATER).require()
    room.set_opt_ins(by=admin, lockbox=True, previews=[], at=_LATER).require()
    room.set_roster(by=admin, approvers=[UUID(int=21), UUID(int=22)], at=_LATER).require()
    room.open_ticket(by=person(Role.USER, 41), ticket="T-1", troubleshot=True, at=_LATER).require()
    room.triage(by=engineer, request=1, at=_LATER).require()
    _drain(room)
    terms = Terms(
        Subject.VM_LINUX,
        Scope(request.scope),
        Permission(request.permission),
        bytes(32),
        isolated_identity=request.isolated_identity,
        multi_factor=request.multi_factor,
        standard_tools_failed=True,
        customer_data=True,
    )
    room.request_access(by=engineer, ticket="T-1", terms=terms, at=_LATER).require()
    return room


def _drain(room: Strongroom) -> None:
    by = person(Role.AUDITOR, 90)
    room.acknowledge(by=by, log=LogName.TENANT, next=room.log(LogName.TENANT).size, at=_LATER).require()


def _values() -> list[Any]:
    room = _at_evaluation("azure", PACKED[0])
    state = room.state
    (last, *_) = reversed(list(room.records(LogName.TENANT)))
    return [
        NOW,
        State.OPERATIONAL,
        Role.ADMIN,
        DEVICE,
        person(Role.ADMIN, 11),
        Terms(Subject.DEVICE, Scope.RESOURCE, Permission.READ, bytes(32), duration=timedelta(hours=1)),
        Statement("700023", CUSTOMER, State.FAILED),
        strongroom.Reading(tampered=True),
        strongroom.RULES[0],
        strongroom.ROWS["H-65"],
        strongroom.ROUTES[strongroom.Issue.FIRMWARE],
        POLICIES["m365"],
        room.explain.arrive(by=person(Role.HANDS, 1), serial="700022", at=_LATER),
        room.arrive(by=person(Role.HANDS, 1), serial="700022", at=_LATER),
        room.log(LogName.TENANT),
        state,
        state.requests[0],
        last,
        PACKED[7],
        strongroom.logs.LogFinding(strongroom.logs.Finding.CUT, "checkpoint", 3, "it is cut"),
    ]


def test_values_are_copied_pickled_and_told_so_that_they_can_be_made_again() -> None:
    names: dict[str, Any] = {**vars(strongroom), **vars(strongroom.logs), "UUID": UUID, "datetime": datetime_module}
    for value in _values():
        assert copy.copy(value) == copy.deepcopy(value) == value
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            again = pickle.loads(pickle.dumps(value, protocol))
            assert again == value and type(again) is type(value)
            assert hash(again) == hash(value)
        text = _told(repr(value))
        assert eval(text, names) == value, text


def _told(text: str) -> str:
    """Of an enumeration Python shows the value beside the name."""
    return re.sub(r"<(\w+\.\w+): [^<>]*>", r"\1", text)


def test_frozen_values_stay_as_they_are() -> None:
    for value in _values():
        if is_dataclass(value) and not isinstance(value, type):
            name = fields(value)[0].name
            with pytest.raises(AttributeError):
                setattr(value, name, None)
            with pytest.raises((AttributeError, TypeError)):
                value.another = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("held", [Strongroom(DEVICE), jit_rule()])
def test_an_engine_is_not_its_bytes(held: object) -> None:
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(held)
