"""The page about verdicts: made by `verify` from what it found, nothing from outside, every unreadable row listed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codefactory.cli import app
from codefactory.errors import InputError
from codefactory.report import plots
from codefactory.report.verdicts import UNREADABLE_SHOWN, read_verified
from codefactory.report.verified import write_verified
from tests.report.test_report import Page
from tests.test_verification import ASSERTS, GOOD, HUMANEVAL, TWICE

pytest.importorskip("jinja2", reason="the report extra is not installed")

CLAMPED = "def twice(n):\n    if n > 0:\n        return 2 * n\n    return 0\n"
ROWS: list[object] = [
    GOOD,
    HUMANEVAL,
    {**GOOD, "code": CLAMPED, "test_list": ["assert twice(2) == 4", "assert twice(3) == 6"]},
    {**GOOD, "code": TWICE.replace("2", "3"), "test_list": [*ASSERTS, "assert twice('<b>') == '<script>'"]},
    {"text": "no solution"},
    b"[1]",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command line leaves of a file with one of everything, mutants measured."""
    folder = tmp_path_factory.mktemp("verified")
    file = folder / "rows.jsonl"
    file.write_bytes(b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in ROWS))
    given = ["verify", str(file), "--out", str(folder / "out"), "--mutation", "--set", "runner=process"]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 0, result.output
    assert f"report: {folder / 'out' / 'report.html'}" in result.output
    return folder / "out"


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page((folder / "report.html").read_text(encoding="utf-8"))


def test_the_page_needs_nothing_from_outside_and_is_well_formed(page: Page) -> None:
    assert page.urls
    assert all(url.startswith(("data:", "#")) for url in page.urls)
    assert page.open == []
    assert {url[1:] for url in page.urls if url.startswith("#")} <= set(page.ids)


def test_reasons_unreadable_rows_and_examples_are_on_the_page(page: Page) -> None:
    text = re.sub(r"\s+", " ", page.text)
    assert "3 of 6 hold: 50.0 %." in text.replace("\u00a0", " ")
    for words in ("own tests fail", "missing column (unreadable)", "not an object", "0 of 3 cases", "case_1: assert"):
        assert words in text
    lines = re.findall(r"(\d+)\s*(?:missing column|not an object)", text.partition("Rows that cannot be read")[2])
    assert lines == ["5", "6"]


def test_what_a_row_holds_cannot_become_markup(folder: Path) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<b>" not in text


def test_evidence_is_spread_out_and_the_weakest_tests_are_named(folder: Path, page: Page) -> None:
    found = {one.words: one for one in read_verified(folder).distributions}
    cases = found["cases of its own that pass"]
    assert (cases.rows, cases.full) == (4, 3)
    lines = found["lines that its tests execute"]
    assert (lines.rows, lines.full, lines.counts[6]) == (3, 2, 1)  # 2 of 3 lines of CLAMPED
    assert found["mutants that its tests kill"].rows == 3
    weakest = page.text.partition("What holds with the weakest tests")[2].partition("Survivors")[2]
    assert weakest.strip().startswith("line 3")


@pytest.mark.skipif(not plots.available(), reason="matplotlib is not installed")
def test_pictures_say_in_words_what_they_show(page: Page) -> None:
    assert "verdicts 6, could be read 4, executed with tests 4, hold 3" in page.alts[0]
    assert any("of lines that its tests execute: 2 have all of it" in alt for alt in page.alts)
    assert page.alts[-1].startswith("Reliability diagram: given 0.0")


def test_the_page_is_made_again_from_the_folder_alone(folder: Path, tmp_path: Path) -> None:
    before = (folder / "report.html").read_bytes()
    result = CliRunner().invoke(app, ["report", str(folder), "--out", str(tmp_path / "page.html")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "page.html").read_bytes() == before


def test_without_matplotlib_the_page_has_tables_and_says_so(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "available", lambda: False)
    page = Page(write_verified(folder, tmp_path / "page.html").read_text(encoding="utf-8"))
    assert page.alts == []
    assert "matplotlib is not installed here" in page.text
    assert "lines that its tests execute" in page.text


def test_more_unreadable_rows_than_a_page_holds_are_counted(folder: Path, tmp_path: Path) -> None:
    row = next(line for line in (folder / "verdicts.jsonl").read_text().splitlines() if "missing_column" in line)
    (tmp_path / "verdicts.jsonl").write_text(f"{row}\n" * (UNREADABLE_SHOWN + 7))
    (tmp_path / "verify.json").write_bytes((folder / "verify.json").read_bytes())
    page = Page(write_verified(tmp_path).read_text(encoding="utf-8"))
    assert "The first 1,000; 7 more are in" in page.text


@pytest.mark.parametrize(
    ("name", "text", "match"),
    [
        ("verify.json", None, "codefactory verify FILE"),
        ("verdicts.jsonl", None, "codefactory verify FILE"),
        ("verdicts.jsonl", '{"line": 1}\n', "not what 'codefactory verify' wrote"),
        ("verify.json", "{", "not what 'codefactory verify' wrote"),
    ],
)
def test_what_is_missing_or_broken_is_named(
    folder: Path, tmp_path: Path, name: str, text: str | None, match: str
) -> None:
    for file in ("verify.json", "verdicts.jsonl"):
        (tmp_path / file).write_bytes((folder / file).read_bytes())
    (tmp_path / name).unlink() if text is None else (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=match):
        write_verified(tmp_path)
