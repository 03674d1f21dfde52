"""Runs a study: every arm trained on its data with one budget, evaluated on the same tasks, compared.

Order of work: read all data and ask the sandbox for its image (what is missing should fail before hours of training),
train what is not evaluated yet, evaluate, count. A training is named by base weights, documents, budget and seed; an
evaluation by the training, the tasks, the sampling and the image: what the ledger knows is skipped, so a killed study
goes on and a finished one does nothing. Training holds the event loop on purpose: nothing else is open at that time.
"""

from __future__ import annotations

import platform
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from codefactory import evaluation
from codefactory.config import StudyConfig, TrainConfig
from codefactory.ledger import Ledger
from codefactory.runner.base import Runner, open_runner
from codefactory.study import data
from codefactory.study.data import Arm
from codefactory.study.result import (
    LEDGER,
    ArmPlan,
    Model,
    Study,
    StudyResult,
    config_digest,
    recompute,
    record,
    summarise,
)
from codefactory.study.students import Students, students_of
from codefactory.study.table import table
from codefactory.tasks import base as tasks
from codefactory.training.model_card import Card, Score, write_card
from codefactory.types import Record, content_id, from_json, to_json

__all__ = ["recompute", "run_study", "table"]

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Training:
    """Everything a training depends on; its id is the ledger key and the model's folder's name. No method: micro."""

    base: str
    documents: str
    steps: int
    tokens_per_step: int
    learning_rate: float
    seed: int
    method: str = ""


@dataclass(frozen=True, slots=True)
class Trained:
    """What the ledger keeps of a training; `loss` in nats a token, `left_out`: of its documents, those too long."""

    training: Training
    arm: str
    documents: int
    loss: float
    seconds: float
    left_out: int = 0


def training_of(weights: str, documents: str, budget: TrainConfig, seed: int) -> Training:
    """What names a training: the base's weights, the documents' digest, every setting that the result depends on."""
    more = (budget.method or "micro", budget.max_length or 0, budget.lora_rank or 0)
    method = "" if more == ("micro", 0, 0) else " ".join(map(str, more))
    return Training(weights, documents, budget.steps, budget.tokens_per_step, budget.learning_rate, seed, method)


@dataclass(frozen=True, slots=True)
class Unit:
    """One model of the study: an arm with one training seed. The base has no training; its weights name it."""

    arm: Arm
    seed: int
    training: Training | None
    model: str
    folder: Path
    evaluation: str


async def run_study(
    config: StudyConfig, log: Log = print, *, source: str = "STUDY.yaml", students: Students | None = None
) -> StudyResult:
    """Train, evaluate and compare every arm; writes `study.json` beside the ledger.

    Args:
        log: takes one line at a time.
        source: the study file as it is typed, with its overrides, for the commands that the result carries.
        students: how models are made and asked; as the file's `train.method` says where None.

    Raises:
        ConfigError: if arms share a name, or a k is larger than the number of samples.
        InputError: if data is missing.
        BackendError: if there is no such base model.
        SandboxError: if there is no sandbox.
    """
    started = time.monotonic()
    evaluation.check(config.evaluation)
    students = students or students_of(config.train)
    tokens = students.tokens(config.train) if config.equal == "tokens" else None
    work = _Work(config, students, log, data.arms(config, tokens), _tasks(config))
    with Ledger(config.out / LEDGER) as ledger:
        units, environment = await work.plan()
        missing = [unit for unit in units if not evaluation.look_up(ledger, unit.evaluation)]
        work.train(missing, ledger)
        await work.evaluate(missing, ledger)
        result = summarise(config, record(ledger, work.finished(units, environment, ledger)), ledger, source)
    result.write(config.out / "study.json")
    new = (
        f"{len(missing)} of {len(units)} models were new" if missing else "nothing to do, every model is in the ledger"
    )
    log(f"study {config.name}: {new} ({time.monotonic() - started:.0f} s)")
    return result


