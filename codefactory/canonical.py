"""Exercism's canonical cases, compiled to each language, beside the tracks' own tests: do both say the same?

The example solution and the stub of every exercise are judged twice: by the track's native tests, and by the canonical
cases as the language's case writer puts them. They agree where both verdicts are equal, for both programs.

What a canonical case does not say is how a track calls the function. That is looked for among the functions that the
example defines and the tests mention, with the inputs in any order or as one map, and is taken where at least half of a
property's values come out: a wrong call does not answer them. Where nothing does, the track has another interface (an
object, a result type, dates), and the property is reported as that. Reported as well, and never bent: values that the
language has no literal for, inputs that are functions, cases that the track left out, errors that its functions answer
as values.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, permutations

from codefactory.languages import LANGUAGES
from codefactory.languages.kinds import one_type
from codefactory.languages.neutral import Compiled, NeutralCase, Notation, compile_cases
from codefactory.languages.python_notation import PythonNotation
from codefactory.runner.base import Runner, open_runner
from codefactory.tasks.exercism import stub_of
from codefactory.tasks.exercism_canonical import CanonicalCase
from codefactory.tracks import REASONS, Say, job
from codefactory.types import Assurance, Call, Check, Outcome, Record, Status

BAR = 0.97  # of the exercises that can be compared
MODULE = "exercise"  # a Lua file whose name is nobody's function
NAMES, ORDERS = 4, 6  # ways to call that are tried at most: names, and orders of the inputs for each
# Exercise, or track and exercise -> what the data leaves to a track, so that both may be right where they differ.
FREE = {
    "alphametics": "how large the puzzles are is the track's choice",
    "saddle-points": "the order of the points, and what an empty matrix is, are the track's choice",
    "two-fer": "null stands for an argument that is not given",
    "r/list-ops": "whether an answer is a list or a vector is the track's choice",
    "r/sum-of-multiples": "whether zero can be a factor is the track's choice",
}
# Language -> a pattern of what a program defines.
DEFINED = {
    "python": r"^def (\w+)\(",
    "lua": r"\bfunction\s+(?:\w+[.:])?(\w+)\s*\(|(?<![\w.])(?:\w+\.)?(\w+)\s*=\s*function\b",
    "perl": r"\bsub\s+(\w+)",
    "javascript": r"\bfunction\s+(\w+)|\bconst\s+(\w+)\s*=\s*(?:\(|\w+\s*=>)",
    "racket": r"\(define(?:/contract)?\s+\(*([^\s()\[\]]+)",
    "r": r"^([\w.]+)\s*(?:<-|=)\s",
    "ocaml": r"^let\s+(?:rec\s+)?(\w+)",
    "ruby": r"\bdef\s+(?:self\.)?(\w+[?!]?)",
    "tcl": r"\bproc\s+(?:[\w:]*::)?([^\s:]+)\s",
    "bash": r"^\s*(?:function\s+)?([\w-]+)\s*\(\s*\)",
}


@dataclass
class Agreement:
    """What came of one track: exercises by whether both verdicts are equal, cases by whether they could be said."""

    name: str
    exercises: int = 0
    cases: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    agreed: list[str] = field(default_factory=list)
    differing: dict[str, str] = field(default_factory=dict)
    free: dict[str, str] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)
    lacking: dict[str, str] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """Of the exercises that could be compared, those where both agree."""
        compared = len(self.agreed) + len(self.differing)
        return len(self.agreed) / compared if compared else 0.0

    @property
    def holds(self) -> bool:
        return self.share >= BAR


@dataclass(frozen=True, slots=True)
class Bound:
    """A property that can be asked: its compiled cases, and what the example solution says to them."""

    compiled: Compiled
    outcome: Outcome

    @property
    def said(self) -> list[tuple[Call, Status, str]]:
        facts = self.outcome.facts
        calls = (case.call for case in self.compiled.suite.cases)
        return [(call, fact.status, fact.value) for call, fact in zip(calls, facts, strict=True) if call]

    @property
    def errors_are_values(self) -> bool:
        """Whether the function answers every input that must fail, and so has another way to say it."""
        failing = [status for call, status, _ in self.said if call.check is Check.RAISES]
        return bool(failing) and Status.PASSED not in failing

    def counted(self) -> list[int]:
        """The positions of the cases that count."""
        wanted = ((at, call) for at, (call, _, _) in enumerate(self.said))
        return [at for at, call in wanted if call.check is not Check.RAISES or not self.errors_are_values]


async def check(
    records: Iterable[Record],
    canonical: Mapping[str, tuple[CanonicalCase, ...]],
    slots: int = 0,
    say: Say = lambda line: None,
) -> list[Agreement]:
    """One row for each track, in the records' order; exercises without canonical cases are left out.

    Raises:
        SandboxError: if an image is missing, with the command that builds it.
    """
    tracks: dict[str, list[Record]] = {}
    for record in records:
        if canonical.get(slug(record)):
            tracks.setdefault(record.split, []).append(record)
    rows = []
    for name, found in tracks.items():
        say(f"{name}: {len(found)} exercises with canonical cases")
        async with open_runner(slots=slots, language=found[0].problem.language) as runner:
            row = Agreement(name, len(found))
            limit = asyncio.Semaphore(2 * runner.slots)
            work = [_limited(limit, Comparison(record, canonical[slug(record)], runner, row)) for record in found]
            await asyncio.gather(*work)
            rows.append(row)
    return rows


async def _limited(limit: asyncio.Semaphore, comparison: Comparison) -> None:
    async with limit:
        await comparison.run()


def slug(record: Record) -> str:
    """An exercise's name without its track."""
    return record.name.rpartition("/")[2]


