"""Fresh solutions to a known problem under its known tests.

Rejection sampling: several distinct correct solutions to each problem teach more than one (Yuan et al. 2023, arXiv
2308.01825; for code, ReST-EM, Singh et al. 2023, arXiv 2312.06585).
"""

from __future__ import annotations

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Steps
from codefactory.recipes.drafting import further, known_task
from codefactory.types import Draft, Seed


def solve(seed: Seed, options: RecipeConfig) -> Steps:
    """k solutions and m - 1 further suites from the statement alone; the task's own suite comes first."""
    task = known_task(seed, "solve")
    more = yield from further(task.problem, options.solutions, options.suites - 1, seed.draw)
    suites = (task.tests, *more.suites)
    return Draft(task.problem, more.solutions, suites, seed.id, "solve", more.calls, task.id)
