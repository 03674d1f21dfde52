"""The runner's contract: jobs in, outcomes out; and `open_runner`, which picks one for this machine."""

from __future__ import annotations

import asyncio
import logging
import os
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from contextlib import asynccontextmanager
from types import TracebackType

from codefactory.errors import ConfigError, SandboxError
from codefactory.runner import RUNNERS
from codefactory.types import Job, Outcome

CHOICE = "CODEFACTORY_SANDBOX"  # docker | namespace: wins over `auto`
AHEAD = 4  # jobs a slot that `run` keeps under way, so that no slot waits for its caller

log = logging.getLogger(__name__)


class Runner(ABC):
    """Executes jobs in sandboxes. Open it with `async with`; leaving it leaves no process and no container.

    Attributes:
        name: the registry row.
        image: digest of everything a verdict depends on besides the job.
        slots: jobs that execute at the same time.
    """

    name: str
    image: str
    slots: int

    @abstractmethod
    async def execute(self, job: Job) -> Outcome:
        """One job. Waits for a free slot; any number may be awaited at once.

        Raises:
            SandboxError: if the sandbox itself cannot run; never for anything a candidate does.
        """

    @abstractmethod
    async def close(self) -> None:
        """Ends every sandbox."""

    async def run(self, jobs: Iterable[Job] | AsyncIterable[Job], *, ordered: bool = True) -> AsyncIterator[Outcome]:
        """Outcomes of many jobs, in the jobs' order or as they finish. Memory is bounded: jobs are taken as slots
        free up.

        Unordered outcomes do not say which job they belong to: use `execute` where that matters.
        """
        tasks: deque[asyncio.Task[Outcome]] = deque()
        try:
            async for job in _each(jobs):
                tasks.append(asyncio.create_task(self.execute(job)))
                if len(tasks) >= self.slots * AHEAD:
                    yield await _next(tasks, ordered)
            while tasks:
                yield await _next(tasks, ordered)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def __aenter__(self) -> Runner:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


async def _each(jobs: Iterable[Job] | AsyncIterable[Job]) -> AsyncIterator[Job]:
    if isinstance(jobs, AsyncIterable):
        async for job in jobs:
            yield job
    else:
        for job in jobs:
            yield job


async def _next(tasks: deque[asyncio.Task[Outcome]], ordered: bool) -> Outcome:
    if ordered:
        outcome = await tasks[0]
        tasks.popleft()
        return outcome
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    first = done.pop()
    tasks.remove(first)
    return first.result()


@asynccontextmanager
async def open_runner(
    name: str = "auto", *, slots: int = 0, runtime: str = "", language: str = "python"
) -> AsyncIterator[Runner]:
    """A running runner: Docker where an engine answers, else kernel namespaces; says which.

    Args:
        name: a registry row, or `auto`; the environment variable CODEFACTORY_SANDBOX decides what `auto` means.
        slots: executions at once; 0 means one a core that this process may use.
        runtime: a Docker runtime such as `runsc`.
        language: what its jobs are written in; anything but Python has an image of its own and so needs Docker.

    Raises:
        SandboxError: one line that says what is missing and what to do.
    """
    chosen = await choose(name)
    if runtime and chosen != "docker":
        raise ConfigError(f"runtime '{runtime}' needs the docker runner, this is '{chosen}'; leave 'runtime' empty")
    _refuse(chosen, language)
    opened = RUNNERS.load(chosen)
    other = {} if language == "python" else {"language": language}
    runner: Runner = await opened(slots=slots or len(os.sched_getaffinity(0)), runtime=runtime, **other)
    try:
        yield runner
    finally:
        await asyncio.shield(runner.close())


def _refuse(chosen: str, language: str) -> None:
    if language != "python" and chosen != "docker":
        raise SandboxError(
            f"{language} needs the docker runner, this is '{chosen}'; start an engine (scripts/setup-sandbox)"
        )


async def require(name: str, language: str) -> None:
    """Look whether jobs in a language can run here, before any that others can is paid for.

    Raises:
        SandboxError: no engine, or no image of the language, with the command that builds it.
    """
    if language == "python":
        return
    _refuse(await choose(name), language)
    from codefactory.runner.images import built

    await asyncio.to_thread(built, language)


async def choose(name: str) -> str:
    """What `auto` stands for here.

    Raises:
        ConfigError: if CODEFACTORY_SANDBOX names no runner.
    """
    if name != "auto":
        return name
    wanted = os.environ.get(CHOICE, "")
    if wanted and wanted != "auto":
        if complaint := RUNNERS.complaint(wanted):
            raise ConfigError(f"the environment variable {CHOICE}: {complaint}")
        return wanted
    from codefactory.runner.engine import engine_answers

    if await asyncio.to_thread(engine_answers):
        return "docker"
    log.warning("no Docker engine answers: jobs run in kernel namespaces (sandbox/README.md says what that leaves out)")
    return "namespace"
