"""The shape of a filter, and the funnel that counts what every filter dropped and why.

A filter is made from `Settings` and then asked about one Record after the other; it may remember those that it kept
(that is how duplicates are found), so the order of the stream matters: the first of two twins stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from codefactory.filters import FILTERS
from codefactory.types import Record

EXAMPLES = 3
DETAIL_CHARACTERS = 300


class Drop(NamedTuple):
    """Why a record is not kept: a stable slug, and one line for people."""

    slug: str
    detail: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What filters may need to know; each reads its own part.

    Attributes:
        tasks: benchmark tasks whose text must not be in the corpus.
        near_duplicates: Jaccard similarity from which two rows count as the same; 0 turns the search off.
        solutions_per_problem: how many rows may share one statement.
    """

    tasks: tuple[Record, ...] = ()
    near_duplicates: float = 0.85
    solutions_per_problem: int = 1


class Filter(Protocol):
    """One filter; `slugs` lists every reason that it can give."""

    name: str
    slugs: tuple[str, ...]

    def __init__(self, settings: Settings) -> None: ...

    def judge(self, record: Record) -> Drop | None:
        """None to keep the record."""


@dataclass(frozen=True, slots=True)
class Example:
    """One dropped record: its content id (or a draft's) and the detail."""

    record_id: str
    detail: str


@dataclass(slots=True)
class Funnel:
    """Counts what came in, what stayed, and what was dropped for which reason: `seen == kept + sum(reasons)`.

    A slug that never fired stands there with a 0: it shows that the check was made. JSON by `types.to_json`.
    """

    seen: int = 0
    kept: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[Example]] = field(default_factory=dict)

    def expect(self, slugs: Iterable[str]) -> None:
        """Give reasons their row, in this order, before anything is counted."""
        for slug in slugs:
            self.reasons.setdefault(slug, 0)

    def keep(self) -> None:
        """Count one record that stays."""
        self.seen += 1
        self.kept += 1

    def drop(self, slug: str, record_id: str, detail: str = "") -> None:
        """Count one record that goes; the first few of each reason are remembered."""
        self.seen += 1
        self.reasons[slug] = self.reasons.get(slug, 0) + 1
        examples = self.examples.setdefault(slug, [])
        if len(examples) < EXAMPLES:
            examples.append(Example(record_id, detail[:DETAIL_CHARACTERS]))

    def merge(self, other: Funnel) -> Funnel:
        """Both together, as if the other's records had come after this one's."""
        slugs = list(dict.fromkeys((*self.reasons, *other.reasons)))
        both = {slug: (self.examples.get(slug, []) + other.examples.get(slug, []))[:EXAMPLES] for slug in slugs}
        return Funnel(
            seen=self.seen + other.seen,
            kept=self.kept + other.kept,
            reasons={slug: self.reasons.get(slug, 0) + other.reasons.get(slug, 0) for slug in slugs},
            examples={slug: examples for slug, examples in both.items() if examples},
        )

    @property
    def adds_up(self) -> bool:
        """Whether everything that came in is accounted for."""
        return self.seen == self.kept + sum(self.reasons.values())


def make(settings: Settings, names: Iterable[str] = ()) -> list[Filter]:
    """The named filters, or all of them in their standard order, ready for one stream.

    Raises:
        UnknownNameError: if there is no such filter.
    """
    return [FILTERS.load(name)(settings) for name in (tuple(names) or FILTERS.names())]


def select(records: Iterable[Record], filters: Iterable[Filter], funnel: Funnel) -> Iterator[Record]:
    """The records that every filter keeps, in order; each record is counted in the funnel exactly once."""
    chain = list(filters)
    for one in chain:
        funnel.expect(one.slugs)
    for record in records:
        drop = next((found for found in (one.judge(record) for one in chain) if found), None)
        if drop:
            funnel.drop(drop.slug, record.id, drop.detail)
        else:
            funnel.keep()
            yield record
