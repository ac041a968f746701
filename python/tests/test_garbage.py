"""Whatever is handed to the native module, Python gets one of its own exceptions or the package's: nothing panics."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path
from random import Random
from types import BuiltinFunctionType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from conftest import ARRIVAL, ROOT, scenario
from device import LIFECYCLE, records
from strongroom import POLICIES, Device, Outcome, StrongroomError, _native, encoding
from strongroom.reading import Reading
from strongroom.values import NOBODY, Principal
from strongroom.words import Role

EVIDENCE = ROOT / "tests" / "evidence"
LOG = EVIDENCE / "verified"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(32)).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

KEY = bytes([7]) * 32
"""Of a party at a board."""


class Raised(Exception):
    """What the odd objects raise."""


class Odd:  # noqa: PLW1641  (it has one)
    """Has what is asked of it, and raises."""

    def _raise(self) -> Any:
        raise Raised

    __index__ = __int__ = __float__ = __bool__ = __len__ = __iter__ = __fspath__ = __str__ = __hash__ = _raise

    def __getitem__(self, key: object) -> Any:
        raise Raised

    def __eq__(self, other: object) -> bool:
        raise Raised

    def __call__(self, *arguments: object) -> object:
        raise Raised


class Wrong:
    """Has what is asked of it, of another type."""

    def __fspath__(self) -> Any:
        return 7

    def __index__(self) -> Any:
        return "seven"  # noqa: PLE0305  (that is the point)

    def __len__(self) -> int:
        return 2**62

    def __getitem__(self, key: object) -> object:
        return self

    def __iter__(self) -> Any:
        return iter([self, None])


ENDLESS: list[object] = []
ENDLESS.append(ENDLESS)

ODD: tuple[object, ...] = (
    *(None, True, 0, -1, 2**31, 2**32 - 1, 2**32, 2**63, 2**64 - 1, 2**64, 2**200, -(2**200)),
    *(0.5, -0.0, float("nan"), float("inf"), float("-inf"), 1e300, 1e-300, 1j),
    *("", "x", "\0", "\ud800", "é" * 5000, "../..", "{}", "[]", "null", "0", "1e999", '"', '{"by":{}}', "[" * 100_000, '{"a":' * 100_000),
    *(b"", b"\0", b"\xff" * 64, b"\x3f" * 1000, bytes(118), bytes(119), bytearray(b"{}"), memoryview(b"{}"), memoryview(b"abcd")[::2]),
    *([], [None], ["x"] * 5, ENDLESS, (), {}, {"a": 1}, set[int](), range(3), object(), int, print, lambda: None, Odd(), Wrong(), ...),
)

TYPED = (b"status sensors\r", b"hsm zeroize\r", b"monitor\r", b"proceed\r", b"exit\r", b"\x03", b"\x1b[", b"\xff")
PRINTED = (b"\r\nlunash:>", b"\r\nlogin: ", b"\r\nPassword: ", b"\r\nType 'proceed' to continue\r\n> ", b"\r\n", b"\xff")
"""What goes over a console's line."""

ALLOWED = (TypeError, ValueError, OverflowError, MemoryError, StrongroomError, Raised)
"""Of these `UnicodeError` is one. A panic is none, and no `Exception` at all."""


@pytest.fixture
def valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What each parameter takes, by its name; relative paths end in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return {
        "text": scenario(ARRIVAL),
        "folder": LOG,
        "path": "journal",
        "device": encoding.value(Device("700022", NOBODY, NOBODY)),
        "policy": "azure",
        "wait": 0.0,
        "at": 1_767_600_000,
        "command": encoding.command("arrive", {"serial": "700022"}, Principal(Role.HANDS), None),
        "engineer": encoding.value(NOBODY),
        "subject": '"device"',
        "reading": encoding.value(Reading()),
        "log": '"lifecycle"',
        "logs": "logs",
        "journals": "journals",
        "key": (LOG / "key.pub").read_text(),
        "scope": "resource",
        "permission": "read",
        "outcomes": list(Outcome),
        "request": _native.JitRequest("resource", "read"),
        "requests": b"\0\x3f",
        "records": records(0, 3),
        "origin": LIFECYCLE,
        "polls": json.dumps([{"at": 1_767_600_000, "reading": json.loads(encoding.value(Reading()))}, {"at": 1_767_600_060, "reading": None}]),
        "note": (LOG / "lifecycle" / "checkpoint").read_text(),
        "format": "jsonl",
        "transcript": b"lunash:>hsm show\r\n",
        "other": _native.replay(scenario(ARRIVAL), tmp_path),
        "record": 0,
        "old": 1,
        "new": 2,
        "events": 2,
        "actions": ["arrive"],
        "actors": ["Hands"],
        "engine": _native.Engine(encoding.value(Device("700022", NOBODY, NOBODY)), "azure"),
        "mode": "monitor",
        "bytes": b"status sensors\r",
        "start": 0,
        "name": b"monitor",
        "password": b"secret",
        "why": "refused",
        "party": "provider",
        "nonce": bytes(16),
        "second": KEY,
        "seed": KEY,
        "secret": KEY,
        "number": 0,
        "part": 0,
        "place": 0,
        "effect": 1,
        "told": json.dumps({"serial": "700022", "provider": str(NOBODY), "vendor": str(NOBODY), "account": "monitor", "poll_every": 600}),
        "serial": "700022",
    }


