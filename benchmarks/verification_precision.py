"""How often is what each rule keeps really right? Measured on a real model's output whose truth is known.

82 HumanEval tasks with 100 solutions and 100 test samples each, written by CodeGen-16B (microsoft/CodeT, MIT; read and
executed by `codet_grid`). Truth is HumanEval+: base and plus inputs against the canonical solution. The naive rule,
CodeT's dual agreement, the policies, and probabilities fitted on other tasks are put side by side. The first run
executes the whole grid in one go and says what it took; after that everything is looked up.

    python -m benchmarks.verification_precision [--data DIR] [--quick] [--smaller] [--json FILE] [--save FILE]

Some minutes the first time, then seconds; --quick takes 12 tasks and makes no claim.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.codet_grid import Bench, Judged, judge_all, judge_smaller, read
from codefactory.ledger import Ledger
from codefactory.runner.base import open_runner
from codefactory.stats import calibration_error
from codefactory.verify import grid
from codefactory.verify.calibration import Calibration, Example, cross_validated, fit, reliability
from codefactory.verify.policy import decide, named

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
CACHE = ROOT / ".cache" / "verification"
TOPS = (5, 10, 20, 30)
QUICK = 12  # tasks
SMALLER = {4: 4, 10: 3}  # solutions and suites of a smaller draft: how many are drawn from each task
FOLDS = 10
RESAMPLES = 2000
POLICIES = ("agreement", "strict", "standard", "relaxed")
LEAST = (0.9, 0.75, 0.5)  # probabilities
DUAL, LIKELIEST = "dual agreement (CodeT)", "most probable, every task"
SOURCE = "CodeGen-16B on 82 HumanEval tasks (microsoft/CodeT, MIT), truth by HumanEval+ (evalplus, Apache-2.0)"


@dataclass(frozen=True)
class Kept:
    """What a rule keeps of one task: which solutions, how many of them are right, and how sure the rule is."""

    judged: Judged
    indices: tuple[int, ...]
    sure: float

    @property
    def solutions(self) -> int:
        return len(self.indices)

    @property
    def right(self) -> int:
        return sum(self.judged.right[index] for index in self.indices)

    @property
    def inseparable(self) -> bool:
        """Whether what is wrong of it answers every executed input as something right of it does."""
        rows = self.judged.evidence.solutions
        twins = {rows[index].cluster for index in self.indices if self.judged.right[index]}
        wrong = {rows[index].cluster for index in self.indices if not self.judged.right[index]}
        return wrong <= twins - {-1}

    @cached_property
    def precision(self) -> float:
        return self.right / self.solutions


@dataclass(frozen=True)
class Row:
    """One rule over all tasks."""

    name: str
    kept: list[Kept]

    @property
    def solutions(self) -> int:
        return sum(one.solutions for one in self.kept)

    @property
    def precision(self) -> float:
        return sum(one.right for one in self.kept) / max(1, self.solutions)

    def surest(self, tasks: int) -> list[Kept]:
        """The tasks that the rule is surest of, the surest first."""
        return sorted(self.kept, key=lambda one: -one.sure)[:tasks]

    def top(self, tasks: int) -> float | None:
        """Mean precision over the tasks that the rule is surest of; None where it keeps fewer."""
        return fmean(one.precision for one in self.surest(tasks)) if len(self.kept) >= tasks else None


def kept(judged: Judged, indices: Iterable[int], sure: float) -> Kept:
    return Kept(judged, tuple(indices), sure)


def sureness(judged: Judged, index: int) -> float:
    return grid.standings(judged.evidence)[index].consensus


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def naive(tasks: list[Judged]) -> Row:
    """Solution i where it passes the tests of sample i; surest where most pairs of a task hold."""
    rows = []
    for judged in tasks:
        own = [
            index for index, row in enumerate(judged.evidence.solutions) if row.passed[index] and all(row.passed[index])
        ]
        if own:
            rows.append(kept(judged, own, len(own)))
    return Row("naive: passes its own tests", rows)


def dual_agreement(tasks: list[Judged]) -> Row:
    """CodeT's best group of every task that has one; surest by share of the solutions x share of the cases passed."""
    rows = []
    for judged in tasks:
        groups = grid.dual_agreement(judged.evidence, judged.task.draft)
        if groups:
            cases = len({case.call for suite in judged.task.draft.suites for case in suite.cases})
            share = len(groups[0].solutions) / len(judged.right)
            rows.append(kept(judged, groups[0].solutions, share * groups[0].cases / cases))
    return Row(DUAL, rows)


def consensus(tasks: list[Judged]) -> Row:
    """The best behaviour cluster of every task."""
    found = [(judged, grid.consensus(judged.evidence)) for judged in tasks]
    return Row("best cluster, every task", [kept(j, m, sureness(j, m[0])) for j, m in found if m])


def policy(name: str, tasks: list[Judged]) -> Row:
    decisions = [(judged, decide(named(name), judged.task.draft, judged.evidence)) for judged in tasks]
    rows = [kept(j, d.indices, sureness(j, d.indices[0])) for j, d in decisions if not d.reason]
    return Row(f"policy {name}", rows)


