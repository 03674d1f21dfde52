"""A probability means what it says: on tasks that were not seen, and after it has been to a file and back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from codefactory.errors import InputError
from codefactory.stats import calibration_error
from codefactory.types import Evidence, SolutionEvidence, Status, Vote
from codefactory.verify.calibration import (
    Example,
    cross_validated,
    fit,
    load,
    probabilities,
    reliability,
    shipped,
)
from codefactory.verify.grid import Standing


def _standing(share: float, held: float) -> Standing:
    return Standing(share, share, share, held, held, held, share, inputs=20, cases=20, others=9)


def _world(tasks: int, seed: int = 0) -> list[Example]:
    """Solutions that are right with probability share x held."""
    random.seed(seed)
    found = []
    for task in range(tasks):
        for _ in range(10):
            share, held = random.random(), random.random()
            found.append(Example(str(task), _standing(share, held), random.random() < share * held))
    return found


def test_probabilities_of_unseen_tasks_mean_what_they_say() -> None:
    examples = _world(300)
    given = cross_validated(examples, folds=5)
    assert calibration_error(given, [example.right for example in examples]) < 0.03


def test_a_task_with_many_solutions_counts_no_more_than_one_with_few() -> None:
    few = _world(100)
    loud = [Example("loud", _standing(0.9, 0.9), False)] * 5000
    sure = fit([*few, *loud], "loud").probability(_standing(0.9, 0.9))
    assert sure > 0.5


def test_a_calibration_comes_back_from_its_file(tmp_path: Path) -> None:
    fitted = fit(_world(50), "a test")
    fitted.save(tmp_path / "mine.json")
    assert load(tmp_path / "mine.json") == fitted


@pytest.mark.parametrize("text", ["", "{}", "[1]"])
def test_what_is_no_calibration_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text)
    with pytest.raises(InputError, match=r"bad\.json"):
        load(tmp_path / "bad.json")
    with pytest.raises(InputError, match=r"absent\.json"):
        load(tmp_path / "absent.json")


def test_a_feature_that_is_not_known_is_named(tmp_path: Path) -> None:
    fitted = fit(_world(50), "a test")
    fitted.save(tmp_path / "old.json")
    text = (tmp_path / "old.json").read_text().replace('"unity"', '"moon phase"')
    (tmp_path / "old.json").write_text(text)
    with pytest.raises(InputError, match="moon phase"):
        load(tmp_path / "old.json")


def test_truth_that_is_all_one_way_teaches_nothing() -> None:
    with pytest.raises(InputError, match="right and solutions that are wrong"):
        fit([example for example in _world(20) if example.right], "one-sided")


def test_a_reliability_diagram_counts_every_solution_once() -> None:
    bins = reliability([(0.05, False), (0.95, True), (1.0, True), (0.96, False)])
    assert [(one.low, one.count, round(one.right, 2)) for one in bins] == [(0.0, 1, 0.0), (0.9, 3, 0.67)]


def test_the_shipped_calibration_says_where_it_comes_from_and_trusts_agreement() -> None:
    known = shipped()
    assert "CodeT" in known.source
    agreeing = SolutionEvidence(Status.PASSED, ((True,) * 6, (True,) * 6), 0)
    alone = SolutionEvidence(Status.PASSED, ((True, False) * 3, (False,) * 6), 1)
    asked = tuple(Vote(f"f({number})", str(number), 80, 100) for number in range(50))
    together = probabilities(known, Evidence("draft", (agreeing,) * 80 + (alone,) * 20, asked))
    assert together[0] > 0.8 > 0.3 > together[99]
