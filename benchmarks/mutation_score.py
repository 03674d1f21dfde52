"""Does the mutation score tell a richer suite from a poorer one? MBPP's tests against MBPP+'s, on the shared tasks.

Both suites belong to one solution, the canonical one, and are treated alike: inputs in, and what the solution answers
is what is expected, so that they differ in their inputs alone. Mutants that no input of either suite and no derived
input tells from the solution are likely equivalent and count for neither. Traps, which fail on one kind of input alone,
are shown apart from changes of the code as well. MBPP+ as it is used holds MBPP's inputs too, so it can only be equal
or higher; its further inputs alone have no such advantage.

    python -m benchmarks.mutation_score [--quick] [--json FILE] [--tasks MbppPlus.jsonl.gz] [--mutants N] [--minutes N]
                                        [--keep FILE]

The task file is EvalPlus' MBPP+ (378 tasks); without it nothing is claimed. About 40 s with --quick (40 tasks). With
--keep every task's result is a line of FILE as soon as it is there; a further run with the same number of mutants takes
those from there and goes on with the others.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import hashlib
import json
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from codefactory.runner.base import Runner, open_runner
from codefactory.tasks.base import called_name
from codefactory.tasks.rows import Row, file_rows
from codefactory.types import Call, Case, Check, Draft, Limits, Problem, Solution, Status, Suite
from codefactory.verify.mutation import fates, made_of
from codefactory.verify.trial import Trial

TASKS = Path(__file__).parents[1] / ".." / "shared" / "data" / "evalplus" / "MbppPlus.jsonl.gz"
QUICK_TASKS = 40
LIMITS = Limits(cpu_s=4.0)
PROBES = 24
TRAP = "domain"  # the kind of mutants that fail on one kind of input alone
LONGEST = 4000  # characters of a call: longer inputs measure speed
BAR = 0.9


@dataclass(frozen=True, slots=True)
class Mark:
    """One mutant that can be told from the solution: its kind, and whether MBPP and the further inputs kill it."""

    kind: str
    base: bool
    further: bool

    @property
    def both(self) -> bool:
        """Whether MBPP+ as it is used, with MBPP's inputs among its own, kills it."""
        return self.base or self.further


@dataclass(frozen=True, slots=True)
class Result:
    """One task: the mutants that could be told apart, how many could not, and what it took."""

    name: str
    marks: tuple[Mark, ...]
    equivalent: int
    executions: int
    cpu_s: float
    left_out: str = ""  # why nothing can be compared; then there are no marks

    def of(self, traps: bool) -> Result:
        """The same with traps alone, or with changes of the code alone."""
        return replace(self, marks=tuple(mark for mark in self.marks if (mark.kind == TRAP) == traps))

    def killed(self, suite: str) -> int:
        """How many mutants `base`, `further` or `both` kill."""
        return sum(getattr(mark, suite) for mark in self.marks)

    def share(self, suite: str) -> float:
        """Mutation score."""
        return self.killed(suite) / len(self.marks)


# ── tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def draft_of(row: Row) -> Draft:
    """The canonical solution with MBPP's inputs and MBPP+'s further ones as two suites without expected values yet.

    JSON has no tuples and no sets: which lists stand for which is read off the task's own assertions.
    """
    code = str(row["prompt"]).split('"""')[2].lstrip() + "\n" + str(row["canonical_solution"])
    entry = str(row["entry_point"]) or called_name(str(row["assertion"]), code)
    kinds = _kinds(str(row["assertion"]), entry, row["base_input"])
    suites = [_suite(entry, row[name], kinds, float(row["atol"])) for name in ("base_input", "plus_input")]
    return Draft(Problem(str(row["prompt"]), entry), (Solution(code),), tuple(suites))


