"""The report: what it tells, of which logs, and that nobody who wrote a log or a name can write into the page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from conftest import ARRIVAL, COMMAND, HEADER, STORY, TRANSCRIPTS, Run, scenario

from strongroom import POLICIES, Health, LogError, ReportError, State, Status
from strongroom.report import Names, Story, page, read_polls
from strongroom.report.scale import Scale

GOOD = {"worst": "good", "seen": 3, "bad": 0}
BAD = {"worst": "warning", "seen": 3, "bad": 1}
AZURE = POLICIES["azure"]


def line(minute: int, **told: object) -> str:
    return json.dumps({"at": f"2026-01-07T08:{minute:02d}:00Z", **told})


READINGS = "\n".join(
    [
        *(line(minute, file="a.txt", fans=GOOD, outcome={"lines": 3}) for minute in (0, 10)),
        *(line(minute, fans=BAD, batteries=GOOD) for minute in (20, 30, 40)),
        line(50, unanswered=True),
    ]
)


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory, signing_key: Path) -> Path:
    """The logs of the story, kept and signed."""
    folder = tmp_path_factory.mktemp("logs")
    subprocess.run([COMMAND, "replay", STORY, "--log", folder, "--sign", signing_key], check=True, capture_output=True)
    return folder / "hsm-a"


@pytest.fixture
def own(logs: Path, tmp_path: Path) -> Path:
    """The same in the test's own folder."""
    shutil.copytree(logs, tmp_path / "hsm-a")
    return tmp_path / "hsm-a"


@pytest.fixture(scope="session")
def key(signing_key: Path) -> Path:
    return signing_key.with_name("key.pub")


class Page(HTMLParser):
    """What stands in a page: tags with their attributes, and text as it is read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(html)
        self.text = re.sub(r"\s+", " ", "".join(self.said))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def all(self, *names: str) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, attributes) for tag, attributes in self.tags if tag in names]


@pytest.fixture(scope="session")
def html(logs: Path, key: Path) -> str:
    """The story's page, with key and names."""
    return page(Story.from_folder(logs, key=key.read_text()), AZURE, names=Names.from_text(STORY.read_text()))


