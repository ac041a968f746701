"""The charts: what the tables say, and what is drawn of them."""

from __future__ import annotations

import json
import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import ROOT, STORY, Run
from stand import DIRECTORY
from test_room import DEVICE, person

from strongroom import CHART, LOCKBOX_CHART, Party, Replay, Role, State, Status, Strongroom
from strongroom.pictures.edges import Edge, edges
from strongroom.pictures.layout import LINE, TEXT, Box, Drawing, lay_out
from strongroom.pictures.metrics import width
from strongroom.pictures.places import BEGIN, LEASE, LOCKBOX, Plan
from strongroom.pictures.svg import NAMESPACE

PLANS = [(edges(CHART), LEASE), (edges(LOCKBOX_CHART), LOCKBOX)]
SCENARIOS = sorted(path for path in (ROOT / "tests" / "scenarios").rglob("*.jsonl") if not path.name.endswith(".expected.jsonl"))

RARE = {
    ("JitTimedOut", Status.JIT_PASSED, Status.EXPIRED),
    *(("RequestCancelled", status, Status.CANCELLED) for status in (Status.TRIAGED, Status.INTERNAL_APPROVAL, Status.JIT_PASSED)),
}
"""Moves that no scenario makes."""

NAMES_ONLY = {"EffectConfirmed", "EffectRetried", "EffectAlarmed"}
"""Steps that name a request and do not move it, so that they may be the first to tell what ended it."""


def test_rows_say_who_may_do_what_where_it_leads_and_under_which_guards() -> None:
    (zeroize,) = (each for each in CHART if each.rule is not None and each.rule.name == "T30")
    assert (zeroize.sources, zeroize.event, zeroize.roles, zeroize.target) == ((State.OPERATIONAL,), "zeroize", (Role.ADMIN,), State.ZEROIZING)
    assert [guard.name for guard in zeroize.guards] == ["TwoPersons", "NonceFresh"]
    assert (zeroize.cause, set(zeroize.effects)) == ("customer", {"erase", "drop_proof", "halt", "notify"})
    (approve,) = (each for each in LOCKBOX_CHART if each.rule is not None and each.rule.name == "AccessApproved")
    assert (approve.sources, approve.roles, approve.target) == ((Status.CUSTOMER_NOTIFIED,), (Role.APPROVER,), Status.APPROVED)


def test_every_state_and_every_status_is_in_its_chart() -> None:
    assert {state for each in CHART for state in (*each.sources, each.target)} - {None} == set(State)
    assert {status for each in LOCKBOX_CHART for status in (*each.sources, each.target)} == set(Status)


def test_requests_move_as_the_chart_says_in_every_scenario_and_every_way_in_some() -> None:
    allowed = {
        (None if each.rule is None else each.rule.name, source, each.target) for each in LOCKBOX_CHART for source in each.sources or (None,)
    }
    # What ends with the lease, or with the trust in the clock, has no step of its own.
    follows = {(source, target) for rule, source, target in allowed if rule is None}
    told = {move for move in allowed if move[0] is not None and move[1] is not move[2]}

    seen: set[tuple[str, Status | None, Status]] = set()
    for path in SCENARIOS:
        before: dict[tuple[str, int], Status] = {}
        for step in Replay.from_file(path).steps:
            if step.request is None or step.status is None:
                continue
            source = before.get((step.engine, step.request))
            before[step.engine, step.request] = step.status
            if step.ok and step.status is not source:
                seen.add((step.rule.name, source, step.status))
    for rule, source, target in seen - told:
        ends = {end for start, end in follows if start is source}
        assert any((rule in NAMES_ONLY and target is end) or (rule, end, target) in told for end in ends), (rule, source, target)
    assert len(told & seen) > 20
    assert told - seen <= RARE


