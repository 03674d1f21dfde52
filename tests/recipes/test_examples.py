"""What a real model answered to each recipe, replayed: the same questions, and the same draft to the last letter."""

from __future__ import annotations

import json
from typing import Any

import pytest

from codefactory.config import RecipeConfig
from codefactory.recipes import RECIPES
from codefactory.recipes.base import Ask
from codefactory.types import Completion, Draft, Evidence, Seed, from_json
from scripts.recipe_examples import FOLDER, page, read

EXAMPLES = read()


def replay(example: dict[str, Any]) -> tuple[list[str], Draft]:
    """Run a recipe on recorded answers and verdicts; the questions that it asked, and its draft."""
    seed = from_json(Seed, json.dumps(example["seed"]))
    steps = RECIPES.load(example["recipe"])(seed, RecipeConfig.model_validate(example["options"]))
    recorded, asked = iter(example["steps"]), []
    wanted = next(steps)
    while True:
        replies: list[Any] = []
        for one in wanted:
            step = next(recorded)
            if isinstance(one, Ask):
                asked.append(one.messages[-1].content)
                replies.append(tuple(from_json(Completion, json.dumps(answer)) for answer in step["answers"]))
            else:
                replies.append(from_json(Evidence, json.dumps(step["evidence"])))
        try:
            wanted = steps.send(tuple(replies))
        except StopIteration as end:
            assert next(recorded, None) is None
            return asked, end.value


@pytest.mark.parametrize("name", EXAMPLES)
def test_recorded_answers_make_the_same_draft_again(name: str) -> None:
    asked, draft = replay(EXAMPLES[name])
    again = f"what {name} asks or reads has changed: python -m scripts.recipe_examples {name}"
    assert asked == [step["asked"] for step in EXAMPLES[name]["steps"] if "asked" in step], again
    assert draft.id == EXAMPLES[name]["draft"], again


def test_every_recipe_has_an_example() -> None:
    assert set(EXAMPLES) >= set(RECIPES.names())


def test_page_shows_the_examples_as_they_are() -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == page(EXAMPLES)
