"""Finds near twins among a million rows in linear time and bounded memory: MinHash bands, sorted into buckets.

MinHash signatures (Broder 1997) come from rensa. Rows that agree on all values of any one band share a bucket and are
candidates; a hash table for every band would take several GB for a million rows, so each band's keys are sorted instead
and only buckets of two rows and more are remembered. Kept for each row: its signature (16 bits a value are enough) and
its shingles, for the exact similarity.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from codefactory.filters.near import NONE, Comparable, Twin

PERMUTATIONS, SEED = 128, 42
MISSED = 0.002  # pairs exactly at the threshold that share no bucket, at most
SURE = 6.0  # standard deviations below the threshold at which an estimate needs no exact comparison
FACTOR = 0x9E3779B97F4A7C15  # odd, bits well mixed: folds a band's values into one key

Matrix = Any  # numpy arrays; numpy is imported where it is used


def rows_per_band(threshold: float) -> int:
    """The most values a band may have, so that few pairs at the threshold are missed; more values, fewer candidates."""
    fits = (size for size in range(12, 1, -1) if (1 - threshold**size) ** (PERMUTATIONS // size) <= MISSED)
    return next(fits, 1)


class Buckets:
    """An `Index`: MinHash candidates, exact similarities."""

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold
        self.size = rows_per_band(threshold)
        spread = (threshold * (1 - threshold) / PERMUTATIONS) ** 0.5
        self.least_agreeing = PERMUTATIONS * (threshold - SURE * spread)

    def sketch(self, row: array[int]) -> bytes:
        import numpy
        import rensa

        matrix = rensa.RMinHash.digest_matrix_from_token_hash_sets([row.tolist()], PERMUTATIONS, SEED)
        return bytes(numpy.array(matrix.to_rows()[0], dtype=numpy.uint64).astype(numpy.uint16).tobytes())

    def twins(self, parts: Iterable[bytes], comparable: Comparable) -> Iterator[Twin]:
        rows = _Rows(parts)
        shared = self._shared(rows.signatures)
        kept = rows.all_true()
        for position in range(len(rows)):
            found = self._twin(position, rows, shared, kept, comparable)
            kept[position] = found == NONE
            yield found

    def _twin(self, position: int, rows: _Rows, shared: _Shared, kept: Matrix, comparable: Comparable) -> Twin:
        import numpy

        candidates = shared.before(position)
        candidates = candidates[kept[candidates]]
        if not len(candidates):
            return NONE
        agreeing = (rows.signatures[candidates] == rows.signatures[position]).sum(axis=1)
        candidates = candidates[agreeing >= self.least_agreeing]
        own = rows.shingles(position)
        for other in candidates.tolist():
            if comparable(position, other):
                theirs = rows.shingles(other)
                common = len(numpy.intersect1d(own, theirs, assume_unique=True))
                similarity = common / (len(own) + len(theirs) - common)
                if similarity >= self.threshold:
                    return other, similarity
        return NONE

    def _shared(self, signatures: Matrix) -> _Shared:
        """Every bucket with company, band by band."""
        import numpy

        shared = _Shared(len(signatures))
        for start in range(0, PERMUTATIONS - self.size + 1, self.size):
            keys: Matrix = numpy.zeros(len(signatures), dtype=numpy.uint64)
            for column in range(start, start + self.size):
                keys = (keys ^ signatures[:, column]) * numpy.uint64(FACTOR)
                keys ^= keys >> numpy.uint64(29)
            shared.add_band(keys)
        shared.finish()
        return shared


class _Rows:
    """Signatures and shingles of all rows, in two blocks of memory."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        import numpy

        signatures, items, ends = bytearray(), bytearray(), array("Q", [0])
        for part in parts:
            signatures += part[: 2 * PERMUTATIONS]
            items += part[2 * PERMUTATIONS :]
            ends.append(len(items) // 4)
        self.signatures = numpy.frombuffer(signatures, dtype=numpy.uint16).reshape(-1, PERMUTATIONS)
        self._items = numpy.frombuffer(items, dtype=numpy.uint32)
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends) - 1

    def all_true(self) -> Matrix:
        """One flag for each row."""
        import numpy

        return numpy.ones(len(self), dtype=bool)

    def shingles(self, position: int) -> Matrix:
        return self._items[self._ends[position] : self._ends[position + 1]]


class _Shared:
    """For each row the buckets that it shares: a slice of a band's sorted order, up to the row itself."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._orders: list[Matrix] = []  # of each band: rows with company, by key and then by position
        self._members: list[Matrix] = []  # of each band: (row, start of its bucket, its own place)
        self._offset = 0

    def add_band(self, keys: Matrix) -> None:
        import numpy

        order = numpy.argsort(keys, kind="stable").astype(numpy.int32)
        ordered = keys[order]
        same = ordered[1:] == ordered[:-1]
        company: Matrix = numpy.zeros(len(keys), dtype=bool)
        company[1:] |= same
        company[:-1] |= same
        first: Matrix = numpy.ones(len(keys), dtype=bool)
        first[1:] = ~same
        order, first = order[company], first[company]
        places = numpy.arange(len(order), dtype=numpy.int32) + numpy.int32(self._offset)
        starts = numpy.maximum.accumulate(numpy.where(first, places, 0)).astype(numpy.int32)
        self._orders.append(order)
        self._members.append(numpy.stack([order, starts, places])[:, ~first])  # the best of a bucket has none before it
        self._offset += len(order)

    def finish(self) -> None:
        """Sort what each row belongs to by row."""
        import numpy

        self._order = numpy.concatenate(self._orders)
        members = numpy.concatenate(self._members, axis=1)
        self._orders.clear()
        self._members.clear()
        by_row = numpy.argsort(members[0], kind="stable")
        ends: Matrix = numpy.searchsorted(members[0][by_row], numpy.arange(self._rows + 1))
        self._ends = ends
        self._starts, self._places = members[1][by_row], members[2][by_row]

    def before(self, position: int) -> Matrix:
        """Earlier rows that share a bucket with this one, each once, in order."""
        import numpy

        first, last = self._ends[position], self._ends[position + 1]
        if first == last:
            return self._order[:0]
        slices = [self._order[self._starts[at] : self._places[at]] for at in range(first, last)]
        return numpy.unique(numpy.concatenate(slices)) if len(slices) > 1 else slices[0]
