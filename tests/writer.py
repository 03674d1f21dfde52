"""A writer behind the fake server: it answers a recipe's questions with tasks that hold, and is a pure function."""

from __future__ import annotations

import re

from tests.llm.server import Fault, Handler, Payload, completion

TASK = """## Problem
Write `add_{n}(x)`, which returns x plus {n}.
## Solution
```python
def add_{n}(x):
    return x + {n}
```
## Tests
```python
assert add_{n}(1) == {one}
assert add_{n}(0) == {n}
assert add_{n}(-1) == {minus}
```"""
RUN = """
out: {out}
llm: {{backend: openai, model: fake, base_url: {url}, batch: {batch}, timeout_s: {timeout_s}, api_key_env: FAKE_KEY}}
seeds: {{count: {count}}}
recipe: {{solutions: 3, suites: 2}}
sandbox: {{runner: process}}
select: {{decontaminate: [], near_duplicates: 0}}
"""
CALLS_A_DRAFT = 4  # one task, two further solutions, one further suite


def written(payload: Payload) -> str:
    """The answer to a question; what task it is follows from the question's seed."""
    words = payload["messages"][-1]["content"]
    named = re.search(r"add_(\d+)\(", words)
    n = int(named.group(1)) if named else 2 + payload["seed"]
    whole = TASK.format(n=n, one=n + 1, minus=n - 1)
    if words.startswith("Solve"):
        return "## Solution" + whole.split("## Solution")[1].split("## Tests")[0]
    return "## Tests" + whole.split("## Tests")[1] if words.startswith("Write tests") else whole


def answer(payload: Payload, text: str | None = None) -> Fault:
    """A good answer over HTTP, or the same with another text."""

    def reply(handler: Handler) -> None:
        handler.reply(200, completion(payload, written(payload) if text is None else text))

    return reply