def _suite(entry: str, rows: list[list[Any]], kinds: list[list[type]], tolerance: float) -> Suite:
    calls: dict[str, None] = {}
    for arguments in rows:
        values = [_typed(value, kinds[place] if place < len(kinds) else []) for place, value in enumerate(arguments)]
        text = f"{entry}({', '.join(map(repr, values))})"
        if len(text) <= LONGEST and "inf" not in text and "nan" not in text:
            calls.setdefault(text)
    check = Check.APPROX if tolerance else Check.EQUAL
    return Suite(
        tuple(Case(f"case_{n}", "", Call(text, "None", check, tolerance=tolerance)) for n, text in enumerate(calls, 1))
    )


def _kinds(assertion: str, entry: str, base: list[list[Any]]) -> list[list[type]]:
    """For each argument the container types by depth (list, tuple, set), from the first call that shows them."""
    found: list[list[type]] = [[] for _ in max(base, key=len, default=[])]
    calls = [node for node in ast.walk(ast.parse(assertion)) if isinstance(node, ast.Call)]
    for call in (one for one in calls if isinstance(one.func, ast.Name) and one.func.id == entry):
        for place, argument in enumerate(call.args[: len(found)]):
            try:
                shown = _depths(ast.literal_eval(argument))
            except ValueError:
                continue
            found[place] = max(found[place], shown, key=len)
    return found


def _depths(value: Any) -> list[type]:
    if not isinstance(value, list | tuple | set):
        return []
    inner = max((_depths(item) for item in value), key=len, default=[])
    return [type(value), *inner]


def _typed(value: Any, kinds: list[type]) -> Any:
    if not isinstance(value, list):
        return value
    kind: Any = kinds[0] if kinds else list
    items = [_typed(item, kinds[1:]) for item in value]
    return (
        kind(items) if kind is not set or all(isinstance(item, int | str | float | tuple) for item in items) else items
    )


# ── measuring ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def measure(row: Row, runner: Runner, limit: int) -> Result:
    """One task's result, or why it is left out."""
    name = str(row["task_id"])
    draft = draft_of(row)
    asked = Trial(draft, runner.execute, LIMITS, "values")
    draft = await _expected(draft, asked)
    if not all(suite.cases for suite in draft.suites):
        return Result(name, (), 0, 0, 0.0, "the solution answers no input of one of the suites")
    trial = Trial(draft, runner.execute, LIMITS, "mutation")
    code = draft.solutions[0].code
    run = await trial.run(code)
    if run.status is not Status.PASSED:
        return Result(name, (), 0, 0, 0.0, f"the solution's second run over its own answers: {run.status}")
    found = await fates(trial, code, run, made_of(trial, code, limit), PROBES)
    able = [fate for fate in found if fate.detected or fate.witness]
    marks = tuple(Mark(fate.mutant.operator, *fate.killed) for fate in able)
    left_out = "" if able else "no mutant can be told from the solution"
    cost = trial.cost
    return Result(name, marks, len(found) - len(able), cost.executions, cost.cpu_s, left_out)


async def _expected(draft: Draft, trial: Trial) -> Draft:
    """The draft with what the solution answers as what is expected; inputs on which it raises or does not end go."""
    answers: dict[str, str] = {}
    cases = trial.cases
    for _ in range(4):  # an input that ends the run hides those behind it: go on without it
        run = await trial.run(draft.solutions[0].code, cases)
        answers |= {case.name: run.value(case.name) for case in cases if run.value(case.name)}
        silent = [case for case in cases if not run.value(case.name)]
        if not silent:
            break
        cases = tuple(silent[1:])
    suites = []
    for number, suite in enumerate(draft.suites):
        kept = []
        for case in suite.cases:
            value = answers.get(f"{number}.{case.name}", "")
            if value[:1] not in ("", "!", "<") and case.call:
                kept.append(replace(case, call=replace(case.call, expected=value)))
        suites.append(Suite(tuple(kept)))
    return replace(draft, suites=tuple(suites))


