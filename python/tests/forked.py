"""The command in a process of its own that need not begin by loading Python: a fork of the tests'."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from strongroom.cli import main

SECONDS = 60
"""How long it may take."""


def run(arguments: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Runs it with no input, with warnings as errors and in UTF-8.

    What the interpreter makes of its environment as it begins, the tests' own has made of theirs: for that, begin one.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = os.fork()
        if process == 0:
            _become(arguments, folder, environment, out.fileno(), err.fileno())
        _, status = os.waitpid(process, 0)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(["strongroom", *arguments], os.waitstatus_to_exitcode(status), out.read(), err.read())


def _become(arguments: list[str], folder: Path, environment: Mapping[str, str], out: int, err: int) -> NoReturn:
    code = 1
    try:
        signal.alarm(SECONDS)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["strongroom", *arguments]
        sys.stdin = os.fdopen(0, encoding="utf-8")
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape")
        sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", errors="backslashreplace")
        warnings.simplefilter("error")
        try:
            main(prog_name="strongroom")
        except SystemExit as end:
            code = _code(end)
        except BaseException:  # noqa: BLE001  (as the interpreter would)
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _code(end: SystemExit) -> int:
    if end.code is None or isinstance(end.code, int):
        return end.code or 0
    print(end.code, file=sys.stderr)
    return 1
