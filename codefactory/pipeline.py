"""seed -> draft -> evidence -> ledger. START HERE.

    seeds ──▶ recipe ⇄ language model ──▶ draft ──▶ judge ⇄ sandbox ──▶ evidence
                     │                      │             │                │
                     └──────── every arrow leaves one content-addressed ledger entry ────────▶ `selection`: corpus

`run` drives a window of recipes at once. Each question, execution, draft and evidence is looked up before it is paid
for, so resuming is running again: what is there is skipped, and a finished run does nothing. Only calls in flight can
be lost.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codefactory.accounts import Progress, Spent
from codefactory.budget import Budget, Stop
from codefactory.config import RunConfig, VerifyConfig
from codefactory.errors import INTERRUPTED, ConfigError, LedgerError, SandboxError, StoppedError
from codefactory.ledger import Ledger
from codefactory.llm.base import Backend, open_backend
from codefactory.recipes import RECIPES, guided
from codefactory.recipes.base import Answers, Ask, Try, wording
from codefactory.recipes.seeds import stream
from codefactory.recipes.target import check_language
from codefactory.runner.base import Runner, open_runner
from codefactory.types import (
    Completion,
    Draft,
    Evidence,
    Job,
    Limits,
    Outcome,
    Request,
    Sampling,
    Seed,
    content_id,
    from_json,
    to_json,
)
from codefactory.verify.policy import decide, named
from codefactory.verify.work import Work, evidence_key, limits_for, work_key

WINDOW_PER_BATCH = 3  # recipes in flight for each sequence that the model decodes at once: keeps its batch full
RECORD, PREVIEW = "run.json", "preview.json"  # which file, model, image and words the ledger's drafts belong to
ENDS_EXECUTION = (INTERRUPTED, "max_time", "sandbox")  # reasons to stop after which nothing new is executed


@dataclass(frozen=True)
class Keys:
    """What names this run's drafts and evidence in the ledger; `run.json` keeps it beside the ledger."""

    model: str
    image: str
    runner: str
    sampling: Sampling
    wording: str = ""

    def draft(self, config: RunConfig, seed: Seed) -> str:
        """Key of the draft that this recipe, in these words, and this model make of a seed."""
        recipe = config.recipe.model_dump_json(exclude_none=True)  # what was added later leaves older keys as they were
        parts = [seed.id, recipe, self.wording, self.model, content_id(self.sampling)]
        if config.llm.guided:  # what was written before there was a choice keeps its key
            parts.append("guided")
        return work_key("draft", *parts)

    def evidence(self, config: RunConfig, draft: Draft) -> str:
        """Key of the evidence about a draft under these limits, in this image."""
        return evidence_key(draft, self.image, limits_of(config), config.verify)

    def trial(self, config: RunConfig, wanted: Try) -> str:
        """Key of the evidence that a recipe asked for."""
        return evidence_key(wanted.draft, self.image, limits_of(config), checks(config.verify, wanted))

    def requests(self, config: RunConfig, ask: Ask) -> tuple[Request, ...]:
        """The calls that a question stands for, in the words that are sent."""
        shape = guided.schema(ask.messages) if config.llm.guided else ""
        messages = guided.instructed(ask.messages) if shape else ask.messages
        numbers = range(ask.first, ask.first + ask.samples)
        return tuple(Request(self.model, messages, "", self.sampling, number, shape) for number in numbers)


