"""An engine's own commands: a device of the pool is zeroized, again and again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from chart import START, by_dict, identifier
from contestants import Contestant, DisagreementError, Loop

from strongroom import CHART, POLICIES, Device, LogName, Principal, Reply, Role, Strongroom

PROVIDER = UUID(int=0xB0 << 64)
PIA, PAUL, HANA = (Principal(role, PROVIDER, UUID(int=(0xB0 << 64) + number)) for role, number in ((Role.POOL, 1), (Role.POOL, 2), (Role.HANDS, 3)))
CORE, ENFORCER = Principal(Role.CORE), Principal(Role.ENFORCER)
EVENTS = {row.rule.name: identifier(row.event) for row in CHART if row.rule is not None}


class Pool:
    """An engine in `POOL_CONFIG`, with its own clock."""

    def __init__(self) -> None:
        self.room = Strongroom(Device("700022", PROVIDER, UUID(int=0xD0 << 64)))
        self.now = datetime(2026, 1, 5, 8, tzinfo=UTC)
        numbers = POLICIES["azure"].numbers
        self.areas, self.erased = int(str(numbers["lease.erase_list"])), bytes.fromhex(str(numbers["lease.erased"]))
        string = bytes([7] * 32)
        for reply in (
            self.room.arrive(by=HANA, serial="700022", at=self.at()),
            self.room.stm_ok(by=PIA, second=PAUL, expected=string, shown=string, seals_whole=True, at=self.at()),
        ):
            accepted(reply)
        self.settle()

    def at(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def steps(self) -> tuple[Callable[[], Reply], ...]:
        """Once round the chart."""
        room, now = self.room, self.at()
        return (
            lambda: room.zeroize_local(by=PIA, second=PAUL, at=now),
            lambda: room.erase_done(by=CORE, areas=self.areas, at=now),
            lambda: room.verify_ok(by=CORE, read_back=self.erased, at=now),
            lambda: room.unbound(by=CORE, at=now),
        )

    def settle(self) -> None:
        """Makes room: what was to do is done, and the log is read."""
        for effect in self.room.state.pending:
            self.drain()
            accepted(self.room.confirm(by=ENFORCER, effect=effect.number, at=self.at()))
        self.drain()

    def drain(self) -> None:
        log = self.room.log(LogName.LIFECYCLE)
        accepted(self.room.acknowledge(by=PIA, log=LogName.LIFECYCLE, next=log.size, at=self.now))


def accepted(reply: Reply) -> Reply:
    if not reply:
        raise DisagreementError(f"the engine refuses what it must accept: {reply.rule.name}")
    return reply


def check() -> None:
    """That the engine goes as the map says that all the others go by."""
    pool = Pool()
    replies = []
    for step in pool.steps():
        replies.append(accepted(step()))
        pool.drain()
    went, events = [str(reply.state) for reply in replies], [EVENTS[reply.rule.name] for reply in replies]
    if went != by_dict(START, events) or went[-1] != START:
        raise DisagreementError(f"the engine: {events} lead to {went}, by the map to {by_dict(START, events)}")


def _rounds(events: Sequence[str]) -> Loop:
    pool = Pool()

    def loop() -> int:
        took = 0
        for _ in range(max(1, len(events) // 4)):
            for step in pool.steps():
                begin = time.thread_time_ns()
                step()
                took += time.thread_time_ns() - begin
                pool.drain()
            pool.settle()
        return took

    return loop


def _explained(events: Sequence[str]) -> Loop:
    pool = Pool()
    ask, now = pool.room.explain.zeroize_local, pool.at()

    def loop() -> None:
        for _ in events:
            ask(by=PIA, second=PAUL, at=now)

    return loop


CONTESTANTS = [
    Contestant("Strongroom's command", "ours", "four steps round: actor, guards, state, outbox and the record's two blocks of SHA-256", _rounds, most=1000),
    Contestant("Strongroom.explain's command", "ours", "decided, with every rule consulted; nothing changes", _explained, most=1000),
]
