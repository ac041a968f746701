"""Passwords that a file has: nobody else may be able to read it."""

from __future__ import annotations

from pathlib import Path

from ..exceptions import PermissionsError
from ..permissions import require_secret
from .ending import fail, fail_by


def password_of(file: Path) -> bytes:
    """The first line of `file`."""
    try:
        lines = file.read_bytes().splitlines()
        require_secret(file, "the password's file")
    except PermissionsError as error:
        fail(str(error))
    except OSError as error:
        fail_by(file, error)
    if not lines or not lines[0]:
        fail(f"{file}: it is empty; its first line is the password")
    return lines[0]
