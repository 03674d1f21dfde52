"""Ways to write a Record as a row: what TRL trains on (`sft`, `messages`, `grpo`), HumanEval's own shape, all of it.

Every row says where it came from: the PROVENANCE columns are part of each. `records` leaves nothing out: what it writes
is imported again as the same Record, with the same id. Formats that need more than one answer are in `answers`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from codefactory.corpus.check import case_sources, check_source
from codefactory.corpus.columns import Columns
from codefactory.languages import LANGUAGES
from codefactory.languages.python import completion_pair
from codefactory.measures import Attempt
from codefactory.types import Record, to_json

Row = dict[str, Any]

# Column -> type; the types are those of `columns`.
PROVENANCE: Columns = {
    "id": "string",
    "language": "string",
    "origin": "string",
    "expected_from": "string",
    "policy": "string",
    "model": "string",
    "recipe": "string",
    "seed_id": "string",
    "draft_id": "string",
    "topics": "strings",
    "difficulty": "string",
    "pass_rate": "string",
    "probability": "string",
    "style": "string",
    "licence": "string",
    "sampling": "string",
    "prompts": "string",
    "family": "string",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that is known about one problem: the rows that were kept, and the answers that its tests refuse."""

    records: tuple[Record, ...]
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its columns with their types, and how records become rows.

    `make` writes one record as one row. A format that needs several answers of one problem has `grouped` instead: it
    writes a whole group as any number of rows, each with the record that its provenance is taken from.
    """

    name: str
    columns: Columns
    make: Callable[[Record], Row] | None = None
    grouped: Callable[[Group], Iterable[tuple[Record, Row]]] | None = None

    def row(self, record: Record) -> Row:
        """The record in this format, columns in their order.

        Raises:
            TypeError: if this format writes groups, not records.
        """
        if self.make is None:
            raise TypeError(f"format '{self.name}' writes the answers of a problem together; use rows()")
        return self._complete(record, self.make(record))

    def rows(self, group: Group) -> list[Row]:
        """All rows that a group makes in this format."""
        if self.grouped is None:
            return [self.row(record) for record in group.records]
        return [self._complete(record, row) for record, row in self.grouped(group)]

    def _complete(self, record: Record, row: Row) -> Row:
        made = row | {column: value for column, value in provenance(record).items() if column not in row}
        return {column: made[column] for column in self.columns}


def groups(records: Sequence[Record], attempts: Sequence[Attempt] = ()) -> list[Group]:
    """The records that answer one problem together, with the answers that it refuses, in the records' order."""
    refused: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        refused.setdefault(attempt.draft_id, []).append(attempt)
    found = []
    for _, same in groupby(records, key=_group):
        members = tuple(same)
        draft_id = members[0].draft_id
        # Popped: where rows of one draft do not lie together, its negatives are not written twice.
        found.append(Group(members, tuple(refused.pop(draft_id, ())) if draft_id else ()))
    return found


def _group(record: Record) -> tuple[str, str]:
    """What one draft's records share; the problem's text where there is no draft."""
    return record.draft_id, record.problem.id


def provenance(record: Record) -> Row:
    """Where a record came from, how hard it was for its writer, and how likely it is right."""
    row: Row = {column: getattr(record, column, record.meta.get(column, "")) for column in PROVENANCE}
    return row | {"language": record.problem.language, "topics": list(record.topics)}


def instruction(record: Record) -> str:
    """The statement, and the name to define where the statement does not say it: of a function, or of the file that a
    suite in another language's own framework loads.
    """
    statement, name = record.problem.statement, record.problem.entry_point
    if name in statement:
        return statement
    language = LANGUAGES.load(record.problem.language)
    if language.notation and not all(case.call for case in record.tests.cases):
        return f"{statement}\n\nCall the file `{name if '.' in name else name + language.suffix}`."
    return f"{statement}\n\nCall the function `{name}`."


def task_id(record: Record) -> str:
    """A human task's own name, else one made of the content id."""
    return record.name or f"codefactory/{record.id}"


def question(record: Record) -> list[dict[str, str]]:
    """The user's turn."""
    return [{"role": "user", "content": instruction(record)}]


def answer(record: Record, code: str = "") -> list[dict[str, str]]:
    """The assistant's turn: the record's solution, or other code for the same problem, in a fence."""
    text = (code or record.solution.code).strip()
    return [{"role": "assistant", "content": f"```{record.problem.language}\n{text}\n```"}]


def prompt_and_body(record: Record) -> tuple[str, str]:
    """HumanEval's prompt and canonical solution; prompts end their line, so that any completion can follow."""
    prompt, completion = completion_pair(record)
    if completion.startswith("\n") and not prompt.endswith("\n"):
        return prompt + "\n", completion[1:]
    return prompt, completion


def _sft(record: Record) -> Row:
    return {"prompt": question(record), "completion": answer(record)}


def _messages(record: Record) -> Row:
    return {"messages": question(record) + answer(record)}


def _grpo(record: Record) -> Row:
    """Tests that judge an answer one by one: Python's as statements, other languages' each as a whole native file."""
    python = LANGUAGES.load(record.problem.language).notation is None
    return {
        "prompt": question(record),
        "entry_point": record.problem.entry_point,
        "preamble": record.tests.preamble if python else "",
        "tests": case_sources(record.tests, record.problem.entry_point) if python else _files(record, 1),
    }


def _files(record: Record, size: int) -> list[str]:
    """The tests as files of the language's own framework, so many literal cases in each; a native suite is one file.

    Raises:
        ValueError: if there are no cases.
    """
    notation, entry_point = LANGUAGES.load(record.problem.language).notation, record.problem.entry_point
    cases = record.tests.cases
    if not cases:
        raise ValueError(f"the suite of {entry_point} has no cases")
    if not all(case.call for case in cases):
        return [record.tests.preamble]
    sources = [case.source for case in cases]
    return [str(notation.file(entry_point, sources[at : at + size])) for at in range(0, len(sources), size)]


def _file(record: Record) -> str:
    """All tests: Python's as `check(candidate)`, those of other languages as a file of their own framework."""
    if LANGUAGES.load(record.problem.language).notation is None:
        return check_source(record.tests, record.problem.entry_point)
    return _files(record, len(record.tests.cases) or 1)[0]


def _problems(record: Record) -> Row:
    prompt, completion = prompt_and_body(record)
    return {
        "task_id": task_id(record),
        "prompt": prompt,
        "canonical_solution": completion,
        "test": _file(record),
        "entry_point": record.problem.entry_point,
        "statement": record.problem.statement,
    }


def _records(record: Record) -> Row:
    row: Row = json.loads(to_json(record))
    return row | {"meta": json.dumps(record.meta, ensure_ascii=False)}


SFT = Format("sft", {"prompt": "messages", "completion": "messages", **PROVENANCE}, _sft)
MESSAGES = Format("messages", {"messages": "messages", **PROVENANCE}, _messages)
GRPO = Format(
    "grpo",
    {"prompt": "messages", "tests": "strings", "entry_point": "string", "preamble": "string", **PROVENANCE},
    _grpo,
)
PROBLEMS = Format(
    "problems",
    {
        "task_id": "string",
        "prompt": "string",
        "canonical_solution": "string",
        "test": "string",
        "entry_point": "string",
        "statement": "string",
        **PROVENANCE,
    },
    _problems,
)
RECORDS = Format(
    "records",
    {
        "problem": "problem",
        "solution": "solution",
        "tests": "suite",
        "name": "string",
        "split": "string",
        "meta": "string",
        **PROVENANCE,
    },
    _records,
)
