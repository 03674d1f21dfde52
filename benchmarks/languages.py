"""How many verified executions a second each language makes in a warm slot, beside a cold `docker run` of the same.

The job is a function of one line, unique each time, with two literal cases that the host compares. The cold way starts
a container of the same image for each job and runs the same harness in it: a socket, one job, the end. Both use one
slot; warm and cold take turns, so that a change in the machine's load hits both; medians over the rounds. What an
interpreter takes to start is in both, and is measured alone, on an empty program, in the same image: where it is longer
than a twentieth of a cold job, a warm slot cannot be twenty times as quick, and is held against that start.

The compile cache: OCaml jobs with a compile step of their own (`Job.build`), each executed twice: the first makes the
artefact, the second finds it.

    python -m benchmarks.languages [--quick] [--languages NAME,NAME] [--json FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from codefactory.errors import SandboxError
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import NeutralCase, compile_cases
from codefactory.runner.base import Runner, open_runner
from codefactory.runner.docker import DockerLauncher
from codefactory.runner.engine import client, engine_answers
from codefactory.runner.images import image_digest, tag
from codefactory.runner.pool import Pool
from codefactory.types import Build, Job, Status

BAR = 20.0  # times as many in a warm slot as cold, for the interpreters whose own start leaves room for it
STARTS = 2.0  # or at most as long as so many bare starts of the interpreter
# An interpreter's command line for an empty program; the compiled languages have none.
BARE = {
    "lua": ("lua5.4", "-e", ""),
    "perl": ("perl", "-e", "1"),
    "javascript": ("node", "-e", "0"),
    "racket": ("racket", "-l", "racket/base", "-e", "(void)"),
    "r": ("Rscript", "--vanilla", "-e", "0"),
    "ruby": ("ruby", "-e", "0"),
    "tcl": ("tclsh", "/dev/null"),
    "bash": ("bash", "-c", ":"),
    "elixir": ("elixir", "-e", ":ok"),
    "commonlisp": ("sbcl", "--non-interactive", "--no-sysinit", "--no-userinit", "--eval", "(quit)"),
    "prolog": ("swipl", "-g", "halt"),
}
BARE_LOOP = """
import statistics, subprocess, sys, time
times = []
for _ in range(int(sys.argv[1])):
    start = time.perf_counter()
    subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, check=True)
    times.append(time.perf_counter() - start)
print(statistics.median(times))
"""
CASES = (NeutralCase("one", (1,), 2), NeutralCase("list", (20,), 21))
# Number -> a program that no other job has.
PROGRAMS: dict[str, Callable[[int], str]] = {
    "lua": lambda n: f"local function f(x) return x + 1 + {n} - {n} end\nreturn f\n",
    "perl": lambda n: f"sub f {{ return $_[0] + 1 + {n} - {n} }}\n1;\n",
    "javascript": lambda n: f"function f(x) {{ return x + 1 + {n} - {n}; }}\nmodule.exports = {{ f }};\n",
    "racket": lambda n: f"#lang racket/base\n(provide f)\n(define (f x) (- (+ x 1 {n}) {n}))\n",
    "r": lambda n: f"f <- function(x) x + 1 + {n} - {n}\n",
    "ocaml": lambda n: f"let f x = x + 1 + {n} - {n}\n",
    "haskell": lambda n: f"module F (f) where\n\nf :: Int -> Int\nf x = x + 1 + {n} - {n}\n",
    "ruby": lambda n: f"def f(x) = x + 1 + {n} - {n}\n",
    "tcl": lambda n: f"proc f {{x}} {{ expr {{$x + 1 + {n} - {n}}} }}\n",
    "bash": lambda n: f"f() {{ echo $(($1 + 1 + {n} - {n})); }}\n",
    "go": lambda n: f"package main\n\nfunc f(x int) int {{\n\treturn x + 1 + {n} - {n}\n}}\n",
    "rust": lambda n: f"pub fn f(x: i64) -> i64 {{\n    x + 1 + {n} - {n}\n}}\n",
    "cpp": lambda n: f"int f(int x) {{ return x + 1 + {n} - {n}; }}\n",
    "java": lambda n: f"class Solution {{ static int f(int x) {{ return x + 1 + {n} - {n}; }} }}\n",
    "elixir": lambda n: f"defmodule Solution do\n  def f(x), do: x + 1 + {n} - {n}\nend\n",
    "commonlisp": lambda n: f"(defun f (x) (- (+ x 1 {n}) {n}))\n",
    "prolog": lambda n: f"f(X, Result) :- Result is X + 1 + {n} - {n}.\n",
}


@dataclass
class Result:
    """One language, by rounds: jobs a second, warm and cold; seconds of the interpreter's bare start."""

    name: str
    warm: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def starts(self) -> float:
        """A warm job's time in bare starts of the interpreter; 0 where it has none."""
        return 1 / statistics.median(self.warm) / statistics.median(self.bare) if self.bare else 0.0

    @property
    def room(self) -> bool:
        """Whether the interpreter starts in less than a twentieth of a cold job."""
        return bool(self.bare) and statistics.median(self.bare) * BAR * statistics.median(self.cold) < 1

    @property
    def times(self) -> float:
        return statistics.median(self.warm) / statistics.median(self.cold)


