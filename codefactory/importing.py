"""Human-annotated sets, or anybody's, into a corpus: the same execution, policy and filters as for what a model writes.

    source ──rows──▶ Record ──judge ⇄ sandbox──▶ evidence ──policy, filters──▶ corpus folder

A source is a task set by its name (`mbpp:train@mbpp.jsonl`), a file of rows in any shape that `verify` reads (CSV and
parquet too, with a column map where names are unknown), or a data set of the hub (`hub:owner/name`). What does not hold
is dropped with a reason, like everywhere. A row that this program exported comes back as the same Record, with its id.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Literal

from codefactory.config import SandboxConfig
from codefactory.corpus import store
from codefactory.corpus.evidence import Tally
from codefactory.errors import InputError
from codefactory.families import assign, check_shares
from codefactory.filters.base import Comparing, Filter, Funnel, Settings, make
from codefactory.filters.choosing import select as pass_through
from codefactory.ledger import Ledger
from codefactory.runner.base import open_runner
from codefactory.tasks import TASKS
from codefactory.tasks.base import load, parse_name
from codefactory.tasks.lines import Line, lines
from codefactory.tasks.own import is_own, own_record
from codefactory.tasks.rows import Row, hub_rows
from codefactory.tasks.shapes import Item, Reader, UnreadableRowError
from codefactory.types import Draft, Evidence, Record
from codefactory.verify.policy import decide, named_for_rows
from codefactory.verify.work import WINDOW_PER_SLOT, Work, in_order, limits_for

HUB = "hub:"
SANDBOX = SandboxConfig()
# A file may hold many solutions of one problem: that is no reason to drop any but those that say the same.
SOLUTIONS_PER_PROBLEM = 1_000
FAMILY_SIMILARITY = 0.6


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import and how.

    Attributes:
        source: a task set's name, a file, or `hub:owner/name[:config]`.
        out: folder for the ledger; the corpus is `<out>/corpus`.
        columns: role -> column, where a column's name is not recognised.
        splits: split -> share of the problem families; {} keeps the source's own splits.
        licence: of rows that do not say it themselves.
    """

    source: str
    out: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    origin: Literal["human", "synthetic"] = "human"
    policy: str = "own_tests"
    splits: Mapping[str, float] = field(default_factory=dict)
    licence: str = ""
    decontaminate: tuple[str, ...] = ("reference",)
    near_duplicates: float = 0.85
    sandbox: SandboxConfig = SANDBOX


@dataclass(slots=True)
class Progress:
    """Rows so far, and what came of them."""

    rows: int = 0
    held: int = 0
    executions: int = 0
    funnel: Funnel = field(default_factory=Funnel)

    def line(self) -> str:
        """For a person who waits."""
        return f"{self.rows:,} rows · {self.held:,} hold"


async def bring_in(request: ImportRequest, watch: Callable[[Progress], None] = lambda _: None) -> Progress:
    """Import a source into `<out>/corpus`; executions are looked up in `<out>/ledger.sqlite` first.

    Raises:
        InputError: if the source cannot be read, or is of no known shape.
        SandboxError: if the sandbox itself fails; the same command goes on.
    """
    policy, filters = named_for_rows(request.policy), _filters(request)
    if request.splits:
        check_shares(request.splits)
    rows = records_of(request)
    first = next(rows, None)
    if first is None:
        raise InputError(f"{request.source}: holds no rows; name another file, set or split")
    progress, tally, kept = Progress(), Tally(), []
    box = request.sandbox
    with Ledger(request.out / "ledger.sqlite") as ledger:
        language = first.problem.language if isinstance(first, Record) else "python"
        async with open_runner(box.runner, slots=box.slots, runtime=box.runtime, language=language) as runner:
            work = Work(ledger, runner, limits_for(language, box.limits))
            alike = _in_one_language(chain([first], rows), language, request.source)
            async for record, evidence in _judged(work, alike, runner.slots * WINDOW_PER_SLOT, progress):
                tally.draft(evidence)
                decision = decide(policy, draft_of(record), evidence)
                if decision.reason:
                    progress.funnel.drop(decision.reason, record.id, record.problem.statement)
                else:
                    tally.keep(evidence, decision.indices, None)
                    kept.append(record)
                progress.held = len(kept)
                watch(progress)
            progress.executions = work.executions
            about = _about(request, runner.image, runner.name, tally)
    records = list(pass_through(kept, filters, progress.funnel))
    if request.splits:
        records = assign(records, request.splits, FAMILY_SIMILARITY)
    store.write(request.out / "corpus", records, progress.funnel, about)
    return progress


