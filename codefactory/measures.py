"""What is measured about a solution and its suites beside the grid: parts of `types.Evidence`, frozen like it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that at least one suite lets live: what it changes, which suites it passes, and what would kill it.

    `witness` is an input on which it answers otherwise than the solution, `answer` what the solution answers there: the
    test that is missing. `diff` is unified, without context.
    """

    operator: str
    line: int
    diff: str
    passes: tuple[int, ...]
    witness: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class MutationEvidence:
    """How many mutants of one solution each suite kills; a mutant is killed by a case that the solution itself passes.

    `killed[j]` counts for suite j, `met` for the cases of all suites together, `detected` for their inputs together
    with the solution's own answers as what is expected. `equivalent` counts mutants that answer as the solution does
    on every known input, those of all suites and the derived ones: likely the same function. They are part of `mutants`
    and no part of a score.
    """

    solution: int
    mutants: int
    killed: tuple[int, ...]
    detected: int
    equivalent: int
    survivors: tuple[Survivor, ...] = ()
    met: int = 0

    def score(self, suite: int | str = "votes") -> float | None:
        """Share of the mutants that are killed; None where there is nothing to kill.

        Args:
            suite: its index; `met` for all cases together, `votes` for all inputs with the solution's answers.
        """
        able = self.mutants - self.equivalent
        killed = self.killed[suite] if isinstance(suite, int) else self.met if suite == "met" else self.detected
        return killed / able if able else None


@dataclass(frozen=True, slots=True)
class CoverageEvidence:
    """What of one solution each suite executes: `lines[j]` of `all_lines`, `branches[j]` of `all_branches`.

    A branch is one outcome of a condition (true, false) or of a loop (entered, finished). `missed_lines` (numbers) and
    `missed_branches` (`line 5: false`) are what no suite reaches.
    """

    solution: int
    all_lines: int
    all_branches: int
    lines: tuple[int, ...]
    branches: tuple[int, ...]
    missed_lines: tuple[int, ...] = ()
    missed_branches: tuple[str, ...] = ()

    def line_share(self, suite: int | None = None) -> float | None:
        """Share of the lines that suite j executes (None: all suites together); None where there are no lines."""
        reached = self.all_lines - len(self.missed_lines) if suite is None else self.lines[suite]
        return reached / self.all_lines if self.all_lines else None

    def branch_share(self, suite: int | None = None) -> float | None:
        """The same for branches."""
        reached = self.all_branches - len(self.missed_branches) if suite is None else self.branches[suite]
        return reached / self.all_branches if self.all_branches else None


@dataclass(frozen=True, slots=True)
class Cost:
    """What one check took: executions, and their CPU seconds."""

    check: str
    executions: int
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer to a kept problem that its kept suite refuses: a preference negative, or what a repair starts from.

    `passed` of the suite's `cases` hold. `failed_case` is the first that does not, `got` what came instead of its
    expected value (`!Error` for an exception, "" where nothing came or nothing is known), `status` how the execution of
    all of the draft's cases ended.
    """

    draft_id: str
    problem_id: str
    code: str
    status: str
    passed: int
    cases: int
    failed_case: str
    got: str = ""

    @property
    def share(self) -> float:
        """How nearly right it is: the share of the kept suite's cases that it passes, 0 to 1."""
        return self.passed / self.cases if self.cases else 0.0
