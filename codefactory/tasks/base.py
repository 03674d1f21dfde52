"""Loads a task set by name: `set[:split][@file]`, such as `reference:heldout` or `mbpp:train@mbpp.jsonl`."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from codefactory.errors import InputError
from codefactory.tasks import TASKS
from codefactory.types import Record

EVALUATION_ONLY = "bsd-3-clause with a machine-learning restriction"  # MultiPL-E's


class Name(NamedTuple):
    """The three parts of a task set's name; split is "" for all of it, path None where no file is named."""

    set: str
    split: str
    path: Path | None


def parse_name(name: str) -> Name:
    """Split `set[:split][@file]`; the file may hold colons and at-signs of its own."""
    head, _, path = name.partition("@")
    task_set, _, split = head.partition(":")
    return Name(task_set.strip(), split.strip(), Path(path).expanduser() if path else None)


def load(name: str) -> list[Record]:
    """The named tasks in their own stable order, each with `origin="human"` and a name that is unique in its set.

    A set that does not ship with the package is read from the file behind `@`, else from the Hugging Face hub.

    Raises:
        UnknownNameError: if there is no such set.
        InputError: if there is no such split, or the file is missing, unreadable or not such a set.
    """
    task_set, split, path = parse_name(name)
    records: list[Record] = TASKS.load(task_set)(split, path)
    if not records:
        raise InputError(f"{name}: holds no tasks; name another split or file")
    return records


def load_trainable(name: str) -> list[Record]:
    """The named tasks, where all of them may be training data.

    Raises:
        InputError: as `load` and `check_trainable` do.
    """
    records = load(name)
    check_trainable(records, name)
    return records


def check_trainable(records: Iterable[Record], name: str) -> None:
    """The licence gate, for wherever training data is read.

    Raises:
        InputError: if a record's licence keeps it from being training data, naming the record.
    """
    for record in records:
        if record.licence == EVALUATION_ONLY:
            raise InputError(f"{name}: {record.name} must not be trained on ({record.licence}); evaluate on it instead")


def only_split(records: Iterable[Record], split: str, task_set: str) -> list[Record]:
    """Those of the named split; all of them where the split is "".

    Raises:
        InputError: if no record is of that split, with the splits that there are.
    """
    every = list(records)
    kept = [record for record in every if split in ("", record.split)]
    if not kept:
        known = ", ".join(sorted({record.split for record in every if record.split})) or "none"
        raise InputError(f"{task_set} has no split '{split}'; there are: {known}")
    return kept


def one_paragraph(text: str) -> str:
    """A docstring as running text: indentation and line breaks become single spaces."""
    return " ".join(text.split())


def called_name(test: str, code: str) -> str:
    """The first function that `code` defines and `test` calls; "" where there is none or either does not parse."""
    try:
        defined = {node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef)}
        calls = [node for node in ast.walk(ast.parse(test)) if isinstance(node, ast.Call)]
    except (SyntaxError, ValueError):
        return ""
    return next((call.func.id for call in calls if isinstance(call.func, ast.Name) and call.func.id in defined), "")
