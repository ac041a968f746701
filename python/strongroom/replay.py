"""Scenarios and what came of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from os import PathLike
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from . import _native
from .exceptions import ScenarioError
from .frozen import Frozen
from .moments import moment
from .rules import Rule, rule
from .values import Principal, Terms
from .words import (
    EffectKind,
    Exclusion,
    Health,
    LogName,
    Origin,
    Party,
    Permission,
    Plan,
    Registration,
    Role,
    Scope,
    State,
    Status,
    Subject,
)


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that the core asks the host to do."""

    kind: EffectKind
    detail: str
    """The kind and what it is about, such as `close_access (request 2)`."""


@dataclass(frozen=True, slots=True)
class Consulted:
    """A rule that a decision consulted."""

    rule: Rule
    held: bool
    """Whether what it says held."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scenario: a command, and the reply to it."""

    line: int
    """The line of the scenario that it comes from."""
    origin: Origin
    at: datetime | None
    """When; `None` where the time was not known."""
    engine: str
    by: str
    """Who asked: the short name of the scenario's header, or else the role."""
    role: Role
    party: Party
    second: str | None
    """The second person, where two acted."""
    verb: str
    arguments: Mapping[str, Any] = field(hash=False)
    note: str | None
    """The scenario's own word to its reader."""
    ok: bool
    rule: Rule
    """The rule that decided."""
    previous_state: State
    state: State
    health: Health
    request: int | None
    """The request that it was about."""
    status: Status | None
    """That request's status afterwards."""
    until: datetime | None
    """Until when that request stands as it does."""
    effects: tuple[Effect, ...]
    consulted: tuple[Consulted, ...]
    """The rules that were consulted, in order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A decision that comes out otherwise; one of the two is `None` where the step does not happen there at all."""

    before: Step | None
    after: Step | None


@dataclass(frozen=True, slots=True)
class Request:
    """A request that an engine remembers."""

    number: int
    status: Status
    ticket: str
    since: datetime
    deadline: datetime | None
    follows: int | None = None
    """The ended request that it follows (D-09)."""
    requester: Principal | None = None
    """Who asked for access."""
    terms: Terms | None = None
    """What was asked for."""
    roster: tuple[UUID, ...] = ()
    """Who may decide: the approvers when it was submitted (D-07)."""
    approved_by: tuple[UUID, ...] = ()
    """Who of them approved so far (D-05)."""
    approvals_needed: int = 0
    longest: timedelta = timedelta(0)
    """How long the access lasts at most (D-02)."""
    shortened: timedelta | None = None
    """The shortest that an approver set so far (D-02)."""
    reason: bytes | None = None
    """SHA-256 of the decision's reason."""


@dataclass(frozen=True, slots=True)
class ExcludedAccess:
    """An access outside the lockbox that waits for its review (D-11)."""

    number: int
    kind: Exclusion
    subject: Subject
    by: UUID
    at: datetime
    due: datetime | None
    """When its review is overdue; `None` once it is."""


@dataclass(frozen=True, slots=True)
class Account:
    """The customer, as the core knows it (D-21)."""

    organisation: UUID
    registration: Registration
    plan: Plan
    region: str
    network: str
    allocation_requested: bool
    lockbox_opted_in: bool
    destroy_on_tamper: bool
    monitoring: bool
    roster: tuple[UUID, ...]
    """Who may approve (L-28)."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that has to be done and is not confirmed."""

    number: int
    kind: EffectKind
    about: int
    """The request's number, or the bits of the notice."""
    detail: str
    """The kind and what it is about, as an effect's."""
    asked: datetime
    due: datetime | None
    """When it is asked for again; `None` once the retries are used up and the alarm stands."""


@dataclass(frozen=True, slots=True)
class EngineState:
    """How an engine ended."""

    name: str
    policy: str
    state: State
    health: Health
    requests: tuple[Request, ...]
    pending: tuple[Pending, ...]
    digest: str
    """SHA-256 over the whole state, the same in every language."""
    exclusions: tuple[ExcludedAccess, ...] = ()
    account: Account | None = None
    """The customer; `None` while no account is open."""

    def request(self, number: int) -> Request | None:
        """The request of that number, while it is remembered."""
        return next((request for request in self.requests if request.number == number), None)


