"""Promise of a judge's scores: they travel from draft to row, and a selection can ask for a least one."""

from __future__ import annotations

from codefactory.selection import _measured
from codefactory.types import Draft, Evidence, Problem, Solution
from codefactory.verify.policy import Decision


def test_scores_of_a_draft_are_in_its_rows() -> None:
    solution = Solution("def f():\n    return 1\n")
    draft = Draft(Problem("One.", "f"), (solution,), (), scores=(("clear", 5), ("correct", 4)))
    decision = Decision(solutions=(solution,), indices=(0,))
    assert _measured(draft, Evidence(draft.id), (), decision, solution) == {
        "score_clear": "5",
        "score_correct": "4",
        "score": "4.50",
    }
