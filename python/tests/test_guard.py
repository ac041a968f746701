"""The guard of the console as a library: a room decides, and what is sent is what it lets pass."""

from __future__ import annotations

import random
import threading
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from conftest import TRANSCRIPTS
from test_room import DEVICE, Walk, person

from strongroom import (
    CommandError,
    ConsoleAnswer,
    ConsoleArguments,
    ConsoleMode,
    ConsoleSession,
    EffectKind,
    Health,
    Level,
    Principal,
    Role,
    StorageError,
    Strongroom,
    Subject,
)
from strongroom.console.events import (
    AccessConfirmed,
    ClosingReason,
    ConfirmationAnswered,
    ConsoleOpened,
    ConsoleOutput,
    HealthPolled,
    LineDecided,
    LineSpoilt,
    LoginDecided,
    PollUnanswered,
    PromptSeen,
    RecoveryRefused,
    SessionClosed,
    SessionClosing,
    TimePassed,
)
from strongroom.console import QUIET_SECONDS, Guard, GuardState, LineKind

LOGIN, SHELL = b"\r\n[hsm-a] ttyS0 login: ", b"\r\n[hsm-a] lunash:>"
SENSORS = (TRANSCRIPTS / "status_sensors.1.txt").read_bytes().split(b"\n", 1)[1]


class Post:
    """A guard at work, with a clock of its own."""

    def __init__(self, walk: Walk | None = None, engineer: int = 1) -> None:
        self.walk = walk or Walk(Strongroom(DEVICE)).operational()
        self.guard = Guard(self.walk.room, monitor=person(Role.MONITOR), engineer=person(Role.ENGINEER, engineer))
        self.sent = b""
        self.shown = b""
        assert self.did(self.guard.connect()) == (SessionClosing(ClosingReason.CONNECTED),)

    def did(self, output: ConsoleOutput) -> tuple[object, ...]:
        self.sent += output.to_device
        self.shown += output.to_technician
        return output.events

    def prints(self, text: bytes, at: datetime | None = None) -> tuple[object, ...]:
        return self.did(self.guard.device(text)) + self.did(self.guard.quiet(at or self.walk.at()))

    def types(self, text: bytes, at: datetime | None = None) -> tuple[object, ...]:
        return self.did(self.guard.technician(text, at or self.walk.at()))

    def take(self) -> tuple[bytes, bytes]:
        """What was sent and shown since this was asked before."""
        taken, self.sent, self.shown = (self.sent, self.shown), b"", b""
        return taken

    def logged_in(self) -> Post:
        self.prints(LOGIN)
        self.types(b"\r")
        self.prints(LOGIN)
        assert self.types(b"monitor\r") == (LoginDecided(True, None),)
        self.prints(b"monitor\r\nPassword: ")
        self.types(b"secret\r")
        self.prints(SHELL)
        assert self.take()[0] == b"\x03\rmonitor\rsecret\r"
        return self

    def granted(self, ticket: str = "T-1") -> datetime:
        """Until when."""
        number = self.walk.asked(ticket)
        self.walk.room.approve(by=person(Role.APPROVER, 3), request=number, at=self.walk.at()).require()
        end = self.walk.room.access(person(Role.ENGINEER).id, Subject.DEVICE, self.walk.now)
        assert end is not None
        return end



def decided(events: tuple[object, ...]) -> LineDecided:
    (event,) = (event for event in events if isinstance(event, LineDecided))
    return event


def test_a_line_goes_out_by_the_commands_own_name_or_not_at_all() -> None:
    post = Post().logged_in()
    assert (post.guard.state, post.guard.mode, post.guard.session) == (GuardState.OPEN, ConsoleMode.MONITOR, ConsoleSession.SHELL)
    passed = decided(post.types(b"  stat   SENS\r"))
    assert passed.reply and passed.sent and passed.reply.rule.name == "MonitorPasses" and passed.by == person(Role.MONITOR)
    assert passed.line.command is not None and (passed.line.kind, passed.line.command.name) == (LineKind.COMMAND, "status sensors")
    assert post.take()[0] == b"status sensors\r"
    assert post.prints(b"status sensors\r\n" + SENSORS + SHELL) == (PromptSeen(ConsoleSession.SHELL),)
    assert b"Fan1A" in post.take()[1]

    for typed, rule, arguments in (
        (b"hsm zeroize\r", "MonitorMay", ConsoleArguments.NONE),
        (b"sysconf timezone set Asia/Tokyo\r", "MonitorMay", ConsoleArguments.PLAIN),
        (b"status sysstat code all;reboot\r", "ArgumentsPlain", ConsoleArguments.NOT_PLAIN),
        (b"s\r", "CommandKnown", ConsoleArguments.NONE),
    ):
        refused = decided(post.types(typed))
        assert not refused.reply and not refused.sent and (refused.reply.rule.name, refused.line.arguments) == (rule, arguments)
        sent, shown = post.take()
        assert sent == b"" and f"refused by {rule}, which demands: {refused.reply.rule.text}".encode() in shown and shown.endswith(b"lunash:>")


