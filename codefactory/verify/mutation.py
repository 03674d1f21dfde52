"""Mutation score: which small changes to a solution its suites notice, and the test that would notice the rest.

A mutant is executed once over the cases of all suites. A suite kills it with a case that the solution passes and the
mutant does not. One that answers as the solution does on every input of every suite is tried on derived inputs
(probes): where they differ there, the probe is the witness of a missing test; where they never differ, the mutant is
likely equivalent and counts for nothing (Budd and Angluin 1982: deciding it is impossible in general). Nor does one
count that is no program to its compiler. Where no input can be derived (tests of code alone) nothing is called
equivalent: what no suite kills has survived.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace

from codefactory.config import VerifyConfig
from codefactory.measures import MutationEvidence, Survivor
from codefactory.types import Call, Case, Check, Status
from codefactory.verify.mutants import Mutant, mutants
from codefactory.verify.trial import ENDED_EARLY, Run, Trial, inputs

# CPU limit of mutants: the first of 0.2, 0.4, 0.8, ... s that their original takes under a tenth of, or three times of
# which and a second are less: where much is taken, most of it is a compiler's, which takes no longer for a mutant. One
# that loops for ever costs all of it. In steps, so that the same draft mostly has the same jobs, which are looked up.
SHORT_S = 0.2
ROUNDS = 4  # of running probes again without the one that ended the run


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one mutant: the suites that kill it, an input on which it answers otherwise (or ""), and whether
    it was tried on derived inputs and answered alike on all of them.
    """

    mutant: Mutant
    killed: tuple[bool, ...]
    detected: bool
    witness: str = ""
    answer: str = ""
    equivalent: bool = False


async def measure(
    trial: Trial, chosen: list[int], runs: list[Run], checks: VerifyConfig
) -> tuple[MutationEvidence, ...]:
    """Evidence for each chosen solution, given the grid's runs; nothing for a language without a mutation table."""
    if trial.language.mutations is None:
        return ()
    found = []
    for index in chosen:
        code = trial.draft.solutions[index].code
        made = made_of(trial, code, checks.mutants)
        found.append(_evidence(index, trial, await fates(trial, code, runs[index], made, checks.probes)))
    return tuple(found)


def made_of(trial: Trial, code: str, limit: int) -> tuple[Mutant, ...]:
    """At most so many mutants of a solution; their traps are of the kinds of inputs that the draft's suites give it."""
    language = trial.language
    if language.mutations is None:
        return ()
    traps = language.traps(code, trial.draft.problem.entry_point, tuple(inputs(trial.cases)))
    return mutants(code, language.grammar or language.name, language.mutations, limit, traps)


async def fates(trial: Trial, code: str, original: Run, made: tuple[Mutant, ...], count: int) -> list[Fate]:
    """What becomes of every mutant of the code, of which `original` is the run over all cases."""
    whole = trial.limits
    trial.limits = replace(whole, cpu_s=min(patience(original.cpu_s), whole.cpu_s))
    try:
        tried = await asyncio.gather(*(_first(trial, original, mutant) for mutant in made))
        known = [fate for fate in tried if fate is not None]
        if all(fate.detected for fate in known):
            return known
        probes = await _probes(trial, code, count)
        return list(await asyncio.gather(*(_second(trial, fate, probes) for fate in known)))
    finally:
        trial.limits = whole  # the next solution may be a slower one


def patience(cpu_s: float) -> float:
    """The CPU seconds that a mutant has whose original takes so many."""
    limit_s = SHORT_S
    while limit_s <= min(cpu_s * 10, cpu_s * 3 + 1):
        limit_s *= 2
    return limit_s