def made(run: Run, folder: Path | str, *arguments: object) -> str:
    """The page that the command prints."""
    result = run("report", folder, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout.decode()


def test_a_story_has_moves_requests_grants_and_refusals(logs: Path, key: Path) -> None:
    story = Story.from_folder(logs, key=key.read_text())
    assert (story.device, story.state, story.last_health, story.is_sound) == ("700022", State.POOL_FREE, Health.TROUBLE, True)
    assert [move.number for move in story.moves] == list(range(1, 20)) and not any(move.leaps for move in story.moves)
    assert [move.target for move in story.moves][7:11] == [State.ALLOCATING, State.TENANT_UNCLAIMED, State.OWNED_UNINIT, State.OPERATIONAL]
    # Both logs tell it; the tenant's names the customer's officer.
    claim = next(move for move in story.moves if move.event.verb == "claim")
    assert claim.event.actor.person is not None
    assert [(request.number, request.status, request.is_over) for request in story.requests] == [
        (1, Status.DENIED, True), (2, Status.ENDED, True), (3, Status.EXPIRED, True),
    ]
    grant = story.requests[1].grant
    assert grant is not None and story.requests[0].grant is None
    assert (grant.start, grant.end) == (datetime(2026, 1, 8, 15, tzinfo=UTC), datetime(2026, 1, 8, 23, tzinfo=UTC))
    assert (story.requests[1].uses, story.requests[1].refusals) == (2, 3)
    assert [phase.status for phase in story.requests[0].phases] == [
        Status.TICKETED, Status.TRIAGED, Status.JIT_SUBMITTED, Status.INTERNAL_APPROVAL, Status.JIT_PASSED, Status.CUSTOMER_NOTIFIED, Status.DENIED,
    ]
    assert len(story.refusals) == 23 and story.refusals[0][0].rule.name == "TwoPersons"
    assert story.verification is not None and story.verification.verified


def test_the_page_tells_it(html: str, run: Run, logs: Path) -> None:
    page = Page(html)
    for told in (
        "Device 700022",
        "From 2026-01-05 08:00:00 to 2026-02-02 11:40:00, all times in UTC.",
        "Yes. Every hash, checkpoint and record was checked, and every signature with the key that was given.",
        "6 steps found no place in the logs",
        "Request 2: Ended",
        "Access was open from 2026-01-08 15:00:00 to 2026-01-08 23:00:00, 8 h in all; it was used 2 times. 3 steps were refused.",
        "T30: “the customer zeroizes the device”",
        "NotOneself: “nobody approves a request of their own” [D-06, D-13]",
        "bea Approver, contoso",
        "3 bad ones among the last 6 make an alert",
        "ClassVerified",
    ):
        assert told in page.text, told
    assert page.text.count("✗ refused") == 6
    root = json.loads(run("log", "verify", logs, "--json").stdout.splitlines()[0])["root"]
    assert root in page.text


def test_without_a_key_it_says_so_and_without_names_it_has_the_ends_of_ids(run: Run, logs: Path) -> None:
    page = Page(made(run, logs))
    assert "no signature was checked" in page.text and "✓ verified" not in page.text
    assert "without a key nothing is proved" in page.text
    assert "Approver …00a4 Approver, customer" in page.text


def test_the_same_logs_make_the_same_bytes_wherever_and_whenever(run: Run, logs: Path, tmp_path: Path, key: Path) -> None:
    first = made(run, logs, "--key", key)
    result = run("report", logs, "--key", key, "-o", "again.html", TZ="Pacific/Auckland", PYTHONHASHSEED="7", LC_ALL="C")
    assert (result.returncode, result.stdout) == (0, b"")
    assert result.stderr == b"again.html: device 700022, logs verified\n"
    assert (tmp_path / "again.html").read_bytes() == first.encode()


def test_it_loads_nothing_runs_nothing_and_forbids_both(html: str) -> None:
    page = Page(html)
    assert not page.all("script", "link", "img", "iframe", "object", "embed", "form", "base")
    for tag, attributes in page.tags:
        assert "style" not in attributes and not any(name.startswith("on") for name in attributes), (tag, attributes)
        assert not {"src", "srcset", "action", "xlink:href"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert set(re.findall(r"\w+://[^\s\"'<]*", html)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"url\(|@import|expression", html)
    (policy,) = [attributes["content"] for _, attributes in page.all("meta") if attributes.get("http-equiv") == "Content-Security-Policy"]
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_it_can_be_read_aloud(html: str) -> None:
    page = Page(html)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    assert page.all("html")[0][1]["lang"] == "en"
    pictures = page.all("svg")
    assert len(pictures) == 5
    assert all(attributes["role"] == "img" and attributes["aria-label"] for _, attributes in pictures)
    assert all(attributes["scope"] == "col" for _, attributes in page.all("th"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {f"#{id}" for id in ids} == {attributes["href"] for _, attributes in page.all("a")}


OTHER = Ed25519PrivateKey.from_private_bytes(bytes([9]) * 32).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}&amp;\x1b[2J\u202e"


def test_nobody_writes_into_the_page(run: Run, tmp_path: Path, signing_key: Path) -> None:
    header: dict[str, Any] = {**HEADER, "engines": {"hsm-a": {**HEADER["engines"]["hsm-a"], "serial": "<b onload=\"'&>"}}}  # type: ignore[index]
    arrival = {**ARRIVAL, "serial": "<b onload=\"'&>"}
    (tmp_path / "evil.jsonl").write_text(scenario(arrival, {**arrival, "at": "2026-01-05T09:00:00Z"}, header=header))
    kept = run("replay", "evil.jsonl", "--log", "logs", "--sign", signing_key)
    assert kept.returncode == 0, kept.stderr
    people = {EVIL: {"id": "b0000000-0000-4000-8000-0000000000b1"}}
    (tmp_path / "names.json").write_text(json.dumps({"people": people, "organisations": {EVIL: HEADER["organisations"]["north"]}}))  # type: ignore[index]
    html = made(run, "logs/hsm-a", "--names", "names.json", "--key", signing_key.with_name("key.pub"))
    page = Page(html)
    assert "Device <b onload=\"'&>" in page.text
    assert "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}&amp;" in page.text
    assert not page.all("script", "img", "b onload") and "<script" not in html and "<b " not in html
    assert not any("onerror" in attributes or "onload" in attributes for _, attributes in page.tags)
    assert "\x1b" not in html and "\u202e" not in html


DAMAGES: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("lifecycle/tile/entries/000.p/46", lambda data: data[:3000], "cut"),
    ("lifecycle/tile/entries/000.p/46", lambda data: data[:900] + bytes([data[900] ^ 1]) + data[901:], "changed"),
    ("lifecycle/checkpoint", lambda data: data.replace(b"700022", b"<b>&\"x"), "signature"),
    ("tenant-2/tile/entries/000.p/75", lambda data: b"", "cut"),
]


@pytest.mark.parametrize(("file", "damage", "says"), DAMAGES)
def test_a_damaged_log_is_reported_with_its_damage_and_ends_with_3(
    run: Run, own: Path, tmp_path: Path, key: Path, file: str, damage: Callable[[bytes], bytes], says: str
) -> None:
    whole = (own / file).read_bytes()
    (own / file).write_bytes(damage(whole))
    result = run("report", own, "--key", key, "-o", "report.html")
    assert (result.returncode, result.stdout) == (3, b"")
    assert result.stderr.decode() == f"{own}: a log is not as it was signed; the report says where\n"
    page = Page((tmp_path / "report.html").read_text())
    assert "✗ damaged" in page.text and "✓ verified" not in page.text
    assert "No. What follows is told from what could still be read, and is not proved." in page.text
    assert "What was found" in page.text and says in page.text


def test_whatever_byte_is_changed_a_page_is_made_that_says_so(own: Path) -> None:
    file = own / "lifecycle" / "tile" / "entries" / "000.p" / "46"
    whole = file.read_bytes()
    picked = Random(6)
    # Where record 0 comes from and leads to, as numbers that are no state's; then anything.
    changes = [(2 + 78, 200), (2 + 79, 200), *((picked.randrange(len(whole)), picked.randrange(1, 256)) for _ in range(30))]
    for place, by in changes:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ by]) + whole[place + 1 :])
        story = Story.from_folder(own)
        assert not story.is_sound
        assert "✗ damaged" in page(story, AZURE)