def instances(folder: Path) -> dict[str, Callable[[], object]]:
    """How to come by an object of each class."""
    device = encoding.value(Device("700022", NOBODY, NOBODY))
    return {
        "Activity": lambda: _native.activity(LOG, "jsonl", [], [], None, None, None, None, False, None),
        "BoardClient": lambda: _native.BoardClient("provider", KEY),
        "Engine": lambda: _native.Engine(device, "azure"),
        "Guard": _native.Guard,
        "JitRequest": lambda: _native.JitRequest("resource", "read"),
        "JitRule": lambda: _native.JitRule("azure", list(Outcome)),
        "LogCollection": lambda: _native.LogCollection(folder, "700022", (LOG / "lifecycle" / "checkpoint").read_text(), (LOG / "key.pub").read_text()),
        "LogDirectory": lambda: _native.LogDirectory.open(ROOT / "tests" / "activity" / "log" / "lifecycle"),
        "Replay": lambda: _native.replay(scenario(ARRIVAL), folder),
    }


def callables() -> Iterator[tuple[str, str | None]]:
    """Every function, constructor and method, by the class that it is of; what the interpreter calls by itself too."""
    for name, thing in vars(_native).items():
        if isinstance(thing, BuiltinFunctionType):
            yield name, None
        elif isinstance(thing, type):
            yield "__new__", name
            yield from ((method, name) for method in vars(thing) if method not in NOT_OURS and callable(getattr(thing, method)))


NOT_OURS = {"__new__", "__doc__", "__module__"}


def parameters(of: Callable[..., object]) -> list[inspect.Parameter]:
    try:
        return [each for each in inspect.signature(of).parameters.values() if each.name not in ("self", "cls")]
    except ValueError:  # `__eq__` and its like
        return []


def call(of: Callable[..., object], arguments: list[object], named: dict[str, object]) -> None:
    with suppress(*ALLOWED):
        of(*arguments, **named)


@pytest.mark.parametrize(("name", "owner"), list(callables()), ids=str)
def test_no_argument_panics(name: str, owner: str | None, valid: dict[str, object], tmp_path: Path) -> None:
    def made() -> Callable[..., object]:
        if owner is None:
            return getattr(_native, name)  # type: ignore[no-any-return]
        kind = getattr(_native, owner)
        if name == "__new__":
            return kind  # type: ignore[no-any-return]
        return getattr(instances(tmp_path)[owner](), name)  # type: ignore[no-any-return]

    of = made()
    takes = parameters(of)
    good = {each.name: valid.get(each.name, each.default if each.default is not each.empty else None) for each in takes}
    if owner == "Engine" and "key" in good:
        good["key"] = PRIVATE
    if owner == "BoardClient":
        more: dict[str, object] = {"key": KEY, "password": "secret", "engineer": str(NOBODY)}
        good.update({each: value for each, value in more.items() if each in good})
    if name == "device_public_key":
        good["seed"] = KEY
    if name == "keep":
        good["key"] = PRIVATE
    if name == "send_poll":
        good["command"] = 0
    if name.startswith("evidence"):
        good["text"] = (EVIDENCE / "verified.json").read_text()
    call(of, [], good)
    for each, odd in product(takes, ODD):
        call(of, [], good | {each.name: odd})
    for odd in ODD:
        call(of, [odd] * max(len(takes), 1), {})
        call(of, [odd] * (len(takes) + 1), {})
        call(of, [], {each.name: odd for each in takes})
        call(of, [], good | {"nothing of that name": odd})
    call(made(), [], good)


def test_a_guard_takes_anything_in_any_state(valid: dict[str, object]) -> None:
    methods = {name: [each.name for each in parameters(getattr(_native.Guard, name))] for name, owner in callables() if owner == "Guard" and name[0] != "_"}
    rare = ("close", "end_poll", "line_break", "open")
    chance, reached = Random(11), set[tuple[str, str]]()
    guard = _native.Guard()
    for _ in range(20_000):
        name = chance.choice([each for each in methods if each not in rare] if chance.random() < 0.9 else rare)
        given = {each: valid[each] for each in methods[name]}
        given |= {"bytes": chance.choice(PRINTED if name == "device" else TYPED)} if "bytes" in given else {}
        given |= {"mode": chance.choice(("shut", "monitor", "grant", "full"))} if name == "open" else {}
        given |= {"command": chance.choice((0, 20, 2**16 - 1))} if name == "send_poll" else {}
        getattr(guard, name)(**given)
        if name == "device":
            guard.quiet()
        reached.add((guard.mode, guard.session))
    assert len(reached) > 15, reached


def test_a_device_polled_at_any_time_has_a_health() -> None:
    times = (0, 1, 2**32, 2**63, 2**64 - 1, 5, 0)
    for policy, reading in product(POLICIES, (None, json.loads(encoding.value(Reading())))):
        told = json.loads(_native.health_course(policy, json.dumps([{"at": at, "reading": reading} for at in times])))
        assert len(told) == len(times)


def test_every_class_and_parameter_is_known_here(valid: dict[str, object], tmp_path: Path) -> None:
    """So that what is new is tested with something that it takes."""
    classes = {name for name, thing in vars(_native).items() if isinstance(thing, type)}
    assert classes == instances(tmp_path).keys()
    unknown: set[str] = set()
    for name, owner in callables():
        of: Any = getattr(_native, owner) if owner else _native
        takes = parameters(of if name == "__new__" else getattr(of, name))
        unknown |= {each.name for each in takes if each.default is each.empty and each.name not in valid and not name.startswith("__")}
    assert unknown <= {"since", "until", "refused", "subscription"}


def test_objects_come_by_their_constructors_only(tmp_path: Path) -> None:
    for name, make in instances(tmp_path).items():
        thing = make()
        for attribute in ("anything", "__class__", "__dict__"):
            with pytest.raises((AttributeError, TypeError)):
                setattr(thing, attribute, None)
        if name not in ("Engine", "Guard", "JitRequest", "JitRule"):
            with pytest.raises(TypeError):
                type(thing)()
        with pytest.raises(TypeError):
            type("Sub", (type(thing),), {})
