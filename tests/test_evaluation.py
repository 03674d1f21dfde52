"""Evaluation reproduces known truth, pays once, and never blames a model for our own fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from codefactory import evaluation
from codefactory.config import EvaluationConfig
from codefactory.errors import BackendError, ConfigError, InputError, SandboxError
from codefactory.languages.python import completion_pair
from codefactory.ledger import Ledger
from codefactory.llm.replay import Script
from codefactory.runner.base import Runner, open_runner
from codefactory.tasks.base import load
from codefactory.types import Completion, Job, Outcome, Record, Request, Status

ONE = EvaluationConfig(samples=1)


@pytest.fixture(scope="module")
def tasks() -> list[Record]:
    return load("reference:heldout")[:24]


@pytest.fixture
async def runner() -> AsyncIterator[Runner]:
    async with open_runner("process", slots=2) as opened:
        yield opened


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite")


def canonical(tasks: list[Record]) -> Script:
    answers = dict(completion_pair(task) for task in tasks)
    return Script(lambda request: answers[request.prompt])


class Counting(Script):
    """A script that counts how often it was asked, and can be told to break."""

    def __init__(self, answer: object, breaks_after: int = 10**9) -> None:
        super().__init__(answer)
        self.asked = 0
        self.breaks_after = breaks_after

    async def complete(self, request: Request) -> Completion:
        self.asked += 1
        if self.asked > self.breaks_after:
            raise BackendError("the model is gone")
        return await super().complete(request)


class Broken(Runner):
    """A runner whose engine fails some or all of the time."""

    name, image, slots = "broken", "none", 1

    def __init__(self, times: int) -> None:
        self.times = times
        self.tries: Counter[str] = Counter()

    async def execute(self, job: Job) -> Outcome:
        self.tries[job.id] += 1
        return Outcome(Status.BROKEN if self.tries[job.id] <= self.times else Status.FAILED, detail="engine gone")

    async def close(self) -> None:
        pass


async def test_canonical_solutions_score_one(tasks: list[Record], runner: Runner, ledger: Ledger) -> None:
    every = load("reference:heldout")
    found = await evaluation.evaluate(canonical(every), runner, every, ONE, ledger)
    assert found.statuses() == {"passed": len(every)}
    assert found.pass_at_k(1).value == 1.0


@pytest.mark.parametrize(
    ("body", "status"), [("return None", "failed"), ("raise NotImplementedError", "errored"), ("return (", "syntax")]
)
async def test_stubs_score_zero(body: str, status: str, tasks: list[Record], runner: Runner, ledger: Ledger) -> None:
    found = await evaluation.evaluate(Script(lambda request: f"\n    {body}\n"), runner, tasks, ONE, ledger)
    assert found.pass_at_k(1).value == 0.0
    assert found.statuses() == {status: len(tasks)}


async def test_what_follows_the_function_is_cut_away(tasks: list[Record], runner: Runner, ledger: Ledger) -> None:
    answers = dict(completion_pair(task) for task in tasks)
    chatty = Script(lambda request: answers[request.prompt] + "\nThat should do it!\ndef more(:\n")
    found = await evaluation.evaluate(chatty, runner, tasks, ONE, ledger)
    assert found.statuses() == {"passed": len(tasks)}


async def test_an_answer_without_code_is_counted_and_not_executed(tasks: list[Record], ledger: Ledger) -> None:
    found = await evaluation.evaluate(Script(lambda request: "\n\n"), Broken(99), tasks, ONE, ledger)
    assert found.statuses() == {"unextracted": len(tasks)}


async def test_pass_at_k_counts_samples(tasks: list[Record], runner: Runner, ledger: Ledger) -> None:
    answers = dict(completion_pair(task) for task in tasks)
    every_fourth = Script(lambda request: answers[request.prompt] if request.sample == 2 else "    return None\n")
    config = EvaluationConfig(samples=4, temperature=0.8, k=(1, 2, 4))
    found = await evaluation.evaluate(every_fourth, runner, tasks, config, ledger)
    assert {(result.n, result.c) for result in found.results} == {(4, 1)}
    assert [found.pass_at_k(k).value for k in (1, 2, 4)] == [0.25, 0.5, 1.0]


async def test_a_second_evaluation_asks_and_executes_nothing(
    tasks: list[Record], runner: Runner, ledger: Ledger
) -> None:
    script = Counting(lambda request: "    return 1\n")
    first = await evaluation.evaluate(script, runner, tasks, ONE, ledger)
    asked, outcomes = script.asked, ledger.count("outcome")
    assert await evaluation.evaluate(script, runner, tasks, ONE, ledger) == first
    assert (script.asked, ledger.count("outcome")) == (asked, outcomes) == (len(tasks), len(tasks))


async def test_a_broken_off_evaluation_goes_on_where_it_was(
    tasks: list[Record], runner: Runner, ledger: Ledger, tmp_path: Path
) -> None:
    with pytest.raises(BackendError, match="gone"):
        await evaluation.evaluate(Counting(lambda request: "    return 1\n", 10), runner, tasks, ONE, ledger)
    assert ledger.count("evaluation") == 0
    again = Counting(lambda request: "    return 1\n")
    resumed = await evaluation.evaluate(again, runner, tasks, ONE, ledger)
    assert 0 < again.asked < len(tasks)
    with Ledger(tmp_path / "fresh.sqlite") as fresh:
        assert await evaluation.evaluate(Script(lambda request: "    return 1\n"), runner, tasks, ONE, fresh) == resumed


async def test_a_broken_sandbox_is_tried_again_and_never_recorded(tasks: list[Record], ledger: Ledger) -> None:
    script = Script(lambda request: "    return 1\n")
    with pytest.raises(SandboxError, match="engine gone"):
        await evaluation.evaluate(script, Broken(99), tasks, ONE, ledger)
    assert ledger.count("outcome") == 0
    found = await evaluation.evaluate(script, Broken(1), tasks, ONE, ledger)
    assert found.statuses() == {"failed": len(tasks)}


async def test_figures_are_recounted_from_the_outcomes(tasks: list[Record], runner: Runner, ledger: Ledger) -> None:
    found = await evaluation.evaluate(canonical(tasks), runner, tasks, ONE, ledger)
    assert evaluation.look_up(ledger, found.key) == found
    assert evaluation.look_up(ledger, "no such key") is None


def test_the_key_changes_with_everything_it_depends_on(tasks: list[Record]) -> None:
    from codefactory.types import Limits

    def key(model: str = "m", config: EvaluationConfig = ONE, limits: Limits | None = None, image: str = "i") -> str:
        return evaluation.evaluation_key(model, tasks, config, limits or Limits(), image)

    changed = [
        key(model="n"),
        key(image="j"),
        key(limits=Limits(cpu_s=1)),
        key(config=EvaluationConfig(samples=2)),
        key(config=EvaluationConfig(temperature=0.5)),
        evaluation.evaluation_key("m", tasks[1:], ONE, Limits(), "i"),
    ]
    assert len({key(), *changed}) == 1 + len(changed)


async def test_what_cannot_be_scored_is_refused(tasks: list[Record], runner: Runner, ledger: Ledger) -> None:
    script = Script(lambda request: "")
    with pytest.raises(ConfigError, match="pass@10 needs 10 samples"):
        await evaluation.evaluate(script, runner, tasks, EvaluationConfig(k=(1, 10)), ledger)
    with pytest.raises(InputError, match="holds no task"):
        await evaluation.evaluate(script, runner, [], ONE, ledger)
