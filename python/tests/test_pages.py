"""Every example of the documentation runs and prints what it says."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pages
import pytest
import strongroom
from conftest import COMMAND, ROOT

FOLDER = ROOT / "docs" / "python"
PAGES = sorted(FOLDER.glob("*.md"))


@pytest.mark.parametrize("page", [*PAGES, ROOT / "python" / "README.md"], ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_every_example_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("tests", "target"):
        (tmp_path / name).symlink_to(ROOT / name)
    path = f"{_pip(tmp_path / '.bin')}{os.pathsep}{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "PYTHONWARNINGS": "error", "COLUMNS": "120", "PIP_NO_INDEX": "1"}
    environment = {name: value for name, value in environment.items() if not name.startswith(("SUDO_", "STRONGROOM_"))}
    assert pages.run(page, tmp_path, environment) > 0


def _pip(folder: Path) -> Path:
    """A folder with a pip whose own warnings are no errors."""
    folder.mkdir()
    (folder / "pip").write_text(f'#!/bin/sh\nexec env -u PYTHONWARNINGS {COMMAND.parent}/pip "$@"\n')
    (folder / "pip").chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("```console\n$ echo no\nyes\n```\n", "expected:\nyes"),
        ("```console\n$ false\n```\n", "ended with 1"),
        ("```console\n$ true [4]\n```\n", "ended with 0"),
        ("```python\n>>> 1 + 1\n3\n```\n", "Expected:\n    3"),
    ],
)
def test_a_wrong_example_is_found(text: str, says: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(AssertionError, match=re.escape(says)):
        pages.run(page, tmp_path, os.environ)


def test_right_examples_run(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "```toml names.toml\na = 1\n```\n```console\n$ cat names.toml\na = ...\n$ exit 4 [4]\n```\n"
        "```python\na = 1\n```\n```python\n>>> a + 1\n2\n```\n"
    )
    assert pages.run(page, tmp_path, os.environ) == 4


def test_a_page_has_one_reader(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "```console\n$ umask 077\n$ mkdir new && cd new\n$ export WORD=kept\n$ say() { echo \"$1 $WORD\"; return 4; }\n```\n"
        "```text file\nhere\n```\n```console\n$ say is [4]\nis kept\n$ cat file && umask\nhere\n0077\n```\n"
        "```python\n>>> from pathlib import Path; Path('file').read_text()\n'here\\n'\n```\n"
    )
    assert pages.run(page, tmp_path, os.environ) == 7


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", page.read_text()):
        file, _, place = link.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), link
        if place:
            headings = re.findall(r"^#+ (.+)$", there.read_text(), re.MULTILINE)
            assert place in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}, link


def test_every_page_is_in_the_index() -> None:
    index = (FOLDER / "README.md").read_text()
    linked = set(re.findall(r"\]\((\w[\w-]*\.md)\)", index))
    assert linked == {page.name for page in PAGES} - {"README.md"}


def test_the_reference_has_every_public_name_with_what_it_is(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "pdoc", "--docformat", "google", "-o", str(tmp_path), "strongroom", "strongroom.console.events"]
    subprocess.run(command, check=True, timeout=120)
    page = (tmp_path / "strongroom.html").read_text()
    for name in strongroom.__all__:
        assert f'id="{name}"' in page, name
        value = getattr(strongroom, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), f"{name} has no docstring"
