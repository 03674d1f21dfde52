"""How fast, how frugal and how right are the filters? A million generated rows, planted twins, planted benchmark leaks.

Rows are made by number, so that none has to be stored: statements and programs of random words and expressions. One in
twenty is an earlier row with some words changed: some just above the threshold of 0.8, some far below it, which
have to stay. One pass takes all of them through every filter that is on by default and caps; what a filter takes is CPU
time around its calls, and memory is this process's. datasketch and a pairwise search see as many rows as they can.

Leaks are whole tasks of HumanEval, MBPP and the project's own held-out set, changed in four ways; false alarms are
counted between sets that were written independently, where tasks that ask for the same function are no false alarms
(the pairs are listed below, and were read one by one).

    python benchmarks/filters.py [--rows N] [--data DIR] [--quick] [--json FILE]

Some tens of minutes for a million rows; --quick takes 4,000 in under 45 s and claims nothing about a million.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
import warnings
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filters_leaks import alarms, leaks
from filters_rows import BACK, EVERY, original, row, similarity
from rich.console import Console
from rich.table import Table

from codefactory.config import FiltersConfig
from codefactory.filters import FILTERS
from codefactory.filters.base import Comparing, Drop, Filter, Funnel, Look, Settings, make
from codefactory.filters.choosing import select
from codefactory.filters.near import shingles
from codefactory.filters.spool import Spool
from codefactory.tasks.base import load
from codefactory.types import Record

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
MILLION, QUICK = 1_000_000, 4_000
THRESHOLD = 0.8
RIVALS, PAIRWISE = 20_000, 1_500  # rows that datasketch and the pairwise search are given
REPEATED = 3_000  # rows for order and processes
MEMORY_MB = 2048

# ── one pass ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def memory_mb() -> float:
    """Resident memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


@dataclass
class Cost:
    """What one filter took: CPU seconds, rows that it saw, and the most memory while it was at work."""

    cpu_s: float = 0.0
    rows: int = 0
    before_mb: float = 0.0
    most_mb: float = 0.0


class WatchedFilter:
    """A filter that judges alone, with what it costs."""

    def __init__(self, inner: Filter, cost: Cost) -> None:
        self.inner, self.cost, self.name, self.slugs = inner, cost, inner.name, inner.slugs

    def judge(self, record: Record) -> Drop | None:
        started = time.thread_time()
        drop = self.inner.judge(record)
        self.cost.cpu_s += time.thread_time() - started
        self.cost.rows += 1
        return drop


class WatchedComparing:
    """A comparing filter, with what looking and settling cost; reading looks back from disk is part of it.

    `gone` takes the number of every row that it drops, and the label of the row that it was dropped for.
    """

    def __init__(self, inner: Comparing, cost: Cost, gone: dict[int, str]) -> None:
        self.inner, self.cost, self.gone = inner, cost, gone
        self.name, self.slugs = inner.name, inner.slugs

    def look(self, record: Record) -> bytes:
        started = time.thread_time()
        found = self.inner.look(record)
        self.cost.cpu_s += time.thread_time() - started
        self.cost.rows += 1
        return found

    def settle(self, looks: Iterable[Look]) -> Iterator[Drop | None]:
        cost, labels = self.cost, array("I")
        cost.before_mb = memory_mb()
        started = time.process_time()

        def noted() -> Iterator[Look]:
            for look in looks:
                labels.append(int(look.label.removeprefix("row/")))
                yield look

        for number, drop in enumerate(self.inner.settle(noted())):
            if number % 4096 == 0:
                cost.most_mb = max(cost.most_mb, memory_mb())
            if drop:
                self.gone[labels[number]] = drop.detail.rpartition(" ")[2]
            yield drop
        cost.most_mb = max(cost.most_mb, memory_mb())
        cost.cpu_s += time.process_time() - started


