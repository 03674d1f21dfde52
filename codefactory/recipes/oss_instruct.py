"""A task inspired by a real piece of code: the variety of what people wrote instead of the model's favourites.

OSS-Instruct (Magicoder, Wei et al. 2023, arXiv 2312.02120). The snippet is `seed.text`, for example a function mined
from a folder of source code (`seeds.code`), in whatever language; the task is for Python.
"""

from __future__ import annotations

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Steps, prompt
from codefactory.recipes.drafting import snippet, whole_task
from codefactory.recipes.target import fenced
from codefactory.types import Seed


def oss_instruct(seed: Seed, options: RecipeConfig) -> Steps:
    """One answer in three sections about a snippet, k - 1 further solutions, m - 1 further suites."""
    code = snippet(seed, "oss_instruct")
    messages = prompt("oss_instruct", snippet=code, difficulty=seed.difficulty, **fenced(seed))
    return whole_task("oss_instruct", seed, options, messages)
