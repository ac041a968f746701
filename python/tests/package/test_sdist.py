"""What is in the sdist, and that a wheel comes of it and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from archives import LICENCES, built, metadata, names, sources
from conftest import ROOT

SCRIPTS = sysconfig.get_path("scripts")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked."""
    out = tmp_path_factory.mktemp("sdist")
    command: list[str | Path] = [f"{SCRIPTS}/maturin", "sdist", "-m", ROOT / "python" / "Cargo.toml", "--out", out]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    (archive,) = out.iterdir()
    with tarfile.open(archive) as packed:
        packed.extractall(out, filter="data")
    archive.unlink()
    (folder,) = out.iterdir()
    return folder


def locked(folder: Path) -> set[tuple[str, str]]:
    """Names and versions of what is locked."""
    content: dict[str, Any] = tomllib.loads((folder / "Cargo.lock").read_text())
    return {(package["name"], package["version"]) for package in content["package"]}


def test_it_holds_what_a_build_needs_and_nothing_else(sdist: Path) -> None:
    expected = {"Cargo.lock", "Cargo.toml", "PKG-INFO", "README.md", "pyproject.toml", "python/README.md", *LICENCES, *sources()}
    expected |= {f"python/{name}" for name in LICENCES}
    for member in ("core", "host", "host/lanes", "python"):
        rust = (ROOT / member / "src").rglob("*.rs")
        expected |= {f"{member}/Cargo.toml", *(path.relative_to(ROOT).as_posix() for path in rust)}
    assert {path.relative_to(sdist).as_posix() for path in sdist.rglob("*") if path.is_file()} == expected
    for name in LICENCES:
        assert (sdist / name).read_bytes() == (ROOT / name).read_bytes()


def test_a_wheel_is_built_from_it_alone(sdist: Path, tmp_path: Path) -> None:
    """As pip builds it, but for optimization, which takes its time."""
    environment = {
        **os.environ,
        "PATH": f"{SCRIPTS}:{os.environ['PATH']}",
        "CARGO_TARGET_DIR": str(Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "package"),
    }
    before = locked(sdist)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"]
    options: list[str | Path] = ["--no-cache-dir", "--config-settings", "build-args=--profile dev", "--wheel-dir", tmp_path / "wheels", sdist]
    made = subprocess.run([*build, *options], capture_output=True, check=False, cwd=tmp_path, env=environment, text=True, timeout=600)
    assert made.returncode == 0, made.stdout + made.stderr
    (wheel,) = (tmp_path / "wheels").iterdir()
    bill = "strongroom-{}.dist-info/sboms/".format(metadata(wheel)["Version"])
    assert {name for name in names(wheel) if not name.startswith(bill)} == {name for name in names(built()) if not name.startswith(bill)}
    assert metadata(wheel).as_bytes() == metadata(built()).as_bytes()
    assert locked(sdist) <= before, "cargo chose another version than the one that is locked"
