"""The board's library against the board's own application."""

from __future__ import annotations

import os
import pty
import stat
import threading
import time
import tty
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from bench_board import CUSTOMER, FIRST_KEY, OWN_KEY, PROVIDER, PROVIDER_KEY, SEED, SERIAL, START, VENDOR, Bench, person

from strongroom import (
    Board,
    BoardForgedError,
    BoardIdentityError,
    BoardKeyError,
    BoardNotYoursError,
    BoardPortError,
    BoardProvisionedError,
    BoardSessionError,
    BoardSilentError,
    CommandError,
    Health,
    HeadError,
    KeyFormatError,
    LogDirectory,
    LogError,
    LogName,
    Party,
    PermissionsError,
    Plan,
    Reply,
    Role,
    State,
    Unheard,
    collect,
    make_key,
    provision,
    read_key,
    write_key,
)
from strongroom import _native, logs

PUBLIC = _native.device_public_key(SEED)
NOW = datetime.fromtimestamp(START, UTC)
DIGEST = sha256(b"").digest()


@pytest.fixture
def new() -> Generator[Bench]:
    with Bench("new") as bench:
        yield bench


@pytest.fixture
def operational() -> Generator[Bench]:
    with Bench("operational") as bench:
        yield bench


def set_time(board: Board) -> None:
    assert board.set_time(by=person(Role.POOL, 1), second=person(Role.POOL, 2), at=NOW)


def test_a_blank_board_is_made_one_once() -> None:
    made = {
        "serial": SERIAL,
        "provider": PROVIDER,
        "vendor": VENDOR,
        "seed": SEED,
        "account": "monitor",
        "password": "watching",
        "poll_every": timedelta(minutes=10),
    }
    key = make_key()
    with Bench("blank") as bench:
        with pytest.raises(BoardSilentError, match="A blank one takes only strongroom board provision"), bench.provider(timeout=0.5) as board:
            board.status()
        assert provision(bench.port, key=key, **made) == PUBLIC  # type: ignore[arg-type]
        with Board(bench.port, Party.PROVIDER, key) as board:
            status = board.status()
            assert (status.serial, status.state, status.health, status.at) == (SERIAL, State.IN_TRANSIT, Health.UNKNOWN, None)
            assert status.sizes[LogName.TENANT] == 0 and status.sizes[LogName.LIFECYCLE] > 0
        assert provision(bench.port, key=key, **made) == PUBLIC, "its answer may have been lost"  # type: ignore[arg-type]
        with pytest.raises(BoardProvisionedError, match="something already"):
            provision(bench.port, key=make_key(), **made)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"account": ""}, "account: write the name"),
        ({"account": "a name"}, "account: write the name"),
        ({"password": ""}, "password: write 1 to 32"),
        ({"password": "long" * 9}, "the board keeps up to 32"),
        ({"serial": ""}, "serial: it is empty"),
        ({"serial": "x" * 17}, "serial: "),
        ({"poll_every": timedelta()}, "a second apart"),
    ],
)
def test_what_no_board_takes_is_not_sent(change: dict[str, object], message: str) -> None:
    made = {"serial": SERIAL, "provider": PROVIDER, "vendor": VENDOR, "key": OWN_KEY, "seed": SEED, "account": "m", "password": "w"}
    with pytest.raises(CommandError, match=message):
        provision("/dev/null", **{**made, **change})  # type: ignore[arg-type]


def test_the_board_decides_and_remembers(new: Bench) -> None:
    with new.provider() as board:
        arrive = board.arrive(by=person(Role.HANDS), serial=SERIAL)
        assert (arrive.ok, arrive.rule.name) == (False, "TimeKnown")
        set_time(board)
        arrive = board.arrive(by=person(Role.HANDS), serial=SERIAL)
        assert (arrive.ok, arrive.state) == (True, State.RECEIVED)
        status = board.status()
        assert status.state is State.RECEIVED and status.at is not None and status.at - NOW < timedelta(minutes=5)
        told = [record.what for record in board.records(LogName.LIFECYCLE)]
        assert told[:4] == ["boot", "arrive", "set_time", "arrive"]
        assert [record.sequence for record in board.records(LogName.LIFECYCLE, 2)][:2] == [2, 3]
        assert board.record(LogName.LIFECYCLE, 999) is None
        with pytest.raises(CommandError, match="has its own time"):
            board.unbound(by=person(Role.HANDS), at=NOW)
        with pytest.raises(CommandError, match="it sets a time"):
            board.set_time(by=person(Role.POOL), at=None)


