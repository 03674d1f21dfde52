"""Executions and evidence, each looked up in the ledger before it is paid for: what makes resuming a look-up."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar

from codefactory.config import VerifyConfig
from codefactory.languages import LANGUAGES
from codefactory.ledger import Ledger
from codefactory.runner.base import Runner
from codefactory.types import Draft, Evidence, Job, Limits, Outcome, content_id, from_json, to_json
from codefactory.verify.judge import CHECKS, VERSION, judge

# As `judge.VERSION`, for drafts in other languages than Python. 1: coverage. 2: what does not compile is no mutant.
ELSEWHERE = 2
WINDOW_PER_SLOT = 8  # drafts under way for each sandbox: a draft is several executions, and they end out of order
Given = TypeVar("Given")
Made = TypeVar("Made")


def limits_for(language: str, wanted: Limits) -> Limits:
    """What one execution may use: each limit as the user sets it, else what the language needs."""
    own: Limits = LANGUAGES.load(language).limits
    usual = Limits()
    set_ = {one.name: getattr(wanted, one.name) for one in fields(Limits)}
    return replace(own, **{name: value for name, value in set_.items() if value != getattr(usual, name)})


def work_key(*parts: str) -> str:
    """32 hex digits that name a piece of work by everything that it depends on."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def evidence_key(draft: Draft, image: str, limits: Limits, checks: VerifyConfig = CHECKS) -> str:
    """Key of the evidence about a draft under these limits, in this image."""
    parts = ["evidence", draft.id, image, content_id(limits), str(VERSION)]
    if draft.problem.language != "python":
        parts.append(f"elsewhere {ELSEWHERE}")
    if checks != CHECKS:  # what was judged before there was a choice keeps its key
        parts.append(checks.model_dump_json())
    return work_key(*parts)


class Work:
    """Executes and judges on one runner into one ledger; `executions` counts those that were really made."""

    def __init__(self, ledger: Ledger, runner: Runner, limits: Limits, checks: VerifyConfig = CHECKS) -> None:
        self.ledger, self.runner, self.limits, self.checks = ledger, runner, limits, checks
        self.executions = 0
        self._in_flight: dict[str, asyncio.Future[Any]] = {}

    async def evidence(self, draft: Draft, checks: VerifyConfig | None = None) -> Evidence:
        """What is known about a draft, by other checks than usual where they are named.

        Raises:
            SandboxError: if the sandbox itself failed; then nothing is recorded.
        """

        asked = checks or self.checks

        async def pay() -> Evidence:
            return await judge(draft, self.execute, self.limits, asked)

        key = evidence_key(draft, self.runner.image, self.limits, asked)
        found: Evidence = await self.once("evidence", key, Evidence, pay)
        return found

    async def execute(self, job: Job) -> Outcome:
        """How a job ended."""

        async def pay() -> Outcome:
            outcome = await self.runner.execute(job)
            self.executions += 1
            return outcome

        found: Outcome = await self.once("outcome", work_key(job.id, self.runner.image), Outcome, pay)
        return found

    async def settle(self) -> None:
        """Wait until nothing is under way; what fails meanwhile is not recorded."""
        while self._in_flight:
            await asyncio.wait(list(self._in_flight.values()))

    async def once(self, kind: str, key: str, noun: type[Any], pay: Callable[[], Any]) -> Any:
        """Look work up; else do it once, however many ask for it at the same time, and record it."""
        known = self.ledger.get(kind, key)
        if known:
            return from_json(noun, known)
        if key in self._in_flight:
            return await asyncio.shield(self._in_flight[key])
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._in_flight[key] = future
        try:
            result = await pay()
            self.ledger.put(kind, key, to_json(result))
            future.set_result(result)
        except BaseException as error:
            future.set_exception(error)
            future.exception()  # whoever waits is told; nobody waiting is not a "never retrieved" warning
            raise
        finally:
            del self._in_flight[key]
        return result


async def in_order(
    work: Callable[[Given], Awaitable[Made]], given: Iterable[Given], window: int
) -> AsyncIterator[Made]:
    """What `work` makes of each, in their order, with at most `window` under way; the first error stops all."""
    tasks: deque[asyncio.Task[Made]] = deque()
    try:
        for one in given:
            tasks.append(asyncio.ensure_future(work(one)))
            if len(tasks) >= window:
                yield await tasks.popleft()
        while tasks:
            yield await tasks.popleft()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
