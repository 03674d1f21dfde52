"""The two shapes of a filter, and the funnel that counts what every filter dropped and why.

A `Filter` judges a record by itself. A `Comparing` filter judges it by the others (duplicates, caps): it first looks at
each record alone and then settles all of them, in an order that the records' content decides and not their place in the
stream. So what stays depends neither on that place nor on how many processes did the looking; see `choosing`.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, runtime_checkable

from codefactory.config import FiltersConfig
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
        rules: the run file's `select.filters`.
    """

    tasks: tuple[Record, ...] = ()
    near_duplicates: float = 0.85
    solutions_per_problem: int = 1
    rules: FiltersConfig = field(default_factory=FiltersConfig)


class Filter(Protocol):
    """Judges each record by itself; `slugs` lists every reason that it can give.

    One that does nothing unless settings ask for it says so in a static method `asked_for(settings) -> bool`.
    """

    name: str
    slugs: tuple[str, ...]

    def __init__(self, settings: Settings) -> None: ...

    def judge(self, record: Record) -> Drop | None:
        """None to keep the record; the same answer whatever came before it."""


class Look(NamedTuple):
    """What a comparing filter took from one record; `label` is what details call that record."""

    label: str
    data: bytes


@runtime_checkable
class Comparing(Protocol):
    """Judges records by each other."""

    name: str
    slugs: tuple[str, ...]

    def __init__(self, settings: Settings) -> None: ...

    def look(self, record: Record) -> bytes:
        """All that settling needs of one record, and no more: a million of these are kept. May run in any process."""

    def settle(self, looks: Iterable[Look]) -> Iterator[Drop | None]:
        """One verdict for each look, in their order, best rows first; of two twins the earlier stays."""


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
        """Count one record that goes; of each reason those with the smallest ids are remembered."""
        self.seen += 1
        self.reasons[slug] = self.reasons.get(slug, 0) + 1
        examples = self.examples.setdefault(slug, [])
        # By id, not by arrival: then examples, too, are the same in any order and from any number of processes.
        insort(examples, Example(record_id, detail[:DETAIL_CHARACTERS]), key=_by_id)
        del examples[EXAMPLES:]

    def merge(self, other: Funnel) -> Funnel:
        """Both together, as if one funnel had counted all of it."""
        slugs = list(dict.fromkeys((*self.reasons, *other.reasons)))
        found = {slug: self.examples.get(slug, []) + other.examples.get(slug, []) for slug in slugs}
        both = {slug: sorted(examples, key=_by_id)[:EXAMPLES] for slug, examples in found.items()}
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


def _by_id(example: Example) -> str:
    return example.record_id


def make(settings: Settings, names: Iterable[str] = ()) -> list[Filter | Comparing]:
    """The named filters, or in their standard order all that the settings ask for.

    Raises:
        UnknownNameError: if there is no such filter.
        ConfigError: if a filter cannot work with what the settings say.
    """
    wanted = tuple(names)
    kinds = [FILTERS.load(name) for name in wanted or FILTERS.names()]
    return [kind(settings) for kind in kinds if wanted or getattr(kind, "asked_for", _always)(settings)]


def _always(settings: Settings) -> bool:
    del settings
    return True
