"""Drops rows whose program or statement is already there but for names, comments, layout, case and punctuation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from codefactory.filters.base import Drop, Look, Settings
from codefactory.filters.normal import normalise_code, words
from codefactory.types import Record

SIZE = 16  # bytes of a digest instead of the text: a million rows stay far below 2 GiB


class Exact:
    """`duplicate_solution`: the same alpha-normalised syntax tree as a better row; in other languages than Python the
    same tokens, names included.

    `duplicate_statement`: the same words as `solutions_per_problem` better rows. Numbers count, so "add 3" and
    "add 4" stay two problems.
    """

    name = "exact"
    slugs = ("duplicate_solution", "duplicate_statement")

    def __init__(self, settings: Settings) -> None:
        self.limit = settings.solutions_per_problem

    def look(self, record: Record) -> bytes:
        language = record.problem.language
        solution = _digest(language, normalise_code(record.solution.code, language))
        return solution + _digest(language, *words(record.problem.statement))

    def settle(self, looks: Iterable[Look]) -> Iterator[Drop | None]:
        solutions: dict[bytes, str] = {}
        statements: dict[bytes, str] = {}
        used: dict[bytes, int] = {}  # statements that several rows share
        for label, data in looks:
            solution, statement = data[:SIZE], data[SIZE:]
            if solution in solutions:
                yield Drop("duplicate_solution", f"same program as {solutions[solution]}")
                continue
            if statement in statements and used.get(statement, 1) >= self.limit:
                yield Drop("duplicate_statement", f"same statement as {statements[statement]}")
                continue
            solutions[solution] = label
            if statement in statements:
                used[statement] = used.get(statement, 1) + 1
            else:
                statements[statement] = label
            yield None


def _digest(*parts: str) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()
