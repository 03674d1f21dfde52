"""What the factory itself costs beside a model: finished calls a second on one core, and memory over many rows.

The server answers at once, from a process of its own. A call goes all the way: the recipe asks, the request
is named by its content and looked up, sent over HTTP, its answer parsed by backend and recipe, the completion and the
draft written to the ledger. Executing drafts is measured elsewhere (`sandbox_throughput`). CPU time is the measure,
so that a busy machine does not decide: one core is one second of it.

    python -m benchmarks.writer_overhead [--quick] [--json FILE] [--profile]
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import json
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from rich.console import Console
from rich.table import Table

from codefactory.accounts import Progress
from codefactory.config import RunConfig
from codefactory.ledger import Ledger
from codefactory.llm.base import open_backend
from codefactory.pipeline import WINDOW_PER_BATCH, Factory
from codefactory.recipes.seeds import stream
from codefactory.runner.base import Runner

ROOT = Path(__file__).parents[1]
BATCH = 64
CALLS_A_DRAFT = 5
BAR = 1000
TOPICS = [f"topic {number}" for number in range(40)]
CHECKPOINTS = (10_000, 200_000)  # rows (calls) after which memory is looked at
QUICK = (1_000, 6_000)
GROWTH_MB = 32  # over the rows between: caches of the interpreter and of SQLite fill up


class NoRunner:
    """Stands where a sandbox would: this benchmark executes nothing."""

    name = image = "none"


@contextmanager
def server() -> Iterator[int]:
    """The port of a server that answers at once."""
    command = [sys.executable, str(ROOT / "benchmarks/servers/answering.py")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()


def memory_mb() -> float:
    """What this process has in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def write(folder: Path, port: int, rows: tuple[int, int]) -> dict[str, Any]:
    """Write drafts until there are so many rows; figures at both checkpoints."""
    data = {
        "out": str(folder),
        "llm": {"backend": "openai", "model": "fake", "base_url": f"http://127.0.0.1:{port}/v1", "batch": BATCH},
        "seeds": {"count": rows[1] // CALLS_A_DRAFT, "topics": TOPICS},
    }
    config = RunConfig.model_validate(data)
    progress = Progress(config.seeds.count)
    seeds = stream(config.seeds)
    marks: list[tuple[int, float, float, float]] = []
    with Ledger(folder / "ledger.sqlite") as ledger:
        async with open_backend(config.llm) as backend:
            factory = Factory(config, ledger, backend, cast("Runner", NoRunner()), progress)

            async def work() -> None:
                for seed in seeds:
                    await factory.write(seed)
                    if len(marks) < 1 and progress.calls >= rows[0]:
                        marks.append((progress.calls, time.process_time(), time.perf_counter(), memory_mb()))

            started = (0, time.process_time(), time.perf_counter(), memory_mb())
            await asyncio.gather(*(work() for _ in range(WINDOW_PER_BATCH * BATCH)))
            marks.append((progress.calls, time.process_time(), time.perf_counter(), memory_mb()))
        faults = sum(b'"fault":""' not in value for _, value in ledger.items("draft"))
    if faults or progress.calls != rows[1]:
        raise SystemExit(f"not the whole path: {faults} drafts could not be read, {progress.calls} of {rows[1]} calls")
    calls, cpu_s, wall_s = (marks[-1][index] - started[index] for index in range(3))
    return {
        "calls": calls,
        "a core's second": calls / cpu_s,
        "wall second": calls / wall_s,
        "before": marks[0][3],
        "after": marks[-1][3],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK[1]:,} rows instead of {CHECKPOINTS[1]:,}")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--profile", action="store_true", help="print where the time goes (it slows everything down)")
    options = parser.parse_args()
    rows = QUICK if options.quick else CHECKPOINTS
    profile = cProfile.Profile()
    with tempfile.TemporaryDirectory() as folder, server() as port:
        if options.profile:
            profile.enable()
        found = asyncio.run(write(Path(folder), port, rows))
    if options.profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
    grown = found["after"] - found["before"]
    shown = Table(title=f"{found['calls']:,} calls, {BATCH} in flight, nothing executed", title_justify="left")
    for name in ("finished calls a core's second", "a wall second", *(f"MB after {count:,} rows" for count in rows)):
        shown.add_column(name, justify="right")
    figures = (found["a core's second"], found["wall second"], found["before"], found["after"])
    shown.add_row(*(f"{figure:,.0f}" for figure in figures))
    Console().print(shown)
    rate = round(found["a core's second"])
    claims = [
        {
            "claim": "finished calls a second of one core's time: recipe, request, HTTP, parse, ledger",
            "value": rate,
            "bar": f">= {BAR}",
            "holds": rate >= BAR,
        },
        {
            "claim": f"megabytes that memory grows by from {rows[0]:,} to {rows[1]:,} rows",
            "value": round(grown, 1),
            "bar": f"<= {GROWTH_MB}",
            "holds": grown <= GROWTH_MB,
        },
    ]
    if options.json:
        options.json.write_text(json.dumps({"claims": claims}, indent=1) + "\n")


if __name__ == "__main__":
    main()
