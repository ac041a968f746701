"""Faults: what they are, and where along a run they are tried."""

from __future__ import annotations

import re
import struct
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from machine import FLASH, RAM, REGISTERS, Fault, Machine, Seen
from words import decides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from image import Image
    from machine import Moment

_NOP, _WIDE_NOP = b"\x00\xbf", b"\xaf\xf3\x00\x80"
# What the gate is made of. Here words are looked at closely; what is elsewhere prepares what it gets, or reports.
_GATE = ("console", "guard", "opening", "wires", "kernel", "gpio", "OUTLINED", "faultsNtB5_5Board")
# What the board asks by itself, its account, and its answer to a question that nobody may answer.
_READINGS = (
    b"quit\rmonitor\rwatching\rhsm information show\rhsm show\rhsm stm show\rhsm tamper show\rstatus sensors\rstatus sysstat show"
)
# A word as commands and accounts have them, but for the board's own refusals.
_COMMAND = re.compile(rb"(?!refused)[a-z][a-z0-9_]{2,}[ -~]*")
# Several times what the longest situation takes.
_LIMIT = 2_000_000

SINGLES = tuple(1 << bit for bit in range(32))
PAIRS = tuple(one | other for one, other in combinations(SINGLES, 2))
COUNTS = ("tried", "opened", "stray", "hung", "crashed", "changed")


class Kind(StrEnum):
    """What is done to the processor."""

    SKIP = "skip"
    TWO_SKIPS = "two skips"
    BIT = "bit"
    PAIR = "two bits"
    REGISTER = "register bit"


@dataclass
class Tally:
    """What came of faults of one kind."""

    tried: int = 0
    opened: int = 0
    hung: int = 0
    crashed: int = 0
    stray: int = 0
    """Bytes came to the device that nobody typed and that are no command: pieces of the board's own texts or memory."""
    changed: int = 0
    """Runs that end, open nothing, and look other from outside."""
    where: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Takes in what another one counted."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.where.update(other.where)


def size_of(half: int) -> int:
    """Bytes of the instruction that begins with this half-word."""
    return 4 if half >> 11 >= 0b11101 else 2


