"""Anybody's rows through the runner and the judge: evidence in a ledger, one verdict for every row, in the rows' order.

    file ──lines──▶ row ──shapes──▶ problem, solution, suite ──judge ⇄ sandbox──▶ evidence ──policy──▶ verdict
                     └─────── what cannot be read: a verdict too, with line number and reason

A file is in one language, that of its first row; rows of another are not read (`another_language`).

A window of rows is under way at once, so memory does not grow with the file. Evidence lies in `<out>/ledger.sqlite`
under the same keys as a run's, so the same command again executes nothing, and another policy costs nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from codefactory.config import SandboxConfig, VerifyConfig
from codefactory.errors import ConfigError, InputError, SandboxError
from codefactory.ledger import Ledger
from codefactory.pipeline import write_json
from codefactory.runner.base import open_runner
from codefactory.tasks.base import load
from codefactory.tasks.lines import Line, lines
from codefactory.tasks.shapes import NAMES, Item, Reader, UnreadableRowError, by_name, language_of
from codefactory.types import Draft, Evidence, SolutionEvidence, Status, to_json
from codefactory.verify.calibration import shipped
from codefactory.verify.desk import Desk, failed_cases
from codefactory.verify.judge import CHECKS
from codefactory.verify.policy import Policy, named_for_rows
from codefactory.verify.work import WINDOW_PER_SLOT, Work, in_order, limits_for

KINDS = ("holds", "rejected", "unreadable", "unexecuted")
VERDICTS, SUMMARY = "verdicts.jsonl", "verify.json"
LOOKED_AT = 200  # rows read ahead, to say at once that a file has no shape that is known
BROKEN_IN_A_ROW = 5  # rows that our own sandbox may fail on before it counts as gone
SHOWN_LINES, SHOWN_ROWS = 5, 10
SANDBOX = SandboxConfig()
CALIBRATION = ("source", "tasks", "solutions", "error", "reliability")  # what a report shows of it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about one solution of one row; a line of `verdicts.jsonl`.

    `verdict` is `holds`, `rejected`, `unreadable`, or `unexecuted` (our sandbox failed; the same command tries again).
    `reason` is a stable slug, "" where it holds. `status` says how the solution ended. `sample` counts the solutions of
    a row that holds several. Shares, 0 to 1, and `survivors` (mutants that the row's tests let live) are None where
    they were not measured.
    """

    line: int
    verdict: str
    reason: str = ""
    status: str = ""
    name: str = ""
    sample: int = 0
    shape: str = ""
    entry_point: str = ""
    passed: int = 0
    cases: int = 0
    detail: str = ""
    assurance: str = ""
    tests_from: str = ""
    draft_id: str = ""
    line_coverage: float | None = None
    branch_coverage: float | None = None
    mutation_score: float | None = None
    survivors: int | None = None
    executions: int = 0
    cpu_s: float = 0.0


@dataclass(slots=True)
class Summary:
    """Counts over all verdicts of a file; `executions` are those that this session really made."""

    file: str
    out: Path
    policy: str
    rows: int = 0
    verdicts: int = 0
    executions: int = 0
    image: str = ""
    runner: str = ""
    shapes: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    first_lines: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    unreadable: list[Verdict] = field(default_factory=list)

    def add(self, verdict: Verdict) -> None:
        """Count one more."""
        self.verdicts += 1
        self.rows += verdict.sample == 0
        if verdict.shape:
            self.shapes[verdict.shape] += 1
        key = (verdict.verdict, verdict.reason, verdict.status)
        self.counts[key] += 1
        shown = self.first_lines.setdefault(key, [])
        if len(shown) < SHOWN_LINES and verdict.line not in shown:
            shown.append(verdict.line)
        if verdict.verdict == "unreadable" and len(self.unreadable) < SHOWN_ROWS:
            self.unreadable.append(verdict)

    def of(self, verdict: str) -> int:
        """How many verdicts are of that kind."""
        return sum(count for (kind, _, _), count in self.counts.items() if kind == verdict)

    def line(self) -> str:
        """Rows so far and what became of them, for a person who waits."""
        counts = [f"{self.of(kind):,} {kind}" for kind in KINDS if self.of(kind)]
        return " · ".join([f"{self.rows:,} rows", *counts])


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """What to verify: a file, what its columns mean, whose tests, by which policy, in which sandbox."""

    file: Path
    out: Path
    columns: Mapping[str, str]
    tasks: str = ""
    policy: str = "own_tests"
    cut: bool = False
    sandbox: SandboxConfig = SANDBOX
    checks: VerifyConfig = CHECKS