def test_log_ins_without_a_grant_are_the_monitoring_accounts() -> None:
    post = Post()
    assert post.prints(LOGIN) == (SessionClosed(),)
    assert post.types(b"\r") == (ConsoleOpened(ConsoleMode.MONITOR),)
    post.prints(LOGIN)
    (refused,) = post.types(b"admin\r")
    assert isinstance(refused, LoginDecided) and not refused.ok and refused.rule is not None and refused.rule.name == "GrantOpen"
    (recovery,) = post.types(b"recover\r")
    assert isinstance(recovery, RecoveryRefused) and recovery.reply.rule.name == "RecoverLoginSeen"
    assert post.take()[0] == b"\x03\r"


def test_what_is_no_whole_line_is_spoilt_and_a_confirmation_is_answered_quit() -> None:
    post = Post().logged_in()
    assert post.types(b"x" * 200 + b"\r") == (LineSpoilt(),)
    assert post.types(b"hsm \x1b[\r") == (LineSpoilt(),)
    assert post.types(b"\x1b]0;hsm zeroize\x07status \x08\x7f\x00\xff time\r")[0] != LineSpoilt()
    post.take()
    assert post.prints(b"Type 'proceed' to continue, or 'quit' to quit now.\r\n> ") == (ConfirmationAnswered(ConsoleAnswer.QUIT),)
    assert post.take()[0] == b"quit\r"


def test_a_grant_ends_in_the_middle_of_a_line() -> None:
    post = Post().logged_in()
    end = post.granted()
    events = post.did(post.guard.turn(post.walk.now))
    assert ConsoleOpened(ConsoleMode.GRANT) in events
    (opened,) = (event for event in events if isinstance(event, AccessConfirmed))
    assert (opened.kind, opened.request, opened.reply.rule.name) == (EffectKind.OPEN_ACCESS, 1, "EffectConfirmed")
    passed = decided(post.types(b"network show\r"))
    assert (passed.by, passed.reply.rule.name, passed.sent) == (person(Role.ENGINEER), "GrantPasses", True)
    post.prints(b"network show\r\n" + SHELL)
    assert post.take()[0] == b"network show\r"
    post.types(b"network sho", end - timedelta(seconds=1))
    post.take()
    events = post.types(b"w\r", end)
    assert SessionClosing(ClosingReason.GRANT_OVER) in events and any(isinstance(event, TimePassed) for event in events)
    assert not any(isinstance(event, LineDecided) for event in events)
    assert (post.take()[0], post.guard.mode, post.guard.state) == (b"\x03exit\r", ConsoleMode.SHUT, GuardState.CLOSING)
    assert post.did(post.guard.device(b"the customer's data")) == () and post.take()[1] == b"", "it belonged to the grant"
    events = post.prints(LOGIN, end)
    assert events[0] == SessionClosed()
    (closed,) = (event for event in events if isinstance(event, AccessConfirmed))
    assert (closed.kind, closed.reply.rule.name) == (EffectKind.CLOSE_ACCESS, "ClosedConfirmed")
    assert events[-1] == ConsoleOpened(ConsoleMode.MONITOR) and not post.walk.room.access(
        person(Role.ENGINEER).id, Subject.DEVICE, end
    )


