"""The wheel for a free-threaded interpreter: built for every machine, and run where there is such an interpreter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest
from archives import names, sources
from conftest import ROOT, tool

INTERPRETER = os.environ.get("FREE_THREADED", "python3.14t")
MODULE = "strongroom/_native.cpython-314t-{}.so"

LOOK = """
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>

/* `PyModuleDef` of a free-threaded build, whose objects begin with 32 bytes. */
struct slot { int id; void *value; };
struct definition { char base[32 + 24]; const char *name; const char *doc; intptr_t size; void *methods; struct slot *slots; };

int main(int count, char **arguments)
{
    void *library = dlopen(arguments[count - 1], RTLD_NOW);
    if (!library)
        return fprintf(stderr, "%s\\n", dlerror()), 1;
    struct definition *(*begin)(void) = dlsym(library, "PyInit__native");
    struct definition *definition = begin();
    printf("%s", definition->name);
    for (struct slot *slot = definition->slots; slot->id; slot++)
        if (slot->id != 2) /* Py_mod_exec has an address */
            printf(" %d=%lu", slot->id, (unsigned long)(uintptr_t)slot->value);
}
"""
"""Prints a module's slots: by CPython's moduleobject.h, 4=1 is `Py_mod_gil` with `Py_MOD_GIL_NOT_USED`."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("free-threaded")
    command: list[str | Path] = [ROOT / "python" / "free-threaded.sh", sysconfig.get_path("scripts"), out, "--profile", "dev"]
    made = subprocess.run(command, capture_output=True, check=False, text=True, timeout=600)
    assert made.returncode == 0, made.stderr
    (wheel,) = out.iterdir()
    return wheel


def test_it_is_for_that_version_and_holds_the_same_package(wheel: Path) -> None:
    assert "-cp314-cp314t-" in wheel.name
    (library,) = (name for name in names(wheel) if name.endswith(".so"))
    assert re.fullmatch(re.escape(MODULE).replace(r"\{\}", r"[\w-]+"), library)
    assert {name for name in names(wheel) if ".dist-info/" not in name} == sources() | {library}


def test_its_module_says_that_it_needs_no_lock(wheel: Path, tmp_path: Path) -> None:
    """Its definition is read out of it: every function of Python that it asks for is a dummy, but for the one that it is told by."""
    with ZipFile(wheel) as archive:
        library = archive.extract(next(name for name in archive.namelist() if name.endswith(".so")), tmp_path)
    symbols = subprocess.run([tool("readelf"), "--wide", "--dyn-syms", library], capture_output=True, check=True, text=True).stdout
    asked = sorted({*re.findall(r" UND (_?Py\w+)", symbols), "PyModuleDef_Init"})
    dummies = [f"void *{name}[8];" if name != "PyModuleDef_Init" else f"void *{name}(void *it) {{ return it; }}" for name in asked]
    (tmp_path / "look.c").write_text("\n".join((LOOK, *dummies)))
    subprocess.run([tool("cc"), "-rdynamic", "-o", tmp_path / "look", tmp_path / "look.c", "-ldl"], check=True)
    told = subprocess.run([tmp_path / "look", library], capture_output=True, check=False, text=True)
    assert (told.returncode, told.stderr) == (0, "") and "4=1" in told.stdout.split()[1:], told.stdout
    assert told.stdout.startswith("_native ")


def test_it_runs_without_a_lock(wheel: Path, tmp_path: Path) -> None:
    if shutil.which(INTERPRETER) is None:
        pytest.skip(f"not run: no {INTERPRETER} here")
    subprocess.run([INTERPRETER, "-m", "venv", tmp_path / "venv"], check=True, timeout=120)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True, timeout=300)
    ask = "import sys, strongroom; print(sys._is_gil_enabled(), strongroom.Strongroom.__name__)"
    told = subprocess.run([python, "-W", "error", "-c", ask], capture_output=True, check=True, cwd=tmp_path, text=True)
    assert told.stdout == "False Strongroom\n"
