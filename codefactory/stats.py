"""Uncertainty for studies of code models: pass@k, bootstrap intervals over tasks and training seeds, paired tests.

What is uncertain. A score is a mean over tasks, which stand for all tasks of their kind, and over models of several
training seeds, which stand for all seeds. With x[s][t] the score of the model of seed s on task t, its variance is

    var(tasks) / T  +  var(seeds) / S  +  var(rest) / (T S)

Resampling tasks, with every task's mean over seeds kept together, estimates the first and the last term. What it cannot
see is a seed that lifts or sinks all tasks at once; with two to five seeds, resampling them does not show it either
(var(seeds) comes out a third too small with three seeds, while var(rest) is counted three times: Owen 2007, "The
pigeonhole bootstrap"). So the seed term is estimated from the two-way table (Searle, Casella, McCulloch 1992, ch. 4),
pooled over the arms of a study, and added to every replicate as noise; the quantiles are widened for the few degrees of
freedom behind it (Satterthwaite 1946; Hesterberg 2015, "expanded percentile"). What the intervals cover is measured by
`benchmarks/study_statistics.py`. Everything is deterministic by `seed` and needs the standard library only.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import NormalDist, fmean, variance

Scores = Sequence[Sequence[float]]
"""One row a training seed, one column a task: the score of that model on that task, 0 to 1."""

NORMAL = NormalDist()
COUNTABLE = 10  # replicates beyond 0 from which their share is a p-value
MANY = 200.0  # degrees of freedom from which a t quantile is a normal one (within 0.7 %)


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and the bounds of its confidence interval, in the unit of the scores."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Score of a minus score of b with interval and two-sided p-value; p < 1 - confidence where 0 lies outside."""

    value: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class SeedNoise:
    """Variance of a whole model's mean score from seed to seed, and the degrees of freedom behind the estimate."""

    variance: float = 0.0
    freedom: int = 0


def pass_at_k(n: int, c: int, k: int) -> float:
    """Probability that at least one of k samples passes, from n samples of which c passed (0 to 1, unbiased).

    Source: Chen et al. 2021, "Evaluating Large Language Models Trained on Code", section 2.1.

    Raises:
        ValueError: unless 0 <= c <= n and 1 <= k <= n.
    """
    if not (0 <= c <= n and 1 <= k <= n):
        raise ValueError(f"pass@{k} needs at least {k} samples of which 0 to n passed (got n={n}, c={c})")
    if n - c < k:
        return 1.0
    missed: float = math.prod(1.0 - k / i for i in range(n - c + 1, n + 1))
    return 1.0 - missed


def seed_noise(arms: Sequence[Scores]) -> SeedNoise:
    """What changing the training seed does to a whole model's mean, estimated from every arm with two or more seeds.

    Arms of one study share their budget, so their estimates are pooled: one arm with three seeds has two degrees of
    freedom, seven arms have fourteen. Mean squares of the two-way table (Searle, Casella, McCulloch 1992, section 4.3).
    """
    parts = [_one_arm_noise(scores) for scores in arms if len(scores) > 1 and len(scores[0]) > 1]
    freedom = sum(part.freedom for part in parts)
    total = sum(part.variance * part.freedom for part in parts)
    return SeedNoise(max(0.0, total / freedom), freedom) if freedom else SeedNoise()


