"""What the embedded micro writer can do: its card's figures, measured through the real `local` backend and sandbox.

Whole drafts are sampled at T 0.8 from a spread of seeds (the demo's topics x every difficulty), read by the recipe's
parser and executed by the runner. *Kept* means: every own assert holds, at least three of them distinct. *New* means
that the alpha-normalised syntax tree of the solution (or the statement without its names) has no fingerprint among
those of the training text; solutions are counted as a corpus keeps them, each tree once. *Right* is judged on
statements that can be read back to the grammar they come from, by fresh inputs.

    python -m benchmarks.micro_writer [--quick] [--json FILE] [--drafts N] [--model NAME]

About 40 s with --quick on two idle cores, 4 minutes in full. Twenty drafts are printed verbatim at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from codefactory.config import LlmConfig, RunConfig
from codefactory.filters.normal import normalise_code
from codefactory.llm.base import open_backend
from codefactory.llm.checkpoint import locate
from codefactory.reading import load
from codefactory.recipes.base import prompt
from codefactory.recipes.parse import entry_point, read_answer, read_tests
from codefactory.recipes.seeds import expand
from codefactory.runner.base import Runner, open_runner
from codefactory.types import (
    Call,
    Case,
    Completion,
    Draft,
    Evidence,
    Job,
    Limits,
    Problem,
    Request,
    Sampling,
    Seed,
    Solution,
    Status,
)
from codefactory.verify.judge import judge

DEMO = Path(str(files("codefactory"))) / "examples" / "demo.yaml"
DRAFTS, QUICK_DRAFTS = 2000, 400
DIFFICULTIES = ("easy", "medium", "hard")
DISTINCT = 3
INPUTS = 12  # fresh inputs on which a solution is judged
# A word that drafts on a topic use more than others: (topic, pattern-free marks in the draft's text).
MARKS = {
    "strings": ("'",),
    "lists": ("([",),
    "sorting": ("sort", "ascending", "descending", "order"),
    "digits": ("digit",),
    "sums": ("sum", "total"),
    "counting": ("how many", "number of", "count"),
    "filtering": (" if ",),
    "searching": ("first", "index", "position", "find", "contains"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """One draft with all that was found out about it."""

    seed: Seed
    answer: Completion
    draft: Draft
    evidence: Evidence
    right: bool | None = None

    @property
    def parsed(self) -> bool:
        """The answer had a problem, a solution and tests that could be planned."""
        return not self.evidence.fault

    @property
    def solution(self) -> str:
        """The code, or nothing."""
        return self.draft.solutions[0].code if self.draft.solutions else ""

    @property
    def kept(self) -> bool:
        """Every own assert holds and enough of them are distinct."""
        if self.evidence.fault:
            return False
        cases = self.draft.suites[0].cases
        return all(self.evidence.solutions[0].passed[0]) and len({case.source for case in cases}) >= DISTINCT


@dataclass(frozen=True, slots=True)
class Sampled:
    """The answers to all seeds, and what they cost."""

    pairs: list[tuple[Seed, Completion]]
    seconds: float
    cpu_s: float
    model: str

    @property
    def tokens(self) -> int:
        """Tokens written, prompts not counted."""
        return sum(answer.completion_tokens for _, answer in self.pairs)


async def sample(model: str, count: int, run: RunConfig) -> Sampled:
    """Ask for `count` drafts; loading and the first few answers are not timed."""
    seeds = expand(run.seeds.model_copy(update={"count": count, "difficulties": DIFFICULTIES}))
    config = LlmConfig(backend="local", model=model, temperature=run.llm.temperature, max_tokens=run.llm.max_tokens)
    drawn = Sampling(config.temperature, config.top_p, config.max_tokens)
    async with open_backend(config) as backend:
        requests = [
            Request(
                backend.fingerprint,
                prompt("joint", topics=", ".join(seed.topics), difficulty=seed.difficulty, idea=seed.text),
                sampling=drawn,
                sample=seed.draw,
            )
            for seed in seeds
        ]
        warm = (replace(request, sample=10**6) for request in requests[:8])
        await asyncio.gather(*(backend.complete(request) for request in warm))
        started, cpu = time.perf_counter(), time.process_time()
        answers = await asyncio.gather(*(backend.complete(request) for request in requests))
        seconds, cpu_s = time.perf_counter() - started, time.process_time() - cpu
        return Sampled(list(zip(seeds, answers, strict=True)), seconds, cpu_s, backend.fingerprint)


def read(seed: Seed, answer: Completion) -> Draft:
    """The answer as a draft of one solution and one suite."""
    parts = read_answer(answer)
    entry = entry_point(parts.statement, parts.code, parts.tests)
    fault = parts.fault or ("" if entry else "no_entry_point")
    problem = Problem(parts.statement, entry)
    if fault:
        return Draft(problem, (), (), seed.id, fault=fault)
    return Draft(problem, (Solution(parts.code),), (read_tests(parts.tests, entry, problem.language),), seed.id)


async def examine(pairs: Iterable[tuple[Seed, Completion]], runner: Runner) -> list[Written]:
    """Execute every draft, and judge its solution where its statement is understood."""

    async def one(seed: Seed, answer: Completion) -> Written:
        draft = read(seed, answer)
        evidence = await judge(draft, runner.execute, Limits())
        right = await is_right(draft, runner.execute) if not evidence.fault else None
        return Written(seed, answer, draft, evidence, right)

    return await asyncio.gather(*(one(*pair) for pair in pairs))


async def is_right(draft: Draft, execute: Callable[[Job], Awaitable[Any]]) -> bool | None:
    """Whether the solution means what its statement says, on fresh inputs; None where the statement is not known."""
    from scripts.micro import meaning
    from scripts.micro.shapes import show

    found = meaning.tasks_of(draft.problem.statement)
    if found is None:
        return None
    task, draws = found[0], random.Random(0)
    cases = []
    for number in range(INPUTS):
        arguments = task.draw(draws)
        # The text of the call before the answer: an answer may change its arguments.
        call = f"{draft.problem.entry_point}({', '.join(show(argument) for argument in arguments)})"
        cases.append(Case(f"fresh{number}", call, Call(call, show(task.answer(*arguments)))))
    job = Job(draft.problem.language, draft.solutions[0].code, draft.problem.entry_point, tuple(cases))
    return bool((await execute(job)).status == Status.PASSED)


def share(rows: list[Written], holds: Callable[[Written], bool]) -> float:
    """Part of the rows for which it holds; 0 of none."""
    return sum(map(holds, rows)) / len(rows) if rows else 0.0


def repeated(texts: list[str]) -> float:
    """Part of the texts that another one before it already was."""
    return 1 - len(set(texts)) / len(texts) if texts else 0.0


class Training:
    """Fingerprints of the training text, which lie beside the model; `known` is False where there are none."""

    def __init__(self, model: str) -> None:
        import numpy

        stored = sorted(locate(model).glob("*fingerprints.npz"))
        self.known = bool(stored)
        if stored:
            table = numpy.load(stored[0])
            self._solutions, self._statements = (set(table[key].tolist()) for key in ("solutions", "statements"))

    def new_solution(self, row: Written) -> bool:
        """Whether no training solution has this syntax tree, names aside."""
        from scripts.micro import novelty

        return novelty.fingerprint(novelty.normal_solution(row.solution)) not in self._solutions

    def new_statement(self, row: Written) -> bool:
        """Whether no training statement has these words, names aside; stored are the upper four bytes."""
        from scripts.micro import novelty

        text = novelty.normal_statement(row.draft.problem.statement)
        return novelty.fingerprint(text) >> 32 not in self._statements


def figures(sampled: Sampled, rows: list[Written], training: Training) -> dict[str, float]:
    """Every figure of the card, shares as fractions."""
    kept = [row for row in rows if row.kept]
    judged = [row for row in rows if row.right is not None]
    facts = [held for row in rows if row.parsed for held in row.evidence.solutions[0].passed[0]]
    minutes, core_minutes = sampled.seconds / 60, sampled.cpu_s / 120
    distinct = {normalise_code(row.solution): row for row in kept}
    novelty = {
        "kept solutions new by syntax tree": share(list(distinct.values()), training.new_solution),
        "the same, repeats counted": share(kept, training.new_solution),
        "kept statements new": share(kept, training.new_statement),
    }
    return {
        "drafts": len(rows),
        "read whole": share(rows, lambda row: row.parsed),
        "kept: every assert holds, 3 distinct": share(rows, lambda row: row.kept),
        "single asserts that hold": sum(facts) / max(1, len(facts)),
        "statements understood": len(judged) / max(1, len(rows)),
        "solutions right, of those": share(judged, lambda row: bool(row.right)),
        "solutions right, of kept": share([row for row in judged if row.kept], lambda row: bool(row.right)),
        "repeated statements": repeated([row.draft.problem.statement for row in rows if row.parsed]),
        "repeated syntax trees among kept": repeated([normalise_code(row.solution) for row in kept]),
        **(novelty if training.known else {}),
        "tokens a draft": sampled.tokens / len(rows),
        "drafts a minute, wall clock": len(rows) / minutes,
        "drafts a minute of two cores' time": len(rows) / core_minutes,
        "tokens a second, wall clock": sampled.tokens / sampled.seconds,
        "tokens a second of two cores' time": 2 * sampled.tokens / sampled.cpu_s,
    }


def steering(rows: list[Written]) -> Iterator[tuple[str, float, float]]:
    """For each topic with marks: how often its marks occur where it was asked for, and where it was not."""
    for topic, marks in MARKS.items():

        def marked(row: Written, marks: tuple[str, ...] = marks) -> bool:
            return any(mark in row.answer.text for mark in marks)

        asked = [row for row in rows if topic in row.seed.topics]
        others = [row for row in rows if topic not in row.seed.topics]
        if asked:
            yield topic, share(asked, marked), share(others, marked)


def levels(rows: list[Written], training: Training) -> Table:
    """What asking for a difficulty changes."""
    table = Table("difficulty asked for")
    for head in ("drafts", "characters a solution", "kept", "right, of those understood", "new trees among kept"):
        table.add_column(head, justify="right")
    for level in DIFFICULTIES:
        group = [row for row in rows if row.seed.difficulty == level]
        sizes = [len(row.solution) for row in group if row.solution]
        kept = [row for row in group if row.kept]
        right = share([row for row in group if row.right is not None], lambda row: bool(row.right))
        new = f"{100 * share(kept, training.new_solution):.0f} %" if training.known else "unknown"
        shares = (f"{100 * share(group, lambda row: row.kept):.0f} %", f"{100 * right:.0f} %", new)
        table.add_row(level, str(len(group)), f"{sum(sizes) / max(1, len(sizes)):.0f}", *shares)
    return table


def claims(found: dict[str, float]) -> list[dict[str, Any]]:
    """The issue's bars against the figures; a figure that could not be measured does not hold."""
    bars = {
        "kept: every assert holds, 3 distinct": 0.25,
        "solutions right, of those": 0.85,
        "kept solutions new by syntax tree": 0.40,
        "drafts a minute of two cores' time": 1200,
    }
    return [
        {
            "claim": name,
            "value": round(found[name], 3) if name in found else None,
            "bar": f">= {bar}",
            "holds": found.get(name, -1) >= bar,
        }
        for name, bar in bars.items()
    ]


