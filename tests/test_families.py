"""Promises of splits and of several solutions: twins stay together, order is nothing, and what is kept differs."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest

from codefactory.errors import ConfigError
from codefactory.families import assign, distinct, families
from codefactory.filters.normal import words
from codefactory.languages.python import read_suite
from codefactory.tasks.base import load
from codefactory.types import Problem, Record, Solution

SHARES = {"train": 0.7, "test": 0.3}
SUM = "def f(xs):\n    total = 0\n    for x in xs:\n        if x % 2 == 0:\n            total += x\n    return total\n"
RENAMED = SUM.replace("total", "s").replace("xs", "items")
SHORT = "def f(xs):\n    return sum(x for x in xs if x % 2 == 0)\n"
TINY = "def f(xs):\n    return sum(filter(lambda x: not x & 1, xs))\n"


def record(statement: str, code: str = "", **changes: str) -> Record:
    code = code or f"def f(text):\n    return {sorted(words(statement))!r}\n"
    made = Record(Problem(statement, "f"), Solution(code), read_suite("assert f(1) == 1", "f"))
    return replace(made, **changes)


STATEMENT = "Return the sum of all even numbers of the given list, and zero where there is none of them."
TWIN = "Return the sum of all odd numbers of the given list, and zero where there is none of them."
OTHER = "Spell a word backwards, with its first letter in capitals."


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        (record(STATEMENT), record(TWIN), True),
        (record(STATEMENT), record(STATEMENT.upper().replace(",", "")), True),
        (record(STATEMENT, SUM), record(OTHER, RENAMED), True),
        (record(STATEMENT, draft_id="d"), record(OTHER, draft_id="d"), True),
        (record(STATEMENT), record(OTHER), False),
        (record(STATEMENT, SUM), record(OTHER, TINY), False),
    ],
)
def test_what_makes_two_rows_kin(one: Record, other: Record, kin: bool) -> None:
    first, second = families([one, other], 0.6)
    assert (first == second) is kin


def test_kin_of_kin_are_kin() -> None:
    middle = record(TWIN, SUM)
    assert len(set(families([record(STATEMENT, TINY), record(OTHER, RENAMED)], 0.6))) == 2
    assert len(set(families([record(STATEMENT, TINY), middle, record(OTHER, RENAMED)], 0.6))) == 1


def test_no_twin_of_a_test_row_is_in_train() -> None:
    records = load("reference")
    assigned = assign(records, SHARES, 0.6)
    counts = Counter(one.split for one in assigned)
    assert 0.2 < counts["test"] / len(assigned) < 0.4
    train, test = ([one for one in assigned if one.split == split] for split in SHARES)
    grams = {one.name: _grams(one) for one in assigned}
    for held in test:
        for other in train:
            shared, either = grams[held.name] & grams[other.name], grams[held.name] | grams[other.name]
            assert len(shared) < 0.6 * len(either), (held.name, other.name)
            assert held.meta["family"] != other.meta["family"]


def _grams(record: Record) -> set[tuple[str, ...]]:
    text = words(record.problem.statement)
    return {text[start : start + 3] for start in range(max(1, len(text) - 2))}


def test_order_and_earlier_splits_change_nothing() -> None:
    records = load("reference:train")
    shuffled = [replace(one, split="test") for one in records]
    random.Random(3).shuffle(shuffled)
    assert {one.name: one for one in assign(records, SHARES, 0.6)} == {
        one.name: one for one in assign(shuffled, SHARES, 0.6)
    }


def test_new_rows_leave_old_ones_where_they_were() -> None:
    records = load("reference:train")
    before = {one.name: one.split for one in assign(records[:100], SHARES, 0.9)}
    after = {one.name: one.split for one in assign(records, SHARES, 0.9)}
    moved = [name for name, split in before.items() if after[name] != split]
    assert len(moved) <= 3, "only families that a new row joins may move"


def test_one_split_is_no_work_and_leaves_no_mark() -> None:
    (one,) = assign([record(STATEMENT)], {"train": 1.0}, 0.6)
    assert (one.split, one.meta) == ("train", {})


@pytest.mark.parametrize("shares", [{"train": 0.5}, {"train": 1.2, "test": -0.2}])
def test_shares_that_are_no_shares_are_one_clear_line(shares: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match="must be positive and add up to 1"):
        assign([record(STATEMENT)], shares, 0.6)


def test_several_solutions_differ_in_more_than_names_the_least_alike_first() -> None:
    codes = [SUM, RENAMED, SHORT, TINY]
    assert distinct(codes, 1) == [0]
    assert distinct(codes, 9) in ([0, 2, 3], [0, 3, 2])
    (_, second) = distinct(codes, 2)
    assert second != 1
    assert distinct([SUM, RENAMED], 2) == [0]
    assert all(one != other for one, other in combinations(distinct(codes, 3), 2))
