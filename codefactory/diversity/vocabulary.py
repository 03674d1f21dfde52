"""Vocabulary: how many different words and names a set uses, and how evenly."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from codefactory.filters.normal import words
from codefactory.types import Record

NAME = re.compile(r"[^\W\d]\w*")


def vocabulary(records: Sequence[Record]) -> dict[str, float]:
    """Different words of the statements and names in the code; the words' entropy in bits, and how many occur once."""
    counts = Counter(word for record in records for word in words(record.problem.statement))
    names = {name for record in records for name in NAME.findall(record.solution.code)}
    once = sum(count == 1 for count in counts.values())
    return {
        "different words": len(counts),
        "words that occur once": once,
        "word entropy, bits": entropy(counts.values()),
        "different names in code": len(names),
    }


def entropy(counts: Iterable[int]) -> float:
    """Shannon entropy of a histogram, in bits."""
    listed = [count for count in counts if count]
    total = sum(listed)
    return -sum(count / total * math.log2(count / total) for count in listed)
