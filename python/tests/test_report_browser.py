"""The report in a real browser: it renders, stays within its window, asks for nothing, and prints."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, Tab, browser, program
from conftest import COMMAND, STORY
from test_report import READINGS

@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as driven:
        yield driven


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, signing_key: Path) -> Path:
    """The story's report, with readings."""
    folder = tmp_path_factory.mktemp("report")
    subprocess.run([COMMAND, "replay", STORY, "--log", folder, "--sign", signing_key], check=True, capture_output=True)
    (folder / "hsm-a" / "readings.jsonl").write_text(READINGS)
    made: list[str | Path] = [COMMAND, "report", folder / "hsm-a", "--key", signing_key.with_name("key.pub"), "--names", STORY, "-o", folder / "report.html"]
    subprocess.run(made, check=True, capture_output=True)
    return folder / "report.html"


# Everything that reaches beyond the window's right edge, except within what scrolls by itself, and heads that only screen readers see.
OUTSIDE = """[...document.querySelectorAll('body *')].filter(each => !each.closest('.scroll, thead') &&
    each.getBoundingClientRect().right > innerWidth + 0.5).map(each => each.outerHTML.slice(0, 80))"""

# Texts of the chart that lie on one another as the browser sets them.
OVERLAPS = """(() => {
    const texts = [...document.querySelectorAll('svg.chart text')].map(text => [text.textContent, text.getBoundingClientRect()]);
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
    const found = [];
    texts.forEach(([one, here], place) => texts.slice(place + 1).forEach(([other, there]) => {
        if (meet(here, there)) found.push(one + ' / ' + other);
    }));
    return found;
})()"""


@pytest.mark.parametrize("width", [1280, 420, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_renders_within_its_window_without_a_complaint_or_a_request(chromium: Browser, report: Path, width: int, scheme: str) -> None:
    tab = Tab(chromium, report, width, scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    assert tab.evaluate(OUTSIDE) == []
    assert tab.complaints == []
    assert tab.requests == [report.as_uri()]
    assert tab.evaluate("document.title") == "Device 700022: report"
    shown = tab.evaluate("document.body.innerText")
    for told in ("Device 700022", "✓ verified", "Request 2: Ended", "NotOneself", "bea"):
        assert told in shown
    dark = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark == ("rgb(17, 24, 39)" if scheme == "dark" else "rgb(255, 255, 255)")


def test_the_pictures_are_drawn_in_their_colours_and_no_text_lies_on_another(chromium: Browser, report: Path) -> None:
    tab = Tab(chromium, report, 1280)
    assert tab.evaluate("[...document.querySelectorAll('svg')].every(svg => svg.getBoundingClientRect().height > 40)")
    current = "document.querySelector('.place.current rect')"
    assert tab.evaluate(f"getComputedStyle({current}).fill") == "rgb(29, 78, 216)"
    assert tab.evaluate("getComputedStyle(document.querySelector('.bar.granted rect')).fill") == "rgb(96, 165, 250)"
    assert tab.evaluate(OVERLAPS) == []


def test_what_the_page_forbids_does_not_happen(chromium: Browser, report: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.html"
    added = "<script>document.title = 'ran'</script><p style='color: red' id='styled'>x</p><img src='http://127.0.0.1:9/x.png'>"
    evil.write_text(report.read_text().replace("</main>", added + "</main>"))
    tab = Tab(chromium, evil, 1280)
    assert tab.evaluate("document.title") == "Device 700022: report"
    assert tab.evaluate("getComputedStyle(document.getElementById('styled')).color") == "rgb(17, 24, 39)"
    assert any("Content Security Policy" in complaint for complaint in tab.complaints)


def test_it_prints_with_the_chart_on_a_page_across(chromium: Browser, report: Path, tmp_path: Path) -> None:
    Tab(chromium, report, 1280, "dark").pdf(tmp_path / "report.pdf")
    told = subprocess.run([program("pdfinfo"), "-l", "99", tmp_path / "report.pdf"], check=True, capture_output=True, text=True).stdout
    sizes = [(round(float(wide)), round(float(high))) for wide, high in re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", told)]
    assert 6 <= len(sizes) <= 12
    assert sizes.count((842, 595)) == 1 and sizes.count((595, 842)) == len(sizes) - 1
    texts = subprocess.run([program("pdftotext"), "-layout", tmp_path / "report.pdf", "-"], check=True, capture_output=True, text=True).stdout
    pages = texts.split("\f")
    assert "Device 700022" in pages[0] and "Verification" not in pages[0]
    (across,) = [page for page, size in zip(pages, sizes, strict=False) if size == (842, 595)]
    assert "The path that the device took" in across and "CHASSIS_RETURNED" in across and "OPERATIONAL" in across
    assert all(page.strip() for page in pages[: len(sizes)])


def test_the_charts_alone_are_pictures_in_light_and_dark(chromium: Browser, tmp_path: Path) -> None:
    for which in ("lease", "lockbox"):
        file = tmp_path / f"{which}.svg"
        subprocess.run([COMMAND, "chart", which, "-o", file], check=True, capture_output=True)
        for scheme, ground in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(17, 24, 39)")):
            tab = Tab(chromium, file, 1440, scheme)
            assert (tab.complaints, tab.requests) == ([], [file.as_uri()])
            assert tab.evaluate("getComputedStyle(document.querySelector('.ground')).fill") == ground
            assert tab.evaluate(OVERLAPS) == []
