"""Runs a job in another language's own interpreter: writes its files, starts it inside the walls, keeps its reports.

The forked child raises its walls first, as for Python, and stays: it writes the job's files into the scratch folder,
starts the interpreter (same uid, same limits, same deny-list; descriptor 3 takes reports, 4 gives the nonce to whoever
reads it first), copies each reported line into the record, and ends as the interpreter ended. Its own memory holds the
record, so a report can only be added, never changed, and the child cannot be looked into: it changed its uid and so is
not dumpable.

A language is one `Native`: how its files are called and what starts them. Its `driver` (a file in its own language)
loads the candidate, then answers for each case with one line of JSON, `[index, kind, ...]`, and writes the completion
mark last. In `compared` nothing expected is here; in `shared` the suite is the language's own test file, and the plan
(the names that the host expects to hear of) is matched here, in this process: a report of an unplanned test, or a
planned one that never reported, is no pass.
"""

from __future__ import annotations

import json
import os
import select
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

REPORTS, PLAN = 3, 4  # the interpreter's descriptors beside the standard ones
HEADER = "=== file: "
WHOLE = "suite"  # the one case of a suite whose tests cannot be named beforehand
LONGEST = 1 << 20  # bytes of one report
PASSES, BAD = ("ok",), ("fail", "error", "syntax", "skip")
ENDS = ("syntax", "left", "raised", "preamble")


def unbundle(text: str, name: str) -> dict[str, str]:
    """The files of a text: `=== file: NAME` lines start one each; a text without them is one file called `name`."""
    if not text.startswith(HEADER):
        return {name: text}
    files: dict[str, list[str]] = {}
    for line in text.splitlines(keepends=True):
        if line.startswith(HEADER):
            current = files.setdefault(line[len(HEADER) :].strip(), [])
        else:
            current.append(line)
    return {key: "".join(lines) for key, lines in files.items()}


@dataclass(frozen=True)
class Native:
    """One language.

    Attributes:
        suffix: of its source files, dot included.
        start: (mode, the candidate's file, the suite's file or "") -> the interpreter's command line.
        compared: (the candidate's file, expressions) -> files to write beside it for `compared`.
        named: the candidate's file name -> where it is put (a language may want its modules elsewhere).
        tests: (the candidate's file) -> the name of a suite that brings none.
        prepare: what to run before, such as a compiler: its failure is a syntax error. Takes what `start` takes.
        environment: added to the server's own.
    """

    suffix: str
    start: Callable[[str, str, str], list[str]]
    compared: Callable[[str, list[str]], dict[str, str]]
    named: Callable[[str], str] = str
    tests: Callable[[str], str] = lambda name: f"test_{name}"
    prepare: Callable[[str, str, str], list[list[str]]] = lambda mode, code, suite: []
    environment: Mapping[str, str] = field(default_factory=dict)

    def warm_up(self) -> None:
        """Nothing to warm here: what is slow is the interpreter's own start."""

    def run(self, mode: str, texts: list[Any], record: Any) -> None:
        """Runs one job and ends this process as the interpreter ended."""
        nonce, plan, suite, text, stdin = parts(mode, texts)
        files = self.files(text)
        code = next(iter(files))
        files = {self.named(name): source for name, source in files.items()}
        code = self.named(code)
        tests = ""
        if mode == "shared":
            more = unbundle(suite, self.tests(code))
            tests = next(iter(more))
            files |= more
        elif mode == "compared":
            files |= self.compared(code, plan)
        for name, source in files.items():
            write(name, source)
        for command in self.prepare(mode, code, tests):
            if not self.prepared(command, record):
                os._exit(0)
        reports = Plan(plan, nonce, record) if mode == "shared" else Direct(record)
        status = self.interpret(self.start(mode, code, tests), nonce, stdin, reports)
        end(status)

    def files(self, text: str) -> dict[str, str]:
        """The candidate's files, every name with the language's suffix."""
        found = unbundle(text, "solution")
        return {name if "." in name else name + self.suffix: source for name, source in found.items()}

    def prepared(self, command: list[str], record: Any) -> bool:
        """Runs a compiler; a failure is recorded with the last of what it said."""
        read, written = os.pipe()
        actions = [(os.POSIX_SPAWN_DUP2, written, 1), (os.POSIX_SPAWN_DUP2, written, 2)]
        pid = self.spawn(command, actions)
        os.close(written)
        said = b""
        while part := os.read(read, 1 << 16):
            said = (said + part)[-4096:]
        _, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status):
            end(status)
        if status:
            record.write(json.dumps(["syntax", said.decode("utf-8", "replace").strip()[-500:]]))
        os.close(read)
        return status == 0

    def interpret(self, command: list[str], nonce: str, stdin: str, reports: Any) -> int:
        """Runs the interpreter to its end, reports included; its wait status."""
        read, reported = os.pipe()
        plan = once(nonce + "\n")
        os.set_blocking(read, False)
        taken = [os.dup(fd) for fd in (reported, plan)]  # clear of the numbers that they are put at
        actions = [(os.POSIX_SPAWN_DUP2, taken[0], REPORTS), (os.POSIX_SPAWN_DUP2, taken[1], PLAN)]
        if stdin:
            actions.append((os.POSIX_SPAWN_DUP2, memory(stdin), 0))
        pid = self.spawn(command, actions)
        for fd in (reported, plan, *taken):
            os.close(fd)
        status = follow(pid, read, reports)
        reports.close(status)
        return status

    def spawn(self, command: list[str], actions: list[tuple[int, ...]]) -> int:
        environment = {**os.environ, **self.environment}
        environment.pop("SANDBOX_LANGUAGE", None)
        return os.posix_spawn(command[0], command, environment, file_actions=actions)


