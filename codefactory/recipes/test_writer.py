"""A second, independent suite for a known task, then harder ones that are shown every suite before them.

Tests that a model writes find wrong solutions which a benchmark's own tests let pass (EvalPlus, Liu et al. 2023, arXiv
2305.01210); richer suites make better training data (arXiv 2509.20837). The expected values are the model's own words:
k - 1 fresh solutions beside the known one vote on them, and a policy decides.
"""

from __future__ import annotations

from dataclasses import replace

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Ask, Steps, prompt
from codefactory.recipes.drafting import further, known_task, source_of, suite_of
from codefactory.types import Draft, Seed


def test_writer(seed: Seed, options: RecipeConfig) -> Steps:
    """m suites: the task's own, one from the statement alone, the others harder; the task's and k - 1 solutions."""
    task = known_task(seed, "test_writer")
    more = yield from further(task.problem, options.solutions - 1, min(1, options.suites - 1), seed.draw)
    solutions, suites = (task.solution, *more.solutions), (task.tests, *more.suites)
    draft = Draft(task.problem, solutions, suites, seed.id, "test_writer", more.calls, task.id)
    for _ in range(options.suites - 2):
        known = "\n".join(source_of(suite) for suite in draft.suites)
        words = prompt("test_writer", statement=task.problem.statement, tests=known)
        ((answer,),) = yield (Ask(words, first=seed.draw),)
        suite = suite_of(answer, task.problem)
        draft = replace(draft, suites=(*draft.suites, suite), calls=(*draft.calls, answer.request_id))
    return draft