@dataclass(frozen=True, slots=True)
class VerifiedLog:
    """A log whose root was recomputed from its exported records and is the one that the engine gives."""

    engine: str
    log: LogName
    records: int
    root: str
    erased: bool
    """Whether the engine has erased this log since, as it does when a lease ends."""


@dataclass(frozen=True, slots=True)
class SignedLog:
    """A log that was drained and whose head is signed."""

    folder: Path
    origin: str
    """Its name: the device, the log, and for a tenant log the lease."""
    size: int
    """How many records are under the head."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Replay:
    """A scenario and what came of it."""

    title: str
    policy: str
    """The policy that the engines began with."""
    steps: tuple[Step, ...]
    engines: tuple[EngineState, ...]
    _native: _native.Replay

    @classmethod
    def from_text(cls, text: str, folder: str | PathLike[str] = ".", *, policy: str | None = None) -> Self:
        """Runs a scenario; its transcripts are looked up in `folder`, `policy` is a preset instead of the header's.

        Raises `ScenarioError` for the first line that is not well formed. What an engine refuses is no
        error: the refusal is a step.
        """
        native = _native.replay(text, folder, policy)
        steps = tuple(_step(told) for told in json.loads(native.story()))
        engines = tuple(engine_state(told) for told in json.loads(native.engines()))
        return cls(native.title, native.policy, steps, engines, native)

    @classmethod
    def from_file(cls, path: str | PathLike[str], *, policy: str | None = None) -> Self:
        """Runs the scenario in a file; its transcripts are looked up beside it."""
        path = Path(path)
        return cls.from_text(_read_text(path), path.parent, policy=policy)

    def jsonl(self) -> str:
        """The canonical output, to the byte the same in every language."""
        return self._native.jsonl()

    def wire(self) -> bytes:
        """The scenario in the wire form, which C programs and boards are fed."""
        return self._native.wire()

    def compare(self, other: Replay) -> tuple[Difference, ...]:
        """The decisions that come out otherwise in `other`, a replay of the same scenario under another policy.

        They are in the order of the scenario's lines. What the host does by itself is no decision.
        """
        told = json.loads(self._native.differences(other._native))
        return tuple(Difference(_maybe_step(pair["before"]), _maybe_step(pair["after"])) for pair in told)

    def verify(self) -> tuple[VerifiedLog, ...]:
        """Recomputes every log's root from the exported records.

        Raises `VerificationError` for the first log that is not as its engine gave it.
        """
        return tuple(
            VerifiedLog(engine, LogName(log), records, root, erased)
            for engine, log, records, root, erased in self._native.verify()
        )

    def keep(
        self,
        *,
        logs: str | PathLike[str] | None = None,
        key: str | None = None,
        journals: str | PathLike[str] | None = None,
    ) -> tuple[SignedLog, ...]:
        """Tells it again to engines whose state a journal keeps, as on a device, and drains their logs.

        `journals` is the folder of the journals, `NAME.journal` for each engine; without it they last as long as this call.
        `logs` is the folder of the log folders, one for each engine, and `key` the private key that signs their heads: PEM in
        PKCS#8. The two go together.

        Raises `StorageError`, `LogError` or `KeyFormatError`; what was kept until then stays.
        """
        if (logs is None) != (key is None):
            raise ValueError("logs and key go together: heads are signed")
        return tuple(SignedLog(path, origin, size) for path, origin, size in self._native.keep(logs, key, journals))

    def __repr__(self) -> str:
        return f"<Replay {self.title!r}: {len(self.steps)} steps, {len(self.engines)} engines>"


def _read_text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise ScenarioError(data.count(b"\n", 0, error.start) + 1, "this is not UTF-8 text") from None


def _step(told: dict[str, Any]) -> Step:
    kinds = map(EffectKind, told["effects"])
    return Step(
        line=told["line"],
        origin=Origin(told["origin"]),
        at=_maybe_moment(told["at"]),
        engine=told["engine"],
        by=told["by"],
        role=Role(told["role"]),
        party=Party(told["party"]),
        second=told["second"],
        verb=told["verb"],
        arguments=Frozen(told["arguments"] or {}),
        note=told["note"],
        ok=told["ok"],
        rule=rule(told["rule"]),
        previous_state=State(told["previous_state"]),
        state=State(told["state"]),
        health=Health(told["health"]),
        request=told["request"],
        status=None if told["status"] is None else Status(told["status"]),
        until=_maybe_moment(told["until"]),
        effects=tuple(map(Effect, kinds, told["effect_details"])),
        consulted=tuple(Consulted(rule(each["rule"]), each["held"]) for each in told["consulted"]),
    )


def _maybe_step(told: dict[str, Any] | None) -> Step | None:
    return None if told is None else _step(told)


def engine_state(told: dict[str, Any]) -> EngineState:
    """The state of an engine, as the native module tells it."""
    pending = map(pending_of, told["pending"])
    return EngineState(
        name=told["name"],
        policy=told["policy"],
        state=State(told["state"]),
        health=Health(told["health"]),
        requests=tuple(map(_request, told["requests"])),
        pending=tuple(pending),
        digest=told["digest"],
        exclusions=tuple(map(_excluded, told["exclusions"])),
        account=None if told["account"] is None else _account(told["account"]),
    )


def pending_of(told: dict[str, Any]) -> Pending:
    """For the package's own use: an entry of the outbox as the native module tells it."""
    return Pending(
        number=told["number"],
        kind=EffectKind(told["kind"]),
        about=told["about"],
        detail=told["detail"],
        asked=moment(told["asked"]),
        due=_maybe_time(told["due"]),
    )