async def verify(request: VerifyRequest, watch: Callable[[Summary], None] = lambda _: None) -> Summary:
    """Verify every row of a file into `<out>/verdicts.jsonl`, `verify.json` and `ledger.sqlite`.

    Raises:
        InputError: if the file or the tasks cannot be read, or no row of it has a shape that is known.
        ConfigError: if a named column is in no row, the policy does not judge a row by its own tests, or `out` is
            another file's.
        SandboxError: if the sandbox is gone, or, at the end, if it failed on some rows.
    """
    policy = _policy(request.policy)
    reader = Reader(request.columns, by_name(load(request.tasks)) if request.tasks else {}, request.cut)
    language, rows = _known(request, reader, lines(request.file))
    _claim(request)
    summary = Summary(str(request.file), request.out, request.policy)
    box = request.sandbox
    with Ledger(request.out / "ledger.sqlite") as ledger:
        async with open_runner(box.runner, slots=box.slots, runtime=box.runtime, language=language) as runner:
            work = Work(ledger, runner, limits_for(language, box.limits), request.checks)
            desk = _Verdicts(Desk(work), policy)
            summary.image, summary.runner = runner.image, runner.name
            found = in_order(desk.verdict, _items(request, reader, rows, language), runner.slots * WINDOW_PER_SLOT)
            await _write(found, summary, watch)
            summary.executions = desk.desk.work.executions
    write_json(request.out / SUMMARY, _json(summary))
    if summary.of("unexecuted"):
        raise SandboxError(
            f"{request.file}: the sandbox failed on {summary.of('unexecuted')} rows; run the same command, it tries "
            "those again ('codefactory sandbox check' says what is wrong)"
        )
    return summary


def _policy(name: str) -> Policy:
    policy = named_for_rows(name)
    if policy.rule == "any":
        raise ConfigError(f"policy '{name}' asks nothing of a solution, so that every row would hold; name 'own_tests'")
    return policy


def _known(request: VerifyRequest, reader: Reader, rows: Iterator[Line]) -> tuple[str, Iterator[Line]]:
    """The file's language, and its rows, after a look at the first ones.

    Raises:
        InputError, ConfigError: if none of them can be read, with the first reason and the next step.
    """
    first = list(islice(rows, LOOKED_AT))
    if not first:
        raise InputError(f"{request.file}: holds no rows; name a file that does")
    objects = [line.row for line in first if line.row is not None]
    if not objects:
        raise InputError(
            f"{request.file}: none of its first {len(first)} rows can be read (line {first[0].number}: "
            f"{first[0].detail}); name a file with one JSON object a line, or parquet"
        )
    columns = list(dict.fromkeys(column for row in objects for column in row))
    for role, column in request.columns.items():
        if column and column not in columns:
            raise ConfigError(f"--{role.replace('_', '-')} {column}: no such column; there are: {', '.join(columns)}")
    if not any(isinstance(row.get("problem"), dict) or reader.column(row, "solution") for row in objects):
        raise InputError(
            f"{request.file}: no column is known as a solution ({', '.join(NAMES['solution'])}); there are: "
            f"{', '.join(columns)}; name it with --solution COLUMN"
        )
    if not request.tasks and not any(isinstance(row.get("problem"), dict) or _has_text(reader, row) for row in objects):
        raise InputError(
            f"{request.file}: holds solutions but neither tests nor problems ({', '.join(columns)}); name the task set "
            "with --tasks, such as --tasks humaneval, or a column with --tests COLUMN"
        )
    spoken = filter(None, map(_spoken, objects))
    return "python" if request.tasks else next(spoken, "python"), chain(first, rows)


def _spoken(row: dict[str, Any]) -> str:
    try:
        return language_of(row)
    except UnreadableRowError:  # its verdict will say so
        return ""


def _has_text(reader: Reader, row: dict[str, Any]) -> bool:
    return bool(reader.column(row, "tests") or reader.column(row, "problem"))


def _claim(request: VerifyRequest) -> None:
    """Refuse a folder that holds a run, or another file's verdicts."""
    try:
        other = json.loads((request.out / SUMMARY).read_bytes()).get("file", "")
    except (OSError, ValueError, AttributeError):
        other = ""
    if other and Path(other).resolve() != request.file.resolve():
        raise ConfigError(f"{request.out}: holds the verdicts of {other}; name another folder with --out")
    if (request.out / "run.json").exists():
        raise ConfigError(f"{request.out}: holds a run; name another folder with --out")


