"""What a grid of k solutions x m suites says: behaviour clusters, votes, CodeT's agreement, graded shares, difficulty.

Pure functions over facts and evidence: nothing is executed here and nothing is decided. A *standing* is what the grid
says about one solution, in shares, so that drafts of different sizes can be compared; `calibration` makes a
probability of it, `policy` puts thresholds on it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from codefactory.types import Draft, Evidence, Vote

Z = 1.2816  # of a normal distribution, 90 % lie below it
Answers = Sequence[Sequence[str]]  # one row a solution, one text an input: a tagged literal, `!Error`, "" for silence


@dataclass(frozen=True, slots=True)
class Agreement:
    """Solutions that pass the same cases (their indices), how many cases those are, and CodeT's score for them."""

    solutions: tuple[int, ...]
    cases: int
    score: float


@dataclass(frozen=True, slots=True)
class Standing:
    """What the grid says about one solution; every number but the counts is a share from 0 to 1.

    Attributes:
        share: of the solutions, itself included, that answer as it does on every input; 0 where it left one unanswered.
        floor: what that share is at least, in nine of ten draws of so many solutions: 4 of 4 say less than 80 of 80.
        lead: its share less the largest share of another cluster; -1 to 1.
        held: of the values that the model expects, over all suites, those that it returns (graded, not all-or-nothing).
        suites: of the suites that have cases and were not written with it, those that hold in full. Only the first
            solution has a suite of its own, the first.
        score: CodeT's dual agreement of the solutions that pass the same cases, as a share of the draft's best.
        unity: over the inputs, the mean share of the solutions that gave the most frequent answer.
        inputs: distinct inputs.
        cases: cases over all suites.
        others: solutions of the draft besides this one.
    """

    share: float
    floor: float
    lead: float
    held: float
    suites: float
    score: float
    unity: float
    inputs: int
    cases: int
    others: int

    @property
    def consensus(self) -> float:
        """How far solutions and tests support it together: floor x held, 0 to 1."""
        return self.floor * self.held


def clusters(answers: Answers) -> tuple[int, ...]:
    """The behaviour cluster of every solution: equal answers to every input; -1 where an input went unanswered."""
    seen: dict[tuple[str, ...], int] = {}
    return tuple(seen.setdefault(tuple(row), len(seen)) if row and all(row) else -1 for row in answers)


def votes(expressions: Sequence[str], answers: Answers) -> tuple[Vote, ...]:
    """For every input the most frequent answer: self-consistency (Wang et al. 2022, arXiv 2203.11171), by execution."""
    found = []
    for column, expression in enumerate(expressions):
        given = [row[column] for row in answers if row[column]]
        value, count = Counter(given).most_common(1)[0] if given else ("", 0)
        found.append(Vote(expression, value, count, len(given)))
    return tuple(found)


def dual_agreement(evidence: Evidence, draft: Draft | None = None) -> tuple[Agreement, ...]:
    """Solutions grouped by the cases that they pass, best first: CodeT (Chen et al. 2022, arXiv 2207.10397).

    The score is sqrt(solutions) x cases passed; a solution that was written twice counts twice. So does a case,
    unless the draft is given: then cases of one call and one expected value are one. Solutions that pass nothing are in
    no group.
    """
    groups: dict[tuple[tuple[bool, ...], ...], list[int]] = {}
    for index, row in enumerate(evidence.solutions):
        groups.setdefault(row.passed, []).append(index)
    found = []
    for passed, members in groups.items():
        cases = len(_met(draft, passed)) if draft else sum(map(sum, passed))
        if cases:
            found.append(Agreement(tuple(members), cases, math.sqrt(len(members)) * cases))
    return tuple(sorted(found, key=lambda group: -group.score))


def _met(draft: Draft, passed: tuple[tuple[bool, ...], ...]) -> set[object]:
    """The distinct cases that are passed."""
    rows = zip(draft.suites, passed, strict=True)
    pairs = (pair for suite, row in rows for pair in zip(suite.cases, row, strict=True))
    return {case.call or case.source for case, held in pairs if held}


