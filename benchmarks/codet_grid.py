"""A real model's output with known truth, executed: CodeT's samples of CodeGen-16B on HumanEval, judged, and labelled.

Reads 100 raw solutions and 100 raw test samples a task (microsoft/CodeT, MIT), makes one draft of each task, and lets
the judge execute it, as a run would. Truth comes from HumanEval's own tests and from HumanEval+ (evalplus), whose
expected values are what the canonical solution answers in the same sandbox. Every execution is looked up by its content
first, in a ledger under `.cache/`: what has been executed once costs nothing again.
"""

from __future__ import annotations

import ast
import asyncio
import gzip
import hashlib
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from codefactory.config import VerifyConfig
from codefactory.errors import InputError
from codefactory.languages.cases import read_call
from codefactory.languages.python import truncate
from codefactory.ledger import Ledger
from codefactory.runner.base import Runner
from codefactory.runner.compare import is_literal
from codefactory.tasks import base
from codefactory.types import (
    Assurance,
    Call,
    Case,
    Check,
    Draft,
    Evidence,
    Job,
    Limits,
    Outcome,
    Problem,
    Record,
    Solution,
    Status,
    Suite,
    from_json,
    to_json,
)
from codefactory.verify.judge import VERSION, judge

LIMITS = Limits(cpu_s=0.3)  # for every solution with all cases: an honest one takes milliseconds
HIDDEN = Limits(cpu_s=6.0, wall_s=60.0)  # for the thousand inputs of HumanEval+
# Rows alone, coverage and mutants have benchmarks of their own.
GRID_ONLY = VerifyConfig(rows=False, coverage=False)
CANONICAL = Limits(cpu_s=3.0, wall_s=60.0)  # inputs that it does not reach in this time are left out, and counted
TOLERANCE = 1e-6  # on floats, as evalplus has it
# HumanEval/32 asks for any root of a polynomial: what it returns is right when the polynomial is zero there.
ROOTS = {"find_zero": "abs(poly({0}, find_zero({0}))) <= 1e-4"}


@dataclass(frozen=True)
class Task:
    """One task: the draft to verify, the human record with its tests, and HumanEval+'s inputs as source text."""

    name: str
    draft: Draft
    record: Record
    inputs: tuple[str, ...]
    unread: int  # asserts on the function that are no literal comparison: left out


@dataclass(frozen=True)
class Judged:
    """A task with its evidence, and which of its solutions are right: by HumanEval's tests, and by HumanEval+ too."""

    task: Task
    evidence: Evidence
    base: tuple[bool, ...]
    right: tuple[bool, ...]
    dropped: int  # inputs of HumanEval+ whose answer has no literal, or takes the canonical solution too long


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def rows(path: Path) -> list[dict[str, Any]]:
    """The JSON lines of a file, gzipped or not.

    Raises:
        InputError: if it is not there.
    """
    if not path.exists():
        raise InputError(f"{path}: is not there; name the folder that holds codet, humaneval and evalplus with --data")
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in text.splitlines()]


