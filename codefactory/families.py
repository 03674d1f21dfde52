"""Families of rows that are nearly one problem, and splits that never part a family.

Two rows are of one family where they come from one draft, where their statements share most of their words in order,
where their programs do, or where a third row joins them. Of a family, all rows go to one split: a row in `test` then
has no twin in `train`, which a split by row cannot promise.

A family goes where the hash of its smallest row falls. That depends on no order and on no count, so a corpus that grows
leaves every family where it was, unless a new row joins two of them; shares are met on average, not exactly.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from codefactory.errors import ConfigError
from codefactory.filters.normal import TOKEN, normalise_code, runs, words
from codefactory.types import Record, content_id


def families(records: Sequence[Record], similarity: float) -> list[str]:
    """The family of every record, in their order: the content of its smallest member, 32 hex digits.

    Args:
        similarity: Jaccard similarity of token 3-grams, of the statements or of the programs, that makes two rows kin.
    """
    parents = list(range(len(records)))
    for key in (_draft, _statement, _program):
        first: dict[str, int] = {}
        for position, record in enumerate(records):
            if key(record):
                _join(parents, first.setdefault(key(record), position), position)
    for shingles in (_statement_shingles, _program_shingles):
        _join_similar(parents, [shingles(record) for record in records], similarity)
    smallest: dict[int, str] = {}
    for position, record in enumerate(records):
        root, own = _root(parents, position), _name(record)
        smallest[root] = min(smallest.get(root, own), own)
    return [smallest[_root(parents, position)] for position in range(len(records))]


def assign(records: Sequence[Record], shares: Mapping[str, float], similarity: float) -> list[Record]:
    """The records with their split and, in `meta`, their family; one split alone needs no families.

    Raises:
        ConfigError: if the shares do not add up to 1.
    """
    check_shares(shares)
    if len(shares) == 1:
        return [replace(record, split=next(iter(shares))) for record in records]
    found = families(records, similarity)
    return [
        replace(record, split=split_of(family, shares), meta={**record.meta, "family": family})
        for record, family in zip(records, found, strict=True)
    ]


def check_shares(shares: Mapping[str, float]) -> None:
    """Refuse what is no division of a whole.

    Raises:
        ConfigError: if the shares do not add up to 1.
    """
    if abs(sum(shares.values()) - 1) > 1e-6 or any(share <= 0 for share in shares.values()):
        raise ConfigError(f"splits: shares must be positive and add up to 1, these are {dict(shares)}")


def split_of(family: str, shares: Mapping[str, float]) -> str:
    """Where a family goes: its hash as a point on a line that the shares divide, in their order."""
    point = int.from_bytes(sha256(family.encode()).digest()[:8]) / 2**64
    edge = 0.0
    for split, share in shares.items():
        edge += share
        if point < edge:
            return split
    return list(shares)[-1]


def distinct(codes: Sequence[str], limit: int, language: str = "python") -> list[int]:
    """Up to so many programs that differ in more than names and layout, as positions: the first, then the least alike.

    Each next one is that whose most similar program among the chosen is least similar (farthest-point order, Gonzalez
    1985); where several are equally far, the first.
    """
    forms: dict[str, int] = {}
    for position, code in enumerate(codes):
        forms.setdefault(normalise_code(code, language), position)
    left = list(forms.values())
    shingles = {position: frozenset(runs("c", TOKEN.findall(codes[position]))) for position in left}
    chosen = left[:1]
    while left and len(chosen) < min(limit, len(forms)):
        rest = [position for position in left if position not in chosen]
        nearest = {one: max(_alike(shingles[one], shingles[other]) for other in chosen) for one in rest}
        chosen.append(min(rest, key=lambda one: (nearest[one], one)))
    return chosen[:limit]


def _alike(one: frozenset[int], other: Collection[int]) -> float:
    """Jaccard similarity; `other` holds each item once."""
    shared = len(one.intersection(other))
    return shared / (len(one) + len(other) - shared or 1)


def _name(record: Record) -> str:
    # Without split and measurements: the same row is the same name in every selection that keeps it.
    return content_id(replace(record, split="", policy="", meta={}))


def _draft(record: Record) -> str:
    return record.draft_id


def _statement(record: Record) -> str:
    return " ".join(words(record.problem.statement))


def _program(record: Record) -> str:
    return f"{record.problem.language} {normalise_code(record.solution.code, record.problem.language)}"


def _statement_shingles(record: Record) -> array[int]:
    return array("I", sorted(runs("s", words(record.problem.statement))))


def _program_shingles(record: Record) -> array[int]:
    return array("I", sorted(runs("c", TOKEN.findall(record.solution.code))))


def _join_similar(parents: list[int], rows: Sequence[array[int]], similarity: float) -> None:
    """Join every pair that is similar enough; none is missed.

    Two sets that are similar enough share an item among their first few in any one order of all items (the prefix
    filter of Chaudhuri et al. 2006, All-Pairs of Bayardo et al. 2007); with rare items first, few rows share one.
    """
    frequency = Counter(item for row in rows for item in row)
    postings: dict[int, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        ordered = sorted(row, key=lambda item: (frequency[item], item))
        prefix = ordered[: len(row) - math.ceil(similarity * len(row) - 1e-9) + 1]
        present = frozenset(row)
        for other in {other for item in prefix for other in postings[item]}:
            if _root(parents, other) != _root(parents, position) and _alike(present, rows[other]) >= similarity:
                _join(parents, other, position)
        for item in prefix:
            postings[item].append(position)


def _root(parents: list[int], position: int) -> int:
    while parents[position] != position:
        parents[position] = parents[parents[position]]
        position = parents[position]
    return position


def _join(parents: list[int], one: int, other: int) -> None:
    parents[_root(parents, other)] = _root(parents, one)
