"""A real browser, headless, driven over its DevTools pipe: two file descriptors and JSON, no further package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)

_LAUNCH = """
import os, sys
theirs, mine = (os.dup(int(number)) for number in sys.argv[1:3])
while min(theirs, mine) < 5:
    theirs, mine = os.dup(theirs), os.dup(mine)
os.dup2(theirs, 3)
os.dup2(mine, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""The browser reads commands from descriptor 3 and answers on 4."""


class Browser:
    """One browser process."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = os.fdopen(commands, "wb", buffering=0)
        self._answers = os.fdopen(answers, "rb", buffering=0)
        self._left = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        """What the browser answers; what it tells besides goes to `events`."""
        self._number += 1
        told: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            told["sessionId"] = session
        self._commands.write(json.dumps(told).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def wait_for(self, method: str) -> None:
        """Reads on until the browser has told that."""
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._read())

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            piece = os.read(self._answers.fileno(), 1 << 16)
            assert piece, "the browser is gone"
            self._left += piece
        message, _, self._left = self._left.partition(b"\0")
        told: dict[str, Any] = json.loads(message)
        return told

    def close(self) -> None:
        """Lets go of it."""
        self._commands.close()
        self._answers.close()


class Tab:
    """One page, as wide as asked for."""

    def __init__(self, browser: Browser, file: Path, width: int, scheme: str = "light") -> None:
        self._browser = browser
        browser.events.clear()
        target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.events.clear()
        self.ask("Page.navigate", url=file.as_uri())
        browser.wait_for("Page.loadEventFired")

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """What the page answers."""
        return self._browser.ask(method, self._session, **parameters)

    def evaluate(self, script: str) -> Any:
        """What comes of a script, which the page itself could not run."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    @property
    def complaints(self) -> list[str]:
        """What the console says."""
        methods = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        return [json.dumps(event["params"]) for event in self._browser.events if event.get("method") in methods]

    @property
    def requests(self) -> list[str]:
        """Everything that was asked for."""
        return [event["params"]["request"]["url"] for event in self._browser.events if event.get("method") == "Network.requestWillBeSent"]

    def screenshot(self, file: Path) -> None:
        """The whole page as a PNG."""
        answer = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(b64decode(answer["data"]))

    def pdf(self, file: Path) -> None:
        """The page as it is printed."""
        answer = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        file.write_bytes(b64decode(answer["data"]))


@contextmanager
def browser(profile: Path) -> Generator[Browser]:
    """A browser that ends with the block. Where there is none the test is skipped, or fails under STRONGROOM_REQUIRE_ALL=1."""
    found = program("chromium")
    theirs, commands = os.pipe()
    answers, mine = os.pipe()
    launch = [sys.executable, "-c", _LAUNCH, str(theirs), str(mine), found, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(launch, pass_fds=(theirs, mine), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(theirs)
    os.close(mine)
    driven = Browser(commands, answers)
    try:
        yield driven
        driven.ask("Browser.close")
        process.wait(20)
    finally:
        driven.close()
        process.kill()
        process.wait()


def program(name: str) -> str:
    """Where a program is that a test needs."""
    found = shutil.which(name)
    if found is None:
        message = f"{name} is not installed; on Debian: apt-get install {'poppler-utils' if name.startswith('pdf') else name}"
        if os.environ.get("STRONGROOM_REQUIRE_ALL") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return found
