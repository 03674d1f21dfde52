"""Drops rows that mean nearly the same as a better row: cosine similarity of embeddings of statement and code.

The search is SemDeDup's (Abbas et al. 2023, arXiv 2303.09540): k-means first, then every pair within a cluster; each
row is in the two clusters nearest to it, so that a border parts few twins. Off unless `semantic_duplicates` is set; an
extra (`pip install codefactory[filters]`). Which threshold is right depends on the embedding: look at the examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from zlib import crc32

from codefactory.filters.base import Drop, Look, Settings
from codefactory.filters.embeddings import embedder
from codefactory.filters.normal import words
from codefactory.types import Record

HEAD = 4  # bytes of a look that name the statement
CLUSTER = 1000  # rows, on average; fewer rows in all are one cluster
NEAREST = 2
SAMPLE = 50_000  # rows that the clusters are learned from
BLOCK = 1024

Matrix = Any


class Semantic:
    """`semantic_duplicate`: at least `semantic_duplicates` similar to a better row that stays.

    Where a problem may have several solutions, rows that share a statement word for word are not compared.

    Raises:
        ConfigError: if the embedding is not one.
    """

    name = "semantic"
    slugs = ("semantic_duplicate",)

    def __init__(self, settings: Settings) -> None:
        self.threshold = settings.rules.semantic_duplicates
        self.several = settings.solutions_per_problem > 1
        self.embedder = embedder(settings.rules)

    @staticmethod
    def asked_for(settings: Settings) -> bool:
        return settings.rules.semantic_duplicates > 0

    def look(self, record: Record) -> bytes:
        statement = " ".join(words(record.problem.statement)).encode("utf-8", "replace")
        text = f"{record.problem.statement}\n{record.solution.code}".encode("utf-8", "replace")
        return crc32(statement).to_bytes(HEAD) + text

    def settle(self, looks: Iterable[Look]) -> Iterator[Drop | None]:
        import numpy

        labels: list[str] = []
        statements: list[bytes] = []

        def texts() -> Iterator[str]:
            for label, data in looks:
                labels.append(label)
                statements.append(data[:HEAD])
                yield data[HEAD:].decode("utf-8")

        def stands(other: int, position: int) -> bool:
            return other not in gone and not (self.several and statements[other] == statements[position])

        blocks = list(self.embedder.embed(texts()))
        if not blocks:
            return
        vectors = numpy.concatenate(blocks)
        blocks.clear()
        gone: set[int] = set()
        twins = similar_pairs(vectors, self.threshold)
        for position in range(len(labels)):
            better = next((pair for pair in twins.get(position, ()) if stands(pair[0], position)), None)
            if better:
                gone.add(position)
            yield Drop("semantic_duplicate", f"{better[1]:.3f} similar to {labels[better[0]]}") if better else None


def similar_pairs(vectors: Matrix, threshold: float) -> dict[int, list[tuple[int, float]]]:
    """Row -> the earlier rows in one of its clusters that are similar enough, earliest first, with the similarity."""
    import numpy

    pairs: dict[int, dict[int, float]] = {}
    for members in _clusters(vectors):
        group = vectors[members]
        for start in range(0, len(members), BLOCK):
            block = group[start : start + BLOCK] @ group[: start + BLOCK].T
            rows, columns = numpy.nonzero(numpy.tril(block >= threshold, start - 1))
            found = zip(members[start + rows].tolist(), members[columns].tolist(), block[rows, columns], strict=True)
            for row, other, value in found:
                pairs.setdefault(row, {})[other] = float(value)
    return {row: sorted(others.items()) for row, others in pairs.items()}


def _clusters(vectors: Matrix) -> Iterator[Matrix]:
    """Positions of the rows of each cluster, in order; a row is in the clusters nearest to it."""
    import numpy

    count = len(vectors) // CLUSTER
    if count < 2:
        yield numpy.arange(len(vectors))
        return
    from sklearn.cluster import MiniBatchKMeans

    sample = vectors[: max(SAMPLE, count)]
    centres = MiniBatchKMeans(count, random_state=0, n_init=1, batch_size=4096).fit(sample).cluster_centers_
    half = (centres**2).sum(axis=1) / 2  # the nearest centre has the largest dot product less half its square
    nearest = numpy.concatenate(
        [
            numpy.argpartition(half - vectors[start : start + BLOCK] @ centres.T, NEAREST - 1, axis=1)[:, :NEAREST]
            for start in range(0, len(vectors), BLOCK)
        ]
    ).astype(numpy.int32)
    order = numpy.argsort(nearest.ravel(), kind="stable")
    ends: Matrix = numpy.searchsorted(nearest.ravel()[order], numpy.arange(count + 1))
    for number in range(count):
        yield order[ends[number] : ends[number + 1]] // NEAREST
