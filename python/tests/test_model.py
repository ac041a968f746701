"""Random commands by anybody at any time: Python's engines say what the reference model says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import menu
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from pair import Pair

from strongroom import POLICIES, Deployment, Principal, Reply, Role

STARTS = (0, 1, 2, 6, 7, 11, 13, 14, 15, 16, 17, 17, 17, 21, 22, 23)
"""How far a device is on its way when it is met."""
VERBS = [verb for verb in menu.VERBS if verb != "acknowledge"]
"""The model has no logs."""


MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where nothing waits for a disk; that a journal outlasts its process and a power cut is tested elsewhere."""


@pytest.fixture
def memory() -> Iterator[Path]:
    with TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


class Machine(RuleBasedStateMachine):
    """One device from its way to its end."""

    pair: Pair

    @initialize(deployment=st.sampled_from(Deployment), policy=st.sampled_from(list(POLICIES)), start=st.sampled_from(STARTS))
    def begin(self, deployment: Deployment, policy: str, start: int) -> None:
        self.folder = TemporaryDirectory(dir=MEMORY)
        self.pair = Pair(Path(self.folder.name), deployment, policy)
        for verb, known in WAY[deployment][:start]:
            self.accept(verb, **known)

    def accept(self, verb: str, **known: Any) -> Reply:
        """One step on the way; then what it asks for is done."""
        self.pair.now += known.pop("after", 1)
        role = known.pop("role", menu.ROLES[verb][0])
        return self.ask(verb, self.good(verb, **known), role, self.pair.now)

    def good(self, verb: str, **known: Any) -> menu.Wire:
        return menu.good(verb, nonce=str(self.pair.memory.challenge), **known)

    def ask(self, verb: str, wire: menu.Wire, role: Role, at: int | None) -> Reply:
        by = menu.person(role, menu.NUMBERED.get(role, 1))
        second = Principal(by.role, by.organisation, UUID(int=77)) if verb in menu.WITH_ANOTHER else None
        return self.pair.step(verb, wire, by, second, at)

    @rule(data=st.data(), steps=st.integers(1, 6))
    def lead_on(self, data: st.DataObject, steps: int) -> None:
        """What may come next, in most cases as it should be."""
        for _ in range(steps):
            usual = menu.LIKELY.get(self.pair.model["state"], "boot").split()
            self.likely(data, data.draw(st.sampled_from([*usual, *usual, *menu.DEVICE]), label="verb"))

    @precondition(lambda self: self.pair.model["organisation"] == str(menu.CUSTOMER))
    @rule(data=st.data(), steps=st.integers(1, 10))
    def ask_for_access(self, data: st.DataObject, steps: int) -> None:
        """The lockbox goes on."""
        for _ in range(steps):
            requests = {each["number"]: each["status"] for each in self.pair.model["requests"]}
            number = data.draw(st.sampled_from(sorted(requests, reverse=True) or [1]), label="request")
            tickets = {each["number"]: each["ticket"] for each in self.pair.model["requests"]}
            known: menu.Wire = {"request": number, "ticket": tickets.get(number, "T-1")}
            if self.pair.model["exclusions"]:
                known["exclusion"] = self.pair.model["exclusions"][0]
            usual = menu.LOCKBOX.get(requests.get(number), "open_ticket request_access").split()
            self.likely(data, data.draw(st.sampled_from([*usual * 12, *menu.BESIDE]), label="verb"), **known)

    def likely(self, data: st.DataObject, verb: str, **known: Any) -> None:
        wire = self.good(verb, **known)
        if menu.VERBS[verb] and data.draw(st.integers(0, 7), label="odd argument") == 7:
            name = data.draw(st.sampled_from(menu.VERBS[verb]), label="argument")
            wire[name] = data.draw(menu.typed(verb, name), label="value")
        role = data.draw(st.sampled_from(menu.ROLES[verb]), label="role")
        at = self.time(data)
        self.host(data, at)
        self.ask(verb, wire, role, at)

    @rule(data=st.data(), verb=st.sampled_from(VERBS))
    def do_anything(self, data: st.DataObject, verb: str) -> None:
        """Any command with any arguments by anybody."""
        wire = self.good(verb)
        wire |= {name: data.draw(menu.typed(verb, name), label=name) for name in menu.VERBS[verb]}
        by, second = data.draw(menu.people(verb), label="people")
        at = self.time(data)
        self.host(data, at)
        self.pair.step(verb, wire, by, second, at)

    @rule(data=st.data(), verb=st.sampled_from(VERBS))
    def let_others_do_it(self, data: st.DataObject, verb: str) -> None:
        """A command as it should be, by anybody, who insists."""
        by, second = data.draw(menu.people(verb), label="people")
        self.pair.insist(verb, self.good(verb), by, second, self.time(data))

    @precondition(lambda self: self.pair.model["duties"])
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        """What was asked for is done."""
        number = data.draw(st.sampled_from([each.number for each in self.pair.memory.state.pending]), label="effect")
        self.ask("confirm", {"effect": number}, Role.ENFORCER, self.time(data))

    @rule(data=st.data())
    def wait(self, data: st.DataObject) -> None:
        """Time goes by, and the host turns what is overdue into steps."""
        at = self.time(data)
        if at is not None:
            self.pair.tick(at)

    @rule()
    def go_on_in_another_process(self) -> None:
        self.pair.reopen()

    def time(self, data: st.DataObject) -> int | None:
        """Mostly soon after; sometimes at a deadline, long after, before, or unknown."""
        last = max(self.pair.model["last_good"], self.pair.now)
        at: int | None = data.draw(menu.times(last, self.pair.model["next_deadline"]), label="at")
        return at

    def host(self, data: st.DataObject, at: int | None) -> None:
        """Most hosts tick before a command."""
        if at is not None and data.draw(st.integers(0, 7), label="ticks"):
            self.pair.tick(at)
        self.pair.now = max(self.pair.now, self.pair.model["last_good"])

    def teardown(self) -> None:
        if hasattr(self, "pair"):
            self.pair.close()
            self.folder.cleanup()


