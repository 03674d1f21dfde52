"""Problem, solution and tests in one answer; then more solutions and suites, written without seeing the first.

Writing the three together is the plainest form of self-instruct for code (Wang et al. 2022, arXiv 2212.10560; Wei et
al. 2024, arXiv 2410.24198); the independent samples are what agreement is measured on (CodeT, Chen et al. 2022, arXiv
2207.10397).
"""

from __future__ import annotations

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Steps, prompt
from codefactory.recipes.drafting import idea, whole_task
from codefactory.types import Seed


def joint(seed: Seed, options: RecipeConfig) -> Steps:
    """One joint answer, `solutions - 1` further solutions, `suites - 1` further suites."""
    messages = prompt("joint", topics=", ".join(seed.topics), difficulty=seed.difficulty, idea=idea(seed, "joint"))
    return whole_task("joint", seed, options, messages)
