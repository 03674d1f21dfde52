"""The page holds what run and study found, needs nothing from outside, and can be read without its pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from codefactory.config import GenerationsConfig, RunConfig, StudyConfig
from codefactory.errors import InputError
from codefactory.reading import load
from codefactory.report import html, plots
from codefactory.report.inputs import read_run
from codefactory.stats import SeedNoise
from codefactory.study.compare import Measured, compare

pytest.importorskip("jinja2", reason="the report extra is not installed")

SUMMARY = {
    "name": "demo", "drafts": 100, "executed": 80, "kept": {"agreement": 60, "naive": 20, "unfiltered": 90},
    "reasons": {
        "agreement": {"no_agreement": 30, "near_duplicate": 10},
        "naive": {"own_tests_fail": 80},
        "unfiltered": {"solution_syntax": 9},
    },
    "calls": 800, "tokens": 123456, "executions": 900, "seconds": 75.0,
    "model": "writer@1", "image": "sha256:abc", "runner": "docker",
}  # fmt: skip
EXAMPLES = [
    {"rule": "naive", "verdict": "dropped", "reason": "own_tests_fail", "statement": "Is <b> & 1 < 2?", "code": "x",
     "tests": "assert f() == '<script>'", "detail": "case 1"},
    {"rule": "agreement", "verdict": "kept", "reason": "", "statement": "Kept one", "code": "y", "tests": "z",
     "detail": ""},
]  # fmt: skip


SHAPES = (
    ("base", "none", 0, 5),
    ("human", "human", 0, 30),
    ("few", "synthetic", 100, 32),
    ("many", "synthetic", 500, 70),
)


def study(shapes: Sequence[tuple[str, str, int, int]] = SHAPES) -> dict[str, Any]:
    """A small study with two sizes, as `study.json` holds it; a shape: name, data, synthetic rows, tasks solved."""
    arms = [Measured(name, data, rows, [[1.0] * hits + [0.0] * (100 - hits)]) for name, data, rows, hits in shapes]
    return {
        "name": "Pilot", "key": "k" * 32, "tasks": 100, "task_set": "reference:heldout", "human": "reference:train",
        "k": 1, "seeds": [0], "confidence": 0.95, "resamples": 100, "seed_noise": 0.0,
        "finished": "2026-01-02T03:04:05",
        "budget": {"base": "micro", "steps": 3, "tokens_per_step": 256, "learning_rate": 0.001},
        "environment": {"image": "sha256:abc"},
        "comparisons": [asdict(one) for one in compare(arms, SeedNoise(), 0.95, 100)],
        "arms": [
            {
                "name": arm.name, "data": arm.data, "human_rows": 0, "synthetic_rows": arm.synthetic_rows, "note": "",
                "documents": "d" * 32, "models": [{"seed": 0, "training": "", "evaluation": "e" * 32}],
                "score": (score := {"value": hits / 100, "low": hits / 120, "high": hits / 90}),
                "seed_scores": [hits / 100],
                "pass_at": {"1": score}, "statuses": {"passed": hits, "failed": 100 - hits}, "unextracted": 0, "cut": 1,
                "command": f"codefactory study s.yaml --recompute {arm.name}",
            }
            for arm, (_, _, _, hits) in zip(arms, shapes, strict=True)
        ],
    }  # fmt: skip


class Page(HTMLParser):
    """What a page links to, its texts, its pictures' alternatives, and whether every tag is closed."""

    VOID = ("meta", "img", "source", "br", "link", "hr", "input")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.urls: list[str] = []
        self.alts: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.urls += [str(found[name]) for name in ("src", "href", "srcset") if name in found]
        self.alts += [str(found["alt"])] if tag == "img" else []
        self.ids += [str(found["id"])] if "id" in found else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    (tmp_path / "study").mkdir()
    (tmp_path / "run" / "summary.json").write_text(json.dumps(SUMMARY))
    (tmp_path / "run" / "examples.json").write_text(json.dumps(EXAMPLES))
    (tmp_path / "study" / "study.json").write_text(json.dumps(study()))
    run = {"out": str(tmp_path / "run"), "llm": {"backend": "local", "model": "m"}, "seeds": {"count": 1}}
    (tmp_path / "run.yaml").write_text(yaml.safe_dump(run))
    arms = [{"name": "base", "data": "none"}]
    about = {"out": str(tmp_path / "study"), "run": str(tmp_path / "run.yaml"), "arms": arms, "train": {"base": "m"}}
    (tmp_path / "study.yaml").write_text(yaml.safe_dump(about))
    return tmp_path


@pytest.fixture
def page(folder: Path) -> Page:
    path = html.write(load(StudyConfig, folder / "study.yaml"), folder / "report.html", "study.yaml")
    return Page(path.read_text())


def test_the_page_needs_nothing_from_outside(page: Page) -> None:
    assert page.urls
    assert all(url.startswith(("data:", "#")) for url in page.urls)
    assert page.open == []
    assert {url[1:] for url in page.urls if url.startswith("#")} <= set(page.ids)


def test_every_comparison_and_every_command_is_on_the_page(page: Page) -> None:
    text = page.text.replace("\u00a0", " ").replace("−", "-")
    for comparison in study()["comparisons"]:
        assert comparison["sentence"] in text
    for arm in study()["arms"]:
        assert arm["command"] in text


