"""Do the study's intervals cover what they promise, and how often does it say "beats" where nothing is better?

Simulated studies whose truth is known: tasks of beta-distributed difficulty, arms that are good at different tasks with
the same mean, training seeds that lift or sink a whole model. Each study goes through the code of real ones
(`seed_noise`, `interval`, `compare` with Holm's correction); counted is how often the 95 % intervals hold the true
score and the true difference, and how often any comparison of equal arms is called a win.

Every study of real arms takes the same bootstrap draws; so does every simulated one, so that a chance in them shows.
They are kept as a matrix here, by which numpy multiplies; that `stats` gives the same replicates is checked first.

    python -m benchmarks.study_statistics [--quick] [--studies N] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# A process a core multiplies; threads of its own would spin while they wait for each other. numpy reads it on import.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from rich.console import Console
from rich.table import Table

from codefactory import stats
from codefactory.study.compare import Measured, compare

CONFIDENCE, RESAMPLES = 0.95, 2000  # those of a study file
LOW, HIGH, FALSE_WINS = 0.93, 0.97, 0.05
# Arms of equal mean, so that every win is a false one; (name, data, synthetic rows).
ARMS = (
    ("human", "human", 0),
    ("synthetic 500", "synthetic", 500),
    ("synthetic 2000", "synthetic", 2000),
    ("unfiltered 2000", "unfiltered", 2000),
    ("mixed", "mixed", 2000),
)


@dataclass(frozen=True, slots=True)
class World:
    """What studies are drawn from: mean score, spread of task difficulty (small: all or nothing), and seed noise."""

    name: str
    mean: float
    concentration: float
    seed_sd: float
    tasks: int
    seeds: int


WORLDS = (
    World("seeds alike", 0.30, 1.2, 0.00, 324, 3),
    World("seeds differ by 1 point", 0.30, 1.2, 0.01, 324, 3),
    World("seeds differ by 3 points", 0.40, 2.0, 0.03, 324, 3),
    World("two seeds, 1 point", 0.30, 1.2, 0.01, 324, 2),
    World("one seed, no noise", 0.50, 1.2, 0.00, 324, 1),
    World("hard tasks", 0.06, 1.2, 0.003, 324, 3),
)


@cache
def draws(tasks: int, resamples: int, seed: int) -> tuple[Any, Any]:
    """How often each replicate takes each task, as a share (resamples x tasks), and its seed noise: as in `stats`."""
    draw = random.Random(seed)
    shifts = stats.normals(resamples, draw)
    taken = [np.bincount(draw.choices(range(tasks), k=tasks), minlength=tasks) for _ in range(resamples)]
    return np.array(taken) / tasks, np.array(shifts)


def replicates(tasks: Sequence[float], noise: float, resamples: int, seed: int) -> list[float]:
    """What `stats._replicates` gives, by one multiplication."""
    taken, shifts = draws(len(tasks), resamples, seed)
    found: list[float] = np.sort(taken @ np.asarray(tasks) + shifts * noise**0.5).tolist()
    return found


def take_over() -> None:
    """Let `stats` draw through numpy.

    Raises:
        AssertionError: if that is not the same.
    """
    tasks = [float(number % 3) / 2 for number in range(97)]
    slow, quick = stats._replicates(tasks, 0.0004, 101, 7), replicates(tasks, 0.0004, 101, 7)
    assert max(abs(a - b) for a, b in zip(slow, quick, strict=True)) < 1e-12, "numpy draws otherwise than stats"
    stats._replicates = replicates


def study(world: World, draw: np.random.Generator) -> list[Measured]:
    """One simulated study; every arm's true score is `world.mean`, exactly."""

    def difficulties() -> Any:
        return draw.beta(world.mean * world.concentration, (1 - world.mean) * world.concentration, world.tasks)

    shared = difficulties()
    # E[p (1 - p)] of the mixture below: the lift is scaled so that a seed moves the mean by `seed_sd`.
    spread = world.mean * (1 - world.mean) * (1 - 0.5 / (world.concentration + 1))
    arms = []
    for name, data, rows in ARMS:
        # Half of a task's difficulty is common to all arms, half an arm's own.
        chances = (shared + difficulties()) / 2
        lifts = np.clip(draw.normal(0, world.seed_sd / spread, (world.seeds, 1)), -1, 1)
        passed = draw.random((world.seeds, world.tasks)) < chances + lifts * chances * (1 - chances)
        arms.append(Measured(name, data, rows, passed.astype(float).tolist()))
    return arms


