"""Racket: suites are rackunit files, their `test` module too; `script` suites join the candidate in one module."""

from __future__ import annotations

from native import Native

RACKET = Native(
    suffix=".rkt",
    start=lambda mode, code, suite: (
        ["/usr/bin/racket", code]
        if mode == "program"
        else ["/usr/bin/racket", "/sandbox/racket/driver.rkt", mode, code, suite]
    ),
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: name.removesuffix(".rkt") + "-test.rkt",
)
run, warm_up = RACKET.run, RACKET.warm_up