async def _first(trial: Trial, original: Run, mutant: Mutant) -> Fate | None:
    """Over the cases of all suites; a suite that had no turn, because the mutant ended the run, gets one alone.

    None for a mutant that does not compile (types decide that, not the grammar): it is no program, and nobody's merit.
    """
    run = await trial.run(mutant.code)
    if run.status is Status.SYNTAX:
        return None
    killed = []
    for number, names in enumerate(_suites(trial)):
        lost = [name for name in names if original.holds(name) and not run.holds(name)]
        if lost and all(run.unsaid(name) for name in lost):
            own = tuple(case for case in trial.cases if case.name.startswith(f"{number}."))
            again = await trial.run(mutant.code, own)
            lost = [name for name in lost if not again.holds(name)]
        killed.append(bool(lost))
    witness, answer = next(_differences(trial, original, run), ("", ""))
    return Fate(mutant, tuple(killed), any(killed) or bool(witness), witness, answer)


def _suites(trial: Trial) -> Iterator[list[str]]:
    for number in range(len(trial.draft.suites)):
        yield [case.name for case in trial.cases if case.name.startswith(f"{number}.")]


def _differences(trial: Trial, original: Run, run: Run) -> Iterator[tuple[str, str]]:
    """Inputs on which a mutant answers otherwise than the solution, with the solution's answer.

    A case that compares approximately differs only where one passes and the other does not.
    """
    approximate = {case.name for case in trial.cases if case.call and case.call.check is Check.APPROX}
    for expression, name in inputs(trial.cases).items():
        value = original.value(name)
        same = run.value(name) == value or run.unsaid(name)
        if name in approximate and original.holds(name):
            same = run.holds(name) or run.unsaid(name)
        if value and not value.startswith("!") and not same:
            yield expression, value


@dataclass(frozen=True, slots=True)
class Probes:
    """Derived inputs that the solution answers, and its run over them."""

    cases: tuple[Case, ...]
    run: Run


async def _probes(trial: Trial, code: str, count: int) -> Probes:
    """Where the solution itself raises or ends, an input is not meant: it is left out."""
    known = list(inputs(trial.cases))
    calls = trial.language.probes(known, trial.draft.problem.entry_point, count)
    cases = tuple(Case(f"probe_{number}", "", Call(call, "None")) for number, call in enumerate(calls))
    run = Run(ENDED_EARLY[0], {})
    for _ in range(ROUNDS if cases else 0):
        run = await trial.run(code, cases)
        if run.status not in ENDED_EARLY:
            break
        first = next((number for number, case in enumerate(cases) if not run.value(case.name)), 0)
        cases = cases[:first] + cases[first + 1 :]
    answered = tuple(case for case in cases if run.value(case.name)[:1] not in ("", "!", "<"))
    return Probes(answered, run)


async def _second(trial: Trial, fate: Fate, probes: Probes) -> Fate:
    """Over the probes, for a mutant that no input of any suite tells from the solution."""
    if fate.detected or fate.equivalent or not probes.cases:
        return fate
    run = await trial.run(fate.mutant.code, probes.cases)
    for case in probes.cases:
        if case.call and run.value(case.name) != probes.run.value(case.name) and not run.unsaid(case.name):
            return replace(fate, witness=case.call.expression, answer=probes.run.value(case.name))
    return replace(fate, equivalent=True)


def _evidence(index: int, trial: Trial, found: list[Fate]) -> MutationEvidence:
    planned = [number for number, names in enumerate(_suites(trial)) if names]
    survivors = [_survivor(fate, planned) for fate in found if not fate.equivalent]
    return MutationEvidence(
        solution=index,
        mutants=len(found),
        killed=tuple(sum(fate.killed[number] for fate in found) for number in range(len(trial.draft.suites))),
        detected=sum(fate.detected for fate in found),
        equivalent=sum(fate.equivalent for fate in found),
        survivors=tuple(survivor for survivor in survivors if survivor.passes),
        met=sum(any(fate.killed) for fate in found),
    )


def _survivor(fate: Fate, planned: list[int]) -> Survivor:
    passes = tuple(number for number in planned if not fate.killed[number])
    mutant = fate.mutant
    return Survivor(mutant.operator, mutant.line, mutant.diff, passes, fate.witness, fate.answer)
