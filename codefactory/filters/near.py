"""Drops rows that say nearly the same as a better row: Jaccard similarity of token 3-grams of statement and code.

Candidates come from MinHash buckets (`buckets`; rensa and numpy, the `hub` extra) or, without those, from an exact
inverted index; either way the similarity of a candidate is then computed exactly, so no row goes for being like another
by chance. Buckets miss at most 2 in 1,000 pairs that are just similar enough, and fewer the more similar they are; the
inverted index misses none and is too slow for a million rows.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Protocol
from zlib import crc32

from codefactory.filters.base import Drop, Look, Settings
from codefactory.filters.normal import TOKEN, runs, words
from codefactory.types import Record

HEAD = 4  # bytes of a look that name the statement


class Near:
    """`near_duplicate`: at least `near_duplicates` similar to a better row that stays.

    Where a problem may have several solutions, rows that share a statement word for word are not compared.
    """

    name = "near"
    slugs = ("near_duplicate",)

    def __init__(self, settings: Settings) -> None:
        self.threshold = settings.near_duplicates
        self.several = settings.solutions_per_problem > 1
        self.index = make_index(self.threshold)

    @staticmethod
    def asked_for(settings: Settings) -> bool:
        return settings.near_duplicates > 0

    def look(self, record: Record) -> bytes:
        row = shingles(record)
        statement = crc32(" ".join(words(record.problem.statement)).encode("utf-8", "surrogatepass"))
        return statement.to_bytes(HEAD) + self.index.sketch(row) + row.tobytes()

    def settle(self, looks: Iterable[Look]) -> Iterator[Drop | None]:
        labels: list[str] = []
        statements = array("I")

        def parts() -> Iterator[bytes]:
            for label, data in looks:
                labels.append(label)
                statements.append(int.from_bytes(data[:HEAD]))
                yield data[HEAD:]

        def comparable(one: int, other: int) -> bool:
            return not self.several or statements[one] != statements[other]

        if not self.threshold:
            yield from (None for _ in parts())
            return
        for twin, similarity in self.index.twins(parts(), comparable):
            yield None if twin < 0 else Drop("near_duplicate", f"{similarity:.2f} similar to {labels[twin]}")


def shingles(record: Record) -> array[int]:
    """Sorted 32-bit hashes of the row's token 3-grams: words of the statement, tokens of the code, kept apart.

    Those of another language are others: a problem that was translated is no twin of itself.
    """
    kind = record.problem.language
    statement = runs(f"s {kind} ", words(record.problem.statement))
    return array("I", sorted(statement | runs(f"c {kind} ", TOKEN.findall(record.solution.code))))


def jaccard(one: frozenset[int], other: Iterable[int], size: int) -> float:
    """Size of the intersection over size of the union; `size` is that of `other`."""
    shared = len(one.intersection(other))
    return shared / (len(one) + size - shared)


Twin = tuple[int, float]  # position of the better row and the similarity, or NONE
NONE: Twin = (-1, 0.0)
Comparable = Callable[[int, int], bool]


class Index(Protocol):
    """Finds for each row a better one that stays and is similar enough."""

    def sketch(self, row: array[int]) -> bytes:
        """What the index itself wants to know of a row; of one length for all rows."""

    def twins(self, parts: Iterable[bytes], comparable: Comparable) -> Iterator[Twin]:
        """One answer for each row, in order; `parts` are sketch and shingles of each, best rows first."""


def make_index(threshold: float) -> Index:
    """MinHash buckets where rensa and numpy are installed, else the exact index."""
    try:
        import numpy  # noqa: F401 - whether it is there
        import rensa  # noqa: F401
    except ImportError:
        return PrefixIndex(threshold)
    from codefactory.filters.buckets import Buckets

    return Buckets(threshold)


class PrefixIndex:
    """Exact: two sets that are similar enough share an item among their first few, in any one order of all items.

    The prefix filter of Chaudhuri et al. 2006 and All-Pairs (Bayardo et al. 2007). With rare items first, few rows
    share a prefix; how rare an item is, is counted anew each time the rows have doubled, and all are indexed again.
    """

    FIRST_COUNT = 256

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold
        self.rows: list[array[int]] = []
        self.positions: list[int] = []
        self.frequency: Counter[int] = Counter()
        self.postings: dict[int, list[int]] = defaultdict(list)
        self.next_count = self.FIRST_COUNT

    def sketch(self, row: array[int]) -> bytes:
        del row
        return b""

    def twins(self, parts: Iterable[bytes], comparable: Comparable) -> Iterator[Twin]:
        fresh = PrefixIndex(self.threshold)
        for position, part in enumerate(parts):
            row = array("I", part)
            found = fresh._twin(position, row, comparable)
            if found == NONE:
                fresh._add(position, row)
            yield found

    def _twin(self, position: int, row: array[int], comparable: Comparable) -> Twin:
        present = frozenset(row)
        for number in sorted(self._candidates(row)):
            if comparable(position, self.positions[number]):
                similarity = jaccard(present, self.rows[number], len(self.rows[number]))
                if similarity >= self.threshold:
                    return self.positions[number], similarity
        return NONE

    def _add(self, position: int, row: array[int]) -> None:
        self.rows.append(row)
        self.positions.append(position)
        if len(self.rows) < self.next_count:
            self._post(len(self.rows) - 1)
            return
        self.next_count *= 2
        self.frequency = Counter(chain.from_iterable(self.rows))
        self.postings.clear()
        for number in range(len(self.rows)):
            self._post(number)

    def _candidates(self, row: array[int]) -> Iterable[int]:
        least, most = self.threshold * len(row) - 1e-9, len(row) / self.threshold + 1e-9
        found = {number for item in self._prefix(row) for number in self.postings.get(item, ())}
        return (number for number in found if least <= len(self.rows[number]) <= most)

    def _post(self, number: int) -> None:
        for item in self._prefix(self.rows[number]):
            self.postings[item].append(number)

    def _prefix(self, row: array[int]) -> list[int]:
        frequency = self.frequency
        ordered = sorted(row, key=lambda item: (frequency.get(item, 0), item))
        return ordered[: len(row) - math.ceil(self.threshold * len(row) - 1e-9) + 1]
