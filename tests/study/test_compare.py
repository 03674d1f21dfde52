"""The comparisons are the planned ones, and their sentences say what the numbers say."""

from __future__ import annotations

import random

from codefactory import stats
from codefactory.study.compare import Measured, compare, pairs


def arm(name: str, data: str, rows: int = 0, share: float = 0.3, seeds: int = 3, tasks: int = 200) -> Measured:
    draw = random.Random(name)
    hard = [random.Random(task).random() for task in range(tasks)]
    scores = [[float(level + draw.gauss(0, 0.1) < share) for level in hard] for _ in range(seeds)]
    return Measured(name, data, rows, scores)


STUDY = [
    arm("base", "none", seeds=1, share=0.05),
    arm("human", "human"),
    arm("small", "synthetic", 500, share=0.31),
    arm("large", "synthetic", 2000, share=0.45),
    arm("unfiltered", "unfiltered", 2000, share=0.4),
    arm("mixed", "mixed", 2000, share=0.46),
]


def names(arms: list[Measured]) -> set[tuple[str, str]]:
    return {(a.name, b.name) for a, b in pairs(arms)}


def test_the_planned_comparisons_are_made() -> None:
    assert names(STUDY) == {
        ("human", "base"), ("small", "base"), ("large", "base"), ("unfiltered", "base"), ("mixed", "base"),
        ("small", "human"), ("large", "human"), ("mixed", "human"), ("large", "unfiltered"), ("mixed", "large"),
    }  # fmt: skip


def test_the_order_of_the_arms_does_not_matter() -> None:
    assert names(STUDY) == names(STUDY[::-1])


def test_sentences_say_what_the_numbers_say() -> None:
    found = compare(STUDY, stats.seed_noise([one.scores for one in STUDY]), 0.95, 500)
    by_pair = {(one.a, one.b): one for one in found}
    large = by_pair["large", "human"]
    assert large.shown
    assert large.sentence == (
        f"large beats human by {100 * large.difference:.1f} points "
        f"(95 % interval {100 * large.low:.1f} to {100 * large.high:.1f}; 3 seeds, 200 tasks)"
    )
    small = by_pair["small", "human"]
    assert not small.shown
    assert small.sentence.startswith(
        f"no difference shown between small and human ({100 * small.difference:+.1f} points, "
    )


def test_the_better_arm_is_the_subject_whichever_was_hoped_for() -> None:
    arms = [arm("human", "human", share=0.6), arm("synthetic", "synthetic", 500, share=0.2)]
    (found,) = compare(arms, stats.SeedNoise(), 0.95, 500)
    assert found.difference < 0
    assert found.sentence.startswith(f"human beats synthetic by {-100 * found.difference:.1f} points (95 % interval ")
    assert f"{-100 * found.high:.1f} to {-100 * found.low:.1f}" in found.sentence


def test_one_seed_is_said_to_leave_chance_in_training_out() -> None:
    arms = [arm("human", "human", seeds=1), arm("synthetic", "synthetic", 500, seeds=1)]
    (found,) = compare(arms, stats.SeedNoise(), 0.95, 200)
    assert "1 seed, so chance in training is not counted" in found.sentence


def test_what_does_not_survive_the_correction_is_not_called_a_win() -> None:
    human = Measured("human", "human", 0, [[1.0] * 80 + [0.0] * 120])
    gain = Measured("gain", "synthetic", 1, [[1.0] * 75 + [0.0] * 5 + [1.0] * 18 + [0.0] * 102])
    (alone,) = compare([human, gain], stats.SeedNoise(), 0.95, 500)
    assert alone.shown
    same = [Measured(f"same {rows}", "synthetic", rows, human.scores) for rows in range(2, 14)]
    found = compare([human, *same, gain], stats.SeedNoise(), 0.95, 500)[-1]
    assert found.low > 0
    assert found.p == alone.p < 0.05 < found.p_corrected
    assert found.sentence.startswith("no difference shown between gain and human (+6.5 points")
    assert "not after correction for 13 comparisons" in found.sentence


def test_tasks_only_one_arm_solves_are_counted() -> None:
    a = Measured("a", "synthetic", 1, [[1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 1.0], [1.0, 1.0, 0.0, 0.0]])
    b = Measured("b", "human", 0, [[0.0, 1.0, 0.0, 1.0]])
    (found,) = compare([a, b], stats.SeedNoise(), 0.95, 100)
    assert (found.wins, found.losses) == (1, 1)
    assert found.p_mcnemar == 1.0
