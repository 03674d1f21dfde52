"""Exercism's canonical data (problem-specifications, MIT): each exercise's cases once, in no language.

A file of JSON lines holds one exercise a line: `slug` and `canonical`, with cases in groups of any depth. A case has a
`property` (the function that is asked), an `input` object, whose order is that of the arguments, and what is
`expected`: a value, or `{"error": ...}` where the function must fail. A case that another one `reimplements` is out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codefactory.languages.neutral import NeutralCase, Value
from codefactory.tasks.rows import field, file_rows

FUNCTION = re.compile(r"\(.*?\)\s*[-=]>")


@dataclass(frozen=True, slots=True)
class CanonicalCase:
    """One case: the inputs by name in their order, and the value or the error that is expected."""

    uuid: str
    description: str
    asked: str
    inputs: tuple[tuple[str, Value], ...]
    expected: Value
    fails: bool

    @property
    def function(self) -> bool:
        """Whether an input is a function, which the data writes as pseudo-code."""
        return any(isinstance(value, str) and FUNCTION.match(value) for _, value in self.inputs)

    def neutral(self, order: tuple[int, ...] | None) -> NeutralCase:
        """The case with its inputs as arguments in this order; None: as one map."""
        arguments = (dict(self.inputs),) if order is None else tuple(self.inputs[place][1] for place in order)
        return NeutralCase(self.description, arguments, None if self.fails else self.expected, self.fails)


def read(path: Path) -> dict[str, tuple[CanonicalCase, ...]]:
    """Slug -> its cases.

    Raises:
        InputError: if the file cannot be read or a row lacks what it needs.
    """
    found = {}
    for number, row in enumerate(file_rows(path), 1):
        where = f"{path}: row {number}"
        cases = list(_leaves(field(row, "canonical", where)))
        replaced = {case["reimplements"] for case in cases if "reimplements" in case}
        kept = tuple(_case(case) for case in cases if case.get("uuid") not in replaced)
        found[str(field(row, "slug", where))] = kept
    return found


def _leaves(group: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for case in group.get("cases", []):
        if "cases" in case:
            yield from _leaves(case)
        else:
            yield case


def _case(case: dict[str, Any]) -> CanonicalCase:
    expected = case["expected"]
    fails = isinstance(expected, dict) and set(expected) == {"error"}
    inputs = tuple(case["input"].items())
    return CanonicalCase(str(case.get("uuid", "")), case["description"], case["property"], inputs, expected, fails)
