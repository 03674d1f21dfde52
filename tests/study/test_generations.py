"""Students become writers: a collapse is seen, verification stops mistakes from spreading, a kill loses nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from codefactory.config import ChainConfig, GenerationsConfig, LlmConfig, RunConfig, StudyConfig, TrainConfig
from codefactory.errors import ConfigError, InputError
from codefactory.llm import BACKENDS
from codefactory.llm.replay import Script
from codefactory.pipeline import run
from codefactory.reading import load
from codefactory.selection import select_all
from codefactory.stats import Difference, Interval
from codefactory.study import data
from codefactory.study.data import Document
from codefactory.study.diversity import Round
from codefactory.study.exchanges import human_exchange, preferences, written
from codefactory.study.generations import Chain, Generations, Step, run_generations, said, unpaired
from codefactory.study.students import Learned, MicroStudents
from codefactory.tasks.base import EVALUATION_ONLY
from codefactory.tasks.base import load as load_tasks
from codefactory.tasks.rows import Row
from codefactory.types import Message, Request, to_json

CHAINS = [
    {"name": "replace", "mode": "replace", "verified": False},
    {"name": "verified", "mode": "replace"},
    {"name": "accumulate", "mode": "accumulate"},
    {"name": "fresh", "mode": "fresh"},
]
DRAFTS, ROUNDS = 40, 3


class Killed(Exception):
    """Stands for a kill: nothing of ours catches it."""


def draft(n: int, wrong: bool) -> str:
    """A whole task; a wrong one has a wrong value."""
    return (
        f"## Problem\nWrite `add_{n}(x)`, which returns x plus {n}.\n"
        f"## Solution\n```python\ndef add_{n}(x):\n    return x + {n}\n```\n"
        f"## Tests\n```python\nassert add_{n}(1) == {n + 1 + wrong}\nassert add_{n}(0) == {n}\n"
        f"assert add_{n}(5) == {n + 5}\n```"
    )


def chance(*parts: object) -> int:
    return int(sha256(" ".join(map(str, parts)).encode()).hexdigest(), 16)


def make_writer(config: LlmConfig) -> Script:
    """Writes what it learned, drawn with replacement; the first writer has learned every third task wrongly."""
    memory = Path(config.model) / "memory.json"
    known = json.loads(memory.read_text()) if memory.exists() else [draft(n, n % 3 == 0) for n in range(60)]
    tasks = [answer for answer in known if answer.startswith("## Problem")]

    def answer(request: Request) -> str:
        words = request.messages[1].content
        if words.startswith("Write a problem"):
            return str(tasks[chance(Path(config.model).name, request.sample) % len(tasks)])
        n = int(words.split("add_")[1].split("(")[0])
        section = "## Tests" if words.startswith("Write tests") else "## Solution"
        return section + draft(n, False).split(section)[1].split("## Tests" if section == "## Solution" else "\0")[0]

    return Script(answer, f"writer@{Path(config.model).name}")


class Copyists:
    """Students that remember what they were trained on, word for word."""

    def __init__(self, folder: Path, killed_at: int = 10**9) -> None:
        self.folder, self.killed_at = folder, killed_at
        self.trainings = 0

    def base(self, config: TrainConfig) -> tuple[Path, str]:
        return self.folder, config.base

    def train(
        self, base: Path, documents: Sequence[Document], folder: Path, config: TrainConfig, seed: int, log: object
    ) -> Learned:
        if self.trainings >= self.killed_at:
            raise Killed
        self.trainings += 1
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "memory.json").write_text(json.dumps([answer for _, answer in documents]))
        return Learned(1.0)

    def prefer(
        self, base: Path, rows: Sequence[Row], folder: Path, config: TrainConfig, beta: float, seed: int, log: object
    ) -> Learned:
        """Forgets what it was told to prefer others to; the first base knows what the first writer does."""
        known = base / "memory.json"
        memory = json.loads(known.read_text()) if known.exists() else [draft(n, n % 3 == 0) for n in range(60)]
        refused = {row["rejected"] for row in rows}
        documents = [("", answer) for answer in memory if answer not in refused]
        return self.train(base, documents, folder, config, seed, log)

    def chat(self, config: TrainConfig) -> Callable[[tuple[Message, ...]], str]:
        return lambda messages: messages[-1].content

    def trained(self, folder: Path) -> bool:
        return (folder / "memory.json").exists()

    def writer(self, llm: LlmConfig, folder: Path) -> LlmConfig:
        return llm.model_copy(update={"model": str(folder)})


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GenerationsConfig:
    monkeypatch.setitem(BACKENDS._rows, "copyist", f"{__name__}:make_writer")
    human = [
        {"statement": f"Write `add_{n}(x)`: x plus {n}.", "code": f"def add_{n}(x):\n    return x + {n}\n",
         "tests": f"assert add_{n}(1) == {n + 1}\nassert add_{n}(0) == {n}\nassert add_{n}(2) == {n + 2}"}
        for n in range(100, 109)
    ]  # fmt: skip
    (tmp_path / "human.jsonl").write_text("".join(json.dumps(row) + "\n" for row in human))
    (tmp_path / "run.yaml").write_text(
        yaml.safe_dump({
            "out": str(tmp_path / "unused"), "llm": {"backend": "copyist", "model": "first", "batch": 4},
            "seeds": {"count": 1}, "recipe": {"solutions": 2, "suites": 2}, "sandbox": {"runner": "process"},
            "verify": {"rows": False, "coverage": False}, "select": {"policy": "naive", "decontaminate": []},
        })
    )  # fmt: skip
    (tmp_path / "generations.yaml").write_text(
        yaml.safe_dump({
            "out": str(tmp_path / "out"), "run": str(tmp_path / "run.yaml"), "drafts": DRAFTS, "rounds": ROUNDS,
            "chains": CHAINS, "human": f"jsonl@{tmp_path / 'human.jsonl'}", "train": {"base": "first", "steps": 3},
            "resamples": 100,
        })
    )  # fmt: skip
    return load(GenerationsConfig, tmp_path / "generations.yaml")


async def made(config: GenerationsConfig, **students: int) -> Generations:
    return await run_generations(config, lambda line: None, Copyists(config.out, **students))


async def test_a_collapse_is_seen_and_verification_stops_mistakes(config: GenerationsConfig) -> None:
    found = {chain.name: chain for chain in (await made(config)).chains}
    assert all(len(chain.steps) == ROUNDS + 1 for chain in found.values())
    assert len({to_json(chain.steps[0].round) for chain in found.values()}) == 1
    replace, verified = found["replace"], found["verified"]
    programs = [step.round.effective for step in replace.steps]
    assert programs[-1] < 0.7 * programs[0]
    assert replace.steps[-1].round.recall < replace.steps[0].round.recall
    assert 0.5 < replace.steps[0].round.kept.value < 0.8
    assert [step.round.kept.value for step in verified.steps[1:]] == [1.0] * ROUNDS
    assert verified.sentence.startswith("verified: after 3 rounds more kept drafts (+")
    assert found["accumulate"].steps[-1].round.effective > verified.steps[-1].round.effective


async def test_preferences_are_learned_until_nothing_is_left_to_prefer(config: GenerationsConfig) -> None:
    chain = ChainConfig(name="dpo", mode="replace", objective="dpo")
    config = config.model_copy(update={"chains": (chain,), "drafts": 200})
    said: list[str] = []
    (found,) = (await run_generations(config, said.append, Copyists(config.out))).chains
    kept = [step.round.kept.value for step in found.steps]
    assert kept[0] < 0.8
    assert kept == sorted(kept)
    assert kept[-1] == 1.0
    assert found.steps[1].documents > 0
    assert found.steps[-1].documents == 0
    assert found.steps[-1].model == found.steps[-2].model
    assert any("writer 3 is writer 2: no question of round 2 has both an answer that holds" in line for line in said)


async def test_a_pair_is_two_answers_to_one_question(config: GenerationsConfig, tmp_path: Path) -> None:
    run_config = load(RunConfig, config.run, ("seeds.count=60", f"out={tmp_path / 'one'}"))
    await run(run_config)
    drafts = list(written(run_config))
    pairs = preferences(drafts)
    holds = {(one.messages, one.answer): right for draft in drafts for one, right in draft.judged()}
    assert pairs
    assert all(holds[one.messages, one.answer] and not holds[one.messages, wrong] for one, wrong in pairs)
    assert len({(one.messages, wrong) for one, wrong in pairs}) == len(pairs)


def test_the_embedded_trainer_has_no_preferences_and_says_what_has(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="method: full or lora"):
        MicroStudents().prefer(tmp_path, [], tmp_path, TrainConfig(base="micro-writer"), 0.1, 0, lambda line: None)


@pytest.mark.parametrize("more", [{"mode": "fresh"}, {"mode": "replace", "verified": False}])
def test_preferences_need_verdicts(more: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="dpo compares answers by their verdicts"):
        ChainConfig.model_validate({"name": "dpo", "objective": "dpo", **more})


async def test_fresh_human_tasks_come_in_parts(config: GenerationsConfig) -> None:
    short = config.model_copy(update={"drafts": 10, "rounds": 2, "chains": config.chains[2:]})
    found = {chain.name: chain for chain in (await made(short)).chains}
    more = [
        fresh.documents - own.documents
        for fresh, own in zip(found["fresh"].steps[1:2], found["accumulate"].steps[1:2], strict=True)
    ]
    assert more == [5]


async def test_a_killed_command_goes_on_and_a_finished_one_trains_nothing(
    config: GenerationsConfig, tmp_path: Path
) -> None:
    config = config.model_copy(update={"drafts": 10, "rounds": 2, "chains": config.chains[::3]})
    for trained in (0, 2):
        with pytest.raises(Killed):
            await made(config, killed_at=trained)
    resumed = await made(config)
    elsewhere = await made(config.model_copy(update={"out": tmp_path / "elsewhere"}))
    assert to_json(resumed) == to_json(elsewhere)
    students = Copyists(config.out)
    assert await run_generations(config, lambda line: None, students) == resumed
    assert students.trainings == 0
    assert (config.out / "generations.json").read_bytes() == to_json(resumed) + b"\n"


async def test_another_way_to_train_is_never_taken_for_the_first(config: GenerationsConfig) -> None:
    config = config.model_copy(update={"drafts": 10, "rounds": 1, "chains": config.chains[:1]})
    await made(config)
    lora = config.train.model_copy(update={"method": "lora"})
    students = Copyists(config.out)
    with pytest.raises(ConfigError, match=r"its ledger was written by another run file .* set another 'out:'"):
        await run_generations(config.model_copy(update={"train": lora}), lambda line: None, students)
    assert students.trainings == 1


async def test_tasks_for_evaluation_only_are_no_fresh_tasks(config: GenerationsConfig, tmp_path: Path) -> None:
    row = {"statement": "Write `f(x)`.", "code": "def f(x):\n    return x\n", "tests": "assert f(1) == 1",
           "name": "f", "licence": EVALUATION_ONLY}  # fmt: skip
    (tmp_path / "closed.jsonl").write_text(json.dumps(row) + "\n")
    config = config.model_copy(update={"human": f"jsonl@{tmp_path / 'closed.jsonl'}", "chains": config.chains[3:]})
    with pytest.raises(InputError, match="must not be trained on"):
        await made(config.model_copy(update={"drafts": 10}))


def test_one_change_among_many_chains_is_corrected_for_their_number(config: GenerationsConfig) -> None:
    even = Round(40, 1.0, 1.0, Interval(0.5, 0.4, 0.6), 0.5, 0.5, 9.0, 0.5, 0.5)
    chains = [Chain(f"c{number}", "replace", True, (Step("m", 0, 0.0, even),) * 2, "") for number in range(3)]
    nothing, little, much = (Difference(v, v - 0.1, v + 0.1, p) for v, p in ((0.0, 1.0), (0.12, 0.03), (-0.3, 0.001)))
    alone = said([(chains[1], little)], config.model_copy(update={"chains": config.chains[:1]}))
    assert alone[0].sentence.startswith("c1: after 3 rounds more kept drafts (+12.0 points, 95 % interval 2.0 to 22.0)")
    three = config.model_copy(update={"chains": config.chains[:3]})
    found = said(list(zip(chains, (nothing, little, much), strict=True)), three)
    first, second, third = (chain.sentence for chain in found)
    assert "no change shown in kept drafts (+0.0 points" in first
    assert "no change shown in kept drafts (+12.0 points" in second
    assert "2.0 to 22.0; not after correction for 3 chains)" in second
    assert "fewer kept drafts (-30.0 points" in third


async def test_verified_answers_are_those_that_hold(config: GenerationsConfig, tmp_path: Path) -> None:
    run_config = load(RunConfig, config.run, ("seeds.count=30", f"out={tmp_path / 'one'}"))
    await run(run_config)
    drafts = list(written(run_config))
    kept = [one for one in drafts if one.kept]
    assert 0 < len(kept) < len(drafts)
    for one in drafts:
        texts = [exchange.answer for exchange in one.documents(verified=True)]
        assert bool(texts) == one.kept
        assert len(one.documents(verified=False)) == len(one.exchanges) == 3
        if one.kept:
            assert texts[0] == one.exchanges[0].answer
            assert one.exchanges[0].messages[1].content.startswith("Write a problem")


def test_a_human_task_is_written_as_a_writer_would() -> None:
    exchange = human_exchange(load_tasks("reference:train")[0])
    assert [part in exchange.answer for part in ("## Problem\n", "## Solution\n```python", "## Tests\n```python")]
    assert "Difficulty:" in exchange.messages[1].content


def test_the_difference_of_two_samples_is_welchs() -> None:
    found = unpaired([1.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 0.0], 0.95)
    assert found.value == 0.5
    assert found.low == pytest.approx(-0.365, abs=0.002)  # t = 2.447 with 6 degrees, standard error 0.3536
    assert unpaired([1.0, 1.0], [1.0, 1.0], 0.95).p == 1.0


async def test_what_leaves_nothing_to_learn_from_is_explained(config: GenerationsConfig) -> None:
    twice = config.model_copy(update={"chains": (config.chains[0], config.chains[0])})
    with pytest.raises(ConfigError, match="two chains are called 'replace'"):
        await made(twice)
    strict = config.model_copy(update={"run": config.run.with_name("strict.yaml")})
    text = config.run.read_text().replace("policy: naive", "policy: strict")
    strict.run.write_text(text)
    with pytest.raises(InputError, match="chain 'verified': round 0 left nothing to learn from"):
        await made(strict.model_copy(update={"chains": config.chains[1:2]}))


async def test_an_arm_of_failures_holds_what_the_policy_refused(config: GenerationsConfig, tmp_path: Path) -> None:
    run_file = tmp_path / "failures.yaml"
    run_file.write_text(config.run.read_text().replace("count: 1", "count: 30"))
    run_config = load(RunConfig, run_file)
    await run(run_config)
    select_all(run_config)
    about = {"out": str(tmp_path / "s"), "run": str(run_file), "train": {"base": "first"}}
    kinds = ("synthetic", "unfiltered", "rejected")
    study = StudyConfig.model_validate(about | {"arms": [{"name": kind, "data": kind} for kind in kinds]})
    right, every, wrong = (set(arm.documents) for arm in data.arms(study))
    assert right
    assert wrong
    assert right | wrong == every
    assert not right & wrong
    names = {one.draft.problem.entry_point for one in written(run_config) if not one.kept}
    assert {prompt.split("def ")[1].split("(")[0] for prompt, _ in wrong} == names
