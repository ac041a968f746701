"""What thousands of engines take of a Python process's memory: `engines.py [COUNT]`, with the package installed."""

from __future__ import annotations

import gc
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from strongroom import Device, Principal, Role, Strongroom

PROVIDER, VENDOR = UUID(int=0xB0), UUID(int=0xD0)
HANDS = Principal(Role.HANDS, PROVIDER, UUID(int=1))
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def resident() -> int:
    """Bytes of this process that are in memory, as Linux tells it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("this system does not tell how much memory a process takes")


def grouped(number: int) -> str:
    """Digits in groups of three."""
    return f"{number:,}".replace(",", " ")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    serials = [f"{70_000_000 + number}" for number in range(count)]
    gc.collect()
    before = resident()
    rooms = [Strongroom(Device(serial, PROVIDER, VENDOR)) for serial in serials]
    gc.collect()
    grown = resident() - before
    start = time.perf_counter()
    replies = [room.arrive(serial=serial, by=HANDS, at=NOW) for room, serial in zip(rooms, serials, strict=True)]
    taken = time.perf_counter() - start
    if not all(replies):
        raise SystemExit("a device did not arrive")
    print(f"| {grouped(count)} engines from Python | |")
    print("|---|--:|")
    print(f"| memory that each takes, its `Device` and its objects included | {grouped(grown // count)} bytes |")
    print(f"| commands a second, one an engine in turns, on 1 thread | {grouped(int(count / taken))} |")


if __name__ == "__main__":
    main()
