"""Rows for `filters.py`, made by number: random words and programs, some of them earlier rows that were changed."""

from __future__ import annotations

import random
from dataclasses import replace

from codefactory.filters.near import jaccard, shingles
from codefactory.types import Call, Case, Problem, Record, Solution, Suite

EVERY, BACK = 20, 7  # row i is a changed row i - 7 where i % 20 == 19 (twin) or 9 (relative)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]
OPERATORS = ("+", "-", "*", "//", "%")


def word(draw: random.Random) -> str:
    return "".join(draw.choices(SYLLABLES, k=draw.choice((2, 2, 3))))


def expression(draw: random.Random, names: list[str]) -> str:
    one, other = draw.choice(names), draw.choice(names)
    return f"{one} {draw.choice(OPERATORS)} ({other} {draw.choice(OPERATORS)} {draw.randrange(2, 10_000)})"


def original(number: int) -> Record:
    """Row `number` as it would be if it were no other row's twin."""
    draw = random.Random(number)
    name, names = word(draw), [word(draw), word(draw)]
    lines = [f"def {name}({', '.join(names)}):"]
    for _ in range(draw.randrange(3, 7)):
        new = word(draw)
        if draw.random() < 0.3:
            lines.append(f"    for {new} in range({expression(draw, names)}):")
            lines.append(f"        {names[-1]} = {expression(draw, [*names, new])}")
        else:
            lines.append(f"    {new} = {expression(draw, names)}")
            names.append(new)
    lines.append(f"    return {expression(draw, names)}")
    statement = f"{' '.join(word(draw) for _ in range(draw.randrange(20, 45)))}."
    calls = [f"{name}({draw.randrange(100)}, {draw.randrange(100)})" for _ in range(3)]
    cases = tuple(
        Case(f"case_{index}", f"assert {call} == {index}", Call(call, str(index))) for index, call in enumerate(calls)
    )
    return Record(
        Problem(statement, name),
        Solution("\n".join(lines) + "\n"),
        Suite(cases),
        name=f"row/{number}",
        topics=(f"topic {number % 50}",),
        meta={"probability": f"{draw.random():.3f}"},
    )


def row(number: int) -> Record:
    """Row `number`: its own, or an earlier one with a few words changed (a twin) or many (a relative)."""
    kind = number % EVERY
    if number < BACK or kind not in (9, 19):
        return original(number)
    earlier, draw = original(number - BACK), random.Random(-number)
    words = earlier.problem.statement.split()
    # A changed word changes three 3-grams. Twins end a little above or below the threshold, relatives far below.
    changed = draw.sample(range(len(words)), min(len(words), draw.randrange(1, 5) if kind == 19 else 15))
    for index in changed:
        words[index] = word(draw)
    code = earlier.solution.code.replace("return ", "return 0 + ", 1)
    return replace(
        earlier,
        problem=replace(earlier.problem, statement=" ".join(words)),
        solution=Solution(code),
        name=f"row/{number}",
    )


def similarity(one: int, other: int) -> float:
    mine = shingles(row(other))
    return jaccard(frozenset(shingles(row(one))), mine, len(mine))
