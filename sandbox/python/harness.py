"""What happens in the forked child for Python: run the candidate once, then the cases, and write a record.

Modes: `compared` evaluates expressions and records tagged values (nothing expected is here); `program` runs a script on
its stdin; `shared` runs test code beside the candidate; `separated` has a process for each. Nothing here can be
trusted once the candidate's code has run in this process: the host treats the record as the candidate's words.
"""

from __future__ import annotations

import os
import sys
from marshal import dumps
from typing import Any

import candidate
import expressions
import halves
import program
import suite

OWN = ("candidate", "expressions", "program", "halves", "proxies", "remote", "suite", "tagged", "harness")
# What candidates import most; a larger heap costs every fork, so the rest is loaded when a job first wants it.
MODULES = (
    "abc bisect collections collections.abc contextlib copy datetime decimal enum fractions functools heapq itertools "
    "json math operator random re string typing"
)
MODES = {"compared": expressions.compared, "program": program.run, "shared": suite.shared}


def run(mode: str, texts: list[Any], record: Any) -> None:
    """Runs one job in this process and leaves it."""
    reseed(texts)
    MODES[mode](texts, record)
    candidate.flush()
    os._exit(0)


def run_solution(texts: list[Any], fd: int) -> None:
    """The solution's half of `separated`: serves the tests' half until that ends."""
    reseed(texts)
    halves.solution(texts[0], fd)
    candidate.flush()
    os._exit(0)


def run_tests(texts: list[Any], fd: int, record: Any) -> None:
    """The tests' half of `separated`."""
    reseed(texts)
    halves.tests(texts, fd, record, suite.cases)
    candidate.flush()
    os._exit(0)


def reseed(texts: list[Any]) -> None:
    """Fresh randomness for a job that may ask for it. Python does this in every fork, for 50 page faults."""
    for text in texts:
        if (b"random" if type(text) is bytes else "random") in text:
            break
    else:
        return
    for name, function in (("random", "seed"), ("numpy.random", "seed")):
        if name in sys.modules:
            getattr(sys.modules[name], function)()


def warm_up() -> None:
    """Imports what candidates use, and runs one of everything: types built on first use are then shared by children."""
    # `random` would reseed itself in every child, whether the job uses it or not: see `reseed`.
    register, os.register_at_fork = os.register_at_fork, lambda **hooks: None  # type: ignore[assignment]
    for name in MODULES.split():
        __import__(name)
    os.register_at_fork = register
    sink = _Sink()
    expressions.compared(
        ["", "def f(a):\n    return [a]\n", "f(1)", "f({1: (2.0, 'x')})", dumps(compile("f()", "", "eval"))], sink
    )
    expressions.compared(["", "def f(:"], sink)
    suite.warm_up(sink)
    halves.warm_up()
    # A candidate that imports a name of ours must find its own module, or none.
    for name in (*OWN, "solution"):
        sys.modules.pop(name, None)


class _Sink:
    """A record for warming up."""

    def write(self, text: str) -> bool:
        return True
