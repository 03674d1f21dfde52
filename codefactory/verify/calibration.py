"""A probability of being right for each solution, fitted on tasks whose truth is known.

A logistic regression over the standings of `grid`, with a penalty on its weights, fitted by Newton's method on plain
lists: a dozen weights need no library. Every task counts the same, however many solutions it has. Solutions of one
task are right or wrong together, so nothing may be learnt and measured on the same task: `cross_validated` leaves whole
tasks out. What was fitted is a small JSON file, and one ships with the package (its `source` says what it comes from).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from codefactory.errors import InputError
from codefactory.types import Evidence
from codefactory.verify.grid import Standing, standings

PENALTY = 1.0  # on every squared weight of a standardised feature; the intercept is free
STEPS = 50  # of Newton's method; it mostly needs eight
BINS = 10

FEATURES: dict[str, Callable[[Standing], float]] = {
    "floor": lambda one: one.floor,
    "lead": lambda one: one.lead,
    "held": lambda one: one.held,
    "suites": lambda one: one.suites,
    "score": lambda one: one.score,
    "unity": lambda one: one.unity,
    "consensus": lambda one: one.consensus,
    "log inputs": lambda one: math.log1p(one.inputs),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A solution whose truth is known: its task, what the grid says about it, and whether it is right."""

    task: str
    standing: Standing
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a reliability diagram: `count` solutions given from `low` up to `high`, and how many were right."""

    low: float
    high: float
    count: int
    probability: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of standardised features, and how well they did on tasks left out.

    `source` says what it was fitted on; `reliability` and `error` are the cross-validated diagram and its expected
    calibration error.
    """

    source: str
    features: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    tasks: int = 0
    solutions: int = 0
    error: float = 0.0
    reliability: tuple[Bin, ...] = ()

    def probability(self, standing: Standing) -> float:
        """That a solution of this standing is right; 0 where the grid has no input to know it by."""
        if not standing.cases:
            return 0.0
        values = (FEATURES[name](standing) for name in self.features)
        columns = zip(values, self.means, self.scales, self.weights, strict=True)
        return _sigmoid(self.intercept + sum(weight * (value - mean) / scale for value, mean, scale, weight in columns))

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Calibration:
    """What `save` wrote.

    Raises:
        InputError: if the file cannot be read, is no calibration, or names a feature that there is not.
    """
    try:
        found = TypeAdapter(Calibration).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"{error.error_count()} fields are wrong"
        raise InputError(f"{path}: is no calibration ({reason}); name a file that `Calibration.save` wrote") from error
    unknown = [name for name in found.features if name not in FEATURES]
    if unknown or not len(found.features) == len(found.means) == len(found.scales) == len(found.weights):
        raise InputError(f"{path}: does not fit this version (features {unknown or 'miscounted'}); fit it again")
    return found


@cache
def shipped() -> Calibration:
    """The calibration that comes with the package; its `source` names what it was fitted on."""
    return load(Path(str(files("codefactory.verify").joinpath("calibration.json"))))


def probabilities(calibration: Calibration, evidence: Evidence) -> tuple[float, ...]:
    """That each solution of a draft is right, in their order."""
    return tuple(map(calibration.probability, standings(evidence)))


