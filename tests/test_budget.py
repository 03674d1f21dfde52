"""A budget is never gone over, nothing of it is left lying where a call would fit, and a stopped run goes on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from codefactory import pipeline
from codefactory.accounts import Spent
from codefactory.budget import Budget, Stop, most_tokens
from codefactory.config import BudgetConfig, RunConfig
from codefactory.errors import StoppedError
from codefactory.ledger import Ledger
from codefactory.llm.replay import Script
from codefactory.pipeline import run, spent
from codefactory.types import Completion, Message, Request, Sampling
from tests.writer import CALLS_A_DRAFT, written

PROMPT_TOKENS, COMPLETION_TOKENS = 30, 20


def _request(sample: int = 0, *, longest: int = 50) -> Request:
    return Request("m@1", (Message("user", "hello"),), sampling=Sampling(max_tokens=longest), sample=sample)


def _reply(request: Request) -> Completion:
    words = {"messages": [{"content": request.messages[-1].content}], "seed": request.sample}
    return Completion(request.id, written(words), "stop", PROMPT_TOKENS, COMPLETION_TOKENS)


def make_script(config: object) -> Script:
    return Script(_reply)


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., RunConfig]:
    backends = pipeline.open_backend.__wrapped__.__globals__["BACKENDS"]
    monkeypatch.setitem(backends._rows, "script", f"{__name__}:make_script")

    def build(count: int = 12, **budget: object) -> RunConfig:
        data = {
            "out": str(tmp_path / "out"),
            "llm": {"backend": "script", "model": "script", "batch": 4, "max_tokens": 60},
            "seeds": {"count": count},
            "recipe": {"solutions": 3, "suites": 2},
            "sandbox": {"runner": "process"},
            "select": {"decontaminate": []},
            "budget": budget,
        }
        return RunConfig.model_validate(data)

    return build


@pytest.mark.parametrize("limit", [1, 400, 1000, 5000])
async def test_no_order_of_calls_goes_over_the_limit(limit: int) -> None:
    stop = Stop()
    budget = Budget(BudgetConfig(max_tokens=limit), Spent(), stop)

    async def send(request: Request) -> Completion:
        await asyncio.sleep(0.001 * (request.sample % 7))
        return Completion(request.id, "x", "stop", 20, request.sample % 50)

    calls = (budget.pay(_request(sample), send) for sample in range(300))
    ended = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(one, Completion | StoppedError) for one in ended)
    assert budget.spent.tokens <= limit
    assert stop.reason == "max_tokens"
    assert limit - budget.spent.tokens < sum(most_tokens(_request()))  # one more might not have fitted


async def test_what_a_failed_call_had_reserved_is_free_again() -> None:
    budget = Budget(BudgetConfig(max_tokens=sum(most_tokens(_request()))), Spent(), Stop())

    async def fail(request: Request) -> Completion:
        raise RuntimeError("no")

    async def good(request: Request) -> Completion:
        return Completion(request.id, "x", "stop", 1, 1)

    with pytest.raises(RuntimeError):
        await budget.pay(_request(), fail)
    assert (await budget.pay(_request(), good)).text == "x"


async def test_run_stops_before_the_limit_and_goes_on_with_a_higher_one(make: Callable[..., RunConfig]) -> None:
    stopped = await run(make(max_tokens=1500))
    with Ledger(make().out / "ledger.sqlite", write=False) as ledger:
        paid = spent(ledger)
    assert stopped.stopped == "max_tokens"
    assert 0 < paid.tokens <= 1500
    assert paid.calls == stopped.calls, "every answer that was paid for is in the ledger"
    again = await run(make(max_tokens=1500))
    assert (again.calls, again.stopped) == (0, "max_tokens")
    rest = await run(make())
    assert rest.stopped == ""
    assert rest.drafts == 12
    assert stopped.calls + rest.calls == 12 * CALLS_A_DRAFT


async def test_cost_is_counted_over_all_sessions(make: Callable[..., RunConfig]) -> None:
    prices = {"prompt_price": 1000.0, "completion_price": 2000.0}
    a_call = (PROMPT_TOKENS * 1000 + COMPLETION_TOKENS * 2000) / 1e6
    first = await run(make(max_cost=20 * a_call, **prices))
    second = await run(make(max_cost=30 * a_call, **prices))
    assert first.stopped == second.stopped == "max_cost"
    assert first.calls <= 20
    assert first.calls < first.calls + second.calls <= 30


async def test_time_ends_a_session_cleanly(make: Callable[..., RunConfig], monkeypatch: pytest.MonkeyPatch) -> None:
    complete = Script.complete

    async def slow(self: Script, request: Request) -> Completion:
        await asyncio.sleep(0.2)
        return await complete(self, request)

    monkeypatch.setattr(Script, "complete", slow)
    stopped = await run(make(max_time=0.5))
    assert stopped.stopped == "max_time"
    with Ledger(make().out / "ledger.sqlite", write=False) as ledger:
        assert ledger.count("completion") == stopped.calls > 0


async def test_server_that_counts_nothing_ends_a_budgeted_run(
    make: Callable[..., RunConfig], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Script, "complete", _uncounted)
    stopped = await run(make(max_tokens=100_000))
    assert stopped.stopped == "uncounted"
    assert stopped.calls < 12 * CALLS_A_DRAFT


async def _uncounted(self: Script, request: Request) -> Completion:
    return Completion(request.id, _reply(request).text)


@pytest.mark.parametrize(("written_as", "seconds"), [("90", 90), ("30m", 1800), ("1.5h", 5400), (45, 45)])
def test_time_is_written_as_people_write_it(written_as: object, seconds: float) -> None:
    assert BudgetConfig.model_validate({"max_time": written_as}).max_time == seconds


def test_cost_without_prices_is_refused() -> None:
    with pytest.raises(ValueError, match="max_cost needs prompt_price"):
        BudgetConfig(max_cost=1)


def test_a_budget_may_change_under_a_ledger(make: Callable[..., RunConfig]) -> None:
    asyncio.run(run(make(count=2)))
    assert "budget" not in json.dumps(json.loads((make().out / "run.json").read_text()))
    asyncio.run(run(make(count=2, max_tokens=10**6)))