async def every(rows: list[Row], limit: int, minutes: float, keep: Path | None) -> tuple[list[Result], str]:
    """All tasks, a few at a time; none is begun after so many minutes. Their order is a mixed one, always the same."""
    gate = asyncio.Semaphore(4)
    end = time.monotonic() + minutes * 60
    rows = sorted(rows, key=lambda row: hashlib.sha256(str(row["task_id"]).encode()).digest())
    known = {result.name: result for result in kept(keep, limit)}

    async def one(row: Row) -> Result | None:
        if result := known.get(str(row["task_id"])):
            return result
        async with gate:
            if time.monotonic() >= end:
                return None
            result = await measure(row, runner, limit)
        if keep:
            with keep.open("a") as file:
                file.write(json.dumps({"limit": limit, **asdict(result)}) + "\n")
        return result

    async with open_runner() as runner:
        found = await asyncio.gather(*map(one, rows))
        return [result for result in found if result], runner.name


def kept(keep: Path | None, limit: int) -> Iterator[Result]:
    """What earlier runs with as many mutants a task found."""
    for line in keep.read_text().splitlines() if keep and keep.exists() else ():
        row = json.loads(line)
        if row.pop("limit") == limit:
            yield Result(**{**row, "marks": tuple(Mark(**mark) for mark in row["marks"])})


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────────────────────


def groups(results: list[Result]) -> Iterator[tuple[str, list[Result]]]:
    """All mutants, changes of the code alone, traps alone; of the tasks that have such mutants."""
    yield "all", results
    for name, traps in (("changes of the code", False), ("traps", True)):
        yield name, [part for result in results if (part := result.of(traps)).marks]


def table(results: list[Result]) -> Table:
    """MBPP, MBPP+'s further inputs, and MBPP+ side by side, for each group of mutants."""
    shown = Table(title=f"{len(results)} tasks, {sum(len(one.marks) for one in results):,} mutants that can be killed")
    for column in (
        "mutants",
        "suite",
        "tasks",
        "mean score",
        "pooled",
        "tasks with a survivor",
        "higher / equal / lower than MBPP",
        "equal at 1.0",
    ):
        shown.add_column(column, justify="left" if column in ("mutants", "suite") else "right")
    for group, part in groups(results):
        for name, suite in (("MBPP", "base"), ("MBPP+'s further inputs alone", "further"), ("MBPP+", "both")):
            shares = [result.share(suite) for result in part]
            killed = sum(result.killed(suite) for result in part)
            shown.add_row(
                group,
                name,
                f"{len(part)}",
                f"{statistics.mean(shares):.3f}" if part else "",
                f"{killed / max(1, sum(len(result.marks) for result in part)):.3f}",
                f"{sum(share < 1 for share in shares) / max(1, len(part)):.1%}",
                " / ".join(str(number) for number in against(part, suite)),
                str(sum(result.share("base") == result.share(suite) == 1 for result in part)),
            )
    return shown


def against(results: list[Result], suite: str) -> tuple[int, int, int]:
    """On how many tasks the suite's score is higher than MBPP's, equal, lower."""
    pairs = [(result.killed(suite), result.killed("base")) for result in results]
    return sum(a > b for a, b in pairs), sum(a == b for a, b in pairs), sum(a < b for a, b in pairs)


def kinds_table(results: list[Result]) -> Table:
    """Which changes MBPP's own tests let through."""
    shown = Table(title="kind of change: killed by MBPP+, and what of that MBPP lets through")
    for column in ("kind", "mutants", "let through by MBPP"):
        shown.add_column(column, justify="left" if column == "kind" else "right")
    marks = [mark for result in results for mark in result.marks if mark.both]
    missed = Counter(mark.kind for mark in marks if not mark.base)
    for kind, number in Counter(mark.kind for mark in marks).most_common():
        shown.add_row(kind, f"{number:,}", f"{missed[kind] / number:.1%}")
    return shown


