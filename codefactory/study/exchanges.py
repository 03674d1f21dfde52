"""What a writer said, as rows that the next writer can be trained on: each question with its answer, verbatim.

A recipe is driven again with the answers that the ledger holds, so that every recipe's questions are known and none of
them is written twice. *Verified*: of a draft that the policy keeps, the answers that hold: the solution in it is one of
those kept, and a kept solution passes every case of the tests in it. *Unverified*: every answer that could be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codefactory.config import RunConfig
from codefactory.corpus.rows import instruction
from codefactory.errors import LedgerError
from codefactory.ledger import Ledger
from codefactory.pipeline import Keys, known_keys
from codefactory.recipes import RECIPES, guided
from codefactory.recipes.base import Ask, Try, prompt
from codefactory.recipes.drafting import source_of
from codefactory.recipes.parse import read_answer, read_tests
from codefactory.recipes.seeds import expand
from codefactory.types import Completion, Draft, Evidence, Message, Record, Seed, Solution, from_json
from codefactory.verify.policy import Decision, decide, named


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question in the chat's own messages, and its answer."""

    messages: tuple[Message, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Written:
    """One draft of a finished run: with its evidence, what the policy says, and how it came about."""

    draft: Draft
    evidence: Evidence
    decision: Decision
    exchanges: tuple[Exchange, ...]

    @property
    def kept(self) -> bool:
        """Whether the policy keeps anything of it."""
        return not self.decision.reason

    @property
    def own_holds(self) -> bool:
        """Whether the first solution passes the tests that were written with it."""
        rows = self.evidence.solutions
        return bool(rows) and bool(rows[0].passed[0]) and all(rows[0].passed[0])

    def documents(self, *, verified: bool) -> list[Exchange]:
        """The exchanges to learn from."""
        if self.draft.fault or (verified and not self.kept):
            return []
        return [one for one in self.exchanges if not verified or self._holds(one)]

    def judged(self) -> list[tuple[Exchange, bool]]:
        """Every exchange, with whether its answer holds; none does in a draft that is unreadable or not kept."""
        return [(one, self.kept and not self.draft.fault and self._holds(one)) for one in self.exchanges]

    def _holds(self, exchange: Exchange) -> bool:
        parts = read_answer(Completion("", exchange.answer), ())
        kept = self.decision.indices
        right = not parts.code or Solution(parts.code) in [self.draft.solutions[index] for index in kept]
        return right and (not parts.tests or self._passed(parts.tests))

    def _passed(self, tests: str) -> bool:
        """Whether a kept solution passes every case of the suite with this source."""
        problem = self.draft.problem
        suite = read_tests(tests, problem.entry_point, problem.language)
        places = [place for place, own in enumerate(self.draft.suites) if own == suite and own.cases]
        rows = [self.evidence.solutions[index] for index in self.decision.indices]
        return any(all(row.passed[place]) for place in places for row in rows)


def preferences(drafts: Iterable[Written]) -> list[tuple[Exchange, str]]:
    """Pairs to prefer by: an answer that holds, with another of the same question that does not (Rafailov et al. 2023).

    A text is in one pair of its question at most; drafts that were asked for in the same words share a question.
    """
    asked: dict[tuple[Message, ...], dict[str, bool]] = {}
    for draft in drafts:
        for one, holds in draft.judged():
            known = asked.setdefault(one.messages, {})
            known[one.answer] = known.get(one.answer, False) or holds
    found = []
    for messages, answers in asked.items():
        right = [text for text, holds in answers.items() if holds]
        wrong = [text for text, holds in answers.items() if not holds]
        found += [(Exchange(messages, text), other) for text, other in zip(right, wrong, strict=False)]
    return found


def written(config: RunConfig) -> Iterator[Written]:
    """Every draft of a finished run, in the order of its seeds.

    Raises:
        LedgerError: if a planned draft is not there.
    """
    keys, policy = known_keys(config), named(config.select.policy)
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        for seed in expand(config.seeds, config.recipe.language):
            found = ledger.get("draft", keys.draft(config, seed))
            draft = from_json(Draft, found) if found else None
            evidence = _evidence(config, ledger, keys, draft) if draft else None
            if not draft or not evidence:
                raise LedgerError(f"{ledger.path}: a draft is not there yet; run the same command again")
            exchanges = tuple(_follow(config, ledger, keys, seed))
            yield Written(draft, evidence, decide(policy, draft, evidence), exchanges)


def _evidence(config: RunConfig, ledger: Ledger, keys: Keys, draft: Draft) -> Evidence | None:
    known = ledger.get("evidence", keys.evidence(config, draft))
    return from_json(Evidence, known) if known else None


def _follow(config: RunConfig, ledger: Ledger, keys: Keys, seed: Seed) -> Iterator[Exchange]:
    """Drive the recipe with what the ledger holds, and say what was asked and answered."""
    steps = RECIPES.load(config.recipe.name)(seed, config.recipe)
    wanted = next(steps)
    while True:
        answers: list[object] = []
        for one in wanted:
            if isinstance(one, Try):
                tried = ledger.get("evidence", keys.trial(config, one))
                answers.append(from_json(Evidence, tried) if tried else None)
                continue
            given = _answers(config, ledger, keys, one)
            answers.append(given)
            yield from (Exchange(one.messages, answer.text) for answer in given if answer.finish_reason == "stop")
        try:
            wanted = steps.send(tuple(answers))
        except StopIteration:
            return


def _answers(config: RunConfig, ledger: Ledger, keys: Keys, ask: Ask) -> tuple[Completion, ...]:
    found = []
    for request in keys.requests(config, ask):
        known = ledger.get("completion", request.id)
        if not known:
            raise LedgerError(f"{ledger.path}: the answer to request {request.id} is missing; run it again")
        found.append(guided.read(request, from_json(Completion, known)))
    return tuple(found)


def human_exchange(record: Record) -> Exchange:
    """A human task as if a writer had been asked for it and had written it."""
    messages = prompt("joint", topics=", ".join(record.topics), difficulty=record.difficulty, idea="")
    answer = (
        f"## Problem\n{instruction(record)}\n## Solution\n```python\n{record.solution.code.strip()}\n```\n"
        f"## Tests\n```python\n{source_of(record.tests).strip()}\n```"
    )
    return Exchange(messages, answer)
