"""Several samples of one question: one call where the server can, the same completions where it cannot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest

from codefactory.errors import StoppedError
from codefactory.llm.answers import read
from codefactory.llm.limiter import Limiter
from codefactory.llm.openai import OpenAIBackend
from codefactory.types import Completion, Request, Sampling
from tests.llm.conformance import ask
from tests.llm.server import FakeServer, Fault, Payload, Plan, completion, cut, hang, status
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


async def trusted(fake: FakeServer, backend: OpenAIBackend) -> None:
    """Have the backend see that this server draws several samples in a call."""
    await samples(backend, 0, 1, words="a trial")
    assert sizes(fake) == [2]
    fake.calls.clear()


def at_most(given: int) -> Plan:
    """A server that draws no more samples than this, whatever it is asked for."""
    return lambda number, payload: answered(payload | {"n": min(given, payload.get("n", 1))})


def answered(payload: Payload, **changes: object) -> Fault:
    return lambda handler: handler.reply(200, completion(payload) | changes)


def same_seed(number: int, payload: Payload) -> Fault:
    """A server that draws every sample of a call with the call's own seed."""
    (one,) = completion(payload | {"n": 1})["choices"]
    return answered(payload, choices=[one | {"index": index} for index in range(payload.get("n", 1))])


# What a server may do to a call for several samples.
ODD = {
    "refuses": lambda number, payload: status(400, {"error": "only n = 1"}) if "n" in payload else None,
    "knows no such thing": lambda number, payload: status(501) if "n" in payload else None,
    "too long for several": lambda number, payload: status(400, b"context length") if "n" in payload else None,
    "cuts": lambda number, payload: cut if "n" in payload else None,
    "no json": lambda number, payload: status(200, b"no json") if "n" in payload else None,
    "is busy": lambda number, payload: status(429, retry_after="0.05") if "n" in payload else None,
    "is late": lambda number, payload: hang(1) if "n" in payload else None,
    "gives one": at_most(1),
    "gives two": at_most(2),
    "repeats": same_seed,
    "leaves one out": lambda number, payload: answered(payload, choices=completion(payload)["choices"][::2]),
    "no index": lambda number, payload: (
        answered(payload, choices=[{"finish_reason": "stop", "message": {"content": "x"}}] * payload["n"])
        if "n" in payload
        else None
    ),
    "half a choice": lambda number, payload: (
        answered(payload, choices=[*completion(payload)["choices"][:-1], {}]) if "n" in payload else None
    ),
}


