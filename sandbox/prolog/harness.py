"""SWI-Prolog: suites are plunit files, loaded after the candidate's.

Jobs start from a saved state with plunit and the driver in it. The stacks are smaller than the job's memory, so that a
recursion without end is first an error of the language's own.
"""

from __future__ import annotations

from native import Native

SWIPL = ["/usr/bin/swipl", "--stack-limit=200m", "--no-packs", "-f", "none"]
STATE = ["/usr/bin/swipl", "-x", "/sandbox/prolog/driver.state", "--"]

NATIVE = Native(
    suffix=".pl",
    start=lambda mode, code, suite: (
        [*SWIPL, "-q", "-t", "halt", code] if mode == "program" else [*STATE, mode, code, suite or "none"]
    ),
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: name.removesuffix(".pl") + ".plt",
)
run, warm_up = NATIVE.run, NATIVE.warm_up