def test_another_devices_key_is_found_out(run: Run, logs: Path, tmp_path: Path) -> None:
    result = run("report", logs, "--key", OTHER, "-o", "report.html", "--json")
    assert result.returncode == 3
    told = json.loads(result.stdout)
    assert (told["file"], told["sound"], told["signatures_checked"]) == ("report.html", False, True)
    assert {finding["what"] for finding in told["findings"]} == {"signature", "unsigned"}
    assert "✗ damaged" in Page((tmp_path / "report.html").read_text()).text


def test_what_was_found_is_told_as_json(run: Run, logs: Path, key: Path) -> None:
    result = run("report", logs, "--key", key, "-o", "report.html", "--json")
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout) == {
        "file": "report.html", "device": "700022", "sound": True, "signatures_checked": True, "state": "POOL_FREE", "health": "Trouble",
        "until": "2026-02-02T11:40:00Z", "moves": 19, "requests": {"1": "Denied", "2": "Ended", "3": "Expired"}, "refusals": 23, "findings": [],
    }


def test_polls_are_judged_by_the_core() -> None:
    polls = read_polls([("a", READINGS)], AZURE)
    assert [(poll.health, poll.bad, poll.unanswered, poll.alert) for poll in polls] == [
        (Health.IN_SERVICE, 0, 0, False),
        (Health.IN_SERVICE, 0, 0, False),
        (Health.TROUBLE, 1, 0, False),
        (Health.TROUBLE, 2, 0, False),
        (Health.TROUBLE, 3, 0, True),
        (Health.TROUBLE, 4, 1, True),
    ]
    assert polls[-1].reading is None
    # Files may overlap; the times say the order.
    late, early = READINGS.split("\n")[3:], READINGS.split("\n")[:3]
    assert read_polls([("late", "\n".join(late)), ("early", "\n".join(early))], AZURE) == polls


