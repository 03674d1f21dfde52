"""The whole story of one row or draft: seed, prompts, answers, what the sandbox found, what rules say, which split."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from codefactory.config import RunConfig
from codefactory.corpus import store
from codefactory.errors import CodefactoryError
from codefactory.languages import LANGUAGES
from codefactory.languages.python_neutral import rewritten
from codefactory.ledger import Ledger
from codefactory.pipeline import Keys
from codefactory.recipes import RECIPES, guided
from codefactory.recipes.base import Ask, Steps, Try
from codefactory.selection import filtered_out
from codefactory.types import Completion, Draft, Evidence, Message, Seed, from_json
from codefactory.verify.policy import RULES, decide, named


def story(seed: Seed, draft: Draft, evidence: Evidence, ledger: Ledger, config: RunConfig, keys: Keys) -> str:
    """Plain text, sections under headings, prompts and the model's answers verbatim."""
    return "\n".join(
        [
            *_seed(seed, draft),
            *_made(keys),
            *_answers(draft, ledger, asked(seed, config, keys, ledger)),
            *_grid(draft, evidence),
            *_verdicts(draft, evidence),
            *_rows(draft, evidence, config),
        ]
    )


def draft_of(config: RunConfig, wanted: str) -> str:
    """The draft of the row whose id starts so, in any of the run's corpora; "" where there is none."""
    for folder in corpora(config):
        for record in store.read(folder):
            if wanted and record.id.startswith(wanted):
                return record.draft_id
    return ""


def corpora(config: RunConfig) -> list[Path]:
    """The folders of the run's corpora, by name."""
    return sorted(path.parent for path in (config.out / "corpus").glob("*/corpus.json"))


def asked(seed: Seed, config: RunConfig, keys: Keys, ledger: Ledger) -> dict[str, tuple[Message, ...]]:
    """Request id -> its messages, as far as the recipe can be followed again with what the ledger holds.

    A recipe does no I/O, so the same seed and the same answers make it ask the same questions; whatever was asked in
    other words than today's has another id and is left out.
    """
    recipe: Callable[..., Steps] = RECIPES.load(config.recipe.name)
    steps = recipe(seed, config.recipe)
    found: dict[str, tuple[Message, ...]] = {}

    def answer(wanted: Ask | Try) -> tuple[Completion, ...] | Evidence:
        if isinstance(wanted, Try):
            return from_json(Evidence, _known(ledger, "evidence", keys.trial(config, wanted)))
        completions = []
        for request in keys.requests(config, wanted):
            completion = from_json(Completion, _known(ledger, "completion", request.id))
            completions.append(guided.read(request, completion))
            found[request.id] = request.messages
        return tuple(completions)

    try:
        wanted = next(steps)
        while True:
            wanted = steps.send(tuple(answer(one) for one in wanted))
    except (StopIteration, LookupError):
        return found


def _known(ledger: Ledger, kind: str, key: str) -> bytes:
    value = ledger.get(kind, key)
    if value is None:
        raise LookupError(key)
    return value


def _made(keys: Keys) -> Iterator[str]:
    one = keys.sampling
    yield f"model {keys.model}; temperature {one.temperature}, top_p {one.top_p}, max_tokens {one.max_tokens}"
    yield f"words {keys.wording or 'of before they were hashed'} (hash of prompts and recipe)"


def _rows(draft: Draft, evidence: Evidence, config: RunConfig) -> Iterator[str]:
    """Where the draft ended up: its rows in every corpus with their splits, or what kept it out."""
    yield "\n── rows"
    for folder in corpora(config):
        rows = [record for record in store.read(folder) if record.draft_id == draft.id]
        for record in rows:
            family = f", family {record.meta['family'][:12]}" if "family" in record.meta else ""
            yield f"{folder.name:<10} row {record.id}: split {record.split or 'train'}{family}; licence " + (
                record.licence or "unknown"
            )
        if not rows:
            yield f"{folder.name:<10} none: {_reason(folder.name, draft, evidence, config)}"


def _reason(name: str, draft: Draft, evidence: Evidence, config: RunConfig) -> str:
    try:
        reason = decide(named(name), draft, evidence).reason
        return reason or "; ".join(filtered_out(config, name, draft.id)) or "selected with other settings"
    except CodefactoryError:  # a corpus that was selected by a policy file or a least probability
        return "its policy is not known by this name"


def _seed(seed: Seed, draft: Draft) -> Iterator[str]:
    yield f"draft {draft.id}, recipe {draft.recipe}"
    topics = ", ".join(seed.topics) or "-"
    yield f"seed  {seed.id}: topics {topics}; difficulty {seed.difficulty or '-'}; draw {seed.draw}"
    if seed.text:
        yield f"idea  {seed.text}"


def _answers(draft: Draft, ledger: Ledger, prompts: dict[str, tuple[Message, ...]]) -> Iterator[str]:
    shown: set[tuple[Message, ...]] = set()
    for number, call in enumerate(draft.calls):
        found = ledger.get("completion", call)
        yield f"\n── call {number + 1} of {len(draft.calls)}: {call}"
        messages = prompts.get(call, ())
        if messages in shown:
            yield "   asked in the same words as before, another sample"
        elif messages:
            yield from (f"[{message.role}]\n{message.content}" for message in messages)
            yield "[answer]"
            shown.add(messages)
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
    notation = LANGUAGES.load(draft.problem.language).notation
    for vote in evidence.votes:
        value = rewritten(vote.value, notation)
        yield f"{vote.votes} of {vote.answered} say {vote.expression} == {value}"
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
