"""Which arms are compared, on which statistics, and what that is in a plain sentence.

The comparisons are fixed by the arms before any score is known: base with every arm, human with every synthetic and
mixed arm; at the same number of rows verified with unfiltered, rejected and verified otherwise (another policy, a
recipe left out), and mixed with synthetic (the same synthetic rows, or the same rows in all). Their p-values are
corrected together (Holm); "beats" is said only where the corrected one is below 1 - confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from codefactory import stats


@dataclass(frozen=True, slots=True)
class Measured:
    """An arm with its scores: one row a training seed, one column a task; `variant` where its rows are chosen apart."""

    name: str
    data: str
    synthetic_rows: int
    scores: list[list[float]]
    human_rows: int = 0
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Arm a against arm b on the same tasks; differences are shares, 0 to 1.

    `wins` and `losses` count the tasks that one arm solves and the other does not (solved: more than half of the
    answers of its seeds), with McNemar's exact p-value beside the bootstrap's.
    """

    a: str
    b: str
    difference: float
    low: float
    high: float
    p: float
    p_corrected: float
    shown: bool
    wins: int
    losses: int
    p_mcnemar: float
    sentence: str


def compare(arms: Sequence[Measured], noise: stats.SeedNoise, confidence: float, resamples: int) -> list[Comparison]:
    """Every comparison of the study, Holm-corrected, in the order of the arms."""
    chosen = pairs(arms)
    found = [
        stats.difference(a.scores, b.scores, noise=noise, confidence=confidence, resamples=resamples) for a, b in chosen
    ]
    corrected = stats.holm([one.p for one in found])
    return [
        _comparison(a, b, one, p, confidence, len(chosen))
        for (a, b), one, p in zip(chosen, found, corrected, strict=True)
    ]


def pairs(arms: Sequence[Measured]) -> list[tuple[Measured, Measured]]:
    """The pairs to compare, the arm that is hoped to be better first."""
    ordered = (pair for pair in combinations(arms, 2))
    oriented = (pair if _rank(pair[0]) >= _rank(pair[1]) else pair[::-1] for pair in ordered)
    return [(a, b) for a, b in oriented if _worth(a, b)]


RANKS = {"none": 0, "rejected": 1, "unfiltered": 2, "human": 3, "synthetic": 4, "mixed": 5}


def _rank(arm: Measured) -> int:
    return RANKS[arm.data]


def _worth(a: Measured, b: Measured) -> bool:
    same_rows = a.synthetic_rows == b.synthetic_rows
    same_in_all = a.synthetic_rows + a.human_rows == b.synthetic_rows + b.human_rows
    match a.data, b.data:
        case ("none", _) | (_, "none"):
            return a.data != b.data
        case ("human", other) | (other, "human"):
            return other in ("synthetic", "mixed")
        case ("synthetic", "unfiltered" | "rejected" | "synthetic") | ("unfiltered", "rejected"):
            return same_rows
        case ("mixed", "synthetic"):
            return same_rows or same_in_all
    return False


def _comparison(
    a: Measured, b: Measured, found: stats.Difference, corrected: float, confidence: float, family: int
) -> Comparison:
    wins, losses = _discordant(a, b)
    shown = corrected < 1 - confidence
    return Comparison(
        a=a.name,
        b=b.name,
        difference=found.value,
        low=found.low,
        high=found.high,
        p=found.p,
        p_corrected=corrected,
        shown=shown,
        wins=wins,
        losses=losses,
        p_mcnemar=stats.mcnemar(wins, losses),
        sentence=_sentence(a, b, found, shown, confidence, family),
    )


def _discordant(a: Measured, b: Measured) -> tuple[int, int]:
    solved = [[fmean(column) > 0.5 for column in zip(*arm.scores, strict=True)] for arm in (a, b)]
    both = list(zip(*solved, strict=True))
    return both.count((True, False)), both.count((False, True))


def _sentence(a: Measured, b: Measured, found: stats.Difference, shown: bool, confidence: float, family: int) -> str:
    tail = f"{_seeds(a, b)}, {len(a.scores[0])} tasks"
    level = f"{100 * confidence:g} % interval"
    value, low, high = (100 * share for share in (found.value, found.low, found.high))
    if shown:
        first, second = (a.name, b.name) if value > 0 else (b.name, a.name)
        low, high = (low, high) if value > 0 else (-high, -low)
        return f"{first} beats {second} by {abs(value):.1f} points ({level} {low:.1f} to {high:.1f}; {tail})"
    why = "" if low <= 0 <= high else f"; the interval leaves 0 out, but not after correction for {family} comparisons"
    return (
        f"no difference shown between {a.name} and {b.name} "
        f"({value:+.1f} points, {level} {low:.1f} to {high:.1f}; {tail}{why})"
    )


def _seeds(a: Measured, b: Measured) -> str:
    seeds = max(len(a.scores), len(b.scores))
    return f"{seeds} seeds" if seeds > 1 else "1 seed, so chance in training is not counted"