def boxes_of_words(drawing: Drawing) -> list[tuple[str, float, float, float, float]]:
    """What each line of text takes, from left to right and from top to bottom."""
    found: list[tuple[str, float, float, float, float]] = []
    for line in drawing.lines:
        for row, labels in enumerate(line.words.labels):
            text = ", ".join(label.event for label in labels)
            wide = width(text, TEXT)
            left = line.words.x - {"start": 0, "middle": wide / 2, "end": wide}[line.words.anchor]
            bottom = line.words.y + LINE * row + 2
            found.append((f"{line.edge.source}→{line.edge.target}: {text}", left, bottom - TEXT, left + wide, bottom))
    return found


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize(("graph", "plan"), PLANS, ids=["lease", "lockbox"])
def test_no_text_lies_on_another_or_on_a_box_and_none_leaves_the_picture(graph: tuple[Edge, ...], plan: Plan) -> None:
    drawing = lay_out(graph, plan)
    words = boxes_of_words(drawing)
    assert len(words) >= len(graph)
    for (one, *here), (other, *there) in combinations(words, 2):
        assert not _meet(tuple(here), tuple(there)), (one, other)
    for name, left, top, right, bottom in words:
        assert left >= 0 and top >= 0 and right <= drawing.width and bottom <= drawing.height, name
        for box in drawing.boxes.values():
            assert not _meet((left, top, right, bottom), (box.x, box.y, box.x + box.w, box.y + box.h)), (name, box.name)


@pytest.mark.parametrize(("graph", "plan"), PLANS, ids=["lease", "lockbox"])
def test_every_line_goes_from_box_to_box_through_none_and_along_no_other(graph: tuple[Edge, ...], plan: Plan) -> None:
    drawing = lay_out(graph, plan)
    assert {(line.edge.source, line.edge.target) for line in drawing.lines} == {(edge.source, edge.target) for edge in graph}
    pieces: list[tuple[Edge, tuple[float, float, float, float]]] = []
    for line in drawing.lines:
        assert _touches(drawing.boxes[line.edge.source or BEGIN], line.points[0])
        assert _touches(drawing.boxes[line.edge.target], line.points[-1])
        for (x0, y0), (x1, y1) in pairwise(line.points):
            assert x0 == x1 or y0 == y1
            piece = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            for box in drawing.boxes.values():
                inside = (box.x + 1, box.y + 1, box.x + box.w - 1, box.y + box.h - 1)
                assert not _meet((piece[0], piece[1], piece[2] + 0.1, piece[3] + 0.1), inside), (line.edge, box.name)
            pieces.append((line.edge, piece))
    for (one, here), (other, there) in combinations(pieces, 2):
        if one is not other:
            apart = (here[0] - 2, here[1] - 2, here[2] + 2, here[3] + 2)
            upright = (here[0] == here[2], there[0] == there[2])
            assert upright[0] != upright[1] or not _meet(apart, (there[0], there[1], there[2] + 0.1, there[3] + 0.1)), (one, other)


def _touches(box: Box, point: tuple[float, float]) -> bool:
    x, y = point
    return box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h and (x in (box.x, box.x + box.w) or y in (box.y, box.y + box.h))


def test_what_leads_the_same_way_is_one_edge_with_a_list() -> None:
    by_ends = {(edge.source, edge.target): edge for edge in edges(CHART)}
    labels = by_ends["OPERATIONAL", "ZEROIZING"].labels
    assert [label.event for label in labels] == ["tamper[destroying]", "so_bad_login[last]", "zeroize", "factory_reset", "zeroized_seen"]
    assert [label.party for label in labels] == [Party.DEVICE, Party.CUSTOMER, Party.CUSTOMER, Party.CUSTOMER, Party.DEVICE]
    # Both kinds of tamper lead there.
    assert [label.event for label in by_ends["POOL_FREE", "ZEROIZING"].labels] == ["tamper"]
    assert by_ends["IN_TRANSIT", "RECEIVED"].party is Party.PROVIDER
    assert not any(edge.source == edge.target for graph, _ in PLANS for edge in graph)