class Comparison:
    """One exercise of one track; `run` counts into the track's row."""

    def __init__(self, record: Record, cases: tuple[CanonicalCase, ...], runner: Runner, row: Agreement) -> None:
        self.record, self.runner, self.row = record, runner, row
        self.language = record.problem.language
        self.notation: Notation = LANGUAGES.load(self.language).notation or PythonNotation()
        self.cases = self._known(cases)

    async def run(self) -> None:
        """Both verdicts on both programs."""
        record, row = self.record, self.row
        native = await self.runner.execute(job(record, record.solution.code))
        reason = REASONS.get(record.name, "") if native.status is not Status.PASSED else ""
        if reason:
            row.lacking[record.name] = reason
            return
        bound = [one for one in [await self._bind(*group) for group in self._groups()] if one]
        if not any(one.counted() for one in bound):
            row.other.append(record.name)
            return
        wrong = [line for one in bound for line in self._count(one)]
        native_stub = await self.runner.execute(job(record, stub_of(record).code))
        stub = [await self._holds(stub_of(record).code, one) for one in bound]
        free = FREE.get(slug(record)) or FREE.get(record.name.removeprefix("exercism/"))
        if wrong and free:
            row.free[record.name] = free
        elif (native.status is Status.PASSED) is bool(wrong):
            row.differing[record.name] = f"native tests: {native.status}; " + "; ".join(wrong or ["all cases hold"])
        elif (native_stub.status is Status.PASSED) is not all(stub):
            row.differing[record.name] = f"the stub: native tests {native_stub.status}, cases hold: {all(stub)}"
        else:
            row.agreed.append(record.name)

    def _known(self, cases: Sequence[CanonicalCase]) -> list[CanonicalCase]:
        """The cases that the track has, if its tests name them at all, and whose inputs are data."""
        tests = self.record.tests.preamble + "".join(f"{case.name} {case.source}" for case in self.record.tests.cases)
        plain = _plain(tests)
        there = [case for case in cases if case.uuid in tests or _plain(case.description) in plain]
        kept = there if 2 * len(there) >= len(cases) else list(cases)
        data = [case for case in kept if not case.function]
        self.row.left_out["not_in_the_track"] += len(cases) - len(kept)
        self.row.left_out["function_as_input"] += len(kept) - len(data)
        return data

    def _groups(self) -> list[tuple[str, list[CanonicalCase]]]:
        """The cases of each property, apart where they have other inputs."""
        found: dict[tuple[str, tuple[str, ...]], list[CanonicalCase]] = {}
        for case in self.cases:
            found.setdefault((case.asked, tuple(name for name, _ in case.inputs)), []).append(case)
        return [(name, cases) for (name, _), cases in found.items()]

    async def _bind(self, asked: str, cases: list[CanonicalCase]) -> Bound | None:
        """The way to call that answers most of the values; None where none answers half."""
        best, most = None, 0
        values = sum(not case.fails for case in cases)
        orders: list[tuple[int, ...] | None] = list(islice(permutations(range(len(cases[0].inputs))), ORDERS))
        orders += [None] if cases[0].inputs else []
        for name in islice(names(self.record, asked), NAMES):
            for order in orders:
                compiled = self._compiled(name, [case.neutral(order) for case in cases])
                found = Bound(compiled, await self._ended(self.record.solution.code, compiled))
                right = sum(status is Status.PASSED for call, status, _ in found.said if call.check is not Check.RAISES)
                if right > most:
                    best, most = found, right
                if right == values - self._unsaid(compiled, cases):
                    break
            else:
                continue
            break
        if best is None or 2 * most < values - self._unsaid(best.compiled, cases):
            self.row.left_out["other_interface"] += len(cases)
            return None
        return best

    def _compiled(self, name: str, cases: Sequence[NeutralCase]) -> Compiled:
        left_out: tuple[tuple[str, str], ...] = ()
        if self.notation.typed:
            cases, left_out, _ = one_type(cases)
        made = compile_cases(self.notation, name, cases)
        return replace(made, left_out=(*made.left_out, *left_out))

    @staticmethod
    def _unsaid(compiled: Compiled, cases: list[CanonicalCase]) -> int:
        """How many of the values could not be written."""
        said = sum(case.call is not None and case.call.check is not Check.RAISES for case in compiled.suite.cases)
        return sum(not case.fails for case in cases) - said

    async def _ended(self, code: str, compiled: Compiled) -> Outcome:
        if not compiled.suite.cases:
            return Outcome(Status.INCOMPLETE)
        whole = replace(job(self.record, code), cases=compiled.suite.cases, preamble="", assurance=Assurance.COMPARED)
        if self.language == "lua":  # a module that is a function is called by its file's name
            whole = replace(whole, entry_point=MODULE)
        return await self.runner.execute(whole)

    async def _holds(self, code: str, bound: Bound) -> bool:
        outcome = await self._ended(code, bound.compiled)
        return all(outcome.facts[at].status is Status.PASSED for at in bound.counted())

    def _count(self, bound: Bound) -> Iterator[str]:
        """Counts a property's cases; says of each that does not hold what was asked and what came."""
        self.row.left_out.update(slug for _, slug in bound.compiled.left_out)
        counted = bound.counted()
        self.row.left_out["error_as_value"] += len(bound.said) - len(counted)
        self.row.cases += len(counted)
        for call, status, value in (bound.said[at] for at in counted):
            if status is not Status.PASSED:
                wanted = "an error" if call.check is Check.RAISES else call.expected
                yield f"{call.expression} is {value or status}, not {wanted}"[:200]


def names(record: Record, asked: str) -> Iterator[str]:
    """How the function may be called, likeliest first: like the property, like the exercise, any that is tested."""
    code, language = record.solution.code, record.problem.language
    tests = record.tests.preamble + "".join(case.source for case in record.tests.cases)
    found = _defined(language, code)
    tested = [name for name in found if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", tests)]
    if language == "lua":
        tested.append(MODULE)
    package = re.search(r"^package\s+([\w:]+)", code, re.MULTILINE) if language == "perl" else None
    wanted, own = _plain(asked), _plain(slug(record))
    ranked = sorted(dict.fromkeys(tested), key=lambda name: (_plain(name) != wanted, _plain(name) != own))
    return (f"{package[1]}::{name}" if package else name for name in ranked)


def _defined(language: str, code: str) -> list[str]:
    return [next(filter(None, match.groups())) for match in re.finditer(DEFINED[language], code, re.MULTILINE)]


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
