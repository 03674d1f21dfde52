"""Passes records through filters so that what stays depends on the records alone.

Three passes. First every record is looked at by itself, in one process or many: filters that judge alone drop it, the
comparing ones take what they need. Then each comparing filter settles what is left, best rows first: by the probability
of being right where one is known, then by the judge's mean score, then by content id, which is as good as any draw.
Last, what stays is read back in the order in which it came.

Records and looks wait on disk: memory holds some tens of bytes a row, and what a filter needs to settle.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from itertools import islice
from typing import NamedTuple

from codefactory.filters.base import Comparing, Drop, Filter, Funnel, Look
from codefactory.filters.spool import Spool
from codefactory.types import Record, from_json, to_json

CHUNK = 256  # records that a process is handed at once
AHEAD = 4  # chunks in flight for each process: enough to keep it busy, few enough to hold in memory
BEST_SCORE = 5.0


class Chain(NamedTuple):
    """Filters by shape."""

    alone: tuple[Filter, ...]
    comparing: tuple[Comparing, ...]


def split(filters: Iterable[Filter | Comparing]) -> Chain:
    """Filters by shape, each in the order given."""
    alone: list[Filter] = []
    comparing: list[Comparing] = []
    for one in filters:
        if isinstance(one, Comparing):
            comparing.append(one)
        else:
            alone.append(one)
    return Chain(tuple(alone), tuple(comparing))


class Seen(NamedTuple):
    """What the first pass found out about one record; `rank` sorts the best rows first."""

    id: str
    label: str
    rank: bytes
    drop: Drop | None
    looks: tuple[bytes, ...]


def select(
    records: Iterable[Record], filters: Iterable[Filter | Comparing], funnel: Funnel, *, processes: int = 1
) -> Iterator[Record]:
    """The records that every filter keeps, in the order in which they came; each is counted in the funnel once.

    Filters that judge alone come before those that compare, whatever their order; else the order given holds.
    """
    listed = list(filters)
    for one in listed:
        funnel.expect(one.slugs)
    chain = split(listed)
    yield from settle(_looked_at(records, chain, processes), chain.comparing, funnel)


def settle(found: Iterable[tuple[Record, Seen]], comparing: Sequence[Comparing], funnel: Funnel) -> Iterator[Record]:
    """The second and third pass: of the records with what the first has seen of them, those that stay."""
    with ExitStack() as stack:
        rows, *looks = (stack.enter_context(Spool()) for _ in range(1 + len(comparing)))
        ids, labels, ranks = _collected(found, funnel, rows, looks)
        order = sorted(range(len(ids)), key=ranks.__getitem__)
        del ranks
        for one, seen in zip(comparing, looks, strict=True):
            order = list(_settled(one, seen, order, ids, labels, funnel))
        for number in sorted(order):
            funnel.keep()
            yield from_json(Record, rows[number])


def _collected(
    found: Iterable[tuple[Record, Seen]], funnel: Funnel, rows: Spool, looks: Sequence[Spool]
) -> tuple[list[str], dict[int, str], list[bytes]]:
    """Ids, names and ranks of what every filter that judges alone has kept; names only where they are not the id."""
    ids: list[str] = []
    labels: dict[int, str] = {}
    ranks: list[bytes] = []
    for record, seen in found:
        if seen.drop:
            funnel.drop(seen.drop.slug, seen.id, seen.drop.detail)
            continue
        if seen.label != seen.id:
            labels[len(ids)] = seen.label
        ids.append(seen.id)
        ranks.append(seen.rank)
        rows.add(to_json(record))
        for spool, look in zip(looks, seen.looks, strict=True):
            spool.add(look)
    return ids, labels, ranks


def _settled(
    one: Comparing, looks: Spool, order: list[int], ids: list[str], labels: dict[int, str], funnel: Funnel
) -> Iterator[int]:
    """Those of `order` that a comparing filter keeps."""
    verdicts = one.settle(Look(labels.get(number, ids[number]), looks[number]) for number in order)
    for number, drop in zip(order, verdicts, strict=True):
        if drop:
            funnel.drop(drop.slug, ids[number], drop.detail)
        else:
            yield number


# ── the first pass ───────────────────────────────────────────────────────────────────────────────────────────────────


def examine(record: Record, chain: Chain) -> Seen:
    """One record as the first pass sees it."""
    name = record.id
    drop = next((found for one in chain.alone if (found := one.judge(record))), None)
    looks = () if drop else tuple(one.look(record) for one in chain.comparing)
    return Seen(name, record.name or name, _rank(record, name), drop, looks)


def _rank(record: Record, name: str) -> bytes:
    probability = _share(record.meta.get("probability", ""), 1.0)
    score = _share(record.meta.get("score", ""), BEST_SCORE)
    return (65535 - probability).to_bytes(2) + (65535 - score).to_bytes(2) + bytes.fromhex(name)


def _share(text: str, most: float) -> int:
    """A number up to `most` on a scale up to 65535; what is no number counts as 0."""
    try:
        return round(65535 * min(1.0, max(0.0, float(text) / most)))
    except ValueError:
        return 0


def _looked_at(records: Iterable[Record], chain: Chain, processes: int) -> Iterator[tuple[Record, Seen]]:
    """Every record with what is seen of it, in order, by this process or by several."""
    if processes <= 1:
        yield from ((record, examine(record, chain)) for record in records)
        return
    # Spawned, not forked: a run's threads and sockets stay here.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _begin, (chain,)) as pool:
        waiting: deque[tuple[list[Record], Future[list[Seen]]]] = deque()
        source = iter(records)
        while True:
            while len(waiting) < AHEAD * processes and (chunk := list(islice(source, CHUNK))):
                waiting.append((chunk, pool.submit(_examine_all, chunk)))
            if not waiting:
                return
            done, future = waiting.popleft()
            yield from zip(done, future.result(), strict=True)


_chains: list[Chain] = []  # of a worker process, sent once


def _begin(chain: Chain) -> None:
    _chains[:] = [chain]


def _examine_all(records: list[Record]) -> list[Seen]:
    return [examine(record, _chains[0]) for record in records]
