"""The crossing with the human arm is where the curve meets it, is not drawn beyond the data, and its interval holds."""

from __future__ import annotations

import random

import pytest

from codefactory.stats import SeedNoise
from codefactory.study.compare import Measured
from codefactory.study.scaling import crossing, isotonic, meeting

NONE = SeedNoise()


def arm(name: str, data: str, rows: int, share: float, draw: random.Random, tasks: int = 400) -> Measured:
    return Measured(name, data, rows, [[float(draw.random() < share) for _ in range(tasks)]])


def study(shares: dict[int, float], human: float, seed: int = 0, tasks: int = 400) -> list[Measured]:
    draw = random.Random(seed)
    return [
        arm("human", "human", 0, human, draw, tasks),
        *(arm(f"synthetic {rows}", "synthetic", rows, share, draw, tasks) for rows, share in shares.items()),
    ]


def test_the_curve_is_made_non_decreasing() -> None:
    assert isotonic([1.0, 3.0, 2.0, 4.0]) == [1.0, 2.5, 2.5, 4.0]
    assert isotonic([3.0, 2.0, 1.0]) == [2.0, 2.0, 2.0]


def test_the_meeting_is_straight_on_a_log_scale() -> None:
    assert meeting([100, 400], [0.2, 0.4], 0.3) == pytest.approx(200)
    assert meeting([100, 400], [0.2, 0.4], 0.1) == 100
    assert meeting([100, 400], [0.2, 0.4], 0.5) is None


def test_a_crossing_lies_between_the_sizes_and_inside_its_interval() -> None:
    found = crossing(study({100: 0.1, 400: 0.3, 1600: 0.6}, 0.4, tasks=2000), NONE, 0.95, 400)
    assert found
    assert found.rows is not None
    assert found.low is not None
    assert found.high is not None
    assert 400 < found.low < found.rows < found.high < 1600
    assert found.sentence == (
        f"synthetic data is level with human from about {found.rows:,.0f} rows on "
        f"(95 % interval {found.low:,.0f} to {found.high:,.0f})"
    )


def test_the_interval_holds_the_true_crossing_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(60):
        found = crossing(study({100: 0.2, 400: 0.4, 1600: 0.6}, 0.5, seed), NONE, 0.9, 200)
        assert found
        low, high = found.low or 10**9, found.high or 10**9
        held += low <= 800 <= high
    assert 47 <= held <= 60


def test_what_is_never_reached_is_not_extrapolated() -> None:
    found = crossing(study({100: 0.05, 400: 0.06}, 0.6), NONE, 0.95, 200)
    assert found
    assert (found.rows, found.low, found.high, found.reached) == (None, None, None, 0.0)
    assert "does not reach human with up to 400 rows" in found.sentence


def test_a_curve_that_starts_above_says_at_most() -> None:
    found = crossing(study({100: 0.6, 400: 0.7}, 0.1), NONE, 0.95, 200)
    assert found
    assert found.low_open
    assert "from at most 100 rows on" in found.sentence


def test_there_is_no_crossing_without_human_or_with_one_size() -> None:
    assert crossing(study({100: 0.2}, 0.1), NONE, 0.95, 100) is None
    assert crossing(study({100: 0.2, 200: 0.3}, 0.1)[1:], NONE, 0.95, 100) is None


def test_other_policies_are_no_part_of_the_curve() -> None:
    arms = study({100: 0.2, 400: 0.4}, 0.3)
    other = Measured("strict 1600", "synthetic", 1600, arms[1].scores, variant="strict")
    assert crossing([*arms, other], NONE, 0.95, 100) == crossing(arms, NONE, 0.95, 100)
