"""Runs the README's C, Python and command lines as a reader would; its Rust is a documentation test of the host crate.

usage: readme.py LIBRARY    the static library
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def block(language: str, what: str = "") -> str:
    blocks = re.findall(rf"^```{language}\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)
    found = [block for block in blocks if what in block]
    assert len(found) == 1, f"the README has {len(found)} blocks of {language} with {what!r}, not one"
    return str(found[0])


def main(library: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, program = Path(folder, "readme.c"), Path(folder, "readme")
        source.write_text(block("c", "int main"))
        flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{ROOT / 'c-headers'}"]
        command = [os.environ.get("CC", "cc"), *flags, str(source), library, "-lpthread", "-ldl", "-lm", "-o", str(program)]
        subprocess.run(command, check=True)
        told = subprocess.run([program], check=True, capture_output=True, text=True).stdout
        assert "RECEIVED, by T01" in told and "refused by NotInChart" in told, told
    with tempfile.TemporaryDirectory() as folder:
        python = [sys.executable, "-c", block("python")]
        told = subprocess.run(python, check=True, capture_output=True, text=True, cwd=folder).stdout
    assert "RECEIVED by T01" in told and "refused by NotInChart" in told and "1 records" in told, told
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "tests").symlink_to(ROOT / "tests")
        command = ["sh", "-eu", "-c", block("sh", "openssl")]
        told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout
    for said in ("log verified: 46 records", "Approve Lockbox Request", "proved: record 35", "certificate verified: Verified"):
        assert said in told, f"{said!r} is not in {told}"
    print("README: its C, its Python and its command lines run")


if __name__ == "__main__":
    main(*sys.argv[1:])
