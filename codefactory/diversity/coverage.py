"""Where a corpus lies in feature space, beside a human set: precision, recall, coverage, and a map of topics.

All by nearest neighbours. Precision is the share of the corpus that lies where human rows are, within the distance of
one of them to its third neighbour; recall is the share of human rows that lie so near to the corpus (Kynkäänniemi et
al. 2019, arXiv 1904.06991). Distances within a corpus grow as it thins out, which can hold recall up; coverage goes by
the human rows' own distances: the share of them with a row of the corpus nearer than their third human neighbour (Naeem
et al. 2020, arXiv 2002.09797).

The space is learned from the human set alone, so that it is the same for every generation: in one that was learned from
both, recall rose in the middle of a collapse. Figures depend on features and on the number of rows; two halves of the
human set, measured the same way, say what can be reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codefactory.config import FiltersConfig
from codefactory.errors import ConfigError
from codefactory.filters.embeddings import embedder
from codefactory.filters.normal import words
from codefactory.types import Record

NEIGHBOURS = 3
ROUNDING = 1e-6  # a copy is at distance 0, or nearly
TOPICS, TOPIC_WORDS = 12, 5
Matrix = Any


@dataclass(frozen=True, slots=True)
class Topic:
    """One region: its characteristic words, and the share of each set's rows that lie in it."""

    words: tuple[str, ...]
    shares: dict[str, float]


def coverage(records: Sequence[Record], human: Sequence[Record], embedding: str = "hashed") -> dict[str, float]:
    """`precision`, `recall` and `coverage` of the human set, and the share of its words that the records use.

    Raises:
        ConfigError: if scikit-learn is not installed, or the embedding is none.
    """
    other, one = _vectors([human, records], embedding, len(human))
    vocabulary, theirs = (
        {word for record in rows for word in words(record.problem.statement)} for rows in (records, human)
    )
    return {
        "precision": _within(one, other),
        "recall": _within(other, one),
        "coverage": _covered(other, one),
        "share of the human words": len(vocabulary & theirs) / max(1, len(theirs)),
    }


def halves(records: Sequence[Record], embedding: str = "hashed") -> float:
    """The coverage of one half of a set by the other: what people reach, at half the size."""
    one, other = _vectors([records[::2], records[1::2]], embedding, len(records))
    return (_covered(one, other) + _covered(other, one)) / 2


def _vectors(sets: Sequence[Sequence[Record]], embedding: str, learned: int) -> list[Matrix]:
    """One matrix a set, in one space: what is learned, is learned from the first `learned` rows."""
    import numpy

    texts = [_text(record) for records in sets for record in records]
    vectors = numpy.concatenate(list(embedder(FiltersConfig(embedding=embedding), learned).embed(texts)))
    ends = numpy.cumsum([len(records) for records in sets])[:-1]
    return list(numpy.split(vectors, ends))


def _text(record: Record) -> str:
    return f"{record.problem.statement}\n{record.solution.code}"


def _within(rows: Matrix, others: Matrix) -> float:
    """The share of rows that some other row has nearer than its own third neighbour is."""
    return float((1 - rows @ others.T <= _radius(others)[None, :]).any(axis=1).mean())


def _covered(rows: Matrix, others: Matrix) -> float:
    """The share of rows that have some other row nearer than their own third neighbour is."""
    return float((1 - rows @ others.T <= _radius(rows)[:, None]).any(axis=1).mean())


def _radius(rows: Matrix) -> Matrix:
    """Of each row, the distance to the third neighbour in its own set."""
    import numpy

    own = 1 - rows @ rows.T
    numpy.fill_diagonal(own, numpy.inf)
    nearest = min(NEIGHBOURS, len(rows) - 1) - 1
    return numpy.partition(own, nearest, axis=1)[:, nearest] + ROUNDING


def topic_map(sets: Mapping[str, Sequence[Record]], embedding: str = "hashed") -> tuple[Topic, ...]:
    """Regions of the statements and code of all sets together (k-means), largest first, with each set's share.

    Raises:
        ConfigError: if scikit-learn is not installed, or the embedding is none.
    """
    try:
        from sklearn.cluster import KMeans
    except ImportError as error:
        raise ConfigError("a topic map needs scikit-learn; pip install codefactory[filters]") from error
    import numpy

    matrices = _vectors(list(sets.values()), embedding, sum(map(len, sets.values())))
    vectors = numpy.concatenate(matrices)
    count = min(TOPICS, max(2, len(vectors) // 20))
    regions = KMeans(count, random_state=0, n_init=4).fit_predict(vectors)
    parts = numpy.split(regions, numpy.cumsum([len(matrix) for matrix in matrices])[:-1])
    named = _words([record for records in sets.values() for record in records], regions.tolist())
    topics = [
        Topic(named[number], {label: float((part == number).mean()) for label, part in zip(sets, parts, strict=True)})
        for number in range(count)
    ]
    return tuple(sorted(topics, key=lambda topic: (-sum(topic.shares.values()), topic.words)))


def _words(records: Sequence[Record], regions: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """For each region the words that are most its own: often in its rows, seldom in others."""
    inside: dict[int, dict[str, int]] = {}
    total: dict[str, int] = {}
    for record, region in zip(records, regions, strict=True):
        for word in set(words(record.problem.statement)):
            if len(word) > 2:
                counts = inside.setdefault(region, {})
                counts[word] = counts.get(word, 0) + 1
                total[word] = total.get(word, 0) + 1
    return {
        region: tuple(sorted(counts, key=lambda word: (-(counts[word] ** 2) / total[word], word))[:TOPIC_WORDS])
        for region, counts in inside.items()
    }
