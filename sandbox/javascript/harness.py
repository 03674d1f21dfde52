"""JavaScript in Node: suites are files for `node:test` with `assert`, CommonJS or `.mjs`.

Literal cases are answered by a Node that wakes from a snapshot of its own start: Debian's has none built in.
"""

from __future__ import annotations

from pathlib import Path

from native import Native

NODE = ["/usr/bin/node", "--max-semi-space-size=2"]
BLOB = Path("/sandbox/javascript/start.blob")  # made with NODE's flags, or it is not read
OURS = "/sandbox/javascript/reporter.js"  # required too, or it would be read at the first test: after the candidate
REPORTER = [f"--require={OURS}", f"--test-reporter={OURS}", "--test-reporter-destination=stdout"]


def same_cpu() -> bool:
    """Whether the image was built on a CPU like this one; elsewhere Node would refuse the snapshot."""
    try:
        built_on = BLOB.with_suffix(".cpu").read_text()
        return bool(built_on) and built_on in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


SNAPSHOT = ["--snapshot-blob", str(BLOB)] if same_cpu() else []


def start(mode: str, code: str, suite: str) -> list[str]:
    """The interpreter's command line."""
    if mode == "program":
        return [*NODE, code]
    if mode == "compared":
        return [*NODE, *SNAPSHOT, "/sandbox/javascript/driver.js", mode, code]
    return [*NODE, *REPORTER, suite]


JAVASCRIPT = Native(
    suffix=".js",
    start=start,
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: name.removesuffix(".js") + ".test.js",
    prepare=lambda mode, code, suite: [] if mode == "compared" else [["/usr/bin/node", "--check", code]],
)
run, warm_up = JAVASCRIPT.run, JAVASCRIPT.warm_up
