"""Rounds in which the student becomes the writer: does it collapse, hold, or get better?

    writer 0 ─▶ drafts ─sandbox─▶ answers to learn from ─train─▶ writer 1 ─▶ drafts ─▶ ...

Every chain starts from the same first round. A student is always trained from the weights that `train.base` names (the
first writer's, as a rule): on the last round's answers (`replace`), on those of all rounds so far (`accumulate`;
Gerstgrasser et al. 2024), or on these and on a new part of the human tasks (`fresh`; Alemohammad et al. 2023). With
`verified`, only what the sandbox confirms is learned from: accumulating that is expert iteration (Anthony et al. 2017;
for programs Haluptzok et al. 2022). With `objective: dpo` the last writer itself goes on, and learns to prefer answers
that hold to others of the same question (online preference: Xu et al. 2023, the sandbox in the place of the judge).
Runs, trainings and figures go through ledgers: a killed command goes on where it was, and the figures are counted again
from the drafts each time.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich import box
from rich.console import Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from codefactory import stats
from codefactory.config import ChainConfig, GenerationsConfig, LlmConfig, RunConfig, TrainConfig
from codefactory.errors import ConfigError, InputError
from codefactory.ledger import Ledger
from codefactory.pipeline import run
from codefactory.reading import load
from codefactory.study.arms import Trained, Training, training_of
from codefactory.study.data import Arm, Document
from codefactory.study.diversity import Round, measure, reference_programs
from codefactory.study.exchanges import Exchange, Written, human_exchange, preferences, written
from codefactory.study.students import Learned, Trainer, students_of
from codefactory.tasks import base as tasks
from codefactory.tasks.rows import Row
from codefactory.types import content_id, from_json, to_json

Log = Callable[[str], None]
LEDGER, RESULT = "ledger.sqlite", "generations.json"


@dataclass(frozen=True, slots=True)
class Step:
    """One writer of a chain: the model that wrote, what it had been trained on ("" and 0 for the first), its round."""

    model: str
    documents: int
    loss: float
    round: Round


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain's writers in order, and what became of kept drafts and of different programs, in a sentence."""

    name: str
    mode: str
    verified: bool
    steps: tuple[Step, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Generations:
    """Everything that `generations.json` holds."""

    name: str
    policy: str
    drafts: int
    chains: tuple[Chain, ...]

    def __rich__(self) -> Group:
        return Group(self._table(), *(Text(f"· {chain.sentence}") for chain in self.chains))

    def _table(self) -> Table:
        title = f"{self.drafts:,} drafts a round; kept by the policy '{self.policy}'"
        found = Table(title=escape(title), box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
        found.add_column("chain", min_width=10, overflow="fold")  # may be broken; a number cut short is another
        for head in ("writer", "learned\nfrom", "parsed", "kept", "interval", "recall", "different", "word\npairs"):
            found.add_column(head, justify="right", no_wrap=True)
        for chain in self.chains:
            for number, step in enumerate(chain.steps):
                found.add_row(*_cells(chain, number, step))
        return found


def _cells(chain: Chain, number: int, step: Step) -> tuple[str, ...]:
    found = step.round
    shares = (found.recall, found.programs, found.distinct_2)
    return (
        escape(chain.name) if not number else "",
        str(number),
        f"{step.documents:,}" if number else "–",
        f"{100 * found.parsed:.1f}",
        f"[bold]{100 * found.kept.value:.1f}[/]",
        f"{100 * found.kept.low:.1f} to {100 * found.kept.high:.1f}",
        *(f"{100 * share:.1f}" for share in shares),
    )


async def run_generations(config: GenerationsConfig, log: Log = print, students: Trainer | None = None) -> Generations:
    """All chains to their last round; writes `generations.json` beside the ledger.

    Raises:
        ConfigError: if two chains share a name.
        InputError: if a round leaves nothing to learn from.
        BackendError, SandboxError, LedgerError: as a run does.
    """
    names = [chain.name for chain in config.chains]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ConfigError(f"chains: two chains are called '{twice}'; give each a name of its own")
    started = time.monotonic()
    with Ledger(config.out / LEDGER) as ledger:
        work = _Work(config, load(RunConfig, config.run), students, ledger, log)
        # Twice as many, of which the second half is set apart: nobody learns from it.
        both = await work.write(0, work.run.llm, "first", 2 * config.drafts)
        first, reference = both[: config.drafts], reference_programs(both[config.drafts :])
        found = [await work.chain(chain, first, reference) for chain in config.chains]
    result = Generations(config.name, work.run.select.policy, config.drafts, said(found, config))
    (config.out / RESULT).write_bytes(to_json(result) + b"\n")
    log(f"generations {config.name}: {config.out / RESULT} ({time.monotonic() - started:.0f} s)")
    return result


@dataclass(frozen=True, slots=True)
class _Work:
    """What all chains work with."""

    config: GenerationsConfig
    run: RunConfig
    students: Trainer | None  # in the place of those that the budgets name
    ledger: Ledger
    log: Log

    async def chain(
        self, chain: ChainConfig, first: Sequence[Written], reference: frozenset[str]
    ) -> tuple[Chain, stats.Difference]:
        """One chain from the shared first round on, and what became of kept drafts from its first round to its last."""
        rounds = [list(first)]
        steps = [Step(self.run.llm.model, 0, 0.0, self._measure(first, reference))]
        folder: Path | None = None
        for number in range(1, self.config.rounds + 1):
            learned = rounds[-1:] if chain.mode == "replace" else rounds
            if chain.objective == "dpo":
                folder, rows, loss = self._prefer(chain, number, learned, folder)
            else:
                folder, rows, loss = self._train(chain, number, self._documents(chain, learned, number))
            llm = self._students(chain).writer(self.run.llm, folder)
            name = re.sub(r"[^\w-]+", "-", f"{chain.name}-{number}")
            drafts = await self.write(number, llm, name, self.config.drafts)
            rounds.append(drafts)
            found = self._measure(drafts, reference)
            steps.append(Step(folder.name, rows, loss, found))
            self.log(
                f"{chain.name}, writer {number}: {100 * found.kept.value:.1f} % kept, "
                f"{100 * found.programs:.1f} % of them different, recall {100 * found.recall:.1f} %"
            )
        first_kept, *_, last_kept = ([float(one.kept) for one in drafts] for drafts in rounds)
        change = unpaired(last_kept, first_kept, self.config.confidence)
        return Chain(chain.name, chain.mode, chain.verified, tuple(steps), ""), change

    async def write(self, number: int, llm: LlmConfig, name: str, drafts: int) -> list[Written]:
        """One round of drafts, executed and judged."""
        seeds = self.run.seeds.model_copy(update={"count": drafts, "seed": self.run.seeds.seed + number})
        round_run = self.run.model_copy(update={"out": self.config.out / name, "seeds": seeds, "llm": llm})
        await run(round_run)
        return list(written(round_run))

    def _documents(self, chain: ChainConfig, learned: Sequence[Sequence[Written]], number: int) -> list[Document]:
        """What the next student learns from, each exchange once, in the order in which it was written."""
        found = [one for drafts in learned for draft in drafts for one in draft.documents(verified=chain.verified)]
        if chain.mode == "fresh":
            found += self._fresh(number)
        if not found:
            raise InputError(
                f"chain '{chain.name}': round {number - 1} left nothing to learn from; ask for more drafts"
            )
        render = self._students(chain).chat(self._budget(chain))
        return list(dict.fromkeys((render(one.messages), one.answer) for one in found))

    def _fresh(self, number: int) -> list[Exchange]:
        """The human tasks up to this round: every round adds a part that no round had before."""
        records = tasks.load_trainable(self.config.human)
        share = -(-len(records) // self.config.rounds)
        return [human_exchange(record) for record in records[: share * number]]

    def _train(self, chain: ChainConfig, number: int, documents: list[Document]) -> tuple[Path, int, float]:
        """A student of the base: its folder, how many documents it learned from, its loss."""
        budget, students = self._budget(chain), self._students(chain)
        base, weights = students.base(budget)
        arm = Arm(chain.name, chain.mode, tuple(documents))
        training = training_of(weights, arm.digest, budget, self.config.seed)
        return self._trained(
            chain, number, training, len(documents), "answers",
            lambda folder: students.train(base, documents, folder, budget, self.config.seed, self.log),
        )  # fmt: skip

    def _prefer(
        self, chain: ChainConfig, number: int, learned: Sequence[Sequence[Written]], last: Path | None
    ) -> tuple[Path, int, float]:
        """The last writer, which goes on; the first is the base. Without a pair to learn from it stays what it is."""
        budget, students = self._budget(chain), self._students(chain)
        base, weights = students.base(budget)
        render = students.chat(budget)
        rows: list[Row] = [
            {"prompt": render(right.messages), "chosen": right.answer, "rejected": wrong}
            for right, wrong in preferences(draft for drafts in learned for draft in drafts)
        ]
        if not rows:
            self.log(
                f"{chain.name}: writer {number} is writer {number - 1}: no question of round {number - 1} has both an "
                "answer that holds and one that does not"
            )
            return last or base, 0, 0.0
        training = training_of(last.name if last else weights, content_id(rows), budget, self.config.seed)
        training = replace(training, method=f"{training.method or 'micro'} dpo {chain.beta}")
        return self._trained(
            chain, number, training, len(rows), "pairs",
            lambda folder: students.prefer(
                last or base, rows, folder, budget, chain.beta, self.config.seed, self.log
            ),
        )  # fmt: skip

    def _trained(
        self, chain: ChainConfig, number: int, training: Training, rows: int, of: str, train: Callable[[Path], Learned]
    ) -> tuple[Path, int, float]:
        """A training that the ledger does not know yet, or what it knows of it."""
        key = content_id(training)
        folder = self.config.out / "models" / key
        known = self.ledger.get("training", key)
        if not (known and self._students(chain).trained(folder)):
            self.log(f"{chain.name}: training writer {number} of {self.config.rounds} on {rows:,} {of}")
            started = time.monotonic()
            learned = train(folder)
            seconds = time.monotonic() - started
            done = Trained(training, chain.name, rows, learned.loss, seconds, learned.left_out)
            self.ledger.put("training", key, to_json(done))
            self.ledger.flush()
            known = self.ledger.get("training", key) or to_json(done)
        found = from_json(Trained, known)
        return folder, found.documents - found.left_out, found.loss

    def _budget(self, chain: ChainConfig) -> TrainConfig:
        return chain.train or self.config.train

    def _students(self, chain: ChainConfig) -> Trainer:
        return self.students or students_of(self._budget(chain))

    def _measure(self, drafts: Sequence[Written], reference: frozenset[str]) -> Round:
        return measure(drafts, reference, self.config.confidence, self.config.resamples)


def said(found: Sequence[tuple[Chain, stats.Difference]], config: GenerationsConfig) -> tuple[Chain, ...]:
    """The chains with what their last writer does otherwise than the first; p-values are corrected for all (Holm)."""
    corrected = stats.holm([change.p for _, change in found])
    return tuple(
        replace(chain, sentence=_sentence(chain, change, p < 1 - config.confidence, config))
        for (chain, change), p in zip(found, corrected, strict=True)
    )


def _sentence(chain: Chain, change: stats.Difference, shown: bool, config: GenerationsConfig) -> str:
    low, high = 100 * change.low, 100 * change.high
    verb = "no change shown in" if not shown else "more" if change.value > 0 else "fewer"
    alone = "" if shown or low <= 0 <= high else f"; not after correction for {len(config.chains)} chains"
    first, last = chain.steps[0].round, chain.steps[-1].round
    return (
        f"{chain.name}: after {config.rounds} rounds {verb} kept drafts ({100 * change.value:+.1f} points, "
        f"{100 * config.confidence:g} % interval {low:.1f} to {high:.1f}{alone}); different programs "
        f"{100 * first.programs:.0f} % to {100 * last.programs:.0f} %, recall {100 * first.recall:.0f} % to "
        f"{100 * last.recall:.0f} %"
    )


def unpaired(a: Sequence[float], b: Sequence[float], confidence: float) -> stats.Difference:
    """Mean of a less mean of b with Welch's interval: the two are independent samples."""
    parts = [stats.SeedNoise(_spread(one), max(1, len(one) - 1)) for one in (a, b)]
    error = sum(part.variance for part in parts) ** 0.5
    value = sum(a) / len(a) - sum(b) / len(b)
    if not error:
        return stats.Difference(value, value, value, 0.0 if value else 1.0)
    freedom = stats.satterthwaite(parts)
    reach = stats.t_quantile(0.5 + confidence / 2, freedom) * error
    return stats.Difference(
        value, value - reach, value + reach, min(1.0, 2 * stats.t_tail(abs(value) / error, freedom))
    )


def _spread(sample: Sequence[float]) -> float:
    mean = sum(sample) / len(sample)
    return sum((one - mean) ** 2 for one in sample) / max(1, len(sample) - 1) / len(sample)
