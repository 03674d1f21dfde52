"""Caps how many rows may share a topic, language, difficulty or recipe, so that thin regions are not drowned.

The best rows of a full region stay. A cap is a number of rows, or below 1 a share of the rows that reach this filter.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator

from codefactory.filters.base import Drop, Look, Settings
from codefactory.types import Record


class Balance:
    """`topic_full`, `language_full`, `difficulty_full`, `recipe_full`: as many better rows of that value stay.

    A row with several topics counts for each of them, and goes where any one is full.
    """

    name = "balance"
    slugs = ("topic_full", "language_full", "difficulty_full", "recipe_full")

    def __init__(self, settings: Settings) -> None:
        self.caps: dict[str, float] = {str(axis): cap for axis, cap in settings.rules.caps.items()}

    @staticmethod
    def asked_for(settings: Settings) -> bool:
        return bool(settings.rules.caps)

    def look(self, record: Record) -> bytes:
        axes = {
            "topic": list(dict.fromkeys(record.topics)),
            "language": [record.problem.language],
            "difficulty": [record.difficulty],
            "recipe": [record.recipe],
        }
        values = [[axis, value] for axis in self.caps for value in axes[axis] if value]
        return json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def settle(self, looks: Iterable[Look]) -> Iterator[Drop | None]:
        rows = [look.data for look in looks]  # all of them, since a share needs their number
        most = {axis: math.ceil(cap * len(rows)) if cap < 1 else int(cap) for axis, cap in self.caps.items()}
        used: Counter[tuple[str, str]] = Counter()
        for data in rows:
            values = [(axis, value) for axis, value in json.loads(data)]
            full = next((pair for pair in values if used[pair] >= most[pair[0]]), None)
            if full:
                yield Drop(f"{full[0]}_full", f"{most[full[0]]:,} rows of '{full[1]}' are there")
            else:
                used.update(values)
                yield None