async def test_samples_of_one_question_are_one_call_and_the_prompt_is_counted_once(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        await trusted(fake, backend)
        answers = await samples(backend, *range(5))
    assert sizes(fake) == [5]
    assert len({answer.text for answer in answers}) == 5
    assert sum(answer.prompt_tokens for answer in answers) == 7
    assert sum(answer.completion_tokens for answer in answers) == 5 * len(answers[0].text.split())


async def test_server_is_tried_with_two_before_it_is_asked_for_more(fake: FakeServer) -> None:
    fake.delay_s = 0.05
    async with connected(fake, batch=8) as backend:
        questions = [samples(backend, *range(4), words=f"row {number}") for number in range(12)]
        answers = await asyncio.gather(*questions)
    assert all(len({answer.text for answer in four}) == 4 for four in answers)
    assert sizes(fake)[0] == 2
    assert sorted(sizes(fake)[1:]) == [1, 1] + [4] * 11, "whom the trial left out is asked for alone"


async def test_answers_come_in_any_order(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        await trusted(fake, backend)
        usual = await samples(backend, 0, 1, 2)
        fake.plan = lambda number, payload: answered(payload, choices=completion(payload)["choices"][::-1])
        assert await samples(backend, 0, 1, 2) == usual
    assert sizes(fake) == [3, 3]


async def test_what_a_killed_run_still_asks_for_is_what_it_would_have_got(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        await trusted(fake, backend)
        whole = await samples(backend, 0, 1, 2, 3)
        rest = await samples(backend, 2, 3)
        (last,) = await samples(backend, 3)
    assert [answer.text for answer in whole[2:]] == [answer.text for answer in rest]
    assert whole[3].text == last.text


async def test_samples_that_do_not_follow_each_other_are_calls_of_their_own(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        await trusted(fake, backend)
        answers = await samples(backend, 7, 0, 1, 4)
        assert answers[1].text == (await samples(backend, 0))[0].text
    assert sorted(sizes(fake)[:3]) == [1, 1, 2]


@pytest.mark.parametrize(
    ("most", "batch", "calls"), [(1, 99, [1] * 6), (4, 99, [2, 4]), (16, 99, [6]), (16, 3, [3, 3])]
)
async def test_no_call_asks_for_more_than_the_run_file_says(
    fake: FakeServer, most: int, batch: int, calls: list[int]
) -> None:
    async with connected(fake, samples_per_call=most, batch=batch) as backend:
        await samples(backend, 0, 1, words="a trial")
        fake.calls.clear()
        await samples(backend, *range(6))
    assert sorted(sizes(fake)) == calls


async def test_what_is_asked_while_a_sibling_waits_goes_along(fake: FakeServer) -> None:
    fake.delay_s = 0.1
    async with connected(fake, batch=3) as backend:
        await trusted(fake, backend)
        first = asyncio.create_task(samples(backend, 0, 1, 2, words="before"))
        await asyncio.sleep(0.02)
        calls = []
        for number in range(3):
            calls.append(asyncio.create_task(samples(backend, number)))
            await asyncio.sleep(0.01)
        await first
        await asyncio.sleep(0.02)
        late = await samples(backend, 3)  # its siblings are at the server
        answers = [answer for (answer,) in await asyncio.gather(*calls)] + late
    assert sizes(fake) == [3, 3, 1]
    assert len({answer.text for answer in answers}) == 4


async def test_questions_are_not_mixed_up(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        both = await asyncio.gather(samples(backend, 0, 1, words="left"), samples(backend, 0, 1, words="right"))
    assert all(" left " in answer.text for answer in both[0])
    assert all(" right " in answer.text for answer in both[1])


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("before", ["new", "trusted"])
async def test_every_sample_gets_its_own_answer_whatever_a_server_does_to_a_call_for_several(
    fake: FakeServer, name: str, before: str
) -> None:
    async with connected(fake, timeout_s=0.4) as backend:
        usual = await asyncio.gather(*(samples(backend, number) for number in (0, 2, 4, 6, 8)))
        (told,) = zip(*usual, strict=True)
        if before == "trusted":
            fake.calls.clear()
            await trusted(fake, backend)
        fake.calls.clear()
        fake.plan = ODD[name]
        answers = await samples(backend, *range(9))
        fake.calls.clear()
        later = [await samples(backend, 0, 1, words=f"row {number}") for number in range(5)]
    if name == "repeats":  # what a server repeats at first is one sample; after it was trusted, it was no such server
        assert before == "trusted" or [answer.text for answer in answers[2::2]] == [answer.text for answer in told[1:]]
    else:
        assert [answer.text for answer in answers[::2]] == [answer.text for answer in told]
    assert len({answer.text for answer in answers}) >= 8 or (name, before) == ("repeats", "trusted")
    assert {answer.finish_reason for answer in answers} == {"stop", "length"} & {a.finish_reason for a in answers}
    if name not in ("is busy", "cuts", "gives two", "leaves one out") and before == "new":
        assert sizes(fake)[-2:] == [1, 1], "it is not asked for several any more"
    assert all(len(two) == 2 for two in later)


async def test_model_that_is_too_sure_to_tell_is_asked_for_each_in_the_end(fake: FakeServer) -> None:
    fake.plan = lambda number, payload: lambda handler: handler.reply(200, completion(payload, "always this"))
    async with connected(fake) as backend:
        for number in range(5):
            await samples(backend, 0, 1, words=f"row {number}")
    assert sizes(fake) == [2, 2, 2, 1, 1, 1, 1]


async def test_cap_of_a_server_is_learnt(fake: FakeServer) -> None:
    fake.plan = at_most(3)
    async with connected(fake) as backend:
        await trusted(fake, backend)
        await samples(backend, *range(5))
        fake.calls.clear()
        await samples(backend, *range(6), words="again")
    assert sizes(fake) == [3, 3]


async def test_late_call_does_not_raise_how_many_are_asked_for(fake: FakeServer) -> None:
    fake.plan = lambda number, payload: hang(1) if payload.get("n", 1) > 2 else None
    async with connected(fake, timeout_s=0.3) as backend:
        await trusted(fake, backend)
        waves = [samples(backend, *range(8), words=f"row {number}") for number in range(6)]
        await asyncio.gather(*waves)
        fake.calls.clear()
        await samples(backend, *range(4), words="again")
    assert max(sizes(fake)) <= 2


async def test_one_failure_is_not_held_against_sharing(fake: FakeServer) -> None:
    async with connected(fake) as backend:
        await trusted(fake, backend)
        fake.plan = lambda number, payload: status(500) if number == 0 else None
        await samples(backend, *range(3))
        await samples(backend, *range(3), words="again")
    assert sizes(fake) == [3, 1, 1, 1, 3]


async def test_refused_question_is_data_for_every_sample(fake: FakeServer) -> None:
    refuse = status(400, {"error": "this model's maximum context length is 512 tokens"})
    fake.plan = lambda number, payload: refuse
    async with connected(fake) as backend:
        answers = await samples(backend, 0, 1, 2)
    assert [answer.finish_reason for answer in answers] == ["error:prompt_too_long"] * 3
    assert len({answer.request_id for answer in answers}) == 3


async def test_last_one_who_waits_takes_the_call_with_it(fake: FakeServer) -> None:
    fake.delay_s = 0.05
    async with connected(fake) as backend:
        calls = [asyncio.create_task(backend.complete(ask(backend, sample=number))) for number in range(3)]
        await asyncio.sleep(0.01)
        for call in calls:
            call.cancel()
        late = asyncio.create_task(backend.complete(ask(backend, sample=3)))  # joins nobody who has gone
        assert "hello" in (await asyncio.wait_for(late, 5)).text
        await asyncio.gather(*calls, return_exceptions=True)
        assert backend._limiter.in_flight == 0


async def test_end_of_a_run_keeps_what_came_and_sends_nothing_more(fake: FakeServer) -> None:
    fake.delay_s = 0.1
    async with connected(fake, batch=4) as backend:
        await trusted(fake, backend)
        asked = [
            asyncio.create_task(backend.complete(ask(backend, f"row {row}", sample=number)))
            for row in range(3)
            for number in range(4)
        ]
        await asyncio.sleep(0.05)
        backend.hold()
        found = await asyncio.gather(*asked, return_exceptions=True)
    assert sizes(fake) == [4]
    assert [isinstance(one, Completion) for one in found] == [True] * 4 + [False] * 8
    assert all(isinstance(one, StoppedError) for one in found[4:])


async def test_short_answer_beside_a_long_one_is_counted_too(fake: FakeServer) -> None:
    """A budget takes an answer without tokens for a server that counts none, and ends the run."""
    texts = ["x" * 5000, "y", "z" * 3000]
    choices = [{"index": n, "finish_reason": "stop", "message": {"content": text}} for n, text in enumerate(texts)]
    body = {"choices": choices, "usage": {"prompt_tokens": 7, "completion_tokens": 800}}
    async with connected(fake) as backend:
        await trusted(fake, backend)
        fake.plan = lambda number, payload: lambda handler: handler.reply(200, body)
        asked = (ask(backend, sample=number, max_tokens=600) for number in range(3))
        answers = await asyncio.gather(*map(backend.complete, asked))
    assert [answer.text for answer in answers] == texts
    assert sum(answer.completion_tokens for answer in answers) == 800
    assert answers[0].completion_tokens > answers[2].completion_tokens > answers[1].completion_tokens == 1


@pytest.mark.parametrize("tokens", [0, 1, 2, 3, 100, 1500])
def test_no_share_of_a_calls_tokens_is_more_than_an_answer_may_have(tokens: int) -> None:
    """The budget reserves that much for each."""
    requests = tuple(Request("m", prompt="p", sampling=Sampling(max_tokens=500), sample=n) for n in range(3))
    choices = [{"index": n, "text": text} for n, text in enumerate(["", "y", "z" * 3000])]
    body = json.dumps({"choices": choices, "usage": {"prompt_tokens": 7, "completion_tokens": tokens}})
    shares = [one.completion_tokens for one in read(requests, body, str)]
    assert sum(shares) == tokens
    assert max(shares) <= 500


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