def test_both_rules_and_every_reason_are_on_the_page(page: Page) -> None:
    for words in ("own tests fail", "no agreement", "near duplicate", "agreement: kept and dropped add up"):
        assert words in page.text
    assert "unfiltered: drafts less kept and dropped leaves 1" in re.sub(r"\s+", " ", page.text)


def test_what_a_model_wrote_cannot_become_markup(folder: Path) -> None:
    text = html.write(load(StudyConfig, folder / "study.yaml"), folder / "report.html").read_text()
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "<b>" not in text


@pytest.mark.skipif(not plots.available(), reason="matplotlib is not installed")
def test_pictures_say_in_words_what_they_show(page: Page) -> None:
    arms, amount, funnel = page.alts
    assert "many 70.0 %" in arms
    assert "verified 100 rows 32.0 %" in amount
    assert "human as a horizontal band" in amount
    assert "kept, agreement 60" in funnel


@pytest.mark.skipif(not plots.available(), reason="matplotlib is not installed")
def test_an_arm_of_another_policy_is_no_size_of_the_curve() -> None:
    found = study()
    found["arms"][3]["variant"] = "strict"
    assert plots.amount(found) is None


@pytest.mark.parametrize(
    ("heights", "placed"),
    [
        ([50.0, 20.0], [50.0, 20.0]),  # far enough: nothing moves
        ([50.0, 52.0, 51.0], [41.0, 61.0, 51.0]),
        ([1.0, 2.0], [5.0, 15.0]),  # not below the floor
        ([98.0, 99.0, 97.0], [90.0, 100.0, 80.0]),  # nor above the ceiling
        ([], []),
    ],
)
def test_labels_are_moved_apart_and_no_further_than_that(heights: list[float], placed: list[float]) -> None:
    assert plots.apart(heights, 10, 5, 100) == pytest.approx(placed)


@pytest.mark.skipif(not plots.available(), reason="matplotlib is not installed")
def test_the_same_results_give_the_same_page(folder: Path) -> None:
    config = load(StudyConfig, folder / "study.yaml")
    first, second = (html.write(config, folder / name, "s").read_bytes() for name in ("a.html", "b.html"))
    assert first == second


def test_without_matplotlib_the_page_has_tables_and_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "available", lambda: False)
    page = Page(html.write(load(StudyConfig, folder / "study.yaml"), folder / "report.html").read_text())
    assert page.alts == []
    assert "matplotlib is not installed here" in page.text
    assert "own tests fail" in page.text


def test_a_run_alone_has_a_page(folder: Path) -> None:
    page = Page(html.write(load(RunConfig, folder / "run.yaml"), folder / "run.html").read_text())
    assert "From drafts to rows" in page.text
    assert "Comparisons" not in page.text


@pytest.mark.parametrize(
    ("file", "text", "match"),
    [
        ("study/study.json", None, "codefactory study"),
        ("study/study.json", "{}", "not a study's result"),
        ("run/summary.json", None, "codefactory run"),
        ("run/summary.json", "{", "not JSON"),
    ],
)
def test_what_is_missing_or_broken_is_named(folder: Path, file: str, text: str | None, match: str) -> None:
    path = folder / file
    path.unlink() if text is None else path.write_text(text)
    with pytest.raises(InputError, match=match):
        html.write(load(StudyConfig, folder / "study.yaml"), folder / "report.html")


def test_the_funnel_says_what_does_not_add_up(folder: Path) -> None:
    run = read_run(folder / "run")
    assert [run.balance(rule) for rule in run.rules] == [0, 0, 1]
    assert run.rules == ["naive", "agreement", "unfiltered"]
    assert run.slugs[:2] == ["own_tests_fail", "no_agreement"]


def generations(*names: str) -> dict[str, Any]:
    """Chains of two writers, as `generations.json` holds them."""
    one = {"drafts": 40, "parsed": 0.9, "own": 0.3, "recall": 0.25, "programs": 0.8, "effective": 12.5,
           "distinct_2": 0.4, "names": 0.7, "kept": {"value": 0.31, "low": 0.2, "high": 0.42}}  # fmt: skip
    later = one | {"recall": 0.125, "kept": {"value": 0.17, "low": 0.1, "high": 0.3}}
    steps = [
        {"model": "m", "documents": 0, "loss": 0.0, "round": one},
        {"model": "n", "documents": 1234, "loss": 1.0, "round": later},
    ]
    chains = [
        {"name": name, "mode": "replace", "verified": False, "steps": steps, "sentence": f"{name}: fewer"}
        for name in names
    ]
    return {"name": "Rounds", "policy": "naive", "drafts": 40, "chains": chains}


def test_generations_have_a_page_with_every_round(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "generations.json").write_text(json.dumps(generations("replace")))
    about = {"out": str(tmp_path / "out"), "run": "r.yaml", "drafts": 40, "rounds": 1, "train": {"base": "m"},
             "chains": [{"name": "replace", "mode": "replace"}]}  # fmt: skip
    (tmp_path / "g.yaml").write_text(yaml.safe_dump(about))
    page = Page(html.write(load(GenerationsConfig, tmp_path / "g.yaml"), tmp_path / "g.html").read_text())
    for words in ("Rounds", "replace: fewer", "1,234", "17.0", "12.5", "10.0 to 30.0"):
        assert words in page.text
    assert page.open == []
    assert {url[1:] for url in page.urls if url.startswith("#")} <= set(page.ids)
    if plots.available():
        assert "replace: kept 31.0, 17.0, recall 25.0, 12.5" in page.alts[0]
