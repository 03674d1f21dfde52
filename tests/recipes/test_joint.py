"""The joint recipe asks what it says it asks, and bad answers become data with a reason."""

from __future__ import annotations

import pytest

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Answers, Ask
from codefactory.recipes.joint import joint
from codefactory.recipes.parse import read_answer
from codefactory.types import Completion, Draft, Seed

GOOD = """## Problem
Write `double(n)`, which returns n times two.
## Solution
```python
def double(n):
    return n * 2
```
## Tests
```python
# 3 -> 6
assert double(3) == 6
assert double(0) == 0
assert double(-1) == -2
```"""


def _drive(seed: Seed, answers: dict[str, str], options: RecipeConfig) -> tuple[list[Ask], Draft]:
    """Run the generator with one text for each kind of question."""
    steps = joint(seed, options)
    asked: list[Ask] = []
    asks = next(steps)
    while True:
        asked.extend(asks)
        replies: Answers = tuple(
            tuple(
                Completion(f"id{len(asked)}", answers[ask.messages[1].content.split()[0]]) for _ in range(ask.samples)
            )
            for ask in asks
        )
        try:
            asks = steps.send(replies)
        except StopIteration as end:
            return asked, end.value


def test_draft_has_k_solutions_and_m_suites() -> None:
    solve = GOOD.split("## Tests")[0].split("## Solution")[1]
    # Both the joint and the tests question begin with "Write"; a whole answer holds the tests too.
    answers = {"Write": GOOD, "Solve": f"## Solution{solve}"}
    asked, draft = _drive(Seed(("digits",), "easy"), answers, RecipeConfig(solutions=4, suites=2))
    assert [ask.samples for ask in asked] == [1, 3, 1]
    assert (draft.problem.entry_point, len(draft.solutions), len(draft.suites)) == ("double", 4, 2)
    assert all(suite.fault == "" and len(suite.cases) == 3 for suite in draft.suites)


def test_seed_words_reach_the_question_and_empty_lines_do_not() -> None:
    (ask,) = next(joint(Seed(("lists", "sums"), "easy", draw=5), RecipeConfig()))
    assert ask.messages[1].content == "Write a problem, a solution and tests.\nTopics: lists, sums\nDifficulty: easy"
    assert ask.first == 5
    (bare,) = next(joint(Seed(), RecipeConfig()))
    assert bare.messages[1].content == "Write a problem, a solution and tests."


@pytest.mark.parametrize(
    ("text", "finish", "slug"),
    [
        (GOOD, "length", "answer_cut"),
        (GOOD.replace("## Tests", "## Testing not"), "stop", "no_tests"),
        (GOOD.replace("    return", "    # tests\n    return"), "stop", ""),
        (GOOD.split("## Tests")[0], "stop", "no_tests"),
        (GOOD.replace("## Solution", "## Nothing"), "stop", "no_solution"),
        (GOOD.replace("## Problem", "Problem"), "stop", "no_problem"),
        ("", "stop", "no_problem"),
    ],
)
def test_malformed_answer_gets_a_reason(text: str, finish: str, slug: str) -> None:
    assert read_answer(Completion("x", text, finish)).fault == slug


def test_no_function_named_anywhere_is_a_reason() -> None:
    text = GOOD.replace("`double(n)`", "something").replace("def double(n):\n    return n * 2", "x = 1")
    _, draft = _drive(Seed(), {"Write": text}, RecipeConfig())
    assert draft.fault == "no_entry_point"
