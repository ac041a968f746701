"""Who else could have written a file: what a host's file permissions can be trusted for, and no more.

Who can write the journal, or the directory that says who is who, can be anybody. So both have to be the own account's or
root's, writable by nobody else, in folders of which the same holds; a folder with the sticky bit, such as `/tmp`, keeps
others from replacing what is not theirs. This says nothing about root, about who can write the disk without the operating
system, or about access control lists that widen a file's mode.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from .exceptions import PermissionsError

_ROOT = 0
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OTHERS_READ = stat.S_IRGRP | stat.S_IROTH
_LONGEST = 4_096
"""Parts of a path, with those of its links; a ring of links has no end."""


def require_unforgeable(path: Path, what: str) -> None:
    """Raises `PermissionsError` where somebody else could have written `path` or put another file in its place.

    A file that is not there is no error: then only its folders are looked at. Not even a sticky bit keeps others from
    putting one there.
    """
    whole = _real(path)
    for folder, entry in _way(path):
        status = folder.stat()
        if status.st_mode & stat.S_ISVTX and status.st_uid in (_ROOT, os.geteuid()):
            _require_there(folder, entry, what)
        else:
            _require(folder, f"the folder of {what}" if folder == whole.parent else f"a folder above {what}", _OTHERS_WRITE)
    if whole.exists():
        if not (whole.is_file() or whole.is_dir()):
            # A pipe would keep whoever reads it, and with them all who wait for the journal.
            raise PermissionsError(f"{path}: {what} is no file; put one there")
        _require(whole, what, _OTHERS_WRITE)


def _require_there(folder: Path, entry: Path, what: str) -> None:
    """What stands in a sticky folder is safe from all but its owner; what is not there, anybody can put there."""
    if not folder.stat().st_mode & _OTHERS_WRITE:
        return
    try:
        owner = entry.lstat().st_uid
    except FileNotFoundError:
        raise PermissionsError(f"{entry}: everybody can put {what} there, in {folder}; keep it in a folder of your own") from None
    if owner not in (_ROOT, os.geteuid()):
        raise PermissionsError(f"{entry}: {what} belongs to {account_name(owner)}, who could replace it; keep it in a folder of your own")


def _way(path: Path) -> Iterator[tuple[Path, Path]]:
    """Every folder that leads to `path`, with the entry in it that is taken: of links, too."""
    # As the kernel goes, to whom `link/..` is the folder above what the link leads to.
    left = list(reversed((Path.cwd() / path).parts))
    at = Path(left.pop())
    for _ in range(_LONGEST):
        if not left:
            return
        name = left.pop()
        if name == "..":
            # What was gone so far is no link any more.
            at = at.parent
            continue
        entry = at / name
        yield at, entry
        if not entry.is_symlink():
            at = entry
            continue
        aim = entry.readlink()
        if aim.is_absolute():
            at = Path(aim.anchor)
        left += reversed([part for part in aim.parts if part != aim.anchor])
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))


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