def _way(board: bool) -> list[tuple[str, menu.Wire]]:
    erased: list[tuple[str, menu.Wire]] = [("erase_done", {}), ("verify_ok", {})]
    if board:
        erased = [("zeroized_seen", {}), ("zeroized_seen", {"after": 600})]
    return [
        ("arrive", {}),
        ("stm_ok", {}),
        ("zeroize_local", {}),
        *erased,
        ("unbound", {}),
        ("baseline_ok", {}),
        ("register", {}),
        ("set_plan", {}),
        ("set_place", {}),
        ("request_allocation", {}),
        ("set_roster", {}),
        ("set_opt_ins", {}),
        ("allocate", {}),
        ("mapped", {}),
        ("claim", {}),
        ("init", {}),
        ("open_ticket", {}),
        ("triage", {}),
        ("request_access", {}),
        ("evaluate", {}),
        ("ask_customer", {}),
        ("approve", {}),
    ]


WAY = {deployment: _way(deployment is Deployment.BOARD) for deployment in Deployment}


def test_the_way_leads_to_a_grant(tmp_path: Path) -> None:
    for deployment in Deployment:
        folder = tmp_path / deployment
        folder.mkdir()
        machine = Machine()
        machine.pair = Pair(folder, deployment, "azure")
        replies: Iterator[Reply] = (machine.accept(verb, **known) for verb, known in WAY[deployment])
        assert all(reply.ok for reply in replies)
        assert machine.pair.model["state"] == "OPERATIONAL" and machine.pair.model["requests"][0]["status"] == "Approved"
        machine.pair.close()


@pytest.mark.parametrize("verb", VERBS)
def test_every_argument_comes_through(verb: str, memory: Path) -> None:
    """By the digest on record, whatever comes of the command."""
    pair = Pair(memory, Deployment.FIRMWARE, "azure")
    # With a customer there is a log that has the whole command.
    pair.step("register", menu.good("register"), menu.person(Role.POOL, 1), None, pair.now)
    wires = st.fixed_dictionaries({name: menu.typed(verb, name) for name in menu.VERBS[verb]})

    @settings(max_examples=settings().max_examples // 5)
    @given(wire=wires, people=menu.people(verb))
    def check(wire: menu.Wire, people: tuple[Principal, Principal | None]) -> None:
        pair.now += 1
        pair.step(verb, wire, *people, pair.now)

    check()
    pair.close()


def test_engines_say_what_the_model_says() -> None:
    run_state_machine_as_test(Machine)
    met, rules = Counter(Pair.met), {rule for rule, _ in Pair.met}
    print(f"{met.total()} commands compared, {sum(met[key] for key in met if key[1])} of them accepted; {len(rules)} rules met")
    # A comparison of a few steps says little.
    assert len({rule for rule, ok in met if ok}) >= 50 and len({rule for rule, ok in met if not ok}) >= 30
    assert len(Pair.states) >= 12 and len(Pair.statuses) >= 8, (Pair.states, Pair.statuses)
