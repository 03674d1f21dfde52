"""The openai backend against a real HTTP server that misbehaves."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from codefactory.config import LlmConfig
from codefactory.errors import BackendError
from codefactory.llm.base import open_backend
from codefactory.llm.limiter import Limiter
from codefactory.llm.openai import OpenAIBackend
from codefactory.types import Completion
from tests.llm import server
from tests.llm.conformance import ModelConformance, ask
from tests.llm.server import FakeServer, Handler, Payload, completion, cut, half, hang, status

KEY = "sk-secret-7f3a"


@asynccontextmanager
async def connected(fake: FakeServer, *, patience_s: float = 60.0, **changes: object) -> AsyncIterator[OpenAIBackend]:
    fields = {"backend": "openai", "model": "fake", "base_url": fake.url, "timeout_s": 60.0, "api_key_env": "FAKE_KEY"}
    config = LlmConfig.model_validate(fields | changes)
    backend = OpenAIBackend(config, patience_s=patience_s, wait_s=0.01)
    try:
        yield backend
    finally:
        await backend.close()


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    with FakeServer() as running:
        yield running


class TestConformance(ModelConformance):
    @pytest.fixture
    async def backend(self, fake: FakeServer) -> AsyncIterator[OpenAIBackend]:
        async with connected(fake) as backend:
            yield backend


async def test_run_file_opens_it(fake: FakeServer) -> None:
    config = LlmConfig(backend="openai", model="fake", base_url=fake.url)
    async with open_backend(config) as backend:
        assert (await backend.complete(ask(backend))).text.startswith("answer to hello")


async def test_stop_strings_and_sampling_are_sent(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        answer = await backend.complete(ask(backend, stop=(" STOP",), top_p=0.9, temperature=0.3, max_tokens=50))
    assert "STOP" not in answer.text
    sent = fake.calls[0]
    assert (sent["top_p"], sent["temperature"], sent["max_tokens"], sent["stop"]) == (0.9, 0.3, 50, [" STOP"])


async def test_more_stop_strings_than_a_server_takes_end_an_answer_all_the_same(fake: FakeServer) -> None:
    """OpenAI's API and vLLM refuse a call with five."""
    stops = ("\nclass ", "\ndef ", "\n#", "\nif ", " STOP")
    async with connected(fake) as backend:
        answer = await backend.complete(ask(backend, stop=stops, max_tokens=50))
    assert fake.calls[0]["stop"] == list(stops[:4])
    assert answer.text.startswith("answer to hello")
    assert "STOP" not in answer.text
    assert answer.finish_reason == "stop"


