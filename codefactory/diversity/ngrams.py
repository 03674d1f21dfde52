"""Distinct n-grams: the share of all runs of n words, or tokens of code, that are different (Li et al. 2016)."""

from __future__ import annotations

from collections.abc import Sequence

from codefactory.filters.normal import TOKEN, words
from codefactory.types import Record

SIZES = (1, 2, 4)


def distinct(records: Sequence[Record]) -> dict[str, float]:
    """`distinct 2-grams, statements` and the like, 0 to 1; repeats within a row count as repeats."""
    parts = {
        "statements": [words(record.problem.statement) for record in records],
        "code": [tuple(TOKEN.findall(record.solution.code)) for record in records],
    }
    return {f"distinct {size}-grams, {part}": _share(texts, size) for part, texts in parts.items() for size in SIZES}


def _share(texts: Sequence[tuple[str, ...]], size: int) -> float:
    runs = [text[start : start + size] for text in texts for start in range(len(text) - size + 1)]
    return len(set(runs)) / len(runs) if runs else 0.0
