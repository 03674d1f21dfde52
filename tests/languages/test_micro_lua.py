"""The printer behind the Lua examples: what it prints holds in the sandbox, and what it cannot say it refuses."""

from __future__ import annotations

import asyncio
import random

import pytest

pytest.importorskip("tokenizers", reason="the training text is measured in tokens: the train extra")

from codefactory.recipes.native import native
from codefactory.recipes.translate import translate
from codefactory.types import Seed
from scripts.micro.lua import lua
from scripts.micro.lua_corpus import TRANSLATION, WHOLE, asked, completed, drawn, pairs
from scripts.micro.lua_evaluate import proved
from scripts.micro.lua_expressions import Refused
from scripts.micro.lua_kinds import ANY, INT, STR, list_of
from tests.languages.conftest import require_language

NUMBERS = list_of(INT)


def test_printed_programs_answer_in_lua_what_they_answer_in_python() -> None:
    require_language("lua")
    ends = asyncio.run(proved(25, seed=1))
    assert (ends["held"], ends["failed"]) == (25, 0)


def test_an_index_from_the_back_or_by_name_counts_from_one() -> None:
    code = lua("def f(xs, i):\n    return xs[0] + xs[-1] + xs[i] + xs[i - 1]\n", (NUMBERS, INT), INT)
    assert "return xs[1] + xs[#xs] + xs[i + 1] + xs[i]" in code


def test_what_python_takes_for_false_is_asked_for() -> None:
    code = lua("def f(xs, s, n):\n    return not xs or not s or not n\n", (NUMBERS, STR, INT), ANY)
    assert "return #xs == 0 or #s == 0 or n == 0" in code


def test_a_name_that_outlives_its_block_is_declared_before_it() -> None:
    code = lua("def f(n):\n    if n > 1:\n        x = 1\n    else:\n        x = 2\n    return x\n", (INT,), INT)
    assert code.index("local x") < code.index("if n > 1")
    assert code.count("local x") == 1


@pytest.mark.parametrize(
    "body",
    [
        "return {x: 1 for x in xs}",
        "return set(xs)",
        "return sorted(xs, key=abs)",
        "for x in xs:\n        pass\n    return x",
        "return xs and 1",
        "return [None for x in xs]",
        "return xs[0] / 2",
        "end = 1\n    return end",
    ],
)
def test_what_cannot_be_carried_over_is_refused(body: str) -> None:
    with pytest.raises(Refused):
        lua(f"def f(xs):\n    {body}\n", (NUMBERS,), INT)


def test_the_recipes_read_every_answer_as_it_was_meant() -> None:
    rng = random.Random(3)
    for one, _ in zip(drawn(rng), range(20), strict=False):
        found = pairs(one, "translate", rng)
        assert found is not None
        steps = translate(Seed(tasks=(one.record,)), TRANSLATION)
        assert asked(steps)[0].messages[-1].content == found[0]
        (trial,) = steps.send(((completed(found[1]),),))
        assert trial.draft.solutions[0].code == one.code + "\n"  # type: ignore[union-attr]
        whole = pairs(one, "native", rng)
        assert whole is not None
        steps = native(Seed(("lists",)), WHOLE.model_copy(update={"solutions": 1, "suites": 1}))
        asked(steps)
        steps.send(((completed(whole[1]),),))
        with pytest.raises(StopIteration) as end:
            steps.send(((), ()))
        draft = end.value.value
        assert (draft.fault, draft.solutions[0].code) == ("", one.code + "\n")
        assert len(draft.suites[0].cases) == 4