def output(run: Run, *arguments: object) -> str:
    result = run("chart", *arguments)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode()


def test_mermaid_has_every_edge_and_marks_where_it_stands(run: Run) -> None:
    text = output(run, "--current", "zeroized-unverified")
    assert text.startswith("stateDiagram-v2\n") and "    [*] --> IN_TRANSIT\n" in text and "    CHASSIS_RETURNED --> [*]\n" in text
    for edge in edges(CHART):
        assert f"    {edge.source} --> {edge.target} : {', '.join(label.event for label in edge.labels)}\n" in text
    assert text.endswith("    class ZEROIZED_UNVERIFIED current\n")
    assert "    [*] --> JitSubmitted : request_access\n" in output(run, "lockbox", "--format", "mermaid")


def test_dot_has_every_edge(run: Run) -> None:
    text = output(run, "--format", "dot", "--current", "FAILED")
    assert text.startswith("digraph lease {\n") and text.endswith("}\n")
    arrows = re.findall(r'^  (\w+) -> (\w+) \[label="([^"]*)", color="#\w{6}", fontcolor="#\w{6}"\];$', text, re.MULTILINE)
    assert {arrow[:2] for arrow in arrows} == {("begin", "IN_TRANSIT"), *((edge.source, edge.target) for edge in edges(CHART))}
    assert '  FAILED [fillcolor="#1d4ed8"' in text


def test_svg_is_a_picture_with_a_title_and_a_title_for_each_move(run: Run) -> None:
    root = ElementTree.fromstring(output(run, "--format", "svg", "--current", "OPERATIONAL"))
    name = f"{{{NAMESPACE}}}"
    assert (root.tag, root.get("role"), root.get("aria-label")) == (f"{name}svg", "img", "How a lease may move")
    (current,) = root.findall(f".//{name}g[@class='place current']")
    assert current.findtext(f"{name}text") == "OPERATIONAL"
    titles = [title.text for title in root.iter(f"{name}title")]
    assert len(titles) == 1 + len(edges(CHART))
    assert "TENANT_UNCLAIMED to OWNED_UNINIT: claim (T18)" in titles


def test_the_picture_in_the_documentation_is_the_commands(run: Run) -> None:
    assert (ROOT / "docs" / "chart.svg").read_text() == output(run, "--format", "svg"), "write it anew with `make pictures`"


def test_json_is_the_table(run: Run) -> None:
    told = [json.loads(line) for line in output(run, "--json").splitlines()]
    assert [(each["rule"], each["from"], each["to"]) for each in told] == [
        (None if each.rule is None else each.rule.name, list(each.sources), each.target) for each in CHART
    ]
    assert told[0] == {
        "from": ["IN_TRANSIT"], "event": "arrive", "to": "RECEIVED", "rule": "T01", "roles": ["Hands"], "guards": ["SerialMatches"],
        "cause": None, "effects": [],
    }
    assert len(output(run, "lockbox", "--json").splitlines()) == len(LOCKBOX_CHART)


def test_a_table_tells_what_leads_on_and_what_moves_nothing(run: Run) -> None:
    text = output(run, "--format", "table", "--current", "Failed")
    assert "\nFAILED  · now\n" in text
    assert f"  {'give_up':<25}→ QUARANTINED  Admin  T59\n" in text
    assert f"  {'moves nothing':<25}boot\n" in text.partition("CHASSIS_RETURNED")[0] or "moves nothing" in text
    assert f"  {'access_ends':<25}→ Ending  by itself" in output(run, "lockbox", "--format", "table")


