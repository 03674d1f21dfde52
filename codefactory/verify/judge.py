"""Collects evidence about a draft: the grid of k solutions x m suites, clusters, votes, controls, and what is doubted.

The order is by cost. Every distinct solution is executed once with the cases of all suites together (one fork a
solution); only where something holds up are the stubs run; only what the stubs do not pass is doubted further: rows
alone, coverage, a second run, mutants. Nothing is decided here (see `policy`), and nothing is stored here: `execute` is
given by the pipeline, which looks every job up in the ledger first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

from codefactory.config import VerifyConfig
from codefactory.types import Assurance, Case, Draft, Evidence, Limits, SolutionEvidence, Suite
from codefactory.verify import coverage, flaky, mutation
from codefactory.verify.controls import controls, dependent
from codefactory.verify.grid import clusters, consensus, majority, promising, votes
from codefactory.verify.policy import agreed_suite, met_suite
from codefactory.verify.trial import Execute, Run, Trial, inputs, passed

# Part of the evidence key: raise it when the same draft would get other evidence. 2: rows and coverage are checked
# unless refused, what a consensus keeps is checked as well, mutants have traps. 3: a stub meets the agreed values where
# it meets those that can be written down.
VERSION = 3
CHECKS = VerifyConfig()


async def judge(draft: Draft, execute: Execute, limits: Limits, checks: VerifyConfig = CHECKS) -> Evidence:
    """The evidence for a draft.

    Args:
        checks: what is measured beside the grid and the stubs.

    Raises:
        SandboxError: from `execute`, when the sandbox itself failed; then there is no evidence.
    """
    if draft.fault:
        return Evidence(draft.id, fault=draft.fault)
    grid = Trial(draft, execute, limits, "grid")
    if not grid.cases:
        return Evidence(draft.id, fault=next((suite.fault for suite in draft.suites if suite.fault), "suite_no_cases"))
    runs = await asyncio.gather(*(grid.run(solution.code) for solution in draft.solutions))
    answers = _answers(grid.cases, runs)
    rows = tuple(
        SolutionEvidence(run.status, passed(draft, run), cluster)
        for run, cluster in zip(runs, clusters(answers), strict=True)
    )
    evidence = Evidence(
        draft.id,
        rows,
        votes(tuple(inputs(grid.cases)), answers),
        assurance=Assurance.SHARED if any(case.call is None for case in grid.cases) else Assurance.COMPARED,
        image=runs[0].image,
    )
    trials = [grid]
    if promising(evidence):
        trials.append(grid.renamed("controls"))
        evidence = replace(evidence, controls=await controls(trials[-1], evidence.votes, _met(draft, evidence)))
        evidence = await _doubt(evidence, runs, trials, checks)
    costs = tuple(trial.cost for trial in trials)
    return replace(
        evidence,
        executions=sum(cost.executions for cost in costs),
        cpu_s=round(sum(cost.cpu_s for cost in costs), 6),
        costs=costs,
    )


async def _doubt(evidence: Evidence, runs: list[Run], trials: list[Trial], checks: VerifyConfig) -> Evidence:
    """The checks of what could be kept, cheapest first; each leaves its trial, and so its cost, in the list."""
    grid = trials[0]
    kept = dict(_rows(grid.draft, evidence))
    if not kept:
        return evidence
    chosen = _representatives(evidence)

    def trial(check: str) -> Trial:
        trials.append(grid.renamed(check))
        return trials[-1]

    if checks.rows:
        evidence = replace(evidence, dependent=await dependent(trial("rows"), kept))
    if checks.coverage:
        evidence = replace(evidence, coverage=await coverage.measure(trial("coverage"), chosen))
    if checks.flaky:
        evidence = replace(evidence, flaky=await flaky.measure(trial("flaky"), chosen, runs))
    if checks.mutation and not evidence.flaky:  # the fate of a flaky solution's mutants is luck
        evidence = replace(evidence, mutation=await mutation.measure(trial("mutation"), chosen, runs, checks))
    return evidence


def _rows(draft: Draft, evidence: Evidence) -> Iterator[tuple[str, tuple[int, Suite]]]:
    """What a policy could keep: the first solution with its own suite (`0:0`), the majority's with the values that they
    agree on (`1:votes`), the consensus cluster's with the expected values that it meets (`1:met`).

    Not what a stub could be kept with as well. Solutions of one text are one row, named by the first.
    """
    vacuous = {control.partition(":")[2] for control in evidence.controls}
    own = evidence.solutions[0].passed[0]
    if own and all(own) and "0" not in vacuous:
        yield "0:0", (0, draft.suites[0])
    members = list(consensus(evidence))
    met = met_suite(draft, evidence.solutions[members[0]].passed) if members else Suite(())
    kept = {"votes": (majority(evidence), agreed_suite(draft, evidence.votes)), "met": (members, met)}
    for name, (indices, suite) in kept.items():
        if suite.cases and name not in vacuous:
            texts = {draft.solutions[index].code: index for index in reversed(indices)}
            yield from ((f"{index}:{name}", (index, suite)) for index in sorted(texts.values()))


def _met(draft: Draft, evidence: Evidence) -> tuple[str, ...]:
    """The planned names of the literal cases that the consensus cluster passes."""
    members = consensus(evidence)
    passed_by = evidence.solutions[members[0]].passed if members else ()
    return tuple(
        f"{number}.{case.name}"
        for number, (suite, held) in enumerate(zip(draft.suites, passed_by, strict=False))
        for case, holds in zip(suite.cases, held, strict=True)
        if holds and case.call
    )


def _representatives(evidence: Evidence) -> list[int]:
    """The solutions that dear checks look at: the majority's first, the first that solutions and suites support most,
    and the first of all where it passes its own suite.

    One of a cluster stands for all of it, so this is mostly one solution.
    """
    own = evidence.solutions[0].passed[0]
    wanted = [*majority(evidence)[:1], *consensus(evidence)[:1], *([0] if own and all(own) else [])]
    first: dict[int, int] = {}
    for index in wanted:
        cluster = evidence.solutions[index].cluster
        first.setdefault(cluster if cluster >= 0 else -1 - index, index)  # outside of a cluster each is its own
    return list(first.values())


def _answers(cases: tuple[Case, ...], runs: list[Run]) -> list[list[str]]:
    """What every solution answered on every distinct input; "" where it did not."""
    names = list(inputs(cases).values())
    return [[run.facts[name].value if name in run.facts else "" for name in names] for run in runs]