def test_readings_are_drawn_against_the_thresholds(run: Run, own: Path, tmp_path: Path) -> None:
    (tmp_path / "polls.jsonl").write_text(READINGS)
    page = Page(made(run, own, "--readings", "polls.jsonl", "--policy", "Azure"))
    assert "6 polls from 2026-01-07 08:00:00 to 2026-01-07 08:50:00" in page.text and "this one was given" in page.text
    assert "alert at 3" in page.text and "silent at 3" in page.text
    assert "2026-01-07 08:40:00 Trouble: 3 bad of the last 6, 0 without an answer" in page.text
    assert "2026-01-07 08:20:00 fans: warning, 1 of 3 not good" in page.text
    # A file of that name in the folder is taken without being named, and is no finding of the log's.
    shutil.move(tmp_path / "polls.jsonl", own / "readings.jsonl")
    page = Page(made(run, own))
    assert "6 polls from" in page.text and "taken because none was given" in page.text


def test_what_the_console_printed_is_drawn_where_its_time_is_said(run: Run, own: Path) -> None:
    """The way from a transcript to the picture."""
    transcript = TRANSCRIPTS / "status_sensors.1.txt"
    lines = [run("console", "read", transcript, "--at", f"2026-01-07T08:{minute}:00+00:00") for minute in (10, 20)]
    (own / "readings.jsonl").write_bytes(b"".join(line.stdout for line in lines))
    page = Page(made(run, own))
    assert "2 polls from 2026-01-07 08:10:00 to 2026-01-07 08:20:00" in page.text
    assert run("console", "read", transcript, "--at", "today").returncode == 2
    assert b'"at"' not in run("console", "read", transcript).stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello", "polls.jsonl:1: this is not JSON"),
        ("[" * 100_000, "polls.jsonl:1: this is not JSON"),
        ("\n[1]", "polls.jsonl:2: an object is needed"),
        (json.dumps({"fans": GOOD}), 'polls.jsonl:1: "at" has to be a time in RFC 3339'),
        (json.dumps({"at": 5}), 'polls.jsonl:1: "at" has to be a time'),
        (json.dumps({"at": "2026-01-07T08:00:00"}), 'polls.jsonl:1: "at" has to be a time'),
        (json.dumps({"at": "1960-01-07T08:00:00Z"}), 'polls.jsonl:1: "at" has to be a time'),
        (json.dumps({"at": "0001-01-01T00:00:00+14:00"}), 'polls.jsonl:1: "at" has to be a time'),
        (READINGS + "\n" + line(55, fan=GOOD), "polls.jsonl:7: not a reading: unknown field `fan`"),
        (line(55, fans={"worst": "awful", "seen": 1, "bad": 1}), "polls.jsonl:1: not a reading: "),
        (line(55, fans=3), "polls.jsonl:1: not a reading: "),
    ],
)
def test_what_is_no_reading_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ReportError) as raised:
        read_polls([("polls.jsonl", text)], AZURE)
    assert str(raised.value).startswith(message) and "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello", "not JSON: "),
        ("[]", "an object with `people` and `organisations` is needed"),
        ('{"people": []}', "people: an object by names is needed"),
        ('{"people": {"bea": {"id": 5}}}', "people.bea: a UUID is needed, such as "),
        ('{"organisations": {"north": "x"}}', "organisations.north: a UUID is needed"),
    ],
)
def test_what_are_no_names_is_said_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ReportError) as raised:
        Names.from_text(text)
    assert str(raised.value).startswith(message) and "\n" not in str(raised.value)


