"""Executes every exported row again, from the row alone, and proves that the verdict it was kept with still holds.

Nothing is looked up in the run's ledger: the proof is new. What a row claims follows from its format and its policy:

    problems, records   the solution passes its tests, and, where its policy says so, no stub does; a `problems` row is
                        also executed as the text that it is: prompt, solution, test, `check(entry point)`; in another
                        language than Python it is never anything else: the program, and a file of native tests
    sft, messages       no tests in the row: its solution passes those of the `problems` row of the same id in the same
                        export; where there is none it can only be shown to load, and that is counted apart
    grpo                no solution in the row: counted, never executed
    dpo, kto, repair,   what is called right passes the tests of that row, and what is called wrong does not; without
    completions         that row there are no tests to hold either against, and that is counted apart

Rows of a policy that executes nothing (`unfiltered`) claim nothing; they are counted apart too. What a parquet file and
its JSON lines hold twice is executed once. Every row is executed in its own language's image: one language after the
other, so that no more sandboxes run than there are slots, and none before all images are known to be there.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from codefactory.config import SandboxConfig, VerifyConfig
from codefactory.errors import BrokenVerdictError, CodefactoryError, InputError
from codefactory.languages import LANGUAGES
from codefactory.ledger import Ledger
from codefactory.runner.base import open_runner, require
from codefactory.tasks.foreign import text_of, unfenced
from codefactory.tasks.lines import Line, lines
from codefactory.tasks.rows import Row
from codefactory.tasks.shapes import Item, Reader, UnreadableRowError, language_of
from codefactory.types import Case, Draft, Outcome, Solution, Status, from_json, to_json
from codefactory.verify.desk import Desk, failed_cases
from codefactory.verify.policy import Policy, named
from codefactory.verify.work import WINDOW_PER_SLOT, Work, in_order, limits_for

TESTED = ("problems", "records")
UNTESTED = ("sft", "messages")
ANSWERED = ("dpo", "kto", "repair", "completions")
# Format by the columns that only it has, for a file that lies outside an export.
TELLING = (
    ("problems", {"canonical_solution", "test"}),
    ("records", {"problem", "solution", "tests"}),
    ("dpo", {"prompt", "chosen", "rejected"}),
    ("kto", {"prompt", "completion", "label"}),
    ("repair", {"prompt", "failed", "fixed"}),
    ("completions", {"task_id", "completion", "passed"}),
    ("sft", {"prompt", "completion"}),
    ("grpo", {"prompt", "tests", "preamble"}),
    ("messages", {"messages"}),
)
OUTCOMES = ("holds", "broken", "loads", "no_claim", "no_solution", "no_tests")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a corpus and the format of its rows."""

    file: Path
    format: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one row: an outcome of `OUTCOMES`, and, where it is broken, what and why."""

    source: Source
    line: int
    outcome: str
    name: str = ""
    reason: str = ""
    language: str = "python"

    def __str__(self) -> str:
        return f"{self.source.file}, row {self.line} ({self.name or 'unnamed'}): {self.reason}"


@dataclass(slots=True)
class Proof:
    """All findings, counted by format; the broken ones as they are. A row that two files hold counts in both."""

    rows: int = 0
    executions: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: list[Finding] = field(default_factory=list)
    files: dict[str, set[Path]] = field(default_factory=dict)
    languages: Counter[str] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Count one more row."""
        self.rows += 1
        self.counts[finding.source.format, finding.outcome] += 1
        self.files.setdefault(finding.source.format, set()).add(finding.source.file)
        self.languages[finding.language] += 1
        if finding.outcome == "broken":
            self.broken.append(finding)

    def line(self) -> str:
        """Rows so far, for a person who waits."""
        return f"{self.rows:,} rows · {len(self.broken):,} do not hold"

    def report(self) -> Iterator[str]:
        """What was found, in lines for people: every row that does not hold, then the counts."""
        yield from (f"does not hold: {finding}" for finding in self.broken)
        words = {
            "holds": "hold",
            "broken": "do not hold",
            "loads": "load, and have no tests to hold",
            "no_claim": "claim nothing",
            "no_solution": "have no solution to execute",
            "no_tests": "have no tests here to be held against",
        }
        for name in dict.fromkeys(name for name, _ in self.counts):
            found = [f"{self.counts[name, one]:,} {words[one]}" for one in OUTCOMES if self.counts[name, one]]
            places = f" in {len(self.files[name])} files" if len(self.files[name]) > 1 else ""
            yield f"{name}: {sum(self.counts[name, one] for one in OUTCOMES):,} rows{places}; {', '.join(found)}"
        if set(self.languages) - {"python"}:
            yield f"languages: {', '.join(f'{count:,} {name}' for name, count in self.languages.most_common())}"
        yield f"{self.executions:,} executions"