def drain(board: Board, log: LogName, folder: Path) -> None:
    """Makes room: what the board has recorded is collected and acknowledged."""
    collected = collect(board, log, folder, PUBLIC)
    role = Role.AUDITOR if log is LogName.TENANT else Role.POOL
    assert board.acknowledge(by=person(role, 9), log=log, next=collected.size)


def walk(bench: Bench, folder: Path) -> tuple[Board, Board]:
    """From the arrival to a tenant, all of it over the line."""
    provider, pia, paul, ada = bench.provider(), person(Role.POOL, 1), person(Role.POOL, 2), person(Role.ADMIN)

    def done(reply: Reply) -> None:
        assert reply, reply.rule
        drain(provider, LogName.LIFECYCLE, folder)

    set_time(provider)
    done(provider.arrive(by=person(Role.HANDS), serial=SERIAL))
    done(provider.stm_ok(by=pia, second=paul, expected=DIGEST, shown=DIGEST, seals_whole=True))
    done(provider.zeroize_local(by=pia, second=paul))
    bench.do("fault zeroized on")
    bench.do("wait 1300")
    bench.do("fault zeroized off")
    drain(provider, LogName.LIFECYCLE, folder)
    assert provider.status().state is State.POOL_CONFIG
    done(provider.baseline_ok(by=pia, second=paul, firmware="7.1.0", password_discarded=True, logs_cleared=True, self_test_passed=True, reset_checked=True))
    done(provider.bind(FIRST_KEY, PUBLIC).register(by=pia, organisation=CUSTOMER, approved=True))
    with bench.customer(FIRST_KEY) as first:
        done(provider.set_plan(by=pia, plan=Plan.DEVELOPER))
        done(first.set_place(by=ada, region="japaneast", network="vnet"))
        done(first.request_allocation(by=ada))
        done(first.set_roster(by=ada, approvers=[person(Role.APPROVER, 3).id]))
        done(provider.allocate(by=pia, organisation=CUSTOMER, region="japaneast", network="vnet"))
        drain(first, LogName.TENANT, folder)
        done(provider.mapped(by=person(Role.NET), network="vnet", ssh_test_passed=True))
        done(first.bind(OWN_KEY, PUBLIC).claim(by=ada, credential_replaced=True, owner_key=DIGEST))
    customer = bench.customer()
    done(customer.init(by=ada, cloning_domain=DIGEST))
    return provider, customer


def test_a_lease_from_the_arrival_to_a_tenant_is_collected_and_verifies(new: Bench, tmp_path: Path) -> None:
    provider, customer = walk(new, tmp_path)
    with provider, customer:
        assert customer.status().state is State.OPERATIONAL
        tenant = collect(customer, LogName.TENANT, tmp_path, PUBLIC)
        lifecycle = collect(provider, LogName.LIFECYCLE, tmp_path, PUBLIC)
        assert 0 < len(tenant.new) < tenant.size and 0 < len(lifecycle.new) < lifecycle.size
        assert collect(provider, LogName.LIFECYCLE, tmp_path, PUBLIC).new == ()
        assert customer.acknowledge(by=person(Role.AUDITOR, 9), log=LogName.TENANT, next=tenant.size)
        again = collect(provider, LogName.LIFECYCLE, tmp_path, PUBLIC)
        assert [record.what for record in again.new] == ["acknowledge"]
        reports = logs.verify(tmp_path, key=PUBLIC)
        assert [(report.name, report.is_sound) for report in reports] == [("lifecycle", True), (tenant.folder.name, True)]
        with pytest.raises(LogError, match="comes next, and the board holds"):
            collect(customer, LogName.TENANT, tmp_path / "elsewhere", PUBLIC)
        with pytest.raises(BoardKeyError, match="a customer gets one with register"), Bench("new") as other, other.customer() as nobody:
            nobody.status()
        with pytest.raises(BoardForgedError), new.customer(FIRST_KEY) as former:
            former.status()


