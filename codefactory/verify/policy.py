"""Policies: declarative predicates over evidence, each no with a stable reason slug; re-applying one costs nothing.

Slugs: the draft's own parse fault (`no_tests`, ...; see `recipes.parse`), and those in SLUGS. They are stable: columns
in reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, model_validator

from codefactory.errors import ConfigError, UnknownNameError
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.reading import Section, load
from codefactory.runner.compare import agrees, evaluate, is_literal
from codefactory.types import Call, Case, Draft, Evidence, Solution, Suite, Vote
from codefactory.verify.calibration import Calibration, probabilities, shipped
from codefactory.verify.grid import consensus, promising, standings

NO_SUITE = Suite(())
RULES = ("agreement", "naive", "unfiltered")  # the three that every run shows side by side
# Every reason of a no that verification gives; faults of a whole answer come before these (`recipes.parse`).
SLUGS = (
    "suite_syntax", "suite_async", "suite_no_cases", "suite_never_calls", "suite_redefines_entry_point",
    "suite_shadows_entry_point",
    "suite_no_assertion", "suite_skipped", "suite_needs_fixtures", "solution_syntax", "solution_missing_entry_point",
    "own_tests_fail", "no_literal_input", "unanswered_input", "no_agreement", "values_disagree", "low_consensus",
    "improbable", "vacuous_suite", "too_few_cases", "constant_values", "flaky", "not_self_contained",
    "low_mutation_score", "low_line_coverage", "low_branch_coverage",
    "rows_not_measured", "coverage_not_measured", "flaky_not_measured", "mutation_not_measured",
)  # fmt: skip


class Policy(Section):
    """What evidence is enough."""

    rule: Literal["any", "own_tests", "agreement", "consensus"]
    min_cases: int = Field(default=3, ge=0, description="distinct inputs in the kept suite")
    min_values: int = Field(default=2, ge=0, description="distinct expected values in the kept suite")
    min_share: float = Field(default=0.75, gt=0, le=1, description="share of the solutions that must answer alike")
    min_held: float = Field(default=0, ge=0, le=1, description="share of the model's expected values that must hold")
    min_consensus: float = Field(default=0, ge=0, le=1, description="standing.floor x standing.held, see grid")
    min_probability: float = Field(default=0, ge=0, le=1, description="of being right, by a calibration")
    own_values: bool = Field(default=False, description="every expected value that the model wrote must hold too")
    reject_vacuous: bool = Field(default=True, description="no stub may pass the kept suite")
    reject_dependent: bool = Field(default=True, description="what is kept must run from the row alone")
    reject_flaky: bool = Field(default=True, description="a second run must not have ended otherwise")
    min_mutation_score: float = Field(default=0, ge=0, le=1, description="mutants that the kept suite must kill")
    min_line_coverage: float = Field(default=0, ge=0, le=1, description="lines that the kept suite must execute")
    min_branch_coverage: float = Field(default=0, ge=0, le=1, description="branches that the kept suite must execute")
    require: tuple[Literal["rows", "coverage", "flaky", "mutation"], ...] = Field(
        default=(), description="checks without which nothing is kept; others count where they were measured"
    )

    @model_validator(mode="after")
    def _majority(self) -> Policy:
        if self.rule == "agreement" and self.min_share <= 0.5:
            raise ValueError("rule agreement needs min_share above 0.5; rule consensus goes below")
        return self


@dataclass(frozen=True, slots=True)
class Decision:
    """What a policy makes of a draft: kept solutions with one suite, or the reason for a no."""

    solutions: tuple[Solution, ...] = ()
    suite: Suite = NO_SUITE
    expected_from: str = "model"
    reason: str = ""
    indices: tuple[int, ...] = ()  # of every kept solution in the draft; `solutions` has each text once
    probability: float = -1.0  # of the least probable kept solution; -1 where no calibration was asked


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


def named_for_rows(name: str) -> Policy:
    """A policy by name, for rows that come with one solution and one suite each.

    Raises:
        UnknownNameError, ConfigError: as `named`; ConfigError too if the policy compares several solutions.
    """
    policy = named(name)
    if policy.rule in ("agreement", "consensus"):
        raise ConfigError(
            f"policy '{name}' compares several solutions of one problem, and a row has one; name 'own_tests', or a "
            ".yaml file with 'rule: own_tests'"
        )
    return policy


def decide(policy: Policy, draft: Draft, evidence: Evidence, calibration: Calibration | None = None) -> Decision:
    """Apply a policy to one draft.

    Args:
        calibration: what `min_probability` goes by; None is the one that ships with the package.
    """
    if evidence.fault and (policy.rule != "any" or not draft.solutions):
        return Decision(reason=evidence.fault)
    rules = {"any": _any, "own_tests": _own_tests, "agreement": _agreement, "consensus": _consensus}
    decision = rules[policy.rule](policy, draft, evidence)
    decision = decision if decision.reason else _enough(policy, decision)
    return decision if decision.reason else _probable(policy, draft, evidence, decision, calibration)


def _any(policy: Policy, draft: Draft, evidence: Evidence) -> Decision:
    """Whatever defines the function that was asked for: it could be trained on, executed or not."""
    language: Language = LANGUAGES.load(draft.problem.language)
    fault = language.solution_fault(draft.solutions[0].code, draft.problem.entry_point)
    return Decision(reason=fault) if fault else Decision(draft.solutions[:1], draft.suites[0], indices=(0,))


def _own_tests(policy: Policy, draft: Draft, evidence: Evidence) -> Decision:
    suite = draft.suites[0]
    if suite.fault:
        return Decision(reason=suite.fault)
    if not all(evidence.solutions[0].passed[0]):
        return Decision(reason="own_tests_fail")
    if policy.reject_vacuous and any(control.endswith(":0") for control in evidence.controls):
        return Decision(reason="vacuous_suite")
    reason = doubt(policy, evidence, 0, 0)
    return Decision(reason=reason) if reason else Decision(draft.solutions[:1], suite, indices=(0,))


def _agreement(policy: Policy, draft: Draft, evidence: Evidence) -> Decision:
    sizes = Counter(row.cluster for row in evidence.solutions if row.cluster >= 0)
    if not sizes:
        return Decision(reason="unanswered_input" if evidence.votes else "no_literal_input")
    cluster, size = sizes.most_common(1)[0]
    if size < policy.min_share * len(evidence.solutions):
        return Decision(reason="no_agreement")
    members = [index for index, row in enumerate(evidence.solutions) if row.cluster == cluster]
    own = all(all(suite) for suite in evidence.solutions[members[0]].passed)
    if policy.own_values and not own:
        return Decision(reason="values_disagree")
    if policy.reject_vacuous and any(control.endswith(":votes") for control in evidence.controls):
        return Decision(reason="vacuous_suite")
    alone = _alone(policy, draft, evidence, members, "votes")
    reason = doubt(policy, evidence, (alone or members)[0], "votes")
    if reason:
        return Decision(reason=reason)
    # A majority of all solutions is a majority on every input, so the votes' values are this cluster's values.
    kept = tuple(dict.fromkeys(draft.solutions[index] for index in alone))
    return Decision(kept, agreed_suite(draft, evidence.votes), "model" if own else "agreement", indices=tuple(alone))


def agreed_suite(draft: Draft, votes: tuple[Vote, ...]) -> Suite:
    """The suite of what most solutions answer, with the imports that its literals need.

    In other languages than Python nothing new is written: the draft's own cases whose values are agreed on.
    """
    if LANGUAGES.load(draft.problem.language).notation:
        return _distinct(draft, _agreed(draft, votes))
    cases = tuple(_case(vote, number) for number, vote in enumerate(_answers(votes), 1))
    return Suite(cases, _imports(draft, cases))


def _imports(draft: Draft, cases: tuple[Case, ...]) -> str:
    language: Language = LANGUAGES.load(draft.problem.language)
    return language.imports("\n".join(case.source for case in cases))


def _consensus(policy: Policy, draft: Draft, evidence: Evidence) -> Decision:
    """The cluster that solutions and tests support together, with the model's expected values that it meets."""
    members = consensus(evidence)
    if not members:
        return Decision(reason="unanswered_input" if evidence.votes else "no_literal_input")
    standing = standings(evidence)[members[0]]
    if standing.share < policy.min_share or not promising(evidence):
        return Decision(reason="no_agreement")
    if standing.held < policy.min_held or (policy.own_values and standing.held < 1):
        return Decision(reason="values_disagree")
    if standing.consensus < policy.min_consensus:
        return Decision(reason="low_consensus")
    suite = met_suite(draft, evidence.solutions[members[0]].passed)
    if policy.reject_vacuous and any(control.endswith(":met") for control in evidence.controls):
        return Decision(reason="vacuous_suite")
    alone = _alone(policy, draft, evidence, members, "met")
    reason = doubt(policy, evidence, (alone or members)[0], "met")
    if reason:
        return Decision(reason=reason)
    return Decision(tuple(dict.fromkeys(draft.solutions[index] for index in alone)), suite, indices=tuple(alone))


