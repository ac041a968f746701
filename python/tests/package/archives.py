"""Wheels and sdists as the tests look at them."""

from __future__ import annotations

import os
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from zipfile import ZipFile

from conftest import ROOT

PACKAGE = ROOT / "python"
LICENCES = ("LICENSE-APACHE", "LICENSE-MIT")


def built(folder: Path = ROOT / "target" / "wheels") -> Path:
    """The wheel that was built last: in `$STRONGROOM_WHEELS`, or where `make` puts it."""
    folder = Path(os.environ.get("STRONGROOM_WHEELS", folder))
    wheels = sorted(folder.glob("strongroom-*.whl"), key=lambda path: path.stat().st_mtime)
    assert wheels, f"no wheel in {folder}; build it with `make wheel`"
    return wheels[-1]


def sources() -> set[str]:
    """The package's own files, as they are checked in."""
    files = (path for path in (PACKAGE / "strongroom").rglob("*") if path.is_file())
    return {path.relative_to(PACKAGE).as_posix() for path in files if path.suffix not in (".pyc", ".so")}


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def metadata(wheel: Path) -> Message:
    return message_from_bytes(content(wheel, "METADATA"))


def content(wheel: Path, name: str) -> bytes:
    """A file of the folder that tells about the wheel."""
    with ZipFile(wheel) as archive:
        return archive.read(next(each for each in archive.namelist() if each.endswith(f".dist-info/{name}")))
