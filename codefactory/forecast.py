"""What a run will take before it starts: calls, tokens, time and cost, and what the figures rest on.

Two bases, and the forecast says which. *Measured*: drafts of this very run file that are in its ledger (a preview's, or
those of an earlier session) stand for the others; the range is a 95 % prediction interval for the sum over the drafts
to come. *Shape*: nothing was made yet, so the recipe is driven with made-up answers to count what it asks; prompts are
counted at four bytes a token, and for answers there is only the most that they can be.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from codefactory.accounts import Spent
from codefactory.config import BudgetConfig, RunConfig
from codefactory.ledger import Ledger
from codefactory.pipeline import Keys, spent, unchanged_keys
from codefactory.recipes import RECIPES
from codefactory.recipes.base import Ask, Try
from codefactory.recipes.seeds import stream
from codefactory.recipes.target import check_language
from codefactory.stats import t_quantile
from codefactory.status import duration, last_session
from codefactory.types import (
    Completion,
    Draft,
    Evidence,
    Seed,
    SolutionEvidence,
    Status,
    from_json,
)

SAMPLE = 500  # drafts that are looked at, at most
LEAST = 3  # drafts that a measured forecast needs
SEEDS = 20  # whose prompts the shape is taken from
BYTES_PER_TOKEN = 4  # of English and code, roughly
CONFIDENCE = 0.95
LEAST_CALLS = 20  # of a session, before its pace says something
ANSWER = """## Problem
Write `double(n)`, which returns n times two.
## Solution
```python
def double(n):
    return n * 2
```
## Tests
```python
assert double(3) == 6
assert double(0) == 0
assert double(-1) == -2
```
"""


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with what it may be between."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is still to come; `seconds` and `cost` are None where nothing is known about them."""

    basis: str
    measured_on: int
    drafts: int
    calls: Range
    prompt_tokens: Range
    completion_tokens: Range
    cost: Range | None
    seconds: float | None
    pace: float | None
    ends_at: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def forecast(config: RunConfig) -> Forecast:
    """What the drafts that are not in the ledger yet will take."""
    check_language(config.recipe)
    keys, paid, missing = unchanged_keys(config), Spent(), config.seeds.count
    sample: list[Spent] = []
    if (config.out / "ledger.sqlite").exists():
        with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
            paid = spent(ledger)
            if keys:
                sample, missing = _sample(config, ledger, keys)
    if len(sample) >= LEAST:
        ranges = [_total([_figures(one)[index] for one in sample], missing) for index in range(3)]
        basis = f"measured on {len(sample):,} drafts of this run"
    else:
        made = f"only {len(sample)} drafts are there" if sample else "nothing was made yet"
        sample = []
        ranges = _shape(config, missing)
        basis = f"from the recipe's shape, since {made}; tokens out are the most there can be"
    pace = _pace(config)
    seconds = ranges[0].likely / pace if pace else None
    calls, prompt, completion = ranges
    ends = _ends(config.budget, paid, missing, prompt.likely, completion.likely) if missing else {}
    money = _cost(config.budget, prompt, completion)
    return Forecast(basis, len(sample), missing, calls, prompt, completion, money, seconds, pace, ends)


def lines(found: Forecast) -> Iterator[str]:
    """The forecast for people."""
    if not found.drafts:
        yield "forecast: nothing to do, every draft is in the ledger"
        return
    yield f"forecast for {found.drafts:,} drafts, {found.basis}:"
    yield f"  calls   {_shown(found.calls)}"
    yield f"  tokens  {_shown(found.prompt_tokens)} in, {_shown(found.completion_tokens)} out"
    if found.cost:
        yield f"  cost    {_shown(found.cost, '.4f')} by the run file's prices"
    if found.seconds is not None:
        yield f"  time    {duration(found.seconds)} at the last session's {found.pace:,.1f} calls/s"
    else:
        yield "  time    not known before some calls were made; 'codefactory preview' makes ten drafts"
    for reason, number in found.ends_at.items():
        yield f"  budget  {reason} will be spent after about {number:,} of these drafts"


# ── measured ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sample(config: RunConfig, ledger: Ledger, keys: Keys) -> tuple[list[Spent], int]:
    """What each of some finished drafts took, and how many drafts are not there yet."""
    found: list[Spent] = []
    missing = 0
    for seed in stream(config.seeds, config.recipe.language):
        known = ledger.get("draft", keys.draft(config, seed))
        if known is None:
            missing += 1
        elif len(found) < SAMPLE:
            found.append(_paid(ledger, from_json(Draft, known)))
    return found, missing


