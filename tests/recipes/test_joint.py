"""The joint recipe asks what it says it asks, and bad answers become data with a reason."""

from __future__ import annotations

import pytest

from codefactory.config import RecipeConfig
from codefactory.recipes.joint import joint
from codefactory.recipes.parse import read_answer
from codefactory.types import Completion, Seed
from tests.recipes.drive import WHOLE, drive


def test_draft_has_k_solutions_and_m_suites() -> None:
    driven = drive("joint", Seed(("digits",), "easy"), RecipeConfig(solutions=4, suites=2))
    draft = driven.draft
    assert [ask.samples for ask in driven.asked] == [1, 3, 1]
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
        (WHOLE, "length", "answer_cut"),
        (WHOLE.replace("## Tests", "## Testing not"), "stop", "no_tests"),
        (WHOLE.replace("    return", "    # tests\n    return"), "stop", ""),
        (WHOLE.split("## Tests")[0], "stop", "no_tests"),
        (WHOLE.replace("## Solution", "## Nothing"), "stop", "no_solution"),
        (WHOLE.replace("## Problem", "Problem"), "stop", "no_problem"),
        ("", "stop", "no_problem"),
    ],
)
def test_malformed_answer_gets_a_reason(text: str, finish: str, slug: str) -> None:
    assert read_answer(Completion("x", text, finish)).fault == slug


def test_no_function_named_anywhere_is_a_reason() -> None:
    text = WHOLE.replace("`double(n)`", "something").replace("def double(n):\n    return n * 2", "x = 1")
    driven = drive("joint", Seed(), RecipeConfig(), lambda ask: text)
    assert driven.draft.fault == "no_entry_point"
