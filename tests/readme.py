"""Runs the README's C and Python as a reader would; its Rust is a documentation test of the host crate.

usage: readme.py LIBRARY WIRE    the static library, and a story in the wire form for the C program
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def block(language: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)
    assert len(found) == 1, f"the README has {len(found)} blocks of {language}, not one"
    return str(found[0])


def main(library: str, wire: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, program = Path(folder, "readme.c"), Path(folder, "readme")
        source.write_text(block("c"))
        flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{ROOT / 'c-headers'}"]
        command = [os.environ.get("CC", "cc"), *flags, str(source), library, "-lpthread", "-ldl", "-lm", "-o", str(program)]
        subprocess.run(command, check=True)
        with open(wire, "rb") as frames:
            told = subprocess.run([program], stdin=frames, check=True, capture_output=True, text=True).stdout
        assert "refused by NotOneself" in told, told
    told = subprocess.run([sys.executable, "-c", block("python")], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    assert "refused by NotOneself" in told and "lifecycle" in told, told
    print("README: its C and its Python run")


if __name__ == "__main__":
    main(*sys.argv[1:])
