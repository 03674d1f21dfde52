"""A draft, a run, and where its own tests do not hold, the verdict and a second try at code and tests.

Self-Debug (Chen et al. 2023, arXiv 2304.05128). Either side may be wrong, so both come back whole; the statement is
fixed. Tests that were changed to fit the code are held in check by the m - 1 suites and k - 1 solutions that are
written from the statement alone. What failed is named by `lineage`. The variant with a hint is `star`.
"""

from __future__ import annotations

from dataclasses import replace

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Ask, Steps, Try, prompt
from codefactory.recipes.drafting import draft_of, finish, holds, idea, verdict
from codefactory.recipes.parse import read_answer
from codefactory.types import Seed


def repair(seed: Seed, options: RecipeConfig) -> Steps:
    """One answer in joint's words, one run, at most one repair; then k - 1 further solutions, m - 1 further suites."""
    words = prompt("joint", topics=", ".join(seed.topics), difficulty=seed.difficulty, idea=idea(seed, "repair"))
    ((answer,),) = yield (Ask(words, first=seed.draw),)
    parts, calls = read_answer(answer), (answer.request_id,)
    first = draft_of("repair", seed, parts, calls)
    if first.fault:
        return first
    (evidence,) = yield (Try(first),)
    if holds(evidence):
        return (yield from finish("repair", seed, options, parts, calls))
    words = prompt(
        "repair",
        statement=parts.statement,
        code=parts.code.strip(),
        tests=parts.tests.strip(),
        verdict=verdict(first, evidence),
    )
    ((fixed,),) = yield (Ask(words, first=seed.draw),)
    again = replace(read_answer(fixed, ("solution", "tests")), statement=parts.statement)
    return (yield from finish("repair", seed, options, again, (*calls, fixed.request_id), lineage=first.id))
