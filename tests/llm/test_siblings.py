"""Several samples of one question: one call where the server can, the same completions where it cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from codefactory.llm.limiter import Limiter
from codefactory.llm.openai import OpenAIBackend
from codefactory.types import Completion
from tests.llm.conformance import ask
from tests.llm.server import FakeServer, Handler, Payload, completion, hang, status
from tests.llm.test_openai import connected


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    with FakeServer() as running:
        yield running


async def samples(backend: OpenAIBackend, *numbers: int, words: str = "hello") -> list[Completion]:
    return await asyncio.gather(*(backend.complete(ask(backend, words, sample=number)) for number in numbers))


def sizes(fake: FakeServer) -> list[int]:
    """How many answers each call asked for."""
    return [payload.get("n", 1) for payload in fake.calls]


def alone(fake: FakeServer) -> None:
    """A server that draws one sample whatever it is asked for."""
    fake.plan = lambda number, payload: lambda handler: handler.reply(200, completion({**payload, "n": 1}))


def same_seed(number: int, payload: Payload) -> object:
    """A server that draws every sample of a call with the call's own seed."""

    def fault(handler: Handler) -> None:
        one = completion({**payload, "n": 1})
        count = payload.get("n", 1)
        usage = {"prompt_tokens": 7, "completion_tokens": one["usage"]["completion_tokens"] * count}
        handler.reply(200, {"choices": one["choices"] * count, "usage": usage})

    return fault


