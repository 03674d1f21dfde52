"""Elixir: suites are ExUnit files, loaded after the candidate's modules.

The machine under it wants a thread for whatever could ever be done at once; a slot has one core, and so it has one
of each.
"""

from __future__ import annotations

from native import Native

MACHINE = "+S 1:1 +SDcpu 1:1 +SDio 1 +sbwt none +sbwtdcpu none +sbwtdio none +Q 1024 +P 32768"
ELIXIR = ["/usr/bin/elixir", "--erl", MACHINE]
DRIVER = ["-pa", "/sandbox/elixir", "-e", "Sandbox.Driver.main(System.argv())"]

NATIVE = Native(
    suffix=".ex",
    start=lambda mode, code, suite: (
        [*ELIXIR, code] if mode == "program" else [*ELIXIR, *DRIVER, mode, code, suite or "none"]
    ),
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: name.removesuffix(".ex") + "_test.exs",
    environment={"ERL_CRASH_DUMP_BYTES": "0"},
)
run, warm_up = NATIVE.run, NATIVE.warm_up