# ── fitting ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def fit(examples: Sequence[Example], source: str, features: Sequence[str] = tuple(FEATURES)) -> Calibration:
    """The weights that make the known truth likeliest, every task counting the same.

    Raises:
        InputError: if the examples are all right or all wrong: there is nothing to tell apart.
    """
    examples = [example for example in examples if example.standing.cases]
    if len({example.right for example in examples}) < 2:
        raise InputError("a calibration needs solutions that are right and solutions that are wrong")
    counts: dict[str, int] = {}
    for example in examples:
        counts[example.task] = counts.get(example.task, 0) + 1
    # Solutions of one cluster look alike: one row for all of them.
    rows: dict[tuple[float, ...], list[float]] = {}
    for example in examples:
        values = tuple(FEATURES[name](example.standing) for name in features)
        share = rows.setdefault(values, [0.0, 0.0])
        share[example.right] += 1 / counts[example.task]
    inputs = list(rows)
    weights = [sum(share) for share in rows.values()]
    truth = [share[1] / sum(share) for share in rows.values()]
    total = sum(weights)
    columns = list(zip(*inputs, strict=True))
    means = [sum(w * v for w, v in zip(weights, column, strict=True)) / total for column in columns]
    scales = [_scale(column, mean, weights, total) for column, mean in zip(columns, means, strict=True)]
    standard = [[(v - m) / s for v, m, s in zip(row, means, scales, strict=True)] for row in inputs]
    found = _newton([[1.0, *row] for row in standard], truth, weights)
    kept = len(examples)
    return Calibration(
        source, tuple(features), tuple(means), tuple(scales), tuple(found[1:]), found[0], len(counts), kept
    )


def _scale(column: Sequence[float], mean: float, weights: Sequence[float], total: float) -> float:
    variance = sum(weight * (value - mean) ** 2 for weight, value in zip(weights, column, strict=True)) / total
    return math.sqrt(variance) or 1.0


def _newton(design: list[list[float]], truth: list[float], weights: list[float]) -> list[float]:
    """Penalised maximum likelihood: intercept first."""
    size = len(design[0])
    beta = [0.0] * size
    for _ in range(STEPS):
        gradient = [0.0, *(-PENALTY * value for value in beta[1:])]
        curvature = [[PENALTY * (i == j > 0) for j in range(size)] for i in range(size)]
        for row, target, weight in zip(design, truth, weights, strict=True):
            guess = _sigmoid(sum(b * x for b, x in zip(beta, row, strict=True)))
            error, spread = weight * (target - guess), weight * guess * (1 - guess)
            for i, x in enumerate(row):
                gradient[i] += error * x
                for j in range(i + 1):
                    curvature[i][j] += spread * x * row[j]
        for i in range(size):
            for j in range(i + 1, size):
                curvature[i][j] = curvature[j][i]
        step = _solve(curvature, gradient)
        beta = [value + change for value, change in zip(beta, step, strict=True)]
        if max(map(abs, step)) < 1e-8:
            break
    return beta


def _solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Gaussian elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [value - factor * top for value, top in zip(rows[row], rows[column], strict=True)]
    return [rows[index][size] / rows[index][index] for index in range(size)]


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


# ── measuring ────────────────────────────────────────────────────────────────────────────────────────────────────────


def cross_validated(examples: Sequence[Example], folds: int = 0, **fitting: Sequence[str]) -> list[float]:
    """The probability of every example from a fit that never saw its task; `folds` 0 leaves out one task at a time.

    Raises:
        InputError: if the tasks left in are all right or all wrong.
    """
    tasks = list(dict.fromkeys(example.task for example in examples))
    folds = folds or len(tasks)
    groups = {task: number % folds for number, task in enumerate(tasks)}
    found = [0.0] * len(examples)
    for fold in range(folds):
        seen = [example for example in examples if groups[example.task] != fold]
        fitted = fit(seen, "", **fitting)
        for index, example in enumerate(examples):
            if groups[example.task] == fold:
                found[index] = fitted.probability(example.standing)
    return found


def reliability(pairs: Iterable[tuple[float, bool]], bins: int = BINS) -> tuple[Bin, ...]:
    """A reliability diagram: (probability, right) in bins of equal width; an empty bin is left out."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for probability, right in pairs:
        held.setdefault(min(int(probability * bins), bins - 1), []).append((probability, right))
    return tuple(
        Bin(
            number / bins,
            (number + 1) / bins,
            len(inside),
            sum(p for p, _ in inside) / len(inside),
            sum(r for _, r in inside) / len(inside),
        )
        for number, inside in sorted(held.items())
    )