async def test_samples_of_one_question_are_one_call_and_the_prompt_is_counted_once(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        answers = await samples(backend, *range(5))
    assert sizes(fake) == [5]
    assert len({answer.text for answer in answers}) == 5
    assert sum(answer.prompt_tokens for answer in answers) == 7
    assert sum(answer.completion_tokens for answer in answers) == 5 * len(answers[0].text.split())


async def test_answers_come_in_any_order(fake: FakeServer) -> None:
    def backwards(payload: Payload) -> Payload:
        body = completion(payload)
        return {**body, "choices": body["choices"][::-1]}

    async with connected(fake) as backend:
        usual = await samples(backend, 0, 1, 2)
        fake.plan = lambda number, payload: lambda handler: handler.reply(200, backwards(payload))
        assert await samples(backend, 0, 1, 2) == usual


async def test_what_a_killed_run_still_asks_for_is_what_it_would_have_got(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        whole = await samples(backend, 0, 1, 2, 3)
        rest = await samples(backend, 2, 3)
        (last,) = await samples(backend, 3)
    assert [answer.text for answer in whole[2:]] == [answer.text for answer in rest]
    assert whole[3].text == last.text


async def test_samples_that_do_not_follow_each_other_are_calls_of_their_own(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        answers = await samples(backend, 7, 0, 1, 4)
        assert answers[1].text == (await samples(backend, 0))[0].text
    assert sorted(sizes(fake)[:3]) == [1, 1, 2]


@pytest.mark.parametrize(("most", "calls"), [(1, [1] * 6), (4, [2, 4]), (16, [6])])
async def test_no_call_asks_for_more_than_the_run_file_says(fake: FakeServer, most: int, calls: list[int]) -> None:
    async with connected(fake, samples_per_call=most) as backend:
        await samples(backend, *range(6))
    assert sorted(sizes(fake)) == calls


async def test_what_is_asked_while_a_sibling_waits_goes_along(fake: FakeServer) -> None:
    fake.delay_s = 0.1
    async with connected(fake, batch=1) as backend:
        first = asyncio.create_task(samples(backend, 0, words="before"))
        await asyncio.sleep(0.02)
        calls = []
        for number in range(3):
            calls.append(asyncio.create_task(samples(backend, number)))
            await asyncio.sleep(0.01)
        await first
        await asyncio.sleep(0.02)
        late = await samples(backend, 3)  # its siblings are at the server
        answers = [answer for (answer,) in await asyncio.gather(*calls)] + late
    assert sizes(fake) == [1, 3, 1]
    assert len({answer.text for answer in answers}) == 4


async def test_questions_are_not_mixed_up(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        both = await asyncio.gather(samples(backend, 0, 1, words="left"), samples(backend, 0, 1, words="right"))
    assert all(" left " in answer.text for answer in both[0])
    assert all(" right " in answer.text for answer in both[1])


async def test_server_that_refuses_several_is_asked_for_each(fake: FakeServer) -> None:
    refuse = status(400, {"error": "only n = 1 is supported"})
    fake.plan = lambda number, payload: refuse if "n" in payload else None
    async with connected(fake) as backend:
        answers = await samples(backend, 0, 1, 2)
        await samples(backend, 0, 1, words="again")
    assert len({answer.text for answer in answers}) == 3
    assert sizes(fake) == [3, 1, 1, 1, 1, 1]


async def test_server_that_gives_one_whatever_it_is_asked_is_asked_for_the_others(fake: FakeServer) -> None:
    alone(fake)
    async with connected(fake) as backend:
        answers = await samples(backend, 0, 1, 2)
        await samples(backend, 0, 1, words="again")
    assert len({answer.text for answer in answers}) == 3
    assert sizes(fake) == [3, 1, 1, 1, 1]


async def test_server_that_repeats_one_sample_is_found_out_and_its_tokens_are_counted(fake: FakeServer) -> None:
    fake.plan = same_seed  # type: ignore[assignment]
    async with connected(fake) as backend:
        answers = await samples(backend, 0, 1, 2)
        await samples(backend, 0, 1, words="again")
    assert len({answer.text for answer in answers}) == 3
    assert sizes(fake) == [3, 1, 1, 1, 1, 1]
    assert sum(answer.prompt_tokens for answer in answers) == 4 * 7
    each = completion(fake.calls[0] | {"n": 1})["usage"]["completion_tokens"]
    assert sum(answer.completion_tokens for answer in answers) == (3 + 1 + 1 + 1) * each


async def test_server_that_is_late_with_several_is_asked_for_each(fake: FakeServer) -> None:
    fake.plan = lambda number, payload: hang(1) if "n" in payload else None
    async with connected(fake, timeout_s=0.3) as backend:
        answers = await samples(backend, 0, 1, 2)
    assert len({answer.text for answer in answers}) == 3
    assert sizes(fake) == [3, 1, 1, 1]


async def test_sure_model_goes_on_being_asked_for_several(fake: FakeServer) -> None:
    fake.plan = lambda number, payload: lambda handler: handler.reply(200, completion(payload, "always this"))
    async with connected(fake) as backend:
        answers = await samples(backend, 0, 1, 2)
        await samples(backend, 0, 1, words="again")
    assert sizes(fake) == [3, 1, 2, 1]
    assert sum(answer.prompt_tokens for answer in answers) == 2 * 7


async def test_refused_question_is_data_for_every_sample(fake: FakeServer) -> None:
    refuse = status(400, {"error": "this model's maximum context length is 512 tokens"})
    fake.plan = lambda number, payload: refuse
    async with connected(fake) as backend:
        answers = await samples(backend, 0, 1, 2)
    assert [answer.finish_reason for answer in answers] == ["error:prompt_too_long"] * 3
    assert len({answer.request_id for answer in answers}) == 3


async def test_failed_call_is_tried_again_whole(fake: FakeServer) -> None:
    fake.plan = lambda number, payload: status(500) if number < 2 else None
    async with connected(fake) as backend:
        answers = await samples(backend, 0, 1, 2)
    assert len({answer.text for answer in answers}) == 3
    assert sizes(fake) == [3, 3, 3]


async def test_last_one_who_waits_takes_the_call_with_it(fake: FakeServer) -> None:
    fake.delay_s = 0.05
    async with connected(fake) as backend:
        calls = [asyncio.create_task(backend.complete(ask(backend, sample=number))) for number in range(3)]
        await asyncio.sleep(0.01)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await asyncio.sleep(0)
        assert backend._limiter.in_flight == 0


async def test_answers_in_flight_are_counted_and_not_calls() -> None:
    limiter = Limiter(10)
    async with limiter.slot("6" * 6), limiter.slot("4" * 4):
        late = asyncio.create_task(limiter.slot().__aenter__())
        await asyncio.sleep(0)
        assert not late.done()
    await late
    assert limiter.in_flight == 1


async def test_call_for_more_answers_than_there_are_slots_has_the_server_to_itself() -> None:
    limiter = Limiter(4)
    async with limiter.slot("9" * 9):
        late = asyncio.create_task(limiter.slot().__aenter__())
        await asyncio.sleep(0)
        assert not late.done()
    await late


async def test_short_answer_beside_a_long_one_is_counted_too(fake: FakeServer) -> None:
    """A budget takes an answer without tokens for a server that counts none, and ends the run."""
    texts = ["x" * 5000, "y", "z" * 3000]
    choices = [{"finish_reason": "stop", "message": {"content": text}} for text in texts]
    body = {"choices": choices, "usage": {"prompt_tokens": 7, "completion_tokens": 800}}
    fake.plan = lambda number, payload: lambda handler: handler.reply(200, body)
    async with connected(fake) as backend:
        answers = await samples(backend, 0, 1, 2)
    assert [answer.text for answer in answers] == texts
    assert sum(answer.completion_tokens for answer in answers) == 800
    assert answers[0].completion_tokens > answers[2].completion_tokens > answers[1].completion_tokens == 1
