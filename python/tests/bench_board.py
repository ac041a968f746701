"""A board's application over simulated wires, as a child process: its host line is at a local port.

It is built by `make test-python`, and no part of the package.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

import pytest
from conftest import ROOT

from strongroom import Board, Party, Principal, Role

PROGRAM = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "examples" / "bench"
BUILD = "cargo build --locked -p strongroom-board --example bench"

SERIAL = "700022"
PROVIDER, CUSTOMER, VENDOR = (UUID(bytes=bytes([byte]) * 16) for byte in (0xB0, 0xC0, 0xD0))
PROVIDER_KEY, FIRST_KEY, OWN_KEY = (bytes([byte]) * 32 for byte in (0xB1, 0xC1, 0xC2))
SEED = bytes([0x5E]) * 32
START = 1_767_600_000

_ORGANISATIONS = {Party.PROVIDER: PROVIDER, Party.CUSTOMER: CUSTOMER, Party.VENDOR: VENDOR}


def person(role: Role, number: int = 1) -> Principal:
    """Somebody of that role, as the bench has them."""
    organisation = _ORGANISATIONS[role.party]
    return Principal(role, organisation, UUID(bytes=bytes([0xEE, *organisation.bytes[1:15], number])))


class Bench:
    """A board, its device, and whoever is at its line."""

    def __init__(self, begins: str) -> None:
        """`blank`, `new` or `operational`. Skips the test where it is not built."""
        if not PROGRAM.exists():
            why = f"the board's bench is not built; run {BUILD}"
            (pytest.fail if os.environ.get("STRONGROOM_REQUIRE_ALL") == "1" else pytest.skip)(why)
        self._process = subprocess.Popen([PROGRAM, begins], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = f"socket://127.0.0.1:{self._line()}"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def do(self, line: str) -> str:
        """Does something at the bench."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._line()

    def provider(self, *, timeout: float = 10.0) -> Board:
        """The provider at the line."""
        return Board(self.port, Party.PROVIDER, PROVIDER_KEY, serial=SERIAL, timeout=timeout)

    def customer(self, key: bytes = OWN_KEY, *, timeout: float = 10.0) -> Board:
        """The customer at the line."""
        return Board(self.port, Party.CUSTOMER, key, serial=SERIAL, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()
