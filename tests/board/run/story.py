"""From an empty EEPROM to a tenant with a request that waits for their decision: each step from where the board stands."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from strongroom import (
    Board,
    BoardForgedError,
    BoardKeyError,
    Commands,
    Directory,
    LogError,
    LogName,
    Party,
    Permission,
    Plan,
    Principal,
    Reply,
    Role,
    Scope,
    State,
    Subject,
    Terms,
    collect,
    make_key,
    provision,
    read_key,
    write_key,
)

ACCOUNT, PASSWORD = "monitor", "watching"
_POLL = timedelta(seconds=10)
_REGION, _NETWORK, _TICKET = "japaneast", "vnet-hsm-01", "SR-100"
_DIGEST = sha256(b"what is shown in a real one's place").digest()
_APART = timedelta(minutes=15)
_BEFORE_THE_PROOF = (State.IN_TRANSIT, State.RECEIVED, State.ZEROIZING)
_TIMEOUT = 40.0
"""Seconds: QEMU shares this machine with whatever else runs."""


@dataclass(frozen=True, slots=True)
class Files:
    """What is kept from one run to the next."""

    folder: Path

    @property
    def directory(self) -> Path:
        return self.folder / "directory.toml"

    @property
    def public(self) -> Path:
        return self.folder / "device.pub"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def key(self, name: str) -> Path:
        """A key, made where it is not there."""
        file = self.folder / f"{name}.key"
        if not os.path.lexists(file):
            write_key(file, make_key())
        return file


class Story:
    """Tells it to a board at a line."""

    def __init__(self, ports: tuple[str, str], files: Files, fault: Callable[[str, bool], None], *, patience: float) -> None:
        """The provider and the customer each have a port of the same line. `fault` lets one begin or end at the device; `patience` is how long a reading of the device is waited for, in seconds."""
        self._files, self._fault, self._patience = files, fault, patience
        self._ports = dict(zip((Party.PROVIDER, Party.CUSTOMER), ports, strict=True))
        self._directory = Directory.read(files.directory)
        self.request = 1
        """The request that waits."""

    def tell(self) -> State:
        """Goes as far as it goes; where the board stands then."""
        self._provision()
        with self._board(Party.PROVIDER, "provider") as provider:
            self._set_time(provider)
            self._prepare(provider)
            self._lease(provider)
            state = provider.status().state
            if state is State.OPERATIONAL:
                self._ask(provider)
            return state

    def _board(self, party: Party, key: str) -> Board:
        return Board(self._ports[party], party, read_key(self._files.key(key)), timeout=_TIMEOUT)

    def _customer(self) -> Board | None:
        """The customer, with whichever of their keys counts; `None` before they have one."""
        for key in ("customer", "customer-first"):
            board = self._board(Party.CUSTOMER, key)
            try:
                board.meet()
            except (BoardForgedError, BoardKeyError):
                board.close()
            else:
                return board
        return None

    def _who(self, name: str, role: Role) -> Principal:
        return self._directory.people[name].acting_as(role)

    def _provision(self) -> None:
        if self._files.public.exists():
            return
        device = self._directory.device
        public = provision(
            self._ports[Party.PROVIDER],
            serial=device.serial,
            provider=device.provider,
            vendor=device.vendor,
            key=read_key(self._files.key("provider")),
            seed=read_key(self._files.key("device-seed")),
            account=ACCOUNT,
            password=PASSWORD,
            poll_every=_POLL,
            timeout=_TIMEOUT,
        )
        self._files.public.write_text(f"{public}\n")
        print("  provisioned, with fresh keys")

    def _set_time(self, provider: Board) -> None:
        self._settle(provider)
        pia, paul = self._who("pia", Role.POOL), self._who("paul", Role.POOL)
        customer = self._customer()
        if customer is None:
            # A zeroization is proved by two readings that are a poll of ten minutes apart: the clock makes up for them later.
            before = _APART if provider.status().state in _BEFORE_THE_PROOF else timedelta()
            self._say("the time is set by pia and paul", provider.set_time(by=pia, second=paul, at=datetime.now(UTC) - before))
            return
        with customer:
            self._settle(provider, customer)
            self._say("the time is set by aud", customer.set_time(by=self._who("aud", Role.AUDITOR)))

    def _prepare(self, provider: Board) -> None:
        """To the pool."""
        pia, paul = self._who("pia", Role.POOL), self._who("paul", Role.POOL)
        if self._stands(provider, State.IN_TRANSIT):
            self._say("it arrives", provider.arrive(by=self._who("hana", Role.HANDS), serial=self._directory.device.serial))
        if self._stands(provider, State.RECEIVED):
            self._say("its transport seal is checked", provider.stm_ok(by=pia, second=paul, expected=_DIGEST, shown=_DIGEST, seals_whole=True))
            self._say("it is zeroized", provider.zeroize_local(by=pia, second=paul))
        if self._stands(provider, State.ZEROIZING, State.ZEROIZED_UNVERIFIED, State.ZEROIZED):
            self._fault("zeroized", True)
            print(f"  the board has to read on the console that it is: up to {self._patience:g} s", flush=True)
            until = time.monotonic() + self._patience
            while not self._stands(provider, State.POOL_CONFIG) and time.monotonic() < until:
                if self._stands(provider, State.ZEROIZED_UNVERIFIED) and _is_behind(provider):
                    self._say("it is read once; the clock goes on to now", provider.set_time(by=pia, second=paul))
                time.sleep(1)
            self._fault("zeroized", False)
        if self._stands(provider, State.POOL_CONFIG):
            prepared = provider.baseline_ok(
                by=pia, second=paul, firmware="7.1.0", password_discarded=True, logs_cleared=True, self_test_passed=True, reset_checked=True
            )
            self._say("it is prepared for the pool", prepared)

    def _lease(self, provider: Board) -> None:
        """To a tenant."""
        pia, ada, contoso = self._who("pia", Role.POOL), self._who("ada", Role.ADMIN), self._directory.organisations["contoso"]
        if self._stands(provider, State.POOL_FREE):
            first = read_key(self._files.key("customer-first"))
            self._say("contoso registers, and gets its first key", provider.bind(first, self._files.public.read_text()).register(by=pia, organisation=contoso, approved=True))
            provider.set_plan(by=pia, plan=Plan.DEVELOPER)
            with self._board(Party.CUSTOMER, "customer-first") as customer:
                self._settle(provider, customer)
                customer.set_place(by=ada, region=_REGION, network=_NETWORK)
                customer.request_allocation(by=ada)
                self._settle(provider, customer)
                customer.set_roster(by=ada, approvers=[self._who("bea", Role.APPROVER).id])
            self._say("it is allocated to contoso", provider.allocate(by=pia, organisation=contoso, region=_REGION, network=_NETWORK))
        if self._stands(provider, State.ALLOCATING):
            self._say("it is mapped into contoso's network", provider.mapped(by=self._who("nils", Role.NET), network=_NETWORK, ssh_test_passed=True))
        if self._stands(provider, State.TENANT_UNCLAIMED):
            with self._board(Party.CUSTOMER, "customer-first") as customer:
                own: Commands[Reply] = customer.bind(read_key(self._files.key("customer")), self._files.public.read_text())
                self._say("contoso claims it, with a key of its own", own.claim(by=ada, credential_replaced=True, owner_key=_DIGEST))
        if self._stands(provider, State.OWNED_UNINIT):
            with self._board(Party.CUSTOMER, "customer") as customer:
                self._say("contoso initializes it", customer.init(by=ada, cloning_domain=_DIGEST))

    def _ask(self, provider: Board) -> None:
        """A request of an engineer's for the device, put before the customer."""
        erik = self._who("erik", Role.ENGINEER)
        with self._board(Party.CUSTOMER, "customer") as customer:
            self._settle(provider, customer)
            opened = customer.open_ticket(by=self._who("una", Role.USER), ticket=_TICKET, troubleshot=True)
            if not opened or opened.request is None:
                return
            self.request = opened.request
            self._settle(provider, customer)
            provider.triage(by=erik, request=opened.request)
            terms = Terms(Subject.DEVICE, Scope.RESOURCE, Permission.READ, _DIGEST, isolated_identity=True, standard_tools_failed=True, customer_data=True)
            provider.request_access(by=erik, ticket=_TICKET, terms=terms)
            provider.evaluate(by=self._who("jit", Role.JIT_SERVICE), request=opened.request)
            self._settle(provider, customer)
            asked = provider.ask_customer(by=erik, request=opened.request)
            self._say(f"erik asks for access: request {opened.request} waits for bea", asked)

    def _stands(self, provider: Board, *states: State) -> bool:
        self._settle(provider)
        return provider.status().state in states

    def _settle(self, provider: Board, customer: Board | None = None) -> None:
        """Makes room on the board: it holds few records."""
        public = self._files.public.read_text()
        logs = [(provider, LogName.LIFECYCLE, self._who("pia", Role.POOL))]
        if customer is not None:
            logs.append((customer, LogName.TENANT, self._who("aud", Role.AUDITOR)))
        for board, log, by in logs:
            if not board.status().sizes[log]:
                continue
            try:
                collected = collect(board, log, self._files.logs, public)
            except LogError as error:
                print(f"  {error}")
                continue
            if any(record.what != "acknowledge" for record in collected.new):
                board.acknowledge(by=by, log=log, next=collected.size)

    def _say(self, what: str, reply: Reply) -> None:
        print(f"  {what}" if reply else f"  refused by {reply.rule.name}: {what}", flush=True)


def _is_behind(board: Board) -> bool:
    at = board.status().at
    return at is not None and datetime.now(UTC) - at > _APART / 2