def _filters(request: ImportRequest) -> list[Filter | Comparing]:
    """What every row passes; made before anything is executed, so that a wrong name costs nothing."""
    tasks = tuple(record for name in request.decontaminate for record in load(name) if record.split != "train")
    return make(Settings(tasks, request.near_duplicates, SOLUTIONS_PER_PROBLEM))


def _in_one_language(
    rows: Iterable[Record | UnreadableRowError], language: str, source: str
) -> Iterator[Record | UnreadableRowError]:
    for row in rows:
        if isinstance(row, Record) and row.problem.language != language:
            both = f"{language} and {row.problem.language}"
            raise InputError(f"{source}: is in {both}; import one language at a time, such as exercism:lua@FILE")
        yield row


def draft_of(record: Record) -> Draft:
    """What the judge takes."""
    return Draft(record.problem, (record.solution,), (record.tests,), recipe="import", fault=record.tests.fault)


async def _judged(
    work: Work, rows: Iterable[Record | UnreadableRowError], window: int, progress: Progress
) -> AsyncIterator[tuple[Record, Evidence]]:
    """Every row that can be read, with its evidence; the others go to the funnel."""

    async def judge(row: Record | UnreadableRowError) -> tuple[Record | UnreadableRowError, Evidence]:
        if isinstance(row, UnreadableRowError):
            return row, Evidence("", fault=row.slug)
        return row, await work.evidence(draft_of(row))

    async for row, evidence in in_order(judge, rows, window):
        progress.rows += 1
        if isinstance(row, UnreadableRowError):
            progress.funnel.drop(row.slug, "", str(row))
        else:
            yield row, evidence


def _about(request: ImportRequest, image: str, runner: str, tally: Tally) -> dict[str, object]:
    source = request.source if request.source.startswith(HUB) else Path(request.source).name
    return {
        "name": f"Imported from {source}",
        "source": source,
        "policy": request.policy,
        "image": image,
        "runner": runner,
        "decontaminated_against": list(request.decontaminate),
        "evidence": tally.summary(),
    }


# ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def records_of(request: ImportRequest) -> Iterator[Record | UnreadableRowError]:
    """Every row of the source as a Record, or why it is none.

    Raises:
        InputError: if there is no such source.
    """
    name = parse_name(request.source).set
    path = Path(request.source).expanduser()
    if request.source.startswith(HUB):
        dataset, _, config = request.source.removeprefix(HUB).partition(":")
        hint = "a file that 'codefactory import' reads"
        numbered = enumerate(hub_rows(dataset, config or None, hint), 1)
        return _rows(request, (Line(number, row) for number, row in numbered), dataset.rpartition("/")[2])
    if name in TASKS.names() and not path.is_file():
        return (_completed(record, request) for record in load(request.source))
    if not path.exists():
        raise InputError(
            f"{request.source}: neither a file nor a task set; sets are {', '.join(TASKS.names())} "
            "(such as mbpp:train@mbpp.jsonl), data sets of the hub hub:owner/name"
        )
    return _rows(request, lines(path), path.name.partition(".")[0])


def _rows(request: ImportRequest, found: Iterable[Line], stem: str) -> Iterator[Record | UnreadableRowError]:
    reader = Reader(request.columns, {})
    for line in found:
        if line.row is None:
            yield UnreadableRowError(line.slug, f"row {line.number}: {line.detail}")
            continue
        try:
            if is_own(line.row):
                reader.read(line.row, "")  # says what is wrong with it
                yield own_record(line.row)
            else:
                yield from (
                    _completed(_record(item, line.row), request)
                    for item in reader.read(line.row, f"{stem}/{line.number}")
                )
        except UnreadableRowError as error:
            yield UnreadableRowError(error.slug, f"row {line.number}: {error}")


def _record(item: Item, row: Row) -> Record:
    """An item as a Record; what keeps it from being executed is its suite's fault."""
    fault = "" if item.fault == "no_tests" else item.fault
    tests = replace(item.tests, fault=fault or item.tests.fault) if fault else item.tests
    topics = row.get("topics") or ()
    return Record(
        item.problem,
        item.solution,
        tests if tests.cases or tests.fault else replace(tests, fault="no_tests"),
        name=item.name if not item.sample else f"{item.name}#{item.sample}",
        topics=tuple(one.strip() for one in topics.split(",")) if isinstance(topics, str) else tuple(map(str, topics)),
        difficulty=str(row.get("difficulty") or ""),
        split=str(row.get("split") or row.get("hub_split") or ""),
        licence=str(row.get("licence") or row.get("license") or ""),
    )


def _completed(record: Record, request: ImportRequest) -> Record:
    """What the user says about a source, where its rows do not."""
    expected = "human" if request.origin == "human" else "model"
    return replace(
        record,
        origin=request.origin,
        expected_from=expected,
        policy=request.policy,
        split=record.split or "train",
        licence=record.licence or request.licence,
    )
