"""Runs every task's own solution, and what a learner starts from, on the task's own tests, and counts by language.

A track's row holds when nearly all example solutions pass and no stub does. What does not pass is named: where the data
itself asks for something that the image does not have, with that as the reason (`REASONS`), else as ours to explain.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace

from codefactory.languages import LANGUAGES
from codefactory.runner.base import Runner, open_runner
from codefactory.tasks.exercism import stub_of
from codefactory.types import Assurance, Job, Limits, Outcome, Record, Status

BAR = 0.97  # of the example solutions of a track that need nothing that the image lacks
_READER = "its solution has a field with :reader, newer than Debian 12's Feature::Compat::Class"
# Tasks whose own data is wrong or asks for what the images lack: looked into one by one; they count for nothing.
REASONS = {
    "exercism/lua/dnd-character": "its tests load a module, assertions, that the exercise does not bring",
    "exercism/perl5/binary-search-tree": _READER,
    "exercism/perl5/circular-buffer": _READER,
    "exercism/perl5/custom-set": _READER,
    "exercism/perl5/dnd-character": _READER,
    "exercism/perl5/simple-cipher": _READER,
    "exercism/racket/grep": "reads text files that the exercise does not bring",
    "exercism/ocaml/palindrome-products": "needs ppx_deriving, a preprocessor that the image does not have",
    "exercism/ocaml/zipper": "its interface names a module Tree that the exercise does not bring",
}

Say = Callable[[str], None]


@dataclass
class Track:
    """What came of one track: names of tasks by how their solution and their stub ended."""

    name: str
    tasks: int = 0
    tests: int = 0
    unnamed: int = 0
    passed: list[str] = field(default_factory=list)
    lacking: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    stubs_passed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of the solutions that need nothing that the image lacks, those that pass."""
        able = self.tasks - len(self.lacking)
        return len(self.passed) / able if able else 0.0

    @property
    def holds(self) -> bool:
        return self.share >= BAR and not self.stubs_passed


def job(record: Record, code: str) -> Job:
    """A candidate on a task's own tests, with room for slow ones: an example is not in a hurry."""
    language = record.problem.language
    own: Limits = LANGUAGES.load(language).limits
    memory = max(own.memory_mb, 512)
    limits = replace(own, cpu_s=max(own.cpu_s, 30.0), wall_s=60.0, memory_mb=memory, disk_mb=64)
    tests = record.tests
    entry_point = record.problem.entry_point
    return Job(language, code, entry_point, tests.cases, tests.preamble, Assurance.SHARED, limits)


async def check(records: Iterable[Record], slots: int = 0, say: Say = lambda line: None) -> list[Track]:
    """One row for each track, in the records' order; every track is run in its language's own image.

    Raises:
        SandboxError: if an image is missing, with the command that builds it.
    """
    tracks: dict[str, list[Record]] = {}
    for record in records:
        tracks.setdefault(record.split, []).append(record)
    rows = []
    for name, tasks in tracks.items():
        say(f"{name}: {len(tasks)} solutions and as many stubs")
        async with open_runner(slots=slots, language=tasks[0].problem.language) as runner:
            rows.append(await _track(name, tasks, runner))
    return rows


async def _track(name: str, records: list[Record], runner: Runner) -> Track:
    track = Track(name, len(records))
    limit = asyncio.Semaphore(4 * runner.slots)

    async def ended(record: Record, code: str) -> Outcome:
        async with limit:
            return await runner.execute(job(record, code))

    solutions = await _all(ended(record, record.solution.code) for record in records)
    stubs = await _all(ended(record, stub_of(record).code) for record in records)
    for record, solved, stubbed in zip(records, solutions, stubs, strict=True):
        _count(track, record, solved)
        if stubbed.status is Status.PASSED:
            track.stubs_passed.append(record.name)
    return track


async def _all(work: Iterable[Awaitable[Outcome]]) -> list[Outcome]:
    return await asyncio.gather(*work)


def _count(track: Track, record: Record, outcome: Outcome) -> None:
    counted = re.fullmatch(r"(\d+) tests", outcome.facts[0].value) if outcome.facts else None
    track.tests += int(counted[1]) if counted else sum(fact.status is Status.PASSED for fact in outcome.facts)
    track.unnamed += counted is not None
    if outcome.status is Status.PASSED:
        track.passed.append(record.name)
        return
    if record.name in REASONS:
        track.lacking[record.name] = REASONS[record.name]
    else:
        track.failed[record.name] = " ".join(f"{outcome.status}: {outcome.detail} {outcome.stderr_tail}".split())[:200]
