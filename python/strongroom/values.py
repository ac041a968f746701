"""What commands are made of, and what comes back: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from .exceptions import RefusedError
from .rules import Rule
from .words import Deployment, Health, Party, Permission, Role, Scope, State, Status, Subject

NOBODY = UUID(int=0)
"""No person, and no organisation: the device's own parts."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who acts: a role within an organisation, held by a person or a part.

    In process the caller vouches for who it is.
    """

    role: Role
    organisation: UUID = NOBODY
    id: UUID = NOBODY

    @property
    def party(self) -> Party:
        """The side of the lease that the role belongs to."""
        return self.role.party


@dataclass(frozen=True, slots=True)
class Device:
    """The device that was ordered, and whose it is."""

    serial: str
    """Up to 16 printable ASCII characters."""
    provider: UUID
    vendor: UUID
    deployment: Deployment = Deployment.FIRMWARE
    """Where the core runs."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an engineer asks access for (L-13 to L-20, L-23)."""

    subject: Subject
    scope: Scope
    permission: Permission
    justification: bytes
    """SHA-256 of the justification's text; the text stays with the caller."""
    isolated_identity: bool = False
    multi_factor: bool = False
    standard_tools_failed: bool = False
    customer_data: bool = False
    """Whether direct access to customer data is needed."""
    duration: timedelta | None = None
    """Whole seconds; the policy's default where it is not named (D-02)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of another device, by whoever acts (D-27)."""

    serial: str
    organisation: UUID
    state: State


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command. Its truth is whether the command happened."""

    ok: bool
    """Whether it happened; of a refusal nothing did but its record."""
    rule: Rule
    """The rule that decided."""
    state: State
    """Where the lease stands afterwards."""
    health: Health
    """`UNKNOWN` too for somebody who is not served, or whom the customer keeps from monitoring (H-56)."""
    request: int | None
    """The request that it was about, or that it made."""
    status: Status | None
    """That request's status afterwards; on a refusal its current one (D-05), `None` for somebody who is not served."""
    due: bool
    """Whether a deadline is due, so that the engine should be ticked (D-26)."""

    def __bool__(self) -> bool:
        return self.ok

    def require(self) -> Reply:
        """This reply. Raises `RefusedError`, with the rule, where the command was refused."""
        if not self.ok:
            raise RefusedError(self.rule.name, self.rule.text)
        return self


@dataclass(frozen=True, slots=True)
class LogState:
    """How a log stands."""

    first: int
    """The number of the oldest record that is held; `size` where none is."""
    size: int
    """Records in all, those acknowledged included."""
    root: str
    """The root of its Merkle tree (RFC 6962), in hexadecimal."""
    room: int
    """Records that it still takes of what opens or builds; drain it at 1 or less (D-17)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a journal."""

    found: str
    """`fresh`, `restored` or `invalid` (every access is closed, and the way on is `quarantine`)."""
    steps: int = 0
    """Steps that were replayed after the snapshot."""
    torn: bool = False
    """Whether something was skipped that a power cut tore; it was never answered."""
    why: str | None = None
