"""Tcl: suites are tcltest files that source the candidate's."""

from __future__ import annotations

from native import Native

TCLSH = "/usr/bin/tclsh8.6"
NATIVE = Native(
    suffix=".tcl",
    start=lambda mode, code, suite: (
        [TCLSH, code] if mode == "program" else [TCLSH, "/sandbox/tcl/driver.tcl", mode, code, suite]
    ),
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: name.removesuffix(".tcl") + ".test",
)
run, warm_up = NATIVE.run, NATIVE.warm_up