async def reverify(path: Path, sandbox: SandboxConfig, watch: Callable[[Proof], None] = lambda _: None) -> Proof:
    """Execute every row of an export, a corpus folder, or one file of either.

    Raises:
        InputError: if there is nothing of that kind at the path.
        SandboxError: if the sandbox itself fails, or has no image of a language that a row is in.
    """
    proof, files = Proof(), sources(path)
    spoken = languages(files)
    for language in spoken:
        await require(sandbox.runner, language)
    # A ledger of this proof's own: suites by row id, and what was executed once need not be executed twice.
    with (
        tempfile.TemporaryDirectory(prefix="codefactory-reverify-") as folder,
        Ledger(Path(folder, "ledger")) as ledger,
    ):
        for language in spoken:
            await _prove(language, files, sandbox, ledger, proof, watch)
    return proof


async def _prove(
    language: str,
    files: list[Source],
    sandbox: SandboxConfig,
    ledger: Ledger,
    proof: Proof,
    watch: Callable[[Proof], None],
) -> None:
    """Every row that is in one language, in that language's sandbox."""
    limits = limits_for(language, sandbox.limits)
    async with open_runner(sandbox.runner, slots=sandbox.slots, runtime=sandbox.runtime, language=language) as runner:
        desk = _Findings(Desk(Work(ledger, runner, limits, VerifyConfig(rows=False, coverage=False))), language)
        for wanted in (True, False):  # the tests first: rows without tests are proven by them
            chosen = [one for one in files if (one.format in TESTED) == wanted]
            rows = ((one, line) for one in chosen for line in lines(one.file) if _spoken(line) == language)
            async for finding in in_order(desk.finding, rows, runner.slots * WINDOW_PER_SLOT):
                proof.add(finding)
                watch(proof)
        proof.executions += desk.desk.work.executions


def languages(files: list[Source]) -> list[str]:
    """What the rows of the files are in, Python first; a row that cannot be read counts as Python."""
    found = {_spoken(line) for one in files for line in lines(one.file)}
    return [name for name in LANGUAGES if name in found]


def _spoken(line: Line) -> str:
    try:
        return language_of(line.row or {})
    except UnreadableRowError:  # no image can execute it, and its finding will say so
        return "python"


def check(path: Path, proof: Proof) -> None:
    """Raises BrokenVerdictError where a row does not hold."""
    if proof.broken:
        raise BrokenVerdictError(
            f"{path}: {len(proof.broken):,} of {proof.rows:,} rows do not hold (named above); take them out, or select "
            "and export again"
        )


def sources(path: Path) -> list[Source]:
    """The files of rows at a path, in a stable order.

    Raises:
        InputError: if there are none.
    """
    if path.is_file():
        return [Source(path, _format(path))]
    if (path / "records.jsonl").is_file():
        return [Source(path / "records.jsonl", "records")]
    found = [file for pattern in ("data/*/*.parquet", "jsonl/*/*.jsonl") for file in sorted(path.glob(pattern))]
    known = [Source(file, file.parent.name) for file in found if file.parent.name in _formats()]
    if not known:
        raise InputError(
            f"{path}: neither an export nor a corpus (data/, jsonl/ or records.jsonl); 'codefactory export RUN.yaml' "
            "writes one; for other files there is 'codefactory verify FILE'"
        )
    return known


def _formats() -> list[str]:
    return [name for name, _ in TELLING]


def _format(file: Path) -> str:
    """The format of a lone file, by its first row."""
    row = next((line.row for line in lines(file) if line.row is not None), {})
    found = next((name for name, columns in TELLING if columns <= row.keys()), "")
    if not found:
        raise InputError(
            f"{file}: not a file of an export or a corpus (columns: {', '.join(row) or 'none'}); for other files there "
            "is 'codefactory verify FILE'"
        )
    return found


