"""What the grammar's families produce: one `Task` with its meaning, and the pieces that several families share."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

Value = Any
Draw = Callable[[random.Random], Value]

TOPICS = (
    "lists", "strings", "filtering", "mapping", "sums", "counting", "sorting", "searching", "digits", "arithmetic",
    "conditionals", "dictionaries", "sets", "words", "characters", "sequences", "comparisons", "pairs", "booleans",
    "ranges", "extremes", "positions", "divisors", "nesting", "algorithms",
)  # fmt: skip
DIFFICULTIES = ("easy", "medium", "hard")


@dataclass
class Task:
    """One function to write: what is asked, one implementation, and how to draw inputs and compute the answer."""

    kind: str
    pieces: tuple[str, ...]
    difficulty: int
    topics: tuple[str, ...]
    names: tuple[str, ...]
    params: tuple[str, ...]
    asks: tuple[str, ...]
    yes_no: bool
    body: str
    draw: Callable[[random.Random], tuple[Value, ...]]
    answer: Callable[..., Value]
    trace: Callable[..., list[str]] = field(default=lambda *_: [])
    note: str = ""


def show(value: Value) -> str:
    """A value as Python source; sets in sorted order so that one value has one text."""
    if isinstance(value, set):
        return "{" + ", ".join(map(repr, sorted(value))) + "}" if value else "set()"
    return repr(value)


def running(values: list[Value], step: Callable[[Value, Value], Value]) -> str:
    """The accumulator after each element, the scratch work of a reduction: `3, 7, 9`."""
    return ", ".join(map(show, accumulate(values, step)))


def indent(lines: list[str], depth: int = 1) -> list[str]:
    """The lines moved right by `depth` levels."""
    return ["    " * depth + line for line in lines]


def pick_other(rng: random.Random, options: tuple[str, ...], taken: set[str]) -> str:
    """One of the options that is not taken."""
    free = [option for option in options if option not in taken]
    return rng.choice(free)


WORDS = [
    "cat", "dog", "sun", "map", "red", "blue", "tea", "ant", "bee", "cow", "egg", "fig", "hat", "ice", "jam", "key",
    "lip", "mud", "net", "oak", "pen", "rat", "sea", "toy", "van", "web", "yak", "zoo", "bird", "cake", "door",
    "fish", "gold", "hand", "idea", "king", "lamp", "moon", "nest", "open", "park", "quiz", "rain", "ship", "tree",
    "unit", "vase", "wind", "year", "zero", "apple", "bread", "chair", "eagle", "grape", "house", "level", "noon",
    "civic", "radar", "kayak", "mom", "dad", "pop", "eve", "wow", "java", "code", "data", "list", "loop", "byte",
    "abc", "aaa", "abba", "aba", "book", "cool", "feed", "hill", "miss", "seed", "tall", "wall", "to", "on", "up",
    "ab", "ba", "be", "go", "ha", "he", "hi", "in", "it", "me", "no", "of", "so", "we",
]  # fmt: skip
SHORT_WORDS = [word for word in WORDS if len(word) <= 3]


def draw_word(rng: random.Random) -> str:
    """A short lower-case word: a real one or a few letters."""
    if rng.random() < 0.75:
        return rng.choice(SHORT_WORDS if rng.random() < 0.6 else WORDS)
    return "".join(rng.choice("abcdeio") for _ in range(rng.randint(2, 3)))


def draw_mixed(rng: random.Random) -> str:
    """A short word with some capital letters or digits."""
    word = list(draw_word(rng))
    for position in range(len(word)):
        chance = rng.random()
        if chance < 0.3:
            word[position] = word[position].upper()
        elif chance < 0.45:
            word[position] = rng.choice("0123456789")
    return "".join(word)


def draw_length(rng: random.Random, least: int = 0) -> int:
    """How many elements: two to four, seldom fewer."""
    return max(least, rng.choices((0, 1, 2, 3, 4, 5), (3, 8, 34, 38, 17, 0))[0])


def draw_ints(low: int, high: int, least: int = 0) -> Draw:
    """Lists of integers between two bounds."""
    return lambda rng: [rng.randint(low, high) for _ in range(draw_length(rng, least))]


def draw_int(low: int, high: int) -> Draw:
    """One integer between two bounds."""
    return lambda rng: rng.randint(low, high)


def draw_words(rng: random.Random) -> list[str]:
    """A list of one to three short words."""
    return [draw_word(rng) for _ in range(rng.choices((0, 1, 2, 3), (3, 17, 52, 28))[0])]


def draw_dict(rng: random.Random) -> dict[str, int]:
    """A dictionary from a letter to a digit."""
    keys = rng.sample("abcdxyz", rng.choices((0, 1, 2, 3), (3, 15, 45, 37))[0])
    return {key: rng.randint(0, 9) for key in keys}