def floor(count: int, total: int) -> float:
    """Lower end of the one-sided 90 % interval of a share, 0 to 1: Wilson's score interval (Wilson 1927)."""
    share, square = count / total, Z * Z
    centre = share + square / (2 * total)
    spread = Z * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return max(0.0, (centre - spread) / (1 + square / total)) if count else 0.0


def consensus(evidence: Evidence) -> tuple[int, ...]:
    """The solutions of the behaviour cluster with the largest (share of the solutions) x (share of the cases passed).

    The larger cluster where that is equal, then the first; () where every solution left an input unanswered.
    """
    members: dict[int, list[int]] = {}
    for index, row in enumerate(evidence.solutions):
        if row.cluster >= 0:
            members.setdefault(row.cluster, []).append(index)
    groups = sorted(members.values(), key=lambda group: (-len(group) * held(evidence, group[0]), -len(group)))
    return tuple(groups[0]) if groups else ()


def majority(evidence: Evidence) -> list[int]:
    """The solutions of the largest cluster, where it has at least two and so could be agreed on; one alone agrees."""
    sizes = Counter(row.cluster for row in evidence.solutions if row.cluster >= 0)
    cluster, size = max(sizes.items(), key=lambda one: one[1], default=(-1, 0))
    agreed = size >= min(2, len(evidence.solutions))
    return [index for index, row in enumerate(evidence.solutions) if agreed and row.cluster == cluster]


def promising(evidence: Evidence) -> bool:
    """Whether anything speaks for anything: a suite that holds for a solution, or solutions that agree.

    Where nothing does no stub is run, so no policy that rejects what stubs pass may keep anything.
    """
    holds = any(suite and all(suite) for row in evidence.solutions for suite in row.passed)
    return holds or bool(majority(evidence))


def held(evidence: Evidence, index: int) -> float:
    """The share of the cases of all suites that a solution passes; 0 where there is no case."""
    passed = evidence.solutions[index].passed
    cases = sum(map(len, passed))
    return sum(map(sum, passed)) / cases if cases else 0.0


def standings(evidence: Evidence) -> tuple[Standing, ...]:
    """What the grid says about every solution, in their order."""
    if not evidence.solutions:
        return ()
    total = len(evidence.solutions)
    sizes = Counter(row.cluster for row in evidence.solutions if row.cluster >= 0)
    scores = {index: group.score for group in dual_agreement(evidence) for index in group.solutions}
    best = max(scores.values(), default=1.0)
    unity = sum(vote.votes for vote in evidence.votes) / (total * len(evidence.votes)) if evidence.votes else 0.0
    found = []
    for index, row in enumerate(evidence.solutions):
        size = sizes.get(row.cluster, 0)
        rival = max((count for cluster, count in sizes.items() if cluster != row.cluster), default=0)
        found.append(
            Standing(
                share=size / total,
                floor=floor(size, total),
                lead=(size - rival) / total,
                held=held(evidence, index),
                suites=_independent(row.passed, index),
                score=scores.get(index, 0.0) / best,
                unity=unity,
                inputs=len(evidence.votes),
                cases=sum(map(len, row.passed)),
                others=total - 1,
            )
        )
    return tuple(found)


def _independent(passed: tuple[tuple[bool, ...], ...], solution: int) -> float:
    others = [all(suite) for number, suite in enumerate(passed) if suite and not number == solution == 0]
    return sum(others) / len(others) if others else 0.0


def pass_rate(evidence: Evidence, index: int) -> float:
    """How easy the problem was for its writer: the share of the k solutions that are right if solution `index` is.

    Those that answer as it does on every input; where it left an input unanswered, those that pass the same cases.
    """
    kept = evidence.solutions[index]
    if kept.cluster >= 0:
        same = sum(row.cluster == kept.cluster for row in evidence.solutions)
    else:
        same = sum(row.passed == kept.passed for row in evidence.solutions)
    return same / len(evidence.solutions)
