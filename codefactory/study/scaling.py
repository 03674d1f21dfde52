"""From which amount of synthetic data on is it as good as the human arm? The crossing, with its interval.

The scores of the synthetic arms against their rows (on a log scale, straight between two sizes) are first made
non-decreasing by pooling neighbours (isotonic regression; Ayer et al. 1955), so that the curve meets the human arm's
level once. The interval is a percentile bootstrap: tasks are drawn together for all arms, every arm gets its own seed
noise, and each replicate has a crossing of its own. It may lie beyond the sizes that were measured: then it is said to,
and no curve is continued beyond its data.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from codefactory.stats import SeedNoise, normals
from codefactory.study.compare import Measured


@dataclass(frozen=True, slots=True)
class Crossing:
    """Synthetic rows at which the curve reaches the human arm; None: beyond the largest size.

    `low` is the smallest size where the interval starts there or below (`low_open`). `reached` is the share of the
    replicates whose curve gets there at all.
    """

    arm: str
    rows: float | None
    low: float | None
    high: float | None
    low_open: bool
    reached: float
    sizes: tuple[int, ...]
    sentence: str


def crossing(arms: Sequence[Measured], noise: SeedNoise, confidence: float, resamples: int) -> Crossing | None:
    """Where the synthetic curve meets the first human arm; None without such an arm or with fewer than two sizes."""
    human = next((arm for arm in arms if arm.data == "human"), None)
    by_size = {arm.synthetic_rows: arm for arm in arms if arm.data == "synthetic" and not arm.variant}
    sizes = tuple(sorted(by_size))
    if not human or len(sizes) < 2:
        return None
    curve = [by_size[size] for size in sizes]
    level, *heights = (fmean(map(fmean, arm.scores)) for arm in (human, *curve))
    rows = meeting(sizes, heights, level)
    drawn = sorted(
        math.inf if place is None else place for place in _replicates([human, *curve], sizes, noise, resamples)
    )
    low, high = (drawn[min(len(drawn) - 1, int(share * len(drawn)))] for share in _tails(confidence))
    finite = [None if math.isinf(place) else place for place in (low, high)]
    found = Crossing(
        human.name, rows, finite[0], finite[1], finite[0] == sizes[0],
        sum(not math.isinf(place) for place in drawn) / len(drawn), sizes, "",
    )  # fmt: skip
    return replace(found, sentence=_sentence(found, confidence))


def meeting(sizes: Sequence[int], heights: Sequence[float], level: float) -> float | None:
    """The first place at which the non-decreasing curve is at the level; the smallest size where it starts there."""
    curve = isotonic(heights)
    if curve[0] >= level:
        return float(sizes[0])
    for (left, low), (right, high) in zip(
        zip(sizes, curve, strict=True), zip(sizes[1:], curve[1:], strict=True), strict=False
    ):
        if high >= level:
            share = (level - low) / (high - low)
            return math.exp(math.log(left) + share * (math.log(right) - math.log(left)))
    return None


def isotonic(heights: Sequence[float]) -> list[float]:
    """The non-decreasing values nearest to the given ones (least squares, pool adjacent violators)."""
    blocks: list[tuple[float, int]] = []
    for height in heights:
        mean, count = height, 1
        while blocks and blocks[-1][0] > mean:
            before, size = blocks.pop()
            mean, count = (before * size + mean * count) / (size + count), size + count
        blocks.append((mean, count))
    return [mean for mean, count in blocks for _ in range(count)]


def _tails(confidence: float) -> tuple[float, float]:
    return (1 - confidence) / 2, (1 + confidence) / 2


def _replicates(arms: Sequence[Measured], sizes: Sequence[int], noise: SeedNoise, resamples: int) -> list[float | None]:
    """A crossing for each draw of the tasks; the first arm is the human one."""
    draw = random.Random(0)
    columns = [[fmean(column) for column in zip(*arm.scores, strict=True)] for arm in arms]
    scales = [math.sqrt(noise.variance / len(arm.scores)) if len(arm.scores) > 1 else 0.0 for arm in arms]
    shifts = [[scale * shift for shift in normals(resamples, draw)] for scale in scales]
    tasks = range(len(columns[0]))
    found = []
    for moved in zip(*shifts, strict=True):
        chosen = draw.choices(tasks, k=len(tasks))
        level, *heights = (
            fmean([column[task] for task in chosen]) + shift for column, shift in zip(columns, moved, strict=True)
        )
        found.append(meeting(sizes, heights, level))
    return found


def _sentence(found: Crossing, confidence: float) -> str:
    level, most = f"{100 * confidence:g} % interval", f"{found.sizes[-1]:,}"
    low = f"{'at most ' if found.low_open else ''}{found.low:,.0f}" if found.low is not None else f"beyond {most}"
    high = f"{found.high:,.0f}" if found.high is not None else f"beyond {most}"
    span = f"{low} to {high}" if found.low is not None else f"{low} rows"
    if found.rows is None:
        return (
            f"synthetic data does not reach {found.arm} with up to {most} rows ({level} {span}; "
            f"it gets there in {100 * found.reached:.0f} % of the resamples)"
        )
    where = f"at most {found.rows:,.0f}" if found.rows == found.sizes[0] else f"about {found.rows:,.0f}"
    return f"synthetic data is level with {found.arm} from {where} rows on ({level} {span})"
