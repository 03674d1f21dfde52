"""Go: a package and its tests, compiled inside the job and run with a main of ours (`build.go`, `reports`, `suites`).

Suites are `_test.go` files beside the candidate; those that a candidate brings are left out. A test program's exit code
never says that it passed, but it can say that it did not: the completion mark counts only where the program ended with
0, or after tests that failed. A panic in a subtest ends the program, so what is left is run once more without the tests
that have been heard of.
"""

from __future__ import annotations

import json
import os
from typing import Any

from native import PASSES, Native, Plan

PANIC = 2  # how a Go program ends that panics


class Go(Native):
    """Go programs, with tests in more than one run where one of them ends the program."""

    def files(self, text: str) -> dict[str, str]:
        found = super().files(text)
        return {name: source for name, source in found.items() if not name.endswith("_test.go")} or found

    def interpret(self, command: list[str], nonce: str, stdin: str, reports: Any) -> int:
        if not isinstance(reports, Plan):
            return super().interpret(command, nonce, stdin, reports)
        held = Held(reports)
        status = super().interpret(command, nonce, stdin, held)
        before = 0
        # Only after a test that failed: what a candidate puts in the program's place can then report what it likes.
        while held.bad() and not held.mark and before < len(held.names) and os.waitstatus_to_exitcode(status) == PANIC:
            before = len(held.names)
            status = super().interpret([*command, *held.names], nonce, stdin, held)
        held.end(status)
        return status


class Held:
    """Reports of one or more runs, their completion mark held back until the last has ended."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.mark = plan, ""
        self.names: list[str] = []

    def take(self, line: str) -> None:
        try:
            kind, *rest = json.loads(line)
        except (ValueError, TypeError, RecursionError):
            return
        if kind == "done":
            self.mark = line
            return
        if kind == "test" and rest:
            self.names.append(str(rest[0]))
        self.plan.take(line)

    def close(self, status: int) -> None:
        """One run of several."""

    def bad(self) -> bool:
        """Whether a test did not pass."""
        return any(kind not in PASSES for _, kind, _ in self.plan.found)

    def end(self, status: int) -> None:
        if self.mark and (status == 0 or self.bad()):
            self.plan.take(self.mark)
        self.plan.close(status)


GO = Go(
    suffix=".go",
    start=lambda mode, code, suite: ["./main.run"],
    compared=lambda code, expressions: {".cases": "\0".join(expressions)},
    tests=lambda name: name.removesuffix(".go") + "_test.go",
    prepare=lambda mode, code, suite: [["/sandbox/go/build", mode, code]],
)
run, warm_up = GO.run, GO.warm_up
