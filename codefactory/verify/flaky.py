"""Flaky: a second run with another hash seed, the cases in another order, and another time must end as the first did.

All three are changed at once, which costs one run; only where something then differs is each changed alone, to name
what it is. What depends on hash order, on what ran before, on chance, or on today's date is quarantined by policies:
it would be a wrong verdict some other day (Luo et al. 2014: order, time and randomness among the first causes).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Iterator

from codefactory.types import Case, Status
from codefactory.verify.trial import Run, Trial

OTHER_SEED = 20_011
LISTED = 8  # cases named for each solution


async def measure(trial: Trial, chosen: list[int], runs: list[Run]) -> tuple[str, ...]:
    """Names `solution:what:case` of what changed against the grid's runs; what: hash_seed, order, time or chance."""
    found = await asyncio.gather(*(_one(trial, index, runs[index]) for index in chosen))
    return tuple(name for names in found for name in names)


async def _one(trial: Trial, index: int, first: Run) -> list[str]:
    code = trial.draft.solutions[index].code
    tests = "\n".join(text for suite in trial.draft.suites for text in (suite.preamble, *_sources(suite.cases)))
    later = trial.language.later(code, tests)
    shuffled = _shuffled(trial)
    second = await trial.run(later or code, shuffled, hash_seed=OTHER_SEED)
    names = list(_changed(trial, first, second))
    if not names:
        return []
    alone: dict[str, Awaitable[Run]] = {
        "hash_seed": trial.run(code, hash_seed=OTHER_SEED),
        "order": trial.run(code, shuffled),
    }
    if later:
        alone["time"] = trial.run(later)
    again = dict(zip(alone, await asyncio.gather(*alone.values()), strict=True))
    causes = [what for what, run in again.items() if next(_changed(trial, first, run), "")]
    # Nothing alone, or everything alone: then it was neither of them.
    what = causes[0] if len(causes) == 1 else "chance"
    return [f"{index}:{what}:{name}" for name in names[:LISTED]]


def _sources(cases: tuple[Case, ...]) -> Iterator[str]:
    for case in cases:
        yield case.source


def _shuffled(trial: Trial) -> tuple[Case, ...]:
    """The cases in another order, the same each time for one draft."""
    cases = list(trial.cases)
    random.Random(trial.draft.id).shuffle(cases)
    return tuple(cases) if cases != list(trial.cases) else trial.cases[::-1]


def _changed(trial: Trial, first: Run, second: Run) -> Iterator[str]:
    """Names of cases with another status or answer; a run that only became too slow says nothing."""
    slow = second.status is Status.TIMEOUT and first.cpu_s * 2 > trial.limits.cpu_s
    for case in () if slow else trial.cases:
        one, other = first.facts.get(case.name), second.facts.get(case.name)
        if one and other and (one.status, one.value) != (other.status, other.value):
            yield case.name