def show_samples(console: Console, rows: list[Written], each: int = 10) -> None:
    """Twenty drafts verbatim, half of them kept, drawn and not chosen."""
    draws = random.Random(1)
    for title, group in (("kept", [r for r in rows if r.kept]), ("not kept", [r for r in rows if not r.kept])):
        for row in draws.sample(group, min(each, len(group))):
            reason = row.evidence.fault or row.evidence.solutions[0].status.value
            words = f"{', '.join(row.seed.topics)}; {row.seed.difficulty}"
            console.rule(f"{title} ({reason}) - asked for: {words}")
            console.print(row.answer.text, markup=False, highlight=False)


async def measure(model: str, count: int, console: Console) -> tuple[dict[str, float], list[Written], str]:
    """Sample, execute and count."""
    sampled = await sample(model, count, load(RunConfig, DEMO))
    async with open_runner() as runner:
        rows = await examine(sampled.pairs, runner)
    training = Training(model)
    found = figures(sampled, rows, training)
    table = Table("figure", title=f"{sampled.model}, T 0.8, {count} drafts")
    table.add_column("value", justify="right")
    for name, value in found.items():
        whole = name == "drafts" or "minute" in name or "second" in name or "tokens" in name
        table.add_row(name, f"{value:,.0f}" if whole else f"{100 * value:.1f} %")
    console.print(table)
    steered = Table("topic", title="steering: drafts with the topic's marks")
    for head in ("asked for", "not asked for"):
        steered.add_column(head, justify="right")
    for topic, asked, others in steering(rows):
        steered.add_row(topic, f"{100 * asked:.0f} %", f"{100 * others:.0f} %")
    console.print(steered)
    console.print(levels(rows, training))
    return found, rows, sampled.model


def main() -> None:
    """Print tables, claims and samples; write the claims as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_DRAFTS} drafts, under 45 s")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--drafts", type=int, default=0)
    parser.add_argument("--model", default="micro-writer")
    options = parser.parse_args()
    started, console = time.monotonic(), Console(width=120)
    count = options.drafts or (QUICK_DRAFTS if options.quick else DRAFTS)
    found, rows, model = asyncio.run(measure(options.model, count, console))
    show_samples(console, rows)
    made = claims(found)
    for claim in made:
        console.print(f"{'holds' if claim['holds'] else 'FAILS'}: {claim['claim']}: {claim['value']} ({claim['bar']})")
    if options.json:
        report = {"claims": made, "figures": found, "model": model, "seconds": round(time.monotonic() - started, 1)}
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
