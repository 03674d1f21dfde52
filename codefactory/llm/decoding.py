"""Continuous batching: many requests decoded together, each of them as if it were alone.

Rows that start together form a *cohort* with one key-value cache, cut to its own longest row: attention, which costs
more than the matrix products in a small model, then reads little that is not needed. Every step puts the newest token
of all cohorts through the weights at once, samples, drops finished rows, and lets waiting requests in. Cohorts that
have dwindled are merged.

A row's tokens come from a generator seeded by its request id, one number a token, by inverting the cumulated
distribution. With `codefactory.llm.llama` on a CPU the logits of a row are the same to the last bit whatever else is in
the batch (see there), so a text depends on its request alone. With other engines, and on a GPU, the logits carry float
noise from the batch's shape: a token changes where the drawn number falls within that noise of a boundary.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from codefactory.types import Completion, Request

PREFILL = 16384  # prompt tokens in one pass: bounds the memory of a pass, whatever the prompts
STOP_EVERY = 8  # tokens between two looks for stop strings: a look decodes the whole row


@dataclass(slots=True, eq=False)
class Row:
    """One request on its way: what it was asked, what it has said, and whom to tell.

    `done` is called from the worker's thread; `cancelled` says that nobody waits any more.
    """

    request: Request
    prompt: list[int]
    room: int
    done: Callable[[Completion | Exception], None]
    cancelled: Callable[[], bool] = lambda: False
    tokens: list[int] = field(default_factory=list)
    draws: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.draws = random.Random(int(self.request.id, 16))


class Cache(Protocol):
    """The keys and values of a cohort."""

    def keep(self, rows: list[int]) -> None:
        """Keep these rows, in this order, and forget the others."""
        ...


class Engine(Protocol):
    """A model that continues rows; `logits` are fp32 tensors of shape (rows, vocabulary)."""

    rows: int
    cohorts: int

    def prefill(self, prompts: Sequence[list[int]]) -> tuple[Any, Any]:
        """A cache for a new cohort, and the logits after each prompt."""
        ...

    def step(self, caches: Sequence[Any], tokens: list[int]) -> Any:
        """The logits after one more token for every row of every cohort, in order."""
        ...

    def merge(self, first: Any, second: Any) -> Any:
        """One cache with the rows of both, or None where this engine cannot."""
        ...


@dataclass(slots=True, eq=False)
class Cohort:
    """Rows that share a cache, in the cache's order."""

    rows: list[Row]
    cache: Cache


