"""Must-fail and must-run controls: stubs that no honest suite lets through, and rows that must run from the row alone.

A suite that a program passes which never looks at its task (returns None, its argument, a constant; raises) says
nothing about solutions: it is *vacuous*. A row that only holds beside something that is not part of it (an import of
another suite, a helper that was left out) is *dependent*. Faults that can be read off a suite without running it (it
redefines or shadows what it tests, asserts nothing, is skipped, never calls) are the language's `suite_fault`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

from codefactory.runner.compare import is_literal, same_literal
from codefactory.types import Assurance, Case, Job, Status, Suite, Vote
from codefactory.verify.trial import Run, Trial, inputs, passed


async def controls(trial: Trial, votes: tuple[Vote, ...], met: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Names of the stubs that pass a whole suite (`none:0`), answer as the majority does wherever its answer is a value
    (`none:votes`; an exception makes no case of the agreed suite), or pass all the cases named in `met` (`none:met`).

    One execution for each stub of the language.
    """
    stubs = dict(trial.language.stubs(trial.draft.problem.entry_point))
    runs = await asyncio.gather(*(trial.run(stub.code) for stub in stubs.values()))
    return tuple(name for stub, run in zip(stubs, runs, strict=True) for name in _passing(trial, votes, met, stub, run))


def _passing(trial: Trial, votes: tuple[Vote, ...], met: tuple[str, ...], stub: str, run: Run) -> Iterator[str]:
    names = inputs(trial.cases)
    for number, held in enumerate(passed(trial.draft, run)):
        if held and all(held):
            yield f"{stub}:{number}"
    agreed = [vote for vote in votes if is_literal(vote.value)]
    if agreed and all(same_literal(run.value(names[vote.expression]), vote.value) for vote in agreed):
        yield f"{stub}:votes"
    if met and all(map(run.holds, met)):
        yield f"{stub}:met"


async def dependent(trial: Trial, rows: dict[str, tuple[int, Suite]]) -> tuple[str, ...]:
    """Names of those rows (`solution:suite`) that do not pass when nothing but the row is executed.

    One execution for each different row: the solution, the suite's own preamble, and every case as the code that a
    reader of the row would run.
    """
    different = list(dict.fromkeys(rows.values()))
    holds = dict(zip(different, await asyncio.gather(*(_alone(trial, *row) for row in different)), strict=True))
    return tuple(name for name, row in rows.items() if not holds[row])


async def _alone(trial: Trial, solution: int, suite: Suite) -> bool:
    problem, notation = trial.draft.problem, trial.language.notation
    if notation and all(case.call for case in suite.cases):  # a file of native tests, planned as its reader plans it
        file = notation.file(problem.entry_point, [case.source for case in suite.cases])
        suite = trial.language.read_suite(file, problem.entry_point)
    cases = tuple(Case(case.name, case.source) for case in suite.cases)
    job = Job(problem.language, trial.draft.solutions[solution].code, problem.entry_point, cases, suite.preamble)
    outcome = await trial.execute(replace(job, assurance=Assurance.SHARED, limits=trial.limits))
    return outcome.status == Status.PASSED