@dataclass(slots=True)
class _Findings:
    """Turns rows into findings."""

    desk: Desk
    language: str
    reader: Reader = field(default_factory=lambda: Reader({}, {}))

    async def finding(self, given: tuple[Source, Line]) -> Finding:
        return replace(await self._found(*given), language=self.language)

    async def _found(self, source: Source, line: Line) -> Finding:
        if line.row is None:
            return Finding(source, line.number, "broken", "", f"{line.slug}: {line.detail}")
        name = str(line.row.get("task_id") or line.row.get("name") or line.row.get("id") or "")
        if source.format == "grpo":
            return Finding(source, line.number, "no_solution", name)
        if source.format in ANSWERED:
            outcome, reason = await self._answered(line.row, source.format)
            return Finding(source, line.number, outcome, name, reason)
        try:
            (item,) = self.reader.read(line.row, name)
        except UnreadableRowError as error:
            return Finding(source, line.number, "broken", name, f"{error.slug}: {error}")
        outcome, reason = await (self._untested if source.format in UNTESTED else self._tested)(line.row, item)
        return Finding(source, line.number, outcome, name, reason)

    async def _tested(self, row: Row, item: Item) -> tuple[str, str]:
        if row.get("id"):
            self.desk.work.ledger.put("suite", str(row["id"]), to_json(item.draft))
        policy = _policy(str(row.get("policy") or ""))
        if policy.rule == "any":
            return "no_claim", ""
        reason = await self._judged(item, policy)
        if not reason and "test" in row and self.language == "python":
            reason = await self._as_text(row, item)
        return ("broken", reason) if reason else ("holds", "")

    async def _untested(self, row: Row, item: Item) -> tuple[str, str]:
        policy = _policy(str(row.get("policy") or ""))
        known = self.desk.work.ledger.get("suite", str(row.get("id") or ""))
        if policy.rule == "any":
            return "no_claim", ""
        reason = "" if item.fault == "no_tests" else item.fault
        if known and not reason:
            tested = from_json(Draft, known)
            reason = await self._judged(replace(item, problem=tested.problem, tests=tested.suites[0], fault=""), policy)
            return ("broken", reason) if reason else ("holds", "")
        reason = reason or _text_reason(await self.desk.loads(item.draft))
        return ("broken", reason) if reason else ("loads", "")

    async def _answered(self, row: Row, form: str) -> tuple[str, str]:
        """A row of right and wrong answers, against the suite of the row that it was made from."""
        known = self.desk.work.ledger.get("suite", str(row.get("id") or ""))
        if not known:
            return "no_tests", ""
        tested = from_json(Draft, known)
        for column, code, right in answers(form, row):
            if not code.strip():
                return "broken", f"missing_column: '{column}' holds no code"
            evidence = await self.desk.work.evidence(
                replace(tested, solutions=(Solution(code),), suites=tested.suites[:1])
            )
            held = bool(evidence.solutions) and all(evidence.solutions[0].passed[0])
            if held != right:
                return "broken", f"{column}: is called {'right' if right else 'wrong'}, and its tests say otherwise"
        return "holds", ""

    async def _judged(self, item: Item, policy: Policy) -> str:
        """Why the row does not hold, "" where it does: its own cases first, then must-fail stubs."""
        draft = item.draft
        evidence, reason = await self.desk.judged(draft, policy)
        if reason != "own_tests_fail":
            return reason
        failed = failed_cases(draft, evidence)
        first = " ".join((failed[0].source or failed[0].name).split())[:200]
        cases = f"{len(failed)} of {len(item.tests.cases)} cases"
        return f"{reason} ({evidence.solutions[0].status}): {cases}, first {first}"

    async def _as_text(self, row: Row, item: Item) -> str:
        """The row as the program that its readers make of it."""
        case = Case("check", f"check({item.problem.entry_point})")
        item = replace(item, solution=replace(item.solution, code=f"{row['prompt']}{row['canonical_solution']}\n"))
        return _text_reason(await self.desk.as_text(item.draft, case, str(row["test"])))


def _text_reason(outcome: Outcome) -> str:
    return "" if outcome.status is Status.PASSED else f"text_{outcome.status}: {outcome.detail}"


def answers(form: str, row: Row) -> Iterator[tuple[str, str, bool]]:
    """Every answer that a row of `ANSWERED` holds: its column, its source, and whether it is called right."""
    if form == "dpo":
        yield "chosen", _code(row, "chosen"), True
        yield "rejected", _code(row, "rejected"), False
    elif form == "kto":
        yield "completion", _code(row, "completion"), bool(row.get("label"))
    elif form == "repair":
        yield "completion", _code(row, "completion"), True
        yield "fixed", _code(row, "fixed"), True
        yield "failed", _code(row, "failed"), False
    else:
        yield "solution", _code(row, "solution"), bool(row.get("passed"))


def _code(row: Row, column: str) -> str:
    """A column of code, or the code in its messages; "" where it is missing or holds something else."""
    value = row.get(column)
    return value if isinstance(value, str) else unfenced(text_of(value, "solution") or "")


def _policy(name: str) -> Policy:
    """What the row was kept by, applied to the kept suite: its size was decided then, and is not asked about again."""
    own = named("own_tests")
    try:
        kept = named(name) if name else own
    except CodefactoryError:  # a policy file of somebody's, which is not here
        kept = own
    rule = "any" if kept.rule == "any" else own.rule
    return own.model_copy(update={"rule": rule, "reject_vacuous": kept.reject_vacuous})
