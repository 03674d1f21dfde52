"""Reads what `codefactory verify FILE` left in its folder (`verify.json`, `verdicts.jsonl`) into what a page shows.

The verdicts are read once, line by line: of every row only its numbers are kept, and examples up to a limit.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from codefactory.errors import InputError
from codefactory.report.inputs import Json

SUMMARY, VERDICTS = "verify.json", "verdicts.jsonl"
NEXT = "run 'codefactory verify FILE' to its end first"
UNREADABLE_SHOWN, EXAMPLES_SHOWN, WEAKEST_SHOWN = 1000, 4, 10
# What is measured about a row: its column in the verdicts (or how it is made of them), and in words.
MEASURES = {
    "passed": "cases of its own that pass",
    "line_coverage": "lines that its tests execute",
    "branch_coverage": "branches that its tests execute",
    "mutation_score": "mutants that its tests kill",
}
BINS = 10


@dataclass(frozen=True, slots=True)
class Distribution:
    """One share over the rows where it was measured: how many rows, their quartiles, and a histogram.

    `counts[i]` is of the shares from i/10 up to (i+1)/10; those that are exactly 1 are in `full` alone.
    """

    words: str
    rows: int
    quartiles: tuple[float, float, float]
    counts: tuple[int, ...]
    full: int


@dataclass(slots=True)
class Verified:
    """What a page about a file's verdicts needs."""

    summary: Json
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    assurances: Counter[str] = field(default_factory=Counter)
    values: dict[str, array[float]] = field(default_factory=lambda: {name: array("d") for name in MEASURES})
    unreadable: list[Json] = field(default_factory=list)
    examples: dict[str, list[Json]] = field(default_factory=dict)
    weakest: list[Json] = field(default_factory=list)
    executions: int = 0
    cpu_s: float = 0.0

    @property
    def distributions(self) -> list[Distribution]:
        """Those measures that were made of at least one row."""
        return [_distribution(MEASURES[name], values) for name, values in self.values.items() if values]

    def add(self, row: Json) -> None:
        """Count one more verdict."""
        kind, reason = str(row["verdict"]), str(row["reason"])
        self.kinds[kind] += 1
        self.statuses[str(row["status"]) or "not executed"] += 1
        self.executions += int(row.get("executions") or 0)
        self.cpu_s += float(row.get("cpu_s") or 0)
        if reason:
            self.reasons[kind, reason] += 1
        if kind == "unreadable":
            if len(self.unreadable) < UNREADABLE_SHOWN:
                self.unreadable.append(row)
            return
        if row.get("assurance"):
            self.assurances[str(row["assurance"])] += 1
        if reason and len(self.examples.setdefault(reason, [])) < EXAMPLES_SHOWN:
            self.examples[reason].append(row)
        self._measure(row)

    def _measure(self, row: Json) -> None:
        if row["cases"] and row.get("assurance"):
            self.values["passed"].append(row["passed"] / row["cases"])
        if row["verdict"] != "holds":  # how thorough tests are that do not hold is no question
            return
        for name in MEASURES:
            if isinstance(row.get(name), float) and name != "passed":
                self.values[name].append(row[name])
        if _weakness(row) < 1:
            self.weakest = sorted([*self.weakest, row], key=_weakness)[:WEAKEST_SHOWN]


def _weakness(row: Json) -> float:
    """The least of what was measured about a row's tests, 1 where nothing was."""
    found = [row.get(name) for name in ("mutation_score", "line_coverage", "branch_coverage")]
    return min((float(share) for share in found if share is not None), default=1.0)


def _distribution(words: str, values: array[float]) -> Distribution:
    ordered = sorted(values)
    counts = [0] * BINS
    for value in ordered:
        if value < 1:
            counts[int(value * BINS)] += 1
    last = len(ordered) - 1
    low, middle, high = (ordered[round(last * share)] for share in (0.25, 0.5, 0.75))
    return Distribution(words, len(ordered), (low, middle, high), tuple(counts), len(ordered) - sum(counts))


def read_verified(folder: Path) -> Verified:
    """The verdicts in a folder.

    Raises:
        InputError: if `codefactory verify` has not been there, or was not finished, or a file cannot be read.
    """
    try:
        found = Verified(json.loads((folder / SUMMARY).read_text(encoding="utf-8")))
        for row in _lines(folder / VERDICTS):
            found.add(row)
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be read ({error.strerror}); {NEXT}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder}: not what 'codefactory verify' wrote ({error!r}); {NEXT}") from error
    return found


def _lines(path: Path) -> Iterator[Json]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
