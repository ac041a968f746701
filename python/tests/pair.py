"""An engine in memory, one in a journal and the reference model, given the same commands: none says anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import menu
from oracle import oracle

from strongroom import (
    Deployment,
    Device,
    EngineState,
    Health,
    LogName,
    Principal,
    Record,
    Reply,
    Role,
    Strongroom,
    Subject,
)

EFFECTS = {"EffectRetried", "EffectAlarmed"}
ACCESS = [(UUID(int=engineer), subject) for engineer in (1, 2) for subject in (Subject.DEVICE, Subject.VM_LINUX)]
TOKYO = timezone(timedelta(hours=9))


def moment(second: int | None) -> datetime | None:
    """Some time within that second, in some zone."""
    if second is None:
        return None
    whole = datetime.fromtimestamp(second, (UTC, TOKYO)[second % 2])
    return whole.replace(microsecond=(0, 999_999)[second % 3 % 2])


class Tree:
    """A log as everybody else may have it: its records, and the root of their tree (RFC 6962)."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, record: bytes) -> None:
        self.size += 1
        height, node = 0, sha256(b"\0" + record).digest()
        while self._peaks and self._peaks[-1][0] == height:
            height, node = height + 1, sha256(b"\1" + self._peaks.pop()[1] + node).digest()
        self._peaks.append((height, node))

    @property
    def root(self) -> str:
        if not self._peaks:
            return sha256().hexdigest()
        (_, node), *rest = reversed(self._peaks)
        for _, left in rest:
            node = sha256(b"\1" + left + node).digest()
        return node.hex()


