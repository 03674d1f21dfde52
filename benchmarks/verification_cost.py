"""What each check of the judge takes, and what the ones that are on by default add: the reason for the defaults.

Drafts are made of the reference set: a task's solution, and its cases dealt out to two suites; a run's drafts have k
solutions, so a share of theirs is smaller. CPU seconds are the sandbox's own count; wall time is the whole judge's.

    python -m benchmarks.verification_cost [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from codefactory.config import VerifyConfig
from codefactory.runner.base import Runner, open_runner
from codefactory.tasks.base import load
from codefactory.types import Draft, Evidence, Limits, Record, Suite
from codefactory.verify.judge import judge

TASKS, QUICK_TASKS = 150, 24
EVERY = VerifyConfig(flaky=True, mutation=True)
BAR = 0.75  # of the grid and the stubs together: what rows and coverage may add


def draft_of(record: Record) -> Draft:
    """The task's solution, twice (two of a model's answers that agree), and its cases in two suites."""
    cases = record.tests.cases
    half = max(1, len(cases) // 2)
    suites = (Suite(cases[:half], record.tests.preamble), Suite(cases[half:], record.tests.preamble))
    return Draft(record.problem, (record.solution, record.solution), suites)


async def judged(records: list[Record], runner: Runner, checks: VerifyConfig) -> tuple[list[Evidence], float]:
    """The evidence for all, and the seconds it took."""
    start = time.perf_counter()
    found = await asyncio.gather(*(judge(draft_of(record), runner.execute, Limits(), checks) for record in records))
    return list(found), time.perf_counter() - start


def table(evidence: list[Evidence]) -> tuple[Table, dict[str, float]]:
    """A row a check, and CPU seconds by check."""
    executions: dict[str, int] = defaultdict(int)
    seconds: dict[str, float] = defaultdict(float)
    for cost in (cost for one in evidence for cost in one.costs):
        executions[cost.check] += cost.executions
        seconds[cost.check] += cost.cpu_s
    shown = Table(title=f"{len(evidence)} drafts of two solutions and two suites")
    for column in ("check", "executions a draft", "CPU ms a draft", "share of all CPU"):
        shown.add_column(column, justify="left" if column == "check" else "right")
    for check, number in executions.items():
        share = seconds[check] / sum(seconds.values())
        shown.add_row(
            check, f"{number / len(evidence):.1f}", f"{1000 * seconds[check] / len(evidence):.1f}", f"{share:.0%}"
        )
    return shown, seconds


async def measure(count: int) -> tuple[Table, dict[str, float], float, float]:
    """The table over all checks, CPU seconds by check, and wall seconds a draft of the defaults and of all."""
    records = load("reference:train")[:count]
    async with open_runner() as runner:
        await judged(records[:4], runner, VerifyConfig())  # warm
        _, usual_s = await judged(records, runner, VerifyConfig())
        evidence, every_s = await judged(records, runner, EVERY)
    return *table(evidence), usual_s / count, every_s / count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_TASKS} drafts instead of {TASKS}")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    shown, seconds, usual_s, every_s = asyncio.run(measure(QUICK_TASKS if options.quick else TASKS))
    console = Console()
    console.print(shown)
    console.print(
        f"wall time a draft: {usual_s * 1000:.0f} ms with the defaults, {every_s * 1000:.0f} ms with all of them"
    )
    added = (seconds["rows"] + seconds["coverage"]) / (seconds["grid"] + seconds["controls"])
    claim: dict[str, Any] = {
        "claim": "rows and coverage, on by default, add at most this share to the grid and the stubs (CPU)",
        "value": round(added, 3),
        "bar": f"<= {BAR}",
        "holds": added <= BAR,
    }
    console.print(f"{'holds' if claim['holds'] else 'FALLS SHORT'}: {claim['claim']}: {claim['value']}")
    if options.json:
        options.json.write_text(json.dumps({"claims": [claim]}, indent=1) + "\n")


if __name__ == "__main__":
    main()
