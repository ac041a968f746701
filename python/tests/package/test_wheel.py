"""What is in the wheel, and what comes of installing it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from abi3info import DATAS, FUNCTIONS  # pyright: ignore[reportMissingTypeStubs]  (typed, but does not say so)
from abi3info.models import Symbol  # pyright: ignore[reportMissingTypeStubs]
from archives import LICENCES, PACKAGE, built, content, metadata, names, sources
from conftest import tool

LIBRARIES = {"libc.so.6", "libgcc_s.so.1", "libm.so.6", "libpthread.so.0", "libdl.so.2", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}
"""What every Linux has (PEP 600)."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The native module, unpacked."""
    with ZipFile(built()) as archive:
        return Path(archive.extract("strongroom/_native.abi3.so", tmp_path_factory.mktemp("wheel")))


def read(library: Path, option: str) -> str:
    return subprocess.run([tool("readelf"), "--wide", option, library], capture_output=True, check=True, text=True).stdout


def test_it_holds_the_package_its_types_and_one_module_for_all_versions() -> None:
    assert "-cp311-abi3-" in built().name
    told = "strongroom-{}.dist-info".format(metadata(built())["Version"])
    assert {"strongroom/py.typed", "strongroom/_native.pyi", "strongroom/cli/__init__.py"} <= sources()
    about = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", *(f"licenses/{name}" for name in LICENCES)}
    # The list of what the module is made of, which maturin writes.
    bill = {name for name in names(built()) if name.startswith(f"{told}/sboms/")}
    assert names(built()) - bill == sources() | {"strongroom/_native.abi3.so"} | {f"{told}/{name}" for name in about}


def test_it_says_what_it_is() -> None:
    told = metadata(built())
    assert (told["Name"], told["License-Expression"], told["Requires-Python"]) == ("strongroom", "MIT OR Apache-2.0", ">=3.11")
    assert set(told.get_all("License-File", ())) == set(LICENCES)
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text())["project"]
    needs = {name: [need.replace(" ", "") for need in told.get_all(name, ())] for name in ("Requires-Dist", "Classifier")}
    assert sorted(needs["Requires-Dist"]) == sorted(project["dependencies"])
    assert sorted(needs["Classifier"]) == sorted(each.replace(" ", "") for each in project["classifiers"])
    assert b"strongroom=strongroom.cli:main" in content(built(), "entry_points.txt").replace(b" ", b"")
    for name in LICENCES:
        assert content(built(), f"licenses/{name}") == (PACKAGE.parent / name).read_bytes()


def test_its_page_is_the_readme() -> None:
    told = metadata(built())
    _, _, readme = content(built(), "METADATA").decode().partition("\n\n")
    assert told["Description-Content-Type"].startswith("text/markdown")
    assert readme.strip() == (PACKAGE / "README.md").read_text().strip()
    assert re.findall(r"\]\((?!https?://|#)", readme) == [], "a link that leads nowhere from an index's page"


def test_it_needs_nothing_that_a_linux_lacks(library: Path) -> None:
    dynamic = read(library, "--dynamic")
    assert set(re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic)) <= LIBRARIES
    assert not re.search(r"\((RPATH|RUNPATH|TEXTREL)\)", dynamic) and "BIND_NOW" in dynamic
    assert "GNU_STACK      0x000000 0x0000000000000000 0x0000000000000000 0x000000 0x000000 RW " in read(library, "--program-headers")


def test_it_exports_nothing_but_its_entry(library: Path) -> None:
    exported = {line.split()[7] for line in read(library, "--dyn-syms").splitlines() if " GLOBAL " in line and " UND " not in line}
    assert exported == {"PyInit__native"}


def test_every_version_has_what_it_asks_of_python(library: Path) -> None:
    asked = set(re.findall(r" UND (_?Py\w+)", read(library, "--dyn-syms")))
    assert len(asked) > 50
    since = {name: FUNCTIONS.get(Symbol(name)) or DATAS.get(Symbol(name)) for name in asked}
    assert [name for name, known in since.items() if known is None] == []
    assert [name for name, known in since.items() if known is not None and (known.added.major, known.added.minor) > (3, 11)] == []


def test_it_installs_into_an_empty_environment(tmp_path: Path) -> None:
    home = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True, timeout=120)
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", home / "bin" / "python", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", built()], check=True, timeout=300)
    version = metadata(built())["Version"]
    told = subprocess.run([home / "bin" / "strongroom", "--version"], capture_output=True, check=True, cwd=tmp_path, text=True)
    assert told.stdout.strip().endswith(version)
    ask = "import strongroom; print(strongroom.__version__, strongroom.Replay.__name__, len(strongroom.RULES) > 100)"
    told = subprocess.run([home / "bin" / "python", "-W", "error", "-c", ask], capture_output=True, check=True, cwd=tmp_path, text=True)
    assert told.stdout == f"{version} Replay True\n"
    subprocess.run([*pip, "check"], check=True)


def test_its_size(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{built().name}: {built().stat().st_size / 1e6:.2f} MB, its native module {library.stat().st_size / 1e6:.2f} MB")
    assert built().stat().st_size < 4e6
