"""What is in the wheel."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

from conftest import ROOT


def wheel() -> Path:
    """The wheel that was built last: in `$STRONGROOM_WHEELS`, or where `make` puts it."""
    folder = Path(os.environ.get("STRONGROOM_WHEELS", ROOT / "target" / "wheels"))
    wheels = sorted(folder.glob("strongroom-*.whl"), key=lambda path: path.stat().st_mtime)
    assert wheels, f"no wheel in {folder}; build it with `make wheel`"
    return wheels[-1]


def test_it_holds_the_package_its_types_and_one_module_for_all_versions() -> None:
    assert "-cp311-abi3-" in wheel().name
    with ZipFile(wheel()) as archive:
        names = set(archive.namelist())
    suffixes = {".py", ".pyi", ".typed", ".html", ".css"}
    source = ROOT / "python" / "strongroom"
    package = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.suffix in suffixes}
    assert {"py.typed", "_native.pyi", "__init__.py", "report/templates/report.html", "report/templates/report.css"} <= package
    assert {f"strongroom/{name}" for name in package} | {"strongroom/_native.abi3.so"} <= names
    assert all(Path(name).suffix in suffixes | {".so"} for name in names if name.startswith("strongroom/"))


def test_it_brings_the_command() -> None:
    with ZipFile(wheel()) as archive:
        (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert b"strongroom=strongroom.cli:main" in archive.read(entry_points).replace(b" ", b"")