def parts(mode: str, texts: list[Any]) -> tuple[str, list[str], str, str, str]:
    """(nonce, plan or expressions, the suite's source, the candidate's source, stdin) of a job's texts."""
    if mode == "program":
        code, stdin = texts
        return "", [], "", code, stdin
    if mode == "compared":
        nonce, code, *expressions = texts
        return nonce, expressions, "", code, ""
    nonce, suite, *cases, code = texts
    return nonce, cases[::2], suite, code, ""


def write(name: str, source: str) -> None:
    """A file of the job in its scratch folder, below which every name stays."""
    if os.path.isabs(name) or ".." in name.split("/"):
        raise ValueError(f"a file of the job cannot be called {name!r}")
    if "/" in name:
        os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        file.write(source)


def memory(text: str) -> int:
    """A descriptor to read the text from, that no path leads to."""
    fd = os.memfd_create("text")
    os.write(fd, text.encode("utf-8", "surrogatepass"))
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def once(text: str) -> int:
    """A descriptor to read a short text from: it is gone then, however the descriptor is come by again."""
    read, written = os.pipe()
    os.write(written, text.encode())
    os.close(written)
    return read


def follow(pid: int, read: int, reports: Any) -> int:
    """Copies reports until the interpreter has ended; what outlives it is not waited for. Its wait status."""
    ended = os.pidfd_open(pid)
    poller = select.poll()
    poller.register(ended, select.POLLIN)
    poller.register(read, select.POLLIN)
    held = b""
    running = True
    while running:
        for fd, _ in poller.poll():
            running = running and fd != ended
            if fd == read:
                data = chunk(read)
                if data == b"":
                    poller.unregister(read)
                held = lines(held + (data or b""), reports)
    while data := chunk(read):
        held = lines(held + data, reports)
    return os.waitpid(pid, 0)[1]


def chunk(read: int) -> bytes | None:
    """What can be read now: nothing (None), or the end (b"")."""
    try:
        return os.read(read, 1 << 16)
    except BlockingIOError:
        return None


def lines(data: bytes, reports: Any) -> bytes:
    """Hands over every whole line; the rest."""
    *whole, rest = data.split(b"\n")
    for line in whole:
        reports.take(line.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode())
    return rest if len(rest) < LONGEST else b""


class Direct:
    """Reports of `compared` and `program`: the host reads them as they are."""

    def __init__(self, record: Any) -> None:
        self.record = record

    def take(self, line: str) -> None:
        self.record.write(line)

    def close(self, status: int) -> None:
        """Nothing more to say."""


class Plan:
    """Reports of `shared`: `["test", name, kind, text]` for each test, matched with the planned names in order."""

    def __init__(self, names: list[str], nonce: str, record: Any) -> None:
        self.names, self.nonce, self.record = names, nonce, record
        self.found: list[list[str]] = []
        self.done = False

    def take(self, line: str) -> None:
        try:
            entry = json.loads(line)
            kind, *rest = map(str, entry)
        except (ValueError, TypeError, RecursionError):
            return
        if kind in ENDS and not self.found:
            self.record.write(json.dumps([kind, *rest]))
            self.names = []
        elif kind == "test" and len(rest) == 3 and rest[1] in PASSES + BAD:
            self.found.append(rest)
        elif kind == "done":
            self.done = rest == [self.nonce]

    def close(self, status: int) -> None:
        """Writes a word for each planned name that was heard of; the mark only where nothing was unplanned."""
        if self.names == [WHOLE]:
            self.whole()
            return
        waiting = dict(enumerate(self.names))
        unplanned = []
        for name, kind, text in self.found:
            index = next((index for index, planned in waiting.items() if planned == name), None)
            if index is None:
                unplanned.append(f"{name}: {kind} {text}")
                continue
            del waiting[index]
            self.record.write(json.dumps([index, kind, text[:300]]))
        if unplanned and len(waiting) == len(self.names):
            self.record.write(json.dumps(["raised", "unplanned", unplanned[0][:500]]))
        elif self.done and not unplanned and self.names:
            self.record.write(json.dumps(["done", self.nonce]))

    def whole(self) -> None:
        """One word for all tests together: the first that did not pass, or how many did."""
        bad = next((entry for entry in self.found if entry[1] not in PASSES), None)
        if bad is not None:
            self.record.write(json.dumps([0, bad[1], f"{bad[0]}: {bad[2]}"[:300]]))
        elif self.found and self.done:
            self.record.write(json.dumps([0, "ok", f"{len(self.found)} tests"]))
        if self.done and self.found:
            self.record.write(json.dumps(["done", self.nonce]))


def end(status: int) -> None:
    """Ends this process as another one ended."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.WEXITSTATUS(status))
