"""Slots, and what keeps them running: queueing, recycling, a warm spare, retries. Knows no engine.

A *box* is one fork server with one connection, made by a launcher. A *slot* holds a box; up to two jobs are queued in
it, so that the box never waits for us, and exactly one executes. A box is replaced when it says that it is dirty,
when its connection is lost, when it is worn out, or when a job needs other walls than those it was built with (its
*envelope*). A box that dies of memory is the candidate's doing; one that dies of anything else is ours: BROKEN, tried
elsewhere, at most twice, then raised. Jobs queued behind a dying one were never looked at and are simply sent again.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from abc import ABC, abstractmethod
from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from codefactory.errors import SandboxError
from codefactory.runner import builds, verdict
from codefactory.runner.base import Runner
from codefactory.runner.protocol import BYTECODE, Link, LinkLostError, Reply, constants, encode, encode_build, mode
from codefactory.types import Job, Limits, Outcome, Status

DEPTH = 2  # jobs queued in a slot: the second hides our own latency
TRIES = 3
HELLO_S = 30.0
PATIENCE = 10  # a starved job may take this many times its wall limit (sandbox/watch.py)
GRACE_S = 15.0  # and then the box may take this long before it counts as stuck
WATCH_S = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The walls that a box is built with; everything else is set for each job."""

    memory_mb: int
    disk_mb: int
    processes: int

    @classmethod
    def of(cls, limits: Limits) -> Envelope:
        return cls(limits.memory_mb, limits.disk_mb, limits.processes)


@dataclass(eq=False)
class Box:
    """One running fork server. `handle` is the launcher's own."""

    link: Link
    handle: Any
    envelope: Envelope
    jobs: int = 0

    @property
    def usable(self) -> bool:
        return not self.link.lost and self.jobs < constants()["jobs_per_box"]


class Launcher(ABC):
    """Starts and ends boxes, and knows how they died."""

    name: str
    image: str
    language = "python"  # the only one that its boxes execute

    @abstractmethod
    async def launch(self, envelope: Envelope) -> Box:
        """A box whose server has said hello. Raises SandboxError."""

    @abstractmethod
    async def destroy(self, box: Box) -> None:
        """Ends a box and everything in it; never raises."""

    async def settle(self, box: Box, slot: int) -> None:  # noqa: B027 — optional
        """Called when a box takes up a slot."""

    async def killed_for_memory(self, box: Box) -> bool:
        """Whether the kernel killed the box's server for memory."""
        return False

    async def close(self) -> None:  # noqa: B027 — optional
        """After the last box has been destroyed."""