def met_suite(draft: Draft, passed: tuple[tuple[bool, ...], ...]) -> Suite:
    """The literal cases of all suites that a solution passes, each call once."""
    rows = zip(draft.suites, passed, strict=True)
    pairs = (pair for suite, held in rows for pair in zip(suite.cases, held, strict=True))
    return _distinct(draft, (case for case, holds in pairs if holds))


def _agreed(draft: Draft, votes: tuple[Vote, ...]) -> Iterator[Case]:
    values = {vote.expression: evaluate(vote.value) for vote in _answers(votes)}
    for case in (case for suite in draft.suites for case in suite.cases):
        if case.call and case.call.expression in values and agrees(case.call, values[case.call.expression]):
            yield case


def _distinct(draft: Draft, given: Iterable[Case]) -> Suite:
    """The literal ones of the cases, each call once."""
    found: dict[Call, str] = {}
    for case in given:
        if case.call:
            found.setdefault(case.call, case.source)
    cases = tuple(Case(f"case_{number}", text, call) for number, (call, text) in enumerate(found.items(), 1))
    return Suite(cases, _imports(draft, cases))


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


# ── what was measured beside the grid ────────────────────────────────────────────────────────────────────────────────


def doubt(policy: Policy, evidence: Evidence, solution: int, suite: int | str) -> str:
    """The reason not to keep a solution with a suite, or "".

    What was not measured is no reason, unless the policy requires it.

    Args:
        suite: its index, `votes` (what most solutions answer) or `met` (the expected values that the consensus meets);
            the latter two have the coverage of all suites together.
    """
    alike = _alike(evidence, solution)
    if policy.reject_flaky and any(int(name.partition(":")[0]) in alike for name in evidence.flaky or ()):
        return "flaky"  # before what is not measured: a flaky solution has no mutants made
    measured = {
        "rows": evidence.dependent is not None,
        "coverage": any(one.solution in alike for one in evidence.coverage or ()),
        "flaky": evidence.flaky is not None,
        "mutation": any(one.solution in alike for one in evidence.mutation or ()),
    }
    missing = next((check for check, known in measured.items() if check in policy.require and not known), "")
    if missing:
        return f"{missing}_not_measured"
    if policy.reject_dependent and _dependent(evidence, solution, suite):
        return "not_self_contained"
    number = suite if isinstance(suite, int) else None
    for mutation in evidence.mutation or ():
        if mutation.solution in alike and _below(mutation.score(suite), policy.min_mutation_score):
            return "low_mutation_score"
    for coverage in evidence.coverage or ():
        if coverage.solution in alike and _below(coverage.line_share(number), policy.min_line_coverage):
            return "low_line_coverage"
        if coverage.solution in alike and _below(coverage.branch_share(number), policy.min_branch_coverage):
            return "low_branch_coverage"
    return ""


