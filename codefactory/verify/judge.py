"""Collects evidence about a draft: the grid of k solutions x m suites, clusters, votes, and must-fail controls.

The order is by cost. Every distinct solution is executed once with the cases of all suites together (one fork a
solution); only where something holds up are the stubs run. Nothing is decided here (see `policy`), and nothing is
stored here: `execute` is given by the pipeline, which looks every job up in the ledger first.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.types import (
    Assurance,
    Case,
    Check,
    Draft,
    Evidence,
    Fact,
    Job,
    Limits,
    Outcome,
    SolutionEvidence,
    Status,
    Vote,
)

VERSION = 1  # part of the evidence key: raise it when the same draft would get other evidence
Execute = Callable[[Job], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Run:
    """One solution over every suite: its status, and the facts by case name (`suite index.case name`)."""

    status: Status
    facts: dict[str, Fact]
    cpu_s: float
    executions: int
    image: str


async def judge(draft: Draft, execute: Execute, limits: Limits) -> Evidence:
    """The evidence for a draft.

    Raises:
        SandboxError: from `execute`, when the sandbox itself failed; then there is no evidence.
    """
    if draft.fault:
        return Evidence(draft.id, fault=draft.fault)
    cases = tuple(_planned(draft))
    if not cases:
        return Evidence(draft.id, fault=next((suite.fault for suite in draft.suites if suite.fault), "suite_no_cases"))
    runs = await asyncio.gather(*(_run(draft, s.code, cases, execute, limits) for s in draft.solutions))
    clusters = _clusters(cases, runs)
    votes = tuple(_votes(cases, runs))
    rows = tuple(
        SolutionEvidence(run.status, _passed(draft, run), cluster) for run, cluster in zip(runs, clusters, strict=True)
    )
    evidence = Evidence(draft.id, rows, votes, image=runs[0].image)
    stubs = await _stubs(draft, cases, execute, limits) if _promising(evidence) else {}
    every = [*runs, *stubs.values()]
    return replace(
        evidence,
        controls=tuple(_controls(draft, votes, stubs)),
        assurance=Assurance.SHARED if any(case.call is None for case in cases) else Assurance.COMPARED,
        executions=sum(run.executions for run in every),
        cpu_s=round(sum(run.cpu_s for run in every), 6),
    )


def _planned(draft: Draft) -> Iterator[Case]:
    """The cases of every suite under names that tell the suites apart."""
    for number, suite in enumerate(draft.suites):
        if not suite.fault:
            yield from (replace(case, name=f"{number}.{case.name}") for case in suite.cases)


async def _run(draft: Draft, code: str, cases: tuple[Case, ...], execute: Execute, limits: Limits) -> Run:
    """Execute one solution: literal cases compared on the host, the others beside the solution in a second job."""
    if not code.strip():
        return Run(Status.SYNTAX, {}, 0.0, 0, "")
    literal = tuple(case for case in cases if case.call)
    other = tuple(case for case in cases if not case.call)
    preamble = "\n".join(suite.preamble for suite in draft.suites if suite.preamble and not suite.fault)
    job = Job(draft.problem.language, code, draft.problem.entry_point, literal, limits=limits)
    jobs = [job] if literal else []
    if other:
        jobs.append(replace(job, cases=other, preamble=preamble, assurance=Assurance.SHARED))
    outcomes = await asyncio.gather(*map(execute, jobs))
    worst = next((o.status for o in outcomes if o.status != Status.PASSED), Status.PASSED)
    facts = {fact.name: fact for outcome in outcomes for fact in outcome.facts}
    return Run(worst, facts, sum(o.cpu_s for o in outcomes), len(jobs), outcomes[0].image)


def _passed(draft: Draft, run: Run) -> tuple[tuple[bool, ...], ...]:
    def holds(name: str) -> bool:
        return name in run.facts and run.facts[name].status == Status.PASSED

    return tuple(
        tuple(holds(f"{number}.{case.name}") for case in suite.cases) for number, suite in enumerate(draft.suites)
    )


def _inputs(cases: tuple[Case, ...]) -> dict[str, str]:
    """Distinct literal inputs -> the name of the first case that asks for them."""
    found: dict[str, str] = {}
    for case in cases:
        if case.call and case.call.check in (Check.EQUAL, Check.APPROX):
            found.setdefault(case.call.expression, case.name)
    return found


def _clusters(cases: tuple[Case, ...], runs: list[Run]) -> list[int]:
    """Cluster index of every solution: equal answers to every input; -1 where an input went unanswered."""
    names = list(_inputs(cases).values())
    seen: dict[tuple[str, ...], int] = {}
    clusters = []
    for run in runs:
        answers = tuple(run.facts[name].value for name in names if name in run.facts)
        complete = bool(names) and len(answers) == len(names) and all(answers)
        clusters.append(seen.setdefault(answers, len(seen)) if complete else -1)
    return clusters


def _votes(cases: tuple[Case, ...], runs: list[Run]) -> Iterator[Vote]:
    for expression, name in _inputs(cases).items():
        values = [run.facts[name].value for run in runs if name in run.facts and run.facts[name].value]
        value, count = Counter(values).most_common(1)[0] if values else ("", 0)
        yield Vote(expression, value, count, len(values))


def _promising(evidence: Evidence) -> bool:
    """Whether any policy could keep something: a suite that holds for a solution, or two solutions that agree."""
    holds = any(suite and all(suite) for row in evidence.solutions for suite in row.passed)
    sizes = Counter(row.cluster for row in evidence.solutions if row.cluster >= 0)
    return holds or any(size >= 2 for size in sizes.values())


async def _stubs(draft: Draft, cases: tuple[Case, ...], execute: Execute, limits: Limits) -> dict[str, Run]:
    language: Language = LANGUAGES.load(draft.problem.language)
    stubs = dict(language.stubs(draft.problem.entry_point))
    runs = await asyncio.gather(*(_run(draft, stub.code, cases, execute, limits) for stub in stubs.values()))
    return dict(zip(stubs, runs, strict=True))


def _controls(draft: Draft, votes: tuple[Vote, ...], stubs: dict[str, Run]) -> Iterator[str]:
    """Names of the stubs that pass a whole suite, or that answer as the majority does on every input."""
    names = _inputs(tuple(_planned(draft)))
    for stub, run in stubs.items():
        for number, passed in enumerate(_passed(draft, run)):
            if passed and all(passed):
                yield f"{stub}:{number}"
        answers = [run.facts[names[vote.expression]].value for vote in votes if names[vote.expression] in run.facts]
        if votes and answers == [vote.value for vote in votes]:
            yield f"{stub}:votes"
