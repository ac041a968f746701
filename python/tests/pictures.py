"""Makes the pictures in `docs`: `make pictures`. The report's is not compared, because fonts differ from machine to machine."""

from __future__ import annotations

import subprocess
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory

from browser import Tab, browser
from conftest import COMMAND, ROOT, STORY

_TOP = {"x": 0, "y": 0, "width": 1280, "height": 1660, "scale": 0.7}


def main() -> None:
    """Writes them anew."""
    subprocess.run([COMMAND, "chart", "-o", ROOT / "docs" / "chart.svg"], check=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", folder / "key.pem"], check=True)
        subprocess.run(["openssl", "pkey", "-in", folder / "key.pem", "-pubout", "-out", folder / "key.pub"], check=True)
        kept: list[str | Path] = [COMMAND, "replay", STORY, "--log", folder, "--sign", folder / "key.pem"]
        subprocess.run(kept, check=True, stdout=subprocess.DEVNULL)
        made: list[str | Path] = [COMMAND, "report", folder / "hsm-a", "--key", folder / "key.pub", "--names", STORY, "-o", folder / "report.html"]
        subprocess.run(made, check=True)
        with browser(folder / "profile") as driven:
            tab = Tab(driven, folder / "report.html", 1280)
            answer = tab.ask("Page.captureScreenshot", clip=_TOP, captureBeyondViewport=True)
        (ROOT / "docs" / "report.png").write_bytes(b64decode(answer["data"]))


if __name__ == "__main__":
    main()
