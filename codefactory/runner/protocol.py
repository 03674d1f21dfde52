"""The host's end of the line: jobs as frames, frames as replies, over one connection to one fork server.

A frame is two big-endian u32 lengths, a JSON head, a body. A job's head holds limits, for the server; its body holds
code and cases, which only the forked child reads. A reply's head is the server's word (trusted, from the kernel), its
body is the child's record (untrusted bytes). Nothing expected of a `compared` case is ever put into a frame.
"""

from __future__ import annotations

import ast
import asyncio
import importlib.util
import json
import marshal
import re
import struct
import time
import warnings
from collections import deque
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from codefactory.runner.images import sandbox_folder
from codefactory.types import Assurance, Build, Call, Check, Job, Limits

FRAME = struct.Struct(">II")
# Worth loading once in the server, for the jobs that want them.
WARMABLE = re.compile(r"\b(?:import|from)\s+(pytest|numpy|unittest|dataclasses|statistics|textwrap)\b")
BYTECODE = importlib.util.MAGIC_NUMBER.hex()  # what this Python compiles to
LONGEST_KEPT = 1 << 15  # characters of a test that is compiled here and remembered
HEADER = "=== file: "  # begins a file in a bundle of several (sandbox/native.py)
FILE_NAME = re.compile(r"\w[\w-]*(?:/\w[\w-]*)*(?:\.\w+)?")
PORTABLE = 2  # a version of the marshal format that every Python reads; values and texts only


@cache
def constants() -> dict[str, Any]:
    """What both ends agree on: sandbox/protocol.json."""
    loaded: dict[str, Any] = json.loads((sandbox_folder() / "protocol.json").read_text())
    return loaded


@dataclass(frozen=True, slots=True)
class Reply:
    """The server's facts about one job, and what the child wrote."""

    head: dict[str, Any]
    record: bytes


class LinkLostError(Exception):
    """The server has gone; `started` says whether this job was the one being executed."""

    def __init__(self, started: bool) -> None:
        super().__init__("the sandbox's connection was lost")
        self.started = started


class Link(asyncio.Protocol):
    """One connection. Replies come in the order of the jobs."""

    def __init__(self) -> None:
        self.hello: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.lost = False
        self.head_since = 0.0
        self._pending: deque[tuple[asyncio.Future[Reply], float]] = deque()
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self, head: bytes, body: bytes, allowed_s: float) -> asyncio.Future[Reply]:
        """Queues a job; the future raises LinkLostError when the server goes away first."""
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        if self.lost or self._transport is None:
            future.set_exception(LinkLostError(started=False))
            return future
        if not self._pending:
            self.head_since = time.monotonic()
        self._pending.append((future, allowed_s))
        self._transport.write(FRAME.pack(len(head), len(body)) + head + body)
        return future

    def overdue(self) -> bool:
        """Whether the job at the head has been out longer than its limits allow for."""
        return bool(self._pending) and time.monotonic() - self.head_since > self._pending[0][1]

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) >= FRAME.size:
            head_size, body_size = FRAME.unpack_from(self._buffer)
            if head_size > constants()["max_head_bytes"] or body_size > constants()["record_bytes"]:
                self.abort()
                return
            end = FRAME.size + head_size + body_size
            if len(self._buffer) < end:
                return
            head = json.loads(self._buffer[FRAME.size : FRAME.size + head_size])
            record = bytes(self._buffer[FRAME.size + head_size : end])
            del self._buffer[:end]
            self._received(head, record)

    def _received(self, head: dict[str, Any], record: bytes) -> None:
        if not self.hello.done():
            self.hello.set_result(head)
            return
        if not self._pending:
            self.abort()
            return
        future, _ = self._pending.popleft()
        self.head_since = time.monotonic()
        if head["dirty"]:
            self.lost = True  # it ends now; what is queued behind this job was never looked at
        if not future.done():
            future.set_result(Reply(head, record))

    def connection_lost(self, exc: Exception | None) -> None:
        started = not self.lost
        self.lost = True
        if not self.hello.done():
            self.hello.set_exception(LinkLostError(started=False))
            self.hello.exception()  # nobody may be waiting for it any more
        for index, (future, _) in enumerate(self._pending):
            if not future.done():
                future.set_exception(LinkLostError(started=started and index == 0))
                future.exception()
        self._pending.clear()


def mode(job: Job) -> str:
    """How the child is to run a job: `program` where stdin goes in and stdout comes out."""
    call = job.cases[0].call if job.cases else None
    if job.assurance is Assurance.COMPARED and call is not None and call.check is Check.STDOUT:
        return "program"
    return str(job.assurance)


