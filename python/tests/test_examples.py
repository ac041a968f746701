"""The examples in the library's documentation do what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from io import StringIO
from pathlib import Path

import pytest
import strongroom

MODULES = ["strongroom", *(f"strongroom.{each.name}" for each in pkgutil.iter_modules(strongroom.__path__) if each.name[0] != "_")]


def test_every_example_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_examples: list[str] = []
    for name in MODULES:
        module = importlib.import_module(name)
        for number, test in enumerate(doctest.DocTestFinder(exclude_empty=True).find(module, name)):
            if test.examples:
                folder = tmp_path / f"{name}-{number}"
                folder.mkdir()
                monkeypatch.chdir(folder)
                told = StringIO()
                assert doctest.DocTestRunner().run(test, out=told.write).failed == 0, told.getvalue()
                with_examples.append(test.name)
    assert {"strongroom", "strongroom.jit", "strongroom.room.Strongroom"} <= set(with_examples)
