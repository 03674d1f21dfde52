"""Solutions to a known problem; where none holds, the verdict is shown, and in the end the right solution as a hint.

STaR (Zelikman et al. 2022, arXiv 2203.14465): problems that a model cannot solve teach it most, so it is given the
answer and writes its own. What was written with a hint is marked (`recipe` is `star_hint`), since it shows that the
problem was explained, not that it was solved.
"""

from __future__ import annotations

from dataclasses import replace

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Ask, Steps, Try, prompt
from codefactory.recipes.drafting import further, holds, known_task, solution_of, verdict
from codefactory.types import Draft, Evidence, Message, Record, Seed


def star(seed: Seed, options: RecipeConfig) -> Steps:
    """k solutions and m - 1 further suites, one run; where none passes the task's own suite, at most two more tries."""
    task = known_task(seed, "star")
    more = yield from further(task.problem, options.solutions, options.suites - 1, seed.draw)
    draft = Draft(task.problem, more.solutions, (task.tests, *more.suites), seed.id, "star", more.calls, task.id)
    for name, hint in (("star", ""), ("star_hint", task.solution.code.strip())):
        (evidence,) = yield (Try(draft),)
        passing = [number for number in range(options.solutions) if holds(evidence, number)]
        if passing or evidence.fault:
            return _first(draft, passing[0]) if passing else draft
        ((answer,),) = yield (Ask(_again(task, draft, evidence, hint), first=seed.draw),)
        # The newest attempt becomes the draft's own; the others stay beside it as votes.
        solutions = (solution_of(answer), *more.solutions[: options.solutions - 1])
        draft = replace(draft, solutions=solutions, calls=(*draft.calls, answer.request_id), recipe=name)
    return draft


def _first(draft: Draft, place: int) -> Draft:
    found = draft.solutions
    return replace(draft, solutions=(found[place], *found[:place], *found[place + 1 :]))


def _again(task: Record, draft: Draft, evidence: Evidence, hint: str) -> tuple[Message, ...]:
    return prompt(
        "star_hint" if hint else "star",
        statement=task.problem.statement,
        code=draft.solutions[0].code.strip() or "# no code was given",
        verdict=verdict(draft, evidence),
        hint=hint,
    )
