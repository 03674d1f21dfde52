"""Line and branch coverage: what of a solution each suite executes, noted by the program itself in the container.

The language puts marks into the program (`Language.measured`); after each suite's literal cases one more expression
gives out the marks seen since the last, as a fact like any other. Suites of code print theirs at the end of their own
job; files of other languages' own tests are not measured. Coverage is a lower bound on doubt only: a suite can execute
every line and expect nothing of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

from codefactory.languages.base import Measured
from codefactory.measures import CoverageEvidence
from codefactory.types import Call, Case
from codefactory.verify.trial import Run, Trial

TAKE = "marks"  # name of the case that gives out the marks


async def measure(trial: Trial, chosen: list[int]) -> tuple[CoverageEvidence, ...]:
    """Evidence for each chosen solution; nothing for one that cannot be marked or whose marks did not come out."""
    if trial.language.notation and any(case.call is None for case in trial.cases):
        return ()  # a file of native tests: nothing of ours is in it that could give out the marks
    codes = [trial.language.measured(trial.draft.solutions[index].code) for index in chosen]
    found = await asyncio.gather(
        *(_one(trial, index, marked) for index, marked in zip(chosen, codes, strict=True) if marked)
    )
    return tuple(evidence for evidence in found if evidence)


async def _one(trial: Trial, index: int, marked: Measured) -> CoverageEvidence | None:
    run = await trial.run(marked.code, tuple(_literal(trial, marked)))
    others = await asyncio.gather(*(_code(trial, marked, number) for number in range(len(trial.draft.suites))))
    start = _marks(run.value(f"start.{TAKE}"))
    reached = []
    for number, suite in enumerate(trial.draft.suites):
        literal = any(case.call for case in suite.cases) and not suite.fault
        marks = _marks(run.value(f"{number}.{TAKE}")) if literal else 0
        more = others[number]
        if marks is None or more is None:
            return None
        reached.append(marks | more | (start or 0))
    return _evidence(index, marked, reached)


def _literal(trial: Trial, marked: Measured) -> Iterator[Case]:
    """Every suite's literal cases with a taking of the marks behind them, and one before the first."""
    take = Case("", "", Call(marked.take, "''"))
    yield replace(take, name=f"start.{TAKE}")
    for number in range(len(trial.draft.suites)):
        own = [case for case in trial.cases if case.call and case.name.startswith(f"{number}.")]
        yield from own
        if own:
            yield replace(take, name=f"{number}.{TAKE}")


async def _code(trial: Trial, marked: Measured, number: int) -> int | None:
    """The marks of one suite's cases of code; 0 where it has none."""
    own = tuple(case for case in trial.cases if not case.call and case.name.startswith(f"{number}."))
    if not own:
        return 0
    run: Run = await trial.run(marked.code, (*own, Case(f"{number}.{TAKE}", marked.report)))
    last = run.tails[0].strip().rpartition("\n")[2] if run.holds(f"{number}.{TAKE}") else ""
    return _marks(repr(last))


def _marks(value: str) -> int | None:
    """A bit set from the source of its hexadecimal text."""
    try:
        return int(value.strip("'"), 16)
    except ValueError:
        return None


def _evidence(index: int, marked: Measured, reached: list[int]) -> CoverageEvidence:
    lines, branches = len(marked.lines), len(marked.branches)
    of_lines = (1 << lines) - 1
    of_branches = ((1 << branches) - 1) << lines
    union = 0
    for marks in reached:
        union |= marks
    return CoverageEvidence(
        index,
        lines,
        branches,
        tuple((marks & of_lines).bit_count() for marks in reached),
        tuple((marks & of_branches).bit_count() for marks in reached),
        tuple(line for number, line in enumerate(marked.lines) if not union >> number & 1),
        tuple(name for number, name in enumerate(marked.branches, lines) if not union >> number & 1),
    )