@dataclass(frozen=True, slots=True)
class _Work:
    """What a study works with, and its three stages."""

    config: StudyConfig
    students: Students
    log: Log
    arms: list[Arm]
    tasks: list[Record]

    async def plan(self) -> tuple[list[Unit], dict[str, str]]:
        """Every model of the study by its keys: one an arm and seed; the base, which no seed changes, once."""
        base, weights = self.students.base(self.config.train)
        async with self._runner() as runner:
            image, environment = runner.image, _environment(runner)
        units = []
        for arm in self.arms:
            if arm.note:
                self.log(f"note: arm {arm.name} {arm.note}; it trains on what there is")
            for seed in self.config.seeds if arm.documents else self.config.seeds[:1]:
                training = training_of(weights, arm.digest, self.config.train, seed) if arm.documents else None
                model = content_id(training) if training else weights
                folder = self.config.out / "models" / model if training else base
                units.append(Unit(arm, seed, training, model, folder, self._key(model, image)))
        return units, environment | {"base": weights}

    def train(self, units: list[Unit], ledger: Ledger) -> None:
        """Train every unit whose model is not there."""
        todo = [unit for unit in units if unit.training and not self._trained(unit, ledger)]
        begun = time.monotonic()
        for number, unit in enumerate(todo, 1):
            what = f"{len(unit.arm.documents):,} documents, {self.config.train.steps} steps"
            started = time.monotonic()
            left = (started - begun) / max(1, number - 1) * (len(todo) - number + 1) / 60
            eta = f" · about {left:.0f} min of training left" if number > 1 else ""
            self.log(f"training {number}/{len(todo)}: {unit.arm.name}, seed {unit.seed}, {what}{eta}")
            base, _ = self.students.base(self.config.train)
            with _interruptible():
                learned = self.students.train(
                    base, unit.arm.documents, unit.folder, self.config.train, unit.seed, self.log
                )
            assert unit.training
            seconds = time.monotonic() - started
            size = len(unit.arm.documents)
            done = Trained(unit.training, unit.arm.name, size, learned.loss, seconds, learned.left_out)
            ledger.put("training", unit.model, to_json(done))
            ledger.flush()

    async def evaluate(self, units: list[Unit], ledger: Ledger) -> None:
        """Measure every unit on the study's tasks."""
        if not units:
            return
        async with self._runner() as runner:
            for unit in units:
                started = time.monotonic()
                async with self.students.open(unit.folder) as backend:
                    found = await evaluation.evaluate(
                        backend,
                        runner,
                        self.tasks,
                        self.config.evaluation,
                        ledger,
                        model=unit.model,
                        limits=self.config.sandbox.limits,
                    )
                self._card(unit, found, ledger)
                k = self.config.evaluation.k[0]
                score = f"pass@{k} {100 * sum(found.scores(k)) / len(found.results):.1f} %"
                self.log(f"{unit.arm.name}, seed {unit.seed}: {score} ({time.monotonic() - started:.0f} s)")

    def _card(self, unit: Unit, found: evaluation.Evaluation, ledger: Ledger) -> None:
        """The README of a trained model, with what it was measured at; the base keeps its own."""
        known = ledger.get("training", unit.model)
        if not unit.training or not known:
            return
        about, arm, config = from_json(Trained, known), unit.arm, self.config
        scores = tuple(
            Score(config.evaluation.tasks, len(found.results), k, found.pass_at_k(k)) for k in config.evaluation.k
        )
        data = f"arm '{arm.name}': {arm.human_rows:,} human and {arm.synthetic_rows:,} synthetic rows"
        write_card(
            unit.folder,
            Card(
                f"{config.name}, {arm.name}, seed {unit.seed}", about.training.base, data,
                about.documents - about.left_out, about.left_out, "sft", unit.seed, about.loss, config.train,
                arm.licences, scores,
            ),
        )  # fmt: skip

    def finished(self, units: list[Unit], environment: dict[str, str], ledger: Ledger) -> Study:
        """The study as the ledger names it."""
        plans = []
        for arm in self.arms:
            models = tuple(
                Model(unit.seed, unit.model if unit.training else "", unit.evaluation)
                for unit in units
                if unit.arm is arm
            )
            note = "; ".join(filter(None, (arm.note, _left_out(ledger, models[0].training))))
            plans.append(ArmPlan(arm.name, arm.data, arm.human_rows, arm.synthetic_rows, note, arm.digest, models))
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return Study(config_digest(self.config), tuple(plans), now, environment)

    def _runner(self) -> AbstractAsyncContextManager[Runner]:
        sandbox = self.config.sandbox
        return open_runner(sandbox.runner, slots=sandbox.slots, runtime=sandbox.runtime)

    def _key(self, model: str, image: str) -> str:
        limits = self.config.sandbox.limits
        return evaluation.evaluation_key(model, self.tasks, self.config.evaluation, limits, image)

    def _trained(self, unit: Unit, ledger: Ledger) -> bool:
        # Both: a folder without an entry is a killed training, an entry without a folder has been tidied away.
        return bool(ledger.get("training", unit.model)) and self.students.trained(unit.folder)


def _left_out(ledger: Ledger, training: str) -> str:
    """How many documents the model could not read, in words; "" where it read all."""
    known = ledger.get("training", training) if training else None
    number = from_json(Trained, known).left_out if known else 0
    return f"{number:,} of its documents are too long for the model and were left out" if number else ""


def _tasks(config: StudyConfig) -> list[Record]:
    found = tasks.load(config.evaluation.tasks)
    return found[: config.evaluation.limit] if config.evaluation.limit else found


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C stops a training at once: an event loop would only take note of it until the loop runs again."""
    try:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
    except ValueError:  # not the main thread: whoever started it decides
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _environment(runner: Runner) -> dict[str, str]:
    """What the figures may depend on, for the report."""
    found = {"python": platform.python_version(), "platform": platform.platform()}
    found |= {"runner": runner.name, "image": runner.image}
    for package in ("codefactory", "torch", "transformers"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