def test_a_grant_that_is_taken_back_ends_at_the_next_turn_and_is_confirmed_by_the_device_alone() -> None:
    post = Post().logged_in()
    post.granted()
    post.did(post.guard.turn(post.walk.now))
    post.take()
    post.walk.room.revoke(by=person(Role.APPROVER, 3), request=1, reason=bytes([7] * 32), at=post.walk.at()).require()
    assert post.did(post.guard.turn(post.walk.at())) == (SessionClosing(ClosingReason.GRANT_OVER),)
    assert post.take()[0] == b"\x03exit\r"
    assert post.did(post.guard.turn(post.walk.at())) == (), "it is not closed before the device says so"
    post.did(post.guard.close())
    assert post.take()[0] == b"\x03\r", "asked again"
    assert any(isinstance(event, AccessConfirmed) for event in post.prints(LOGIN))


def test_of_two_grants_each_one_that_ends_ends_the_session() -> None:
    post = Post().logged_in()
    post.granted()
    post.granted("T-2")
    post.did(post.guard.turn(post.walk.now))
    post.walk.room.end_access(by=person(Role.ENGINEER), request=1, at=post.walk.at()).require()
    assert post.did(post.guard.turn(post.walk.at())) == (SessionClosing(ClosingReason.GRANT_OVER),)
    events = post.prints(LOGIN)
    assert events[0] == SessionClosed() and events[-1] == ConsoleOpened(ConsoleMode.GRANT), "the other one is in force"


def test_a_grant_whose_end_somebody_else_has_confirmed_ends_all_the_same() -> None:
    post = Post().logged_in()
    post.granted()
    post.did(post.guard.turn(post.walk.now))
    post.walk.room.end_access(by=person(Role.ENGINEER), request=1, at=post.walk.at()).require()
    post.walk.settle()
    assert not post.walk.room.state.pending
    assert post.did(post.guard.turn(post.walk.at())) == (SessionClosing(ClosingReason.GRANT_OVER),)


def test_another_engineers_grant_opens_nothing() -> None:
    post = Post(engineer=2).logged_in()
    post.granted()
    assert post.did(post.guard.turn(post.walk.now)) == ()
    assert decided(post.types(b"network show\r")).reply.rule.name == "MonitorMay"


def test_what_cannot_be_stored_is_refused_and_raises(tmp_path: Path) -> None:
    with Strongroom.open(tmp_path / "journal", DEVICE) as room:
        post = Post(Walk(room).operational()).logged_in()
    with pytest.raises(StorageError, match="closed"):
        post.types(b"status sensors\r")
    # The line that was begun is never decided: the session ends.
    assert post.did(post.guard.end()) == (SessionClosing(ClosingReason.ASKED),)
    assert post.take()[0] == b"\x03exit\r"
    with pytest.raises(StorageError):
        post.prints(LOGIN)
    assert post.guard.state is GuardState.CLOSED


class Failing(Strongroom):
    """A room whose journal takes nothing more."""

    def _ask(self, *_: object) -> object:  # type: ignore[override]
        raise StorageError("the medium failed", 1044)


def test_a_line_whose_decision_is_not_stored_is_refused_before_it_raises() -> None:
    post = Post().logged_in()
    post.guard.room = Failing(DEVICE)
    with pytest.raises(StorageError, match="the medium failed"):
        post.types(b"status sensors\r")
    post.did(post.guard.end())
    sent, shown = post.take()
    assert b"refused: what is decided cannot be stored" in shown and sent == b"\x03exit\r"


def test_an_end_is_for_good() -> None:
    post = Post().logged_in()
    post.did(post.guard.end())
    assert post.prints(LOGIN) == (SessionClosed(),)
    post.take()
    assert post.types(b"\rmonitor\r") == () and post.take()[0] == b"" and post.guard.state is GuardState.CLOSED


def test_a_device_that_comes_back_has_its_session_ended_first() -> None:
    post = Post().logged_in()
    assert post.did(post.guard.disconnect()) == () and post.take() == (b"", b"the device has hung up\r\n")
    post.types(b"status sensors\r")
    assert post.take() == (b"", b"the device is away\r\n") and post.guard.state is GuardState.AWAY
    assert post.did(post.guard.connect()) == (SessionClosing(ClosingReason.CONNECTED),)
    post.prints(SHELL)
    assert post.take() == (b"\x03exit\r", b"")
    assert SessionClosed() in post.prints(LOGIN)
    post.did(post.guard.line_break())
    assert post.take() == (b"", b"\x07")


