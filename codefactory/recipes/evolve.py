"""A known task made harder, moved to another domain, or put under another constraint.

Evol-Instruct for code (WizardCoder, Luo et al. 2023, arXiv 2306.08568). The direction is `seed.style` where that names
one (`seeds.styles: [harder, domain, constraint]`), else it follows from the seed's id, so that each gets its third.
"""

from __future__ import annotations

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Steps, prompt
from codefactory.recipes.drafting import known_task, whole_task
from codefactory.types import Seed

DIRECTIONS = {
    "harder": "Make it harder: one more step of reasoning or one more rule, so that the old solution no longer passes.",
    "domain": "Move it to another domain: other data and another story that need the same kind of thinking.",
    "constraint": "Replace or add one constraint: on the input, on what is returned, or on how long it may take.",
}


def evolve(seed: Seed, options: RecipeConfig) -> Steps:
    """One answer in three sections about the changed task, k - 1 further solutions, m - 1 further suites."""
    task = known_task(seed, "evolve")
    messages = prompt(
        "evolve",
        direction=DIRECTIONS[direction(seed)],
        statement=task.problem.statement,
        code=task.solution.code.strip(),
    )
    return whole_task("evolve", seed, options, messages, lineage=task.id)


def direction(seed: Seed) -> str:
    """The direction that a seed's task is taken in."""
    return seed.style if seed.style in DIRECTIONS else list(DIRECTIONS)[int(seed.id, 16) % len(DIRECTIONS)]