def job(language: Language, number: int) -> Job:
    """A job like no other, with two cases."""
    assert language.notation is not None
    suite = compile_cases(language.notation, "f", CASES).suite
    return Job(language.name, PROGRAMS[language.name](number), "f", suite.cases, limits=language.limits)


async def rate(runner: Runner, language: Language, numbers: range, seconds: float) -> float:
    """Jobs a second over some seconds, at least one; every one of them must pass."""
    started = time.perf_counter()
    done = 0
    for number in numbers:
        outcome = await runner.execute(job(language, number))
        if outcome.status is not Status.PASSED:
            raise SandboxError(f"{language.name}: an honest job ended as {outcome.status}: {outcome.detail}")
        done += 1
        if time.perf_counter() - started > seconds:
            break
    return done / (time.perf_counter() - started)


async def cold(language: Language, first: int, count: int) -> float:
    """Jobs a second where each has one container of its own, start and end included."""
    started = time.perf_counter()
    for number in range(first, first + count):
        engine = client()
        launcher = DockerLauncher(engine, image_digest(engine, tag(language.name)), "", language.name)
        pool = Pool(launcher, 1)  # not started: no spare
        try:
            await rate(pool, language, range(number, number + 1), 0.0)
        finally:
            await pool.close()
    return count / (time.perf_counter() - started)


def bare(name: str, count: int) -> float:
    """Seconds of an interpreter's bare start, in a container of the same image."""
    command = ["-c", BARE_LOOP, str(count), *BARE[name]]
    said = client().containers.run(tag(name), command, entrypoint="python3", remove=True, network_mode="none")
    return float(said)


@dataclass
class Cache:
    """The compile cache: seconds of each job whose artefact had to be made, and of the same job again."""

    missed: list[float] = field(default_factory=list)
    hit: list[float] = field(default_factory=list)
    counted: tuple[int, int] = (0, 0)

    @property
    def times(self) -> float:
        return statistics.median(self.missed) / statistics.median(self.hit)


async def compile_cache(count: int) -> Cache:
    """Each of some jobs twice, where its compile step has not been made yet and where it has."""
    language: Language = LANGUAGES.load("ocaml")
    cache = Cache()
    async with open_runner("docker", slots=1, language="ocaml") as runner:
        assert isinstance(runner, Pool)
        await rate(runner, language, range(1), 0.0)
        for number in range(count):
            command = ("/usr/bin/ocamlfind", "ocamlc", "-package", "str", "-linkpkg", "-o", "helper", "helper.ml")
            build = Build((("helper.ml", f"let () = print_int {number}\n"),), command, "helper")
            for seconds in (cache.missed, cache.hit):
                started = time.perf_counter()
                outcome = await runner.execute(replace(job(language, number), build=build))
                seconds.append(time.perf_counter() - started)
                if outcome.status is not Status.PASSED:
                    raise SandboxError(f"ocaml: a job with a compile step ended as {outcome.status}: {outcome.detail}")
        cache.counted = (runner.builds.misses, runner.builds.hits)
    return cache