def measure(world: World, first: int, studies: int, resamples: int) -> Counter[str]:
    """Counts over simulated studies number `first` and on: intervals, those that held the truth, studies with a win."""
    take_over() if stats._replicates is not replicates else None
    found: Counter[str] = Counter()
    for number in range(first, first + studies):
        arms = study(world, np.random.default_rng([number, *world.name.encode()]))
        noise = stats.seed_noise([arm.scores for arm in arms])
        for arm in arms[:2]:
            one = stats.interval(arm.scores, noise=noise, confidence=CONFIDENCE, resamples=resamples)
            found["scores"] += 1
            found["scores held"] += one.low <= world.mean <= one.high
        comparisons = compare(arms, noise, CONFIDENCE, resamples)
        found["differences"] += len(comparisons)
        found["differences held"] += sum(one.low <= 0 <= one.high for one in comparisons)
        found["studies"] += 1
        found["studies with a win"] += any(one.shown for one in comparisons)
    return found


def simulate(studies: int, resamples: int, worlds: tuple[World, ...]) -> Iterator[tuple[World, Counter[str]]]:
    """Every world, its studies spread over the cores."""
    cores = os.cpu_count() or 1
    share = -(-studies // cores)
    with ProcessPoolExecutor(cores) as pool:
        starts = range(0, studies, share)
        jobs = {
            world: [pool.submit(measure, world, first, min(share, studies - first), resamples) for first in starts]
            for world in worlds
        }
        for world, parts in jobs.items():
            yield world, sum((part.result() for part in parts), Counter())


def claims(total: Counter[str]) -> list[dict[str, object]]:
    """The promises with what was found, over all worlds together."""

    def claim(text: str, value: float, low: float, high: float) -> dict[str, object]:
        bar = f"{low:g} to {high:g}" if low else f"at most {high:g}"
        return {"claim": text, "value": round(value, 4), "bar": bar, "holds": low <= value <= high}

    return [
        claim("95 % intervals hold the true score of an arm", total["scores held"] / total["scores"], LOW, HIGH),
        claim(
            "95 % intervals hold the true difference of two arms",
            total["differences held"] / total["differences"],
            LOW,
            HIGH,
        ),
        claim(
            "studies of equal arms that call anything a win",
            total["studies with a win"] / total["studies"],
            0.0,
            FALSE_WINS,
        ),
    ]


def main() -> None:
    """Print a table, a line a claim, and write them as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer and smaller studies, under 45 s")
    parser.add_argument("--studies", type=int, metavar="N", help="a world; default: 1000, with --quick 150")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    studies = options.studies or (150 if options.quick else 1000)
    worlds = tuple(_smaller(world) for world in WORLDS) if options.quick else WORLDS
    started, console = time.monotonic(), Console()
    table = Table("simulated world", title=f"{studies} studies a world, {len(ARMS)} arms each, {RESAMPLES} resamples")
    for head in ("tasks", "seeds", "holds the score", "holds the difference", "calls a win"):
        table.add_column(head, justify="right")
    total: Counter[str] = Counter()
    for world, found in simulate(studies, RESAMPLES, worlds):
        total.update(found)
        shares = [found[f"{kind} held"] / found[kind] for kind in ("scores", "differences")]
        shares.append(found["studies with a win"] / found["studies"])
        table.add_row(world.name, str(world.tasks), str(world.seeds), *(f"{100 * share:.1f} %" for share in shares))
    console.print(table)
    made = claims(total)
    for claim in made:
        console.print(f"{'holds' if claim['holds'] else 'FAILS'}: {claim['claim']}: {claim['value']} ({claim['bar']})")
    if options.json:
        report = {"claims": made, "seconds": round(time.monotonic() - started, 1), "quick": options.quick}
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def _smaller(world: World) -> World:
    return World(world.name, world.mean, world.concentration, world.seed_sd, world.tasks // 2, world.seeds)


if __name__ == "__main__":
    main()