async def test_raw_prompts_go_to_the_completion_endpoint(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        await backend.complete(ask(backend, "def f(", raw=True))
    assert fake.calls[0]["prompt"] == "def f("


@pytest.mark.parametrize(
    "fault",
    [status(429), status(429, retry_after="0.05"), status(503), status(500), status(502, b"<html>"), half, cut,
     status(200, b"no json"), status(200, {"choices": []}), status(200, [])],
    ids=["429", "429-retry-after", "503", "500", "502-html", "half", "cut", "wrong-json", "no-choices", "list"],
)  # fmt: skip
async def test_fault_is_tried_again_and_no_row_is_lost_or_doubled(fake: FakeServer, fault: server.Fault) -> None:
    fake.plan = lambda number, payload: fault if number % 3 == 0 else None
    async with connected(fake) as backend:
        requests = [ask(backend, f"row {index}") for index in range(30)]
        answers = await asyncio.gather(*(backend.complete(request) for request in requests))
    assert [answer.request_id for answer in answers] == [request.id for request in requests]
    assert all(f"row {index} " in answer.text for index, answer in enumerate(answers))


async def test_hanging_call_is_given_up_and_tried_again(fake: FakeServer) -> None:
    fake.plan = lambda number, payload: hang(2) if number == 0 else None
    async with connected(fake, timeout_s=0.3) as backend:
        assert "hello" in (await backend.complete(ask(backend))).text


async def test_storm_lowers_the_number_of_calls_in_flight(fake: FakeServer) -> None:
    fake.delay_s = 0.02
    # A server with four places: whoever comes fifth is sent away.
    fake.plan = lambda number, payload: status(429, retry_after="0.02") if fake.in_flight > 4 else None
    async with connected(fake, batch=64) as backend:
        await asyncio.gather(*(backend.complete(ask(backend, f"row {index}")) for index in range(150)))
        assert backend._limiter.limit < 16
    assert len(fake.calls) < 150 * 4


async def test_number_of_calls_in_flight_grows_while_the_server_keeps_up(fake: FakeServer) -> None:
    fake.delay_s = 0.02
    async with connected(fake, batch=40) as backend:
        await asyncio.gather(*(backend.complete(ask(backend, f"row {index}")) for index in range(200)))
        assert backend._limiter.limit == 40
    assert fake.most_in_flight <= 40


async def test_server_that_restarts_loses_no_row() -> None:
    with FakeServer(delay_s=0.02) as first:
        async with connected(first, patience_s=20, batch=4) as backend:
            calls = [asyncio.create_task(backend.complete(ask(backend, f"row {index}"))) for index in range(40)]
            await asyncio.sleep(0.1)
            first.__exit__(None, None, None)
            await asyncio.sleep(0.1)
            with FakeServer(port=first.port):
                answers = await asyncio.gather(*calls)
    assert len({answer.request_id for answer in answers}) == 40


async def test_prompt_that_always_breaks_the_server_becomes_data(fake: FakeServer) -> None:
    fake.plan = lambda number, payload: status(500) if "poison" in json.dumps(payload) else None
    async with connected(fake) as backend:
        answers = await asyncio.gather(*(backend.complete(ask(backend, words)) for words in ("a", "poison", "b", "c")))
    assert [answer.finish_reason for answer in answers] == ["stop", "error:http_500", "stop", "stop"]


async def test_server_that_only_fails_is_an_error_with_a_next_step(fake: FakeServer) -> None:
    fake.plan = lambda number, payload: status(500, b"CUDA error: device lost")
    async with connected(fake) as backend:
        with pytest.raises(BackendError, match=r"device lost.*run the same command again"):
            await backend.complete(ask(backend))


async def test_server_that_vanishes_is_an_error_after_patience() -> None:
    with FakeServer() as fake:
        async with connected(fake, patience_s=0.2) as backend:
            fake.__exit__(None, None, None)
            with pytest.raises(BackendError, match="nothing answers there"):
                await backend.complete(ask(backend))


async def test_too_long_prompt_is_data(fake: FakeServer) -> None:
    body = {"error": {"message": "This model's maximum context length is 512 tokens."}}
    fake.plan = lambda number, payload: status(400, body)
    async with connected(fake) as backend:
        assert (await backend.complete(ask(backend))).finish_reason == "error:prompt_too_long"


async def test_refusal_is_a_wrong_setting_first_and_data_later(fake: FakeServer) -> None:
    refuse = status(400, {"error": "temperature must be 1"})
    fake.plan = lambda number, payload: refuse if number != 1 else None
    async with connected(fake) as backend:
        with pytest.raises(BackendError, match="temperature must be 1"):
            await backend.complete(ask(backend))
        assert (await backend.complete(ask(backend))).finish_reason == "stop"
        assert (await backend.complete(ask(backend, "again"))).finish_reason == "error:http_400"


async def test_field_that_the_server_does_not_know_is_left_out(fake: FakeServer) -> None:
    refuse = status(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"]}]})
    fake.plan = lambda number, payload: refuse if "seed" in payload else None
    async with connected(fake) as backend:
        # Those that were out together are all refused; only the first refusal is news.
        answers = await asyncio.gather(*(backend.complete(ask(backend, f"row {number}")) for number in range(8)))
    assert all(answer.text for answer in answers)


@pytest.mark.parametrize("content", ["x" * 1_000_000, "", "naïve \U0001f40d", "nul \0 inside"])
async def test_strange_text_comes_through_unchanged(fake: FakeServer, content: str) -> None:
    fake.plan = lambda number, payload: lambda handler: handler.reply(200, completion(payload, content))
    async with connected(fake) as backend:
        assert (await backend.complete(ask(backend))).text == content


@pytest.mark.parametrize("declared", [True, False])
async def test_latin_1_body_is_read(fake: FakeServer, declared: bool) -> None:
    def latin(handler: Handler) -> None:
        raw = json.dumps(completion(payload, "déjà"), ensure_ascii=False).encode("latin-1")
        handler.reply(200, raw, {"Content-Type": "application/json" + "; charset=latin-1" * declared})

    payload: Payload = {"messages": [{"content": ""}]}
    fake.plan = lambda number, payload: latin
    async with connected(fake) as backend:
        assert (await backend.complete(ask(backend))).text == "déjà"


async def test_half_a_surrogate_pair_can_be_stored(fake: FakeServer) -> None:
    fake.plan = lambda number, payload: lambda handler: handler.reply(200, completion(payload, "a\ud800b"))
    async with connected(fake) as backend:
        assert (await backend.complete(ask(backend))).text == "a?b"


@pytest.mark.parametrize("code", [401, 403, 404])
async def test_key_and_path_mistakes_name_the_next_step(
    fake: FakeServer, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_KEY", KEY)
    fake.plan = lambda number, payload: status(code, {"error": f"bad key {KEY}"})
    async with connected(fake) as backend:
        with pytest.raises(BackendError, match="FAKE_KEY" if code < 404 else "base_url") as caught:
            await backend.complete(ask(backend))
    assert KEY not in str(caught.value)


async def test_key_is_sent_and_never_shown(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("FAKE_KEY", KEY)
    fake.plan = lambda number, payload: status(500, f"key {KEY} broke me".encode())
    async with connected(fake) as backend:
        with pytest.raises(BackendError) as caught:
            await backend.complete(ask(backend))
    assert fake.keys[0] == f"Bearer {KEY}"
    assert KEY not in str(caught.value) + caplog.text + backend.fingerprint


async def test_wrong_model_is_refused_before_the_first_call(fake: FakeServer) -> None:
    with pytest.raises(BackendError, match="does not serve 'other'; it has: fake"):
        async with connected(fake, model="other"):
            pass


@pytest.mark.parametrize(("models", "said"), [((401, {}), "FAKE_KEY is not set"), ((404, {}), "")])
async def test_list_of_models_is_asked_for_and_may_be_missing(
    fake: FakeServer, models: tuple[int, object], said: str
) -> None:
    fake.models = models
    if said:
        with pytest.raises(BackendError, match=said):
            async with connected(fake):
                pass
    else:
        async with connected(fake) as backend:
            assert isinstance(await backend.complete(ask(backend)), Completion)


@pytest.mark.parametrize("url", ["", "localhost:8000", "http://127.0.0.1:9/v1", "http://host:99999/v1"])
def test_unusable_url_is_one_clear_line(url: str) -> None:
    with pytest.raises(BackendError, match=r"base_url") as caught:
        OpenAIBackend(LlmConfig(backend="openai", model="fake", base_url=url))
    assert "\n" not in str(caught.value)


async def test_limiter_passes_a_cancelled_callers_slot_on() -> None:
    limiter = Limiter(1)

    async def hold() -> float:
        async with limiter.slot():
            await asyncio.sleep(0.01)
            return time.monotonic()

    calls = [asyncio.create_task(hold()) for _ in range(5)]
    await asyncio.sleep(0)
    calls[2].cancel()
    ended = await asyncio.gather(*calls, return_exceptions=True)
    assert sum(isinstance(end, float) for end in ended) == 4
    assert limiter.in_flight == 0


async def test_refusals_of_calls_that_were_out_together_lower_the_limit_once() -> None:
    limiter = Limiter(64)
    async with limiter.slot() as first, limiter.slot() as second:
        limiter.refused(first)
        limiter.refused(second)
    assert limiter.limit == 8
    async with limiter.slot() as later:
        limiter.refused(later)
    assert limiter.limit == 4
