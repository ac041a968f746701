"""The commands of the device's shell, and what a typed line would come to (H-05, H-53)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from .. import _native, specimen
from ..exceptions import CommandError
from ..policies import POLICIES, Policy
from ..replay import Replay, Step
from ..room import Explanation
from ..words import ConsoleArguments, ConsoleMode, DeviceRole, Permission, Scope, Status


@dataclass(frozen=True, slots=True)
class ShellCommand:
    """A command of the device's shell."""

    number: int
    """What policies and logs name it by."""
    name: str
    """Its words in full, in small letters: what goes to the device."""
    role: DeviceRole
    """The lowest of the device's own roles that may run it."""
    polled: bool
    """Whether it is one that health is read from without anybody typing it (H-54)."""


SHELL: tuple[ShellCommand, ...] = tuple(
    ShellCommand(number, name, DeviceRole(role), polled) for number, (name, role, polled) in enumerate(_native.shell_commands())
)
"""Every command, in the order of its number."""


class LineKind(StrEnum):
    """What a typed line is to the guard."""

    COMMAND = "command"
    """One command, by the beginnings of its words."""
    AMBIGUOUS = "ambiguous"
    """The beginning of more than one; such a line never passes."""
    UNKNOWN = "unknown"
    """No command, or not all of one; such a line never passes."""
    SPOILT = "spoilt"
    """Too long, or torn by a broken escape sequence; the guard refuses it by itself."""
    LOGOUT = "logout"
    """`exit`: it always passes."""
    EMPTY = "empty"
    """Nothing: the device shows its prompt again."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What is left of what somebody typed at the shell's prompt, once keys and control characters are taken away."""

    kind: LineKind
    command: ShellCommand | None
    arguments: ConsoleArguments
    digest: bytes | None
    """SHA-256 of the line, which the log has instead of it; `None` where no line is asked about."""

    @property
    def number(self) -> int:
        """The command's number, 65 535 where it is none."""
        return _NO_COMMAND if self.command is None else self.command.number


_NO_COMMAND = 0xFFFF


def typed(line: str | bytes) -> TypedLine:
    """What a guard makes of a line typed at the shell's prompt; its end is added.

    >>> typed("stat sens").command.name
    'status sensors'

    Raises `CommandError` where it holds more than one line.
    """
    keys = line.encode(errors="surrogateescape") if isinstance(line, str) else line
    if b"\r" in keys or b"\n" in keys:
        raise CommandError("more than one line; each is decided by itself")
    guard = _native.Guard()
    guard.open(ConsoleMode.MONITOR)
    guard.device(b"lunash:>")
    guard.quiet()
    _, (sent, _, event) = guard.technician(keys + b"\r", 0)
    if event is None:
        return TypedLine(LineKind.LOGOUT if sent == b"exit\r" else LineKind.EMPTY, None, ConsoleArguments.NONE, None)
    return line_of(json.loads(event))


def line_of(event: Mapping[str, Any]) -> TypedLine:
    """The line that an event of the native guard's is about."""
    told = event.get("line")
    if told is None:
        return TypedLine(LineKind.SPOILT, None, ConsoleArguments.NONE, None)
    number: int = told["command"]
    command = None if number == _NO_COMMAND else SHELL[number]
    return TypedLine(LineKind(told["found"]), command, ConsoleArguments(told["arguments"]), bytes.fromhex(told["digest"]))


@dataclass(frozen=True, slots=True)
class LineCheck:
    """What would come of a line on a device in operation."""

    line: TypedLine
    monitor: Explanation | None
    """For the monitoring role, without a grant; `None` where no rule is asked: see `line.kind`."""
    grants: Mapping[Permission, Explanation] = field(hash=False)
    """For an engineer, by the permission of their grant; where no such grant can be had, the rule that turns its request down."""


def check(line: str | bytes, *, policy: str | Policy = "azure", scope: Scope = Scope.RESOURCE) -> LineCheck:
    """What would come of a line, decided by an engine with a leased device in operation and a grant of each permission.

    `scope` is the scope that the grants were asked for. What an engine of your own would say of a line now, with its lease and its
    grants, `Strongroom.explain.console_line` tells.

    >>> check("net sho").monitor.rule.name
    'MonitorMay'

    Raises `CommandError` where it is more than one line, or the policy is unknown.
    """
    preset = policy if isinstance(policy, Policy) else POLICIES.get(policy)
    if preset is None:
        raise CommandError(f'unknown policy "{policy}"; there are {", ".join(POLICIES)}')
    found = typed(line)
    if found.digest is None:
        return LineCheck(found, None, MappingProxyType({}))
    text = specimen.scenario(preset, scope, found.number, found.arguments, found.digest.hex())
    steps = Replay.from_text(text, policy=preset.name).steps
    monitor, *engineers = (step for step in steps if step.verb == "console_line")
    requests = (step for step in steps if step.verb == "evaluate")
    grants = {
        permission: _explained(request if request.status is Status.JIT_REJECTED else typing, request.status)
        for permission, request, typing in zip(Permission, requests, engineers, strict=True)
    }
    return LineCheck(found, _explained(monitor), MappingProxyType(grants))


def _explained(step: Step, status: Status | None = None) -> Explanation:
    """A request that is turned down is a step that happened; the line that it was for does not pass."""
    return Explanation(step.ok and status is not Status.JIT_REJECTED, step.rule, step.consulted)
