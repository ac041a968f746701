"""What all tests share: the story, a small scenario to break, and the command as a real process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import forked
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import HealthCheck, Phase, settings

# Python's part of `make test` is the same in every run; `make soak-python` goes on for as long as it is told.
settings.register_profile(
    "test",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much),
    report_multiple_bugs=False,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    max_examples=50,
)
settings.register_profile(
    "soak",
    settings.get_profile("test"),
    derandomize=False,
    print_blob=True,
    max_examples=int(os.environ.get("STRONGROOM_EXAMPLES", "3000")),
)
settings.register_profile("raw", settings.get_profile("test"), phases=(Phase.generate,))
settings.load_profile(os.environ.get("STRONGROOM_HYPOTHESIS", "test"))

ROOT = Path(__file__).resolve().parents[2]
STORY = ROOT / "tests" / "scenarios" / "lease.jsonl"
TRANSCRIPTS = ROOT / "tests" / "console" / "luna-7.2"
COMMAND = Path(sysconfig.get_path("scripts")) / "strongroom"

NORTH = "b0000000-0000-4000-8000-000000000001"
HEADER = {
    "strongroom": 1,
    "title": "A small one",
    "organisations": {"north": NORTH, "luna": "d0000000-0000-4000-8000-000000000001"},
    "people": {
        "hana": {"party": "provider", "role": "Hands", "organisation": "north", "id": "b0000000-0000-4000-8000-0000000000b1"},
        "pia": {"party": "provider", "role": "Pool", "organisation": "north", "id": "b0000000-0000-4000-8000-0000000000b2"},
    },
    "engines": {"hsm-a": {"serial": "700022", "provider": "@north", "vendor": "@luna", "deployment": "firmware"}},
}
ARRIVAL = {"at": "2026-01-05T08:00:00Z", "by": "hana", "do": "arrive", "serial": "700022"}


class Validator(Protocol):
    """A JSON Schema; what a value is checked against is its own."""

    def validate(self, instance: Any) -> None: ...

    def is_valid(self, instance: Any) -> bool: ...


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def scenario(*lines: object, header: object = HEADER) -> str:
    """The text of a scenario; a line that is a text already stays as it is."""
    return "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in (header, *lines))


def tool(name: str) -> str:
    """The path of a program; where there is none, the test is skipped, or fails if everything has to be tested."""
    path = shutil.which(name)
    if path is None:
        (pytest.fail if os.environ.get("STRONGROOM_REQUIRE_ALL") == "1" else pytest.skip)(f"no {name} here")
    return path

@pytest.fixture(scope="session")
def signing_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key that signs logs; the public one is beside it, in `key.pub`."""
    key = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
    folder = tmp_path_factory.mktemp("key")
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "key.pub").write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return folder / "key.pem"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command in an empty folder, with Python's warnings as errors.

    With an environment a new interpreter begins, since it looks at that; else a fork does, which is there ten times as soon.
    """

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
        inherited = {**os.environ, "PYTHONWARNINGS": "error", "PYTHONUTF8": "1", **environment}
        if not environment:
            return forked.run(list(map(str, arguments)), tmp_path, inherited)
        return subprocess.run(
            [COMMAND, *map(str, arguments)], capture_output=True, check=False, cwd=tmp_path, env=inherited, timeout=forked.SECONDS
        )

    return run
