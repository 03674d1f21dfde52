"""Where a pipeline's elements come from: a list, the digits of a number, a range, the characters of a text, and so on."""

# ruff: noqa: E501 - the rows of a table stay on one line each, however long
# fmt: off

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from scripts.micro.shapes import Draw, draw_dict, draw_int, draw_ints, draw_mixed, draw_word, draw_words

LISTS = ("nums", "numbers", "values", "xs", "items", "lst", "arr", "data", "nums", "numbers")
STORIES = {
    "prices": "prices", "ages": "ages", "scores": "scores", "heights": "heights", "temps": "temperatures",
    "points": "points", "grades": "grades", "sizes": "sizes", "weights": "weights", "steps": "step counts",
}
TEXTS = ("s", "text", "word", "string", "name")
WORD_LISTS = ("words", "names", "items", "strings", "tokens", "words")


@dataclass(frozen=True)
class Source:
    """One sequence of elements. `setup` are the lines that make `iterable`; `place` closes the noun phrase."""

    key: str
    params: tuple[str, ...]
    nouns: str
    place: str
    iterable: str
    element: str
    draws: tuple[Draw, ...]
    values: Callable[..., list[Any]]
    setup: tuple[str, ...] = ()
    derived: bool = False
    is_list: bool = False
    topic: str = "lists"
    shown: bool = False
    name: str = ""


def int_source(rng: random.Random, signed: bool, small: bool) -> Source:
    """A random source of integers; `signed` draws negative ones too, `small` keeps products short."""
    low, high = (-6, 9) if signed else (0, 9)
    if small:
        high = 5
    draw = draw_ints(low, high)
    kind = rng.choices(
        ("list", "story", "range", "below", "between", "digits", "dict", "pairs", "slice", "flat", "union", "common", "gaps", "divisors", "rows", "reverse"),
        (46, 9, 7, 3, 3, 8, 6, 6, 5, 3, 2, 2, 2, 3, 2, 2),
    )[0]
    return _INT_SOURCES[kind](rng, draw)


def _list(rng: random.Random, draw: Draw) -> Source:
    a = rng.choice(LISTS)
    nouns = rng.choice(("numbers", "integers", "values", "numbers", "elements"))
    return Source("list", (a,), nouns, f"in `{a}`", a, "int", (draw,), lambda v: v, is_list=True)


def _story(rng: random.Random, draw: Draw) -> Source:
    a = rng.choice(tuple(STORIES))
    return Source("list", (a,), STORIES[a], f"in `{a}`", a, "int", (draw,), lambda v: v, is_list=True)


def _range(rng: random.Random, draw: Draw) -> Source:
    n = rng.choice(("n", "n", "limit", "num", "stop"))
    nouns = rng.choice(("numbers", "integers"))
    return Source("range", (n,), nouns, f"from 1 to `{n}`", f"range(1, {n} + 1)", "int", (draw_int(1, 6),), lambda v: list(range(1, v + 1)), topic="ranges", shown=True)


def _below(rng: random.Random, draw: Draw) -> Source:
    n = rng.choice(("n", "n", "limit", "stop"))
    nouns = rng.choice(("numbers", "integers"))
    return Source("below", (n,), nouns, f"from 0 up to but not including `{n}`", f"range({n})", "int", (draw_int(1, 6),), lambda v: list(range(v)), topic="ranges", shown=True)


def _between(rng: random.Random, draw: Draw) -> Source:
    a, b = rng.choice((("a", "b"), ("low", "high"), ("start", "end"), ("first", "last")))
    return Source("between", (a, b), "numbers", f"from `{a}` to `{b}`", f"range({a}, {b} + 1)", "int", (draw_int(1, 5), draw_int(3, 8)), lambda v, w: list(range(v, w + 1)), topic="ranges", shown=True)


def _digits(rng: random.Random, draw: Draw) -> Source:
    n = rng.choice(("n", "n", "num", "number"))
    setup = rng.choice((f"digits = [int(d) for d in str({n})]", f"digits = [int(c) for c in str({n})]", f"digits = list(map(int, str({n})))"))
    return Source("digits", (n,), "digits", f"of `{n}`", "digits", "int", (draw_int(10, 9999) if rng.random() < 0.3 else draw_int(10, 999),), lambda v: [int(d) for d in str(v)], (setup,), topic="digits", shown=True, name="digits")


def _dict(rng: random.Random, draw: Draw) -> Source:
    d, nouns = rng.choice((("d", "values"), ("counts", "counts"), ("prices", "prices"), ("scores", "scores"), ("ages", "ages"), ("stock", "amounts")))
    place = f"in the dictionary `{d}`"
    return Source("dict", (d,), nouns, place, f"{d}.values()", "int", (draw_dict,), lambda v: list(v.values()), topic="dictionaries", shown=True, name="values")


