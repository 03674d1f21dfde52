"""How many executions a second the sandbox makes, beside the limit of forking and beside what others do.

The job is a function of two lines, unique each time, with two asserts. Two workers (or slots) each; the cases take
turns in rounds, so that a change in the machine's load hits them all; medians over the rounds. The limit is a loop that
forks, compiles, executes and waits, with its parent warmed: nothing that isolates can be faster.

    python -m benchmarks.sandbox_throughput [--quick] [--json FILE] [--evalplus PYTHON]

evalplus wants an environment of its own: --evalplus names the Python of one; else it is looked for here and in
build/evalplus, and made there by a full run that may install packages. Where that fails the table says why.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from codefactory.errors import SandboxError
from codefactory.runner.base import Runner, open_runner
from codefactory.runner.engine import engine_answers
from codefactory.types import Assurance, Call, Case, Job, Status

WORKERS = 2
LIMIT = "fork + compile + exec (the limit)"
THEIRS = "evalplus untrusted_check"
BARS = {"docker compared": 0.45, "docker separated": 0.30, "docker shared": 0.50}
CALLS = (("add(1, 2)", "3"), ("add(3, 4)", "7"))
BUSY = "while True: pass"
EVALPLUS = ("--no-deps", "evalplus==0.3.1", "numpy", "psutil")  # what its check imports; the rest is model clients
EVALPLUS_HOME = Path(__file__).resolve().parents[1] / "build" / "evalplus"
HAS_EVALPLUS = "from evalplus.eval import untrusted_check"
INSTALL_S = 900
SOLUTIONS = 10  # that a suite of 100 cases is run against: a draft's own, its mutants, its stubs

# One process that runs jobs for some seconds and prints how long each took, in microseconds.
LOOP = """
import os, subprocess, sys, time
kind, seconds = sys.argv[1], float(sys.argv[2])
def source(n):
    return f'def add(a, b):\\n    return a + b + {n} - {n}\\nassert add(1, 2) == 3\\nassert add(3, 4) == 7\\n'
def forked(n):
    pid = os.fork()
    if pid == 0:
        exec(compile(source(n), '<job>', 'exec'), {})
        os._exit(0)
    os.waitpid(pid, 0)
def command(*words):
    return lambda n: subprocess.run([*words, source(n)], capture_output=True)
if kind == 'fork':
    import gc
    for text in (source(0), 'assert 0'):
        try: exec(compile(text, '<job>', 'exec'), {})
        except AssertionError as error: str(error)
    gc.collect(); gc.freeze()
    run = forked
elif kind == 'evalplus':
    from evalplus.eval import untrusted_check
    def run(n):
        code = f'def add(a, b):\\n    return a + b + {n} - {n}\\n'
        untrusted_check('humaneval', code, [[1, 2], [3, 4]], 'add', [3, 7], 0, [0.1, 0.1], fast_check=True)
else:
    run = command(*sys.argv[3:])
run(0); run(1)
end = time.perf_counter() + seconds
times = []
while (start := time.perf_counter()) < end:
    run(len(times))
    times.append((time.perf_counter() - start) * 1e6)