@dataclass(eq=False)
class _Slot:
    index: int
    box: Box | None = None
    load: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pool(Runner):
    """Any number of `execute` calls over a few slots."""

    def __init__(self, launcher: Launcher, slots: int) -> None:
        self.name, self.image, self.slots = launcher.name, launcher.image, slots
        self.builds = builds.Builds(launcher.image)
        self._launcher = launcher
        self._slots = [_Slot(index) for index in range(slots)]
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._spare: asyncio.Task[Box] | None = None
        self._background: set[asyncio.Task[Any]] = set()
        self._watch: asyncio.Task[None] | None = None
        self._closed = False
        self._same_bytecode = False

    async def start(self) -> Pool:
        """Fills every slot with a box of the default limits."""
        envelope = Envelope.of(Limits())
        work = [self._ready(slot, envelope) for slot in self._slots]
        try:
            results = await asyncio.gather(*work, return_exceptions=True)
        except BaseException:
            await self.close()
            raise
        failed = [result for result in results if isinstance(result, BaseException)]
        if failed:
            await self.close()
            raise failed[0]
        first = self._slots[0].box
        self._same_bytecode = first is not None and first.link.hello.result().get("bytecode") == BYTECODE
        self._watch = asyncio.create_task(self._watchdog())
        return self

    async def execute(self, job: Job) -> Outcome:
        own = self._launcher.language
        if job.language != own:  # it would be read as the other language, and called a syntax error
            raise SandboxError(f"a program in {job.language} was given to a sandbox of {own}; open one of its own")
        outcome = await self._tried(job)
        idle = outcome.status is Status.TIMEOUT and outcome.cpu_s < job.limits.cpu_s / 2
        if idle:  # perhaps the machine was busy: once more, with nothing queued beside it
            outcome = replace(await self._tried(job, alone=True), retried=True)
        return replace(outcome, image=self.image, runner=self.name)

    async def _tried(self, job: Job, alone: bool = False) -> Outcome:
        for _ in range(TRIES):
            outcome = await self._whole(job, alone)
            if outcome.status is not Status.BROKEN:
                return outcome
            log.warning("the sandbox failed, trying another one: %s", outcome.detail)
        raise SandboxError(
            f"the sandbox failed {TRIES} times on job {job.id}: {outcome.detail}; see 'codefactory sandbox check'"
        )

    async def _whole(self, job: Job, alone: bool) -> Outcome:
        """One job: one fork, or one for each stdin where the cases are stdin and stdout."""
        refused = verdict.refuse(job)
        if refused is not None:
            return refused
        artefact: bytes | Outcome = b""
        if job.build is not None:
            artefact = await self.builds.get(job.build, partial(self._build, job, alone))
        if isinstance(artefact, Outcome):
            return artefact
        kind = mode(job)
        nonce = secrets.token_hex(8)
        if kind != "program":
            frame = encode(job, kind, nonce, compiled=self._same_bytecode, artefact=artefact)
            reply = await self._send(job, *frame, alone)
            return reply if isinstance(reply, Outcome) else verdict.judge(job, reply, nonce)
        return await self._program(job, alone, artefact)

    async def _build(self, job: Job, alone: bool) -> bytes | Outcome:
        """A job's compile step: a job of its own, with its own clocks."""
        assert job.build is not None
        clocks = replace(job.limits, cpu_s=job.build.cpu_s, wall_s=job.build.wall_s)
        reply = await self._send(replace(job, limits=clocks), *encode_build(job.build, clocks), alone)
        return reply if isinstance(reply, Outcome) else builds.judge(job, reply)

    async def _program(self, job: Job, alone: bool, artefact: bytes) -> Outcome:
        outcomes = []
        for case in job.cases:
            stdin = case.call.expression if case.call else ""
            reply = await self._send(job, *encode(job, "program", "", stdin, artefact=artefact), alone)
            if isinstance(reply, Outcome):
                return reply
            outcomes.append(verdict.judge_program(job, case, reply))
            if outcomes[-1].status in (Status.SYNTAX, Status.BROKEN):
                break
        return verdict.merge(job, outcomes)

    async def _send(self, job: Job, head: bytes, body: bytes, alone: bool) -> Reply | Outcome:
        allowed = job.limits.wall_s * PATIENCE + GRACE_S
        envelope = Envelope.of(job.limits)
        while True:
            slot, box = await self._take(envelope, alone)
            try:
                return await box.link.send(head, body, allowed)
            except LinkLostError as error:
                if not error.started:
                    continue
                if await self._launcher.killed_for_memory(box):
                    return verdict.out_of_memory(job)
                return verdict.broken(job, "the sandbox's server went away in the middle of a job")
            finally:
                self._release(slot)

    # ── slots ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _take(self, envelope: Envelope, alone: bool) -> tuple[_Slot, Box]:
        """A slot with room and a usable box of the right walls; its load is already counted."""
        while True:
            slot = self._free(envelope, alone)
            if slot is not None:
                break
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(future)
            try:
                await future
            except asyncio.CancelledError:
                if not future.cancelled():  # woken and cancelled at once: the room goes to the next one
                    self._wake()
                raise
        slot.load += 1
        box = slot.box
        try:
            if box is None or not box.usable or box.envelope != envelope:
                box = await self._ready(slot, envelope)
        except BaseException:
            self._release(slot)
            raise
        box.jobs += 1
        return slot, box

    def _free(self, envelope: Envelope, alone: bool) -> _Slot | None:
        best = None
        for slot in self._slots:
            fits = slot.box is not None and slot.box.usable and slot.box.envelope == envelope
            if slot.load < (DEPTH if fits and not alone else 1) and (best is None or (slot.load, not fits) < best[0]):
                best = ((slot.load, not fits), slot)
        return best[1] if best else None

    def _release(self, slot: _Slot) -> None:
        slot.load -= 1
        self._wake()

    def _wake(self) -> None:
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(None)
                break

    async def _ready(self, slot: _Slot, envelope: Envelope) -> Box:
        """The slot's box, replaced by the spare or a new one where it is not usable for this envelope."""
        async with slot.lock:
            box = slot.box
            if box is not None and box.usable and box.envelope == envelope:
                return box
            if self._closed:
                raise SandboxError("the runner is closed")
            slot.box = None
            if box is not None:
                self._later(self._launcher.destroy(box))
            slot.box = box = await self._fresh(envelope)
            await self._launcher.settle(box, slot.index)
            return box

    async def _fresh(self, envelope: Envelope) -> Box:
        spare, self._spare = self._spare, None
        box = None
        if spare is not None:
            try:
                box = await spare
            except SandboxError:
                box = None
            if box is not None and not (box.usable and box.envelope == envelope):
                self._later(self._launcher.destroy(box))
                box = None
        box = box or await self._launcher.launch(envelope)
        if self._watch is not None and self._spare is None and not self._closed:
            self._spare = asyncio.create_task(self._launcher.launch(envelope))
            self._spare.add_done_callback(lambda task: task.cancelled() or task.exception())
        return box

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _watchdog(self) -> None:
        """Boxes that answer nothing for longer than any limit allows are cut off."""
        while True:
            await asyncio.sleep(WATCH_S)
            for slot in self._slots:
                if slot.box is not None and slot.box.link.overdue():
                    log.warning("a sandbox stopped answering and is replaced")
                    slot.box.link.abort()

    async def close(self) -> None:
        self._closed = True
        if self._watch is not None:
            self._watch.cancel()
        boxes = [slot.box for slot in self._slots if slot.box is not None]
        if self._spare is not None:
            results = await asyncio.gather(self._spare, return_exceptions=True)
            boxes += [box for box in results if isinstance(box, Box)]
        await asyncio.gather(*(self._launcher.destroy(box) for box in boxes), *self._background, return_exceptions=True)
        await self._launcher.close()
