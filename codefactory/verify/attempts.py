"""Finds a draft's answers that the kept suite refuses: from evidence and recorded executions, nothing is run again.

A kept suite is trusted because solutions, tests or both agreed on it; that makes an answer that fails one of its cases
a negative. What the ledger says about a case is one of three: it passed, it did not, or nobody knows. An answer is
refused where at least one case is known to fail; where nothing fails but something is unknown, it is undecided, and
counted as that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.measures import Attempt
from codefactory.runner.compare import same_literal
from codefactory.types import Assurance, Call, Case, Check, Draft, Evidence, Fact, Job, Limits
from codefactory.verify.policy import Decision
from codefactory.verify.trial import planned

# The recorded facts of a job by case name; empty where the ledger has no such job.
Facts = Callable[[Job], Mapping[str, Fact]]


@dataclass(frozen=True, slots=True)
class Found:
    """The answers that a kept suite refuses, hardest first; how many it cannot be held against; how many are copies."""

    attempts: tuple[Attempt, ...] = ()
    undecided: int = 0
    copies: int = 0


def attempts(draft: Draft, evidence: Evidence, decision: Decision, facts: Facts, limits: Limits) -> Found:
    """What the suite of a decision says about the draft's other answers.

    Hardest means: passes the most cases and still fails. Ties are broken by the text, so the order is always the same.
    One text, comments and layout aside, counts once.
    """
    kept = {_tidy(draft, solution.code) for solution in decision.solutions}
    seen: set[str] = set(kept)
    found: list[Attempt] = []
    undecided = copies = 0
    for index in range(len(evidence.solutions)):
        if index in decision.indices:
            continue
        code = draft.solutions[index].code
        text = _tidy(draft, code)
        if text in seen:
            copies += text not in kept
            continue
        seen.add(text)
        attempt = _attempt(draft, evidence, decision, index, _values(draft, index, facts, limits))
        if attempt and code.strip():
            found.append(attempt)
        else:
            undecided += 1
    return Found(tuple(sorted(found, key=lambda one: (-one.share, one.code))), undecided, copies)


def _attempt(
    draft: Draft, evidence: Evidence, decision: Decision, index: int, values: Mapping[str, str]
) -> Attempt | None:
    """The answer's verdict on the kept suite; None where no case is known to fail."""
    own = _own(draft, evidence, index)
    verdicts = [_held(case, own, values) for case in decision.suite.cases]
    first = next((case for case, held in zip(decision.suite.cases, verdicts, strict=True) if held is False), None)
    if first is None:
        return None
    status = evidence.solutions[index].status
    got = values.get(first.call.expression, "") if first.call else ""
    passed = sum(held is True for held in verdicts)
    return Attempt(
        draft.id, draft.problem.id, draft.solutions[index].code, status, passed, len(verdicts), first.source, got
    )


def _held(case: Case, own: Mapping[Call | str, bool], values: Mapping[str, str]) -> bool | None:
    """Whether a kept case holds: as it was executed, or by the value that came back for the same input."""
    known = own.get(case.call or case.source)
    if known is not None or case.call is None:
        return known
    if case.call.check is not Check.EQUAL or case.call.expression not in values:
        return None
    return same_literal(values[case.call.expression], case.call.expected)


def _own(draft: Draft, evidence: Evidence, index: int) -> dict[Call | str, bool]:
    """Every executed case of the draft's suites -> whether this solution passed it."""
    rows = zip(draft.suites, evidence.solutions[index].passed, strict=True)
    pairs = (pair for suite, row in rows for pair in zip(suite.cases, row, strict=True))
    return {case.call or case.source: held for case, held in pairs}


def _values(draft: Draft, index: int, facts: Facts, limits: Limits) -> dict[str, str]:
    """Literal input -> what the solution answered, as text; "" where it answered nothing."""
    literal = tuple(case for case in planned(draft) if case.call)
    problem, code = draft.problem, draft.solutions[index].code
    job = Job(problem.language, code, problem.entry_point, literal, assurance=Assurance.COMPARED, limits=limits)
    recorded = facts(job) if literal and code.strip() else {}
    named = {case.name: case.call for case in literal if case.call}
    return {named[name].expression: fact.value for name, fact in recorded.items() if name in named}


def _tidy(draft: Draft, code: str) -> str:
    language: Language = LANGUAGES.load(draft.problem.language)
    return language.tidy(code)