print(' '.join(f'{t:.0f}' for t in times))
"""


@dataclass
class Result:
    """One case: rates of its rounds (jobs a second), and every latency in milliseconds."""

    name: str
    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def job(number: int, assurance: Assurance, calls: tuple[tuple[str, str], ...] = CALLS) -> Job:
    """A job like no other."""
    code = f"def add(a, b):\n    return a + b + {number} - {number}\n"
    compared = assurance is Assurance.COMPARED
    cases = tuple(
        Case(f"case {index}", f"assert {call} == {value}", Call(call, value) if compared else None)
        for index, (call, value) in enumerate(calls)
    )
    return Job("python", code, "add", cases, assurance=assurance)


async def ours(result: Result, seconds: float, *, runner: Runner, assurance: Assurance) -> None:
    """Keeps two jobs a slot under way for some seconds."""
    end = time.perf_counter() + seconds
    numbers = iter(range(10**9))
    done = 0

    async def feed() -> None:
        nonlocal done
        while (start := time.perf_counter()) < end:
            outcome = await runner.execute(job(next(numbers), assurance))
            if outcome.status is not Status.PASSED:
                raise SandboxError(f"an honest job ended as {outcome.status}: {outcome.detail}")
            result.times.append((time.perf_counter() - start) * 1e3)
            done += 1

    start = time.perf_counter()
    await asyncio.gather(*(feed() for _ in range(runner.slots * 2)))
    result.rates.append(done / (time.perf_counter() - start))


async def theirs(result: Result, seconds: float, *, words: tuple[str, ...], python: str = sys.executable) -> None:
    """Two processes that loop for some seconds."""
    command = [python, "-c", LOOP, words[0], str(seconds), *words[1:]]
    runs = [
        await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(WORKERS)
    ]
    count = 0
    for text, errors in await asyncio.gather(*(run.communicate() for run in runs)):
        times = [int(word) / 1e3 for word in text.split()]
        if not times:
            raise SandboxError(errors.decode(errors="replace").strip().splitlines()[-1])
        result.times += times
        count += len(times)
    result.rates.append(count / seconds)


def others(image: str) -> dict[str, tuple[str, ...]]:
    """What there is on this machine to compare with: words for `theirs`."""
    python = sys.executable
    found: dict[str, tuple[str, ...]] = {LIMIT: ("fork",), "python -c": ("command", python, "-c")}
    if bubblewrap := shutil.which("bwrap"):
        walls = ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--unshare-all", "--die-with-parent"]
        found["bubblewrap + python"] = ("command", bubblewrap, *walls, python, "-c")
    if image and shutil.which("docker"):
        run = ("docker", "run", "--rm", "--network", "none", "--entrypoint", "python3", image, "-c")
        found["docker run"] = ("command", *run)
    return found


def with_evalplus(given: str, make: bool) -> tuple[str, str]:
    """(an interpreter that has evalplus or '', why there is none)."""
    ours = EVALPLUS_HOME / "bin" / "python"
    for python in (given,) if given else (sys.executable, str(ours)):
        if has_evalplus(python):
            return python, ""
    if given:
        return "", f"{given} cannot import it"
    if not make:
        return "", "it is not installed, and --quick installs nothing; give --evalplus PYTHON"
    for command in ([sys.executable, "-m", "venv", str(EVALPLUS_HOME)], [str(ours), "-m", "pip", "install", *EVALPLUS]):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_S)
        except (OSError, subprocess.TimeoutExpired) as error:
            return "", f"its environment could not be made: {error}"
        if done.returncode != 0:
            return "", f"its environment could not be made: {(done.stderr.strip() or done.stdout).splitlines()[-1]}"
    return (str(ours), "") if has_evalplus(str(ours)) else ("", "it was installed and cannot be imported")


def has_evalplus(python: str) -> bool:
    try:
        return subprocess.run([python, "-c", HAS_EVALPLUS], capture_output=True).returncode == 0
    except OSError:
        return False


@contextmanager
def standing(image: str) -> Iterator[tuple[str, ...] | None]:
    """A container to `docker exec` into."""
    if not image or not shutil.which("docker"):
        yield None
        return
    start = ["docker", "run", "-d", "--rm", "--network", "none", "--entrypoint", "sleep", image, "3600"]
    name = subprocess.run(start, capture_output=True, text=True, check=True).stdout.strip()
    try:
        yield ("command", "docker", "exec", name, "python3", "-c")
    finally:
        subprocess.run(["docker", "rm", "-f", name], capture_output=True)


async def measure(rounds: int, seconds: float, console: Console, evalplus: str) -> tuple[dict[str, Result], float, int]:
    """(results by name, cases a second in suites of 100, time-outs of honest programs under load)."""
    results: dict[str, Result] = {}
    async with AsyncExitStack() as stack:
        runners = [await stack.enter_async_context(open_runner("namespace", slots=WORKERS))]
        if engine_answers():
            runners.insert(0, await stack.enter_async_context(open_runner("docker", slots=WORKERS)))
        image = runners[0].image if runners[0].name == "docker" else ""
        words = others(image)
        executing = stack.enter_context(standing(image))
        if executing:
            words["docker exec"] = executing
        plan = [(name, partial(theirs, words=command)) for name, command in words.items()]
        if evalplus:
            plan.append((THEIRS, partial(theirs, words=("evalplus",), python=evalplus)))
        for runner in runners:
            plan += [(f"{runner.name} {level}", partial(ours, runner=runner, assurance=level)) for level in Assurance]
        for turn in range(rounds):
            for name, run in plan:
                await run(results.setdefault(name, Result(name)), seconds)
            console.print(f"round {turn + 1} of {rounds}", style="dim")
        return results, await suites(runners[0], seconds), await loaded(runners[0], seconds)


async def suites(runner: Runner, seconds: float) -> float:
    """Cases a second where every job has 100 of them: one fork a suite, not a hundred. A suite meets ten solutions."""
    end, start, done = time.perf_counter() + 2 * seconds, time.perf_counter(), 0
    suite: tuple[Case, ...] = ()
    jobs = 0

    async def feed() -> None:
        nonlocal done, jobs, suite
        while time.perf_counter() < end:
            if jobs % SOLUTIONS == 0:
                calls = tuple((f"add({index}, {jobs})", str(index + jobs)) for index in range(100))
                suite = job(0, Assurance.COMPARED, calls).cases
            jobs += 1
            outcome = await runner.execute(replace(job(jobs, Assurance.COMPARED), cases=suite))
            if outcome.status is not Status.PASSED:
                raise SandboxError(f"an honest suite ended as {outcome.status}: {outcome.detail}")
            done += len(outcome.facts)

    await asyncio.gather(*(feed() for _ in range(runner.slots * 2)))
    return done / (time.perf_counter() - start)


@contextmanager
def every_core_busy() -> Iterator[None]:
    burners = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()


async def loaded(runner: Runner, seconds: float) -> int:
    """Honest programs that do not pass while every core is busy with something else."""
    wrong = number = 0
    end = time.perf_counter() + 2 * seconds
    with every_core_busy():
        while time.perf_counter() < end:
            batch = [job(number + index, Assurance.COMPARED) for index in range(runner.slots * 2)]
            number += len(batch)
            outcomes = await asyncio.gather(*map(runner.execute, batch))
            wrong += sum(outcome.status is not Status.PASSED for outcome in outcomes)
    return wrong


def claims(results: dict[str, Result], cases: float, wrong: int) -> list[dict[str, Any]]:
    """What is promised, what was found."""
    limit = results[LIMIT].rate
    rows: list[tuple[str, float, float, bool]] = []
    for name, bar in BARS.items():
        if name in results:
            share = results[name].rate / limit
            rows.append((f"{name}, share of the fork limit", round(share, 3), bar, share >= bar))
    best = results.get("docker compared") or results["namespace compared"]
    for other, times in ((THEIRS, 3), ("docker run", 100)):
        if other in results:
            ratio = best.rate / results[other].rate
            rows.append((f"{best.name}, times {other}", round(ratio, 1), times, ratio >= times))
    spread = best.percentile(0.99) / best.percentile(0.5)
    rows.append((f"{best.name}, p99 over p50", round(spread, 2), 3, spread <= 3))
    rows.append(("cases a second in suites of 100", round(cases), 50_000, cases >= 50_000))
    rows.append(("honest programs given a time-out with every core busy", wrong, 0, wrong == 0))
    return [{"claim": claim, "value": value, "bar": bar, "holds": holds} for claim, value, bar, holds in rows]


def show(console: Console, results: dict[str, Result], found: list[dict[str, Any]]) -> None:
    table = Table(title=f"executions, {WORKERS} workers, median of rounds", title_justify="left")
    for column in ("case", "jobs/s", "p50 ms", "p99 ms", "share of the limit"):
        table.add_column(column, justify="left" if column == "case" else "right")
    for result in sorted(results.values(), key=lambda result: -result.rate):
        middle, worst = result.percentile(0.5), result.percentile(0.99)
        share = result.rate / results[LIMIT].rate
        table.add_row(result.name, f"{result.rate:,.0f}", f"{middle:.2f}", f"{worst:.2f}", f"{share:.1%}")
    console.print(table)
    for claim in found:
        mark = "holds" if claim["holds"] else "FALLS SHORT"
        console.print(f"{mark:<12} {claim['value']:>10} (bar {claim['bar']}) {claim['claim']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="under 45 seconds: one short round")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--evalplus", default="", metavar="PYTHON", help="an interpreter that has evalplus")
    options = parser.parse_args()
    console = Console()
    rounds, seconds = (1, 1.5) if options.quick else (5, 4.0)
    evalplus, missing = with_evalplus(options.evalplus, make=not options.quick)
    results, cases, wrong = asyncio.run(measure(rounds, seconds, console, evalplus))
    found = claims(results, cases, wrong)
    show(console, results, found)
    if missing:
        console.print(f"not measured: {THEIRS}, because {missing}", markup=False)
    if options.json:
        rates = {name: round(result.rate, 1) for name, result in results.items()}
        unmeasured = {THEIRS: missing} if missing else {}
        report = {"claims": found, "rates": rates, "not measured": unmeasured}
        options.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
