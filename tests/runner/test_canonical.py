"""Human benchmarks through the sandbox: solutions that are right pass, at every level that can run them; bugs do not.

A solution that does not pass is either the sandbox's fault or the data's; where it is the data's, the task is named
here with the reason.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from codefactory.runner.base import Runner, open_runner
from codefactory.tasks import humaneval
from codefactory.tasks.base import load
from codefactory.types import Assurance, Call, Case, Check, Job, Limits, Outcome, Record, Status
from tests.runner.conftest import require

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*invalid escape sequence"),
]
DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
LIMITS = Limits(cpu_s=60.0, wall_s=120.0, memory_mb=1024, output_kb=4096)
SUITE = 250  # cases a job: what they return must fit into one record
WRONG = {"Mbpp/120": "uses math without importing it: upstream's own evaluation has it in scope"}
# Runs a solution on calls in plain Python, with no sandbox: what it should return there as well.
PLAIN = """
import json, sys
from codefactory.runner.compare import source
for code, calls in json.load(sys.stdin):
    names = {"__name__": "solution"}
    exec(compile(code, "solution", "exec"), names)
    print(json.dumps([source(eval(call, names)) for call in calls]))
"""


def rows(*path: str) -> list[dict[str, Any]]:
    """A data file's rows, or skip the test: benchmark files are not part of this repository."""
    file = DATA.joinpath(*path)
    if not file.exists():
        pytest.skip(f"{file.name} is not here; it is not part of this repository")
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=["docker", "namespace"])
async def runner(request: pytest.FixtureRequest) -> AsyncIterator[Runner]:
    require(request.param)
    async with open_runner(request.param) as opened:
        yield opened


def as_job(record: Record, assurance: Assurance, code: str = "") -> Job:
    tests = record.tests
    entry_point = record.problem.entry_point
    return Job("python", code or record.solution.code, entry_point, tests.cases, tests.preamble, assurance, LIMITS)


async def outcomes(runner: Runner, jobs: Iterable[Job]) -> list[Outcome]:
    return [outcome async for outcome in runner.run(jobs)]


async def unpassed(runner: Runner, records: list[Record], assurance: Assurance) -> dict[str, str]:
    """Names of the tasks whose own solution does not pass, with what the sandbox says."""
    found = await outcomes(runner, (as_job(record, assurance) for record in records))
    pairs = zip(records, found, strict=True)
    return {record.name: f"{end.status}: {end.detail}" for record, end in pairs if end.status is not Status.PASSED}


@pytest.mark.parametrize("assurance", [Assurance.SHARED, Assurance.SEPARATED])
@pytest.mark.parametrize(
    ("task_set", "path", "count"),
    [
        ("humaneval", "humaneval/HumanEval.jsonl.gz", 164),
        ("mbpp", "mbpp/mbpp.jsonl", 974),
        ("jsonl", "evalplus/HumanEvalPlus.jsonl.gz", 164),
        ("jsonl", "evalplus/MbppPlus.jsonl.gz", 378),
    ],
)
async def test_canonical_solutions_pass_their_own_tests(
    runner: Runner, task_set: str, path: str, count: int, assurance: Assurance
) -> None:
    rows(*path.split("/"))
    records = load(f"{task_set}@{DATA / path}")
    assert len(records) == count
    failed = await unpassed(runner, records, assurance)
    assert failed.keys() <= WRONG.keys(), failed


async def test_suites_that_can_be_read_as_literals_pass_compared(runner: Runner) -> None:
    rows("humaneval", "HumanEval.jsonl.gz")
    literal = [
        record
        for record in load(f"humaneval@{DATA / 'humaneval/HumanEval.jsonl.gz'}")
        if all(case.call for case in record.tests.cases)
    ]
    assert len(literal) > 120
    assert await unpassed(runner, literal, Assurance.COMPARED) == {}


def plus_calls(row: dict[str, Any]) -> list[str]:
    """A call for each of the inputs that were added to a task."""
    return [f"{row['entry_point']}({', '.join(map(repr, arguments))})" for arguments in row["plus_input"]]


def plain_answers(plan: list[tuple[str, list[str]]]) -> list[list[str]]:
    """What each solution returns for its calls outside any sandbox, as source text."""
    done = subprocess.run(
        [sys.executable, "-c", PLAIN], input=json.dumps(plan), capture_output=True, text=True, timeout=900, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


async def test_every_added_input_gives_what_plain_python_gives(runner: Runner) -> None:
    tasks = rows("evalplus", "HumanEvalPlus.jsonl.gz")
    plan = [(row["prompt"] + row["canonical_solution"], plus_calls(row)) for row in tasks]
    answers = await asyncio.to_thread(plain_answers, plan)
    jobs, names = [], []
    for row, (code, calls), values in zip(tasks, plan, answers, strict=True):
        check = Check.APPROX if row["atol"] else Check.EQUAL
        cases = [
            Case(call[:80], "", Call(call, value, check, tolerance=row["atol"]))
            for call, value in zip(calls, values, strict=True)
            if not value.startswith("<")  # too long to be written down
        ]
        parts = [tuple(cases[at : at + SUITE]) for at in range(0, len(cases), SUITE)]
        jobs += [Job("python", code, row["entry_point"], part, limits=LIMITS) for part in parts]
        names += [row["task_id"]] * len(parts)
    assert sum(len(job.cases) for job in jobs) > 100_000
    found = await outcomes(runner, jobs)
    wrong = {name: end.detail for name, end in zip(names, found, strict=True) if end.status is not Status.PASSED}
    assert wrong == {}


async def test_bugs_that_humans_put_in_do_not_pass(runner: Runner) -> None:
    tasks = rows("humanevalpack", "humanevalpack_python.jsonl")
    records = [humaneval.record_of(row, row["task_id"]) for row in tasks]
    codes = [row["prompt"] + row["buggy_solution"] for row in tasks]
    brief = Limits(cpu_s=3.0, wall_s=6.0, memory_mb=1024)  # some of them loop for ever
    pairs = zip(records, codes, strict=True)
    jobs = [replace(as_job(record, Assurance.SHARED, code), limits=brief) for record, code in pairs]
    found = await outcomes(runner, jobs)
    passed = [record.name for record, end in zip(records, found, strict=True) if end.status is Status.PASSED]
    assert passed == []