class Decoder:
    """Runs an engine over rows until they are finished. Not thread-safe: one thread owns it.

    Args:
        stop_tokens: ids that end an answer and are not part of it.
        decode: token ids to text.
    """

    def __init__(self, engine: Engine, stop_tokens: frozenset[int], decode: Callable[[list[int]], str]) -> None:
        self.engine = engine
        self._stop_tokens = stop_tokens
        self._decode = decode
        self._cohorts: list[Cohort] = []

    @property
    def active(self) -> int:
        """Rows being decoded."""
        return sum(len(cohort.rows) for cohort in self._cohorts)

    @property
    def room(self) -> int:
        """How many rows may be admitted now."""
        return self.engine.rows - self.active if len(self._cohorts) < self.engine.cohorts else 0

    def admit(self, rows: list[Row]) -> None:
        """Start these rows; prompts that are the same are read once, and no pass reads more than PREFILL tokens."""
        while rows:
            longest = max(len(row.prompt) for row in rows)
            count = max(1, PREFILL // longest)
            self._start(rows[:count])
            rows = rows[count:]

    def _start(self, rows: list[Row]) -> None:
        distinct = {tuple(row.prompt): index for index, row in reversed(list(enumerate(rows)))}
        prompts = sorted(distinct, key=lambda prompt: distinct[prompt])
        place = {prompt: index for index, prompt in enumerate(prompts)}
        cache, logits = self.engine.prefill([list(prompt) for prompt in prompts])
        origin = [place[tuple(row.prompt)] for row in rows]
        if origin != list(range(len(prompts))):
            cache.keep(origin)
            logits = logits[origin]
        self._advance([Cohort(rows, cache)], logits)

    def step(self) -> None:
        """One token for every row."""
        running, self._cohorts = self._cohorts, []
        newest = [row.tokens[-1] for cohort in running for row in cohort.rows]
        self._advance(running, self.engine.step([cohort.cache for cohort in running], newest))
        self._merge()

    def abandon(self, error: Exception) -> None:
        """Tell every row that it will not be finished."""
        for cohort in self._cohorts:
            for row in cohort.rows:
                row.done(error)
        self._cohorts = []

    def _advance(self, cohorts: list[Cohort], logits: Any) -> None:
        tokens = iter(sample(logits, [row for cohort in cohorts for row in cohort.rows]))
        for cohort in cohorts:
            left = _close_gaps([not self._finished(row, next(tokens)) for row in cohort.rows])
            if not left:
                continue
            if len(left) < len(cohort.rows):
                cohort.cache.keep(left)
                cohort.rows = [cohort.rows[index] for index in left]
            self._cohorts.append(cohort)

    def _finished(self, row: Row, token: int) -> bool:
        if row.cancelled():
            return True
        if token in self._stop_tokens:
            self._finish(row, self._decode(row.tokens), "stop", len(row.tokens) + 1)
            return True
        row.tokens.append(token)
        full = len(row.tokens) >= row.room
        if row.request.sampling.stop and (full or len(row.tokens) % STOP_EVERY == 0):
            text = self._decode(row.tokens)
            ends = [at for at in (text.find(stop) for stop in row.request.sampling.stop) if at >= 0]
            if ends:
                self._finish(row, text[: min(ends)], "stop", len(row.tokens))
                return True
        if full:
            self._finish(row, self._decode(row.tokens), "length", len(row.tokens))
        return full

    def _finish(self, row: Row, text: str, reason: str, tokens: int) -> None:
        stops = [at for at in (text.find(stop) for stop in row.request.sampling.stop) if at >= 0]
        if stops:
            text, reason = text[: min(stops)], "stop"
        row.done(Completion(row.request.id, text, reason, len(row.prompt), tokens))

    def _merge(self) -> None:
        """Join the two smallest cohorts while they are small against the batch: each costs its own attention calls."""
        while len(self._cohorts) > 1:
            first, second = sorted(self._cohorts, key=lambda cohort: len(cohort.rows))[:2]
            crowded = len(self._cohorts) >= self.engine.cohorts
            if not crowded and len(first.rows) + len(second.rows) > self.engine.rows // 8:
                return
            cache = self.engine.merge(first.cache, second.cache)
            if cache is None:
                return
            self._cohorts = [cohort for cohort in self._cohorts if cohort not in (first, second)]
            self._cohorts.append(Cohort(first.rows + second.rows, cache))


def _close_gaps(alive: list[bool]) -> list[int]:
    """The indices that stay, the last ones moved into the gaps, so that a cache copies as little as it can."""
    count = sum(alive)
    spare = (index for index in range(count, len(alive)) if alive[index])
    return [index if alive[index] else next(spare) for index in range(count)]


def sample(logits: Any, rows: Sequence[Row]) -> list[int]:
    """One token a row: the likeliest where the temperature is 0, else drawn with the row's own next number.

    Nucleus sampling (top_p) is Holtzman et al. 2020, arXiv 1904.09751.
    """
    import torch

    greedy = logits.argmax(-1)
    samplings = [row.request.sampling for row in rows]
    if all(sampling.temperature == 0 for sampling in samplings):
        return list(greedy.tolist())
    temperature = torch.tensor([[sampling.temperature or 1.0] for sampling in samplings], device=logits.device)
    draws = torch.tensor([[row.draws.random()] for row in rows], device=logits.device, dtype=torch.float32)
    chances = torch.softmax(logits / temperature, -1)
    if any(sampling.top_p < 1 for sampling in samplings):
        top_p = torch.tensor([[sampling.top_p] for sampling in samplings], device=logits.device)
        chances = _nucleus(chances, top_p)
    total = chances.cumsum(-1)
    token = (total <= draws * total[:, -1:]).sum(-1)
    # Rounding can put the draw on the total itself: then no token lies above it.
    token = torch.where(token < logits.shape[-1], token, greedy)
    cold = torch.tensor([sampling.temperature == 0 for sampling in samplings], device=logits.device)
    return list(torch.where(cold, greedy, token).tolist())


def _nucleus(chances: Any, top_p: Any) -> Any:
    ordered, index = chances.sort(dim=-1, descending=True, stable=True)
    before = ordered.cumsum(-1) - ordered
    kept = ordered.masked_fill(before >= top_p, 0.0)
    return chances.new_zeros(chances.shape).scatter(-1, index, kept)
