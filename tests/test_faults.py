"""Everything a server can do wrong, all at once, over a whole run: no row lost, none doubled, and a clear account.

What each fault means to one call is in `tests/llm/test_openai.py`.
"""

from __future__ import annotations

import asyncio
import json
import resource
from pathlib import Path

import pytest

from codefactory.config import RunConfig
from codefactory.ledger import Ledger
from codefactory.llm.base import open_backend
from codefactory.pipeline import run
from codefactory.runs import account
from codefactory.selection import select_all
from codefactory.types import Message, Request
from tests.llm.server import FakeServer, Fault, Handler, Payload, completion, cut, half, hang, status
from tests.writer import CALLS_A_DRAFT, answer, written

COUNT = 12
NONSENSE = {"prompt_tokens": "many", "completion_tokens": -3}


def garbage(handler: Handler) -> None:
    """What is no HTTP at all."""
    handler.wfile.write(b"\x00\xff not http\r\n\r\n")
    handler.close_connection = True


def drip(handler: Handler) -> None:
    """An answer that begins, and then waits for longer than anybody does."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"cho')
    handler.wfile.flush()
    hang(4)(handler)


BAD: dict[str, Fault] = {
    "storm": status(429),
    "storm with a date": status(429, retry_after="0.05"),
    "overloaded": status(503),
    "broken": status(500),
    "proxy": status(502, b"<html>bad gateway</html>"),
    "hang": hang(4),
    "drip": drip,
    "half": half,
    "cut": cut,
    "no http": garbage,
    "no json": status(200, b"no json"),
    "no choices": status(200, {"choices": []}),
    "null choices": status(200, {"choices": None}),
    "no message": status(200, {"choices": [{"index": 0}]}),
    "a list": status(200, []),
    "content is a list": status(200, {"choices": [{"message": {"content": [1]}}]}),
    "deep json": status(200, b"[" * 100_000),
}


# What says "later" is waited for, for as long as it takes; any other fault becomes a reason of its row.
LATER = {"storm", "storm with a date", "overloaded", "hang", "drip"}


def good(number: int, payload: Payload) -> Fault:
    """A right answer, in all the forms that are right."""
    body = completion(payload, lambda sample: written(payload, sample))
    if number % 5 == 1:
        body["padding"] = "x" * 1_000_000
    if number % 5 == 2:
        body["usage"] = NONSENSE
    encoding = "latin-1" if number % 5 == 3 else "utf-8"
    raw = json.dumps(body, ensure_ascii=False).encode(encoding)
    return lambda handler: handler.reply(200, raw, {"Content-Type": f"application/json; charset={encoding}"})


def _config(out: Path, fake: FakeServer, **llm: object) -> RunConfig:
    data = {
        "out": str(out),
        "llm": {"backend": "openai", "model": "fake", "base_url": fake.url, "batch": 8, "timeout_s": 2, **llm},
        "seeds": {"count": COUNT},
        "recipe": {"solutions": 3, "suites": 2},
        "sandbox": {"runner": "process"},
        "select": {"decontaminate": [], "near_duplicates": 0},
    }
    return RunConfig.model_validate(data)


def _corpora(config: RunConfig) -> dict[str, str]:
    """Every corpus without the server's address, which is part of the model's name."""
    select_all(config)
    found = {}
    for path in sorted(config.out.glob("corpus/*/records.jsonl")):
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        found[path.parent.name] = json.dumps([(row["problem"], row["solution"], row["tests"]) for row in rows])
    return found


@pytest.mark.slow
async def test_all_faults_at_once_change_nothing_but_the_account(tmp_path: Path) -> None:
    faults = list(BAD.values())

    def plan(number: int, payload: Payload) -> Fault:
        return faults[number // 3 % len(faults)] if number % 3 == 1 else good(number, payload)

    with FakeServer(lambda number, payload: answer(payload)) as fake:
        undisturbed = _config(tmp_path / "undisturbed", fake)
        await run(undisturbed)
        assert fake.answers == COUNT * CALLS_A_DRAFT
    with FakeServer(plan) as fake:
        disturbed = _config(tmp_path / "disturbed", fake)
        progress = await run(disturbed)
        broken = sum(number % 3 == 1 for number in range(len(fake.calls)))
    assert (progress.drafts, progress.executed, progress.stopped) == (COUNT, COUNT, "")
    with Ledger(disturbed.out / "ledger.sqlite", write=False) as ledger:
        completions = [json.loads(value) for _, value in ledger.items("completion")]
    assert len(completions) == COUNT * CALLS_A_DRAFT
    assert {one["finish_reason"] for one in completions} == {"stop"}
    assert _corpora(disturbed).keys() == _corpora(undisturbed).keys()
    assert all(json.loads(rows) for rows in _corpora(disturbed).values())
    assert sum(progress.troubles.values()) == broken
    told = "\n".join(account(disturbed, progress))
    assert {"http_429", "timeout", "malformed", "cut"} <= set(progress.troubles)
    assert f"http_429 {progress.troubles['http_429']}" in told


@pytest.mark.parametrize("name", sorted(set(BAD) - LATER))
async def test_prompt_that_always_meets_a_fault_costs_one_draft_or_stops_with_a_reason(
    tmp_path: Path, name: str
) -> None:
    """A fault that says "later" is waited for; any other becomes a reason slug of that row, and of no other."""
    if name in ("storm", "storm with a date", "overloaded", "hang", "drip"):
        pytest.skip("these wait, for as long as it takes")

    def plan(number: int, payload: Payload) -> Fault:
        return BAD[name] if "poison" in payload["messages"][-1]["content"] else answer(payload)

    with FakeServer(plan) as fake:
        config = _config(tmp_path, fake)
        async with open_backend(config.llm) as backend:
            words = ("Write a problem: poison", *["Write a problem"] * 6)
            asked = [Request(backend.fingerprint, (Message("user", text),), sample=n) for n, text in enumerate(words)]

            async def later(number: int, request: Request) -> str:
                await asyncio.sleep(0.2 * number)  # the server has to have answered others meanwhile
                return (await backend.complete(request)).finish_reason

            reasons = await asyncio.gather(*(later(number, one) for number, one in enumerate(asked)))
    assert reasons[0].startswith("error:")
    assert set(reasons[1:]) == {"stop"}


async def test_answer_is_recorded_before_another_call_takes_its_place(tmp_path: Path) -> None:
    recorded, asked = [], [0]

    def plan(number: int, payload: Payload) -> Fault:
        with Ledger(tmp_path / "ledger.sqlite", write=False) as ledger:
            recorded.append(ledger.count("completion"))
        asked.append(asked[-1] + payload.get("n", 1))
        return answer(payload)

    with FakeServer(plan) as fake:
        await run(_config(tmp_path, fake, batch=1))
    assert recorded == asked[:-1]
    assert asked[-1] == COUNT * CALLS_A_DRAFT


async def test_endless_answer_is_cut_off_and_memory_is_bounded(tmp_path: Path) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(1 << 40))
        handler.end_headers()
        for _ in range(4000):  # 250 MB, unless the client hangs up
            handler.wfile.write(b"x" * (1 << 16))

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with FakeServer(lambda number, payload: endless) as fake:
        async with open_backend(_config(tmp_path, fake, timeout_s=60).llm) as backend:
            completion = await backend.complete(Request(backend.fingerprint, (Message("user", "hello"),)))
    assert completion.finish_reason == "error:answer_too_large"
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 100
