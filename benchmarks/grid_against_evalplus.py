"""The grid of a real model's solutions and test values, executed here and by evalplus' check: speed, and agreement.

CodeT's samples (`codet_grid`): every solution of a task with every distinct call that the task's test samples make and
the value that they expect of it. Both sides get the same programs and the same cells; those are the calls whose
arguments are plain literals, since evalplus takes arguments and no source. Here one program is one job of the sandbox,
compared on the host; there it is one call of `untrusted_check`, which forks a process beside a reliability guard and no
walls. Both have as many workers as the sandbox has slots. An endless program has its limit here as a whole, there for
every call, so programs that end are shown apart as well.

    python -m benchmarks.grid_against_evalplus [--evalplus PYTHON] [--tasks N] [--solutions N] [--quick] [--json FILE]

PYTHON is an interpreter that has evalplus (`pip install evalplus` in an environment of its own); without it only this
side is measured and nothing is claimed. The whole grid is 82 tasks with 100 solutions; a sample by default.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.codet_grid import LIMITS, Task, read
from codefactory.runner.base import Runner, open_runner
from codefactory.types import Call, Case, Check, Job, Outcome, Status

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
TASKS, SOLUTIONS = 12, 20  # of 82 and 100
QUICK = (4, 5)
CALL_S = 0.3  # of evalplus, for every call; its own default is 1 s
FASTER, ALIKE = 1.0, 0.99  # bars

# Runs in the other interpreter: jobs as lines of JSON in; their wall time, and passed cells and seconds of each, out.
CHECK = """
import ast, json, sys, time
from concurrent.futures import ProcessPoolExecutor
from evalplus.eval import untrusted_check

def one(job):
    start = time.perf_counter()
    inputs = [list(ast.literal_eval(text)) for text in job["inputs"]]
    expected = [ast.literal_eval(text) for text in job["expected"]]
    _, details = untrusted_check(
        "codet", job["code"], inputs, job["entry"], expected, 0, [0.0] * len(inputs),
        fast_check=False, min_time_limit=float(sys.argv[2]),
    )
    cells = [bool(one) for one in details]
    return [cells + [False] * (len(inputs) - len(cells)), time.perf_counter() - start]

if __name__ == "__main__":
    jobs = [json.loads(line) for line in sys.stdin]
    with ProcessPoolExecutor(int(sys.argv[1])) as pool:
        list(pool.map(one, jobs[:1]))
        start = time.perf_counter()
        found = list(pool.map(one, jobs))
        print(json.dumps([time.perf_counter() - start, found]))
