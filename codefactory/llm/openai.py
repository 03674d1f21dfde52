"""The `openai` backend: any server that speaks OpenAI's chat or completion protocol, such as vLLM or a hosted model.

What a bad answer means:

- Too busy (429, 503, 529, no answer in time): fewer calls at once, and again later, for as long as it takes.
- Broken (other 5xx, a cut connection, a body that is no JSON or has no choices): again, `ATTEMPTS` times. Then, if the
  server has answered others since, the request itself is the trouble, and the reason is recorded (`error:http_500`,
  `error:malformed`); if it has not, the server is: BackendError.
- Refused (400, 413, 422): a prompt that is too long is data (`error:prompt_too_long`), and so is any refusal by a
  server that has answered before (`error:http_400`). As its first word it means a wrong setting: BackendError.
- 401, 403, 404, or nothing there for `patience_s`: BackendError.

Samples of one question that are wanted together are one call (`n`), unless the server refuses that, is late, gives
fewer, or gives the same one several times; then each is a call, and what came is kept.

The server's own batch decides the float noise in an answer; the request's seed is sent along, and may help.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type
from tenacity.wait import wait_random_exponential

from codefactory.config import LlmConfig
from codefactory.errors import BackendError, StoppedError
from codefactory.llm.answers import STOPS, decode, read, retry_after
from codefactory.llm.base import with_seed
from codefactory.llm.connection import Answer, Client, Cut, NoAnswer, TooLarge, Unreachable, fetch
from codefactory.llm.limiter import Limiter
from codefactory.llm.siblings import Family, Siblings
from codefactory.types import Completion, Request

ATTEMPTS = 5  # for answers that are broken rather than late
PATIENCE_S = 300.0  # with not one answer, before the server counts as gone; a restart with model loading fits in
LONGEST_WAIT_S = 30.0
CHECK_TIMEOUT_S = 10.0  # for the list of models
BUSY = frozenset({429, 503, 529})
TOO_LONG = ("context length", "context_length", "context size", "context window", "maximum context", "too long")
SECRET_LENGTH = 12  # characters; hosted services' keys have 30 and more


class _Later(Exception):
    """This call is worth another try. `slug` names the trouble, `busy` says that it is not the request's fault."""

    def __init__(self, slug: str, detail: str, *, busy: bool = False, wait_s: float = 0.0) -> None:
        super().__init__(detail)
        self.slug, self.busy, self.wait_s = slug, busy, wait_s