async def measure(name: str, rounds: int, seconds: float) -> Result:
    language: Language = LANGUAGES.load(name)
    result = Result(name)
    async with open_runner("docker", slots=1, language=name) as runner:
        await rate(runner, language, range(1), 0.0)
        for turn in range(rounds):
            first = (turn + 1) * 1_000_000
            result.warm.append(await rate(runner, language, range(first, first + 100_000), seconds))
            result.cold.append(await cold(language, first + 500_000, 2))
            if name in BARE:
                result.bare.append(bare(name, 5))
    return result


def show(results: list[Result], cache: Cache | None, missing: list[str]) -> None:
    table = Table(title="verified executions a second, one slot", title_justify="left")
    for column in ("language", "warm slot", "cold container", "times", "bare start, ms", "warm job, in bare starts"):
        table.add_column(column, justify="left" if column == "language" else "right")
    for row in results:
        warm, slow = statistics.median(row.warm), statistics.median(row.cold)
        start = f"{statistics.median(row.bare) * 1e3:.0f}" if row.bare else "–"
        starts = f"{row.starts:.2f}" if row.bare else "–"
        table.add_row(row.name, f"{warm:.1f}", f"{slow:.2f}", f"{row.times:.1f}", start, starts)
    console = Console(highlight=False)
    console.print(table)
    if cache:
        slow, quick = statistics.median(cache.missed), statistics.median(cache.hit)
        made, found = cache.counted
        console.print(
            f"compile cache, OCaml: {slow:.2f} s a job where it misses ({made}), {quick:.2f} s where it hits ({found})"
        )
    for name in missing:
        console.print(f"{name}: its image is not built ('codefactory sandbox build {name}'), not measured")


def claim(text: str, value: float, bar: float, *, most: bool = False) -> dict[str, object]:
    return {"claim": text, "value": round(value, 2), "bar": bar, "holds": value <= bar if most else value >= bar}


def claims(results: list[Result], cache: Cache | None) -> list[dict[str, object]]:
    said = "a warm slot executes this many times what a cold container does"
    made = []
    for row in results:
        made.append(claim(f"{row.name}: {said}", row.times, BAR if row.room else 1.0))
        if row.bare and not row.room:
            text = f"{row.name}: the interpreter alone starts too slowly for {BAR:g} times; a warm job in bare starts"
            made.append(claim(text, row.starts, STARTS, most=True))
    if cache:
        made.append(
            claim("ocaml: a job whose compile step was made before is this many times as quick", cache.times, 1.2)
        )
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument("--languages", type=lambda names: names.split(","), metavar="NAME,NAME", default=list(PROGRAMS))
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    if not engine_answers():
        raise SystemExit("benchmarks/languages.py: no Docker engine answers; run scripts/setup-sandbox")
    unknown = sorted(set(arguments.languages) - set(PROGRAMS))
    if unknown:
        parser.error(f"there is no {', '.join(unknown)} here; there are: {', '.join(PROGRAMS)}")
    engine = client()
    here = [name for name in arguments.languages if image_digest(engine, tag(name))]
    rounds, seconds = (1, 1.5) if arguments.quick else (5, 5.0)
    results = [asyncio.run(measure(name, rounds, seconds)) for name in here]
    cache = asyncio.run(compile_cache(2 if arguments.quick else 15)) if "ocaml" in here else None
    show(results, cache, [name for name in arguments.languages if name not in here])
    if arguments.json:
        arguments.json.write_text(json.dumps({"claims": claims(results, cache)}, indent=1))


if __name__ == "__main__":
    main()
