"""R: suites are testthat files that source the candidate's; `script` suites are evaluated after it."""

from __future__ import annotations

from native import Native

R = ["/usr/bin/Rscript", "--vanilla"]
NATIVE = Native(
    suffix=".R",
    start=lambda mode, code, suite: (
        [*R, code] if mode == "program" else [*R, "/sandbox/r/driver.R", mode, code, suite or "none"]
    ),
    compared=lambda code, expressions: {".cases": "".join(f"{expression}\n" for expression in expressions)},
    tests=lambda name: "test_" + name,
)
run, warm_up = NATIVE.run, NATIVE.warm_up
