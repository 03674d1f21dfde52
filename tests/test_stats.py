"""The statistics do what their sources say; what the intervals cover is measured by benchmarks/study_statistics.py."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from codefactory import stats


@pytest.mark.parametrize(("n", "c", "k"), [(5, 2, 1), (5, 2, 3), (6, 1, 4), (7, 0, 2), (4, 4, 3), (8, 6, 3)])
def test_pass_at_k_is_the_share_of_k_subsets_with_a_pass(n: int, c: int, k: int) -> None:
    subsets = list(itertools.combinations(range(n), k))
    assert stats.pass_at_k(n, c, k) == pytest.approx(sum(min(subset) < c for subset in subsets) / len(subsets))


@pytest.mark.parametrize(("n", "c", "k"), [(2, 1, 3), (2, 3, 1), (2, -1, 1), (2, 1, 0), (0, 0, 1)])
def test_pass_at_k_refuses_counts_that_cannot_be(n: int, c: int, k: int) -> None:
    with pytest.raises(ValueError, match="needs at least"):
        stats.pass_at_k(n, c, k)


def test_an_interval_holds_its_score_and_is_the_same_every_time() -> None:
    scores = [[float(i % 3 == 0) for i in range(90)]]
    found = stats.interval(scores)
    assert found.value == pytest.approx(1 / 3)
    assert found.low < found.value < found.high
    assert found == stats.interval(scores)


def test_an_interval_is_as_wide_as_the_normal_one_where_that_is_right() -> None:
    scores = [[float(i % 2) for i in range(400)]]
    found = stats.interval(scores, resamples=4000)
    assert found.high - found.low == pytest.approx(2 * 1.966 * math.sqrt(0.25 / 399), rel=0.06)


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_a_model_that_solves_nothing_or_everything_still_has_an_interval(score: float) -> None:
    found = stats.interval([[score] * 100])
    assert found.value == score
    assert found.high - found.low == pytest.approx(1 - 0.025 ** (1 / 100))


def test_confidence_widens_an_interval() -> None:
    scores = [[float(i % 4 == 0) for i in range(80)]]
    narrow, wide = stats.interval(scores, confidence=0.8), stats.interval(scores, confidence=0.99)
    assert wide.low < narrow.low < narrow.high < wide.high


def test_seeds_that_move_whole_models_widen_the_interval() -> None:
    quiet = [[float((i + shift) % 4 == 0) for i in range(200)] for shift in range(3)]
    moved = [[float(i % every == 0) for i in range(200)] for every in (3, 4, 6)]
    assert stats.seed_noise([moved]).variance > 10 * stats.seed_noise([quiet]).variance
    width = [found.high - found.low for found in (stats.interval(quiet), stats.interval(moved))]
    assert width[1] > 1.5 * width[0]


@pytest.mark.parametrize("count", [100, 400, 2000])
def test_the_draws_of_seed_noise_have_the_spread_they_stand_for(count: int) -> None:
    """Two thousand free draws may come out 3 % too narrow, and then all intervals of all studies are."""
    drawn = stats.normals(count, random.Random(0))
    assert abs(sum(drawn)) < 1e-6
    assert math.sqrt(sum(one * one for one in drawn) / count) == pytest.approx(1, abs=0.02)
    assert drawn != sorted(drawn)


def test_seed_noise_is_pooled_over_arms_and_never_negative() -> None:
    draw = random.Random(0)
    arms = [[[float(draw.random() < 0.3) for _ in range(100)] for _ in range(3)] for _ in range(7)]
    assert stats.seed_noise(arms).freedom == 14
    assert stats.seed_noise(arms).variance >= 0
    assert stats.seed_noise([[[0.0, 1.0]]]) == stats.SeedNoise(0.0, 0)


def test_a_difference_is_paired_by_task() -> None:
    """On tasks that both arms find equally hard, the pairing makes a small gain visible."""
    hard = [float(i % 2) for i in range(200)]
    better = [1.0 if i % 10 == 0 else score for i, score in enumerate(hard)]
    found = stats.difference([better], [hard])
    assert found.value == pytest.approx(0.1)
    assert found.low > 0
    assert found.p < 0.01
    apart = stats.difference([better[::2] + better[1::2]], [hard])
    assert apart.value == found.value
    assert apart.p > 0.05


def test_a_difference_turned_round_is_the_same_difference() -> None:
    a, b = [[1.0, 0.0, 1.0, 1.0] * 20], [[0.0, 0.0, 1.0, 1.0] * 20]
    there, back = stats.difference(a, b), stats.difference(b, a)
    assert there.value == -back.value
    assert there.low == pytest.approx(-back.high, abs=0.02)


def test_p_and_interval_agree_about_zero() -> None:
    draw = random.Random(4)
    for _ in range(30):
        lift = draw.random() * 0.25
        a = [[float(draw.random() < 0.3 + lift) for _ in range(80)] for _ in range(2)]
        b = [[float(draw.random() < 0.3) for _ in range(80)] for _ in range(2)]
        found = stats.difference(a, b, resamples=500)
        if abs(found.p - 0.05) > 0.01:  # at the edge the two round differently
            assert (found.p < 0.05) == (not found.low <= 0 <= found.high)


def test_identical_arms_do_not_differ_as_far_as_so_many_tasks_can_tell() -> None:
    scores = [[1.0, 0.0] * 50]
    found = stats.difference(scores, scores)
    assert (found.value, found.p) == (0.0, 1.0)
    assert found.high == -found.low == pytest.approx(1 - 0.025 ** (1 / 100))


def test_arms_on_different_tasks_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="3 and 2 tasks"):
        stats.difference([[1.0, 0.0, 1.0]], [[1.0, 0.0]])


def test_no_scores_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one seed and one task"):
        stats.interval([])


@pytest.mark.parametrize(("wins", "losses", "p"), [(0, 0, 1.0), (5, 5, 1.0), (10, 2, 0.03857421875), (8, 0, 2 / 256)])
def test_mcnemar_is_the_exact_sign_test(wins: int, losses: int, p: float) -> None:
    assert stats.mcnemar(wins, losses) == pytest.approx(p)
    assert stats.mcnemar(losses, wins) == pytest.approx(p)


def test_mcnemar_takes_many_tasks() -> None:
    assert stats.mcnemar(3000, 2000) < 1e-10


def test_holm_multiplies_by_what_is_left_and_never_falls() -> None:
    assert stats.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert stats.holm([0.9, 0.8]) == [1.0, 1.0]
    assert stats.holm([]) == []


def test_calibration_error_is_the_weighted_gap() -> None:
    assert stats.calibration_error([0.9, 0.9, 0.1, 0.1], [True, True, False, False]) == pytest.approx(0.1)
    assert stats.calibration_error([1.0, 1.0], [True, False]) == pytest.approx(0.5)
    assert stats.calibration_error([], []) == 0.0


@pytest.mark.parametrize(
    ("share", "freedom", "t"),
    [
        (0.975, 1, 12.706),
        (0.975, 2, 4.303),
        (0.975, 14, 2.145),
        (0.95, 5, 2.015),
        (0.975, 120, 1.980),
        (0.9995, 10, 4.587),
        (0.9995, 3, 12.924),
    ],
)
def test_t_quantiles_are_those_of_the_table(share: float, freedom: float, t: float) -> None:
    assert stats.t_quantile(share, freedom) == pytest.approx(t, abs=0.001)
    assert stats.t_tail(t, freedom) == pytest.approx(1 - share, abs=0.0002)
