"""Bash: suites are bats files that source the candidate's, or run it.

Each case is a shell of its own: what a candidate sets, redefines or leaves is gone with it, and the driver's shell,
which holds the completion mark, never reads a line of the candidate's.
"""

from __future__ import annotations

import re

from native import Native

BASH = ["/bin/bash", "--norc", "--noprofile"]
KIND = re.compile(r"kind=(int|float|text) ")


def compared(code: str, expressions: list[str]) -> dict[str, str]:
    """A script for each case, and the kinds that the answers are to be read as.

    Descriptor 5 is the standard output proper, where a file may print while it is read; the `x` says that it was.
    """
    files = {}
    kinds = []
    for index, expression in enumerate(expressions):
        found = KIND.match(expression)
        kinds.append(found[1] if found else "text")
        call = expression[found.end() :] if found else expression
        files[f".case.{index}"] = f"source ./{code} >&5 5>&-\nexec 5>&-\nbuiltin printf x\n{call}\n"
    return {**files, ".kinds": "".join(f"{kind}\n" for kind in kinds)}


NATIVE = Native(
    suffix=".sh",
    start=lambda mode, code, suite: (
        [*BASH, code] if mode == "program" else [*BASH, "/sandbox/bash/driver.bash", mode, code, suite]
    ),
    compared=compared,
    tests=lambda name: name.removesuffix(".sh") + ".bats",
    environment={"BATS_LIB_PATH": "/usr/lib/bats", "TERM": "dumb"},
)
run, warm_up = NATIVE.run, NATIVE.warm_up