class Attack:
    """One situation of one image, along its run without faults."""

    def __init__(self, image: Image, situation: int, typed: bytes) -> None:
        self._image, self._typed = image, typed
        self._decided, self._end = (image.symbols[f"strongroom_faults_{name}"] for name in ("decided", "end"))
        self._walker, self._runner = Machine(image, situation), Machine(image, situation)
        for machine in (self._walker, self._runner):
            if not machine.run(image.symbols["strongroom_faults_begin"]):
                raise RuntimeError(f"situation {situation} cannot be prepared: stopped at {machine.pc:#x}")
            machine.leave()
            prepared = bytes(machine.seen.device)
            machine.seen = Seen(relay=machine.seen.relay)
        self._walker.watch()
        self._begin = self._walker.save()
        self._reached = (0, self._begin)
        self._begins_open = not self._runner.seen.relay
        if not self._runner.run(self._end):
            raise RuntimeError(f"situation {situation} does not end")
        seen = self._runner.seen
        self._golden = (bytes(seen.device), bytes(seen.technician), seen.relay)
        # What the board itself may send: its readings, the end of a session, and the words of a refusal, which would be the
        # board's own even where they went the wrong way.
        self._own = b"\r".join((_READINGS, b"exit", prepared, bytes(seen.technician)))
        self.opens = self._has_opened() if situation & 1 == 0 else self._is_open()

    def path(self) -> list[int]:
        """The address of each instruction from the beginning to the decision; an IT block counts as one."""
        machine = self._walker
        machine.restore(self._begin)
        path = [machine.pc]
        while machine.step() != self._decided:
            path.append(machine.pc)
        return path

    def _is_open(self) -> bool:
        """Whether what is allowed has happened: the typed line at the device, or a closed relay of a board that does not type."""
        seen = self._runner.seen
        return any(0x20 <= byte < 0x7F for byte in seen.device) or (not seen.technician and seen.relay)

    def _has_opened(self) -> bool:
        """What was typed or a command by its name has come to the device, or a relay that was open has closed."""
        seen = self._runner.seen
        lines = re.split(rb"[\r\n\x03]", bytes(seen.device))
        foreign = any(_COMMAND.fullmatch(line) and line.strip() not in self._own for line in lines)
        return foreign or self._typed in seen.device or (self._begins_open and (seen.raised > 0 or seen.relay))

    def tell(self) -> str:
        """What the run without faults looks like from outside."""
        device, technician, relay = self._golden
        return f"device {device!r}, technician {technician!r}, relay {'closed' if relay else 'open'}"

    def walk(self, steps: Sequence[int]) -> Iterator[tuple[int, Moment, frozenset[int]]]:
        """Goes along the run without faults, and stands still at each of these steps, which are in order.

        With each come the words of RAM that were read or written since the one before.
        """
        at, moment = self._reached if self._reached[0] <= steps[0] else (0, self._begin)
        for number in steps:
            self._walker.restore(moment)
            self._walker.touched.clear()
            while at < number:
                self._walker.step()
                at += 1
            moment = self._walker.save()
            self._reached = (at, moment)
            yield number, moment, frozenset(self._walker.touched)

    def once(self, moment: Moment) -> Moment | None:
        """What the next instruction makes of a moment; nothing where it cannot be carried out."""
        self._walker.restore(moment)
        try:
            self._walker.step()
        except Fault:
            return None
        return self._walker.save()

    def _judge(self, tally: Tally, moment: Moment) -> None:
        """Lets it run on, and sees what comes of it."""
        address, machine = moment.address, self._runner
        ended = machine.run(self._end, _LIMIT)
        tally.tried += 1
        if self._has_opened():
            tally.opened += 1
            tally.where[self._image.place(address)] += 1
        elif bytes(machine.seen.device) != self._golden[0] and any(0x20 <= byte < 0x7F for byte in machine.seen.device):
            tally.stray += 1
        elif not ended:
            tally.crashed += machine.pc == -1
            tally.hung += machine.pc != -1
        elif (bytes(machine.seen.device), bytes(machine.seen.technician), machine.seen.relay) != self._golden:
            tally.changed += 1

    def skip(self, tally: Tally, moment: Moment, count: int = 1) -> None:
        """Skips the instruction, and those of an IT block each."""
        machine, address = self._runner, moment.address
        (half,) = struct.unpack("<H", machine.code(address, 2))
        after = address
        for _ in range(count):
            (now,) = struct.unpack("<H", machine.code(after, 2))
            after += size_of(now)
        machine.restore(moment)
        machine.pc = after
        self._judge(tally, moment)
        if half >> 8 != 0xBF or not half & 0xF or count > 1:
            return
        # The simulator runs an IT block as one: inside of it, what is skipped is one that does nothing.
        length = 4 - ((half & 0xF) & -(half & 0xF)).bit_length() + 1
        within = address + 2
        for _ in range(length):
            size = size_of(*struct.unpack("<H", machine.code(within, 2)))
            kept = machine.code(within, size)
            machine.restore(moment)
            machine.patch(within, _NOP if size == 2 else _WIDE_NOP)
            machine.run(FLASH, 1)
            machine.patch(within, kept)
            self._judge(tally, moment)
            within += size

    def flip(self, tally: Tally, moment: Moment, place: int, turns: Sequence[int]) -> None:
        """Turns bits before the instruction, each of these in a run of its own."""
        for bits in turns:
            self._runner.restore(moment.turned(place, bits))
            self._judge(tally, moment)

    def is_gate(self, address: int) -> bool:
        """Whether the gate's own code is there."""
        return any(part in self._image.function(address) for part in _GATE)

    def drives(self, moment: Moment) -> bool:
        """Whether the next instruction is the one that writes the relay's pin."""
        self._walker.driven = False
        self.once(moment)
        return self._walker.driven

    @staticmethod
    def live(moment: Moment) -> list[int]:
        """Registers, 0 to 12, and words of the stack that hold a deciding word at this moment."""
        found = [number for number, value in enumerate(moment.registers[:REGISTERS]) if decides(value)]
        start = moment.registers[13] & ~3
        words = struct.iter_unpack("<I", moment.ram[start - RAM :])
        return found + [start + 4 * number for number, (word,) in enumerate(words) if decides(word)]


def chosen(path: list[int], is_gate: Callable[[int], bool], small: bool) -> list[int]:
    """Which steps of a run: of each instruction the first times and the last one that it is carried out.

    The first 64 of the gate's and 16 of others; where it shall be small, two of the gate's, and one of every twelfth other.
    """
    last = {address: number for number, address in enumerate(path)}
    times: Counter[int] = Counter()
    gates = {address: is_gate(address) for address in last}
    sparse = {address for place, address in enumerate(sorted(last)) if place % 12 == 0}
    steps = []
    for number, address in enumerate(path):
        times[address] += 1
        if gates[address]:
            taken = times[address] <= (2 if small else 64) or last[address] == number
        elif small:
            taken = address in sparse and times[address] == 1
        else:
            taken = times[address] <= 16 or last[address] == number
        if taken:
            steps.append(number)
    return steps