PAIRINGS: tuple[tuple[str, str, str, Callable[[int, int], int]], ...] = (
    ("sums", "pairwise sums", "x + y", lambda x, y: x + y),
    ("products", "pairwise products", "x * y", lambda x, y: x * y),
    ("differences", "pairwise differences", "x - y", lambda x, y: x - y),
    ("maxima", "pairwise maxima", "max(x, y)", max),
    ("minima", "pairwise minima", "min(x, y)", min),
    ("distances", "pairwise distances", "abs(x - y)", lambda x, y: abs(x - y)),
)


def _pairs(rng: random.Random, draw: Draw) -> Source:
    a, b = rng.choice((("a", "b"), ("xs", "ys"), ("first", "second"), ("left", "right")))
    key, nouns, made, meaning = rng.choice(PAIRINGS)
    setup = (f"pairs = [{made} for x, y in zip({a}, {b})]",) if rng.random() < 0.75 else (
        "pairs = []", f"for x, y in zip({a}, {b}):", f"    pairs.append({made})")
    short = draw_ints(0, 6, 1)
    return Source(f"pair-{key}", (a, b), nouns, f"of `{a}` and `{b}`", "pairs", "int", (short, short), lambda v, w: [meaning(x, y) for x, y in zip(v, w, strict=False)], setup, True, topic="pairs", shown=True, name="pair_" + key)


def _slice(rng: random.Random, draw: Draw) -> Source:
    a = rng.choice(LISTS)
    place, cut, meaning, key = rng.choice((
        (f"at even positions of `{a}`", f"{a}[::2]", lambda v: v[::2], "evenpos"),
        (f"at odd positions of `{a}`", f"{a}[1::2]", lambda v: v[1::2], "oddpos"),
        (f"after the first one in `{a}`", f"{a}[1:]", lambda v: v[1:], "tail"),
        (f"before the last one in `{a}`", f"{a}[:-1]", lambda v: v[:-1], "init"),
        (f"among the first two of `{a}`", f"{a}[:2]", lambda v: v[:2], "first2"),
        (f"among the first three of `{a}`", f"{a}[:3]", lambda v: v[:3], "first3"),
        (f"among the last two of `{a}`", f"{a}[-2:]", lambda v: v[-2:], "last2"),
    ))
    return Source(f"slice-{key}", (a,), "numbers", place, cut, "int", (draw,), meaning, derived=True, topic="positions", shown=True, name="part")


def _reverse(rng: random.Random, draw: Draw) -> Source:
    a = rng.choice(LISTS)
    cut = rng.choice((f"{a}[::-1]", f"reversed({a})"))
    return Source("reversed", (a,), "numbers", f"in the reverse of `{a}`", cut, "int", (draw,), lambda v: v[::-1], derived=True, topic="sequences", shown=True, name="reversed")


def _flat(rng: random.Random, draw: Draw) -> Source:
    a = rng.choice(("rows", "matrix", "grid", "lists", "groups"))
    setup = (f"flat = [x for row in {a} for x in row]",) if rng.random() < 0.6 else ("flat = []", f"for row in {a}:", "    flat.extend(row)")
    nested: Draw = lambda r: [[r.randint(0, 9) for _ in range(r.choice((1, 2, 2)))] for _ in range(r.choice((1, 2, 2)))]  # noqa: E731
    return Source("flat", (a,), "numbers", f"in all lists of `{a}`", "flat", "int", (nested,), lambda v: [x for row in v for x in row], setup, True, topic="nesting", shown=True, name="flat")


def _rows(rng: random.Random, draw: Draw) -> Source:
    a = rng.choice(("rows", "matrix", "grid", "lists"))
    key, nouns, call, meaning = rng.choice((("sums", "sums", "sum(row)", sum), ("sizes", "lengths", "len(row)", len), ("tops", "largest elements", "max(row)", max), ("heads", "first elements", "row[0]", lambda row: row[0])))
    setup = (f"parts = [{call} for row in {a}]",)
    nested: Draw = lambda r: [[r.randint(0, 4) for _ in range(r.choice((1, 2, 2)))] for _ in range(r.choice((1, 2, 2)))]  # noqa: E731
    return Source(f"row-{key}", (a,), nouns, f"of the lists in `{a}`", "parts", "int", (nested,), lambda v: [meaning(row) for row in v], setup, True, topic="nesting", shown=True, name="row_" + key)


def _union(rng: random.Random, draw: Draw) -> Source:
    a, b = rng.choice((("a", "b"), ("xs", "ys"), ("first", "second")))
    return Source("concat", (a, b), "numbers", f"in `{a}` and `{b}` together", f"{a} + {b}", "int", (draw_ints(0, 9), draw_ints(0, 9)), lambda v, w: v + w, derived=True, topic="pairs", shown=True, name="both")