def settings(tasks: tuple[Record, ...], rows: int) -> Settings:
    """Everything that is on by default, near twins from 0.8, and a cap that some topics reach."""
    return Settings(tasks, THRESHOLD, rules=FiltersConfig(caps={"topic": max(1, rows // 51)}))


@dataclass(frozen=True)
class Pass:
    """One pass over all rows: what each filter took, what stayed, and what the whole took."""

    costs: dict[str, Cost]
    funnel: Funnel
    gone_near: dict[int, str]
    seconds: float
    cpu_s: float
    peak_mb: float


def one_pass(count: int, chosen: Settings, console: Console) -> Pass:
    """Every row through every filter in one process."""
    costs: dict[str, Cost] = {}
    chain: list[Filter | Comparing] = []
    gone: dict[int, str] = {}
    for one in make(chosen):
        cost = costs.setdefault(one.name, Cost())
        remembered = gone if one.name == "near" else {}
        chain.append(
            WatchedComparing(one, cost, remembered) if isinstance(one, Comparing) else WatchedFilter(one, cost)
        )
    funnel = Funnel()
    started, cpu = time.monotonic(), time.process_time()
    kept = 0
    for _ in select(_told(count, console), chain, funnel):
        kept += 1
    assert kept == funnel.kept
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Pass(costs, funnel, gone, time.monotonic() - started, time.process_time() - cpu, peak)


def _told(count: int, console: Console) -> Iterator[Record]:
    """All rows; says now and then how far it is."""
    started = time.monotonic()
    for number in range(count):
        if number and number % 100_000 == 0:
            console.print(f"{number:,} rows after {time.monotonic() - started:,.0f} s, {memory_mb():,.0f} MB")
        yield row(number)


def twins_found(count: int, gone: dict[int, str]) -> tuple[float, float, int]:
    """(recall, precision, pairs at 0.8 and above) of the planted twins, by their exact similarity."""
    pairs, found = 0, 0
    for number in range(EVERY - 1, count, EVERY):
        if similarity(number, number - BACK) >= THRESHOLD:
            pairs += 1
            found += number in gone or (number - BACK) in gone
    right = sum(_are_twins(number, int(other.removeprefix("row/"))) for number, other in gone.items())
    return found / max(1, pairs), right / max(1, len(gone)), pairs


def _are_twins(one: int, other: int) -> bool:
    """Whether one was made from the other as a twin, and is one."""
    later, earlier = max(one, other), min(one, other)
    return later - earlier == BACK and later % EVERY == EVERY - 1 and similarity(one, other) >= THRESHOLD


def settling_mb(count: int) -> tuple[float, float]:
    """(most MB, CPU seconds) of a process of its own that settles `count` random looks, one in 20 a twin.

    They are as large as a generated row's. What only looking costs is left out, so that a busy machine can do it, too.
    """
    command = [sys.executable, __file__, "--settle", str(count)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found["mb"], found["cpu_s"]


def settle_alone(count: int) -> dict[str, float]:
    """Random looks through `near` and then `exact`, from the same spools that choosing uses."""
    (near,), (exact,) = make(Settings(near_duplicates=THRESHOLD), ["near"]), make(Settings(), ["exact"])
    assert isinstance(near, Comparing)
    assert isinstance(exact, Comparing)
    draw, width = random.Random(1), len(near.look(original(1)))
    with Spool() as similar, Spool() as same:
        for number in range(count):
            twin = number % EVERY == EVERY - 1
            similar.add(similar[number - BACK] if twin else draw.randbytes(width))
            same.add(same[number - BACK] if twin else draw.randbytes(32))
        started = time.process_time()
        for one, spool in ((near, similar), (exact, same)):
            looks = (Look(f"{number:032x}", spool[number]) for number in range(count))
            dropped = sum(drop is not None for drop in one.settle(looks))
            assert dropped == count // EVERY, (one.name, dropped)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"mb": most, "cpu_s": time.process_time() - started}


# ── rivals ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def datasketch_rows(count: int) -> tuple[float, float] | None:
    """(rows a CPU second, MB) of datasketch's MinHashLSH, the shingles given; None where it is not installed."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return None
    sets = [[str(item).encode() for item in shingles(row(number))] for number in range(count)]
    before, started = memory_mb(), time.process_time()
    index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    for number, items in enumerate(sets):
        signature = MinHash(num_perm=128)
        signature.update_batch(items)
        index.query(signature)
        index.insert(number, signature)
    return count / (time.process_time() - started), memory_mb() - before


def pairwise_rows(count: int) -> float:
    """Rows a CPU second of comparing each with all before it."""
    sets = [frozenset(shingles(row(number))) for number in range(count)]
    started = time.process_time()
    for number, mine in enumerate(sets):
        for other in sets[:number]:
            if len(mine & other) >= THRESHOLD * len(mine | other):
                break
    return count / (time.process_time() - started)


def near_rows(count: int) -> tuple[float, float]:
    """(rows a CPU second, MB) of our own near filter on as many rows, shingles included."""
    (near,) = make(Settings(near_duplicates=THRESHOLD), ["near"])
    assert isinstance(near, Comparing)
    records = [row(number) for number in range(count)]
    before, started = memory_mb(), time.process_time()
    looks = [Look(str(number), near.look(record)) for number, record in enumerate(records)]
    list(near.settle(looks))
    return count / (time.process_time() - started), memory_mb() - before


def agrees(count: int, chosen: Settings) -> bool:
    """Whether shuffled rows, and two processes, leave the same rows and the same funnel."""
    rows = [row(number) for number in range(count)]
    shuffled = rows[:]
    random.Random(0).shuffle(shuffled)
    results = []
    for given, processes in ((rows, 1), (shuffled, 1), (rows, 2), (shuffled, 2)):
        funnel = Funnel()
        kept = sorted(one.id for one in select(given, make(chosen), funnel, processes=processes))
        results.append((kept, funnel))
    return all(result == results[0] for result in results)


# ── the report ───────────────────────────────────────────────────────────────────────────────────────────────────────


def show(done: Pass, count: int, console: Console) -> None:
    table = Table(title=f"{count:,} rows, one process, every filter in one pass", title_justify="left")
    for head in ("filter", "rows seen", "dropped", "rows a CPU second", "memory added, MB"):
        table.add_column(head, justify="left" if head == "filter" else "right")
    reasons = done.funnel.reasons
    for name, cost in done.costs.items():
        dropped = sum(reasons.get(slug, 0) for slug in FILTERS.load(name).slugs)
        added = f"{max(0.0, cost.most_mb - cost.before_mb):,.0f}" if cost.most_mb else "-"
        rate = cost.rows / cost.cpu_s if cost.cpu_s else 0.0
        table.add_row(name, f"{cost.rows:,}", f"{dropped:,}", f"{rate:,.0f}", added)
    console.print(table)
    console.print(
        f"all of it, making the rows included: {done.seconds:,.0f} s ({done.cpu_s:,.0f} s CPU), "
        f"{count / done.cpu_s:,.0f} rows a CPU second, {done.peak_mb:,.0f} MB at most; {done.funnel.kept:,} kept"
    )


def claim(name: str, value: float | bool | None, bar: str, holds: bool) -> dict[str, Any]:
    return {"claim": name, "value": round(value, 4) if isinstance(value, float) else value, "bar": bar, "holds": holds}


def measure(count: int, data: Path, console: Console, *, quick: bool) -> list[dict[str, Any]]:
    """Everything; returns the claims."""
    tasks = tuple(load("reference:heldout"))
    done = one_pass(count, settings(tasks, count), console)
    show(done, count, console)
    recall, precision, pairs = twins_found(count, done.gone_near)
    console.print(f"{pairs:,} planted twins at {THRESHOLD} and above: recall {recall:.4f}, precision {precision:.4f}")
    rivals(console, quick=quick)
    same = agrees(REPEATED // (3 if quick else 1), settings(tasks, REPEATED))
    console.print(f"shuffled rows and two processes leave the same rows and funnel: {same}")
    claims = [
        claim(f"near twins at {THRESHOLD} found", recall, ">= 0.98", recall >= 0.98),
        claim("near twins dropped that are twins", precision, ">= 0.95", precision >= 0.95),
        claim("the same result in any order, by one process and two", same, "yes", same),
    ]
    if not quick:
        most, cpu_s = settling_mb(MILLION)
        console.print(f"settling a million random looks: {most:,.0f} MB at most, {cpu_s:,.0f} s CPU")
        claims.append(claim("MB to settle a million rows", most, f"<= {MEMORY_MB}", most <= MEMORY_MB))
    if count >= MILLION:
        fits = done.peak_mb <= MEMORY_MB
        claims.append(claim("MB for a million rows", done.peak_mb, f"<= {MEMORY_MB}", fits))
    for kind, share, bar in leaks(data, console, quick=quick):
        claims.append(claim(f"leaks found: {kind}", share, f">= {bar}", share >= bar))
    false, compared = alarms(data, console)
    if compared:
        share = false / compared
        claims.append(claim(f"false alarms on {compared:,} unrelated human tasks", share, "<= 0.001", share <= 0.001))
    return claims


def rivals(console: Console, *, quick: bool) -> None:
    count, pairs = (RIVALS // 20, PAIRWISE // 3) if quick else (RIVALS, PAIRWISE)
    table = Table(title="near twins, beside others", title_justify="left")
    for head in ("search", "rows", "rows a CPU second", "MB"):
        table.add_column(head, justify="left" if head == "search" else "right")
    rate, memory = near_rows(count)
    table.add_row("near (exact similarity, shingles included)", f"{count:,}", f"{rate:,.0f}", f"{memory:,.0f}")
    other = datasketch_rows(count)
    if other:
        table.add_row("datasketch MinHashLSH (estimate)", f"{count:,}", f"{other[0]:,.0f}", f"{other[1]:,.0f}")
    else:
        table.add_row("datasketch: not installed", "", "", "")
    table.add_row("each with all before it (exact)", f"{pairs:,}", f"{pairwise_rows(pairs):,.0f}", "")
    console.print(table)


def main() -> None:
    """Print tables and claims; write the claims as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} rows, under 45 s")
    parser.add_argument("--settle", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.settle:
        print(json.dumps(settle_alone(options.settle)))
        return
    warnings.simplefilter("ignore", SyntaxWarning)  # some human tasks hold '\d' in a plain string
    started, console = time.monotonic(), Console(width=120, highlight=False)
    count = options.rows or (QUICK if options.quick else MILLION)
    claims = measure(count, options.data, console, quick=options.quick)
    for one in claims:
        console.print(f"{'holds' if one['holds'] else 'FALLS SHORT'}: {one['claim']}: {one['value']} ({one['bar']})")
    if options.json:
        report = {"claims": claims, "rows": count, "seconds": round(time.monotonic() - started, 1)}
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
