"""The promises of `codefactory.llm.base`, as tests: subclass, and give a `backend` fixture.

A third party's backend passes the same suite: `class TestMine(Conformance)` with its own fixture.
"""

from __future__ import annotations

import asyncio

import pytest

from codefactory.errors import BackendError
from codefactory.llm.base import Backend
from codefactory.types import Message, Request, Sampling

MANY = 120


def ask(
    backend: Backend,
    words: str = "hello",
    *,
    sample: int = 0,
    raw: bool = False,
    max_tokens: int = 12,
    **sampling: object,
) -> Request:
    """A request to this backend."""
    drawn = Sampling(max_tokens=max_tokens, **sampling)  # type: ignore[arg-type]
    if raw:
        return Request(backend.fingerprint, prompt=words, sampling=drawn, sample=sample)
    return Request(backend.fingerprint, (Message("user", words),), sampling=drawn, sample=sample)


class Conformance:
    """What holds for every backend."""

    def test_fingerprint_names_model_and_revision(self, backend: Backend) -> None:
        name, _, revision = backend.fingerprint.partition("@")
        assert name
        assert revision

    @pytest.mark.parametrize("raw", [False, True])
    async def test_answer_names_its_request(self, backend: Backend, raw: bool) -> None:
        request = ask(backend, raw=raw)
        completion = await backend.complete(request)
        assert completion.request_id == request.id
        assert completion.finish_reason in ("stop", "length")

    async def test_many_at_once_are_all_answered_and_not_mixed_up(self, backend: Backend) -> None:
        requests = [ask(backend, f"number {index % 40}", sample=index) for index in range(MANY)]
        completions = await asyncio.gather(*(backend.complete(request) for request in requests))
        assert [completion.request_id for completion in completions] == [request.id for request in requests]

    async def test_same_request_gets_the_same_text_alone_and_in_company(self, backend: Backend) -> None:
        requests = [ask(backend, f"number {index}", sample=index) for index in range(24)]
        alone = [await backend.complete(request) for request in requests[:3]]
        together = await asyncio.gather(*(backend.complete(request) for request in reversed(requests)))
        assert alone == list(reversed(together))[:3]

    async def test_cancelled_call_takes_no_other_with_it(self, backend: Backend) -> None:
        calls = [asyncio.create_task(backend.complete(ask(backend, "hello", sample=index))) for index in range(8)]
        await asyncio.sleep(0)
        calls[3].cancel()
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert [index for index, result in enumerate(results) if isinstance(result, BaseException)] in ([3], [])

    async def test_tokens_are_counted(self, backend: Backend) -> None:
        completion = await backend.complete(ask(backend, max_tokens=3))
        assert completion.prompt_tokens > 0
        assert 0 < completion.completion_tokens <= 3


class ModelConformance(Conformance):
    """What holds for every backend that has a model behind it."""

    async def test_answer_ends_at_max_tokens(self, backend: Backend) -> None:
        completion = await backend.complete(ask(backend, max_tokens=3))
        assert (completion.finish_reason, completion.completion_tokens) == ("length", 3)

    async def test_closed_backend_says_so(self, backend: Backend) -> None:
        await backend.close()
        with pytest.raises(BackendError, match="closed"):
            await backend.complete(ask(backend))
