"""A task for one cell of topic x persona x audience x style x difficulty: variety that is planned, and can be counted.

Conditioning on personas is from Persona Hub (Ge et al. 2024, arXiv 2406.20094), on topic and audience from phi-1's
textbooks (Gunasekar et al. 2023, arXiv 2306.11644). Which cells come first is decided in `seeds`: no cell
comes twice before every cell came once, and rare values go first.
"""

from __future__ import annotations

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Steps, prompt
from codefactory.recipes.drafting import whole_task
from codefactory.types import Seed


def grid(seed: Seed, options: RecipeConfig) -> Steps:
    """One answer in three sections for the seed's cell, k - 1 further solutions, m - 1 further suites."""
    messages = prompt(
        "grid",
        topics=", ".join(seed.topics),
        persona=seed.persona,
        audience=seed.audience,
        style=seed.style,
        difficulty=seed.difficulty,
    )
    return whole_task("grid", seed, options, messages)
