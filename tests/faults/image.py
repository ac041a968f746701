"""An ELF image: what is loaded where, and the names of its functions."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LOAD = 1
_SYMBOLS = 2
_FUNCTION = 2


@dataclass(frozen=True)
class Image:
    """What a debugger would load."""

    segments: tuple[tuple[int, bytes], ...]
    symbols: dict[str, int]
    _starts: tuple[int, ...]
    _names: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Image:
        """Reads a little-endian ELF of 32 bits."""
        elf = path.read_bytes()
        programs, sections = struct.unpack_from("<II", elf, 28)
        program_size, programs_count, section_size, sections_count = struct.unpack_from("<HHHH", elf, 42)
        segments = []
        for number in range(programs_count):
            kind, offset, _, address, size = struct.unpack_from("<5I", elf, programs + number * program_size)
            if kind == _LOAD and size:
                segments.append((address, elf[offset : offset + size]))
        symbols: dict[str, int] = {}
        functions: dict[int, str] = {}
        headers = [struct.unpack_from("<10I", elf, sections + number * section_size) for number in range(sections_count)]
        for header in headers:
            if header[1] != _SYMBOLS:
                continue
            names = headers[header[6]][4]
            for at in range(header[4], header[4] + header[5], 16):
                name_at, value, _, info = struct.unpack_from("<IIIB", elf, at)
                name = elf[names + name_at : elf.index(b"\0", names + name_at)].decode()
                if info & 0xF == _FUNCTION:
                    functions[value & ~1] = name
                    symbols[name] = value & ~1
                elif name:
                    symbols.setdefault(name, value)
        starts = tuple(sorted(functions))
        return cls(tuple(segments), symbols, starts, tuple(functions[start] for start in starts))

    def function(self, address: int) -> str:
        """The mangled name of the function that an instruction is in."""
        place = bisect_right(self._starts, address)
        return self._names[place - 1] if place else "?"

    def place(self, address: int) -> str:
        """The same for people: the last words of the name, and how far in."""
        place = bisect_right(self._starts, address)
        words = [word for word in re.findall(r"\d+([A-Za-z_][A-Za-z_0-9]*)", self.function(address)) if "strongroom" not in word]
        return f"{'::'.join(words[:4]) or self.function(address)}+{address - self._starts[place - 1]:#x}"
