"""A Cortex-M3 with the parts of the board that something opens at: the relay's pin and the serial lines."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from unicorn.arm_const import (
    UC_ARM_REG_LR,
    UC_ARM_REG_PC,
    UC_ARM_REG_PRIMASK,
    UC_ARM_REG_R0,
    UC_ARM_REG_SP,
    UC_ARM_REG_XPSR,
    UC_CPU_ARM_CORTEX_M3,
)
from unicorn.unicorn_const import (
    UC_ARCH_ARM,
    UC_HOOK_MEM_READ,
    UC_HOOK_MEM_WRITE,
    UC_MODE_MCLASS,
    UC_MODE_THUMB,
    UC_PROT_EXEC,
    UC_PROT_READ,
)

if TYPE_CHECKING:
    from image import Image

# It has no types.
_unicorn: Any = import_module("unicorn")
Fault: type[Exception] = _unicorn.UcError

FLASH = 256 * 1024
RAM, RAM_SIZE = 0x2000_0000, 64 * 1024
HOST, DEVICE, TECHNICIAN, RELAY = 0x4000_C000, 0x4000_D000, 0x4000_E000, 0x4002_5000
PAGE = 0x1000
_FLAGS, _NOTHING_CAME = 0x18, 0x10
_RELAY_DATA = 0x400
# r0 to r12.
REGISTERS = 13
_ALL = (*range(UC_ARM_REG_R0, UC_ARM_REG_R0 + REGISTERS), UC_ARM_REG_SP, UC_ARM_REG_LR, UC_ARM_REG_XPSR, UC_ARM_REG_PRIMASK)
# Enough for the start of the image: what is longer hangs.
_LIMIT = 100_000_000


@dataclass
class Seen:
    """What is seen from outside."""

    device: bytearray = field(default_factory=bytearray)
    technician: bytearray = field(default_factory=bytearray)
    relay: bool = False
    raised: int = 0
    """How often the relay's pin rose."""


@dataclass(frozen=True)
class Moment:
    """All of the machine, between two instructions and outside of an IT block."""

    address: int
    registers: tuple[int, ...]
    ram: bytes
    device: bytes
    technician: bytes
    relay: bool
    raised: int

    def word(self, place: int) -> int:
        """A register, 0 to 12, or a word of RAM."""
        if place < REGISTERS:
            return self.registers[place]
        return int.from_bytes(self.ram[place - RAM : place - RAM + 4], "little")

    def turned(self, place: int, bits: int) -> Moment:
        """The same with some of a word's bits turned."""
        word = self.word(place) ^ bits
        if place < REGISTERS:
            return replace(self, registers=(*self.registers[:place], word, *self.registers[place + 1 :]))
        at = place - RAM
        return replace(self, ram=self.ram[:at] + word.to_bytes(4, "little") + self.ram[at + 4 :])


class Machine:
    """Runs an image, or goes along it instruction by instruction.

    Use one for either: what was translated to be run is not gone along in single steps.
    """

    def __init__(self, image: Image, situation: int) -> None:
        self.seen = Seen()
        self.touched: set[int] = set()
        self.driven = False
        self._situation = situation
        self._uc = _unicorn.Uc(UC_ARCH_ARM, UC_MODE_THUMB | UC_MODE_MCLASS)
        self._uc.ctl_set_cpu_model(UC_CPU_ARM_CORTEX_M3)
        # Flash cannot be written: a stray write there is a bus fault, as on the chip.
        self._uc.mem_map(0, FLASH, UC_PROT_READ | UC_PROT_EXEC)
        self._uc.mem_map(RAM, RAM_SIZE)
        for address, content in image.segments:
            self._uc.mem_write(address, content)
        for base in (HOST, DEVICE, TECHNICIAN, RELAY):
            self._uc.mmio_map(base, PAGE, self._read, base, self._write, base)
        stack, start = struct.unpack("<II", self._uc.mem_read(0, 8))
        self.pc: int = start
        self._uc.reg_write(UC_ARM_REG_SP, stack)

    def _read(self, _: object, offset: int, __: int, base: int) -> int:
        if base == RELAY:
            return int(self.seen.relay) & offset >> 2 if offset < _RELAY_DATA else 0
        if offset == _FLAGS:
            return _NOTHING_CAME
        return self._situation if base == HOST and offset == 0 else 0

    def _write(self, _: object, offset: int, __: int, value: int, base: int) -> None:
        if base == RELAY:
            # Bits 2 to 9 of the address say which pins are meant.
            if offset < _RELAY_DATA and offset >> 2 & 1:
                self.driven = True
                self.seen.raised += (value & 1) > self.seen.relay
                self.seen.relay = bool(value & 1)
        elif offset == 0 and base == DEVICE:
            self.seen.device.append(value & 0xFF)
        elif offset == 0 and base == TECHNICIAN:
            self.seen.technician.append(value & 0xFF)

    def run(self, until: int, limit: int = _LIMIT) -> bool:
        """Runs on; whether it came to `until` within so many instructions."""
        try:
            self._uc.emu_start(self.pc | 1, until, count=limit)
        except Fault:
            self.pc = -1
            return False
        self.pc = int(self._uc.reg_read(UC_ARM_REG_PC))
        return self.pc == until

    def step(self) -> int:
        """Carries out one instruction, or a whole IT block; the address of the next one."""
        self._uc.emu_start(self.pc | 1, FLASH - 2, count=1)
        self.pc = int(self._uc.reg_read(UC_ARM_REG_PC))
        return self.pc

    def leave(self) -> None:
        """Returns from a function that has just been entered. From here on it is gone along, or run."""
        self.pc = self._uc.reg_read(UC_ARM_REG_LR) & ~1
        self._uc.ctl_flush_tb()

    def watch(self) -> None:
        """From here on remembers the words of RAM that are read or written."""

        def see(_: object, __: int, address: int, size: int, ___: int, ____: object) -> None:
            self.touched.update(range(address & ~3, address + size, 4))

        self._uc.hook_add(UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, see, None, RAM, RAM + RAM_SIZE - 1)

    def save(self) -> Moment:
        """Keeps this moment."""
        seen = self.seen
        registers = tuple(self._uc.reg_read(register) for register in _ALL)
        ram = bytes(self._uc.mem_read(RAM, RAM_SIZE))
        return Moment(self.pc, registers, ram, bytes(seen.device), bytes(seen.technician), seen.relay, seen.raised)

    def restore(self, moment: Moment) -> None:
        """Goes to a moment, of this machine or another one with the same image."""
        self.pc = moment.address
        for register, value in zip(_ALL, moment.registers, strict=True):
            self._uc.reg_write(register, value)
        self._uc.mem_write(RAM, moment.ram)
        self.seen = Seen(bytearray(moment.device), bytearray(moment.technician), moment.relay, moment.raised)

    def code(self, address: int, size: int) -> bytes:
        """Bytes of an instruction."""
        return bytes(self._uc.mem_read(address, size))

    def patch(self, address: int, code: bytes) -> None:
        """Puts other instructions into the flash."""
        self._uc.mem_write(address, code)
        self._uc.ctl_remove_cache(address & ~0xF, (address & ~0xF) + 32)