def test_the_path_that_a_device_took_is_marked(run: Run, tmp_path: Path, signing_key: Path) -> None:
    assert run("replay", STORY, "--log", "logs", "--sign", signing_key).returncode == 0
    assert run("chart", "--log", "logs/hsm-a", "-o", "path.svg").returncode == 0
    root = ElementTree.fromstring((tmp_path / "path.svg").read_text())
    name = f"{{{NAMESPACE}}}"
    (current,) = root.findall(f".//{name}g[@class='place current']")
    assert current.findtext(f"{name}text") == "POOL_FREE"
    steps = {step.findtext(f"{name}text") for step in root.findall(f".//{name}g[@class='step']")}
    assert {"1", "2", "3", "4 15", "7 19"} <= steps
    assert "class POOL_FREE current" in output(run, "--log", "logs/hsm-a")


@pytest.mark.parametrize("file", ["chart.svg", "chart.dot", "chart.gv", "chart.mmd"])
def test_a_files_ending_says_the_format(run: Run, tmp_path: Path, file: str) -> None:
    assert output(run, "lockbox", "-o", file) == ""
    begins = {"svg": "<svg ", "dot": "digraph lockbox", "gv": "digraph lockbox", "mmd": "stateDiagram-v2"}
    assert (tmp_path / file).read_text().startswith(begins[file.rpartition(".")[2]])


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("leas",), 2, "'leas' is not one of"),
        (("--format", "png"), 2, "'png' is not one of"),
        (("--current", "OPERATONAL"), 2, 'unknown name "OPERATONAL"; did you mean "OPERATIONAL"?'),
        (("lockbox", "--current", "FAILED"), 2, 'unknown name "FAILED"; did you mean "'),
        (("--current", "FAILED", "--log", "."), 2, "--current and --log both say where the device stands"),
        (("lockbox", "--log", "."), 2, "--log is for the lease's chart"),
        (("lockbox", "--journal", "x"), 2, "--journal is for the lease's chart"),
        (("--journal", "x", "--log", "."), 2, "--log and --journal both say where the device stands"),
        (("--log", "none"), 1, "none: no such file or directory\n"),
        (("--log", "."), 1, ". holds no log"),
        (("-o", "chart.png"), 2, "chart.png does not say the format; end it in .svg, .dot or .mmd"),
        (("-o", "none/chart.svg"), 1, "none/chart.svg: no such file or directory\n"),
        (("--json", "--format", "svg"), 2, "--json prints the table"),
        (("--format", "table", "-o", "x"), 2, "a table goes to standard output"),
    ],
)
def test_what_goes_wrong_is_said_in_a_line(run: Run, arguments: tuple[str, ...], code: int, message: str) -> None:
    result = run("chart", *arguments)
    assert (result.returncode, result.stdout) == (code, b"")
    assert message in result.stderr.decode()
    assert code == 2 or len(result.stderr.splitlines()) == 1


def test_the_state_of_a_journal_is_marked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "directory.toml").write_text(DIRECTORY)
    with Strongroom.open(tmp_path / "hsm-a.journal", DEVICE) as room:
        room.arrive(by=person(Role.HANDS), serial="700022").require()
    assert "\nRECEIVED  · now, health Unknown\n" in output(run, "--journal", "hsm-a.journal", "--format", "table")
    assert output(run, "--journal", "hsm-a.journal") == output(run, "--current", "RECEIVED")
    told = [json.loads(line) for line in output(run, "--journal", "hsm-a.journal", "--json").splitlines()]
    assert all(each["now"] == ("RECEIVED" in each["from"]) for each in told) and any(each["now"] for each in told)
    (tmp_path / "directory.toml").rename(tmp_path / "people.toml")
    result = run("chart", "--journal", "hsm-a.journal")
    assert (result.returncode, result.stderr) == (1, b"directory.toml: no such file; strongroom init makes one, or name it with --directory\n")
    assert "class RECEIVED current" in output(run, "--journal", "hsm-a.journal", "--directory", "people.toml")
    result = run("chart", "--journal", "none.journal", "--directory", "people.toml")
    assert (result.returncode, result.stderr) == (1, b"none.journal: no such file; strongroom init makes a journal\n")
    assert not (tmp_path / "none.journal").exists()
