"""A new task after the pattern of a few known ones: the pool grows, round after round, from what was kept.

Self-Instruct (Wang et al. 2022, arXiv 2212.10560). A recipe does no I/O, so the examples arrive in the seed: a first
round draws them from a task set (`seeds.tasks`), the next also from the corpus that the first kept (`seeds.corpus`),
`seeds.examples` to a seed. The pool of a round is fixed when it starts; every task in it was executed and kept.
"""

from __future__ import annotations

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Steps, prompt
from codefactory.recipes.drafting import known_task, whole_task
from codefactory.types import Seed


def self_instruct(seed: Seed, options: RecipeConfig) -> Steps:
    """One answer in three sections after the seed's examples, k - 1 further solutions, m - 1 further suites."""
    known_task(seed, "self_instruct")
    shown = [f"Task {number}: {task.problem.statement}" for number, task in enumerate(seed.tasks, 1)]
    messages = prompt(
        "self_instruct",
        examples="\n\n".join(shown),
        number=str(len(shown) + 1),
        topics=", ".join(seed.topics),
        difficulty=seed.difficulty,
    )
    return whole_task("self_instruct", seed, options, messages)
