"""Adds up what is known about a corpus while it is selected: the figures that its card gives as evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from codefactory.types import Evidence


@dataclass(slots=True)
class Tally:
    """Counts over every draft, and means over the kept ones; what was not measured is in neither.

    `kept_shares` holds, for each measure, one share (0 to 1) for every kept draft that was measured.
    """

    drafts: int = 0
    executed: int = 0
    executions: int = 0
    cpu_s: float = 0.0
    solutions: Counter[str] = field(default_factory=Counter)
    assurance: Counter[str] = field(default_factory=Counter)
    images: Counter[str] = field(default_factory=Counter)
    stubs_passed: int = 0
    second_runs: int = 0
    changed: int = 0
    kept: int = 0
    kept_shares: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0
    undecided: int = 0
    copies: int = 0

    def draft(self, evidence: Evidence) -> None:
        """Count one draft, whatever became of it."""
        self.drafts += 1
        if evidence.fault:
            return
        self.executed += 1
        self.executions += evidence.executions
        self.cpu_s += evidence.cpu_s
        self.solutions.update(row.status.value for row in evidence.solutions)
        self.assurance[evidence.assurance.value] += 1
        self.images[evidence.image] += 1
        self.stubs_passed += bool(evidence.controls)
        self.second_runs += evidence.flaky is not None
        self.changed += bool(evidence.flaky)

    def keep(self, evidence: Evidence, indices: Sequence[int], share: float | None) -> None:
        """Count one kept draft; `indices` are its kept solutions, `share` how many of all answered alike."""
        self.kept += 1
        self._share("agreement", share)
        alike = {evidence.solutions[index].cluster for index in indices if index < len(evidence.solutions)}
        same = {
            index for index, row in enumerate(evidence.solutions) if index in indices or row.cluster in alike - {-1}
        }
        for mutation in evidence.mutation or ():
            if mutation.solution in same:
                self._share("mutation score", mutation.score())
        for coverage in evidence.coverage or ():
            if coverage.solution in same:
                self._share("line coverage", coverage.line_share())
                self._share("branch coverage", coverage.branch_share())

    def _share(self, measure: str, share: float | None) -> None:
        if share is not None:
            self.kept_shares.setdefault(measure, []).append(share)

    def summary(self) -> dict[str, Any]:
        """JSON values for `corpus.json` and the card."""
        return {
            "drafts": self.drafts,
            "executed": self.executed,
            "executions": self.executions,
            "sandbox_cpu_s": round(self.cpu_s, 1),
            "solutions": dict(sorted(self.solutions.items())),
            "assurance": dict(sorted(self.assurance.items())),
            "images": dict(sorted(self.images.items())),
            "stubs_passed": self.stubs_passed,
            "second_runs": self.second_runs,
            "changed_in_a_second_run": self.changed,
            "kept_drafts": self.kept,
            "kept_shares": {
                measure: {"measured": len(shares), "mean": round(sum(shares) / len(shares), 4), "least": min(shares)}
                for measure, shares in sorted(self.kept_shares.items())
            },
            "refused_answers": self.refused,
            "undecided_answers": self.undecided,
            "copied_answers": self.copies,
        }