def probable(least: float, tasks: list[Judged], known: list[list[float]]) -> Row:
    """Every solution that is at least so probable, by a fit that never saw its task."""
    rows = []
    for judged, probabilities in zip(tasks, known, strict=True):
        chosen = [index for index, value in enumerate(probabilities) if value >= least]
        if chosen:
            rows.append(kept(judged, chosen, max(probabilities)))
    return Row(f"probability >= {least}", rows)


def likeliest(tasks: list[Judged], known: list[list[float]]) -> Row:
    """The most probable solutions of every task."""
    rows = []
    for judged, probabilities in zip(tasks, known, strict=True):
        best = max(probabilities, default=0.0)
        if best:
            rows.append(kept(judged, [i for i, value in enumerate(probabilities) if value == best], best))
    return Row(LIKELIEST, rows)


# ── measures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def examples(tasks: Iterable[Judged]) -> list[Example]:
    return [
        Example(judged.task.name, standing, right)
        for judged in tasks
        for standing, right in zip(grid.standings(judged.evidence), judged.right, strict=False)
    ]


def codet_pass_at_1(tasks: list[Judged]) -> float:
    """One solution from the best group of every task (from all, where no case is passed), by HumanEval's own tests."""
    scores = []
    for judged in tasks:
        groups = grid.dual_agreement(judged.evidence, judged.task.draft)
        chosen = groups[0].solutions if groups else range(len(judged.base))
        scores.append(fmean(judged.base[index] for index in chosen))
    return 100 * fmean(scores)


def by_task(tasks: list[Judged], values: list[float]) -> list[list[float]]:
    """Values in the order of `examples`, task by task."""
    rest = iter(values)
    return [[next(rest) for _ in judged.evidence.solutions] for judged in tasks]


def lead(row: Row, other: Row, tasks: int) -> tuple[float, float, float]:
    """How far a row is ahead of another at the top, and the 95 % interval when both rows' tasks are drawn again."""
    chance, found = random.Random(0), []
    for _ in range(RESAMPLES):
        one, two = (Row("", chance.choices(each.kept, k=len(each.kept))).top(tasks) for each in (row, other))
        found.append((one or 0.0) - (two or 0.0))
    found.sort()
    ahead = (row.top(tasks) or 0.0) - (other.top(tasks) or 0.0)
    return ahead, found[int(0.025 * RESAMPLES)], found[int(0.975 * RESAMPLES)]


def why_level(row: Row, other: Row, tasks: int) -> tuple[bool, str]:
    """Whether no rule over the same evidence could be ahead on the tasks that both rows put on top, and the figures.

    So it is where both put the same tasks there, and what either keeps wrongly answers every executed input as
    something right that it keeps: no rule tells the two apart. To be ahead it would have to be surer of another task.
    """
    ours, theirs = ({one.judged.task.name: one for one in each.surest(tasks)} for each in (row, other))
    mixed = [one for one in (*ours.values(), *theirs.values()) if one.precision < 1]
    same = ours.keys() == theirs.keys() and all(set(ours[name].indices) == set(theirs[name].indices) for name in ours)
    figures = ", ".join(
        f"{name} {one.right} of {one.solutions}"
        + (f" (other rule {theirs[name].right} of {theirs[name].solutions})" if name in theirs and not same else "")
        for name, one in ours.items()
    )
    alike = all(one.inseparable for one in mixed)
    shared = len(ours.keys() & theirs.keys())
    return (
        shared == tasks and alike,
        f"top {tasks}, right of kept: {figures}; {shared} of {tasks} tasks are on top of both rules; what is kept "
        f"wrongly {'answers' if alike else 'does not always answer'} every executed input as something right does",
    )


@dataclass(frozen=True)
class Findings:
    """Everything that is shown."""

    rows: list[Row]
    pass_at_1: float
    errors: dict[str, float]  # expected calibration error, cross-validated by task, by size of the draft
    fitted: Calibration


def find(tasks: list[Judged], smaller: dict[int, list[Judged]]) -> Findings:
    """All rules over all tasks. Probabilities come from fits that never saw the task, at any size of draft."""
    every = [tasks, *smaller.values()]
    known = [example for group in every for example in examples(group)]
    values = cross_validated(known, FOLDS)
    errors, start = {}, 0
    for group in every:
        end = start + len(examples(group))
        size = f"{len(group[0].task.draft.solutions)} solutions"
        errors[size] = calibration_error(values[start:end], [example.right for example in known[start:end]])
        start = end
    own = by_task(tasks, values)
    rows = [naive(tasks), dual_agreement(tasks), consensus(tasks), likeliest(tasks, own)]
    rows += [policy(name, tasks) for name in POLICIES]
    rows += [probable(least, tasks, own) for least in LEAST]
    first = [example.right for example in known[: sum(map(len, own))]]
    diagram = reliability(zip(values, first, strict=False))
    fitted = replace(fit(known, SOURCE), error=errors[f"{len(tasks[0].right)} solutions"], reliability=diagram)
    return Findings(rows, codet_pass_at_1(tasks), errors, fitted)


