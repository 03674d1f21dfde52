"""The suite comes first, then code that is written to pass it: test-driven development.

Models solve more problems when they are given tests with the statement (Mathews and Nagappan 2024, arXiv 2402.13521).
Nobody has written code when the expected values are set, so they cannot be copied from it; the k - 1 further solutions
see the statement only and vote on them.
"""

from __future__ import annotations

from dataclasses import replace

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Ask, Steps, prompt
from codefactory.recipes.drafting import finish, idea
from codefactory.recipes.parse import read_answer
from codefactory.types import Seed


def tests_first(seed: Seed, options: RecipeConfig) -> Steps:
    """One answer with problem and tests, one with code for them, k - 1 further solutions, m - 1 further suites."""
    words = prompt(
        "tests_first", topics=", ".join(seed.topics), difficulty=seed.difficulty, idea=idea(seed, "tests_first")
    )
    ((suite,),) = yield (Ask(words, first=seed.draw),)
    asked = read_answer(suite, ("problem", "tests"))
    if asked.fault:
        return (yield from finish("tests_first", seed, options, asked, (suite.request_id,)))
    words = prompt("tests_first_code", statement=asked.statement, tests=asked.tests.strip())
    ((answer,),) = yield (Ask(words, first=seed.draw),)
    solved = read_answer(answer, ("solution",))
    parts = replace(asked, code=solved.code, fault=solved.fault)
    return (yield from finish("tests_first", seed, options, parts, (suite.request_id, answer.request_id)))
