"""Compile steps on the host: what a sandbox made of sources, judged, and kept by content.

A build runs in the pool like any job, in the same walls; its artefact is untrusted bytes that only ever go back into a
sandbox. The key is the image, the command, the sources and the artefact's name. Only artefacts are kept: a failure may
be a limit's doing. Jobs that wait for the same build wait for one.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import signal
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from codefactory.runner import verdict
from codefactory.runner.protocol import Reply
from codefactory.types import Build, Fact, Job, Outcome, Status

KEPT_BYTES = 256 << 20
NOT_MADE, MADE, UNABLE = b"N", b"A", b"B"  # the first byte of a record, see sandbox/building.py

Make = Callable[[], Awaitable[bytes | Outcome]]


class Builds:
    """Artefacts by content; the one unused for longest goes first when there are too many bytes.

    Attributes:
        hits: how often an artefact was there already.
        misses: how often a compile step had to run.
    """

    def __init__(self, image: str, most: int = KEPT_BYTES) -> None:
        self.image, self.most = image, most
        self.hits = self.misses = 0
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def get(self, build: Build, make: Make) -> bytes | Outcome:
        """The artefact, made where it is missing, or how the compile step ended instead."""
        key = self.key(build)
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            if key in self._made:
                self.hits += 1
                self._made.move_to_end(key)
                return self._made[key]
            self.misses += 1
            made = await make()
            if isinstance(made, bytes):
                self._keep(key, made)
            return made

    def key(self, build: Build) -> str:
        """Names everything that an artefact depends on."""
        whole = [self.image, build.command, build.artefact, sorted(build.files)]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()

    def _keep(self, key: str, artefact: bytes) -> None:
        self._made[key] = artefact
        self._size += len(artefact)
        while self._size > self.most:
            _, dropped = self._made.popitem(last=False)
            self._size -= len(dropped)


def judge(job: Job, reply: Reply) -> bytes | Outcome:
    """The artefact of a compile step, or the outcome of the job that cannot run without it.

    A compiler that says no is SYNTAX; what the kernel stopped has the kernel's reason; a command that ended well and
    left nothing usable is INCOMPLETE; a command that the image does not have, or walls that did not come up, is BROKEN.
    """
    head, record = reply.head, reply.record
    if not head["ready"] and not head["oom"]:
        return verdict.broken(job, head["err"] or "the compile step never raised its walls")
    status, detail = verdict.kernel(head)
    if status is None and head["signal"]:
        status, detail = Status.CRASHED, f"killed by {signal.Signals(head['signal']).name}"
    if status is None and head["code"] != 0:
        status, detail = Status.SYNTAX, (head["err"] or head["out"]).strip()[:500] or f"exit code {head['code']}"
    kind, rest = record[:1], record[1:]
    if status is None and kind == MADE:
        return rest
    if status is None and kind == UNABLE:
        return verdict.broken(job, rest.decode("utf-8", "replace")[:500])
    if status is None:
        said = rest.decode("utf-8", "replace")[:500] if kind == NOT_MADE else "it ended without a word"
        status, detail = Status.INCOMPLETE, said
    facts = tuple(Fact(case.name, status) for case in job.cases)
    return verdict.measured(job, head, status, facts, f"compile: {detail}")