def claims(found: Findings) -> list[dict[str, Any]]:
    """What is promised, what was found."""
    rows = {row.name: row for row in found.rows}
    strict, standard = rows["policy strict"], rows["policy standard"]
    made: list[tuple[str, float, str, bool]] = [
        ("strict: precision", strict.precision, ">= 0.92", strict.precision >= 0.92),
        ("strict: kept solutions", strict.solutions, ">= 370", strict.solutions >= 370),
        ("standard: precision", standard.precision, ">= 0.75", standard.precision >= 0.75),
        ("standard: kept solutions", standard.solutions, ">= 1000", standard.solutions >= 1000),
        ("CodeT's selection: pass@1 on HumanEval", found.pass_at_1, "38.8 +- 1", abs(found.pass_at_1 - 38.8) <= 1),
    ]
    for size, error in found.errors.items():
        made.append((f"calibration error on unseen tasks, {size}", error, "<= 0.08", error <= 0.08))
    codet, best = rows[DUAL], rows[LIKELIEST]
    for top in TOPS:
        ahead, low, high = lead(best, codet, top)
        level = ahead == 0 and why_level(best, codet, top)[0]
        words = ": level, and no rule could be ahead on these tasks" if level else ""
        claim = f"most probable beats CodeT at {top} tasks ({low:+.2f} to {high:+.2f}){words}"
        made.append((claim, ahead, "> 0, or level where it cannot be beaten", ahead > 0 or level))
    return [{"claim": claim, "value": round(value, 3), "bar": bar, "holds": holds} for claim, value, bar, holds in made]


def show(console: Console, found: Findings, promised: list[dict[str, Any]], tasks: list[Judged], cost: str) -> None:
    console.print(cost)
    table = Table(title=f"{len(tasks)} tasks: what each rule keeps, and how much of it is right", title_justify="left")
    for column in ("rule", "kept", "precision", "tasks", *(f"top {top}" for top in TOPS)):
        table.add_column(column, justify="left" if column == "rule" else "right")
    for row in found.rows:
        tops = [row.top(top) for top in TOPS]
        cells = ["-" if value is None else f"{value:.2f}" for value in tops]
        table.add_row(row.name, f"{row.solutions:,}", f"{row.precision:.2f}", str(len(row.kept)), *cells)
    console.print(table)
    console.print("top n: mean precision over the n tasks that a rule is surest of; probabilities are from other tasks")
    console.print("\nreliability, tasks left out (probability given: solutions, share right)")
    for one in found.fitted.reliability:
        given = f"{one.low:.1f} to {one.high:.1f}  given {one.probability:.2f}"
        console.print(f"  {given}: {one.count:>5}, right {one.right:.2f}")
    rows = {row.name: row for row in found.rows}
    for top in TOPS:
        ahead, behind = rows[LIKELIEST].top(top), rows[DUAL].top(top)
        if ahead is not None and behind is not None and ahead <= behind:
            console.print(f"\n{why_level(rows[LIKELIEST], rows[DUAL], top)[1]}")
    for claim in promised:
        mark = "holds" if claim["holds"] else "FALLS SHORT"
        console.print(f"{mark:<12} {claim['value']:>9} (bar {claim['bar']}) {claim['claim']}")


async def collect(options: argparse.Namespace) -> tuple[list[Judged], dict[int, list[Judged]], str]:
    """Everything executed or looked up, and one line about what that took."""
    tasks = read(options.data, QUICK if options.quick else 0)
    with Ledger(options.cache / "ledger.sqlite") as ledger:
        async with open_runner(options.runner) as runner:
            bench = Bench(runner, ledger)
            judged, cost = await judge_all(tasks, bench)
            sizes = SMALLER if options.smaller else {}
            smaller = {size: await judge_smaller(judged, bench, size, draws) for size, draws in sizes.items()}
            return judged, smaller, cost.line(runner)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA, help="folder with codet, humaneval and evalplus")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder of the ledger; a new one executes all again")
    parser.add_argument("--runner", default="namespace", help="namespace | docker; facts are kept for each")
    parser.add_argument("--quick", action="store_true", help=f"under 45 seconds: {QUICK} tasks, no claim")
    parser.add_argument("--smaller", action="store_true", help="fit and measure on smaller drafts of the same too")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the calibration fitted on all tasks")
    options = parser.parse_args()
    console = Console(width=110)
    judged, smaller, cost = asyncio.run(collect(options))
    found = find(judged, smaller)
    promised = [] if options.quick else claims(found)
    show(console, found, promised, judged, cost)
    if options.save:
        found.fitted.save(options.save)
    if options.json:
        rows = [
            {"rule": row.name, "kept": row.solutions, "precision": round(row.precision, 4), "tasks": len(row.kept)}
            | {f"top {top}": row.top(top) for top in TOPS}
            for row in found.rows
        ]
        options.json.write_text(json.dumps({"claims": promised, "rows": rows, "cost": cost}, indent=1) + "\n")


if __name__ == "__main__":
    main()
