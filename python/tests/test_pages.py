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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_example_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "PYTHONWARNINGS": "error", "COLUMNS": "120"}
    assert pages.run(page, tmp_path, environment) > 0


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


def test_every_page_is_in_the_index() -> None:
    index = (FOLDER / "README.md").read_text()
    linked = set(re.findall(r"\]\((\w[\w-]*\.md)\)", index))
    assert linked == {page.name for page in PAGES} - {"README.md"}


def test_the_reference_has_every_public_name_with_what_it_is(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "pdoc", "--docformat", "google", "-o", str(tmp_path), "strongroom", "strongroom.console_events"]
    subprocess.run(command, check=True, timeout=120)
    page = (tmp_path / "strongroom.html").read_text()
    for name in strongroom.__all__:
        assert f'id="{name}"' in page, name
        value = getattr(strongroom, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), f"{name} has no docstring"
