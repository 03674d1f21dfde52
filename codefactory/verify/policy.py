"""Policies: declarative predicates over evidence, each no with a stable reason slug; re-applying one costs nothing.

Slugs: the draft's or suite's own parse fault (`no_tests`, `suite_syntax`, ...); `solution_syntax`,
`solution_missing_entry_point`, `too_few_cases`, `constant_values`, `vacuous_suite`, `own_tests_fail`, `no_agreement`,
`unanswered_input`, `values_disagree`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field

from codefactory.config import Section, load
from codefactory.errors import UnknownNameError
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.runner.compare import is_literal
from codefactory.types import Call, Case, Draft, Evidence, Solution, Suite, Vote

NO_SUITE = Suite(())
RULES = ("agreement", "naive", "unfiltered")  # the three that every run shows side by side


class Policy(Section):
    """What evidence is enough."""

    rule: Literal["any", "own_tests", "agreement"]
    min_cases: int = Field(default=3, ge=0, description="distinct inputs in the kept suite")
    min_values: int = Field(default=2, ge=0, description="distinct expected values in the kept suite")
    min_share: float = Field(default=0.75, gt=0.5, le=1, description="share of the solutions that must answer alike")
    own_values: bool = Field(default=False, description="every expected value that the model wrote must hold too")
    reject_vacuous: bool = Field(default=True, description="no stub may pass the kept suite")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a policy makes of a draft: kept solutions with one suite, or the reason for a no."""

    solutions: tuple[Solution, ...] = ()
    suite: Suite = NO_SUITE
    expected_from: str = "model"
    reason: str = ""


@cache
def named(name: str) -> Policy:
    """A policy by name, or from a YAML file of that name.

    Raises:
        UnknownNameError: if there is neither.
        ConfigError: if the file is not a policy.
    """
    own = yaml.safe_load(files("codefactory.verify").joinpath("policies.yaml").read_text(encoding="utf-8"))
    if name in own:
        return Policy.model_validate(own[name])
    if Path(name).suffix in (".yaml", ".yml"):
        return load(Policy, Path(name))
    raise UnknownNameError(f"no policy is called '{name}'; there are: {', '.join(own)}, or name a .yaml file")


def decide(policy: Policy, draft: Draft, evidence: Evidence) -> Decision:
    """Apply a policy to one draft."""
    if evidence.fault and (policy.rule != "any" or not draft.solutions):
        return Decision(reason=evidence.fault)
    decision = {"any": _any, "own_tests": _own_tests, "agreement": _agreement}[policy.rule](policy, draft, evidence)
    return decision if decision.reason else _enough(policy, decision)


def _any(policy: Policy, draft: Draft, evidence: Evidence) -> Decision:
    """Whatever defines the function that was asked for: it could be trained on, executed or not."""
    language: Language = LANGUAGES.load(draft.problem.language)
    fault = language.solution_fault(draft.solutions[0].code, draft.problem.entry_point)
    return Decision(reason=fault) if fault else Decision(draft.solutions[:1], draft.suites[0])


def _own_tests(policy: Policy, draft: Draft, evidence: Evidence) -> Decision:
    suite = draft.suites[0]
    if suite.fault:
        return Decision(reason=suite.fault)
    if not all(evidence.solutions[0].passed[0]):
        return Decision(reason="own_tests_fail")
    if policy.reject_vacuous and any(control.endswith(":0") for control in evidence.controls):
        return Decision(reason="vacuous_suite")
    return Decision(draft.solutions[:1], suite)


def _agreement(policy: Policy, draft: Draft, evidence: Evidence) -> Decision:
    sizes = Counter(row.cluster for row in evidence.solutions if row.cluster >= 0)
    if not sizes:
        return Decision(reason="unanswered_input")
    cluster, size = sizes.most_common(1)[0]
    if size < policy.min_share * len(evidence.solutions):
        return Decision(reason="no_agreement")
    members = [index for index, row in enumerate(evidence.solutions) if row.cluster == cluster]
    own = all(all(suite) for suite in evidence.solutions[members[0]].passed)
    if policy.own_values and not own:
        return Decision(reason="values_disagree")
    if policy.reject_vacuous and any(control.endswith(":votes") for control in evidence.controls):
        return Decision(reason="vacuous_suite")
    # A majority of all solutions is a majority on every input, so the votes' values are this cluster's values.
    cases = (_case(vote, number) for number, vote in enumerate(_answers(evidence.votes), 1))
    kept = tuple(dict.fromkeys(draft.solutions[index] for index in members))
    return Decision(kept, Suite(tuple(cases)), "model" if own else "agreement")


def _answers(votes: tuple[Vote, ...]) -> list[Vote]:
    """Votes for a value that can be written down; one for an exception or an opaque object makes no `==` case."""
    return [vote for vote in votes if is_literal(vote.value)]


def _case(vote: Vote, number: int) -> Case:
    bare = vote.expression.removeprefix("not not ")
    expression = vote.expression if bare == vote.expression else f"bool({bare})"
    if expression.startswith(("not ", "(")):
        expression = f"({expression})"
    return Case(f"case_{number}", f"assert {expression} == {vote.value}", Call(vote.expression, vote.value))


def _enough(policy: Policy, decision: Decision) -> Decision:
    """The size and variety that the policy asks of the kept suite; a repeated assert counts once."""
    calls = {case.call.expression: case.call.expected for case in decision.suite.cases if case.call}
    others = sum(case.call is None for case in decision.suite.cases)
    if len(calls) + others < policy.min_cases:
        return Decision(reason="too_few_cases")
    if not others and len(set(calls.values())) < policy.min_values:
        return Decision(reason="constant_values")
    return decision
