"""Racket: suites are rackunit files, their `test` module too; `script` suites join the candidate in one module."""

from __future__ import annotations

from native import Native


def start(mode: str, code: str, suite: str) -> list[str]:
    """The interpreter's command line; rackunit, which takes longer to load than the language, only where it is used."""
    racket = ["/usr/bin/racket"]
    if mode == "program":
        return [*racket, code]
    if mode == "compared":
        return [*racket, "/sandbox/racket/driver.rkt", code]
    return [*racket, "/sandbox/racket/suites.rkt", code, suite]


RACKET = Native(
    suffix=".rkt",
    start=start,
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: name.removesuffix(".rkt") + "-test.rkt",
)
run, warm_up = RACKET.run, RACKET.warm_up
