"""The whole story of one draft: what was asked, what the model wrote, what the sandbox found, what each rule says."""

from __future__ import annotations

from collections.abc import Iterator

from codefactory.ledger import Ledger
from codefactory.types import Completion, Draft, Evidence, Seed, from_json
from codefactory.verify.policy import RULES, decide, named


def story(seed: Seed, draft: Draft, evidence: Evidence, ledger: Ledger) -> str:
    """Plain text, sections under headings, the model's answers verbatim."""
    return "\n".join(
        [*_seed(seed, draft), *_answers(draft, ledger), *_grid(draft, evidence), *_verdicts(draft, evidence)]
    )


def _seed(seed: Seed, draft: Draft) -> Iterator[str]:
    yield f"draft {draft.id}, recipe {draft.recipe}"
    topics = ", ".join(seed.topics) or "-"
    yield f"seed  {seed.id}: topics {topics}; difficulty {seed.difficulty or '-'}; draw {seed.draw}"
    if seed.text:
        yield f"idea  {seed.text}"


def _answers(draft: Draft, ledger: Ledger) -> Iterator[str]:
    for number, call in enumerate(draft.calls):
        found = ledger.get("completion", call)
        yield f"\n── call {number + 1} of {len(draft.calls)}: {call}"
        if found:
            completion = from_json(Completion, found)
            yield f"   {completion.completion_tokens} tokens, ended by {completion.finish_reason}"
            yield completion.text


def _grid(draft: Draft, evidence: Evidence) -> Iterator[str]:
    yield "\n── evidence"
    if evidence.fault:
        yield f"could not be executed: {evidence.fault}"
        return
    yield f"image {evidence.image}; assurance {evidence.assurance}"
    yield f"{evidence.executions} executions, {evidence.cpu_s:.3f} CPU s"
    for number, row in enumerate(evidence.solutions):
        suites = "  ".join("".join("+" if held else "." for held in suite) or "(no cases)" for suite in row.passed)
        yield f"solution {number}: {row.status:<10} cluster {row.cluster:>2}  cases {suites}"
    for vote in evidence.votes:
        yield f"{vote.votes} of {vote.answered} say {vote.expression} == {vote.value}"
    yield f"must-fail stubs that passed: {', '.join(evidence.controls) or 'none'}"
    yield from _doubts(evidence)


def _doubts(evidence: Evidence) -> Iterator[str]:
    """What was measured beside the grid; nothing is said of what was not."""
    if evidence.dependent is not None:
        yield f"rows that do not run from the row alone: {', '.join(evidence.dependent) or 'none'}"
    if evidence.flaky is not None:
        yield f"changed in a second run: {', '.join(evidence.flaky) or 'nothing'}"
    for one in evidence.coverage or ():
        missed = ", ".join([*(f"line {line}" for line in one.missed_lines), *one.missed_branches])
        yield f"solution {one.solution}: lines {one.lines} of {one.all_lines}, branches {one.branches} of" + (
            f" {one.all_branches} by suite; reached by none: {missed or 'nothing'}"
        )
    for found in evidence.mutation or ():
        yield f"solution {found.solution}: mutants killed {found.killed} by suite, {found.detected} by all inputs" + (
            f", of {found.mutants} ({found.equivalent} likely equivalent)"
        )
        for survivor in found.survivors:
            missing = f"; missing: {survivor.witness} == {survivor.answer}" if survivor.witness else ""
            yield f"passes suites {survivor.passes}{missing}\n{survivor.diff}"
    for cost in evidence.costs:
        yield f"cost of {cost.check}: {cost.executions} executions, {cost.cpu_s:.3f} CPU s"


def _verdicts(draft: Draft, evidence: Evidence) -> Iterator[str]:
    yield "\n── verdicts (before filters)"
    for rule in (*RULES, "strict"):
        decision = decide(named(rule), draft, evidence)
        kept = f"kept, {len(decision.solutions)} solutions, expected values from the {decision.expected_from}"
        yield f"{rule:<10} {decision.reason or kept}"
