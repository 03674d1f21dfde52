"""Drops rows that a judge or a reward model scored too low; a row without that score stays: no opinion is no verdict.

A judge's scores of a draft are in its rows' `meta` as `score_<criterion>`, their mean as `score` (see `selection`).
Any other number in `meta`, such as an imported reward, can be asked for by its own name.
"""

from __future__ import annotations

from codefactory.filters.base import Drop, Settings
from codefactory.types import Record


class Scores:
    """`low_score`: one of the scores in `least_scores` is below its least value; the detail names it."""

    name = "scores"
    slugs = ("low_score",)

    def __init__(self, settings: Settings) -> None:
        self.least = settings.rules.least_scores

    @staticmethod
    def asked_for(settings: Settings) -> bool:
        return bool(settings.rules.least_scores)

    def judge(self, record: Record) -> Drop | None:
        for name, least in self.least.items():
            score = score_of(record, name)
            if score is not None and score < least:
                return Drop("low_score", f"{name} {score:g}, at least {least:g} is wanted")
        return None


def score_of(record: Record, name: str = "mean") -> float | None:
    """A score by its criterion (`mean`: of all criteria); None where the row has none, or none that is a number."""
    keys = ("score",) if name == "mean" else (f"score_{name}", name)
    text = next((record.meta[key] for key in keys if key in record.meta), "")
    try:
        return float(text)
    except ValueError:
        return None
