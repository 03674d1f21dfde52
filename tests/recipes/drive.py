"""Drives a recipe without I/O: answers by a function of the question, trials by a function of the draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from codefactory.config import RecipeConfig
from codefactory.languages.python import read_suite
from codefactory.measures import MutationEvidence, Survivor
from codefactory.recipes import RECIPES
from codefactory.recipes.base import Ask, Try
from codefactory.types import Completion, Draft, Evidence, Problem, Record, Seed, Solution, SolutionEvidence, Status

STATEMENT = "Write `double(n)`, which returns n times two."
CODE = "def double(n):\n    return n * 2\n"
TESTS = "assert double(3) == 6\nassert double(0) == 0\nassert double(-1) == -2\n"
PROBLEM = f"## Problem\n{STATEMENT}\n"
SOLUTION = f"## Solution\n```python\n{CODE}```\n"
SUITE = f"## Tests\n```python\n{TESTS}```\n"
WHOLE = PROBLEM + SOLUTION + SUITE
TASK = Record(
    Problem(STATEMENT, "double"), Solution(CODE), read_suite(TESTS, "double"), name="known/1", meta={"task_id": "1"}
)
K3M2 = RecipeConfig(solutions=3, suites=2)


class Driven:
    """What a recipe asked and tried, in order, and the draft that it made."""

    def __init__(self) -> None:
        self.asked: list[Ask] = []
        self.tried: list[Draft] = []
        self.draft = Draft(Problem("", ""), (), ())

    @property
    def words(self) -> list[str]:
        """The first line of every question's user part."""
        return [ask.messages[1].content.splitlines()[0] for ask in self.asked]


def usual(ask: Ask) -> str:
    """A good answer to whatever is asked, told by the user part's first words."""
    words = ask.messages[1].content
    if words.startswith("Solve") and "test your solution" not in words:
        return SOLUTION
    if words.startswith(("Write tests", "Write harder tests", "Write the missing tests")):
        return SUITE
    return WHOLE


def drive(
    name: str,
    seed: Seed,
    options: RecipeConfig = K3M2,
    answer: Callable[[Ask], str] = usual,
    passes: Callable[[str], bool] = lambda code: True,
) -> Driven:
    """Run the recipe to its end; `passes` says of a solution's code whether it passes its draft's suites."""
    driven = Driven()
    steps = RECIPES.load(name)(seed, options)
    replies: list[Any] | None = None
    while True:
        try:
            wanted = steps.send(tuple(replies) if replies is not None else None)
        except StopIteration as end:
            driven.draft = end.value
            return driven
        replies = []
        for one in wanted:
            if isinstance(one, Try):
                driven.tried.append(one.draft)
                replies.append(_evidence(one, passes))
            else:
                driven.asked.append(one)
                number = len(driven.asked)
                ids = (f"call{number}.{one.first + sample}" for sample in range(one.samples))
                replies.append(tuple(Completion(call, answer(one)) for call in ids))


def _evidence(tried: Try, passes: Callable[[str], bool]) -> Evidence:
    """All or nothing passes; where mutants are asked for, one lives through everything."""
    draft = tried.draft

    def row(solution: Solution) -> SolutionEvidence:
        held = passes(solution.code)
        passed = tuple(tuple(held for _ in suite.cases) for suite in draft.suites)
        return SolutionEvidence(Status.PASSED if held else Status.FAILED, passed, 0)

    alive = Survivor(
        "condition", 2, "@@ -2 +2 @@\n-if a:\n+if True:", tuple(range(len(draft.suites))), "double(9)", "18"
    )
    measured = MutationEvidence(0, 2, (1,) * len(draft.suites), 1, 0, (alive,))
    return Evidence(draft.id, tuple(map(row, draft.solutions)), mutation=(measured,) if tried.mutation else None)