class Pair:
    """All three."""

    met: ClassVar[Counter[tuple[str, bool]]] = Counter()
    """How often a rule granted or refused, in all pairs."""
    states: ClassVar[set[str]] = set()
    statuses: ClassVar[set[str]] = set()

    def __init__(self, folder: Path, deployment: Deployment, policy: str) -> None:
        self.device = Device("700022", menu.PROVIDER, menu.VENDOR, deployment)
        self.policy, self.path = policy, folder / "journal"
        self.memory = Strongroom(self.device, policy)
        self.kept = Strongroom.open(self.path, self.device, policy)
        wire = {"serial": "700022", "provider": str(menu.PROVIDER), "vendor": str(menu.VENDOR), "deployment": deployment.value}
        self.model = oracle().ask("new", device=wire, policy=policy)
        self.trees, self.firsts = {log: Tree() for log in LogName}, dict.fromkeys(LogName, 0)
        self.now, self.said = 1_000_000, ""

    def close(self) -> None:
        self.kept.close()

    def reopen(self) -> None:
        """The process ends, another goes on."""
        before = self.kept.state
        self.kept.close()
        self.kept = Strongroom.open(self.path, self.device, self.policy)
        assert self.kept.found is not None and self.kept.found.found in ("restored", "fresh")
        assert self.kept.state == before and hash(self.kept.state) == hash(before)
        assert self.kept.state == self.memory.state

    def step(self, verb: str, wire: menu.Wire, by: Principal, second: Principal | None = None, at: int | None = None) -> Reply:
        """All three judge, and must agree; then the logs are drained, which the model has none of."""
        reply = self.judge(verb, wire, by, second, at)
        self._drain()
        if verb == "tick":
            # Which of several effects due at one moment went first is not the model's matter.
            self.tick(self.model["last_good"])
        else:
            self.compare_duties()
        return reply

    def insist(self, verb: str, wire: menu.Wire, by: Principal, second: Principal | None, at: int | None) -> None:
        """As `step`, twice and thrice: of equal refusals the first is on record, and then how many there were (D-10)."""
        replies = [self.judge(verb, wire, by, second, at)]
        if not replies[0] and replies[0].rule.name != "SomethingDue":
            sizes = [tree.size for tree in self.trees.values()]
            replies += [self.judge(verb, wire, by, second, at) for _ in range(2)]
            same = all(reply == replies[0] for reply in replies)
            assert not same or sizes == [tree.size for tree in self.trees.values()]
        self._drain()
        self.tick(self.model["last_good"])

    def judge(self, verb: str, wire: menu.Wire, by: Principal, second: Principal | None, at: int | None) -> Reply:
        """As `step`, but the logs stay as they are, and what has to be done is not compared."""
        given = {**menu.arguments(verb, wire), "by": by, "second": second, "at": moment(at)}
        before, challenge = self.memory.state, str(self.memory.challenge)
        would = getattr(self.memory.explain, verb)(**given)
        assert self.memory.state == before
        confirms = None
        if verb == "confirm":
            pending = {entry.number: [entry.kind.value, entry.about] for entry in before.pending}
            confirms = pending.get(wire["effect"])
        reply: Reply = getattr(self.memory, verb)(**given)
        kept = getattr(self.kept, verb)(**given)
        action = {verb: {name: each for name, each in wire.items() if each is not None}}
        command = {"by": menu.wire_principal(by), "second": menu.wire_principal(second), "action": action}
        access = [(str(engineer), subject.value) for engineer, subject in ACCESS]
        answer = oracle().ask("apply", at=at, command=command, challenge=challenge, confirms=confirms, access=access)
        self.model = answer["state"]
        self.met[reply.rule.name, reply.ok] += 1
        self.states.add(self.model["state"])
        self.statuses.update(each["status"] for each in self.model["requests"])
        self.said = said = f"{verb} {wire} by {by}, {second} at {at}: {reply}; the model: {answer}"
        assert kept == reply and hash(kept) == hash(reply), said
        assert (would.ok, would.rule) == (reply.ok, reply.rule) and would.consulted[-1].held == reply.ok == bool(reply), said
        assert reply.ok == answer["accepted"], said
        either = reply.rule.name in EFFECTS and EFFECTS.issuperset(answer["rules"])
        assert reply.rule.name in answer["rules"] or either, said
        self._compare(reply, answer["access"], by, said)
        self._compare_logs(before, reply, by, answer["digests"], said)
        return reply

    def tick(self, at: int) -> None:
        """Turns overdue deadlines into steps, as a host does, and compares what has to be done afterwards."""
        for _ in range(64):
            deadline = self.memory.next_deadline
            if at < self.model["last_good"] or deadline is None or deadline.timestamp() > at:
                break
            self.judge("tick", {}, Principal(Role.CLOCK), None, at)
            self._drain()
        self.compare_duties()

    def compare_duties(self) -> None:
        """What has to be done, without the numbers, and when it is time."""
        here = self.memory.state.pending
        of_requests = ("notify_approvers", "open_access", "close_access")
        duties = {(each.kind.value, each.about if each.kind in of_requests else 0, _second(each.due)) for each in here}
        assert duties == {(each["kind"], each["about"], each["due"]) for each in self.model["duties"]}, (duties, self.said)
        assert _second(self.memory.next_deadline) == self.model["next_deadline"], self.said

    def _compare(self, reply: Reply, access: list[int | None], by: Principal, said: str) -> None:
        state, model = self.memory.state, self.model
        assert state == self.kept.state and self.memory.challenge == self.kept.challenge, said
        assert reply.state is state.state and (state.state, state.health) == (model["state"], model["health"]), said
        # Somebody who is not served, or whom the customer keeps from monitoring, is told nothing (H-56).
        served = reply.rule.name not in ("OrganisationMatches", "PrincipalNamed")
        may_see = model["monitoring"] or by.role.party in ("customer", "device")
        assert reply.health is (state.health if served and may_see else Health.UNKNOWN), said
        assert state.policy == model["policy"], said
        requests = [(each.number, each.status.value, each.ticket, _second(each.deadline)) for each in state.requests]
        assert requests == [tuple(each[key] for key in ("number", "status", "ticket", "deadline")) for each in model["requests"]]
        statuses = {number: status for number, status, *_ in requests}
        assert (reply.status and reply.status.value) == (statuses.get(reply.request or 0) if served else None), said
        at = datetime.fromtimestamp(model["last_good"], UTC)
        for room in (self.memory, self.kept):
            assert [_second(room.access(*asked, at)) for asked in ACCESS] == access, said

    def _compare_logs(
        self, before: EngineState, reply: Reply, by: Principal, digests: Mapping[str, str], said: str
    ) -> None:
        """What is new in the logs is this step's; a repeated refusal and what changed nothing leave no record (D-10)."""
        new = {log: self._read(log) for log in LogName}
        quiet = not reply or replace(before, digest="") == replace(self.memory.state, digest="")
        assert quiet or any(new.values()), said
        for log, records in new.items():
            if records:
                *counts, last = records
                # Of refusals that are more than the log has places for, the number is told.
                assert len(counts) <= 2 and {count.what for count in counts} <= {"repeated refusals", "unlogged steps"}, said
                assert (last.rule, last.refused, last.role) == (reply.rule, not reply.ok, by.role), said
                # Every argument came through as it was given.
                assert bytes(last)[-32:].hex() == digests[log.value], said

    def _read(self, log: LogName) -> Collection[Record]:
        """The records that were not seen yet; the log is as everybody else has it."""
        here, there = self.memory.log(log), self.kept.log(log)
        assert here == there
        held = list(self.memory.records(log))
        assert held == list(self.kept.records(log))
        if here.first < self.firsts[log]:
            # The end of a lease erases the tenant's log; nothing else goes back.
            assert log is LogName.TENANT
            self.trees[log] = Tree()
        self.firsts[log] = here.first
        tree = self.trees[log]
        new = [record for record in held if record.sequence >= tree.size]
        for record in new:
            assert record.sequence == tree.size and record.log == log
            tree.add(bytes(record))
        assert (here.size, here.root) == (tree.size, tree.root)
        return new

    def _drain(self) -> None:
        at = datetime.fromtimestamp(self.model["last_good"], UTC)
        organisation = UUID(self.model["organisation"])
        pool, auditor = menu.person(Role.POOL, 90), Principal(Role.AUDITOR, organisation, UUID(int=90))
        # The tenant's log last, and again: what is taken of one may be on record in the other, as a count that was owed is.
        for log, by in ((LogName.LIFECYCLE, pool), (LogName.TENANT, auditor), (LogName.TENANT, auditor)):
            size = self.trees[log].size
            if self.memory.log(log).first < size:
                replies = [room.acknowledge(by=by, log=log, next=size, at=at) for room in (self.memory, self.kept)]
                assert replies[0] == replies[1] and replies[0].ok, replies[0]
                for each in LogName:
                    self._read(each)


def _second(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
