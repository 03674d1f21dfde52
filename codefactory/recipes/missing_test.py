"""The tests that a known task lacks: what its suites let live under mutation is shown, until nothing lives.

A change to the solution that no test notices is a test that is missing (DeMillo, Lipton, Sayward 1978); models that are
shown survivors write tests that kill them (Dakhel et al. 2023, MuTAP, arXiv 2308.16557). The writer sees the change and
an input on which it shows, never what the solution answers there: the expected value is the model's own word, and
whether the solution meets it is evidence about both. k - 1 fresh solutions vote as well, and a policy decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from codefactory.config import RecipeConfig
from codefactory.measures import Survivor
from codefactory.recipes.base import Ask, Steps, Try, prompt
from codefactory.recipes.drafting import further, holds, known_task, source_of, suite_of
from codefactory.types import Draft, Evidence, Seed

SHOWN = 6  # survivors a question: more are not answered one by one


def missing_test(seed: Seed, options: RecipeConfig) -> Steps:
    """The task's suite and at most m - 1 more, each after a run with mutants; the task's solution and k - 1 more."""
    task = known_task(seed, "missing_test")
    draft = Draft(task.problem, (task.solution,), (task.tests,), seed.id, "missing_test", (), task.id)
    for _ in range(options.suites - 1):
        (evidence,) = yield (Try(draft, mutation=True),)
        alive = survivors(evidence, len(draft.suites))
        if not alive:
            break
        words = prompt(
            "missing_test",
            statement=task.problem.statement,
            code=task.solution.code.strip(),
            tests="\n".join(source_of(suite) for suite in draft.suites),
            survivors="\n\n".join(map(_shown, _spread(alive)[:SHOWN])),
        )
        ((answer,),) = yield (Ask(words, first=seed.draw),)
        suite = suite_of(answer, task.problem)
        draft = replace(draft, suites=(*draft.suites, suite), calls=(*draft.calls, answer.request_id))
    more = yield from further(task.problem, options.solutions - 1, 0, seed.draw)
    return replace(draft, solutions=draft.solutions + more.solutions, calls=draft.calls + more.calls)


def survivors(evidence: Evidence, suites: int) -> list[Survivor]:
    """The mutants of the first solution that every suite lets live; a suite without cases lets all live.

    Empty as well where mutants say nothing: the task's own tests do not hold, or hold for a stub too.
    """
    if not holds(evidence):
        return []
    found = next((one for one in evidence.mutation or () if one.solution == 0), None)
    planned = {number for number in range(suites) if evidence.solutions[0].passed[number]}
    return [one for one in found.survivors if planned <= set(one.passes)] if found else []


def _spread(alive: Sequence[Survivor]) -> list[Survivor]:
    """Those with an input that shows them first, and the first of every kind before the second of any."""
    turns: dict[str, int] = {}
    placed = []
    for one in sorted(alive, key=lambda one: not one.witness):
        turns[one.operator] = turns.get(one.operator, 0) + 1
        placed.append((not one.witness, turns[one.operator], one))
    return [one for _, _, one in sorted(placed, key=lambda place: place[:2])]


def _shown(one: Survivor) -> str:
    seen = f"It shows for example with `{one.witness}`." if one.witness else ""
    return "\n".join(part for part in (f"Line {one.line}:", one.diff.partition("\n")[2], seen) if part)
