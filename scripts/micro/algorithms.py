"""Classic small exercises written by hand: wordings, names, two or more implementations and scratch work."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scripts.micro.shapes import (
    Draw,
    Task,
    draw_dict,
    draw_int,
    draw_ints,
    draw_mixed,
    draw_word,
    draw_words,
    indent,
    show,
)


def _brackets(rng: random.Random) -> str:
    return rng.choice(("()", "(())", "()()", ")(", "(", ")", "(()", "())", "", "(()())", "((", "(a)", "a)b", "(a(b))"))


def _nested(rng: random.Random) -> list[list[int]]:
    return [[rng.randint(0, 9) for _ in range(rng.choice((1, 2)))] for _ in range(rng.choice((1, 2, 2)))]


def _runs(rng: random.Random) -> str:
    return "".join(rng.choice("abc") * rng.randint(1, 3) for _ in range(rng.randint(1, 3)))


def _near(rng: random.Random) -> list[int]:
    return [rng.randint(0, 3) for _ in range(rng.randint(2, 4))]


def _pairs(rng: random.Random) -> list[tuple[str, int]]:
    return [(rng.choice("abc"), rng.randint(0, 9)) for _ in range(rng.randint(1, 3))]


# fmt: off
# ruff: noqa: E501 - a table
DRAWS: dict[str, Draw] = {
    "P": draw_int(1, 9), "I": draw_int(0, 9), "K": draw_int(1, 3), "N": draw_int(10, 99), "M": draw_int(1, 12), "G": draw_int(1, 999), "F": draw_int(0, 5), "H": draw_int(2, 6),
    "Z": draw_int(-5, 5), "L": draw_ints(0, 9), "L1": draw_ints(0, 9, 1), "L2": draw_ints(0, 9, 2), "LF": draw_ints(0, 3, 1), "LS": draw_ints(-4, 6, 1), "LN": _near,
    "LO": lambda r: sorted(r.randint(0, 9) for _ in range(r.randint(1, 4))), "LB": lambda r: [r.randint(0, 1) for _ in range(r.randint(2, 4))],
    "S": draw_word, "X": draw_mixed, "R": _runs, "W": draw_words, "W1": lambda r: draw_words(r) or ["cat"], "U": lambda r: " ".join(draw_words(r)), "C": lambda r: r.choice("abcdeiot"),
    "D": draw_dict, "LL": _nested, "Q": _brackets, "BI": lambda r: "".join(r.choice("01") for _ in range(r.randint(1, 4))), "B": lambda r: r.random() < 0.5,
    "Y": lambda r: r.choice((1900, 2000, 2004, 2023, 2024, 2100, 1996, 2001, 2020, 1999)), "DS": lambda r: "".join(r.choice("0123456789") for _ in range(r.randint(1, 3))),
    "MX": lambda r: [[r.randint(0, 9) for _ in range(2)] for _ in range(2)], "DK": lambda r: r.choice("abcx"), "DU": lambda r: dict(zip(r.sample("abcxyz", 2), r.sample(range(10), r.choice((1, 2, 2))), strict=False)),
    "WK": lambda r: r.sample(("cat", "dog", "sun", "red", "up"), 2), "PT": lambda r: (r.randint(0, 9), r.randint(0, 9)), "PL": _pairs, "A": lambda r: (lambda w: "".join(r.sample(w, len(w))))(draw_word(r)),
}
# fmt: on


@dataclass(frozen=True)
class Algorithm:
    """One exercise: `params` are `name|other:type` words, the first body is the meaning."""

    key: str
    topics: str
    level: int
    params: str
    names: str
    asks: tuple[str, ...]
    bodies: tuple[str, ...]
    trace: Callable[..., str] | None = None
    yes_no: bool = False


_MEANINGS: dict[str, Callable[..., Any]] = {}


def meaning_of(entry: Algorithm) -> Callable[..., Any]:
    """The first implementation as a function."""
    if entry.asks[0] not in _MEANINGS:
        names = [param.split(":")[0].split("|")[0] for param in entry.params.split()]
        space: dict[str, Any] = {}
        body = "\n".join(indent(entry.bodies[0].strip("\n").split("\n"))).replace("$f", "meaning")
        exec(f"def meaning({', '.join(names)}):\n{body}", space)  # noqa: S102 - our own text
        _MEANINGS[entry.asks[0]] = space["meaning"]
    return _MEANINGS[entry.asks[0]]


def build(rng: random.Random, entry: Algorithm) -> Task:
    """The exercise as a task, its parameters renamed at random."""
    renames: dict[str, str] = {}
    draws: list[Draw] = []
    for param in entry.params.split():
        names, kind = param.split(":")
        options = [name for name in names.split("|") if name not in renames.values()]
        renames[names.split("|")[0]] = rng.choice(options)
        draws.append(DRAWS[kind])
    name = rng.choice(entry.names.split())
    if name in renames.values():
        name = "get_" + name
    body = rng.choice(entry.bodies).strip("\n").replace("$f", name)
    body = re.sub(r"(?<!['\w])(\w+)(?!['\w])", lambda m: renames.get(m[1], m[1]), body)
    asked = re.sub(r"`(\w+)`", lambda m: f"`{renames.get(m[1], m[1])}`", rng.choice(entry.asks))

    def trace(*arguments: Any) -> list[str]:
        work = entry.trace(*arguments) if entry.trace else ""
        return [", ".join(map(show, arguments)), work] if work else []

    key = f"{entry.topics.split()[0]}-{entry.key}"
    return Task(
        kind="algorithm+" + key,
        pieces=("algorithm." + key,),
        difficulty=entry.level,
        topics=tuple(entry.topics.split()),
        names=(name,),
        params=tuple(renames.values()),
        asks=(asked,),
        yes_no=entry.yes_no,
        body="\n".join(indent(body.split("\n"))),
        draw=lambda r: tuple(draw(r) for draw in draws),
        answer=meaning_of(entry),
        trace=trace,
    )
