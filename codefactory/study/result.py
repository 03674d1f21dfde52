"""What a study found: counted from the ledger alone, by the same code when it ends and when it is recomputed."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Group
from rich.text import Text

from codefactory import stats
from codefactory.config import StudyConfig
from codefactory.errors import InputError
from codefactory.evaluation import UNEXTRACTED, Evaluation, look_up
from codefactory.ledger import Ledger
from codefactory.study.compare import Comparison, Measured, compare
from codefactory.study.scaling import Crossing, crossing
from codefactory.study.table import table
from codefactory.types import content_id, from_json, to_json

LEDGER = "ledger.sqlite"


@dataclass(frozen=True, slots=True)
class Model:
    """One trained model of an arm: the keys of its training ("" for the base itself) and of its evaluation."""

    seed: int
    training: str
    evaluation: str


@dataclass(frozen=True, slots=True)
class ArmPlan:
    """What an arm was made of and which models stand for it."""

    name: str
    data: str
    human_rows: int
    synthetic_rows: int
    note: str
    documents: str
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """A finished study as the ledger names it: no number in it, only where the numbers are."""

    config: str
    arms: tuple[ArmPlan, ...]
    finished: str
    environment: dict[str, str]


@dataclass(frozen=True, slots=True)
class ArmResult:
    """One arm's figures; scores are shares, 0 to 1.

    `statuses` counts answers over all seeds by how they ended; `variant` says which policy chose the arm's rows and
    which recipe was left out, where that is not the study's own way.
    """

    name: str
    data: str
    human_rows: int
    synthetic_rows: int
    note: str
    documents: str
    models: tuple[Model, ...]
    score: stats.Interval
    seed_scores: tuple[float, ...]
    pass_at: dict[str, stats.Interval]
    statuses: dict[str, int]
    unextracted: int
    cut: int
    command: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class StudyResult:
    """Everything that `study.json` holds and the report shows."""

    name: str
    key: str
    arms: tuple[ArmResult, ...]
    comparisons: tuple[Comparison, ...]
    tasks: int
    task_set: str
    human: str
    k: int
    seeds: tuple[int, ...]
    confidence: float
    resamples: int
    seed_noise: float
    budget: dict[str, float | str]
    environment: dict[str, str]
    finished: str
    crossing: Crossing | None = None

    def about(self, name: str) -> StudyResult:
        """The same study with one arm and the comparisons that it takes part in; corrected p-values stay the whole's.

        Raises:
            InputError: if there is no such arm.
        """
        arms = tuple(arm for arm in self.arms if arm.name == name)
        if not arms:
            raise InputError(f"the study has no arm '{name}'; there are: {', '.join(arm.name for arm in self.arms)}")
        comparisons = tuple(one for one in self.comparisons if name in (one.a, one.b))
        return replace(self, arms=arms, comparisons=comparisons)

    @property
    def sentences(self) -> list[str]:
        """Every comparison in words, those that show something first; then where the curve meets the human arm."""
        found = [one.sentence for one in sorted(self.comparisons, key=lambda one: not one.shown)]
        return found + ([self.crossing.sentence] if self.crossing else [])

    def __rich__(self) -> Group:
        return Group(table(self), *(Text(f"· {sentence}") for sentence in self.sentences))

    def write(self, path: Path) -> None:
        """As indented JSON, for the report and for other programs."""
        path.write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def config_digest(config: StudyConfig) -> str:
    """Names what a study file asks for; where it writes, and what it is called, does not change that."""
    return content_id(_Asked(config.model_dump(mode="json", exclude={"out", "name", "run"}, exclude_none=True)))


@dataclass(frozen=True, slots=True)
class _Asked:
    config: dict[str, Any]


def recompute(config: StudyConfig, arm: str = "", *, source: str = "STUDY.yaml") -> StudyResult:
    """The study's figures from its ledger alone: no model, no sandbox, no corpus.

    Raises:
        InputError: if the study has not been finished as the file is now, or has no such arm.
        LedgerError: if there is no ledger.
    """
    with Ledger(config.out / LEDGER, write=False) as ledger:
        wanted = config_digest(config)
        found = [from_json(Study, value) for _, value in ledger.items("study")]
        studies = [study for study in found if study.config == wanted]
        if not studies:
            raise InputError(
                f"{config.out}: no finished study for this file as it is; run 'codefactory study {source}'"
            )
        result = summarise(config, max(studies, key=lambda study: study.finished), ledger, source)
    return result.about(arm) if arm else result


def record(ledger: Ledger, study: Study) -> Study:
    """Put a finished study into the ledger; the first to finish stays, with its date."""
    key = content_id(Study(study.config, study.arms, "", {}))
    ledger.put("study", key, to_json(study))
    ledger.flush()
    return from_json(Study, ledger.get("study", key) or b"")


def summarise(config: StudyConfig, study: Study, ledger: Ledger, source: str = "STUDY.yaml") -> StudyResult:
    """Every figure of the study from the outcomes that its evaluations name."""
    k = config.evaluation.k[0]
    evaluations = {arm.name: [_evaluation(ledger, model) for model in arm.models] for arm in study.arms}
    scores = {name: [one.scores(k) for one in found] for name, found in evaluations.items()}
    noise = stats.seed_noise(list(scores.values()))
    measured = [
        Measured(arm.name, arm.data, arm.synthetic_rows, scores[arm.name], arm.human_rows, _variant(config, arm.name))
        for arm in study.arms
    ]
    return StudyResult(
        name=config.name,
        key=content_id(Study(study.config, study.arms, "", {})),
        arms=tuple(_arm(config, arm, evaluations[arm.name], noise, source) for arm in study.arms),
        comparisons=tuple(compare(measured, noise, config.confidence, config.resamples)),
        tasks=len(next(iter(scores.values()))[0]),
        task_set=config.evaluation.tasks,
        human=config.human,
        k=k,
        seeds=config.seeds,
        confidence=config.confidence,
        resamples=config.resamples,
        seed_noise=noise.variance**0.5,
        budget=dict(config.train.model_dump()),
        environment=study.environment,
        finished=study.finished,
        crossing=crossing(measured, noise, config.confidence, config.resamples),
    )


def _variant(config: StudyConfig, name: str) -> str:
    """How an arm's rows are chosen otherwise than the study's own; "" where they are not."""
    (arm,) = (arm for arm in config.arms if arm.name == name)
    return f"{arm.policy or ''} {arm.without or ''}".strip()


def _evaluation(ledger: Ledger, model: Model) -> Evaluation:
    found = look_up(ledger, model.evaluation)
    if not found:
        raise InputError(f"{ledger.path}: evaluation {model.evaluation} is missing; run the study again, it adds that")
    return found


def _arm(
    config: StudyConfig, arm: ArmPlan, evaluations: list[Evaluation], noise: stats.SeedNoise, source: str
) -> ArmResult:
    def at(k: int) -> stats.Interval:
        scores = [one.scores(k) for one in evaluations]
        return stats.interval(scores, noise=noise, confidence=config.confidence, resamples=config.resamples)

    statuses: Counter[str] = Counter()
    for one in evaluations:
        statuses.update(one.statuses())
    first = config.evaluation.k[0]
    pass_at = {str(k): at(k) for k in config.evaluation.k}
    return ArmResult(
        name=arm.name,
        data=arm.data,
        human_rows=arm.human_rows,
        synthetic_rows=arm.synthetic_rows,
        note=arm.note,
        documents=arm.documents,
        models=arm.models,
        score=pass_at[str(first)],
        seed_scores=tuple(sum(one.scores(first)) / len(one.results) for one in evaluations),
        pass_at=pass_at,
        statuses=dict(statuses.most_common()),
        unextracted=statuses[UNEXTRACTED],
        cut=sum(one.cut() for one in evaluations),
        command=f"codefactory study {source} --recompute {shlex.quote(arm.name)}",
        variant=_variant(config, arm.name),
    )
