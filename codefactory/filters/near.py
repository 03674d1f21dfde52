"""Drops rows that say nearly the same as an earlier row: Jaccard similarity of token 3-grams of statement and code.

Candidates come from MinHash LSH (rensa, the `hub` extra) or, without it, from an exact inverted index; either way the
similarity of a candidate is then computed exactly, so both keep the same rows: LSH misses a pair at the default
threshold of 0.85 with a probability of 6e-11 (32 bands of 4 rows), and the index misses none.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any, Protocol
from zlib import crc32

from codefactory.filters.base import Drop, Settings
from codefactory.filters.normal import TOKEN, words
from codefactory.types import Record

WIDTH = 3
PERMUTATIONS, SEED = 128, 42


class Near:
    """`near_duplicate`: at least `near_duplicates` similar to an earlier row that was kept.

    Where a problem may have several solutions, rows that share a statement word for word are not compared.
    """

    name = "near"
    slugs = ("near_duplicate",)

    def __init__(self, settings: Settings) -> None:
        self.threshold = settings.near_duplicates
        self.several = settings.solutions_per_problem > 1
        self.index = make_index(self.threshold)
        self.rows: list[array[int]] = []
        self.labels: list[str] = []
        self.statements: list[int] = []

    def judge(self, record: Record) -> Drop | None:
        if not self.threshold:
            return None
        row = shingles(record)
        statement = crc32(" ".join(words(record.problem.statement)).encode())
        present = frozenset(row)
        for position in sorted(self.index.candidates(row)):
            if self.several and self.statements[position] == statement:
                continue
            similarity = jaccard(present, self.rows[position])
            if similarity >= self.threshold:
                return Drop("near_duplicate", f"{similarity:.2f} similar to {self.labels[position]}")
        self.index.add(row)
        self.rows.append(row)
        self.labels.append(record.name or record.id)
        self.statements.append(statement)
        return None


def shingles(record: Record) -> array[int]:
    """Sorted 32-bit hashes of the row's token 3-grams: words of the statement, tokens of the code, kept apart."""
    parts = (("s", words(record.problem.statement)), ("c", TOKEN.findall(record.solution.code)))
    return array("I", sorted({crc32(text.encode()) for kind, tokens in parts for text in _runs(kind, tokens)}))


def _runs(kind: str, tokens: Iterable[str]) -> Iterable[str]:
    listed = list(tokens)
    return (kind + "\0".join(listed[start : start + WIDTH]) for start in range(max(1, len(listed) - WIDTH + 1)))


def jaccard(one: frozenset[int], other: array[int]) -> float:
    """Size of the intersection over size of the union."""
    shared = len(one.intersection(other))
    return shared / (len(one) + len(other) - shared)


class Index(Protocol):
    """Finds the positions of earlier rows that may be similar enough."""

    def add(self, row: array[int]) -> None: ...

    def candidates(self, row: array[int]) -> Iterable[int]: ...


def make_index(threshold: float) -> Index:
    """MinHash LSH where rensa is installed, else the exact index."""
    try:
        return LshIndex(threshold)
    except ImportError:
        return PrefixIndex(threshold)


class PrefixIndex:
    """Exact: two sets that are similar enough share an item among their first few, in any one order of all items.

    The prefix filter of Chaudhuri et al. 2006 and All-Pairs (Bayardo et al. 2007). With rare items first, few rows
    share a prefix; how rare an item is, is counted anew each time the rows have doubled, and all are indexed again.
    """

    FIRST_COUNT = 256

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold
        self.rows: list[array[int]] = []
        self.frequency: Counter[int] = Counter()
        self.postings: dict[int, list[int]] = defaultdict(list)
        self.next_count = self.FIRST_COUNT

    def add(self, row: array[int]) -> None:
        self.rows.append(row)
        if len(self.rows) < self.next_count:
            self._post(len(self.rows) - 1)
            return
        self.next_count *= 2
        self.frequency = Counter(chain.from_iterable(self.rows))
        self.postings.clear()
        for position in range(len(self.rows)):
            self._post(position)

    def candidates(self, row: array[int]) -> Iterable[int]:
        least, most = self.threshold * len(row) - 1e-9, len(row) / self.threshold + 1e-9
        found = {position for item in self._prefix(row) for position in self.postings.get(item, ())}
        return (position for position in found if least <= len(self.rows[position]) <= most)

    def _post(self, position: int) -> None:
        for item in self._prefix(self.rows[position]):
            self.postings[item].append(position)

    def _prefix(self, row: array[int]) -> list[int]:
        frequency = self.frequency
        ordered = sorted(row, key=lambda item: (frequency.get(item, 0), item))
        return ordered[: len(row) - math.ceil(self.threshold * len(row) - 1e-9) + 1]


class LshIndex:
    """MinHash signatures in bands (Broder 1997): rows that agree on any whole band are candidates.

    Raises:
        ImportError: if rensa is not installed.
    """

    def __init__(self, threshold: float) -> None:
        import rensa

        bands = PERMUTATIONS // (4 if threshold >= 0.75 else 2 if threshold >= 0.5 else 1)

        self._minhash: Any = rensa.RMinHash
        self._lsh: Any = rensa.RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=bands)
        self._rows = 0
        self._last: tuple[array[int], Any] = (array("I"), None)

    def add(self, row: array[int]) -> None:
        self._lsh.insert(self._rows, self._signature(row))
        self._rows += 1

    def candidates(self, row: array[int]) -> Iterable[int]:
        found: Iterable[int] = self._lsh.query(self._signature(row))
        return found

    def _signature(self, row: array[int]) -> Any:
        # A row is looked up and then added: one signature serves both.
        if self._last[0] is not row:
            signature = self._minhash(num_perm=PERMUTATIONS, seed=SEED)
            signature.update([str(item) for item in row])
            self._last = (row, signature)
        return self._last[1]