def _paid(ledger: Ledger, draft: Draft) -> Spent:
    total = Spent()
    for call in dict.fromkeys(draft.calls):
        completion = ledger.get("completion", call)
        if completion:
            total.add(from_json(Completion, completion))
    return total


def _figures(one: Spent) -> tuple[int, int, int]:
    return one.calls, one.prompt_tokens, one.completion_tokens


def _total(sample: list[int], missing: int) -> Range:
    """The sum over `missing` further draws: the sample's mean, and an interval for mean and noise together."""
    mean, size = statistics.fmean(sample), len(sample)
    spread = statistics.stdev(sample) * math.sqrt(missing**2 / size + missing)
    half = t_quantile((1 + CONFIDENCE) / 2, size - 1) * spread
    return Range(max(0.0, missing * mean - half), missing * mean, missing * mean + half)


def _pace(config: RunConfig) -> float | None:
    """Calls a second in the last session; None where it made too few to tell."""
    last = last_session(config)
    return last["calls"] / last["elapsed_s"] if last.get("calls", 0) >= LEAST_CALLS else None


# ── from the recipe's shape ──────────────────────────────────────────────────────────────────────────────────────────


def _shape(config: RunConfig, missing: int) -> list[Range]:
    driven = [
        [_drive(config, seed, *way) for way in WAYS]
        for seed in islice(stream(config.seeds, config.recipe.language), SEEDS)
    ]
    calls = [_spread([ways[index][0] for ways in driven], missing) for index in range(len(WAYS))]
    prompts = [_spread([ways[index][1] for ways in driven], missing) for index in range(len(WAYS))]
    longest = config.llm.max_tokens
    # The first way is the usual one: answers that can be read, tests that hold.
    every = Range(min(calls), calls[0], max(calls))
    words = Range(min(prompts), prompts[0], max(prompts))
    return [every, words, Range(0, every.likely * longest, every.high * longest)]


def _spread(values: list[int], missing: int) -> float:
    return statistics.fmean(values) * missing if values else 0.0


def _drive(config: RunConfig, seed: Seed, answer: str, holds: bool) -> tuple[int, int]:
    """Calls that a recipe makes and the prompt tokens in them, given this answer to everything."""
    steps = RECIPES.load(config.recipe.name)(seed, config.recipe)
    calls = tokens = 0
    wanted = next(steps)
    while True:
        replies: list[Any] = []
        for one in wanted:
            if isinstance(one, Try):
                replies.append(_evidence(one.draft, holds))
                continue
            calls += one.samples
            tokens += one.samples * _tokens(one)
            replies.append(tuple(Completion(f"{calls}.{number}", answer) for number in range(one.samples)))
        try:
            wanted = steps.send(tuple(replies))
        except StopIteration:
            return calls, tokens


def _tokens(ask: Ask) -> int:
    return sum(len(turn.content.encode()) for turn in ask.messages) // BYTES_PER_TOKEN


def _evidence(draft: Draft, holds: bool) -> Evidence:
    passed = tuple(tuple(holds for _ in suite.cases) for suite in draft.suites)
    status = Status.PASSED if holds else Status.FAILED
    return Evidence(draft.id, tuple(SolutionEvidence(status, passed, 0) for _ in draft.solutions))


WAYS = ((ANSWER, True), (ANSWER, False), ("", True))


# ── money and limits ─────────────────────────────────────────────────────────────────────────────────────────────────


def _cost(prices: BudgetConfig, prompt: Range, completion: Range) -> Range | None:
    def price(share: Callable[[Range], float]) -> float | None:
        return Spent(0, round(share(prompt)), round(share(completion))).cost(prices)

    low, likely, high = price(lambda r: r.low), price(lambda r: r.likely), price(lambda r: r.high)
    return None if low is None or likely is None or high is None else Range(low, likely, high)


def _ends(limits: BudgetConfig, paid: Spent, missing: int, prompt: float, completion: float) -> dict[str, int]:
    """Limits that will be met before the last draft, and after how many of the drafts to come."""
    found = {}
    if limits.max_tokens is not None and prompt + completion > limits.max_tokens - paid.tokens:
        found["max_tokens"] = max(0, int(missing * (limits.max_tokens - paid.tokens) / (prompt + completion)))
    already, more = paid.cost(limits), Spent(0, round(prompt), round(completion)).cost(limits)
    if limits.max_cost is not None and already is not None and more and already + more > limits.max_cost:
        found["max_cost"] = max(0, int(missing * (limits.max_cost - already) / more))
    return found


def _shown(figure: Range, form: str = ",.0f") -> str:
    likely = f"{figure.likely:{form}}"
    return likely if figure.low == figure.high else f"{likely} ({figure.low:{form}} to {figure.high:{form}})"