def test_what_goes_wrong_is_said_in_a_line(run: Run, logs: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad").write_text("[]")
    for arguments, code, message in (
        (("none",), 1, "none: no such file or directory\n"),
        (("empty",), 1, "empty holds no log: neither a checkpoint, nor lifecycle, nor tenant-EPOCH\n"),
        ((logs.parent,), 1, f"; did you mean {logs}?\n"),
        ((logs, "--key", "none.pem"), 1, "--key: this is no key"),
        ((logs, "--names", "none.json"), 1, "none.json: no such file or directory\n"),
        ((logs, "--names", "bad"), 1, "bad: an object with `people` and `organisations` is needed\n"),
        ((logs, "--readings", "bad"), 1, "bad:1: an object is needed, as `strongroom console read` prints it\n"),
        ((logs, "--readings", "none.jsonl"), 1, "none.jsonl: no such file or directory\n"),
        ((logs, "-o", "none/report.html"), 1, "none/report.html: no such file or directory\n"),
        ((logs, "--policy", "azur"), 2, 'unknown policy "azur"; did you mean "azure"?'),
        ((logs, "--json"), 2, "-o FILE is needed"),
        ((), 2, "Missing argument 'DIR'"),
    ):
        result = run("report", *arguments)
        assert (result.returncode, result.stdout) == (code, b""), arguments
        assert message in result.stderr.decode()
        assert code == 2 or len(result.stderr.splitlines()) == 1


def test_a_log_that_only_begins_makes_a_page(run: Run, tmp_path: Path, signing_key: Path) -> None:
    (tmp_path / "one.jsonl").write_text(scenario(ARRIVAL))
    assert run("replay", "one.jsonl", "--log", "logs", "--sign", signing_key).returncode == 0
    page = Page(made(run, "logs/hsm-a"))
    assert "The logs tell of none." in page.text and "Nothing was refused." in page.text and "The logs tell nothing of it." in page.text


def test_the_library_says_what_it_cannot_use(logs: Path, tmp_path: Path) -> None:
    with pytest.raises(LogError, match="holds no log"):
        Story.from_folder(tmp_path)
    with pytest.raises(ReportError, match="a:1: this is not JSON"):
        read_polls([("a", "x")], AZURE)
    with pytest.raises(ReportError, match="not JSON"):
        Names.from_text("")
    assert page(Story.from_folder(logs), AZURE) == page(Story.from_folder(logs), AZURE)


def test_a_scale_keeps_the_order_and_gives_short_pauses_room() -> None:
    times = [datetime.fromtimestamp(at, UTC) for at in (0, 1, 60, 86_400, 8_640_000)]
    scale = Scale(times, 100, 1100)
    places = [scale.at(time) for time in times]
    assert (places[0], round(places[-1])) == (100, 1100) and places == sorted(set(places))
    assert places[1] - places[0] > 5
    between = scale.at(datetime.fromtimestamp(30, UTC))
    assert places[1] < between < places[2]
    assert Scale([times[0]], 0, 10).at(times[0]) == 5 and Scale([], 0, 10).days(5) == []


def test_names_come_from_the_directory_beside_a_journal_too(run: Run, logs: Path, tmp_path: Path, signing_key: Path) -> None:
    organisations, people = HEADER["organisations"], {"hanako": "b0000000-0000-4000-8000-0000000000b1"}
    told = "strongroom = 1\n[device]\nserial = '700022'\nprovider = 'north'\nvendor = 'luna'\n[organisations]\n"
    told += "".join(f"{name} = '{id}'\n" for name, id in organisations.items())  # type: ignore[attr-defined]
    told += "".join(f"[people.{name}]\norganisation = 'north'\nid = '{id}'\nroles = ['Hands']\naccounts = []\n" for name, id in people.items())
    (tmp_path / "directory.toml").write_text(told)
    text = Page(made(run, logs, "--names", "directory.toml", "--key", signing_key.with_name("key.pub"))).text
    assert "hanako" in text and "Hands, north" in text
    (tmp_path / "directory.toml").write_text(told.replace("[device]", "[thing]"))
    result = run("report", logs, "--names", "directory.toml", "-o", "x.html")
    assert result.returncode == 1 and result.stderr.startswith(b"directory.toml: thing: unknown key")
