"""Drops rows whose program or statement is already there but for names, comments, layout, case and punctuation."""

from __future__ import annotations

import hashlib

from codefactory.filters.base import Drop, Settings
from codefactory.filters.normal import normalise_code, words
from codefactory.types import Record


class Exact:
    """`duplicate_solution`: the same alpha-normalised syntax tree as an earlier row.

    `duplicate_statement`: the same words as `solutions_per_problem` earlier rows. Numbers count, so "add 3" and
    "add 4" stay two problems.
    """

    name = "exact"
    slugs = ("duplicate_solution", "duplicate_statement")

    def __init__(self, settings: Settings) -> None:
        self.limit = settings.solutions_per_problem
        self.solutions: dict[bytes, str] = {}
        self.statements: dict[bytes, list[str]] = {}

    def judge(self, record: Record) -> Drop | None:
        solution = _digest(record.problem.language, normalise_code(record.solution.code))
        statement = _digest(record.problem.language, *words(record.problem.statement))
        if solution in self.solutions:
            return Drop("duplicate_solution", f"same program as {self.solutions[solution]}")
        same = self.statements.setdefault(statement, [])
        if len(same) >= self.limit:
            return Drop("duplicate_statement", f"same statement as {same[0]}")
        label = record.name or record.id
        self.solutions[solution] = label
        same.append(label)
        return None


def _digest(*parts: str) -> bytes:
    # 16 bytes instead of the text: a million rows stay far below 2 GiB.
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
