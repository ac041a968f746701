"""Who else could have written a file: what a host's file permissions can be trusted for, and no more.

Who can write the journal, or the directory that says who is who, can be anybody. So both have to be the own account's or
root's, writable by nobody else, in folders of which the same holds; a folder with the sticky bit, such as `/tmp`, keeps
others from replacing what is not theirs. This says nothing about root, about who can write the disk without the operating
system, or about access control lists that widen a file's mode.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .exceptions import PermissionsError

_ROOT = 0
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OTHERS_READ = stat.S_IRGRP | stat.S_IROTH


def require_unforgeable(path: Path, what: str) -> None:
    """Raises `PermissionsError` where somebody else could have written `path` or put another file in its place.

    A file that is not there is no error: then only its folders are looked at.
    """
    whole = _real(path)
    if whole.exists():
        _require(whole, what, _OTHERS_WRITE)
    for folder in whole.parents:
        status = folder.stat()
        if status.st_mode & stat.S_ISVTX and status.st_uid in (_ROOT, os.geteuid()):
            continue
        _require(folder, f"the folder of {what}" if folder == whole.parent else f"a folder above {what}", _OTHERS_WRITE)


def require_secret(path: Path, what: str) -> None:
    """Raises `PermissionsError` where somebody else could have read or written `path`."""
    _require(_real(path), what, _OTHERS_WRITE | _OTHERS_READ)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _require(path: Path, what: str, forbidden: int) -> None:
    status = path.stat()
    if status.st_uid not in (_ROOT, os.geteuid()):
        owner = account_name(status.st_uid)
        raise PermissionsError(f"{path}: {what} belongs to {owner}, who could write it; make it yours or root's: chown {account_name(os.geteuid())} {path}")
    if status.st_mode & forbidden:
        does = "read" if forbidden & _OTHERS_READ else "write"
        remedy = "go-rwx" if does == "read" else "go-w"
        raise PermissionsError(f"{path}: others can {does} {what} (mode {stat.S_IMODE(status.st_mode):04o}); chmod {remedy} {path}")


def account_name(uid: int) -> str:
    """The name of an account of the operating system, or its number where it has none."""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
