"""A model on tasks with hidden tests: raw completions, executed in the sandbox, counted into pass@k with intervals.

A task is asked in HumanEval's way, in MBPP's or as a chat: `tasks.prompts` knows how, and how an answer becomes a
program. Every completion and every outcome goes through the ledger, so a killed evaluation goes on where it was and a
finished one is a look-up. An answer that holds no code is counted as `unextracted` and never executed; an outcome that
is our own fault (BROKEN) is tried again and, if it stays, ends the evaluation: it is never a model's mistake.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from codefactory import stats
from codefactory.config import EvaluationConfig
from codefactory.errors import ConfigError, InputError, SandboxError
from codefactory.ledger import Ledger
from codefactory.llm.base import Backend
from codefactory.runner.base import Runner
from codefactory.tasks.prompts import STOP, Asking, Question, asking
from codefactory.types import (
    Assurance,
    Completion,
    Job,
    Limits,
    Outcome,
    Record,
    Request,
    Sampling,
    Status,
    content_id,
    from_json,
    to_json,
)
from codefactory.verify.work import work_key

UNEXTRACTED = "unextracted"
ATTEMPTS = 3  # executions of one job while the answer is BROKEN

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Answer:
    """One sample's way through the ledger: its completion, its outcome ("" where none), how it ended, if it was cut."""

    request: str
    outcome: str
    status: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What a model did on one task."""

    task: str
    name: str
    answers: tuple[Answer, ...]

    @property
    def n(self) -> int:
        """Samples drawn."""
        return len(self.answers)

    @property
    def c(self) -> int:
        """Samples that passed every hidden case."""
        return sum(answer.status == Status.PASSED for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One model on one task set: everything that pass@k is computed from."""

    key: str
    model: str
    runner: str
    image: str
    results: tuple[TaskResult, ...]

    def scores(self, k: int = 1) -> list[float]:
        """Unbiased pass@k of every task, 0 to 1, in task order."""
        return [stats.pass_at_k(result.n, result.c, k) for result in self.results]

    def pass_at_k(self, k: int = 1, *, confidence: float = 0.95, resamples: int = 2000) -> stats.Interval:
        """Mean pass@k with its bootstrap interval by task."""
        return stats.interval([self.scores(k)], confidence=confidence, resamples=resamples)

    def statuses(self) -> dict[str, int]:
        """Answers by how they ended, most frequent first; `unextracted` ones held no code."""
        return dict(Counter(answer.status for result in self.results for answer in result.answers).most_common())

    def unextracted_share(self) -> float:
        """Share of all answers that held no code, 0 to 1."""
        answers = [answer for result in self.results for answer in result.answers]
        return sum(answer.status == UNEXTRACTED for answer in answers) / max(1, len(answers))

    def cut(self) -> int:
        """Answers that ended at the token limit."""
        return sum(answer.cut for result in self.results for answer in result.answers)


@dataclass(frozen=True, slots=True)
class _Setting:
    """Everything an evaluation depends on; its content id is the evaluation's key."""

    model: str
    prompts: tuple[str, ...]
    tasks: tuple[str, ...]
    sampling: Sampling
    samples: int
    limits: Limits
    image: str
    style: str = ""


def check(config: EvaluationConfig) -> None:
    """Refuse an evaluation that cannot be scored.

    Raises:
        ConfigError: if a k is larger than the number of samples.
    """
    for k in config.k:
        if not 1 <= k <= config.samples:
            raise ConfigError(
                f"evaluation.k: pass@{k} needs {k} samples a task; evaluation.samples is {config.samples}"
            )


def evaluation_key(model: str, tasks: Sequence[Record], config: EvaluationConfig, limits: Limits, image: str) -> str:
    """The ledger key of an evaluation; `model` is what names the weights by content."""
    ask = asking(config.prompts or "", config.tasks)
    prompts = tuple(_words(ask(task)) for task in tasks)
    ids = tuple(task.id for task in tasks)
    setting = _Setting(model, prompts, ids, _sampling(config), config.samples, limits, image, config.prompts or "")
    return content_id(setting)


def look_up(ledger: Ledger, key: str) -> Evaluation | None:
    """A finished evaluation, recounted from the outcomes it names; None where it has not been done."""
    found = ledger.get("evaluation", key)
    return _recount(ledger, from_json(Evaluation, found)) if found else None