def test_a_head_that_is_not_the_devices_or_went_back_is_told(new: Bench, tmp_path: Path) -> None:
    with new.provider() as board:
        set_time(board)
        with pytest.raises(HeadError, match="is not signed by this key"):
            collect(board, LogName.LIFECYCLE, tmp_path, _native.device_public_key(OWN_KEY))
        assert not list(tmp_path.iterdir())
        collect(board, LogName.LIFECYCLE, tmp_path, PUBLIC)
        board.arrive(by=person(Role.HANDS), serial=SERIAL)
        collect(board, LogName.LIFECYCLE, tmp_path, PUBLIC)
    with Bench("new") as replaced, replaced.provider() as board:
        with pytest.raises(HeadError, match=r"went back: 1 records, and \d were signed before"):
            collect(board, LogName.LIFECYCLE, tmp_path, PUBLIC)
        set_time(board)
        board.arrive(by=person(Role.HANDS, 2), serial=SERIAL)
        size = LogDirectory.open(tmp_path / "lifecycle").size
        while board.status().sizes[LogName.LIFECYCLE] < size:
            board.unbound(by=person(Role.HANDS))
        with pytest.raises(HeadError, match=r"are not those under the signed head|has another root than was signed before"):
            collect(board, LogName.LIFECYCLE, tmp_path, PUBLIC)
    assert all(report.is_sound for report in logs.verify(tmp_path, key=PUBLIC))


def test_the_tenants_log_is_the_customers(operational: Bench) -> None:
    with operational.provider() as provider, operational.customer() as customer:
        with pytest.raises(BoardNotYoursError, match="this party may not ask for that"):
            provider.head(LogName.TENANT)
        assert customer.head(LogName.TENANT).startswith(f"strongroom/{SERIAL}/tenant/")
        with pytest.raises(BoardNotYoursError):
            customer.seat(None)


def test_nobody_acts_as_somebody_of_another_party(operational: Bench) -> None:
    with operational.provider() as provider:
        with pytest.raises(BoardNotYoursError, match="of another party than the key"):
            provider.deny(by=person(Role.APPROVER, 3), request=1, reason=DIGEST)
        assert provider.status().state is State.OPERATIONAL


def test_effects_are_read_and_notices_told(operational: Bench) -> None:
    with operational.provider() as provider, operational.customer() as customer:
        engineer = person(Role.ENGINEER)
        operational.do("switch 0 on")
        operational.do("wait 2")
        assert provider.status().state is State.TAMPER_LATCHED
        (waiting, *_) = [effect for effect in provider.effects() if effect.kind == "notify_customer"]
        with pytest.raises(BoardNotYoursError):
            customer.told(waiting.number)
        told = provider.told(waiting.number)
        assert told is not None and told.ok
        assert provider.told(waiting.number) is None
        provider.seat(engineer.id)
        provider.seat_pool(person(Role.POOL, 1).id, person(Role.POOL, 2).id)
        provider.seat(None)
        with pytest.raises(BoardNotYoursError):
            customer.seat(None)


def test_what_a_board_has_not_heard_is_counted(new: Bench) -> None:
    with new.provider() as provider:
        assert provider.unheard() == Unheard(broken=0, no_key=0, forged=0, replayed=0, not_theirs=0)
        new.do("replay")
        with pytest.raises(BoardForgedError), Board(new.port, Party.PROVIDER, OWN_KEY) as board:
            board.status()
        # The frame that was sent last was answered before, and is answered again.
        assert provider.unheard().replayed == 0
        with pytest.raises(BoardNotYoursError):
            provider.deny(by=person(Role.APPROVER, 3), request=1, reason=DIGEST)
        heard = provider.unheard()
        assert heard.not_theirs > 0 and heard == Unheard(broken=0, no_key=0, forged=0, replayed=0, not_theirs=heard.not_theirs)


def test_a_wrong_key_is_told_and_so_is_another_board(new: Bench) -> None:
    with pytest.raises(BoardForgedError, match="right key file"), Board(new.port, Party.PROVIDER, OWN_KEY) as board:
        board.status()
    with pytest.raises(BoardIdentityError, match="device 700022, not of 700023"), Board(new.port, Party.PROVIDER, PROVIDER_KEY, serial="700023") as board:
        board.status()
    with pytest.raises(KeyFormatError, match="32 bytes"):
        Board(new.port, Party.PROVIDER, b"short")
    with pytest.raises(KeyFormatError, match="blank medium"):
        Board(new.port, Party.PROVIDER, bytes(32))


