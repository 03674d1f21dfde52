"""Rows that filters are shown: one good one, and changes to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from codefactory.filters.base import Comparing, Filter, Look, Settings, make
from codefactory.languages.python import read_suite
from codefactory.types import Problem, Record, Solution

STATEMENT = "Return the sum of all even numbers in the list, counting every second occurrence twice."
CODE = """\
def total(xs):
    result = 0
    for x in xs:
        if x % 2 == 0:
            result += x
    return result
"""
TESTS = "assert total([1, 2, 4, 5, 6]) == 12\nassert total([]) == 0\nassert total([7, 9, 10]) == 10\n"


def row(statement: str = STATEMENT, code: str = CODE, tests: str = TESTS, **fields: Any) -> Record:
    """A record about `total`."""
    language = fields.pop("language", "python")
    return replace(Record(Problem(statement, "total", language), Solution(code), read_suite(tests, "total")), **fields)


def numbered(count: int, **fields: Any) -> list[Record]:
    """Rows that differ in every part."""
    return [
        row(
            f"Task {number} of kind {number * 7}: {'x' * (number % 5 + 1)} {number * 31} plus it.",
            f"def total(x):\n    return x * {number} - {number}\n",
            "",
            name=f"r{number}",
            **fields,
        )
        for number in range(count)
    ]


def slugs(rows: list[Record], settings: Settings, name: str) -> list[str]:
    """What one filter says about each row, "" for those that stay; earlier rows count as the better ones."""
    (one,) = make(settings, [name])
    return slugs_of(one, rows)


def slugs_of(one: Filter | Comparing, rows: list[Record]) -> list[str]:
    """The same of a filter that is made already."""
    if isinstance(one, Comparing):
        drops = list(one.settle(Look(each.name or each.id, one.look(each)) for each in rows))
    else:
        drops = [one.judge(each) for each in rows]
    return [drop.slug if drop else "" for drop in drops]
