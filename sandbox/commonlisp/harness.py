"""Common Lisp in SBCL: suites are FiveAM files, loaded after the candidate's.

Jobs start from a core with FiveAM in it. The heap is smaller than the job's memory, so that what is too much is first
a condition of the language's own.
"""

from __future__ import annotations

from native import Native

SBCL = ["/usr/bin/sbcl", "--dynamic-space-size", "320MB", "--control-stack-size", "16MB"]
CORE = ["--core", "/sandbox/commonlisp/driver.core", "--noinform", "--disable-ldb"]

NATIVE = Native(
    suffix=".lisp",
    start=lambda mode, code, suite: (
        [*SBCL, "--script", code] if mode == "program" else [*SBCL, *CORE, mode, code, suite or "none"]
    ),
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: name.removesuffix(".lisp") + "-tests.lisp",
)
run, warm_up = NATIVE.run, NATIVE.warm_up