async def evaluate(
    backend: Backend,
    runner: Runner,
    tasks: Sequence[Record],
    config: EvaluationConfig,
    ledger: Ledger,
    *,
    model: str = "",
    limits: Limits | None = None,
) -> Evaluation:
    """Sample, execute and count; what the ledger already knows is not done again.

    Args:
        model: what names the weights by content in the evaluation's key; the backend's fingerprint where empty.

    Raises:
        ConfigError: if a k is larger than the number of samples.
        InputError: if there are no tasks, or a task has no hidden tests.
        SandboxError: if the sandbox stays broken.
    """
    check(config)
    if not tasks:
        raise InputError(f"evaluation.tasks: '{config.tasks}' holds no task")
    foreign = next((task.problem.language for task in tasks if task.problem.language != "python"), "")
    if foreign:  # asked for, cut and joined as Python is
        raise InputError(
            f"evaluation.tasks: '{config.tasks}' is in {foreign}; models are evaluated on Python tasks alone"
        )
    limits = limits or Limits()
    key = evaluation_key(model or backend.fingerprint, tasks, config, limits, runner.image)
    known = look_up(ledger, key)
    if known:
        return known
    work = _Work(backend, runner, ledger, limits, asking(config.prompts or "", config.tasks))
    results = await _all([work.task(task, _sampling(config), config.samples) for task in tasks])
    evaluation = Evaluation(key, backend.fingerprint, runner.name, runner.image, tuple(results))
    ledger.put("evaluation", key, to_json(evaluation))
    ledger.flush()
    return evaluation


def _sampling(config: EvaluationConfig) -> Sampling:
    return Sampling(temperature=config.temperature, max_tokens=config.max_tokens, stop=STOP)


def _words(question: Question) -> str:
    return question.prompt or "\n".join(turn.content for turn in question.messages)


@dataclass(frozen=True, slots=True)
class _Work:
    """What one evaluation works with."""

    backend: Backend
    runner: Runner
    ledger: Ledger
    limits: Limits
    ask: Asking

    async def task(self, task: Record, sampling: Sampling, samples: int) -> TaskResult:
        if not task.tests.cases:
            raise InputError(f"task '{task.name or task.problem.entry_point}' has no hidden tests to be evaluated by")
        question = self.ask(task)
        words = Request(
            self.backend.fingerprint, question.messages, question.prompt, replace(sampling, stop=question.stop)
        )
        requests = [replace(words, sample=sample) for sample in range(samples)]
        answers = await _all([self._answer(task, question, request) for request in requests])
        return TaskResult(task.id, task.name or task.problem.entry_point, tuple(answers))

    async def _answer(self, task: Record, question: Question, request: Request) -> Answer:
        completion = await self._complete(request)
        cut = completion.finish_reason == "length"
        program = question.program(completion.text)
        if not program:
            return Answer(request.id, "", UNEXTRACTED, cut)
        job = _job(task, program, self.limits)
        outcome = await self._execute(job)
        return Answer(request.id, work_key(job.id, self.runner.image), outcome.status.value, cut)

    async def _complete(self, request: Request) -> Completion:
        found = self.ledger.get("completion", request.id)
        if found:
            return from_json(Completion, found)
        completion = await self.backend.complete(request)
        self.ledger.put("completion", request.id, to_json(completion))
        return completion

    async def _execute(self, job: Job) -> Outcome:
        key = work_key(job.id, self.runner.image)
        found = self.ledger.get("outcome", key)
        if found:
            return from_json(Outcome, found)
        for _ in range(ATTEMPTS):
            outcome = await self.runner.execute(job)
            if outcome.status != Status.BROKEN:
                self.ledger.put("outcome", key, to_json(outcome))
                return outcome
        raise SandboxError(
            f"the sandbox stays broken ({outcome.detail or 'no detail'}); see 'codefactory doctor', then run the same "
            "command: it goes on from here"
        )


def _job(task: Record, code: str, limits: Limits) -> Job:
    cases = task.tests.cases
    # A case without a literal reading cannot be compared by the host: its test code has to run.
    assurance = Assurance.COMPARED if all(case.call for case in cases) else Assurance.SHARED
    return Job(task.problem.language, code, task.problem.entry_point, cases, task.tests.preamble, assurance, limits)


def _recount(ledger: Ledger, evaluation: Evaluation) -> Evaluation:
    """The evaluation with every status read from its outcome again, so that nothing rests on a stored sum."""
    results = tuple(
        TaskResult(result.task, result.name, tuple(_reread(ledger, answer) for answer in result.answers))
        for result in evaluation.results
    )
    return Evaluation(evaluation.key, evaluation.model, evaluation.runner, evaluation.image, results)


def _reread(ledger: Ledger, answer: Answer) -> Answer:
    found = ledger.get("outcome", answer.outcome) if answer.outcome else None
    return (
        Answer(answer.request, answer.outcome, from_json(Outcome, found).status.value, answer.cut) if found else answer
    )


async def _all(work: Sequence[Coroutine[object, object, Result]]) -> list[Result]:
    """Everything at once; the first failure stops the rest and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(item) for item in work]
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]
