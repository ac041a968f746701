"""What happens at a guarded console, as a person reads it and as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rich.text import Text

from ...console.events import (
    AccessConfirmed,
    ConfirmationAnswered,
    ConsoleEvent,
    ConsoleOpened,
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
from ...rules import Rule
from ...values import Reply
from ...words import ConsoleMode, Role

_WHO = {Role.MONITOR: "monitoring", Role.ENGINEER: "engineer"}


def now() -> datetime:
    """The time that a line is told with."""
    return datetime.now(UTC).replace(microsecond=0)


def as_text(at: datetime, event: ConsoleEvent) -> Text | None:
    """A line for a person; `None` for what would only be noise."""
    told = _text(event)
    return None if told is None else Text(f"{at:%Y-%m-%d %H:%M:%S}  ", "dim").append_text(told)


def _text(event: ConsoleEvent) -> Text | None:
    match event:
        case LineDecided():
            command = event.line.command.name if event.line.command is not None else "an unknown command"
            late = "" if event.sent or not event.reply else "; it was not sent: the device has printed something since"
            return Text(f"{_WHO[event.by.role]}: {command}: ").append_text(_verdict(event.reply.ok, event.reply.rule)).append(late)
        case LineSpoilt():
            return Text("a line ").append("refused", "red").append(": it was too long, or torn")
        case LoginDecided():
            return Text("a log-in ").append_text(_verdict(event.ok, event.rule))
        case RecoveryRefused():
            return Text("the recovery account ").append_text(_verdict(False, event.reply.rule))
        case ConfirmationAnswered():
            return Text(f"a confirmation was answered {event.answer}")
        case PromptSeen():
            return None
        case ConsoleOpened():
            return Text("the console is open: " + ("a grant" if event.mode is ConsoleMode.GRANT else "monitoring"), "bold")
        case SessionClosing():
            return Text(f"ending the device's session: {event.why}", "bold")
        case SessionClosed():
            return Text("the device's session has ended", "bold")
        case AccessConfirmed():
            done = "confirmed" if event.reply else "not confirmed"
            return Text(f"request {event.request}: {event.kind} {done} by {event.reply.rule.name}")
        case TimePassed():
            about = "" if event.reply.request is None else f"request {event.reply.request}: "
            return Text(f"time: {about}{event.reply.rule.text}")
        case HealthPolled():
            return Text(f"health: {event.reading.health}").append("".join(f"; {_rule(each)}" for each in event.replies), "dim")
        case PollUnanswered():
            return Text("health: the device did not answer", "yellow").append(f"; {_rule(event.reply)}", "dim")


def _verdict(ok: bool, rule: Rule | None) -> Text:
    by = "" if rule is None else f" by {rule.name}"
    return Text(("passed" if ok else "refused") + by, "green" if ok else "red").append("" if ok or rule is None else f": {rule.text}", "")


def _rule(reply: Reply) -> str:
    return f"{'' if reply else 'refused by '}{reply.rule.name}"


def as_json(at: datetime, event: ConsoleEvent) -> dict[str, Any]:
    """The same as plain values, with everything."""
    name, told = _plain(event)
    return {"at": at.isoformat().replace("+00:00", "Z"), "event": name, **told}


def _plain(event: ConsoleEvent) -> tuple[str, dict[str, Any]]:
    match event:
        case LineDecided():
            line = event.line
            return "line", {
                "role": event.by.role,
                "by": str(event.by.id),
                "kind": line.kind,
                "command": line.command and line.command.name,
                "arguments": line.arguments,
                "digest": line.digest and line.digest.hex(),
                **_reply(event.reply),
                "sent": event.sent,
            }
        case LineSpoilt():
            return "spoilt", {}
        case LoginDecided():
            return "login", {"ok": event.ok, "rule": event.rule and event.rule.name, "text": event.rule and event.rule.text}
        case RecoveryRefused():
            return "recovery", {**_reply(event.reply), "ok": False}
        case ConfirmationAnswered():
            return "confirmation", {"answer": event.answer}
        case PromptSeen():
            return "prompt", {"session": event.session}
        case ConsoleOpened():
            return "open", {"mode": event.mode}
        case SessionClosing():
            return "closing", {"why": event.why}
        case SessionClosed():
            return "closed", {}
        case AccessConfirmed():
            return "access", {"kind": event.kind, "request": event.request, **_reply(event.reply)}
        case TimePassed():
            return "time", {"request": event.reply.request, **_reply(event.reply)}
        case HealthPolled():
            replies = [_reply(reply) for reply in event.replies]
            return "health", {"health": event.reading.health, "reading": event.reading.as_json(), "replies": replies}
        case PollUnanswered():
            return "unanswered", _reply(event.reply)


def _reply(reply: Reply) -> dict[str, Any]:
    return {"ok": reply.ok, "rule": reply.rule.name, "text": reply.rule.text}
