"""The real thing, very short: the embedded base model trained for three steps on two arms and measured."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
import yaml

from codefactory.config import GenerationsConfig, StudyConfig
from codefactory.errors import BackendError, InputError
from codefactory.llm.checkpoint import locate
from codefactory.reading import load
from codefactory.report.html import render
from codefactory.report.inputs import read_study
from codefactory.study.arms import recompute, run_study
from codefactory.study.generations import run_generations
from codefactory.study.students import MicroStudents

pytest.importorskip("torch", reason="the train extra is not installed")
pytest.importorskip("transformers", reason="the train extra is not installed")


MBPP = Path(__file__).parents[2] / ".." / "shared" / "data" / "mbpp" / "mbpp.jsonl"
OWN = {"human": "reference:train", "tasks": "reference:heldout"}
THEIRS = {"human": f"mbpp:train@{MBPP}", "tasks": f"mbpp:test@{MBPP}"}
absent = pytest.mark.skipif(not MBPP.exists(), reason="mbpp.jsonl is not here; it is not part of this repository")


@pytest.fixture(params=[OWN])
def config(tmp_path: Path, request: pytest.FixtureRequest) -> StudyConfig:
    """Base and human, three steps, four tasks."""
    study, base = tmp_path / "study.yaml", tmp_path / "base"
    shutil.copytree(locate("micro-base"), base)
    study.write_text(
        yaml.safe_dump({
            "out": str(tmp_path / "study"), "run": "unused.yaml", "seeds": [0], "human": request.param["human"],
            "arms": [{"name": "base", "data": "none"}, {"name": "human", "data": "human"}],
            "train": {"base": str(base), "steps": 3, "tokens_per_step": 512},
            "evaluation": {"tasks": request.param["tasks"], "limit": 4, "max_tokens": 48}, "resamples": 100,
            "sandbox": {"runner": "process", "slots": 1},
        })
    )  # fmt: skip
    return load(StudyConfig, study)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*invalid escape sequence")
@pytest.mark.parametrize("config", [OWN, pytest.param(THEIRS, marks=absent)], ids=["reference", "mbpp"], indirect=True)
async def test_a_real_student_is_trained_measured_recomputed_and_reported(config: StudyConfig) -> None:
    lines: list[str] = []
    result = await run_study(config, lines.append)
    base, human = result.arms
    assert sum(base.statuses.values()) == sum(human.statuses.values()) == result.tasks == 4
    assert MicroStudents().trained(config.out / "models" / human.models[0].training)
    assert recompute(config, "human") == result.about("human")
    assert await run_study(config, lines.append) == result
    assert "nothing to do" in lines[-1]
    page = re.sub(r"\s+", " ", unescape(render(study=read_study(config.out)))).replace("−", "-")
    (comparison,) = result.comparisons
    assert comparison.sentence in page
    assert comparison.low < comparison.difference < comparison.high  # four tasks leave room, whoever solves them


async def test_a_base_that_is_not_there_is_named(config: StudyConfig) -> None:
    train = config.train.model_copy(update={"base": "./no-such-model"})
    with pytest.raises(BackendError, match="no such model"):
        await run_study(config.model_copy(update={"train": train}), lambda line: None)


def test_documents_that_do_not_fit_are_explained(config: StudyConfig, tmp_path: Path) -> None:
    students = MicroStudents()
    base, _ = students.base(config.train)
    with pytest.raises(InputError, match="cannot be trained"):
        students.train(base, [("word " * 5000, "x")], tmp_path / "m", config.train, 0, lambda line: None)


@pytest.mark.slow
async def test_a_real_student_becomes_the_writer(tmp_path: Path) -> None:
    run = {
        "out": "unused", "llm": {"backend": "local", "model": "micro-writer", "max_tokens": 320, "batch": 8},
        "seeds": {"count": 1, "topics": ["lists", "sums"], "difficulties": ["easy"]},
        "recipe": {"solutions": 2, "suites": 1}, "sandbox": {"runner": "process", "slots": 1},
    }  # fmt: skip
    (tmp_path / "run.yaml").write_text(yaml.safe_dump(run))
    chain = {"name": "replace", "mode": "replace", "verified": False}
    train = {"base": "micro-writer", "steps": 2, "tokens_per_step": 512, "learning_rate": 1e-5}
    data = {"out": str(tmp_path / "out"), "run": str(tmp_path / "run.yaml"), "drafts": 6, "rounds": 1}
    (tmp_path / "g.yaml").write_text(yaml.safe_dump(data | {"chains": [chain], "train": train, "resamples": 100}))
    config = load(GenerationsConfig, tmp_path / "g.yaml")
    lines: list[str] = []
    result = await run_generations(config, lines.append)
    first, second = result.chains[0].steps
    assert first.round.parsed > 0.5
    assert second.round.parsed > 0.5  # two small steps do not unlearn how a task is written
    assert 0 < second.documents <= 12
    assert 0 < second.loss < 2
    lines.clear()
    assert await run_generations(config, lines.append) == result
    assert not any("training" in line for line in lines)
