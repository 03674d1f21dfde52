"""The family of classic exercises: one of all hand-written entries, by chance."""

from __future__ import annotations

import random

from scripts.micro import algorithms_lists, algorithms_numbers, algorithms_text
from scripts.micro.algorithms import Algorithm, build
from scripts.micro.shapes import Task

ENTRIES: list[Algorithm] = [*algorithms_numbers.ENTRIES, *algorithms_text.ENTRIES, *algorithms_lists.ENTRIES]


def classic(rng: random.Random, comments: bool = False) -> Task:
    """One random classic exercise."""
    return build(rng, rng.choice(ENTRIES))
