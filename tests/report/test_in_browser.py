"""The pages as a reader has them: in a real Chromium, without a network, on a screen, on a phone and on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from codefactory.report import html, plots
from codefactory.report.inputs import read_run
from tests.report.browser import Browser, Page, browsing, executable
from tests.report.test_report import EXAMPLES, SUMMARY, generations, study
from tests.report.test_verified import folder as verdicts  # noqa: F401  # a fixture

pytest.importorskip("jinja2", reason="the report extra is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not executable(), reason="no Chromium here; on Debian or Ubuntu: apt-get install chromium"),
]

PHONE, SCREEN, PAPER = 360, 1200, 673  # pixels; paper is what A4 leaves between the margins
NAMES = ("study", "generations", "verdicts")
CROWD = (
    ("base", "none", 0, 35), ("human", "human", 0, 21), ("verified 500", "synthetic", 500, 28),
    ("verified 1500", "synthetic", 1500, 37), ("verified 3500", "synthetic", 3500, 34),
    ("unfiltered 3500", "unfiltered", 3500, 36), ("mixed", "mixed", 3500, 34),
)  # fmt: skip
CHAINS = ("replace", "replace verified", "accumulate", "expert iteration", "fresh human")


def crowded() -> dict[str, Any]:
    """A study as large as they come: arms that nearly agree, notes, many ways to end, several k."""
    found = study(CROWD)
    statuses = ("passed", "failed", "errored", "syntax", "timeout", "out_of_memory", "unextracted")
    for arm in found["arms"]:
        arm["statuses"] = dict.fromkeys(statuses, 1234)
        arm["pass_at"] = {str(k): arm["score"] for k in (1, 10, 100)}
    found["arms"][4]["note"] = "asked for 3,500 synthetic rows, the corpus has 3,402"
    return found


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, verdicts: Path) -> dict[str, Path]:  # noqa: F811
    """A page of each kind."""
    folder = tmp_path_factory.mktemp("pages")
    examples = [*EXAMPLES, EXAMPLES[0] | {"code": f"def f():\n    return {list(range(99))}", "statement": "x" * 300}]
    for name, value in (("summary", SUMMARY), ("examples", examples)):
        (folder / f"{name}.json").write_text(json.dumps(value))
    made = {
        "study": html.render(runs=[read_run(folder)], study=crowded()),
        "generations": html.render(generations=generations(*CHAINS)),
    }
    for name, page in made.items():
        html.save(page, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in made} | {"verdicts": verdicts / "report.html"}


@pytest.fixture(scope="module")
def pages(browser: Browser, files: dict[str, Path]) -> dict[str, Page]:
    return {name: browser.show(path, width=SCREEN) for name, path in files.items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_for_nothing_and_complains_about_nothing(
    name: str, pages: dict[str, Page], files: dict[str, Path]
) -> None:
    assert pages[name].requests() == [files[name].as_uri()]
    assert pages[name].complaints() == []


# What sticks out to the right, but for tables that scroll by themselves and what only a screen reader is given.
WIDE = """(() => {
  const width = document.documentElement.clientWidth, inside = '.scroll, .stack thead';
  const found = [...document.body.querySelectorAll('*')].filter(
    one => !one.parentElement.closest(inside) && !one.matches('.stack thead')
      && one.getBoundingClientRect().right > width + 1);
  return [document.documentElement.scrollWidth > width, found.map(one => one.outerHTML.slice(0, 100))];
})()"""


@pytest.mark.parametrize("width", [PHONE, SCREEN])
@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_wider_than_the_window(name: str, width: int, pages: dict[str, Page]) -> None:
    pages[name].resize(width)
    assert pages[name].ask(WIDE) == [False, []]


@pytest.mark.skipif(not plots.available(), reason="matplotlib is not installed")
@pytest.mark.parametrize("width", [PHONE, SCREEN])
@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_drawn_and_said_in_words(name: str, width: int, pages: dict[str, Page]) -> None:
    pages[name].resize(width)
    found = pages[name].ask("[...document.images].map(one => [one.naturalWidth, one.alt])")
    assert found
    assert all(drawn > 100 and len(words) > 20 for drawn, words in found)


@pytest.mark.parametrize("name", NAMES)
def test_headings_are_in_order_and_the_parts_have_names(name: str, pages: dict[str, Page]) -> None:
    levels = pages[name].ask("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => +one.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert pages[name].ask("document.documentElement.lang") == "en"
    assert pages[name].ask("document.title")
    missing = "['main', 'header', 'footer', 'nav[aria-label]'].filter(one => !document.querySelector(one))"
    assert pages[name].ask(missing) == []
    empty = "[...document.querySelectorAll('thead th')].filter(one => !one.scope || !one.textContent.trim()).length"
    assert pages[name].ask(empty) == 0


def test_a_screen_reader_on_a_phone_finds_rows_and_their_headers(pages: dict[str, Page]) -> None:
    page = pages["study"]
    page.resize(PHONE)
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node.get("ignored")]
    named = {node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "rowheader"}
    assert {arm[0] for arm in CROWD} <= {name.partition(" (")[0] for name in named}
    assert roles.count("table") == page.ask("document.querySelectorAll('table').length")
    assert roles.count("image") >= page.ask("document.images.length")


# Text whose colour is too near to what it stands on (WCAG 2.1, success criterion 1.4.3).
FAINT = """(() => {
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const light = rgb => rgb.slice(0, 3).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = one => { for (; one; one = one.parentElement) {
    const colour = parts(getComputedStyle(one).backgroundColor); if (colour.length < 4 || colour[3] > 0) return colour;
  } return [255, 255, 255]; };
  return [...document.body.querySelectorAll('*')].filter(one => [...one.childNodes].some(
    node => node.nodeType == 3 && node.textContent.trim())).map(one => {
      const [a, b] = [light(parts(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
      return [(a + .05) / (b + .05), one.className + ': ' + one.textContent.trim().slice(0, 40)];
  }).filter(([ratio]) => ratio < 4.5);
})()"""


@pytest.mark.parametrize("name", NAMES)
def test_text_stands_out_from_what_is_behind_it(name: str, pages: dict[str, Page]) -> None:
    assert pages[name].ask(FAINT) == []


# Pairs of labels of one drawing that cover each other.
MEETING = """(() => {
  document.body.innerHTML = DRAWING;
  const boxes = [...document.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
  return boxes.flatMap(([name, box], i) => boxes.slice(i + 1).filter(other => meet(box, other[1]))
    .map(other => [name, other[0]]));
})()"""


@pytest.mark.skipif(not plots.available(), reason="matplotlib is not installed")
def test_no_label_of_a_plot_covers_another(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.show(files["generations"], width=SCREEN)
    drawn = [plots.amount(crowded()), plots.arms(crowded()), plots.generations(generations(*CHAINS))]
    for plot in drawn:
        assert plot
        for svg in (plot.wide, plot.narrow):
            assert page.ask(MEETING.replace("DRAWING", json.dumps(svg[svg.index("<svg") :]))) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_prints_and_nothing_is_cut_off(name: str, pages: dict[str, Page]) -> None:
    page = pages[name]
    page.resize(PAPER, paper=True)
    try:
        assert page.ask("getComputedStyle(document.querySelector('nav')).display") == "none"
        cut = "[...document.querySelectorAll('.scroll, pre')].filter(one => one.scrollWidth > one.clientWidth + 1)"
        assert page.ask(f"{cut}.map(one => one.textContent.trim().slice(0, 60))") == []
        printed = page.printed()
        assert printed.startswith(b"%PDF")
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 1
    finally:
        page.resize(SCREEN)
