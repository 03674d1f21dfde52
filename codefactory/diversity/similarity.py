"""Self-BLEU: how much of a row's n-grams stand in some other row (Zhu et al. 2018, Texygen), on a sample; 1 is a copy.

The geometric mean of the clipped precisions of 1- to 4-grams against all other rows of the sample, averaged over rows.
There is no brevity penalty: a short row is not more original.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from codefactory.filters.normal import TOKEN, words
from codefactory.types import Record

SAMPLE = 500  # rows; the figure rises with it
LONGEST = 4
SMOOTHING = 0.1  # stands for no match at all, as in Lin and Och 2004


def self_bleu(records: Sequence[Record]) -> dict[str, float]:
    """`self-BLEU, statements` and `self-BLEU, code`, 0 to 1, less is more diverse."""
    sample = records[:SAMPLE]
    return {
        "self-BLEU, statements": _mean([words(record.problem.statement) for record in sample]),
        "self-BLEU, code": _mean([tuple(TOKEN.findall(record.solution.code)) for record in sample]),
    }


def _mean(texts: Sequence[tuple[str, ...]]) -> float:
    logs = [0.0] * len(texts)
    for size in range(1, LONGEST + 1):
        counts = [Counter(text[start : start + size] for start in range(len(text) - size + 1)) for text in texts]
        most = _two_largest(counts)
        for number, own in enumerate(counts):
            matched = sum(min(count, most[run][count == most[run][0]]) for run, count in own.items())
            total = sum(own.values())
            logs[number] += math.log(max(matched, SMOOTHING) / total) if total else math.log(SMOOTHING)
    return sum(math.exp(log / LONGEST) for log in logs) / max(1, len(logs))


def _two_largest(counts: Sequence[Counter[tuple[str, ...]]]) -> dict[tuple[str, ...], tuple[int, int]]:
    """The two largest counts that a run has in any row: a row that holds the largest is compared with the other."""
    most: dict[tuple[str, ...], tuple[int, int]] = {}
    for own in counts:
        for run, count in own.items():
            first, second = most.get(run, (0, 0))
            most[run] = (count, first) if count > first else (first, max(second, count))
    return most