def _request(told: dict[str, Any]) -> Request:
    roster = tuple(map(UUID, told["roster"]))
    return Request(
        number=told["number"],
        status=Status(told["status"]),
        ticket=told["ticket"],
        since=moment(told["since"]),
        deadline=_maybe_time(told["deadline"]),
        follows=told["follows"],
        requester=None if told["requester"] is None else _principal(told["requester"]),
        terms=None if told["terms"] is None else _terms(told["terms"]),
        roster=roster,
        approved_by=tuple(each for place, each in enumerate(roster) if told["approvals"] >> place & 1),
        approvals_needed=told["approvals_needed"],
        longest=timedelta(seconds=told["longest"]),
        shortened=None if told["shortened"] is None else timedelta(seconds=told["shortened"]),
        reason=None if told["reason"] is None else bytes.fromhex(told["reason"]),
    )


def _principal(told: dict[str, Any]) -> Principal:
    return Principal(Role(told["role"]), UUID(told["organisation"]), UUID(told["id"]))


def _terms(told: dict[str, Any]) -> Terms:
    return Terms(
        subject=Subject(told["subject"]),
        scope=Scope(told["scope"]),
        permission=Permission(told["permission"]),
        justification=bytes.fromhex(told["justification"]),
        isolated_identity=told["isolated_identity"],
        multi_factor=told["multi_factor"],
        standard_tools_failed=told["standard_tools_failed"],
        customer_data=told["customer_data"],
        duration=None if told["duration"] is None else timedelta(seconds=told["duration"]),
    )


def _excluded(told: dict[str, Any]) -> ExcludedAccess:
    return ExcludedAccess(
        number=told["number"],
        kind=Exclusion(told["kind"]),
        subject=Subject(told["subject"]),
        by=UUID(told["by"]),
        at=moment(told["at"]),
        due=_maybe_time(told["due"]),
    )


def _account(told: dict[str, Any]) -> Account:
    return Account(
        organisation=UUID(told["organisation"]),
        registration=Registration(told["registration"]),
        plan=Plan(told["plan"]),
        region=told["region"],
        network=told["network"],
        allocation_requested=told["allocation_requested"],
        lockbox_opted_in=told["lockbox_opted_in"],
        destroy_on_tamper=told["destroy_on_tamper"],
        monitoring=told["monitoring"],
        roster=tuple(map(UUID, told["roster"])),
    )


def _maybe_moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _maybe_time(seconds: int | None) -> datetime | None:
    return None if seconds is None else moment(seconds)