class Factory(Work):
    """One run: looks work up, pays for what is missing, records it.

    Args:
        paid: what earlier sessions of the run spent; the budget counts it.
        stop: set by whoever wants the run to end early.
    """

    def __init__(
        self,
        config: RunConfig,
        ledger: Ledger,
        backend: Backend,
        runner: Runner,
        progress: Progress,
        stop: Stop | None = None,
    ) -> None:
        super().__init__(ledger, runner, limits_of(config), config.verify)
        self.config, self.backend, self.progress = config, backend, progress
        self.stop = stop or Stop()
        self.stop.tell(getattr(backend, "hold", lambda: None))
        self._budget = Budget(config.budget, spent(ledger), self.stop)
        self._policy = named(config.select.policy)
        self._recipe = RECIPES.load(config.recipe.name)
        if config.llm.guided and not getattr(backend, "guides", False):
            raise ConfigError(f"llm.guided: backend {config.llm.backend} cannot hold answers to a schema; leave it out")
        words = wording(self._recipe)
        self.keys = Keys(backend.fingerprint, runner.image, runner.name, sampling(config), words)
        troubles: Any = getattr(backend, "troubles", None)
        if troubles is not None:
            progress.troubles = troubles

    async def process(self, seed: Seed) -> tuple[Draft, Evidence]:
        """One seed all the way to its evidence.

        Raises:
            StoppedError: if the run was asked to stop, and this draft needs what is not paid for yet.
        """
        draft = await self.write(seed)
        evidence = await self.evidence(draft)
        self._count(draft, evidence)
        return draft, evidence

    async def write(self, seed: Seed) -> Draft:
        """The draft that the recipe and the model make of a seed."""
        key = self.keys.draft(self.config, seed)
        known = self.ledger.get("draft", key)
        if known:
            self.progress.known += 1
            return from_json(Draft, known)
        draft = await self._follow(seed)
        if draft.problem.language != language_of(self.config):
            wrong = f"recipe.language is {language_of(self.config)}, and recipe '{self.config.recipe.name}' writes"
            raise ConfigError(f"{wrong} {draft.problem.language}; leave recipe.language out")
        self.ledger.put("draft", key, to_json(draft))
        return draft

    async def execute(self, job: Job) -> Outcome:
        """How a job ended; after Ctrl-C or the end of time, nothing new is executed."""
        if self.stop.reason in ENDS_EXECUTION:
            self.stop.check()
        return await super().execute(job)

    async def _follow(self, seed: Seed) -> Draft:
        """Run a recipe's generator to its end, answering what it asks."""
        steps = self._recipe(seed, self.config.recipe)
        answers: Answers | None = None  # what starts a generator
        while True:
            try:
                wanted = steps.send(answers)
            except StopIteration as end:
                draft: Draft = end.value
                return draft
            answers = tuple(await asyncio.gather(*map(self._answer, wanted)))

    async def _answer(self, wanted: Ask | Try) -> tuple[Completion, ...] | Evidence:
        if isinstance(wanted, Ask):
            return await self._ask(wanted)
        return await self.evidence(wanted.draft, checks(self.checks, wanted))

    async def _ask(self, ask: Ask) -> tuple[Completion, ...]:
        requests = self.keys.requests(self.config, ask)
        answers = await asyncio.gather(*map(self._complete, requests))
        return tuple(map(guided.read, requests, answers))

    async def _complete(self, request: Request) -> Completion:
        async def pay() -> Completion:
            completion = await self._budget.pay(request, self.backend.complete)
            self.progress.spent.add(completion)
            return completion

        found: Completion = await self.once("completion", request.id, Completion, pay)
        return found

    def _count(self, draft: Draft, evidence: Evidence) -> None:
        progress = self.progress
        progress.drafts += 1
        progress.executions = self.executions
        reason = decide(self._policy, draft, evidence).reason
        progress.kept += not reason
        if reason:
            progress.reasons[reason] += 1
        if evidence.fault:
            progress.faults[evidence.fault] += 1
            return
        progress.executed += 1
        progress.statuses.update(row.status.value for row in evidence.solutions)
        own = evidence.solutions[0].passed[0]
        progress.naive += bool(own) and all(own)


def checks(usual: VerifyConfig, wanted: Try) -> VerifyConfig:
    """What is measured about a draft that a recipe tries: as the run file says, and mutants where it asks for them."""
    return usual.model_copy(update={"mutation": True}) if wanted.mutation else usual


def language_of(config: RunConfig) -> str:
    """What the run's drafts are written in."""
    return config.recipe.language or "python"


def limits_of(config: RunConfig) -> Limits:
    """What one execution may use: as the run file says, else what the language needs."""
    return limits_for(language_of(config), config.sandbox.limits)


def sampling(config: RunConfig) -> Sampling:
    """How the run file wants completions drawn."""
    return Sampling(config.llm.temperature, config.llm.top_p, config.llm.max_tokens)


def spent(ledger: Ledger) -> Spent:
    """The calls in a ledger, and the tokens that servers reported for them."""
    return Spent(ledger.count("completion"), *ledger.sums("completion", "prompt_tokens", "completion_tokens"))


async def run(
    config: RunConfig,
    watch: Callable[[Progress], None] | None = None,
    *,
    extend: bool = False,
    stop: Stop | None = None,
    record: str = RECORD,
    each: Callable[[Seed, Draft, Evidence], None] = lambda seed, draft, evidence: None,
) -> Progress:
    """Process every seed of a run file into the ledger at `<out>/ledger.sqlite`.

    Args:
        watch: called after every draft.
        extend: go on although the file changed; old entries stay, new ones are added.
        stop: ends the run early when it is asked to; `stopped` of the result then says why.
        record: where in `out` this file is written down as the one that the ledger belongs to.
        each: given every finished draft.

    Raises:
        ConfigError: if the run file changed under an old ledger, naming what changed.
        LedgerError, BackendError, SandboxError: one line each; what was done before is safe in the ledger.
    """
    check_language(config.recipe)
    seeds = stream(config.seeds, config.recipe.language)
    progress = Progress(config.seeds.count)
    stop = stop or Stop()
    check_unchanged(config, extend=extend)
    with Ledger(config.out / "ledger.sqlite") as ledger:
        async with _open(config, ledger, progress, stop) as factory:
            _remember(config, factory.keys, record)
            timer = asyncio.get_running_loop().call_later(config.budget.max_time or 1e9, stop.ask, "max_time")
            try:
                await _drive(factory, seeds, watch or (lambda _: None), each)
            finally:
                timer.cancel()
    if progress.drafts < progress.planned:
        progress.stopped = stop.reason
    return progress


