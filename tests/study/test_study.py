"""A study end to end: nested data, equal budgets, resumed after a kill, recomputed from the ledger alone."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from codefactory.commands import typed
from codefactory.config import StudyConfig, TrainConfig
from codefactory.corpus import store
from codefactory.errors import ConfigError, InputError
from codefactory.filters.base import Funnel
from codefactory.languages.python import completion_pair
from codefactory.llm.base import Backend
from codefactory.llm.replay import Script
from codefactory.reading import load
from codefactory.study import data
from codefactory.study.arms import recompute, run_study
from codefactory.study.data import Document
from codefactory.study.students import Learned
from codefactory.tasks import base as tasks
from codefactory.types import Record, to_json

SEEDS = (0, 1)
ARMS = [
    {"name": "base", "data": "none"},
    {"name": "human", "data": "human"},
    {"name": "synthetic 20", "data": "synthetic", "rows": 20},
    {"name": "synthetic 60", "data": "synthetic", "rows": 60},
    {"name": "unfiltered 60", "data": "unfiltered", "rows": 60},
    {"name": "mixed", "data": "mixed", "rows": 60},
]
MODELS = 1 + len(SEEDS) * (len(ARMS) - 1)


class Killed(Exception):
    """Stands for a kill: nothing of ours catches it."""


class ScriptedStudents:
    """Students without a network: what they trained on decides which tasks they answer rightly."""

    left_out = 0

    def __init__(self, config: StudyConfig, *, killed_at: int = 10**9, killed_asking: int = 10**9) -> None:
        self.folder = config.out / "base"
        self.trainings: list[tuple[int, int, int]] = []
        self.opened = 0
        self.killed_at, self.killed_asking = killed_at, killed_asking
        self.answers = dict(completion_pair(task) for task in tasks.load(config.evaluation.tasks))

    def base(self, config: TrainConfig) -> tuple[Path, str]:
        return self.folder, config.base

    def train(
        self, base: Path, documents: Sequence[Document], folder: Path, config: TrainConfig, seed: int, log: object
    ) -> Learned:
        if len(self.trainings) >= self.killed_at:
            raise Killed
        self.trainings.append((len(documents), seed, config.steps * config.tokens_per_step))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "skill.json").write_text(json.dumps({"skill": min(90, len(documents)), "seed": seed}))
        return Learned(1.0, self.left_out)

    def trained(self, folder: Path) -> bool:
        return (folder / "skill.json").exists()

    def open(self, folder: Path) -> AbstractAsyncContextManager[Backend]:
        return self._open(folder)

    @asynccontextmanager
    async def _open(self, folder: Path) -> AsyncIterator[Backend]:
        if self.opened >= self.killed_asking:
            raise Killed
        self.opened += 1
        skill = json.loads((folder / "skill.json").read_text()) if self.trained(folder) else {"skill": 3, "seed": 0}

        def answer(request: object) -> str:
            prompt: str = request.prompt  # type: ignore[attr-defined]
            luck = int(sha256(f"{prompt}{skill['seed']}".encode()).hexdigest(), 16) % 100
            return self.answers[prompt] if luck < skill["skill"] else "    return None\n"

        backend = Script(answer)
        backend.fingerprint = f"scripted@{folder.name}"
        yield backend


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """16 held-out and 100 training tasks as files: reading those is quicker than the reference set."""
    folder = tmp_path_factory.mktemp("tasks")
    for split, count in (("heldout", 16), ("train", 100)):
        lines = [to_json(record).decode() for record in tasks.load(f"reference:{split}")[:count]]
        (folder / f"{split}.jsonl").write_text("\n".join(lines) + "\n")
    return {split: folder / f"{split}.jsonl" for split in ("heldout", "train")}


@pytest.fixture
def config(tmp_path: Path, records: dict[str, Path]) -> StudyConfig:
    """A study file beside a run with two corpora."""
    run, study = tmp_path / "run.yaml", tmp_path / "study.yaml"
    run.write_text(
        yaml.safe_dump({
            "out": str(tmp_path / "run"), "llm": {"backend": "local", "model": "m"}, "seeds": {"count": 1},
        })
    )  # fmt: skip
    pool = tasks.load(f"jsonl@{records['train']}")
    for policy, rows in (("agreement", pool[30:]), ("unfiltered", pool)):
        store.write(tmp_path / "run" / "corpus" / policy, rows, Funnel(), {"policy": policy})
    study.write_text(
        yaml.safe_dump({
            "name": "test", "out": str(tmp_path / "study"), "run": str(run), "human": f"jsonl@{records['train']}",
            "arms": ARMS, "seeds": list(SEEDS),
            "train": {"base": "tiny", "steps": 3, "tokens_per_step": 256},
            "evaluation": {"tasks": f"jsonl@{records['heldout']}"},
            "sandbox": {"runner": "process", "slots": 2}, "resamples": 100,
        })
    )  # fmt: skip
    return load(StudyConfig, study)


def figures(result: object) -> dict[str, object]:
    """Everything but times and the folder."""
    found: dict[str, object] = json.loads(json.dumps(result, default=lambda noun: _fields(noun)))
    found.pop("finished")
    return found


def _fields(noun: object) -> dict[str, object]:
    return {name: getattr(noun, name) for name in noun.__slots__}  # type: ignore[attr-defined]


async def test_a_study_runs_to_a_table_and_sentences(config: StudyConfig, tmp_path: Path) -> None:
    students = ScriptedStudents(config)
    result = await run_study(config, lambda line: None, students=students)
    assert [arm.name for arm in result.arms] == [arm["name"] for arm in ARMS]
    assert len(students.trainings) == MODELS - 1
    assert {budget for _, _, budget in students.trainings} == {3 * 256}
    by_name = {arm.name: arm for arm in result.arms}
    assert by_name["synthetic 60"].score.value > by_name["synthetic 20"].score.value > by_name["base"].score.value
    assert len(by_name["base"].seed_scores) == 1
    assert len(by_name["human"].seed_scores) == len(SEEDS)
    assert any("synthetic 60 beats base by" in sentence for sentence in result.sentences)
    assert json.loads((config.out / "study.json").read_text())["tasks"] == 16
    human = config.out / "models" / by_name["human"].models[0].training
    assert f"| 16 | 1 | {100 * by_name['human'].seed_scores[0]:.1f} |" in (human / "README.md").read_text()


async def test_what_a_model_could_not_read_is_said_beside_its_arm(config: StudyConfig) -> None:
    students = ScriptedStudents(config)
    students.left_out = 7
    result = await run_study(config, lambda line: None, students=students)
    base, human = result.arms[:2]
    assert base.note == ""
    assert human.note == "7 of its documents are too long for the model and were left out"
    card = (config.out / "models" / human.models[0].training / "README.md").read_text()
    assert f"{human.human_rows - 7} rows; 7 more were too long and left out" in card
    assert recompute(config) == result


async def test_a_second_study_trains_and_asks_nothing(config: StudyConfig, tmp_path: Path) -> None:
    first = await run_study(config, lambda line: None, students=ScriptedStudents(config))
    page = (config.out / "study.json").read_bytes()
    students, lines = ScriptedStudents(config), []
    assert await run_study(config, lines.append, students=students) == first
    assert (students.trainings, students.opened) == ([], 0)
    assert "nothing to do" in lines[-1]
    assert (config.out / "study.json").read_bytes() == page


@pytest.mark.parametrize(("killed_at", "killed_asking"), [(0, 99), (4, 99), (99, 0), (99, 5)])
async def test_a_killed_study_ends_with_the_same_figures(
    config: StudyConfig, tmp_path: Path, killed_at: int, killed_asking: int
) -> None:
    killed = ScriptedStudents(config, killed_at=killed_at, killed_asking=killed_asking)
    with pytest.raises(Killed):
        await run_study(config, lambda line: None, students=killed)
    again = ScriptedStudents(config)
    resumed = await run_study(config, lambda line: None, students=again)
    assert len(again.trainings) == MODELS - 1 - len(killed.trainings)
    assert again.opened == MODELS - killed.opened
    elsewhere = config.model_copy(update={"out": tmp_path / "elsewhere"})
    whole = await run_study(elsewhere, lambda line: None, students=ScriptedStudents(config))
    assert figures(resumed) == figures(whole)


async def test_trained_models_may_be_deleted_after_they_were_measured(config: StudyConfig, tmp_path: Path) -> None:
    await run_study(config, lambda line: None, students=ScriptedStudents(config))
    for model in (config.out / "models").iterdir():
        (model / "skill.json").unlink()
    students = ScriptedStudents(config)
    await run_study(config, lambda line: None, students=students)
    assert students.trainings == []


async def test_figures_recompute_from_the_ledger_alone(
    config: StudyConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = await run_study(config, lambda line: None, students=ScriptedStudents(config))
    (config.out / "study.json").unlink()
    monkeypatch.setattr(store, "read", lambda folder: pytest.fail("the corpus was read"))
    alone = await asyncio.to_thread(recompute, config, "human")
    assert alone == result.about("human")
    assert [arm.name for arm in alone.arms] == ["human"]
    assert recompute(config) == result
    source = typed(Path("my study.yaml"), ("seeds=[0, 1]",))
    command = recompute(config, "human", source=source).arms[0].command
    assert command == "codefactory study 'my study.yaml' --set 'seeds=[0, 1]' --recompute human"


async def test_recompute_says_what_is_missing(config: StudyConfig, tmp_path: Path) -> None:
    await run_study(config, lambda line: None, students=ScriptedStudents(config))
    with pytest.raises(InputError, match="no arm 'humans'; there are: base, human"):
        recompute(config, "humans")
    with pytest.raises(InputError, match="no finished study"):
        recompute(config.model_copy(update={"resamples": 300}))


async def test_another_seed_trains_only_what_is_new(config: StudyConfig, tmp_path: Path) -> None:
    await run_study(config, lambda line: None, students=ScriptedStudents(config))
    students = ScriptedStudents(config)
    await run_study(config.model_copy(update={"seeds": (0, 1, 2)}), lambda line: None, students=students)
    assert {seed for _, seed, _ in students.trainings} == {2}


def test_smaller_sizes_lie_in_larger_ones_whatever_the_order(config: StudyConfig, tmp_path: Path) -> None:
    before = {arm.name: arm for arm in data.arms(config)}
    assert set(before["synthetic 20"].documents) < set(before["synthetic 60"].documents)
    assert set(before["synthetic 60"].documents) < set(before["mixed"].documents)
    assert set(before["human"].documents) <= set(before["mixed"].documents)
    shuffled: list[Record] = store.read(tmp_path / "run" / "corpus" / "agreement")
    random.Random(0).shuffle(shuffled)
    store.write(tmp_path / "run" / "corpus" / "agreement", shuffled, Funnel(), {})
    assert {arm.name: arm.digest for arm in data.arms(config)} == {name: arm.digest for name, arm in before.items()}


def test_an_arm_that_asks_for_too_much_says_so(config: StudyConfig) -> None:
    wish = config.arms[2].model_copy(update={"rows": 1000})
    (arm,) = data.arms(config.model_copy(update={"arms": (wish,)}))
    assert len(arm.documents) == arm.synthetic_rows == 70
    assert arm.note == "asked for 1,000 synthetic rows, the corpus has 70"


def test_two_arms_of_one_name_are_refused(config: StudyConfig) -> None:
    with pytest.raises(ConfigError, match="two arms are called 'base'"):
        data.arms(config.model_copy(update={"arms": (config.arms[0], config.arms[0])}))


def test_a_missing_corpus_names_the_command(config: StudyConfig, tmp_path: Path) -> None:
    (tmp_path / "run" / "corpus").rename(tmp_path / "gone")
    with pytest.raises(InputError, match="codefactory run"):
        data.arms(config)
