"""The whole core from Python: commands as methods, in memory and in a journal."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from strongroom import (
    NOBODY,
    POLICIES,
    CommandError,
    Commands,
    Device,
    LogDirectory,
    LogError,
    LogName,
    Permission,
    Plan,
    Principal,
    Reading,
    RefusedError,
    Reply,
    Role,
    Scope,
    State,
    Status,
    StorageError,
    Strongroom,
    Subject,
    Tamper,
    Terms,
    _native,
    records,
)

PROVIDER, VENDOR, CUSTOMER = (UUID(int=number) for number in (0xB0, 0xD0, 0xC0))
DEVICE = Device("700022", PROVIDER, VENDOR)
MORNING = datetime(2026, 1, 5, 9, tzinfo=UTC)


def person(role: Role, number: int = 1) -> Principal:
    if role.party == "device":
        return Principal(role)
    organisation = {"customer": CUSTOMER, "provider": PROVIDER, "vendor": VENDOR}[role.party]
    return Principal(role, organisation, UUID(int=(organisation.int << 64) + number))


class Walk:
    """An engine with its own clock, a second a step; every step has to be accepted."""

    def __init__(self, room: Strongroom) -> None:
        self.room, self.now = room, MORNING

    def at(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def copy(self) -> None:
        """Before records are acknowledged: somebody may want them."""

    def settle(self) -> None:
        for log, role in ((LogName.TENANT, Role.AUDITOR), (LogName.LIFECYCLE, Role.POOL)):
            self.copy()
            state = self.room.log(log)
            if state.first < state.size:
                self.room.acknowledge(by=person(role, 9), log=log, next=state.size, at=self.at())
        while self.room.state.pending:
            self.room.confirm(by=person(Role.ENFORCER), effect=self.room.state.pending[0].number, at=self.at())

    def operational(self) -> Walk:
        pia, paul, ada = person(Role.POOL), person(Role.POOL, 2), person(Role.ADMIN)
        core, room = person(Role.CORE), self.room
        string = bytes([7] * 32)
        numbers = POLICIES["azure"].numbers
        erase_list, erased = numbers["lease.erase_list"], numbers["lease.erased"]
        assert isinstance(erase_list, int) and isinstance(erased, str)
        steps: tuple[Callable[[], Reply], ...] = (
            lambda: room.arrive(by=person(Role.HANDS), serial="700022", at=self.at()),
            lambda: room.stm_ok(by=pia, second=paul, expected=string, shown=string, seals_whole=True, at=self.at()),
            lambda: room.zeroize_local(by=pia, second=paul, at=self.at()),
            lambda: room.erase_done(by=core, areas=erase_list, at=self.at()),
            lambda: room.verify_ok(by=core, read_back=bytes.fromhex(erased), at=self.at()),
            lambda: room.unbound(by=core, at=self.at()),
            lambda: room.baseline_ok(
                by=pia,
                firmware="7.1.0",
                password_discarded=True,
                logs_cleared=True,
                self_test_passed=True,
                reset_checked=False,
                at=self.at(),
            ),
            lambda: room.register(by=pia, organisation=CUSTOMER, approved=True, at=self.at()),
            lambda: room.set_plan(by=pia, plan=Plan.DEVELOPER, at=self.at()),
            lambda: room.set_place(by=ada, region="japaneast", network="vnet", at=self.at()),
            lambda: room.request_allocation(by=ada, at=self.at()),
            lambda: room.set_roster(by=ada, approvers=[person(Role.APPROVER, 3).id], at=self.at()),
            lambda: room.allocate(by=pia, organisation=CUSTOMER, region="japaneast", network="vnet", at=self.at()),
            lambda: room.mapped(by=person(Role.NET), network="vnet", ssh_test_passed=True, at=self.at()),
            lambda: room.claim(by=ada, credential_replaced=True, owner_key=bytes([1] * 32), at=self.at()),
            lambda: room.init(by=ada, cloning_domain=bytes([2] * 32), at=self.at()),
        )
        for step in steps:
            step().require()
            self.settle()
        return self

    def asked(self, ticket: str = "T-1") -> int:
        room, engineer = self.room, person(Role.ENGINEER)
        terms = Terms(
            Subject.DEVICE,
            Scope.RESOURCE,
            Permission.READ,
            bytes([3] * 32),
            isolated_identity=True,
            standard_tools_failed=True,
            customer_data=True,
        )
        number = room.open_ticket(by=person(Role.USER), ticket=ticket, troubleshot=True, at=self.at()).require().request
        assert number is not None
        room.triage(by=engineer, request=number, at=self.at()).require()
        room.request_access(by=engineer, ticket=ticket, terms=terms, at=self.at()).require()
        room.evaluate(by=person(Role.JIT_SERVICE), request=number, at=self.at()).require()
        room.ask_customer(by=engineer, request=number, at=self.at()).require()
        self.settle()
        return number


def test_every_verb_is_a_method_with_the_cores_arguments() -> None:
    for _, name, arguments in _native.verbs():
        parameters = inspect.signature(getattr(Commands, name)).parameters
        given = {each.rstrip("_") for each in parameters} - {"self", "by", "second", "at"}
        assert given == set(arguments), name
        assert inspect.getdoc(getattr(Commands, name)), name


def test_a_grant_lasts_eight_hours_and_not_a_second_more() -> None:
    walk = Walk(Strongroom(DEVICE)).operational()
    number, engineer = walk.asked(), person(Role.ENGINEER)
    assert walk.room.access(engineer.id, Subject.DEVICE, walk.now) is None
    reply = walk.room.approve(by=person(Role.APPROVER, 3), request=number, at=walk.at()).require()
    assert (reply.status, reply.request, reply.rule.name) == (Status.APPROVED, number, "AccessApproved")
    end = walk.now + timedelta(hours=8)
    assert walk.room.access(engineer.id, Subject.DEVICE, walk.now) == end
    assert walk.room.access(engineer.id, Subject.DEVICE, end - timedelta(seconds=1)) == end
    assert walk.room.access(engineer.id, Subject.DEVICE, end) is None
    assert walk.room.next_deadline is not None and walk.room.next_deadline <= end
    assert "WindowOver" in [step.rule.name for step in walk.room.tick_overdue(end)]


def test_a_refusal_is_a_reply_with_its_rule() -> None:
    room = Strongroom(DEVICE)
    reply = room.init(by=person(Role.ADMIN), cloning_domain=bytes(32), at=MORNING)
    assert not reply and reply.state is State.IN_TRANSIT
    with pytest.raises(RefusedError) as refused:
        reply.require()
    assert (refused.value.rule, refused.value.code) == (reply.rule.name, "refused")
    assert reply.rule.text in str(refused.value)


def test_an_explanation_changes_nothing() -> None:
    room = Strongroom(DEVICE)
    before = room.state
    would = room.explain.arrive(by=person(Role.HANDS), serial="700022", at=MORNING)
    assert would and would.rule.name == "T01" and would.consulted[-1].held
    would = room.explain.unbound(by=person(Role.HANDS), at=MORNING)
    assert not would and not would.consulted[-1].held and would.rule == would.consulted[-1].rule
    assert room.state == before


def test_a_reading_of_the_monitoring_role_tells_of_a_tamper() -> None:
    walk = Walk(Strongroom(DEVICE)).operational()
    reading = Reading(tampered=True, tamper=Tamper.CHASSIS)
    replies = list(walk.room.sense(reading, person(Role.MONITOR), walk.at()))
    assert [(reply.ok, reply.rule.name) for reply in replies] == [(True, "HealthRead"), (True, "T27")]
    assert walk.room.state.state is State.TAMPER_LATCHED
    walk.settle()
    assert [reply.rule.name for reply in walk.room.sense(reading, person(Role.MONITOR), walk.at())] == ["HealthRead"]
    with pytest.raises(CommandError, match="fans: invalid type"):
        list(walk.room.sense(Reading(fans=1), person(Role.MONITOR), walk.at()))  # type: ignore[arg-type]


def test_a_journal_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "hsm-a.journal"
    with Strongroom.open(path, DEVICE) as room:
        assert room.found is not None and room.found.found == "fresh"
        walk = Walk(room).operational()
        number = walk.asked()
        before = room.state
    with pytest.raises(StorageError) as closed:
        _ = room.state
    assert closed.value.number == 1041
    with Strongroom.open(path, DEVICE) as room:
        assert room.found is not None and room.found.found == "restored" and not room.found.torn
        assert room.state == before and before.requests[0].number == number
        room.compact()
    with Strongroom.open(path, DEVICE) as room:
        assert room.found is not None and room.found.steps == 0


def test_one_process_at_a_time_and_the_holder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "hsm-a.journal"
    with Strongroom.open(path, DEVICE), pytest.raises(StorageError, match="is held by process"):
        Strongroom.open(path, DEVICE, wait=0)
    with pytest.raises(StorageError, match="no journal's size"):
        (tmp_path / "other").write_bytes(b"short")
        Strongroom.open(tmp_path / "other", DEVICE)


def test_anothers_journal_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "hsm-a.journal"
    with Strongroom.open(path, DEVICE) as room:
        room.arrive(by=person(Role.HANDS), serial="700022", at=MORNING).require()
    before = path.read_bytes()
    for other in (Device("700023", PROVIDER, VENDOR), Device("700022", PROVIDER, PROVIDER)):
        with pytest.raises(StorageError, match=r"it was made for device 700022, .*; nothing was changed"):
            Strongroom.open(path, other)
    assert path.read_bytes() == before


def test_heads_are_signed_over_what_is_stored(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with Strongroom.open(tmp_path / "journal", DEVICE) as room:
        room.arrive(by=person(Role.HANDS), serial="700022", at=MORNING).require()
        note = room.checkpoint(LogName.LIFECYCLE, key)
        assert note.startswith("strongroom/700022/lifecycle\n1\n")
        (record,) = room.records(LogName.LIFECYCLE)
        assert (record.what, record.before, record.after, record.rule.name) == ("arrive", "IN_TRANSIT", "RECEIVED", "T01")
        assert (record.role, record.person, record.at, record.refused) == (Role.HANDS, person(Role.HANDS).id, MORNING, False)
        drained = LogDirectory.create(tmp_path / "drained")
        drained.append(bytes(record))
        assert [record] == list(records.read(drained.records())) and len(bytes(record)) == 118
        with pytest.raises(LogError, match="the bytes from 118 on are no record"):
            records.read(bytes(record) + bytes(118))
    with pytest.raises(StorageError, match="only what a journal keeps"):
        Strongroom(DEVICE).checkpoint(LogName.LIFECYCLE, key)


WRONG: list[tuple[Callable[[Any], object], str]] = [
    (lambda room: room.arrive(by=person(Role.HANDS), serial="x" * 17), "serial"),
    (lambda room: room.arrive(by=person(Role.HANDS), serial=7), "invalid type: integer"),
    (lambda room: room.arrive(by=person(Role.HANDS), serial="700022", at=datetime(2026, 1, 5)), "has no time zone"),  # noqa: DTZ001
    (lambda room: room.arrive(by=person(Role.HANDS), serial="700022", at=datetime(1969, 1, 1, tzinfo=UTC)), "before 1970"),
    (lambda room: room.arrive(by="hana", serial="700022"), "invalid type"),
    (lambda room: room.init(by=person(Role.ADMIN), cloning_domain=b"short"), "cloning"),
    (lambda room: room.approve(by=person(Role.APPROVER), request=1, duration=timedelta(seconds=0.5)), "whole seconds"),
    (lambda room: room.approve(by=person(Role.APPROVER), request=-1), "invalid value"),
    (lambda room: room.set_roster(by=person(Role.ADMIN), approvers=[UUID(int=n) for n in range(1, 6)]), "approvers"),
    (lambda room: room.triage(by=person(Role.ENGINEER), request=object()), "request is a object"),
]


@pytest.mark.parametrize(("ask", "says"), WRONG)
def test_what_is_no_argument_is_named(ask: Callable[[Any], object], says: str) -> None:
    room = Strongroom(DEVICE)
    before = room.state
    with pytest.raises(CommandError, match=says):
        ask(room)
    assert room.state == before


def test_what_makes_no_engine_is_named() -> None:
    with pytest.raises(CommandError, match="unknown policy \"azur\"; there are azure, "):
        Strongroom(DEVICE, "azur")
    with pytest.raises(CommandError):
        Strongroom(Device("a serial that is far too long", PROVIDER, VENDOR))
    assert Strongroom(DEVICE, POLICIES["m365"]).state.policy == "m365"


def test_threads_share_an_engine(tmp_path: Path) -> None:
    with Strongroom.open(tmp_path / "journal", DEVICE) as room:
        replies: list[bool] = []

        def arrive() -> None:
            replies.extend(room.arrive(by=person(Role.HANDS), serial="700022", at=MORNING).ok for _ in range(5))

        threads = [threading.Thread(target=arrive) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(replies) == [False] * 19 + [True]
        assert room.state.state is State.RECEIVED


def test_values_are_frozen_and_compare() -> None:
    hana = person(Role.HANDS)
    assert hana == person(Role.HANDS) and hash(hana) == hash(person(Role.HANDS)) and "HANDS" in repr(hana)
    with pytest.raises(AttributeError):
        hana.role = Role.POOL  # type: ignore[misc]
    assert Principal(Role.CORE).id == NOBODY
    assert repr(Strongroom(DEVICE)) == "<Strongroom 700022: IN_TRANSIT>"