def encode(
    job: Job, kind: str, nonce: str, stdin: str = "", compiled: bool = False, artefact: bytes = b""
) -> tuple[bytes, bytes]:
    """A job's head, with all limits in the units of `Limits`, and its body.

    A body is a marshalled row of texts, whose size is in the head: one row, or the tests' and then the solution's where
    each has a process. Never an expected value, and for literal cases never a case's source. `compiled` says that the
    other side's Python has our bytecode; the candidate's own code always goes as text. Marshalled data goes in only:
    what comes out is never read that way. What a build made is the last of the solution's row.
    """
    python = job.language == "python"
    if not python:
        job, compiled = replace(job, code=named(job)), False
    rows = _rows(job, kind, nonce, stdin, compiled)
    extra = {}
    if job.build is not None:
        rows[-1].append(artefact)
        extra = {"artefact": job.build.artefact}
    warm = _warmed(job, kind) if python else []
    return _frame(kind, rows, job.limits, seed=job.hash_seed % (1 << 32), warm=warm, full=kind == "program", **extra)


def encode_build(build: Build, limits: Limits) -> tuple[bytes, bytes]:
    """A compile step's head and body: [command, artefact, name, text, name, text, ...]."""
    row = [list(build.command), build.artefact, *(text for file in build.files for text in file)]
    return _frame("compile", [row], limits, seed=0, warm=[], full=False)


def _frame(kind: str, rows: list[list[Any]], limits: Limits, **more: Any) -> tuple[bytes, bytes]:
    bodies = [marshal.dumps(row, PORTABLE) for row in rows]
    head = {
        "id": 0,
        "mode": kind,
        "parts": [len(body) for body in bodies],
        "cpu": limits.cpu_s,
        "wall": limits.wall_s,
        "memory": limits.memory_mb,
        "processes": limits.processes,
        "output": limits.output_kb,
        "disk": limits.disk_mb,
        "files": limits.open_files,
        **more,
    }
    return json.dumps(head).encode(), b"".join(bodies)


def named(job: Job) -> str:
    """The code of a job in another language as a bundle of files: one, called like the entry point, or its own."""
    if job.code.startswith(HEADER):
        return job.code
    name = job.entry_point if FILE_NAME.fullmatch(job.entry_point) else "solution"
    return f"{HEADER}{name}\n{job.code}"


def _rows(job: Job, kind: str, nonce: str, stdin: str, compiled: bool) -> list[list[Any]]:
    if kind == "program":
        return [[job.code, stdin]]
    if kind == "compared":
        calls = [case.call for case in job.cases if case.call is not None]
        if compiled:
            return [[nonce, job.code, *[_ready(call.expression, call.check, call.argument) for call in calls]]]
        return [[nonce, job.code, *map(expression, calls)]]
    tests: list[Any] = [nonce, job.preamble, *(text for case in job.cases for text in (case.name, case.source))]
    if compiled:
        tests[1] = _code(job.preamble, "<preamble>")
        tests[3::2] = [_code(case.source, "<case>") for case in job.cases]
    return [[*tests, job.code]] if kind == "shared" else [tests, [job.code]]


def _warmed(job: Job, kind: str) -> list[str]:
    """Modules that a job names and that the server may load once for it and all that follow."""
    tests = () if kind in ("program", "compared") else (job.preamble, *(case.source for case in job.cases))
    return sorted({name for text in (job.code, *tests) for name in WARMABLE.findall(text)})


def expression(call: Call) -> str:
    """What the child evaluates: for MUTATES the call with the argument caught on its way in, else the call itself."""
    if call.check is not Check.MUTATES:
        return call.expression
    tree = ast.parse(call.expression.strip(), mode="eval").body
    if not isinstance(tree, ast.Call) or call.argument >= len(tree.args):
        return call.expression
    caught = ast.NamedExpr(ast.Name("_caught", ast.Store()), tree.args[call.argument])
    tree.args[call.argument] = caught
    return f"({ast.unparse(tree)}, _caught)[1]"


@lru_cache(maxsize=1 << 14)
def _ready(text: str, check: Check, argument: int) -> str | bytes:
    """A call's expression compiled and marshalled, or its text where it does not compile.

    Cached: a suite meets many candidates, and compiling each case in every child is most of what a case costs there.
    """
    text = expression(Call(text, "", check, argument=argument))
    return _marshalled(f"(\n{text}\n)", "<case>", "eval") or text


def _code(source: str, name: str) -> str | bytes:
    """A test's source compiled and marshalled, for the same reason; as text where it is long or does not compile."""
    return _compiled(source, name) or source if 0 < len(source) <= LONGEST_KEPT else source


@lru_cache(maxsize=1 << 11)
def _compiled(source: str, name: str) -> bytes:
    return _marshalled(source, name, "exec")


def _marshalled(source: str, name: str, kind: str) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return marshal.dumps(compile(source, name, kind, dont_inherit=True))
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return b""  # the child will say so