def _common(rng: random.Random, draw: Draw) -> Source:
    a, b = rng.choice((("a", "b"), ("xs", "ys"), ("first", "second")))
    few = draw_ints(0, 4)
    if rng.random() < 0.5:
        return Source("common", (a, b), "numbers", f"in `{a}` that are also in `{b}`", "common", "int", (few, few), lambda v, w: [x for x in v if x in w], (f"common = [x for x in {a} if x in {b}]",), True, topic="sets", shown=True, name="common")
    return Source("missing", (a, b), "numbers", f"in `{a}` that are missing from `{b}`", "rest", "int", (few, few), lambda v, w: [x for x in v if x not in w], (f"rest = [x for x in {a} if x not in {b}]",), True, topic="sets", shown=True, name="missing")


def _gaps(rng: random.Random, draw: Draw) -> Source:
    a = rng.choice(LISTS)
    if rng.random() < 0.5:
        return Source("gaps", (a,), "differences", f"between neighbours in `{a}`", "gaps", "int", (draw_ints(0, 9, 2),), lambda v: [y - x for x, y in pairwise(v)], (f"gaps = [y - x for x, y in zip({a}, {a}[1:])]",), True, topic="sequences", shown=True, name="gaps")
    return Source("neighbours", (a,), "sums", f"of neighbours in `{a}`", "sums", "int", (draw_ints(0, 6, 2),), lambda v: [x + y for x, y in pairwise(v)], (f"sums = [x + y for x, y in zip({a}, {a}[1:])]",), True, topic="sequences", shown=True, name="neighbour_sums")


def _divisors(rng: random.Random, draw: Draw) -> Source:
    n = rng.choice(("n", "n", "num", "number"))
    return Source("divisors", (n,), "divisors", f"of `{n}`", "divisors", "int", (draw_int(1, 12),), lambda v: [d for d in range(1, v + 1) if v % d == 0], (f"divisors = [d for d in range(1, {n} + 1) if {n} % d == 0]",), True, topic="divisors", shown=True, name="divisors")


_INT_SOURCES: dict[str, Callable[[random.Random, Draw], Source]] = {
    "list": _list, "story": _story, "range": _range, "below": _below, "between": _between, "digits": _digits, "dict": _dict,
    "pairs": _pairs, "slice": _slice, "flat": _flat, "union": _union, "common": _common, "gaps": _gaps,
    "divisors": _divisors, "rows": _rows, "reverse": _reverse,
}


def char_source(rng: random.Random, mixed: bool) -> Source:
    """The characters of a text, seldom of a part of it."""
    s = rng.choice(TEXTS)
    draw = draw_mixed if mixed else draw_word
    nouns = rng.choice(("characters", "letters", "characters")) if not mixed else "characters"
    if rng.random() < 0.85:
        return Source("chars", (s,), nouns, f"in `{s}`", s, "char", (draw,), list, is_list=False, topic="characters")
    place, cut, meaning, key = rng.choice((
        (f"at even positions of `{s}`", f"{s}[::2]", lambda v: list(v[::2]), "evenpos"),
        (f"after the first one in `{s}`", f"{s}[1:]", lambda v: list(v[1:]), "tail"),
        (f"before the last one in `{s}`", f"{s}[:-1]", lambda v: list(v[:-1]), "init"),
        (f"in the reverse of `{s}`", f"{s}[::-1]", lambda v: list(v[::-1]), "reversed"),
    ))
    return Source(f"chars-{key}", (s,), nouns, place, cut, "char", (draw,), meaning, derived=True, topic="characters", shown=True)


def word_source(rng: random.Random) -> Source:
    """A list of words, the words of a sentence, or the keys of a dictionary."""
    chance = rng.random()
    if chance < 0.72:
        a = rng.choice(WORD_LISTS)
        nouns = {"names": "names", "strings": "strings"}.get(a, "words")
        return Source("words", (a,), nouns, f"in `{a}`", a, "word", (draw_words,), lambda v: v, is_list=True, topic="words")
    if chance < 0.95:
        s = rng.choice(("text", "sentence", "s", "line", "phrase"))
        sentence: Draw = lambda r: " ".join(draw_words(r))  # noqa: E731
        return Source("split", (s,), "words", f"in the text `{s}`", f"{s}.split()", "word", (sentence,), lambda v: v.split(), topic="words", shown=True)
    d = rng.choice(("d", "counts", "scores", "ages", "stock"))
    named: Draw = lambda r: {draw_word(r): r.randint(0, 9) for _ in range(r.choice((1, 2, 2)))}  # noqa: E731
    return Source("keys", (d,), "keys", f"of the dictionary `{d}`", d, "word", (named,), lambda v: list(v), topic="dictionaries", shown=True)