class _Refused(Exception):
    """The server will not take this request; trying again is useless."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class OpenAIBackend:
    """A model behind an OpenAI-compatible URL. Never drops a request; answers as the module says.

    Args:
        patience_s: how long a server may give no answer at all, to anyone, before it counts as gone.
        wait_s: the first wait before another try; it doubles, with jitter, up to LONGEST_WAIT_S.

    Raises:
        BackendError: if the server cannot be reached, does not accept the key, or does not have the model.
    """

    guides = True

    def __init__(self, config: LlmConfig, *, patience_s: float = PATIENCE_S, wait_s: float = 0.5) -> None:
        parts = urlsplit(config.base_url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise BackendError(
                f"base_url '{config.base_url}': set it to the server's URL, http://127.0.0.1:8000/v1 say"
            )
        self._config = config
        self._url = config.base_url.rstrip("/")
        self._key = _key(config.api_key_env)
        self.fingerprint = with_seed(f"{config.model}@{parts.netloc.rpartition('@')[2]}", config)
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        self._check_model(headers)
        self._client = Client(self._url, headers)
        self._limiter = Limiter(config.batch)
        self._patience_s = patience_s
        self._backoff = wait_random_exponential(multiplier=wait_s, max=LONGEST_WAIT_S)
        self._answered = time.monotonic()
        self._answers = 0
        self._siblings = Siblings(self._draw, config.samples_per_call)
        self._several = False  # whether a call has brought samples that differ
        self._length_key = "max_tokens"
        self._send_seed = self._send_schema = True
        self._closed = False
        self._held = asyncio.Event()
        self.troubles: Counter[str] = Counter()

    async def complete(self, request: Request) -> Completion:
        """The model's answer, after as many tries as it takes.

        Raises:
            BackendError: if the server is gone or misconfigured; never for what it says about one request.
            StoppedError: after `hold`, if the request has not been sent yet.
        """
        return await self._siblings.complete(request)

    async def _draw(self, family: Family) -> list[Completion]:
        """The answers to samples of one question, from one call where the server gives them so."""
        found = await self._tried(family)
        if len(found) > 1 and not self._several:
            # A sure model, or a server that draws every sample with the same seed: see what the last is alone.
            *others, last = found
            alone = await self._tried(Family(family.requests[len(others)]))
            same = alone[0].text == last.text
            found = [*others, _paid([*alone, last])] if same else [_paid(found + alone)]
        missing = family.requests[len(found) :]
        if missing and not self._several:
            self._siblings.most = 1
        each = await asyncio.gather(*(self._tried(Family(request)) for request in missing))
        return found + [completion for (completion,) in each]

    async def _tried(self, family: Family) -> list[Completion]:
        """What one call brings for the first of a family, after as many tries as it takes; may be none of several.

        Raises:
            BackendError, StoppedError: as `complete`.
        """
        began = self._answers
        tries = AsyncRetrying(
            retry=retry_if_exception_type(_Later),
            wait=self._wait,
            stop=lambda state: self._hopeless(state),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return await tries(self._once, family)
        except _Refused as refused:
            alike = len(family) == 1 or refused.slug == "prompt_too_long"
            return [Completion(request.id, "", f"error:{refused.slug}") for request in family.requests if alike]
        except _Later as trouble:
            if not trouble.busy and self._answers > began:
                return [Completion(request.id, "", f"error:{trouble.slug}") for request in family.requests]
            raise BackendError(
                f"{self._url}: {self._clean(str(trouble))}; see that the server is up and run the same command again, "
                "what was answered is kept"
            ) from None

    def hold(self) -> None:
        """Send nothing more, not even again; calls that are on their way are waited for."""
        self._held.set()
        self._limiter.close(StoppedError("the run is being stopped"))

    async def close(self) -> None:
        """Close the connections; calls in flight fail."""
        self._closed = True
        await self._client.close()

    async def _once(self, family: Family) -> list[Completion]:
        if self._closed:
            raise BackendError("this model has been closed; open the backend again")
        if self._held.is_set():
            raise StoppedError("the run is being stopped")
        async with self._limiter.slot(family) as sent_at:
            requests = family.close()
            payload = self._payload(requests)
            try:
                async with asyncio.timeout(self._config.timeout_s):
                    answer = await self._post(payload)
            except TimeoutError:
                self._limiter.refused(sent_at)
                if len(requests) > 1:  # a server that draws them one after the other
                    self._siblings.most = len(requests) // 2
                    self.troubles["timeout"] += 1
                    raise _Refused("timeout") from None
                raise _Later("timeout", f"no answer within {self._config.timeout_s:g} s", busy=True) from None
            except Unreachable as error:
                raise _Later("unreachable", f"nothing answers there ({error})", busy=True) from None
            except Cut as error:
                if self._closed:
                    raise BackendError("the model was closed before this request was answered") from None
                raise _Later("cut", f"the connection broke ({error})") from None
            except TooLarge:
                raise _Refused("answer_too_large") from None
            body = decode(answer)
            self._judge(answer, body, sent_at, payload)
            try:
                completions = read(requests, body, self._hide)
            except ValueError as error:
                raise _Later("malformed", str(error)) from None
            self._answers += 1
            self._answered = time.monotonic()
            self._limiter.succeeded(len(requests))
            self._several = self._several or len({completion.text for completion in completions}) > 1
            if len(requests) == 1 or self._several:
                # Before the slot is free: what was paid for is recorded before another call takes its place.
                family.deliver(completions)
            return completions

    async def _post(self, payload: dict[str, Any]) -> Answer:
        path = "/chat/completions" if "messages" in payload else "/completions"
        return await self._client.ask(path, json.dumps(payload).encode())

    def _payload(self, requests: tuple[Request, ...]) -> dict[str, Any]:
        request = requests[0]
        sampling = request.sampling
        payload: dict[str, Any] = {
            "model": self._config.model,
            "temperature": sampling.temperature,
            self._length_key: sampling.max_tokens,
        }
        if request.messages:
            payload["messages"] = [{"role": turn.role, "content": turn.content} for turn in request.messages]
        else:
            payload["prompt"] = request.prompt
        if sampling.top_p < 1:
            payload["top_p"] = sampling.top_p
        if sampling.stop:
            payload["stop"] = list(sampling.stop[:STOPS])
        if self._send_seed:
            payload["seed"] = seed_of(request)
        if len(requests) > 1:
            payload["n"] = len(requests)
        if request.schema and self._send_schema:
            shape = {"name": "answer", "strict": True, "schema": json.loads(request.schema)}
            payload["response_format"] = {"type": "json_schema", "json_schema": shape}
        return payload

    def _judge(self, answer: Answer, body: str, sent_at: int, payload: dict[str, Any]) -> None:
        """Return for a good status; raise what any other one means."""
        status, headers = answer.status, answer.headers
        if status == 200:
            return
        said = self._clean(body)
        if status in BUSY:
            self._limiter.refused(sent_at)
            wait_s = retry_after(headers)
            if wait_s:  # it lives, and says when to come back: patience starts there
                self._answered = time.monotonic() + wait_s
            raise _Later(f"http_{status}", f"too busy ({status}): {said}", busy=True, wait_s=wait_s)
        if status >= 500 or status == 408:
            raise _Later(f"http_{status}", f"the server fails with {status}: {said}", wait_s=retry_after(headers))
        if status in (401, 403):
            raise BackendError(
                f"{self._url}: the server refuses the key ({status}); put a valid one into the environment variable "
                f"{self._config.api_key_env}, or name another with 'api_key_env'"
            )
        if status == 404:
            raise BackendError(
                f"{self._url}: has no such path or no model '{self._config.model}' ({said}); "
                "check 'model' and 'base_url' under 'llm'"
            )
        if _too_long(said):
            raise _Refused("prompt_too_long")
        if self._adapts(said, payload):
            raise _Later("settings", f"refused a setting: {said}", busy=True, wait_s=0.001)
        if not self._answers and "n" not in payload:
            raise BackendError(
                f"{self._url}: refuses the first request ({status}: {said}); check the settings under 'llm'"
            )
        raise _Refused(f"http_{status}")

    def _adapts(self, said: str, payload: dict[str, Any]) -> bool:
        """Whether the refusal names a field of what was sent that we can do without; it is left out from now on.

        What was sent counts, not what is sent now: calls that were out together are refused one after the other.
        """
        if "max_completion_tokens" in said and "max_tokens" in payload:
            self._length_key = "max_completion_tokens"
            return True
        if "seed" in said and "seed" in payload:
            self._send_seed = False
            return True
        if ("response_format" in said or "json_schema" in said) and "response_format" in payload:
            self._send_schema = False  # the prompt still asks for the format
            return True
        return False

    async def _sleep(self, seconds: float) -> None:
        """Wait for another try, or until `hold` says that there will be none."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._held.wait(), seconds)

    def _wait(self, state: RetryCallState) -> float:
        trouble = state.outcome.exception() if state.outcome else None
        if isinstance(trouble, _Later):
            self.troubles[trouble.slug] += 1
        told = trouble.wait_s if isinstance(trouble, _Later) else 0.0
        jitter = float(self._backoff(state))
        return told + min(jitter, told) / 2 if told else jitter

    def _hopeless(self, state: RetryCallState) -> bool:
        trouble = state.outcome.exception() if state.outcome else None
        since = max(self._answered, state.start_time)
        if isinstance(trouble, _Later) and trouble.busy:
            return time.monotonic() - since > self._patience_s
        return state.attempt_number >= ATTEMPTS

    def _check_model(self, headers: dict[str, str]) -> None:
        """Ask for the list of models, which is free; servers that have none are taken at their word."""
        try:
            answer = fetch(f"{self._url}/models", headers, timeout_s=CHECK_TIMEOUT_S)
        except NoAnswer as error:
            said = self._clean(str(error))
            raise BackendError(
                f"{self._url}: cannot be reached ({said}); start the server, or correct 'base_url'"
            ) from None
        if answer.status in (401, 403):
            state = "is not accepted" if self._key else "is not set"
            raise BackendError(
                f"{self._url}: wants a key, and {self._config.api_key_env} {state}; set this environment variable"
            )
        try:
            names = [str(row["id"]) for row in json.loads(answer.body)["data"]]
        except (ValueError, KeyError, TypeError):
            return
        if names and self._config.model not in names:
            some = ", ".join(names[:5])
            raise BackendError(f"{self._url}: does not serve '{self._config.model}'; it has: {some}")

    def _hide(self, text: str) -> str:
        """Without the key; one that is too short to be a secret (`EMPTY`) may be a word of an answer, and stays."""
        return text.replace(self._key, "***") if len(self._key) >= SECRET_LENGTH else text

    def _clean(self, text: str) -> str:
        """One short line without the key, which some servers repeat."""
        if self._key:
            text = text.replace(self._key, "***")
        return " ".join(text.split())[:200]


def _key(variable: str) -> str:
    """The key in an environment variable, "" where there is none.

    Raises:
        BackendError: if it is nothing that a header can hold; the value is not shown.
    """
    key = os.environ.get(variable, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise BackendError(f"{variable}: holds characters that no key has; set the variable again")
    return key


def seed_of(request: Request) -> int:
    """The seed that is sent with a request: its question's, plus the sample's number.

    A server that draws the i-th of several answers with the call's seed plus i, as vLLM does, so writes for a sample
    what it would write for it alone.
    """
    return int(replace(request, sample=0).id[:7], 16) + request.sample


def _paid(completions: list[Completion]) -> Completion:
    """The first completion, with what all of them took."""
    prompt_tokens = sum(one.prompt_tokens for one in completions)
    tokens = sum(one.completion_tokens for one in completions)
    return replace(completions[0], prompt_tokens=prompt_tokens, completion_tokens=tokens)


def _too_long(said: str) -> bool:
    return any(mark in said.lower() for mark in TOO_LONG)