"""


@dataclass(frozen=True, slots=True)
class Cells:
    """One program with the calls that it is asked, as source of arguments, and the values that are expected."""

    name: str
    code: str
    entry: str
    calls: tuple[Call, ...]
    inputs: tuple[str, ...]


@dataclass(slots=True)
class Side:
    """What one side made of all programs: passed cells, how long each took, all together; here also which ended."""

    name: str
    passed: list[list[bool]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    wall_s: float = 0.0
    ended: list[bool] = field(default_factory=list)


# ── the grid ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def programs(tasks: list[Task], solutions: int) -> Iterator[Cells]:
    """The first so many solutions of each task, each with all the cells of the task."""
    for task in tasks:
        entry = task.draft.problem.entry_point
        cells = _cells(task, entry)
        for solution in task.draft.solutions[:solutions]:
            if cells:
                yield Cells(task.name, solution.code, entry, tuple(cells), tuple(cells.values()))


def _cells(task: Task, entry: str) -> dict[Call, str]:
    """Every distinct call with its expected value -> its arguments as a tuple."""
    found: dict[Call, str] = {}
    for suite in task.draft.suites:
        for case in suite.cases:
            if case.call and case.call.check is Check.EQUAL:
                arguments = _arguments(case.call, entry)
                if arguments:
                    found.setdefault(case.call, arguments)
    return found


def _arguments(call: Call, entry: str) -> str:
    """The arguments of a plain call of the entry point as source of a tuple; "" where it is none."""
    try:
        node = ast.parse(call.expression, mode="eval").body
        ast.literal_eval(call.expected)
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == entry):
            return ""
        if node.keywords or not node.args:
            return ""
        return repr(tuple(ast.literal_eval(argument) for argument in node.args))
    except (ValueError, SyntaxError, TypeError):
        return ""


# ── the two sides ────────────────────────────────────────────────────────────────────────────────────────────────────


async def here(grid: list[Cells], runner: Runner) -> Side:
    """Through the sandbox: one job a program."""
    side, gate = Side(f"{runner.name} runner, compared"), asyncio.Semaphore(runner.slots * 2)

    async def one(cells: Cells) -> tuple[Outcome, float]:
        cases = tuple(Case(f"case_{n}", "", call) for n, call in enumerate(cells.calls))
        async with gate:
            start = time.perf_counter()
            outcome = await runner.execute(Job("python", cells.code, cells.entry, cases, limits=LIMITS))
            return outcome, time.perf_counter() - start

    await one(replace(grid[0], code=grid[0].code + "\n# warm"))
    start = time.perf_counter()
    found = await asyncio.gather(*map(one, grid))
    side.wall_s = time.perf_counter() - start
    for cells, (outcome, seconds) in zip(grid, found, strict=True):
        held = {fact.name for fact in outcome.facts if fact.status is Status.PASSED}
        side.passed.append([f"case_{n}" in held for n in range(len(cells.calls))])
        side.seconds.append(seconds)
        side.ended.append(outcome.status is not Status.TIMEOUT)
    return side


def there(grid: list[Cells], python: str, workers: int) -> Side:
    """Through evalplus' check, in an interpreter that has it.

    Raises:
        SystemExit: if it has not, with its last words.
    """
    jobs = [
        {"code": one.code, "entry": one.entry, "inputs": one.inputs, "expected": [call.expected for call in one.calls]}
        for one in grid
    ]
    words = [python, "-c", CHECK, str(workers), str(CALL_S)]
    lines = "\n".join(map(json.dumps, jobs))
    done = subprocess.run(words, input=lines, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no words"])[-1]
        sys.exit(f"--evalplus {python}: {last}; name an interpreter that has evalplus and numpy")
    wall_s, found = json.loads(done.stdout.strip().splitlines()[-1])
    return Side("evalplus untrusted_check", [row[0] for row in found], [row[1] for row in found], wall_s)


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────────────────────


def table(grid: list[Cells], sides: list[Side]) -> Table:
    """Both sides: wall time and rates over all programs, and how long those took that do not run into a limit here."""
    cells = sum(len(one.calls) for one in grid)
    shown = Table(title=f"{len({one.name for one in grid})} tasks, {len(grid):,} programs, {cells:,} cells")
    for column in ("side", "wall s", "programs/s", "cells/s", "of programs that end: mean ms", "median ms"):
        shown.add_column(column, justify="left" if column == "side" else "right")
    for side in sides:
        own = sorted(seconds for seconds, ended in zip(side.seconds, sides[0].ended, strict=True) if ended)
        mean, middle = (1000 * sum(own) / len(own), 1000 * own[len(own) // 2]) if own else (0.0, 0.0)
        shown.add_row(
            side.name, f"{side.wall_s:.1f}", f"{len(grid) / side.wall_s:,.1f}", f"{cells / side.wall_s:,.0f}",
            f"{mean:.1f}", f"{middle:.1f}",
        )  # fmt: skip
    return shown


def agreement(sides: list[Side]) -> float:
    """The share of the cells that both sides say the same of."""
    ours, theirs = ([cell for row in side.passed for cell in row] for side in sides)
    return sum(a == b for a, b in zip(ours, theirs, strict=True)) / max(1, len(ours))


def claims(sides: list[Side]) -> list[dict[str, Any]]:
    """How much faster the same grid is here, and that it says the same."""
    ours, theirs = sides
    ratio, alike = theirs.wall_s / ours.wall_s, agreement(sides)
    pairs = [
        ("the grid's wall time through evalplus' check, over the sandbox's", ratio, FASTER),
        ("cells of the grid that both say the same of", alike, ALIKE),
    ]
    return [
        {"claim": claim, "value": round(value, 4), "bar": f">= {bar}", "holds": value >= bar}
        for claim, value, bar in pairs
    ]


async def measured(grid: list[Cells], python: str) -> list[Side]:
    """This side, then the other where there is one; never both at a time."""
    async with open_runner() as runner:
        sides, workers = [await here(grid, runner)], runner.slots
    return [*sides, there(grid, python, workers)] if python else sides


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evalplus", default="", metavar="PYTHON", help="an interpreter that has evalplus")
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR")
    parser.add_argument("--tasks", type=int, default=TASKS, help=f"of 82 (default {TASKS})")
    parser.add_argument("--solutions", type=int, default=SOLUTIONS, help=f"of 100 (default {SOLUTIONS})")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK[0]} tasks, {QUICK[1]} solutions")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    console = Console()
    made: list[dict[str, Any]] = []
    tasks, solutions = QUICK if options.quick else (options.tasks, options.solutions)
    if (options.data / "codet").exists():
        grid = list(programs(read(options.data, tasks), solutions))
        sides = asyncio.run(measured(grid, options.evalplus))
        console.print(table(grid, sides))
        made = claims(sides) if len(sides) > 1 else []
        for claim in made:
            console.print(f"{'holds' if claim['holds'] else 'FALLS SHORT'}: {claim['claim']}: {claim['value']}")
        if not made:
            console.print("without --evalplus PYTHON there is nothing to compare with: nothing is claimed")
    else:
        console.print(f"{options.data} does not hold codet (not part of this repository): nothing is claimed")
    if options.json:
        options.json.write_text(json.dumps({"claims": made}, indent=1) + "\n")


if __name__ == "__main__":
    main()
