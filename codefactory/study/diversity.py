"""How good and how varied a round of drafts is, so that a collapse is seen: all of it counted, nothing modelled.

*Precision* and *recall* are those of generative models (Kynkäänniemi et al. 2019, which Alemohammad et al. 2023,
"Self-consuming generative models go MAD", follow through the rounds), with programs in the place of features:
precision is the share of a round's drafts that the policy keeps, recall the share of the first writer's right programs
that the round still writes. For these the first writer writes as many drafts again that nobody learns from: a student
repeats what it was trained on, so a reference that it had seen would flatter it. The first round's own recall is the
level to compare with.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from codefactory import stats
from codefactory.filters.normal import normalise_code, words
from codefactory.study.exchanges import Written


@dataclass(frozen=True, slots=True)
class Round:
    """One round of drafts. Shares are of all drafts, 0 to 1, where nothing else is said.

    Attributes:
        drafts: how many.
        parsed: could be read.
        own: the first solution passes the tests written with it.
        kept: the policy keeps it (precision), with its interval over drafts.
        recall: of the first writer's right programs, those that are still written.
        programs: different programs (syntax trees without names) among the right ones, as a share of these.
        effective: different programs, each counted by how often it is written: the exponential of their entropy.
        distinct_2: different word pairs of the statements, as a share of all pairs (Li et al. 2016).
        names: different function names, as a share of the readable drafts.
    """

    drafts: int
    parsed: float
    own: float
    kept: stats.Interval
    recall: float
    programs: float
    effective: float
    distinct_2: float
    names: float


def reference_programs(apart: Sequence[Written]) -> frozenset[str]:
    """The right programs of the first writer's drafts that are set apart."""
    return frozenset(_programs(apart))


def measure(drafts: Sequence[Written], reference: frozenset[str], confidence: float, resamples: int) -> Round:
    """A round's figures."""
    right, count = _programs(drafts), len(drafts)
    readable = [one.draft for one in drafts if not one.draft.fault]
    pairs = [pair for draft in readable for pair in _pairs(words(draft.problem.statement))]
    still = reference & set(right)
    return Round(
        drafts=count,
        parsed=len(readable) / count,
        own=sum(one.own_holds for one in drafts) / count,
        kept=stats.interval([[float(one.kept) for one in drafts]], confidence=confidence, resamples=resamples),
        recall=len(still) / len(reference) if reference else 0.0,
        programs=_share(right),
        effective=_effective(right),
        distinct_2=_share(pairs),
        names=_share([draft.problem.entry_point for draft in readable]),
    )


def _programs(drafts: Sequence[Written]) -> list[str]:
    """The first kept solution of every kept draft, in its normal form."""
    return [normalise_code(one.decision.solutions[0].code) for one in drafts if one.kept]


def _pairs(text: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(pairwise(text))


def _share(things: Sequence[object]) -> float:
    return len(set(things)) / len(things) if things else 0.0


def _effective(things: Sequence[str]) -> float:
    total = len(things)
    shares = (count / total for count in Counter(things).values())
    return math.exp(-sum(share * math.log(share) for share in shares)) if total else 0.0
