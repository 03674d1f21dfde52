"""Anybody's tasks from a file of JSON lines, in one of three shapes: our Records, HumanEval's, or plain columns.

Plain columns: a statement (`statement`, `text`, `prompt`, `instruction` or `question`), code (`code`, `solution` or
`canonical_solution`), tests (`tests`, `test`, `test_list` or MBPP+'s `assertion`; text or a list), and where known
`entry_point`, `name` or `task_id`, `licence` or `license`, `topics`, `difficulty`, `split`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from codefactory.errors import InputError
from codefactory.languages.python import read_suite
from codefactory.tasks import humaneval
from codefactory.tasks.base import called_name, only_split
from codefactory.tasks.own import is_own, own_record
from codefactory.tasks.rows import Row, file_rows
from codefactory.types import Problem, Record, Solution

STATEMENTS = ("statement", "text", "prompt", "instruction", "question")
CODES = ("code", "solution", "canonical_solution")
TESTS = ("tests", "test", "test_list", "assertion")


def load(split: str, path: Path | None) -> list[Record]:
    """Every row of the file as a Record.

    Raises:
        InputError: if no file is named, or a row is in none of the shapes.
    """
    if path is None:
        raise InputError("jsonl: name a file, such as 'jsonl@tasks.jsonl'")
    records = [_record(row, path, number) for number, row in enumerate(file_rows(path), 1)]
    return only_split(records, split, f"jsonl@{path}")


def _record(row: Row, path: Path, number: int) -> Record:
    where = f"{path}: row {number}"
    if is_own(row):
        try:
            return own_record(row)
        except ValidationError as error:
            fault = error.errors()[0]
            raise InputError(f"{where}: not a Record: {fault['msg']} at {fault['loc']}") from error
        except ValueError as error:
            raise InputError(f"{where}: {error}") from error
    if {"canonical_solution", "test", "entry_point"} <= row.keys():
        return replace(humaneval.record_of(row, where), split=_text(row, "split"), licence=_licence(row))
    return _plain(row, where, f"{path.name.partition('.')[0]}/{number}")


def _plain(row: Row, where: str, default_name: str) -> Record:
    statement, code, tests = (_first(row, names, where) for names in (STATEMENTS, CODES, TESTS))
    entry_point = _text(row, "entry_point") or called_name(tests, code)
    if not entry_point:
        raise InputError(f"{where}: its tests call nothing that its code defines; add a column 'entry_point'")
    topics = row.get("topics") or ()
    return Record(
        problem=Problem(statement.strip('" \n'), entry_point),
        solution=Solution(code),
        tests=read_suite(tests, entry_point),
        origin="human",
        name=_text(row, "name") or _text(row, "task_id") or default_name,
        expected_from="human",
        topics=tuple(topics.split(",")) if isinstance(topics, str) else tuple(map(str, topics)),
        difficulty=_text(row, "difficulty"),
        split=_text(row, "split"),
        licence=_licence(row),
    )


def _first(row: Row, names: tuple[str, ...], where: str) -> str:
    for name in names:
        value = row.get(name)
        if value:
            return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    raise InputError(f"{where}: needs one of the columns {', '.join(names)}; it has: {', '.join(row)}")


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)


def _licence(row: Row) -> str:
    return _text(row, "licence") or _text(row, "license")
