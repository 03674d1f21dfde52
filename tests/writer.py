"""A writer behind the fake server: it answers a recipe's questions with tasks that hold, and is a pure function."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.servers.answering import written
from tests.llm.server import Fault, Handler, Payload, completion

RUN = """
out: {out}
llm: {{backend: openai, model: fake, base_url: {url}, batch: {batch}, timeout_s: {timeout_s}, api_key_env: FAKE_KEY}}
seeds: {{count: {count}}}
recipe: {{solutions: 3, suites: 2}}
sandbox: {{runner: process}}
select: {{decontaminate: [], near_duplicates: 0}}
"""
CALLS_A_DRAFT = 4  # one task, two further solutions, one further suite


def answer(payload: Payload, text: str | Callable[[int], str] | None = None) -> Fault:
    """A good answer over HTTP, or the same with another text."""

    def reply(handler: Handler) -> None:
        handler.reply(200, completion(payload, (lambda sample: written(payload, sample)) if text is None else text))

    return reply
