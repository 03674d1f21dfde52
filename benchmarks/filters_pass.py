"""One pass of `filters.py`: every row through a chain of filters in one process, with what each filter costs."""

from __future__ import annotations

import json
import time
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.filters_rows import original, row
from codefactory.config import FiltersConfig
from codefactory.filters import FILTERS
from codefactory.filters.base import Comparing, Drop, Filter, Funnel, Look, Settings, make
from codefactory.filters.choosing import select
from codefactory.types import Record

THRESHOLD = 0.8
LABELS, UNSEEN = 400, 10**7  # labelled rows that quality learns from, and the number of the first


def memory_mb(line: str = "VmRSS") -> float:
    """Resident memory of this process now, or at its peak (`VmHWM`)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{line}:")[2].split()[0]) / 1024


class Laps:
    """Peaks of memory between two moments; Linux forgets the peak so far when 5 is written to `clear_refs`."""

    most_mb = 0.0

    @classmethod
    def lap(cls) -> float:
        """The peak since the last lap."""
        peak = memory_mb("VmHWM")
        cls.most_mb = max(cls.most_mb, peak)
        Path("/proc/self/clear_refs").write_text("5")
        return peak


@dataclass
class Cost:
    """What one filter took: CPU seconds, rows that it saw, and what its settling added to memory at most."""

    cpu_s: float = 0.0
    rows: int = 0
    added_mb: float | None = None


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
        Laps.lap()
        before, started = memory_mb(), time.process_time()

        def noted() -> Iterator[Look]:
            for look in looks:
                labels.append(int(look.label.removeprefix("row/")))
                yield look

        for number, drop in enumerate(self.inner.settle(noted())):
            if drop:
                self.gone[labels[number]] = drop.detail.rpartition(" ")[2]
            yield drop
        cost.cpu_s += time.process_time() - started
        cost.added_mb = Laps.lap() - before


def settings(tasks: tuple[Record, ...], rows: int) -> Settings:
    """Everything that is on by default, near twins from 0.8, and a cap that some topics reach."""
    return Settings(tasks, THRESHOLD, rules=FiltersConfig(caps={"topic": max(1, rows // 51)}))


def learning(folder: Path) -> Settings:
    """Both filters that learn: quality from rows of two kinds, which it is then asked to tell apart, and semantic."""
    file = folder / "labels.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for number in range(LABELS):
            one, good = original(UNSEEN + number), number % 2 == 0
            code = one.solution.code if good else one.solution.code.replace("return ", "global ")
            lines.write(json.dumps({"statement": one.problem.statement, "code": code, "label": good}) + "\n")
    return Settings(rules=FiltersConfig(quality_labels=file, least_quality=0.5, semantic_duplicates=0.95))


@dataclass(frozen=True)
class Pass:
    """One pass over all rows: what each filter took, what stayed, and what the whole took."""

    costs: dict[str, Cost]
    funnel: Funnel
    gone_near: dict[int, str]
    seconds: float
    cpu_s: float
    peak_mb: float


def one_pass(count: int, chosen: Settings, console: Console, names: Iterable[str] = ()) -> Pass:
    """Every row through every filter, or the named ones, in one process."""
    costs: dict[str, Cost] = {}
    chain: list[Filter | Comparing] = []
    gone: dict[int, str] = {}
    Laps.most_mb = 0.0
    for one in make(chosen, names):
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
    Laps.lap()
    return Pass(costs, funnel, gone, time.monotonic() - started, time.process_time() - cpu, Laps.most_mb)


def _told(count: int, console: Console) -> Iterator[Record]:
    """All rows; says now and then how far it is."""
    started = time.monotonic()
    for number in range(count):
        if number and number % max(20_000, count // 20) == 0:
            console.print(f"{number:,} rows after {time.monotonic() - started:,.0f} s, {memory_mb():,.0f} MB")
        yield row(number)


def show(done: Pass, count: int, console: Console) -> None:
    table = Table(title=f"{count:,} rows, one process, one pass", title_justify="left")
    for head in ("filter", "rows seen", "dropped", "rows a CPU second", "memory added, MB"):
        table.add_column(head, justify="left" if head == "filter" else "right")
    reasons = done.funnel.reasons
    for name, cost in done.costs.items():
        dropped = sum(reasons.get(slug, 0) for slug in FILTERS.load(name).slugs)
        added = "-" if cost.added_mb is None else f"{max(0.0, cost.added_mb):,.0f}"
        rate = cost.rows / cost.cpu_s if cost.cpu_s else 0.0
        table.add_row(name, f"{cost.rows:,}", f"{dropped:,}", f"{rate:,.0f}", added)
    console.print(table)
    console.print(
        f"all of it, making the rows included: {done.seconds:,.0f} s ({done.cpu_s:,.0f} s CPU), "
        f"{count / done.cpu_s:,.0f} rows a CPU second, {done.peak_mb:,.0f} MB at most; {done.funnel.kept:,} kept"
    )
