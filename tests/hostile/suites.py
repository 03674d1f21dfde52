"""Suites that must never count as passed, whatever the solution is; and one long honest output."""

from __future__ import annotations

from dataclasses import dataclass

from codefactory.types import Assurance, Call, Case, Check, Job, Status
from tests.hostile.program import ERRORED, INCOMPLETE, LIMITS, MEMORY, TIMEOUT


@dataclass(frozen=True)
class BadSuite:
    """A suite that must never count as passed, and a word of the reason it must get."""

    number: str
    name: str
    job: Job
    statuses: tuple[Status, ...]
    reason: str


def _suite(*sources: str, code: str = "def f(): return 1", preamble: str = "") -> Job:
    cases = tuple(Case(f"test_{index}", source) for index, source in enumerate(sources))
    return Job("python", code, "f", cases, preamble, Assurance.SHARED, LIMITS)


BOMB = "import zlib\nx = zlib.decompress(zlib.compress(bytes(1 << 20) * 0 + b'0' * (64 << 20))) * 40\n"
SUITES = [
    BadSuite("27", "a case with a syntax error", _suite("assert f( == 1"), (ERRORED,), "SyntaxError"),
    BadSuite(
        "27b", "a preamble with a syntax error", _suite("assert f() == 1", preamble="def ("), (ERRORED,), "preamble"
    ),
    BadSuite("27c", "no cases", _suite(), (INCOMPLETE,), "no cases"),
    BadSuite("27d", "only skips", _suite("import unittest\nraise unittest.SkipTest('later')"), (INCOMPLETE,), "later"),
    BadSuite(
        "27e",
        "redefines the function",
        _suite("assert f() == 2", preamble="def f(): return 2"),
        (ERRORED,),
        "redefines",
    ),
    BadSuite("27f", "redefines it in a case", _suite("f = lambda: 2\nassert f() == 2"), (ERRORED,), "redefines"),
    BadSuite("63", "a bomb in the tests", _suite("assert f() == 1", preamble=BOMB), (MEMORY, ERRORED, TIMEOUT), ""),
]

STDOUT_JOB = Job(
    "python",
    "print('x' * 300_000)",
    "",
    (Case("long", "", Call("", "x" * 300_000, Check.STDOUT)),),
    limits=LIMITS,
)
