"""SWI-Prolog: suites are plunit files, loaded after the candidate's.

Drivers and libraries are read as compiled files, plunit only where a suite is run. The stacks are smaller than the
job's memory, so that a recursion without end is first an error of the language's own.
"""

from __future__ import annotations

from native import Native

SWIPL = ["/usr/bin/swipl", "--stack-limit=200m", "--no-packs", "-f", "none"]


def start(mode: str, code: str, suite: str) -> list[str]:
    """The interpreter's command line."""
    if mode == "program":
        return [*SWIPL, "-q", "-t", "halt", code]
    name = "driver" if mode == "compared" else "suites"
    goal = ["-F", "none", "--on-error=print", "-g", f"sandbox_{name}:main", "-t", "halt(1)"]
    return [*SWIPL, *goal, f"/sandbox/prolog/{name}.qlf", "--", mode, code, suite or "none"]


NATIVE = Native(
    suffix=".pl",
    start=start,
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: name.removesuffix(".pl") + ".plt",
)
run, warm_up = NATIVE.run, NATIVE.warm_up