def ties(results: list[Result]) -> str:
    """Where MBPP+ is no higher: the tasks where MBPP kills everything, and what lives where it does not."""
    level = [one for one in results if one.killed("both") == one.killed("base")]
    full, short = ([one for one in level if (one.share("base") == 1) == wanted] for wanted in (True, False))
    alive = Counter(mark.kind for one in short for mark in one.marks if not mark.both)
    return (
        f"equal at 1.0 ({len(full)}): {', '.join(one.name for one in full) or 'none'}; equal below it ({len(short)}): "
        f"{', '.join(one.name for one in short) or 'none'}; what neither kills there: "
        f"{', '.join(f'{kind} {count}' for kind, count in alive.most_common()) or 'nothing'}"
    )


def claims(results: list[Result], reached: int) -> list[dict[str, Any]]:
    """The bar as it was set, and what it comes to where the scores can differ at all.

    Of the tasks that were reached, one that was left out counts as not higher.
    """
    higher, *_ = against(results, "both")
    full = sum(result.share("base") == 1 for result in results)
    apart = [result for result in results if result.killed("further") != result.killed("base")]
    rises = sum(result.killed("further") > result.killed("base") for result in apart)
    pairs = [
        (
            f"MBPP+ kills more mutants than MBPP, share of the {reached} shared tasks reached",
            higher / max(1, reached),
            BAR,
        ),
        ("the same, of the tasks where MBPP leaves something to kill", higher / max(1, len(results) - full), BAR),
        ("MBPP+'s further inputs alone kill more, of the tasks where they differ", rises / max(1, len(apart)), BAR),
    ]
    return [
        {"claim": claim, "value": round(value, 3), "bar": f">= {bar}", "holds": value >= bar}
        for claim, value, bar in pairs
    ]


def costs(results: list[Result], tasks: int, seconds: float, runner: str) -> str:
    """What it took, and what was left out."""
    cpu_s, executions = sum(one.cpu_s for one in results), sum(one.executions for one in results)
    equivalent = sum(one.equivalent for one in results)
    left_out = "; ".join(f"{one.name} left out: {one.left_out}" for one in results if one.left_out)
    return (
        f"{len(results)} of {tasks} tasks reached; {left_out or 'none left out'}; "
        f"{equivalent:,} mutants likely equivalent; {executions:,} executions, {cpu_s:.0f} CPU s in the sandbox, "
        f"{seconds:.0f} s in this session, {runner}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_TASKS} tasks")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--tasks", type=Path, default=TASKS, metavar="FILE")
    parser.add_argument("--mutants", type=int, default=0, help="at most, a task (quick 20, else 100)")
    parser.add_argument("--minutes", type=float, default=600.0, help="begin no task after so long")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="a line a task as it is measured; taken up again")
    options = parser.parse_args()
    console = Console()
    made: list[dict[str, Any]] = []
    if options.tasks.exists():
        rows = file_rows(options.tasks)
        rows = rows[:: len(rows) // QUICK_TASKS or 1][:QUICK_TASKS] if options.quick else rows
        start = time.perf_counter()
        limit = options.mutants or (20 if options.quick else 100)
        reached, runner = asyncio.run(every(rows, limit, options.minutes, options.keep))
        results = [result for result in reached if not result.left_out]
        console.print(table(results))
        console.print(kinds_table(results))
        console.print(ties(results))
        console.print(costs(reached, len(rows), time.perf_counter() - start, runner))
        made = claims(results, len(reached))
        for claim in made:
            console.print(f"{'holds' if claim['holds'] else 'FALLS SHORT'}: {claim['claim']}: {claim['value']}")
    else:
        console.print(f"{options.tasks.name} is not here (it is not part of this repository): nothing is claimed")
    if options.json:
        options.json.write_text(json.dumps({"claims": made}, indent=1) + "\n")


if __name__ == "__main__":
    main()
