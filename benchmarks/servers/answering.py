"""An OpenAI-compatible server that writes small tasks which hold, after a fixed time or at once, and counts them.

The answer is a pure function of the question and its seed. One thread, one event loop, HTTP/1.1 with keep-alive, only
what the benchmarks need of it. `POST /kill` with {"pid", "at"} makes it kill that process the moment the answer number
`at` is asked for, and `GET /count` says how many have been; a call with `n` asks for so many.

    python benchmarks/servers/answering.py [--delay SECONDS]     prints its port
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
from dataclasses import dataclass
from typing import Any

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
NAMED = re.compile(r"add_(\d+)\(")
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass
class Seen:
    """What the server has seen, and whom to kill when."""

    calls: int = 0
    kill_pid: int = 0
    kill_at: int = 0


def written(question: dict[str, Any], sample: int = 0) -> str:
    """The answer to a recipe's question; the i-th of several is that to the question's seed plus i, as from vLLM."""
    words = question["messages"][-1]["content"]
    named = NAMED.search(words)
    n = int(named[1]) if named else 2 + question["seed"] + sample
    whole = TASK.format(n=n, one=n + 1, minus=n - 1)
    if (question["seed"] + sample) % 2:  # samples differ, as a model's do
        whole = whole.replace(f"x + {n}", f"{n} + x")
    if words.startswith("Solve"):
        return "## Solution" + whole.split("## Solution")[1].split("## Tests")[0]
    return "## Tests" + whole.split("## Tests")[1] if words.startswith("Write tests") else whole


def completion(question: dict[str, Any]) -> dict[str, Any]:
    """The body of a good answer."""
    texts = [written(question, sample) for sample in range(question.get("n", 1))]
    choices = [
        {"index": index, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        for index, text in enumerate(texts)
    ]
    usage = {"prompt_tokens": 200, "completion_tokens": sum(len(text) // 4 for text in texts)}
    return {"id": "1", "object": "chat.completion", "model": "fake", "choices": choices, "usage": usage}


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seen: Seen, delay_s: float) -> None:
    """One connection, until its client hangs up."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length else b""
            raw = json.dumps(await answer(head.split(b" ", 2)[1], body, seen, delay_s)).encode()
            start = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(raw)
            writer.write(start + raw)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def answer(path: bytes, body: bytes, seen: Seen, delay_s: float) -> dict[str, Any]:
    """What a path says."""
    if path.endswith(b"/models"):
        return {"data": [{"id": "fake"}]}
    if path == b"/count":
        return vars(seen)
    if path == b"/kill":
        asked = json.loads(body)
        seen.kill_pid, seen.kill_at = asked["pid"], asked["at"]
        return {}
    question = json.loads(body)
    seen.calls += question.get("n", 1)
    if seen.kill_pid and seen.calls >= seen.kill_at:
        os.kill(seen.kill_pid, signal.SIGKILL)
        seen.kill_pid = 0
    found = completion(question)
    if delay_s:
        await asyncio.sleep(delay_s)
    return found


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--delay", type=float, default=0.0, metavar="SECONDS")
    delay_s = parser.parse_args().delay
    seen = Seen()
    server = await asyncio.start_server(lambda r, w: serve(r, w, seen, delay_s), "127.0.0.1", 0, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
