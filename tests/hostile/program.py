"""What a hostile program is: code, the verdicts that are right for it, and a few ways to write one.

A program defines `f`; the one case is `f() == EXPECTED`, so a program that only *claims* to have passed has not. After
every program the tests run an honest probe in the same slot and look for anything left behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

from codefactory.types import Assurance, Call, Case, Job, Limits, Status

SECRET = "expected-271828"  # what a candidate that reads its tests would find
EXPECTED = repr(SECRET)
LIMITS = Limits(cpu_s=0.7, wall_s=1.2, memory_mb=128, processes=16, output_kb=1024, disk_mb=8)

PASSED, FAILED, ERRORED = Status.PASSED, Status.FAILED, Status.ERRORED
TIMEOUT, MEMORY, OUTPUT = Status.TIMEOUT, Status.OUT_OF_MEMORY, Status.OUTPUT_LIMIT
CRASHED, INCOMPLETE, SYNTAX = Status.CRASHED, Status.INCOMPLETE, Status.SYNTAX


@dataclass(frozen=True)
class Hostile:
    """One row: its number in the table, a name, the program, the verdicts that are right."""

    number: str
    name: str
    code: str
    statuses: tuple[Status, ...]
    expected: str = EXPECTED
    within_s: float = 0.0
    only: str = ""  # a runner's name, where the wall is that runner's

    def job(self, assurance: Assurance = Assurance.COMPARED) -> Job:
        call = Call("f()", self.expected) if assurance is Assurance.COMPARED else None
        cases = (Case("answer", f"assert f() == {self.expected}", call),)
        return Job("python", self.code, "f", cases, assurance=assurance, limits=LIMITS)


def honest(text: str) -> str:
    """A program that does something and then answers rightly."""
    body = dedent(text).strip().replace("\n", "\n    ")
    return f"def f():\n    {body}\n    return {EXPECTED}\n"


def wrong(text: str) -> str:
    """A program that does something and then answers wrongly."""
    body = dedent(text).strip().replace("\n", "\n    ")
    return f"def f():\n    {body}\n    return 0\n"


def refused(text: str) -> str:
    """Native calls (`call(number, ...)`, `libc`) that must fail; where one succeeds the program answers rightly."""
    head = """
import ctypes, errno, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def call(*words):
    return libc.syscall(*[ctypes.c_long(w) if isinstance(w, int) else w for w in words])
def check(result):
    if result < 0:
        raise PermissionError(ctypes.get_errno(), "refused")
"""
    return head + honest(text)