def _items(
    request: VerifyRequest, reader: Reader, rows: Iterable[Line], language: str
) -> Iterator[Verdict | tuple[int, Item]]:
    """Every solution with its line, or the verdict that a row cannot be read."""
    stem = request.file.name.partition(".")[0]
    for line in rows:
        if line.row is None:
            yield Verdict(line.number, "unreadable", line.slug, detail=line.detail)
            continue
        try:
            items = reader.read(line.row, f"{stem}/{line.number}")
        except UnreadableRowError as error:
            yield Verdict(line.number, "unreadable", error.slug, detail=str(error))
            continue
        for item in items:
            other = item.problem.language
            detail = f"is in {other}, and this file's first rows are in {language}; verify one language at a time"
            unread = Verdict(line.number, "unreadable", "another_language", "", item.name, item.sample, detail=detail)
            yield (line.number, item) if other == language else unread


@dataclass(slots=True)
class _Verdicts:
    """Turns items into verdicts."""

    desk: Desk
    policy: Policy
    broken: int = 0

    async def verdict(self, given: Verdict | tuple[int, Item]) -> Verdict:
        if isinstance(given, Verdict):
            return given
        line, item = given
        draft = item.draft
        self.desk.work.ledger.put("draft", draft.id, to_json(draft))
        try:
            found = await self._judged(line, item, draft)
            self.broken = 0
        except SandboxError as error:
            self.broken += 1
            if self.broken >= BROKEN_IN_A_ROW:
                raise
            found = Verdict(line, "unexecuted", "sandbox_failed", "", item.name, item.sample, detail=str(error))
        return found

    async def _judged(self, line: int, item: Item, draft: Draft) -> Verdict:
        evidence, reason = await self.desk.judged(draft, self.policy)
        row = evidence.solutions[0] if evidence.solutions else SolutionEvidence(Status.INCOMPLETE, ((),), -1)
        status = row.status.value if evidence.solutions else ""
        if reason == "no_tests":
            outcome = await self.desk.loads(draft)
            reason = reason if outcome.status is Status.PASSED else "does_not_load"
            status = outcome.status.value
        return Verdict(
            line,
            "rejected" if reason else "holds",
            reason,
            status,
            item.name,
            item.sample,
            item.shape,
            item.problem.entry_point,
            passed=sum(row.passed[0]),
            cases=len(item.tests.cases),
            detail=_detail(draft, evidence),
            assurance=evidence.assurance.value if evidence.solutions else "",
            tests_from=item.tests_from,
            draft_id=draft.id,
            **_measured(evidence),
        )


def _measured(evidence: Evidence) -> dict[str, Any]:
    """What was measured about the row's solution beside its cases."""
    coverage = evidence.coverage[0] if evidence.coverage else None
    mutation = evidence.mutation[0] if evidence.mutation else None
    return {
        "line_coverage": coverage.line_share(0) if coverage else None,
        "branch_coverage": coverage.branch_share(0) if coverage else None,
        "mutation_score": mutation.score(0) if mutation else None,
        "survivors": len(mutation.survivors) if mutation else None,
        "executions": evidence.executions,
        "cpu_s": evidence.cpu_s,
    }


def _detail(draft: Draft, evidence: Evidence) -> str:
    """The first case that does not hold and what came instead; or which stub passes."""
    answers = {vote.expression: vote.value for vote in evidence.votes}
    for case in failed_cases(draft, evidence):
        came = answers.get(case.call.expression, "") if case.call else ""
        return f"{case.name}: {' '.join(case.source.split())[:200]}" + (f"; got {came[:100]}" if came else "")
    stubs = [control.removesuffix(":0") for control in evidence.controls if control.endswith(":0")]
    return f"stubs that pass it: {', '.join(stubs)}" if stubs else ""


async def _write(found: AsyncIterator[Verdict], summary: Summary, watch: Callable[[Summary], None]) -> None:
    """Verdicts to their file as they come; it takes its name when the last row is in it."""
    partial = summary.out / f"{VERDICTS}.partial"
    with partial.open("w", encoding="utf-8") as file:
        async for verdict in found:
            summary.add(verdict)
            file.write(json.dumps(asdict(verdict), ensure_ascii=False) + "\n")
            watch(summary)
    partial.replace(summary.out / VERDICTS)


def _json(summary: Summary) -> dict[str, Any]:
    reasons = [
        {"verdict": kind, "reason": reason, "status": status, "count": count, "first_lines": summary.first_lines[key]}
        for key, count in summary.counts.most_common()
        for kind, reason, status in [key]
    ]
    return {
        "file": str(Path(summary.file).resolve()),
        "policy": summary.policy,
        "rows": summary.rows,
        "verdicts": summary.verdicts,
        "shapes": dict(summary.shapes),
        "image": summary.image,
        "runner": summary.runner,
        "counts": reasons,
        "calibration": {name: value for name, value in asdict(shipped()).items() if name in CALIBRATION},
    }
