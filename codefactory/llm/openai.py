"""The `openai` backend: any server that speaks OpenAI's chat or completion protocol, such as vLLM or a hosted model.

What a bad answer means:

- Too busy (429, 503, 529, no answer in time): fewer calls at once, and again later, for as long as it takes.
- Broken (other 5xx, a cut connection, a body that is no JSON or has no choices): again, `ATTEMPTS` times. Then, if the
  server has answered others since, the request itself is the trouble, and the reason is recorded (`error:http_500`,
  `error:malformed`); if it has not, the server is: BackendError.
- Refused (400, 413, 422): a prompt that is too long is data (`error:prompt_too_long`), and so is any refusal by a
  server that has answered before (`error:http_400`). As its first word it means a wrong setting: BackendError.
- 401, 403, 404, or nothing there for `patience_s`: BackendError.

Samples of one question that wait together are one call (`n`) where the server is known to do that well (`Sharing`). A
call for several is made once: what it does not bring, for whatever reason, is asked for one by one, as above.

The server's own batch decides the float noise in an answer; the request's seed is sent along, and may help.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from collections import Counter
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
from codefactory.llm.sharing import Sharing
from codefactory.llm.siblings import Family, Siblings, seed_of
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


class _Apart(Exception):
    """Not everybody in a family has an answer from one call; the others are asked for alone, after a while."""

    def __init__(self, wait_s: float = 0.0) -> None:
        super().__init__()
        self.wait_s = wait_s


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
        self._sharing = Sharing(min(config.samples_per_call, config.batch))
        self._siblings = Siblings(self._draw, lambda: self._sharing.most)
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

    async def _draw(self, family: Family) -> None:
        """Give everybody in a family their answer: from one call if that goes well, else from one for each."""
        try:
            await self._tried(family)
        except _Apart as apart:
            if apart.wait_s:
                await self._sleep(apart.wait_s)
            await asyncio.gather(*map(self._tried, family.apart()))

    async def _tried(self, family: Family) -> None:
        """Ask as many times as it takes, and deliver what comes, or why nothing does.

        Raises:
            _Apart: if not everybody has been given an answer, and each is to be asked for alone.
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
            await tries(self._once, family)
        except _Apart:
            raise
        except _Refused as refused:
            family.deliver([Completion(request.id, "", f"error:{refused.slug}") for request in family.close()])
        except _Later as trouble:
            if not trouble.busy and self._answers > began:
                family.deliver([Completion(request.id, "", f"error:{trouble.slug}") for request in family.close()])
                return
            said = (
                f"{self._url}: {self._clean(str(trouble))}; see that the server is up and run the same command again, "
            )
            family.fail(BackendError(said + "what was answered is kept"))
        except Exception as error:  # a wrong key, a wrong name, the end of the run
            family.fail(error)

    def hold(self) -> None:
        """Send nothing more, not even again; calls that are on their way are waited for."""
        self._held.set()
        self._limiter.close(StoppedError("the run is being stopped"))

    async def close(self) -> None:
        """Close the connections; calls in flight fail."""
        self._closed = True
        await self._client.close()

    async def _once(self, family: Family) -> None:
        """Wait for a slot and ask once, for one answer or for several; deliver before the slot is free.

        So what was paid for is recorded before another call takes its place.
        """
        while True:
            self._check_open()
            if len(family) > 1:
                await self._sharing.settled()
            async with self._limiter.slot(family) as sent_at:
                self._check_open()
                if len(family) > 1 and self._sharing.trying:
                    continue
                if len(family.close()) > 1:
                    return await self._together(family, sent_at)
                return family.deliver(await self._asked(family.close(), sent_at))

    async def _together(self, family: Family, sent_at: int) -> None:
        """Have as many of a family drawn in one call as the server is known to do well.

        Raises:
            _Apart: if that has not given everybody an answer.
        """
        requests = family.close()[: self._sharing.allowed()]
        if len(requests) < 2:
            raise _Apart
        try:
            with self._sharing.asking():
                found = await self._asked(requests, sent_at)
        except _Later as trouble:
            self.troubles[trouble.slug] += 1
            if trouble.slug == "timeout" or not trouble.busy:
                self._sharing.failed(len(requests))
            raise _Apart(trouble.wait_s) from None
        except (_Refused, BackendError):
            self._sharing.failed(len(requests))
            raise _Apart from None
        self._sharing.learn(len(requests), found)
        family.deliver(found)
        if len(found) < len(family):
            raise _Apart

    async def _asked(self, requests: tuple[Request, ...], sent_at: int) -> list[Completion]:
        """What one call brings; of several samples, it may be the first ones alone."""
        payload = self._payload(requests)
        try:
            async with asyncio.timeout(self._config.timeout_s):
                answer = await self._post(payload)
        except TimeoutError:
            self._limiter.refused(sent_at)
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
        return completions

    def _check_open(self) -> None:
        if self._closed:
            raise BackendError("this model has been closed; open the backend again")
        if self._held.is_set():
            raise StoppedError("the run is being stopped")

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


def _too_long(said: str) -> bool:
    return any(mark in said.lower() for mark in TOO_LONG)