def _alone(policy: Policy, draft: Draft, evidence: Evidence, members: Sequence[int], suite: str) -> list[int]:
    """The solutions of a cluster whose rows run alone, if the policy asks for that; copies of one that does not go."""
    refused = {draft.solutions[index].code for index in members if _dependent(evidence, index, suite)}
    return [index for index in members if not policy.reject_dependent or draft.solutions[index].code not in refused]


def _dependent(evidence: Evidence, solution: int, suite: int | str) -> bool:
    return f"{solution}:{suite}" in (evidence.dependent or ())


def _alike(evidence: Evidence, solution: int) -> set[int]:
    """The solution, and those that answer as it does: what is measured for one of them holds for all."""
    cluster = evidence.solutions[solution].cluster
    return {solution, *(index for index, row in enumerate(evidence.solutions) if row.cluster == cluster >= 0)}


def _below(share: float | None, least: float) -> bool:
    return share is not None and share < least


def _probable(
    policy: Policy, draft: Draft, evidence: Evidence, decision: Decision, calibration: Calibration | None
) -> Decision:
    """The kept solutions that are probable enough; what was never executed has no probability."""
    if not policy.min_probability:
        return decision
    known = probabilities(calibration or shipped(), evidence)
    kept = tuple(index for index in decision.indices if index < len(known) and known[index] >= policy.min_probability)
    if not kept:
        return Decision(reason="improbable")
    solutions = tuple(dict.fromkeys(draft.solutions[index] for index in kept))
    return replace(decision, solutions=solutions, indices=kept, probability=min(known[index] for index in kept))