def test_forged_answers_are_not_believed(new: Bench) -> None:
    with new.provider(timeout=5) as board:
        board.status()
        new.do("line forged")
        with pytest.raises(BoardForgedError):
            board.status()
        with pytest.raises(BoardForgedError):
            board.arrive(by=person(Role.HANDS), serial=SERIAL)
        assert board.line.forged >= 3
        new.do("line clean")
        assert board.status().state is State.IN_TRANSIT


def test_a_cut_line_is_told_in_time(new: Bench) -> None:
    with new.provider(timeout=1) as board:
        board.status()
        new.do("line cut")
        with pytest.raises(BoardSilentError, match="no answer in 1 s"):
            board.status()


def test_what_is_lost_or_spoilt_is_asked_for_again_and_happens_once(new: Bench) -> None:
    with new.provider() as board:
        set_time(board)
        new.do("drop 1")
        assert board.arrive(by=person(Role.HANDS), serial=SERIAL).state is State.RECEIVED
        new.do("line noisy")
        assert board.status().state is State.RECEIVED
        assert board.line.broken > 0
        new.do("line clean")
        whats = [record.what for record in board.records(LogName.LIFECYCLE)]
        assert whats.count("arrive") == 1


def test_what_was_recorded_is_worth_nothing_later(new: Bench) -> None:
    with new.provider() as board:
        set_time(board)
        assert board.arrive(by=person(Role.HANDS), serial=SERIAL)
        before = board.status().sizes
        new.do("replay")
        board.meet()
        assert board.status().sizes == before


def test_a_board_that_was_off_is_met_anew(new: Bench) -> None:
    with new.provider() as board:
        set_time(board)
        new.do("off")
        new.do("on")
        assert board.status().at is None, "what is only looked at is asked again"


def test_a_command_is_not_asked_twice_where_it_may_have_happened(new: Bench) -> None:
    """The board goes off after it has decided and before its answer has come."""
    with new.provider() as board:
        set_time(board)
        new.do("drop 1000")

        def cut() -> None:
            while new.do("dropping") == "1000":
                time.sleep(0.01)
            for line in ("off", "on", "drop 0"):
                new.do(line)

        thread = threading.Thread(target=cut)
        thread.start()
        with pytest.raises(BoardSessionError, match="switched off and on meanwhile; whether it happened is not known"):
            board.arrive(by=person(Role.HANDS), serial=SERIAL)
        thread.join()
        assert board.status().state is State.RECEIVED


def test_several_with_the_same_key_share_a_line(new: Bench) -> None:
    wrong: list[Exception] = []

    def look(times: int) -> None:
        try:
            with new.provider() as board:
                for _ in range(times):
                    board.status()
        except Exception as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=look, args=(20,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    with new.provider() as board:
        set_time(board)
        for number in range(8):
            board.arrive(by=person(Role.HANDS, number + 1), serial=SERIAL)
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_port_that_is_none_is_told(tmp_path: Path) -> None:
    for port in (str(tmp_path / "nowhere"), "/dev/null", "socket://127.0.0.1:1", "nonsense://x"):
        with pytest.raises(BoardPortError, match="it cannot be opened"):
            Board(port, Party.PROVIDER, PROVIDER_KEY)


def test_a_port_that_is_unplugged_is_told() -> None:
    master, slave = pty.openpty()
    tty.setraw(slave)
    with Board(os.ttyname(slave), Party.PROVIDER, PROVIDER_KEY, timeout=5) as board:
        os.close(slave)
        os.close(master)
        with pytest.raises(BoardPortError, match="it is gone"):
            board.status()


def test_keys_are_files_that_nobody_else_can_read(tmp_path: Path) -> None:
    key, file = make_key(), tmp_path / "provider.key"
    write_key(file, key)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and read_key(file) == key
    with pytest.raises(FileExistsError):
        write_key(file, make_key())
    file.write_bytes(key)
    assert read_key(file) == key, "as bare bytes, too"
    file.chmod(0o644)
    with pytest.raises(PermissionsError, match="others can read the key"):
        read_key(file)
    file.chmod(0o600)
    for text in ("", "zz" * 32, "ab" * 31):
        file.write_text(text)
        with pytest.raises(KeyFormatError, match="64 hexadecimal digits"):
            read_key(file)
