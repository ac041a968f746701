"""Keys of parties at a board: 32 bytes, in files of their own as 64 hexadecimal digits."""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path

from ..exceptions import KeyFormatError, PermissionsError
from ..permissions import require_secret

KEY_BYTES = 32
"""Of a party's key, and of the seed of a device's signing key."""


def make_key() -> bytes:
    """A key of the operating system's randomness."""
    return os.urandom(KEY_BYTES)


def read_key(path: str | PathLike[str]) -> bytes:
    """The key in a file that nobody else can read: 64 hexadecimal digits, or the 32 bytes themselves.

    Raises `PermissionsError`, `KeyFormatError`, and `OSError` where the file cannot be read.
    """
    file = Path(path)
    require_secret(file, "the key")
    if not file.is_file():
        raise PermissionsError(f"{file}: the key is no file; put one there")
    data = file.read_bytes()
    if len(data) == KEY_BYTES:
        return data
    try:
        key = bytes.fromhex(data.decode())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFormatError(f"{file}: this is no party's key; it has {2 * KEY_BYTES} hexadecimal digits, as strongroom board key writes it")
    return key


def write_key(path: str | PathLike[str], key: bytes) -> None:
    """Writes a key into a new file that nobody else can read. Raises `OSError`, also where the file is there already."""
    # No other process may open it, not even for a moment.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{key.hex()}\n")
        file.flush()
        os.fsync(descriptor)