@asynccontextmanager
async def _open(config: RunConfig, ledger: Ledger, progress: Progress, stop: Stop) -> AsyncIterator[Factory]:
    # The sandbox first: what is missing there is found before a model takes its time to load.
    box = config.sandbox
    async with (
        open_runner(box.runner, slots=box.slots, runtime=box.runtime, language=language_of(config)) as runner,
        open_backend(config.llm) as backend,
    ):
        yield Factory(config, ledger, backend, runner, progress, stop)


async def _drive(
    factory: Factory,
    seeds: Iterator[Seed],
    watch: Callable[[Progress], None],
    each: Callable[[Seed, Draft, Evidence], None],
) -> None:
    """A fixed window of workers over the seeds: memory does not grow with their number; the first error stops all."""

    async def work() -> None:
        for seed in seeds:
            try:
                each(seed, *await factory.process(seed))
            except StoppedError:
                return
            watch(factory.progress)

    window = min(WINDOW_PER_BATCH * factory.config.llm.batch, factory.progress.planned)
    tasks = [asyncio.create_task(work()) for _ in range(window)]
    try:
        await asyncio.gather(*tasks)
        await factory.settle()
    except SandboxError:
        # What a model is being paid for is worth waiting for: it will be looked up when the sandbox is mended.
        factory.stop.ask("sandbox")
        await factory.settle()
        raise
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _writing_part(config: RunConfig) -> dict[str, Any]:
    """The part of a run file that decides what is written; how many, where it runs and what is selected may change."""
    data = json.loads(config.model_dump_json(include={"llm", "seeds", "recipe"}))
    data["seeds"].pop("count")
    for key in ("batch", "samples_per_call", "timeout_s", "api_key_env", "base_url"):
        data["llm"].pop(key)
    return {f"{section}.{key}": value for section, values in data.items() for key, value in values.items()}


def check_unchanged(config: RunConfig, *, extend: bool) -> None:
    """Refuse to mix two run files in one ledger unless asked to.

    Raises:
        ConfigError: naming each changed key, its old and its new value.
    """
    path = config.out / RECORD
    if extend or not path.exists():
        return
    changed = _changed(config, _recorded(path))
    if changed:
        raise ConfigError(
            f"{config.out}: its ledger was written by another run file ({'; '.join(changed)}); "
            "set another 'out:', or add to it with --extend"
        )


def _remember(config: RunConfig, keys: Keys, record: str) -> None:
    named = {"model": keys.model, "image": keys.image, "runner": keys.runner, "wording": keys.wording}
    body = {"writing": _writing_part(config), **named}
    write_json(config.out / record, body)


def known_keys(config: RunConfig) -> Keys:
    """The keys under which this run's work lies in its ledger.

    Raises:
        ConfigError: if nothing was run yet.
    """
    path = config.out / RECORD
    if not path.exists():
        raise ConfigError(f"{config.out}: nothing was run here yet; start with 'codefactory run'")
    return _keys(config, _recorded(path))


def unchanged_keys(config: RunConfig) -> Keys | None:
    """The keys of a run or preview that was made by this very file; None where there was none."""
    for path in (config.out / RECORD, config.out / PREVIEW):
        if path.exists() and not _changed(config, data := _recorded(path)):
            return _keys(config, data)
    return None


def _recorded(path: Path) -> dict[str, Any]:
    """What `_remember` wrote.

    Raises:
        LedgerError: if it is no longer that.
    """
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if {"writing", "model", "image", "runner"} <= set(data):
            return data
    except (OSError, ValueError, TypeError):
        pass
    raise LedgerError(
        f"{path}: cannot be read; delete it, and run the file that the ledger beside it was made with: nothing is lost"
    )


def _changed(config: RunConfig, data: dict[str, Any]) -> list[str]:
    """What a run file says otherwise than the one that was recorded; a key that is missing there was None."""
    old, new = data["writing"], _writing_part(config)
    return [f"{key}: {old.get(key)} -> {new.get(key)}" for key in sorted({*old, *new}) if old.get(key) != new.get(key)]


def _keys(config: RunConfig, data: dict[str, Any]) -> Keys:
    return Keys(data["model"], data["image"], data["runner"], sampling(config), data.get("wording", ""))


def write_json(path: Path, body: Any) -> None:
    """Write JSON beside its place, then rename: a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    beside.replace(path)
