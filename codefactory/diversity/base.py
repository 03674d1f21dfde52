"""Measures sets of records side by side: corpora of one run or of several generations, and a human set beside them.

Nearly every figure of diversity grows or shrinks with the number of rows, so all sets are cut to the size of the
smallest, by content and not by position. A figure says nothing alone: it is to be read beside the human set's, and from
one generation to the next. A model that trains on itself loses the rare first (Shumailov et al. 2024): vocabulary,
shapes and coverage fall before anything looks wrong in a sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from codefactory.corpus import store
from codefactory.diversity import MEASURES
from codefactory.diversity.coverage import Topic, coverage, halves, topic_map
from codefactory.diversity.shapes import without_grammar
from codefactory.errors import InputError
from codefactory.tasks.base import load
from codefactory.types import Record

MOST = 2000  # rows of each set
LEAST = 10


@dataclass(frozen=True, slots=True)
class Diversity:
    """Figures of each set (`sets[label][name]`) at the same number of `rows`; `whole` are the sets' full sizes.

    `notes` say what of a set was not measured, and why.
    """

    rows: int
    whole: dict[str, int]
    sets: dict[str, dict[str, float]]
    topics: tuple[Topic, ...] = ()
    notes: tuple[str, ...] = ()


def read(name: str) -> list[Record]:
    """A corpus folder, or a task set by name, such as `reference:train`.

    Raises:
        InputError: if it is neither, or cannot be read.
        UnknownNameError: if there is no such task set.
    """
    folder = Path(name).expanduser()
    return store.read(folder) if folder.is_dir() else load(name)


def measure(
    sets: Mapping[str, Sequence[Record]], against: str = "", *, embedding: str = "hashed", most: int = MOST
) -> Diversity:
    """Every measure of every set; with the label of a human set in `against`, coverage of it and a topic map, too.

    Raises:
        InputError: if a set has fewer than 10 different rows.
        ConfigError: if coverage is asked for and scikit-learn is not installed.
    """
    distinct = {label: {record.id: record for record in records} for label, records in sets.items()}
    size = min(most, *(len(records) for records in distinct.values()))
    if size < LEAST:
        label = min(distinct, key=lambda label: len(distinct[label]))
        raise InputError(f"{label}: {len(distinct[label])} different rows; diversity needs at least {LEAST}")
    cut = {label: [records[key] for key in sorted(records)[:size]] for label, records in distinct.items()}
    found = {label: _figures(records) for label, records in cut.items()}
    topics: tuple[Topic, ...] = ()
    if against:
        others = [label for label in cut if label != against]
        for label in others:
            found[label] |= coverage(cut[label], cut[against], embedding)
        found[against]["coverage of one half by the other"] = halves(cut[against], embedding)
        topics = topic_map({label: cut[label] for label in (*others, against)}, embedding)
    whole = {label: len(records) for label, records in sets.items()}
    return Diversity(size, whole, found, topics, tuple(_notes(cut)))


def _notes(sets: Mapping[str, list[Record]]) -> Iterator[str]:
    for label, records in sets.items():
        if names := without_grammar(records):
            yield f"{label}: shapes and tree patterns are not measured: no grammar of {', '.join(names)} is published"
    spoken = {label: sorted({record.problem.language for record in records}) for label, records in sets.items()}
    if len(set(map(tuple, spoken.values()))) > 1:
        said = "; ".join(f"{label} is in {', '.join(names)}" for label, names in spoken.items())
        yield f"figures of code are of different languages, and compare within one alone: {said}"


def _figures(records: list[Record]) -> dict[str, float]:
    return {name: figure for row in MEASURES for name, figure in MEASURES.load(row)(records).items()}