def read(data: Path, limit: int = 0) -> list[Task]:
    """The tasks of both CodeT files, in their order; every n-th where there is a limit."""
    human = {record.name: record for record in base.load(f"humaneval@{data / 'humaneval' / 'HumanEval.jsonl.gz'}")}
    plus = {row["task_id"]: row for row in rows(data / "evalplus" / "HumanEvalPlus.jsonl.gz")}
    solutions = rows(data / "codet" / "codegen16b_humaneval_solutions.jsonl")
    tests = {row["task_id"]: row for row in rows(data / "codet" / "codegen16b_humaneval_tests.jsonl")}
    step = max(1, len(solutions) // limit) if limit else 1
    chosen = solutions[::step][: limit or None]
    return [_task(row, tests[row["task_id"]], human[row["task_id"]], plus[row["task_id"]]) for row in chosen]


def _task(solutions: dict[str, Any], tests: dict[str, Any], record: Record, plus: dict[str, Any]) -> Task:
    name = record.problem.entry_point
    suites, unread = [], 0
    for sample in tests["samples"]:
        suite, others = _suite(sample, name)
        suites.append(suite)
        unread += others
    draft = Draft(
        Problem(solutions["prompt"], name),
        tuple(Solution(solutions["prompt"] + truncate(sample)) for sample in solutions["samples"]),
        tuple(suites),
        recipe="codet",
    )
    form = ROOTS.get(name, f"{name}({{0}})")
    inputs = tuple(form.format(", ".join(map(repr, row))) for row in (*plus["base_input"], *plus["plus_input"]))
    return Task(record.name, draft, record, inputs, unread)


def _suite(sample: str, entry_point: str) -> tuple[Suite, int]:
    """The literal asserts of a raw sample (it continues the word `assert`), and how many others name the function."""
    cases: list[Case] = []
    others = 0
    for node in _asserts(sample):
        call = read_call(node, entry_point)
        if call:
            cases.append(Case(f"case_{len(cases) + 1}", ast.unparse(node), call))
        else:
            others += any(isinstance(part, ast.Name) and part.id == entry_point for part in ast.walk(node))
    return Suite(tuple(cases), fault="" if cases else "suite_no_cases"), others


def _asserts(sample: str) -> Iterator[ast.Assert]:
    """Every part between two `assert`s, as far as it parses: its end may be cut off, or be something else."""
    for part in sample.split("assert "):
        lines = part.strip().split("\n")
        for end in range(len(lines), 0, -1):
            try:
                first = ast.parse("assert " + "\n".join(lines[:end])).body[0]
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
            if isinstance(first, ast.Assert):
                yield first
            break


# ── executing ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Bench:
    """Executes and judges through a ledger; counts what was really executed."""

    def __init__(self, runner: Runner, ledger: Ledger) -> None:
        self.runner, self.ledger = runner, ledger
        self.executions = self.cases = self.looked_up = 0
        self._in_flight: dict[str, asyncio.Task[Outcome]] = {}
        self._turns = asyncio.Semaphore(runner.slots * 4)

    async def execute(self, job: Job, *, facts: bool = True) -> Outcome:
        """An outcome, looked up or paid for once; without `facts` only the verdict is kept."""
        kind, key = "outcome" if facts else "verdict", _key(job.id, self.runner.image)
        known = self.ledger.get(kind, key)
        if known:
            self.looked_up += 1
            return from_json(Outcome, known)
        if key not in self._in_flight:
            self._in_flight[key] = asyncio.create_task(self._pay(kind, key, job, facts))
        return await self._in_flight[key]

    async def _pay(self, kind: str, key: str, job: Job, facts: bool) -> Outcome:
        async with self._turns:
            outcome = await self.runner.execute(job)
        self.executions += 1
        self.cases += len(job.cases)
        outcome = outcome if facts else replace(outcome, facts=())
        self.ledger.put(kind, key, to_json(outcome))
        del self._in_flight[key]
        return outcome

    async def evidence(self, task: Task) -> Evidence:
        """What the judge finds out about a task's draft."""
        key = _key("evidence", task.draft.id, self.runner.image, str(VERSION))
        known = self.ledger.get("evidence", key)
        if known:
            return from_json(Evidence, known)
        evidence = await judge(task.draft, self.execute, LIMITS, GRID_ONLY)
        self.ledger.put("evidence", key, to_json(evidence))
        return evidence

    async def truth(self, task: Task) -> tuple[tuple[bool, ...], tuple[bool, ...], int]:
        """Which solutions pass HumanEval's own tests, which HumanEval+ as well, and how many inputs were left out."""
        problem, own = task.record.problem, task.record.tests
        literal = tuple(case for case in own.cases if case.call)
        code = tuple(case for case in own.cases if not case.call)
        job = Job(problem.language, "", problem.entry_point, literal, limits=LIMITS)
        jobs = [job] if literal else []
        if code:
            jobs.append(replace(job, cases=code, preamble=own.preamble, assurance=Assurance.SHARED))
        known = await self._known(task)
        hidden = replace(job, cases=known, limits=HIDDEN)
        base = tuple(await asyncio.gather(*(self._passes(jobs, one.code) for one in task.draft.solutions)))
        pairs = zip(base, task.draft.solutions, strict=True)
        right = await asyncio.gather(*(self._passes([hidden], one.code) if ok else _no() for ok, one in pairs))
        return base, tuple(right), len(task.inputs) - len(known)

    async def _known(self, task: Task) -> tuple[Case, ...]:
        """HumanEval+'s inputs with what the canonical solution answers, where that can be written down."""
        asked = tuple(Case(f"case_{n}", "", Call(text, "None")) for n, text in enumerate(task.inputs, 1))
        job = Job("python", task.record.solution.code, task.record.problem.entry_point, asked, limits=CANONICAL)
        facts = (await self.execute(job)).facts
        answered = [(case, fact.value) for case, fact in zip(asked, facts, strict=True) if is_literal(fact.value)]
        return tuple(
            replace(case, call=Call(case.call.expression, value, Check.APPROX, tolerance=TOLERANCE))
            for case, value in answered
            if case.call
        )

    async def _passes(self, jobs: list[Job], code: str) -> bool:
        for job in jobs:
            outcome = await self.execute(replace(job, code=code), facts=False)
            if outcome.status is not Status.PASSED:
                return False
        return True


async def _no() -> bool:
    return False


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Cost:
    """What executing all grids took in this session."""

    executions: int
    cases: int
    seconds: float
    looked_up: int

    def line(self, runner: Runner) -> str:
        """What was executed, and how fast; or that nothing had to be."""
        if not self.executions:
            return "the grid: nothing to execute, everything was looked up"
        part = f" ({self.looked_up:,} more were looked up)" if self.looked_up else ""
        return (
            f"the grid through the {runner.name} runner, compared: {self.executions:,} jobs, {self.cases:,} cases "
            f"in {self.seconds:.1f} s, {self.executions / self.seconds:,.0f} jobs/s, "
            f"{self.cases / self.seconds:,.0f} cases/s, {runner.slots} slots{part}"
        )


async def judge_all(tasks: list[Task], bench: Bench) -> tuple[list[Judged], Cost]:
    """Every task with its evidence and its truth, and what the grids cost; the truth is not part of the cost."""
    start = time.perf_counter()
    found = await asyncio.gather(*(bench.evidence(task) for task in tasks))
    cost = Cost(bench.executions, bench.cases, time.perf_counter() - start, bench.looked_up)
    truths = await asyncio.gather(*(bench.truth(task) for task in tasks))
    judged = [Judged(task, evidence, *truth) for task, evidence, truth in zip(tasks, found, truths, strict=True)]
    return judged, cost


async def judge_smaller(judged: list[Judged], bench: Bench, size: int, draws: int) -> list[Judged]:
    """Drafts of fewer solutions and suites, drawn from those of every task and judged anew: what smaller runs see.

    Samples without a case are no suites: a task with none of them gives no draft.
    """
    drawn = [part for one in judged for part in _drawn(one, size, draws)]
    found = await asyncio.gather(*(bench.evidence(part.task) for part in drawn))
    return [replace(part, evidence=evidence) for part, evidence in zip(drawn, found, strict=True)]


def _drawn(judged: Judged, size: int, draws: int) -> Iterator[Judged]:
    draft = judged.task.draft
    able = [suite for suite in draft.suites if suite.cases]
    for draw in range(draws):
        chance = random.Random(f"{judged.task.name}:{size}:{draw}")
        chosen = chance.sample(range(len(draft.solutions)), size)
        suites = tuple(chance.sample(able, min(size, len(able))))
        if suites:
            part = replace(draft, solutions=tuple(draft.solutions[index] for index in chosen), suites=suites)
            base, right = ([truth[index] for index in chosen] for truth in (judged.base, judged.right))
            yield replace(judged, task=replace(judged.task, draft=part), base=tuple(base), right=tuple(right))