def interval(
    scores: Scores,
    *,
    noise: SeedNoise | None = None,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> Interval:
    """The mean score with its interval over tasks and training seeds.

    Where every task has the same extreme score (a base model that solves nothing) a bootstrap has no width: the bound
    of Clopper and Pearson (1934) stands in.

    Args:
        noise: `seed_noise` of the study; of these scores alone where None. One seed adds none: it is that one model.

    Raises:
        ValueError: if there is no score, or rows differ in length.
    """
    tasks = _task_means(scores)
    value = fmean(tasks)
    if len(set(tasks)) == 1 and value in (0.0, 1.0):
        beyond = _never_seen(len(tasks), confidence)
        return Interval(value, 0.0, beyond) if value == 0.0 else Interval(value, 1.0 - beyond, 1.0)
    low, high, _ = _bounds(tasks, _added([scores], noise), confidence, resamples, seed)
    return Interval(value, max(0.0, low), min(1.0, high))


def difference(
    a: Scores,
    b: Scores,
    *,
    noise: SeedNoise | None = None,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 0,
) -> Difference:
    """Mean score of arm a minus that of arm b, paired by task: both arms always see the same resampled tasks.

    Seeds are not paired: seed 0 of one arm has nothing to do with seed 0 of the other, so each arm adds its own noise.
    Source of the pairing: Efron and Tibshirani 1993, ch. 8; Dror et al. 2018, section 3. Where no task tells the arms
    apart, the bootstrap has no width: the share of tasks that would is bounded as in `interval`.

    Args:
        noise: `seed_noise` of the study; of each of the two arms alone where None.

    Raises:
        ValueError: if the arms were measured on different numbers of tasks.
    """
    tasks_a, tasks_b = _task_means(a), _task_means(b)
    if len(tasks_a) != len(tasks_b):
        raise ValueError(f"arms measured on {len(tasks_a)} and {len(tasks_b)} tasks cannot be compared in pairs")
    tasks = [x - y for x, y in zip(tasks_a, tasks_b, strict=True)]
    low, high, p = _bounds(tasks, _added([a, b], noise), confidence, resamples, seed)
    if not any(tasks):
        beyond = _never_seen(len(tasks), confidence)
        low, high = min(low, -beyond), max(high, beyond)
    return Difference(fmean(tasks), low, high, p)


def mcnemar(wins: int, losses: int) -> float:
    """Two-sided exact p-value that `wins` tasks only a solved and `losses` tasks only b solved are a fair coin's.

    Source: McNemar 1947 in its exact, binomial form.
    """
    n = wins + losses
    tail: float = sum(math.comb(n, i) for i in range(min(wins, losses) + 1)) / 2**n
    return min(1.0, 2 * tail)


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values corrected for being several (family-wise error rate), in the given order.

    Source: Holm 1979, "A simple sequentially rejective multiple test procedure".
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    steps = (min(1.0, (len(order) - rank) * p_values[index]) for rank, index in enumerate(order))
    corrected = dict(zip(order, accumulate(steps, max), strict=True))
    return [corrected[index] for index in range(len(p_values))]


def calibration_error(confidences: Sequence[float], correct: Sequence[bool], bins: int = 10) -> float:
    """Mean gap between stated confidence and observed accuracy over equal-width bins, weighted by bin size (0 to 1).

    Source: Guo et al. 2017, "On Calibration of Modern Neural Networks", equation 5.
    """
    edges = [i / bins for i in range(1, bins)]
    gaps = [0.0] * bins
    for confidence, right in zip(confidences, correct, strict=True):
        gaps[bisect_right(edges, confidence)] += confidence - right
    return sum(abs(gap) for gap in gaps) / max(1, len(confidences))


# ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _never_seen(tasks: int, confidence: float) -> float:
    """How often something may happen that none of so many tasks showed (Clopper and Pearson 1934)."""
    return 1.0 - math.pow((1.0 - confidence) / 2, 1.0 / tasks)


def _task_means(scores: Scores) -> list[float]:
    if not scores or not scores[0]:
        raise ValueError("no scores: an interval needs at least one seed and one task")
    return [fmean(column) for column in zip(*scores, strict=True)]


def _one_arm_noise(scores: Scores) -> SeedNoise:
    """Variance of the seeds' means less what the tasks' own noise gives them; it may be negative, by chance."""
    rows, columns = [fmean(row) for row in scores], _task_means(scores)
    mean, freedom = fmean(rows), len(rows) - 1
    rest = sum(
        (score - row - column + mean) ** 2
        for line, row in zip(scores, rows, strict=True)
        for score, column in zip(line, columns, strict=True)
    ) / (freedom * (len(columns) - 1))
    return SeedNoise(variance(rows) - rest / len(columns), freedom)


def _added(arms: Sequence[Scores], noise: SeedNoise | None) -> list[SeedNoise]:
    """Variance of the mean that seeds add, one part for each estimate behind it."""
    trained = [scores for scores in arms if len(scores) > 1]
    if noise:
        share = sum(1 / len(scores) for scores in trained)
        return [SeedNoise(noise.variance * share, noise.freedom)]
    own = [(seed_noise([scores]), len(scores)) for scores in trained]
    return [SeedNoise(part.variance / seeds, part.freedom) for part, seeds in own]


def _bounds(
    tasks: Sequence[float], noises: Sequence[SeedNoise], confidence: float, resamples: int, seed: int
) -> tuple[float, float, float]:
    """Expanded percentile bounds of a mean over tasks with seed noise, and the two-sided p-value of 0."""
    spread = variance(tasks) / len(tasks) if len(tasks) > 1 else 0.0
    freedom = satterthwaite([SeedNoise(spread, max(1, len(tasks) - 1)), *noises])
    noise = sum(part.variance for part in noises)
    replicates = _replicates(tasks, noise, resamples, seed)
    tail = NORMAL.cdf(-t_quantile(0.5 + confidence / 2, freedom))
    low, high = _quantile(replicates, tail), _quantile(replicates, 1 - tail)
    error = math.sqrt(spread + noise)
    return low, high, min(1.0, 2 * t_tail(_distance(replicates, fmean(tasks), error), freedom))


def _distance(replicates: Sequence[float], mean: float, error: float) -> float:
    """How far the mean lies from 0, in standard errors, at least 0."""
    if not error:
        return math.inf if mean else 0.0
    below = bisect_right(replicates, 0.0)
    beyond = min(below, len(replicates) - below)
    if beyond < COUNTABLE:  # too few to count: the tail is taken as a normal one
        return abs(mean) / error
    return -NORMAL.inv_cdf(min(beyond / len(replicates), 0.5))


def _replicates(tasks: Sequence[float], noise: float, resamples: int, seed: int) -> list[float]:
    """Sorted means of tasks drawn with replacement, each with seed noise."""
    draw = random.Random(seed)
    count, shifts = len(tasks), normals(resamples, draw)
    scale = math.sqrt(noise)
    return sorted(sum(draw.choices(tasks, k=count)) / count + scale * shift for shift in shifts)


def normals(count: int, draw: random.Random) -> list[float]:
    """So many standard normal numbers, one from the middle of each of as many equally likely parts, in random order.

    Drawn freely, 2,000 of them may have a standard deviation of 0.97, and the seeds' part of every interval of a study,
    which all take the same draws, would be that much too narrow (stratified sampling: Cochran 1977, ch. 5).
    """
    found = [NORMAL.inv_cdf((place + 0.5) / count) for place in range(count)]
    draw.shuffle(found)
    return found


def satterthwaite(parts: Sequence[SeedNoise]) -> float:
    """Degrees of freedom of a sum of independent variance estimates (Satterthwaite 1946)."""
    total = sum(part.variance for part in parts)
    below = sum(part.variance**2 / part.freedom for part in parts if part.freedom)
    return total**2 / below if below else MANY


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Linear interpolation between order statistics (Hyndman and Fan 1996, type 6: unbiased for tails)."""
    position = min(max(share * (len(ordered) + 1) - 1, 0.0), len(ordered) - 1.0)
    index = min(int(position), len(ordered) - 2)
    return ordered[index] + (position - index) * (ordered[index + 1] - ordered[index])


def t_tail(t: float, freedom: float) -> float:
    """P(T > t) of Student's distribution, t >= 0, for any real degrees of freedom >= 1."""
    if freedom >= MANY:
        return NORMAL.cdf(-t)
    return 0.5 * (1 - _arc(math.atan(t / math.sqrt(freedom)), freedom) / _arc(math.pi / 2, freedom))


def t_quantile(share: float, freedom: float) -> float:
    """The t with P(T <= t) = share, share >= 0.5: Newton's steps for the angle whose tangent is t / sqrt(freedom).

    The integral bends one way only, so the steps come nearer from below and never go past.
    """
    if freedom >= MANY:
        return NORMAL.inv_cdf(share)
    angle, goal = 0.0, (2 * share - 1) * _arc(math.pi / 2, freedom)
    for _ in range(50):
        step = (goal - _arc(angle, freedom)) / math.cos(angle) ** (freedom - 1)
        angle += step
        if step < 1e-9:
            break
    return math.sqrt(freedom) * math.tan(angle)


def _arc(angle: float, freedom: float, steps: int = 200) -> float:
    """Integral of cos^(freedom-1) from 0 to the angle (Simpson): Student's density, t = sqrt(freedom) tan(angle)."""
    width = angle / steps
    values: list[float] = [max(0.0, math.cos(i * width)) ** (freedom - 1) for i in range(steps + 1)]
    return width / 3 * (values[0] + values[-1] + 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2]))