def test_health_is_polled_in_the_guards_own_turn() -> None:
    post = Post().logged_in()
    assert post.did(post.guard.poll(at=post.walk.at())) == ()
    events: list[object] = []
    asked: list[bytes] = []
    while post.guard.is_polling:
        sent, shown = post.take()
        assert shown.strip(b"\x07") == b"", "what a poll reads is not the technician's"
        asked.append(sent)
        output = SENSORS if sent == b"status sensors\r" else b"Command Result : 0 (Success)\r\n"
        events = list(post.prints(sent + b"\n" + output + SHELL))
        post.types(b"x")
    assert len(asked) == 6 and asked[0] == b"hsm information show\r"
    [polled] = events
    assert isinstance(polled, HealthPolled) and polled.reading.power_supplies.worst is Level.CRITICAL
    assert polled.reading.health is Health.TROUBLE and polled.outcome.truncated is None
    assert [reply.rule.name for reply in polled.replies] == ["HealthNotice"]
    assert post.walk.room.state.health is Health.TROUBLE


def test_a_poll_without_anybody_logs_in_and_out_and_one_without_an_answer_is_told() -> None:
    post = Post()
    post.prints(LOGIN)
    post.take()
    post.did(post.guard.poll())
    assert not post.guard.is_polling and post.take()[0] == b"", "without a password nobody is logged in"
    post.did(post.guard.poll(b"secret", post.walk.at()))
    assert post.take()[0] == b"monitor\r"
    post.prints(b"monitor\r\nPassword: ")
    assert post.take()[0] == b"secret\r"
    post.prints(SHELL)
    assert post.take()[0] == b"hsm information show\r"
    events = post.did(post.guard.give_up_poll(post.walk.at()))
    assert events[0] == SessionClosing(ClosingReason.POLLED) and isinstance(events[1], PollUnanswered)
    assert events[1].reply.rule.name == "PollMissed"
    post.prints(SHELL)
    assert post.take()[0].endswith(b"\x03exit\r")
    assert SessionClosed() in post.prints(LOGIN)


def test_a_wrong_password_of_a_poll_is_not_tried_again() -> None:
    post = Post()
    post.prints(LOGIN)
    post.did(post.guard.poll(b"wrong", post.walk.at()))
    post.prints(b"monitor\r\nPassword: ")
    events = post.prints(b"\r\nLogin incorrect" + LOGIN)
    assert any(isinstance(event, PollUnanswered) for event in events) and not post.guard.is_polling
    assert post.take()[0] == b"\x03monitor\rwrong\r"


def test_whatever_is_typed_only_what_was_decided_is_sent() -> None:
    post = Post().logged_in()
    chance = random.Random(11)
    alphabet = b"\r\n\x1b[]Oexit hsm;|&`$proceed\x03\x15\x7f\x00\xff"
    for _ in range(300):
        typed = bytes(chance.choice(alphabet) if chance.random() < 0.6 else chance.randrange(256) for _ in range(40))
        post.types(typed)
        post.prints(bytes(chance.randrange(256) for _ in range(20)) + chance.choice((SHELL, b"", LOGIN)))
    sent, _ = post.take()
    assert set(sent) <= set(b"\r\x03exit"), "line ends, interrupts of what runs, and exit"
    # What follows an end of the session needs a log-in, which only one account has.
    assert b"hsm" not in sent


def test_threads_share_a_guard() -> None:
    post = Post().logged_in()
    outputs: list[ConsoleOutput] = []

    def type_lines() -> None:
        mine = [post.guard.technician(b"hsm zeroize\r", post.walk.now) for _ in range(20)]
        outputs.extend(mine)

    threads = [threading.Thread(target=type_lines) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = [event for output in outputs for event in output.events]
    assert len(events) == 80 and all(isinstance(event, LineDecided) and not event.reply for event in events)
    assert b"".join(output.to_device for output in outputs) == b""


def test_who_is_posted_acts_in_the_right_role() -> None:
    room = Strongroom(DEVICE)
    with pytest.raises(CommandError, match="Engineer is not the role Monitor"):
        Guard(room, monitor=person(Role.ENGINEER))
    with pytest.raises(CommandError, match="Pool is not the role Engineer"):
        Guard(room, monitor=person(Role.MONITOR), engineer=Principal(Role.POOL, UUID(int=1), UUID(int=2)))
    assert QUIET_SECONDS == 0.05
