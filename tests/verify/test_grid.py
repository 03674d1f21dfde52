"""What a grid says about its solutions: worked by hand here, on grids small enough to see through."""

from __future__ import annotations

import math

from codefactory.types import Evidence, SolutionEvidence, Status, Vote
from codefactory.verify.grid import clusters, consensus, dual_agreement, floor, held, pass_rate, standings, votes

YES, NO = True, False


def _evidence(rows: list[tuple[tuple[tuple[bool, ...], ...], int]], asked: tuple[Vote, ...] = ()) -> Evidence:
    solutions = tuple(SolutionEvidence(Status.PASSED, passed, cluster) for passed, cluster in rows)
    return Evidence("draft", solutions, asked)


def test_equal_answers_to_every_input_are_one_cluster_and_silence_is_none() -> None:
    assert clusters([["1", "2"], ["1", "3"], ["1", "2"], ["1", ""], ["!ValueError", "2"]]) == (0, 1, 0, -1, 2)
    assert clusters([[], []]) == (-1, -1)


def test_a_vote_counts_the_most_frequent_answer_among_those_that_answered() -> None:
    assert votes(["f(1)", "f(2)"], [["1", ""], ["2", ""], ["1", ""]]) == (
        Vote("f(1)", "1", 2, 3),
        Vote("f(2)", "", 0, 0),
    )


def test_codets_score_prefers_many_cases_to_many_solutions() -> None:
    three = ((YES, YES, YES, YES), 0)
    two = ((YES, YES, NO, NO), 1)
    evidence = _evidence([((row[0],), row[1]) for row in (two, two, two, three, three, ((NO,) * 4, 2))])
    best, second = dual_agreement(evidence)
    assert (best.solutions, best.cases, best.score) == ((3, 4), 4, math.sqrt(2) * 4)
    assert second.solutions == (0, 1, 2)


def test_solutions_that_pass_the_same_cases_agree_though_they_answer_differently() -> None:
    assert dual_agreement(_evidence([(((YES,),), 0), (((YES,),), 1)]))[0].solutions == (0, 1)


def test_the_pass_fraction_is_graded_over_all_suites() -> None:
    assert held(_evidence([(((YES, NO), (YES, YES), ()), 0)]), 0) == 0.75


def test_a_standing_says_where_a_solution_stands() -> None:
    asked = (Vote("f(1)", "1", 3, 4), Vote("f(2)", "2", 2, 4))
    good, bad = ((YES, YES), (YES,), ()), ((NO, NO), (NO,), ())
    first, *_, last = standings(_evidence([(good, 0), (good, 0), (bad, 1), (bad, -1)], asked))
    assert (first.share, first.lead, first.held, first.score) == (0.5, 0.25, 1.0, 1.0)
    assert (first.unity, first.inputs, first.cases, first.others) == (0.625, 2, 3, 3)
    assert (last.share, last.held, last.score) == (0.0, 0.0, 0.0)


def test_few_solutions_that_agree_say_less_than_many() -> None:
    assert floor(4, 4) < floor(80, 80) < 1
    assert round(floor(4, 4), 2) == 0.71  # 4 / (4 + 1.2816 ** 2)
    assert floor(0, 4) == 0


def test_the_suite_written_with_the_first_solution_is_no_independent_one() -> None:
    own_only = ((YES,), (NO,))
    first, second = standings(_evidence([(own_only, 0), (own_only, 0)]))
    assert (first.suites, second.suites) == (0.0, 0.5)


def test_consensus_wants_solutions_and_tests_together() -> None:
    crowd, right = (((NO, NO, YES),), 0), (((YES, YES, YES),), 1)
    assert consensus(_evidence([crowd, crowd, right, right, crowd])) == (2, 3)
    assert consensus(_evidence([(((YES,),), -1)])) == ()


def test_difficulty_is_the_share_of_the_samples_that_agree_with_what_is_kept() -> None:
    evidence = _evidence([(((YES,),), 0), (((YES,),), 0), (((NO,),), 1), (((NO,),), -1)])
    assert pass_rate(evidence, 0) == 0.5
    assert pass_rate(evidence, 3) == 0.5  # no cluster of its own: those that pass the same cases
