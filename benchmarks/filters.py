"""How fast, how frugal and how right are the filters? A million generated rows, planted twins, planted benchmark leaks.

Rows are made by number, so that none has to be stored: statements and programs of random words and expressions. One in
twenty is an earlier row with some words changed: some just above the threshold of 0.8, some far below it, which
have to stay. One pass takes all of them through every filter that is on by default and caps, in one process; what a
filter takes is CPU time around its calls, and memory is that process's peak. The two that learn, quality and semantic,
have a pass of their own, of fewer rows. datasketch and a pairwise search see as many rows as they can.

Leaks are whole tasks of HumanEval, MBPP and the project's own held-out set, changed in four ways; false alarms are
counted between sets that were written independently, where tasks that ask for the same function are no false alarms
(the pairs are listed below, and were read one by one).

    python -m benchmarks.filters [--rows N] [--data DIR] [--quick] [--json FILE]

Some tens of minutes for a million rows; --quick takes 4,000 in under 45 s and claims nothing about a million.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import warnings
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.filters_leaks import alarms, leaks
from benchmarks.filters_pass import THRESHOLD, learning, memory_mb, one_pass, settings, show
from benchmarks.filters_rows import BACK, EVERY, original, row, similarity
from codefactory.filters.base import Comparing, Funnel, Look, Settings, make
from codefactory.filters.choosing import Seen, select, settle, split
from codefactory.filters.near import shingles
from codefactory.tasks.base import load
from codefactory.types import Record

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
MILLION, QUICK = 1_000_000, 4_000
RIVALS, PAIRWISE = 20_000, 1_500  # rows that datasketch and the pairwise search are given
LEARNED = 20_000  # rows for the filters that learn
REPEATED = 3_000  # rows for order and processes
MEMORY_MB = 2048

# ── right and frugal ─────────────────────────────────────────────────────────────────────────────────────────────────


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
    """(most MB, CPU seconds) of a process of its own that chooses among `count` rows; one in 20 is a twin.

    Their looks are random, as large as a generated row's, and everything after looking is as it is in a pass. Memory
    hardly grows while rows are only looked at, and a busy machine can do this, too.
    """
    command = [sys.executable, "-m", "benchmarks.filters", "--settle", str(count)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
    return found["mb"], found["cpu_s"]


def settle_alone(count: int) -> dict[str, float]:
    """Random looks through all that compares; every exact copy's look, and then every twin's, is another row's."""
    chain = split(make(settings((), count), ["exact", "near", "balance"])).comparing
    record, draw = original(1), random.Random(1)
    width, topic = len(chain[1].look(record)), chain[2].look(record)

    def seen() -> Iterator[tuple[Record, Seen]]:
        earlier: deque[tuple[bytes, ...]] = deque(maxlen=BACK)
        for number in range(count):
            exact, near = draw.randbytes(32), draw.randbytes(width)
            if number % EVERY == EVERY - 1:
                near = earlier[0][1]
            elif number % EVERY == EVERY // 2:
                exact = earlier[0][0]
            topics = topic.replace(b"topic 1", b"topic %d" % (number % 50))
            earlier.append((exact, near, topics))
            name = f"{draw.getrandbits(128):032x}"
            yield record, Seen(name, f"row/{number}", draw.randbytes(20), None, earlier[-1])

    started, funnel = time.process_time(), Funnel()
    next(settle(seen(), chain, funnel))
    found = [funnel.reasons.get(slug, 0) for slug in ("duplicate_solution", "near_duplicate")]
    assert found == [count // EVERY] * 2, found
    return {"mb": memory_mb("VmHWM"), "cpu_s": time.process_time() - started}


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


def claim(name: str, value: float | bool | None, bar: str, holds: bool) -> dict[str, Any]:
    return {"claim": name, "value": round(value, 4) if isinstance(value, float) else value, "bar": bar, "holds": holds}


def measure(count: int, data: Path, console: Console, *, quick: bool) -> list[dict[str, Any]]:
    """Everything; returns the claims."""
    tasks = tuple(load("reference:heldout"))
    done = one_pass(count, settings(tasks, count), console)
    show(done, count, console)
    recall, precision, pairs = twins_found(count, done.gone_near)
    console.print(f"{pairs:,} planted twins at {THRESHOLD} and above: recall {recall:.4f}, precision {precision:.4f}")
    learned = LEARNED // (40 if quick else 1)
    with tempfile.TemporaryDirectory() as folder:
        show(one_pass(learned, learning(Path(folder)), console, ("quality", "semantic")), learned, console)
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
        console.print(f"choosing among a million rows, looks random: {most:,.0f} MB at most, {cpu_s:,.0f} s CPU")
        claims.append(claim("MB to choose among a million rows", most, f"<= {MEMORY_MB}", most <= MEMORY_MB))
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
